"""Many clients at once, memory, and an answer that is larger than memory should be."""

import concurrent.futures
import contextlib
import os
import signal
import statistics
import threading
import time
import urllib.parse

import asking
import queries
import wrk
from engines import Engine, family, shares
from machine import Bench

CLIENTS = (1, 8, 64)
SECONDS = 10
LARGE = "SELECT ?s ?p ?o WHERE { ?s ?p ?o } LIMIT 10000000"
#: Seconds for it.
LONG = 500
SMALL = "SELECT ?g WHERE { GRAPH ?g { ?s ?p ?o } } LIMIT 1"


def throughput(bench: Bench, all_engines: list[Engine], mix: list[queries.Question]) -> dict:
    """Answers a second to a mix of light questions."""
    found = {"mix": [question.name for question in mix], "seconds": SECONDS, "engines": {}}
    for engine in all_engines:
        graphs = urllib.parse.urlencode(engine.graphs)
        lines = [f"{engine.path}?{graphs}&query={urllib.parse.quote(question.text)}" for question in mix]
        found["engines"][engine.name] = {
            str(clients): rate(bench, engine, lines, clients)
            for clients in (CLIENTS if mix else ())
        }
    return found


def rate(bench: Bench, engine: Engine, lines: list[str], clients: int) -> dict:
    """What an engine refuses under pressure is a result, and not the end of the section."""
    try:
        return wrk.measured(bench, engine.address, lines, asking.TABLE, clients=clients, seconds=SECONDS)
    except SystemExit as failure:
        print(failure, flush=True)
        return {"failed": str(failure).split(" of ")[0]}


def memory(all_engines: list[Engine], asked: list[queries.Question]) -> dict:
    """MB of each engine when all questions have been asked, by four clients at once; of Moisson's workers
    each."""
    for engine in all_engines[:1]:
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            for question in asked:
                list(pool.map(lambda _: engine.ask(question.text), range(4)))
    found = {engine.name: total(engine.processes()) for engine in all_engines}
    ours = all_engines[0]
    found["workers"] = [shares(pid) for pid in ours.processes() if pid != ours.pid]
    return found


def total(processes: list[int]) -> dict:
    each = [shares(pid) for pid in processes]
    return {name: sum(one[name] for one in each) for name in ("rss", "pss", "own")}


def reopened(engine: Engine) -> dict:
    """Seconds to an answer where a worker has to be started for it, and where one is there."""
    there, started = [], []
    for _ in range(10):
        there.append(engine.ask(SMALL).seconds)
        for pid in engine.processes():
            if pid != engine.pid:
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        started.append(engine.ask(SMALL).seconds)
    return {"there": statistics.median(there), "started": statistics.median(started)}


def stream(engine: Engine) -> dict:
    """Ten million rows: the first byte, the last, and the memory of whoever sends them meanwhile."""
    seen, ended = [], threading.Event()

    def watch() -> None:
        while not ended.wait(0.1):
            with contextlib.suppress(OSError):
                seen.append(total(family(engine.pid))["own"])

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        answer = engine.ask(LARGE, accept=asking.TSV, limit=LONG)
    finally:
        ended.set()
        watcher.join()
    half = max(1, len(seen) // 2)
    return {
        "status": answer.status,
        "seconds": answer.seconds,
        "first": answer.first,
        "mb": answer.size / 1e6,
        "own_mb": max(seen, default=0),
        # A memory that grows with the answer shows here.
        "halves_mb": [max(seen[:half], default=0), max(seen[half:], default=0)],
    }
