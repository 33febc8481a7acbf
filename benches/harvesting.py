"""The whole portal from the first page to the published snapshot, and again with 1 % changed."""

import datetime
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import time

import peers
from machine import Bench, disk, timed
from portal import configuration, synthetic

#: The log lines that end a stage, and what it is called.
STAGES = {
    "staged": "fetch, describe, stage",
    "harvested": "commit",
    "projected": "graph",
    "published": "publish",
}


def measure(bench: Bench) -> dict:
    shutil.rmtree(bench.store, ignore_errors=True)
    result = {"versions": peers.versions(bench)}
    result["first"] = run(bench, 0.0)
    result |= counted(bench.store)
    result["incremental"] = run(bench, 0.01)
    result["full"] = run(bench, 0.02, "--full")
    return result


def run(bench: Bench, changed: float, *options: str) -> dict:
    """One harvest of the portal, of which a share has changed."""
    configuration(bench.store)
    with synthetic(bench, changed) as portal:
        return harvested(bench, bench.store, portal.pid, *options)


def harvested(bench: Bench, store: pathlib.Path, portal: int, *options: str) -> dict:
    """One harvest by the configuration in the folder, of a portal that runs."""
    log = bench.folder / "harvest.log"
    command = [bench.moisson, "--config", str(store / "moisson.toml"), "harvest", *options]
    with open(log, "wb") as out:
        began = time.time()
        environment = {**os.environ, "MOISSON_LOG": "moisson=debug,warn", "NO_COLOR": "1"}
        result = timed(command, portal, stdout=subprocess.DEVNULL, stderr=out, env=environment)
    result["stages"] = stages(log, began)
    result["disk_mb"] = disk(store / "var")
    return result


def stages(log: pathlib.Path, began: float) -> dict:
    """Seconds by stage, out of the times of log lines."""
    found, before = {}, began
    for line in log.read_text(errors="replace").splitlines():
        match = re.match(r"(\S+Z)\s+(?:DEBUG|INFO)\s+\S+ (\w+)", line)
        if not match or match[2] not in STAGES:
            continue
        at = datetime.datetime.fromisoformat(match[1].replace("Z", "+00:00")).timestamp()
        found[STAGES[match[2]]] = found.get(STAGES[match[2]], 0) + at - before
        before = at
    return found


def counted(store: pathlib.Path) -> dict:
    """What the first harvest has made."""
    ledger = store / "var" / "ledger.sqlite"
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    (parts,) = connection.execute(
        "SELECT count(*) FROM member WHERE kind = 'subject' AND value LIKE '%/distribution/%'"
    ).fetchone()
    kinds = dict(connection.execute("SELECT kind, count(*) FROM record GROUP BY kind"))
    connection.close()
    return {
        "records": kinds,
        "distributions": parts,
        "ledger_mb": disk_of(ledger),
        "graph_mb": disk(store / "var" / "snapshots"),
    }


def disk_of(path: pathlib.Path) -> int:
    return round(path.stat().st_size / 1e6)
