"""docs/BENCHMARKS.md, out of the results that sections have kept."""

from machine import ROOT, Bench

NOT_RUN = "not run"


def write(bench: Bench) -> None:
    parts = [head(bench), convert(bench.kept("convert")), harvest(bench.kept("harvest")), serve(bench.kept("serve"))]
    missed = ROOT / "benches" / "missed.md"
    parts.append(missed.read_text().strip() if missed.exists() else "")
    path = ROOT / "docs" / "BENCHMARKS.md"
    path.write_text("\n\n".join(part for part in parts if part) + "\n")
    print(f"written: {path.relative_to(ROOT)}")


def head(bench: Bench) -> str:
    rows = [*convert_goals(bench.kept("convert")), *harvest_goals(bench.kept("harvest")), *serve_goals(bench.kept("serve"))]
    lines = "\n".join(f"| {what} | {value} | {goal} |" for what, value, goal in rows)
    return f"""# Benchmarks

Written by `make bench`; the peers run on the same machine in the same run. Ratios are what counts: absolute numbers depend on the machine, and on what else it does. One section alone: `make bench ONLY=serve SIZE=5000`. What a section has not measured is *{NOT_RUN}*.

The data is a made-up portal (`moisson synthetic-portal`, hidden) in data.gouv.fr's proportions: 9.3 resources a dataset, half of the datasets with four or fewer; 8 % of the organizations publish 80 % of the datasets; descriptions of 400 characters in the median and up to 8,000; two thirds harvested by the portal from elsewhere. Every record is computed from a seed when it is asked for.

| what | measured | goal |
|---|---|---|
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


def convert_goals(result: dict | None) -> list[tuple[str, str, str]]:
    value = many(result["ratio"]) if result else NOT_RUN
    return [("JSON record → Turtle a core, against rdflib building and serialising the same triples", value, "50×")]


def convert(result: dict | None) -> str:
    if not result:
        return f"## Convert\n\n{NOT_RUN}"
    ours, theirs = result["records"] / result["ours_cpu"], result["records"] / result["theirs_cpu"]
    return f"""## Convert

`make bench ONLY=convert`: {result['records']:,} datasets in one page of {result['json_mb']} MB, {result['triples']:,} triples. `moisson convert` reads the JSON, describes, normalises, validates, canonicalises and writes Turtle; rdflib gets the finished triples in memory and builds and serialises one graph a dataset. Processor seconds, best of four: {result['ours_cpu']:.2f} against {result['theirs_cpu']:.1f}, that is {ours:,.0f} and {theirs:,.0f} records a second and core; {result['triples'] / result['ours_cpu']:,.0f} and {result['triples'] / result['theirs_cpu']:,.0f} triples.

{context(result)}"""


def harvest_goals(result: dict | None) -> list[tuple[str, str, str]]:
    if not result:
        names = ["Whole portal → published snapshot", "Peak memory of it", "1 % changed, incremental run", "1 % changed, full run", "Publish"]
        return [(name, NOT_RUN, "") for name in names]
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


def harvest(result: dict | None) -> str:
    if not result:
        return f"## Harvest\n\n{NOT_RUN}"
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

Records: {kinds}; {result['distributions']:,} distributions. The ledger takes {result['ledger_mb']:,} MB and the graph {result['graph_mb']:,} MB after the first run; snapshots share their files with the graph.

{context(result)}"""


def serve_goals(result: dict | None) -> list[tuple[str, str, str]]:
    if not result:
        names = ["Turtle documents", "JSON-LD documents", "HTML pages", "The same with If-None-Match"]
        return [(f"{name}, against oxigraph's CONSTRUCT", NOT_RUN, "") for name in names]
    found = []
    for name, extension in (("Turtle documents", "ttl"), ("JSON-LD documents", "jsonld"), ("HTML pages", "html")):
        peer = result["theirs"].get(extension, result["theirs"]["ttl"])["rate"]
        against = "oxigraph's CONSTRUCT" + (" as Turtle" if extension == "html" else "")
        found.append((f"{name} a second, against {against}", many(result["ours"][extension]["rate"] / peer), "5×"))
        found.append((f"{name}, again with `If-None-Match` (304)", many(result["again"][extension]["rate"] / peer), "20×"))
    return [*found, ("Resident memory while serving", f"**{result['after_mb']:,} MB**", "")]


def serve(result: dict | None) -> str:
    if not result:
        return f"## Serve\n\n{NOT_RUN}"
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

Resident memory of the server: {result['start_mb']:,} MB at the start, {result['after_mb']:,} MB afterwards, {result['peak_mb']:,} MB at most; query workers are processes of their own, and idle here.

{context(result)}"""


def cells(rates: dict) -> str:
    return f"{rates['rate']:,.0f} | {rates['median']} | {rates['p99']}"
