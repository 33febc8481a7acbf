"""docs/BENCHMARKS.md, out of the results that sections have kept."""

import re

import report_kinds
from machine import ROOT, Bench

NOT_RUN = "not run"
DOCUMENT = ROOT / "docs" / "BENCHMARKS.md"


def write(bench: Bench) -> None:
    """Renders what has been measured; what has not stays as the document has it, with its commit."""
    rows_before, texts_before = standing(DOCUMENT.read_text() if DOCUMENT.exists() else "")
    rows, texts = [], []
    for title, goals, section in SECTIONS:
        result = bench.kept(title.lower())
        if result:
            link = f"[{title}](#{title.lower()})"
            rows += [f"| {link} | {what} | {value} | {goal} |" for what, value, goal in goals(result)]
            texts.append(f"{section(result)}\n\n{context(result)}")
        else:
            rows += rows_before.get(title, [f"| {title} | {NOT_RUN} | | |"])
            texts.append(texts_before.get(title, f"## {title}\n\n{NOT_RUN}"))
    missed = ROOT / "benches" / "missed.md"
    texts.append(missed.read_text().strip() if missed.exists() else "")
    DOCUMENT.write_text("\n\n".join([head(rows), *filter(None, texts)]) + "\n")
    print(f"written: {DOCUMENT.relative_to(ROOT)}")


def standing(document: str) -> tuple[dict, dict]:
    """The rows of the first table and the texts of the document, by section."""
    rows, texts = {}, {}
    for line in document.splitlines():
        if match := re.match(r"\| \[?(\w+)[^|]*\|[^|]+\|[^|]+\|[^|]*\|$", line):
            rows.setdefault(match[1], []).append(line)
    for text in re.split(r"^(?=## )", document, flags=re.MULTILINE)[1:]:
        texts[text.split("\n", 1)[0].removeprefix("## ")] = text.strip()
    return rows, texts


def head(rows: list[str]) -> str:
    lines = "\n".join(rows)
    return f"""# Benchmarks

Written by `make bench`; the peers run on the same machine in the same run. Ratios are what counts: absolute numbers depend on the machine, and on what else it does. One section alone: `make bench ONLY=serve SIZE=5000`; what is not measured again stays as it was, with its commit. What was never measured is *{NOT_RUN}*.

The data is a made-up portal (`moisson synthetic-portal`, hidden) in data.gouv.fr's proportions: 9.3 resources a dataset, half of the datasets with four or fewer; 8 % of the organizations publish 80 % of the datasets; descriptions of 400 characters in the median and up to 8,000; two thirds harvested by the portal from elsewhere. Every record is computed from a seed when it is asked for. Portals of the other kinds are those of `data/`, repeated.

| section | what | measured | goal |
|---|---|---|---|
{lines}"""


def context(result: dict) -> str:
    versions = ", ".join(f"{name} {version}" for name, version in result["versions"].items())
    return (
        f"Commit {result['commit']}, {result['measured']}; {result['cpu']}, {result['memory_gib']} GiB, "
        f"Linux {result['kernel']}; {versions}."
    )


def many(ratio: float) -> str:
    return f"**{ratio:.0f}×**" if ratio >= 10 else f"**{ratio:.1f}×**"


def percent(part: float, whole: float) -> str:
    return f"**{100 * part / whole:.1f} %**"


def convert_goals(result: dict) -> list[tuple[str, str, str]]:
    what = "JSON record → Turtle a core, against rdflib building and serialising the same triples"
    return [(what, many(result["ratio"]), "50×")]


def convert(result: dict) -> str:
    ours, theirs = result["records"] / result["ours_cpu"], result["records"] / result["theirs_cpu"]
    return f"""## Convert

`make bench ONLY=convert`: {result['records']:,} datasets in one page of {result['json_mb']} MB, {result['triples']:,} triples. `moisson convert` reads the JSON, describes, normalises, validates, canonicalises and writes Turtle; rdflib gets the finished triples in memory and builds and serialises one graph a dataset. Processor seconds, best of four: {result['ours_cpu']:.2f} against {result['theirs_cpu']:.1f}, that is {ours:,.0f} and {theirs:,.0f} records a second and core; {result['triples'] / result['ours_cpu']:,.0f} and {result['triples'] / result['theirs_cpu']:,.0f} triples."""


