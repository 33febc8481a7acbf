"""Documents per second with wrk, against oxigraph's server answering the same from the same triples."""

import concurrent.futures
import sqlite3
import urllib.parse

import engines
import loading
import peers
import wrk
from machine import ROOT, Bench, fetched, memory, server
from portal import BASE, SERVER, configuration

SECONDS = 10
#: Different documents asked for in one measurement.
DOCUMENTS = 5000
TYPES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "html": "text/html"}

#: What a dataset's document has: itself, its parts, those that it names, the labels of concepts.
CONSTRUCT = (ROOT / "benches" / "document.rq").read_text()


def measure(bench: Bench) -> dict:
    peers.set_up_sparql(bench)
    loading.published(bench)
    iris = datasets(bench)
    result = {"versions": peers.versions(bench), "seconds": SECONDS, "documents": len(iris), "ours": {}, "again": {}}
    result["theirs"], result["their_triples"] = theirs(bench, iris)
    command = [bench.moisson, "--config", str(configuration(bench.store)), "serve", "--no-harvest"]
    with server(command, f"{BASE}health", bench.folder / "serve.log") as process:
        result["start_mb"] = memory(process.pid)["VmRSS"]
        paths = [iri.removeprefix(BASE.rstrip("/")) for iri in iris]
        for extension in TYPES:
            lines = [f"{path}.{extension}" for path in paths]
            result["ours"][extension] = wrk.measured(bench, SERVER, lines, TYPES[extension])
            tags = tagged(lines)
            result["again"][extension] = wrk.measured(bench, SERVER, tags, TYPES[extension], expected="304")
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
    """oxigraph over the same quads, loaded out of the dump."""
    folder, _ = loading.loaded(bench)
    with engines.oxigraph(bench, folder / "oxigraph") as peer:
        query = lambda iri: f"{peer.path}?query=" + urllib.parse.quote(CONSTRUCT.replace("$dataset", f"<{iri}>"))
        lines = [query(iri) for iri in iris]
        found = {name: wrk.measured(bench, peer.address, lines, TYPES[name]) for name in ("ttl", "jsonld")}
        answers = [fetched(f"http://{peer.address}{line}", "application/n-triples")[0] for line in lines[:50]]
    return found, sum(len(answer.splitlines()) for answer in answers) / max(1, len(answers))
