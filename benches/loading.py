"""The same quads in every engine: the dump of the ledger, and the peers' databases made of it."""

import json
import pathlib
import shutil
import sqlite3
import subprocess
import time

import harvesting
import portal
import virtuoso
from machine import Bench, busy, disk, timed


def loaded(bench: Bench) -> tuple[pathlib.Path, dict]:
    """The folder of the peers' databases, and what it took to load them. They are made again only when
    the ledger is another one."""
    published(bench)
    folder = bench.folder / f"peers-{bench.size}"
    note, now = folder / "loaded.json", of(bench)
    if note.exists():
        before = json.loads(note.read_text())
        if before["of"] == now:
            return folder, before
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    dump = folder / "dump.nq"
    with open(dump, "wb") as out:
        command = [bench.moisson, "--config", str(bench.store / "moisson.toml"), "dump", "--format", "nq"]
        result = {"of": now, "dump": timed(command, stdout=out)}
    with open(dump, "rb") as lines:
        result |= {"quads": sum(1 for _ in lines), "dump_mb": disk(folder)}
    result["oxigraph"] = told("oxigraph", folder / "oxigraph", lambda path: oxigraph(bench, path, dump))
    result["virtuoso"] = told("Virtuoso", folder / "virtuoso", lambda path: virtuoso.load(path, dump))
    dump.unlink()
    note.write_text(json.dumps(result))
    return folder, result


def published(bench: Bench) -> None:
    if not (bench.store / "var" / "snapshots" / "current").exists():
        shutil.rmtree(bench.store, ignore_errors=True)
        harvesting.run(bench, 0.0)


def of(bench: Bench) -> list:
    """What tells one ledger from another."""
    ledger = bench.store / "var" / "ledger.sqlite"
    connection = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True)
    asked = "SELECT id, started, ended FROM run WHERE portal = ? ORDER BY id"
    rows = connection.execute(asked, (portal.ID,)).fetchall()
    connection.close()
    return [list(row) for row in rows]


def oxigraph(bench: Bench, folder: pathlib.Path, dump: pathlib.Path) -> None:
    folder.mkdir()
    store = ["--location", str(folder / "store")]
    # The second is what the first advises to run before many reads.
    for command in (["load", *store, "--file", str(dump), "--non-atomic", "--lenient"], ["optimize", *store]):
        subprocess.run([bench.peer("oxigraph"), *command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def told(name: str, folder: pathlib.Path, load) -> dict:
    print(f"loading {name}", flush=True)
    start, before = time.monotonic(), busy()
    load(folder)
    # A loader's own processor time is not told apart from what the machine did beside it.
    return {"wall": time.monotonic() - start, "busy": busy() - before, "disk_mb": disk(folder)}