def harvest_goals(result: dict) -> list[tuple[str, str, str]]:
    first = result["first"]
    datasets = f"{result['size']:,} datasets, {result['distributions']:,} resources"
    return [
        (f"Portal of {datasets} → published snapshot", f"**{minutes(first['wall'])}**", "2 to 3 min on two cores, for 74,200 datasets"),
        ("Peak memory of it", f"**{first['peak_mb']:,} MB**", "under 1,500 MB"),
        ("1 % changed, incremental run, of the first run's time", percent(result["incremental"]["wall"], first["wall"]), "under 5 %"),
        ("1 % changed, full run, of the first run's time", percent(result["full"]["wall"], first["wall"]), "under 25 %"),
        ("Publish, once the graph is there", f"**{publishing(first)} ms**", "milliseconds"),
    ]


def publishing(run: dict) -> str:
    return f"{run['stages'].get('publish', 0) * 1000:.0f}"


def minutes(seconds: float) -> str:
    return f"{int(seconds // 60)} min {seconds % 60:.0f} s" if seconds >= 90 else f"{seconds:.1f} s"


def harvest(result: dict) -> str:
    names = ["fetch, describe, stage", "commit", "graph", "publish"]
    rows = []
    for title, key in (("first", "first"), ("1 % changed, incremental", "incremental"), ("1 % changed, full", "full")):
        run = result[key]
        times = " | ".join(f"{run['stages'].get(name, 0):.1f}" for name in names)
        rows.append(
            f"| {title} | {run['wall']:.1f} | {times} | {run['cpu']:.1f} | {run['beside_cpu']:.1f} | "
            f"{run['others_cpu']:.1f} | {run['peak_mb']:,} | {run['disk_mb']:,} |"
        )
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in sorted(result["records"].items()) if kind != "portal")
    return f"""## Harvest

`make bench ONLY=harvest SIZE={result['size']}`: from the first page fetched over HTTP on loopback to the snapshot that readers see. The portal runs on the same cores, and computes and writes its JSON meanwhile: its processor time is a column of its own, as is what other processes of the machine used. Seconds, but for memory and disk in MB; the memory is the process's highest (VmHWM), with the pages of mapped files.

| run | all | {" | ".join(names)} | processor | portal's processor | others' processor | memory | disk |
|---|---|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}

Records: {kinds}; {result['distributions']:,} distributions. The ledger takes {result['ledger_mb']:,} MB and the graph {result['graph_mb']:,} MB after the first run."""


def serve_goals(result: dict) -> list[tuple[str, str, str]]:
    found = []
    for name, extension in (("Turtle documents", "ttl"), ("JSON-LD documents", "jsonld"), ("HTML pages", "html")):
        peer = result["theirs"].get(extension, result["theirs"]["ttl"])["rate"]
        against = "oxigraph's CONSTRUCT" + (" as Turtle" if extension == "html" else "")
        found.append((f"{name} a second, against {against}", many(result["ours"][extension]["rate"] / peer), "5×"))
        found.append((f"{name}, again with `If-None-Match` (304)", many(result["again"][extension]["rate"] / peer), "20×"))
    return [*found, ("Resident memory while serving", f"**{result['after_mb']:,} MB**", "")]


def serve(result: dict) -> str:
    rows = []
    for name, extension in (("Turtle", "ttl"), ("JSON-LD", "jsonld"), ("HTML", "html")):
        for what, rates in ((name, result["ours"]), (f"{name}, 304", result["again"])):
            rows.append(f"| Moisson, {what} | {cells(rates[extension])} |")
        if extension in result["theirs"]:
            rows.append(f"| oxigraph, {name} | {cells(result['theirs'][extension])} |")
    return f"""## Serve

`make bench ONLY=serve SIZE={result['size']}`: {result['documents']:,} datasets in turn, {result['seconds']} s a line with `wrk -t1 -c8` on the same cores; no answer had another status than it should. A document has {result['our_triples']:.0f} statements on average, the answer of `benches/document.rq` {result['their_triples']:.0f}. oxigraph serves the same store, a copy of the published snapshot; it has no conditional requests, so that a client which asks again gets the whole answer again.

| answer | a second | median | 99 % |
|---|---|---|---|
{chr(10).join(rows)}

Resident memory of the server: {result['start_mb']:,} MB at the start, {result['after_mb']:,} MB afterwards, {result['peak_mb']:,} MB at most; query workers are processes of their own, and idle here."""


def cells(rates: dict) -> str:
    return f"{rates['rate']:,.0f} | {rates['median']} | {rates['p99']}"


SECTIONS = [
    ("Convert", convert_goals, convert),
    ("Harvest", harvest_goals, harvest),
    ("Serve", serve_goals, serve),
    ("Kinds", report_kinds.goals, report_kinds.section),
]
