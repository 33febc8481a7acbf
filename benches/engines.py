"""The engines that answer SPARQL here: Moisson, oxigraph's own server, Virtuoso. Each is started on its
own copy of the same quads."""

import contextlib
import dataclasses
import os
import pathlib
import time

import portal
from asking import Answer, accepted, ask
from machine import TICKS, Bench, server

#: A query that takes longer is given up, and counts as having taken so long.
LIMIT = 60
OXIGRAPH = "127.0.0.1:18092"


@dataclasses.dataclass
class Engine:
    """A server that runs."""

    name: str
    address: str
    path: str
    pid: int
    #: From its start to its first answer.
    opened: float
    #: The graphs that a query sees, for an engine that has no default graph of its own.
    graphs: list[tuple[str, str]] = dataclasses.field(default_factory=list)

    def ask(self, query: str, kept: bool = False, accept: str = "", limit: float = LIMIT) -> Answer:
        fields = [("query", query), *self.graphs]
        # The peers keep the limit themselves; what comes a little late is their saying so.
        return ask(self.address, self.path, fields, accept or accepted(query), limit + 15, kept)

    def processes(self) -> list[int]:
        return family(self.pid)

    def used(self) -> float:
        """Processor seconds, those of ended children included."""
        return sum(map(spent, self.processes()))


@contextlib.contextmanager
def started(name: str, command: list[str], address: str, path: str, log: pathlib.Path, graphs=(), **options):
    began = time.monotonic()
    with server(command, f"http://{address}{path}?query=ASK%7B%7D", log, **options) as process:
        yield Engine(name, address, path, process.pid, time.monotonic() - began, list(graphs))


#: What the bench needs beside the configuration that a portal is harvested with: answers of ten million
#: rows, however long they take, and no quota for the one client that asks, which is left four of five workers.
SPARQL = """
[sparql]
timeout = "10m"
max_rows = 20_000_000
max_bytes = "100GB"
memory = "2GB"
workers = 5
quota = { seconds_per_minute = 1_000_000 }
"""


def moisson(bench: Bench):
    path = portal.configuration(bench.store)
    asked = path.with_name("sparql.toml")
    asked.write_text(path.read_text() + SPARQL)
    command = [bench.moisson, "--config", str(asked), "serve", "--no-harvest"]
    return started("Moisson", command, portal.SERVER, "/sparql", bench.folder / "sparql.log")


def oxigraph(bench: Bench, folder: pathlib.Path):
    command = [bench.peer("oxigraph"), "serve-read-only", "--location", str(folder / "store")]
    command += ["--bind", OXIGRAPH, "--timeout-s", str(LIMIT)]
    return started("oxigraph", command, OXIGRAPH, "/query", folder / "serve.log")


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError):
                parents.setdefault(int(fields(entry)[1]), []).append(int(entry))
    found, todo = [], [pid]
    while todo:
        found.append(todo.pop())
        todo += parents.get(found[-1], [])
    return found


def spent(pid: int) -> float:
    try:
        return sum(map(int, fields(pid)[11:15])) / TICKS
    except OSError:
        return 0.0


def fields(pid: int | str) -> list[str]:
    return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def shares(pid: int) -> dict:
    """Memory of one process in MB: resident, its share of what is mapped by several (PSS), and its own
    pages that no file has (RssAnon)."""
    names = {"Rss:": "rss", "Pss:": "pss", "Anonymous:": "own"}
    found = dict.fromkeys(names.values(), 0.0)
    for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        parts = line.split()
        if parts[0] in names:
            found[names[parts[0]]] = int(parts[1]) / 1000
    return found
