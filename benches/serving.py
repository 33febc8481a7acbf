"""Documents per second with wrk, against oxigraph's server answering the same from the same triples."""

import concurrent.futures
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import urllib.parse

import harvesting
import peers
from machine import ROOT, Bench, fetched, memory, server
from portal import BASE, SERVER, configuration

PEER = "127.0.0.1:18092"
SECONDS = 10
CONNECTIONS = 8
#: Different documents asked for in one measurement.
DOCUMENTS = 5000
TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}

#: What a dataset's document has: itself, its parts, those that it names, the labels of concepts.
CONSTRUCT = (ROOT / "benches" / "document.rq").read_text()


def measure(bench: Bench) -> dict:
    if not (bench.store / "var" / "snapshots" / "current").exists():
        shutil.rmtree(bench.store, ignore_errors=True)
        harvesting.run(bench, 0.0)
    iris = datasets(bench)
    result = {"versions": peers.versions(bench), "seconds": SECONDS, "documents": len(iris), "ours": {}, "again": {}}
    result["theirs"], result["their_triples"] = theirs(bench, iris)
    command = [bench.moisson, "--config", str(configuration(bench.store)), "serve", "--no-harvest"]
    with server(command, f"{BASE}health", bench.folder / "serve.log") as process:
        result["start_mb"] = memory(process.pid)["VmRSS"]
        paths = [iri.removeprefix(BASE.rstrip("/")) for iri in iris]
        for extension in TYPES:
            lines = [f"{path}.{extension}" for path in paths]
            result["ours"][extension] = wrk(bench, SERVER, lines, TYPES[extension])
            tags = tagged(lines)
            result["again"][extension] = wrk(bench, SERVER, tags, TYPES[extension], expected="304")
        result |= {"after_mb": memory(process.pid)["VmRSS"], "peak_mb": memory(process.pid)["VmHWM"]}
        result["our_triples"] = triples([f"{iri}.nt" for iri in iris[:50]])
    return result


def datasets(bench: Bench) -> list[str]:
    connection = sqlite3.connect(f"file:{bench.store / 'var' / 'ledger.sqlite'}?mode=ro", uri=True)
    rows = connection.execute("SELECT iri FROM record WHERE kind = 'dataset' ORDER BY id").fetchall()
    connection.close()
    step = max(1, len(rows) // DOCUMENTS)
    return [iri for (iri,) in rows[::step]][:DOCUMENTS]


def tagged(paths: list[str]) -> list[str]:
    """Each path with the entity tag that it has now."""

    def one(path: str) -> str:
        _, headers = fetched(BASE.rstrip("/") + path)
        return f"{path}\t{headers['etag']}"

    with concurrent.futures.ThreadPoolExecutor(4) as pool:
        return list(pool.map(one, paths))


def triples(urls: list[str]) -> float:
    """Statements a document on average."""
    return sum(len(fetched(url)[0].splitlines()) for url in urls) / max(1, len(urls))


def theirs(bench: Bench, iris: list[str]) -> tuple[dict, float]:
    """oxigraph over what `moisson dump` writes of the published snapshot."""
    folder, dump = bench.folder / "oxigraph", bench.folder / "oxigraph.nq"
    shutil.rmtree(folder, ignore_errors=True)
    config = str(configuration(bench.store))
    subprocess.run([bench.moisson, "--config", config, "dump", "--format", "nq", "-o", str(dump)], check=True)
    subprocess.run([bench.peer("oxigraph"), "load", "--location", str(folder), "--file", str(dump)], check=True)
    dump.unlink()
    command = [bench.peer("oxigraph"), "serve-read-only", "--location", str(folder), "--bind", PEER]
    with server(command, f"http://{PEER}/", bench.folder / "oxigraph.log"):
        query = lambda iri: "/query?query=" + urllib.parse.quote(CONSTRUCT.replace("$dataset", f"<{iri}>"))
        lines = [query(iri) for iri in iris]
        found = {name: wrk(bench, PEER, lines, TYPES[name]) for name in ("ttl", "jsonld")}
        answers = [fetched(f"http://{PEER}{line}", "application/n-triples")[0] for line in lines[:50]]
    shutil.rmtree(folder, ignore_errors=True)
    return found, sum(len(answer.splitlines()) for answer in answers) / max(1, len(answers))


def wrk(bench: Bench, address: str, lines: list[str], accept: str, expected: str = "200") -> dict:
    """Asks for the lines in turn; every answer must have the status expected."""
    asked = bench.folder / "asked.txt"
    asked.write_text("\n".join(lines) + "\n")
    environment = {**os.environ, "ASKED": str(asked), "ACCEPT": accept, "EXPECTED": expected}
    script = str(pathlib.Path(__file__).with_name("documents.lua"))
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--timeout", "30s", "--latency", "-s", script, f"http://{address}/"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    wrong = int(re.search(r"unexpected: (\d+)", text)[1])
    if wrong:
        raise SystemExit(f"{wrong} answers of {address} were not {expected}:\n{text}")
    median, tail = (re.search(rf"{share}%\s+(\S+)", text)[1] for share in (50, 99))
    return {"rate": rate, "median": median, "p99": tail}
