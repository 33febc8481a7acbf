"""One query to one SPARQL endpoint over HTTP: how long it took, and what came.

A socket and no HTTP client: reading a hundred megabytes must not cost more here than in the server. The
connection is closed after each answer, and chunks are taken apart only when the time has been taken.
"""

import dataclasses
import decimal
import json
import re
import socket
import time
import urllib.parse

TABLE = "application/sparql-results+json"
GRAPH = "application/n-triples"
TSV = "text/tab-separated-values"
#: Larger answers are counted without being parsed.
PARSED = 64 << 20
NUMBERS = re.compile(r"XMLSchema#(integer|decimal|double|float|int|long|nonNegativeInteger)$")


@dataclasses.dataclass
class Answer:
    """Seconds to the first byte of the answer and to the last; `status` is 0 where there was no answer."""

    seconds: float
    first: float
    status: int
    size: int
    body: bytes = b""

    def in_time(self, limit: float) -> bool:
        return self.status == 200 and self.seconds <= limit


def ask(
    address: str, path: str, fields: list[tuple[str, str]], accept: str, limit: float, kept: bool = False
) -> Answer:
    """Posts a query as a form; the body is kept only where it is wanted."""
    host, port = address.split(":")
    body = urllib.parse.urlencode(fields).encode()
    head = f"POST {path} HTTP/1.1\r\nHost: {address}\r\nAccept: {accept}\r\nConnection: close\r\n"
    head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    began = time.monotonic()
    try:
        with socket.create_connection((host, int(port)), timeout=limit) as connection:
            connection.sendall(head.encode() + body)
            return received(connection, began, limit, kept)
    except OSError:
        return Answer(time.monotonic() - began, 0.0, 0, 0)


def received(connection: socket.socket, began: float, limit: float, kept: bool) -> Answer:
    buffer = bytearray(1 << 20)
    view = memoryview(buffer)
    start, parts, size, first = b"", [], 0, 0.0
    while count := connection.recv_into(buffer):
        now = time.monotonic()
        if now - began > limit:
            return Answer(now - began, first, 0, size)
        size += count
        if not first:
            start += bytes(view[:count])
            head, end, rest = start.partition(b"\r\n\r\n")
            if not end or not rest:
                continue
            first = now - began
            if kept:
                parts.append(rest)
        elif kept:
            parts.append(bytes(view[:count]))
    seconds = time.monotonic() - began
    head = start.partition(b"\r\n\r\n")[0]
    if not head:
        return Answer(seconds, first, 0, size)
    whole = b"".join(parts)
    if b"transfer-encoding: chunked" in head.lower():
        if kept and not whole.endswith(b"0\r\n\r\n"):
            return Answer(seconds, first, 0, size)
        whole = joined(whole)
    return Answer(seconds, first or seconds, int(head.split(b" ", 2)[1]), size, whole)


def joined(chunked: bytes) -> bytes:
    parts, at = [], 0
    while at < len(chunked):
        end = chunked.index(b"\r\n", at)
        length = int(chunked[at:end].split(b";")[0], 16)
        if not length:
            break
        parts.append(chunked[end + 2 : end + 2 + length])
        at = end + 2 + length + 2
    return b"".join(parts)


def form(query: str) -> str:
    """What the query asks for: the first of these words outside IRIs, comments and prefixes."""
    plain = re.sub(r"<[^<>\s]*>|^\s*#.*$|PREFIX\s+\S*:", " ", query, flags=re.MULTILINE | re.IGNORECASE)
    return re.search(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", plain, re.IGNORECASE)[1].upper()


def accepted(query: str) -> str:
    return TABLE if form(query) in ("SELECT", "ASK") else GRAPH


def rows(query: str, body: bytes) -> int:
    """Rows of a table, statements of a graph."""
    if accepted(query) == GRAPH:
        return len({line for line in body.splitlines() if line and not line.startswith(b"#")})
    if len(body) < PARSED:
        found = json.loads(body)
        return len(found["results"]["bindings"]) if "results" in found else 1
    # A quotation mark inside a text is escaped, so that this is found nowhere but at a name.
    name = re.search(rb'"vars"\s*:\s*\[\s*("[^"]+")', body[:4096])[1]
    return len(re.findall(re.escape(name) + rb"\s*:\s*\{", body))


def same(query: str, one: bytes, other: bytes) -> bool:
    """Whether two answers say the same, order and names of blank nodes apart."""
    if accepted(query) == GRAPH:
        return statements(one) == statements(other)
    if max(len(one), len(other)) >= PARSED:
        return True
    return table(one) == table(other)


def statements(body: bytes) -> list:
    lines = {line.strip() for line in body.splitlines() if line and not line.startswith(b"#")}
    return sorted(re.sub(rb"_:\S+", b"_:", line) for line in lines)


def table(body: bytes) -> list:
    found = json.loads(body)
    if "results" not in found:
        return [found["boolean"]]
    each = ([(name, value(row[name])) for name in sorted(row)] for row in found["results"]["bindings"])
    return sorted(map(repr, each))


def value(term: dict) -> tuple:
    if term["type"] == "bnode":
        return ("_",)
    datatype = term.get("datatype", "")
    if NUMBERS.search(datatype):
        try:
            return ("number", format(decimal.Decimal(term["value"]).normalize(), ".12g"))
        except decimal.InvalidOperation:
            pass
    return (term["type"], term["value"], term.get("xml:lang", "").lower(), datatype)
