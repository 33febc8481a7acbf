"""The build of the graph and the questions at three sizes, each ten times the one before."""

import math
import shutil
import subprocess

import engines
import harvesting
import peers
import queries
from machine import Bench, disk, timed

SHARES = (100, 10, 1)
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


def measure(bench: Bench) -> dict:
    asked = queries.read()
    sizes = []
    for share in SHARES:
        one = Bench(bench.moisson, max(1, bench.size // share))
        print(f"  {one.size} datasets", flush=True)
        sizes.append(measured(one, asked))
        if share > 1:
            shutil.rmtree(one.store)
    return {"versions": peers.versions(bench), "sizes": sizes}


def measured(bench: Bench, asked: list[queries.Question]) -> dict:
    """A build out of the ledger, and the median of three answers to every question."""
    if not (bench.store / "var" / "ledger.sqlite").exists():
        harvesting.run(bench, 0.0)
    command = [bench.moisson, "--config", str(bench.store / "moisson.toml"), "rebuild"]
    built = timed(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with engines.moisson(bench) as engine:
        quads = int(engine.ask(COUNT, kept=True).body.split(b'"value":"')[1].split(b'"')[0])
        times = {question.name: sorted(engine.ask(question.text).seconds for _ in range(3))[1] for question in asked}
    return {
        "datasets": bench.size,
        "quads": quads,
        "built": built,
        "graph_mb": disk(harvesting.snapshot(bench.store)),
        "times": times,
        "mean": math.exp(sum(map(math.log, times.values())) / len(times)),
        "slowest": max(times.values()),
    }
