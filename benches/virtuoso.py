"""Virtuoso as Debian packages it: its configuration, its bulk load, its server.

It has no default graph that is apart from the named ones. What has no graph here gets one of its own
there, and a query is told so by `default-graph-uri`; then the named graphs have to be told as well, or
there would be none. Without a larger `MaxSortedTopRows` it refuses `OFFSET 50000`.
"""

import pathlib
import shutil
import subprocess

import engines
from machine import server

PACKAGE = "virtuoso-opensource-7"
PROGRAMS = ("virtuoso-t", "isql-vt")
SQL = "127.0.0.1:18093"
HTTP = "127.0.0.1:18094"
DEFAULT = "urn:moisson:default"
NAMED = ("origin", "quality", "provenance")
#: Pages of 8 KB: more than the whole database has at full size.
BUFFERS = 400_000
#: Bytes of a file to load.
PART = 256 << 20

CONFIGURATION = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 100000
Striping = 0
TempStorage = TempDatabase

[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
MaxCheckpointRemap = 2000
Striping = 0

[Parameters]
ServerPort = {sql}
DisableUnixSocket = 1
MaxClientConnections = 100
CheckpointInterval = 0
CheckpointAuditTrail = 0
DirsAllowed = {folder}
CaseMode = 2
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
MaxMemPoolSize = 200000000
MaxQueryMem = 2G
VectorSize = 1000
MaxVectorSize = 1000000
AdjustVectorSize = 0
ThreadsPerQuery = {threads}
AsyncQueueMaxThreads = 10
MaxSortedTopRows = 20000000
IndexTreeMaps = 64

[HTTPServer]
ServerPort = {http}
ServerRoot = {folder}
MaxClientConnections = 100
ServerThreads = 100
MaxKeepAlives = 100
KeepAliveTimeout = 10
EnabledGzipContent = 0
Charset = UTF-8

[Client]
SQL_PREFETCH_ROWS = 100
SQL_PREFETCH_BYTES = 16000
SQL_QUERY_TIMEOUT = 0
SQL_TXN_TIMEOUT = 0

[SPARQL]
ResultSetMaxRows = 20000000
MaxQueryExecutionTime = {limit}
DeferInferenceRulesInit = 0
"""


def configuration(folder: pathlib.Path) -> pathlib.Path:
    path = folder / "virtuoso.ini"
    given = {"folder": folder, "sql": SQL, "http": HTTP, "buffers": BUFFERS, "dirty": BUFFERS * 3 // 4}
    path.write_text(CONFIGURATION.format(**given, limit=engines.LIMIT, threads=2))
    return path


def command(folder: pathlib.Path) -> list[str]:
    return ["virtuoso-t", "+foreground", "+configfile", str(configuration(folder))]


def load(folder: pathlib.Path, dump: pathlib.Path) -> None:
    """Loads N-Quads into an empty database, two files at a time."""
    shutil.rmtree(folder, ignore_errors=True)
    parts = folder / "parts"
    parts.mkdir(parents=True)
    split(dump, parts)
    with server(command(folder), f"http://{HTTP}/sparql?query=ASK%7B%7D", folder / "serve.log"):
        sql(f"ld_dir('{parts}', '*.nq', '{DEFAULT}')")
        loaders = [subprocess.Popen(isql("rdf_loader_run()"), stdout=subprocess.DEVNULL) for _ in range(2)]
        if any([loader.wait() for loader in loaders]):
            raise SystemExit("Virtuoso could not load")
        wrong = sql("select ll_file, ll_error from DB.DBA.LOAD_LIST where ll_state <> 2 or ll_error is not null")
        if ".nq" in wrong:
            raise SystemExit(f"Virtuoso could not load:\n{wrong}")
        sql("checkpoint")
    shutil.rmtree(parts)


def started(folder: pathlib.Path, base: str):
    graphs = [("default-graph-uri", DEFAULT), *(("named-graph-uri", f"{base}graph/{name}") for name in NAMED)]
    return engines.started("Virtuoso", command(folder), HTTP, "/sparql", folder / "serve.log", graphs)


def split(dump: pathlib.Path, parts: pathlib.Path) -> None:
    """Files that can be loaded beside each other: a blank node's name means nothing in another file, so
    that all statements with one are in one file."""
    count, room, part = 0, 0, None
    with open(dump, "rb") as lines, open(parts / "blank.nq", "wb") as blank:
        for line in lines:
            if line.startswith(b"_:") or b" _:" in line:
                blank.write(line)
                continue
            if room <= 0:
                if part:
                    part.close()
                count, room, part = count + 1, PART, open(parts / f"part{count:03}.nq", "wb")
            part.write(line)
            room -= len(line)
    if part:
        part.close()


def isql(statement: str) -> list[str]:
    return ["isql-vt", SQL.split(":")[1], "dba", "dba", "VERBOSE=OFF", f"exec={statement};"]


def sql(statement: str) -> str:
    done = subprocess.run(isql(statement), capture_output=True, text=True)
    if done.returncode or "*** Error" in done.stdout + done.stderr:
        raise SystemExit(f"Virtuoso refused {statement}:\n{done.stdout}{done.stderr}")
    return done.stdout
