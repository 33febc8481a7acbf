"""Each kind of portal: records a second and core beside a peer that reads the same records, and what a
harvest of them takes."""

import dataclasses
import json
import pathlib
import shutil
import subprocess
from collections.abc import Callable

import answers
import harvesting
import peers
from machine import ROOT, Bench, timed
from portal import BASE, PORTAL, configuration, synthetic

DATASET = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset> ."
#: What `moisson convert` ends with where a record was rejected, as some of the sample portals' deserve.
REJECTED = 1


@dataclasses.dataclass(frozen=True)
class Answer:
    """A form in which a kind of portal answers, and the peer that reads it."""

    kind: str
    form: str
    file: str
    fetch: Callable[[int], bytes]
    peer: str
    #: The virtual environment, the script, and what it is given beside the answer.
    venv: str
    script: str
    given: tuple = ()
    #: Where the portal is harvested from.
    url: str = f"http://{PORTAL}/"


PARSED = "rdflib, parsing it"
BUILT = "rdflib, building the same triples"
TRANSFORMED = "SEMIC's XSLT in Saxon, then rdflib"
ANSWERS = [
    Answer("udata", "JSON", "udata.json", answers.udata, BUILT, "venv", "with_rdflib.py"),
    Answer("ckan", "JSON", "ckan.json", answers.ckan, "ckanext-dcat", "ckan", "with_ckanext_dcat.py"),
    Answer("ods", "JSON", "ods.json", answers.ods, BUILT, "venv", "with_rdflib.py"),
    Answer("csw", "ISO 19139", "csw.xml", answers.csw, TRANSFORMED, "venv", "with_xslt.py", url=answers.CSW),
    Answer("dcat", "Turtle", "dcat.ttl", answers.dcat, PARSED, "venv", "with_rdflib_parser.py", ("turtle",), answers.FEED),
    Answer("dcat", "RDF/XML", "dcat.rdf", answers.dcat, PARSED, "venv", "with_rdflib_parser.py", ("xml",), answers.FEED),
    Answer("transport", "JSON", "transport.json", answers.transport, BUILT, "venv", "with_rdflib.py"),
]


def measure(bench: Bench) -> dict:
    peers.set_up_kinds(bench)
    folder = bench.folder / "kinds"
    result = {"versions": peers.versions_of_kinds(bench), "answers": [], "harvests": {}}
    for answer in ANSWERS:
        print(f"{answer.kind}, {answer.form}: convert", flush=True)
        result["answers"].append(converted(bench, folder, answer))
        if answer.kind not in result["harvests"]:
            print(f"{answer.kind}: harvest", flush=True)
            result["harvests"][answer.kind] = harvest(bench, folder / f"store-{answer.kind}", answer)
        shutil.rmtree(folder)
    return result


def converted(bench: Bench, folder: pathlib.Path, answer: Answer) -> dict:
    """All records of a portal in one file: to Turtle by Moisson, and what the peer makes of them."""
    folder.mkdir(parents=True, exist_ok=True)
    path, triples = folder / answer.file, folder / "records.nt"
    with synthetic(bench, kind=answer.kind):
        path.write_bytes(answer.fetch(bench.size))
    if answer.form == "RDF/XML":
        written_as_xml(bench, path)
    command = [bench.moisson, "convert", "--kind", answer.kind, "--base", BASE, "--portal", "synthetic"]
    command += ["--language", "fr", str(path)]
    with open(triples, "wb") as out:
        timed([*command, "--format", "nt"], accepted=(0, REJECTED), stdout=out, stderr=subprocess.DEVNULL)
    with open(triples, "rb") as lines:
        kinds = [line.endswith(DATASET + b"\n") for line in lines]
    # The first run warms the page cache; the best of four is the one that was disturbed least.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    runs = [timed(command, accepted=(0, REJECTED), **quiet) for _ in range(4)]
    return {
        "kind": answer.kind,
        "form": answer.form,
        "mb": path.stat().st_size / 1e6,
        "ours": {
            "records": sum(kinds),
            "triples": len(kinds),
            "cpu": min(run["cpu"] for run in runs),
            "peak_mb": min(run["peak_mb"] for run in runs),
        },
        "peer": answer.peer,
        "theirs": theirs(bench, answer, triples if answer.peer == BUILT else path),
    }


def written_as_xml(bench: Bench, path: pathlib.Path) -> None:
    """The portal has its whole catalogue in Turtle only."""
    script = "import sys, pyoxigraph as o; t, x = o.RdfFormat.TURTLE, o.RdfFormat.RDF_XML; "
    script += "o.serialize(list(o.parse(path=sys.argv[1], format=t)), sys.argv[1], format=x)"
    subprocess.run([bench.peer("python"), "-c", script, str(path)], check=True)


def theirs(bench: Bench, answer: Answer, path: pathlib.Path) -> dict:
    given = [str(peers.stylesheet(bench))] if answer.kind == "csw" else list(answer.given)
    script = str(ROOT / "benches" / answer.script)
    command = [bench.peer("python", answer.venv), "-W", "ignore", script, str(path), *given]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"a peer failed: {' '.join(command)}\n{done.stderr[-4000:]}")
    return json.loads(done.stdout.splitlines()[-1])


def harvest(bench: Bench, store: pathlib.Path, answer: Answer) -> dict:
    """All of a portal over HTTP on loopback, into an empty store."""
    shutil.rmtree(store, ignore_errors=True)
    configuration(store, answer.kind, answer.url)
    with synthetic(bench, kind=answer.kind) as portal:
        result = harvesting.harvested(bench, store, portal.pid)
    return result | harvesting.counted(store)
