"""The sections about SPARQL in docs/BENCHMARKS.md: the questions, many clients, memory; growth."""

import math

PEERS = ("oxigraph", "Virtuoso")
GOALS = {"oxigraph": 0.02, "Virtuoso": 0.3}


def ratios(result: dict, peer: str, key: str = "seconds") -> dict[str, float]:
    """Moisson's time over the peer's, by question; one that the peer did not answer in time counts as
    having taken the time limit."""
    found = {}
    for question in result["queries"]:
        ours, theirs = question["engines"]["Moisson"], question["engines"][peer]
        if key in ours and (key in theirs or theirs["status"] in (0, 503, 500)):
            # The clock of processor time ticks a hundred times a second.
            found[question["name"]] = max(ours[key], 1e-4) / max(theirs.get(key, result["limit"]), 1e-4)
    return found


def mean(values) -> float:
    values = list(values)
    return math.exp(sum(map(math.log, values)) / len(values)) if values else math.nan


def against_best(result: dict) -> dict[str, float]:
    one, other = (ratios(result, peer) for peer in PEERS)
    return {name: max(one[name], other[name]) for name in one.keys() & other.keys()}


def times(result: dict) -> dict[str, float]:
    asked = {question["name"]: question["engines"]["Moisson"] for question in result["queries"]}
    return {name: answer.get("seconds", math.inf) for name, answer in asked.items()}


def goals(result: dict) -> list[tuple[str, str, str]]:
    found = []
    for peer in PEERS:
        what = f"{len(ratios(result, peer))} questions over HTTP, geometric mean of the time, against {peer}'s"
        found.append((what, f"**{mean(ratios(result, peer).values()):.4f}×**", f"≤ {GOALS[peer]}×"))
    name, worst = max(against_best(result).items(), key=lambda item: item[1])
    found.append(("The worst of them, against the better of the two", f"**{worst:.2f}×** ({name})", "≤ 1.1×"))
    name, slowest = max(times(result).items(), key=lambda item: item[1])
    found.append(("The slowest of them", f"**{slowest * 1000:,.0f} ms** ({name})", "≤ 500 ms"))
    workers = result["memory"]["workers"]
    each = f"**{sum(worker['pss'] for worker in workers):,.0f} MB** of {len(workers)}"
    found.append(("Memory of the workers, shared pages counted once (PSS)", each, ""))
    found.append(("First byte of ten million rows", f"**{result['stream']['first'] * 1000:,.0f} ms**", ""))
    return found


def section(result: dict) -> str:
    parts = [head(result), questions(result), missed(result), clients(result), memory(result), loads(result)]
    return "\n\n".join(filter(None, parts))


def head(result: dict) -> str:
    return f"""## SPARQL

`make bench ONLY=sparql SIZE={result['size']}`: the {len(result['queries'])} questions of `benches/queries` over HTTP on loopback, as JSON or N-Triples, to the last byte. All three servers run at once and are asked by turns, question by question; none keeps answers, and the first round, which warms the page cache, is not counted. Medians of seven rounds, of five for an engine that takes longer than 0.2 s, of two above 2 s; above 10 s the first answer counts; more than {result['limit']} s is given up. In brackets processor milliseconds on average, by the clock of the kernel (10 ms). Meanwhile other processes used {result['others_cpu']:.0f} processor seconds.

Moisson has its published snapshot, and answers by processes apart; `oxigraph serve` and Virtuoso have the dump of the same ledger ({result['loaded']['quads']:,} quads). Virtuoso keeps more in memory than its database has ({mb(result['loaded']['virtuoso']['disk_mb'])}), may use two threads a query, sorts as many rows as there are (`MaxSortedTopRows`), and is told the default graph and the named ones with each question."""


def questions(result: dict) -> str:
    lines = ["| question | rows | Moisson | oxigraph | Virtuoso | ÷ oxigraph | ÷ Virtuoso |", "|---|---|---|---|---|---|---|"]
    one, other = (ratios(result, peer) for peer in PEERS)
    for question in result["queries"]:
        name, found = question["name"], question["engines"]
        cells = " | ".join(cell(found[engine], result["limit"]) for engine in ("Moisson", *PEERS))
        lines.append(f"| {name} | {rows(question)} | {cells} | {ratio(one.get(name))} | {ratio(other.get(name))} |")
    for title, key in (("geometric mean", "seconds"), ("of each one's best round", "best"), ("of processor time", "cpu")):
        means = [ratio(mean(ratios(result, peer, key).values())) for peer in PEERS]
        lines.append(f"| *{title}* | | | | | {' | '.join(means)} |")
    return "\n".join(lines)


def cell(answer: dict, limit: int) -> str:
    if "seconds" in answer:
        return f"{answer['seconds'] * 1000:,.1f} ms ({answer['cpu'] * 1000:,.0f})"
    return f"> {limit} s" if answer["status"] in (0, 503) else f"refused ({answer['status']})"


def ratio(value: float | None) -> str:
    return "" if value is None else f"{value:.3g}"


def rows(question: dict) -> str:
    """One number where all agree."""
    found = {name: answer["rows"] for name, answer in question["engines"].items()}
    counts = {count for count in found.values() if count is not None}
    if len(counts) == 1:
        return f"{counts.pop():,}"
    return ", ".join(f"{name} {'none' if count is None else f'{count:,}'}" for name, count in found.items())


def missed(result: dict) -> str:
    """What differs, and what is slower than it should be."""
    answers = {}
    for question in result["queries"]:
        answers.setdefault(question["answers"], []).append(question["name"])
    named = lambda what, names: "" if what == "the same" else f" ({', '.join(names)})"
    told = "; ".join(f"{what}: {len(names)}{named(what, names)}" for what, names in answers.items())
    virtuoso = [question["name"] for question in result["queries"] if differs(question)]
    slow = [f"{name} {seconds * 1000:,.0f} ms" for name, seconds in times(result).items() if seconds > 0.5]
    behind = [f"{name} {value:.2f}×" for name, value in sorted(against_best(result).items()) if value > 1.1]
    return "\n".join(
        [
            f"- Moisson's answers beside oxigraph's, value by value: {told}.",
            f"- Virtuoso gives another number of rows for: {', '.join(virtuoso) or 'none'}.",
            f"- Above 500 ms: {', '.join(slow) or 'none'}.",
            f"- Slower than 1.1× the better of the two peers: {', '.join(behind) or 'none'}.",
        ]
    )


def differs(question: dict) -> bool:
    ours, theirs = question["engines"]["Moisson"]["rows"], question["engines"]["Virtuoso"]["rows"]
    return None not in (ours, theirs) and ours != theirs


def clients(result: dict) -> str:
    found = result["throughput"]
    if not found["mix"]:
        return "Many clients: not run, no question was light for all three."
    lines = ["| clients | Moisson | oxigraph | Virtuoso |", "|---|---|---|---|"]
    for count in next(iter(found["engines"].values())):
        cells = [found["engines"][name][count] for name in ("Moisson", *PEERS)]
        told = " | ".join(map(rate, cells))
        lines.append(f"| {count} | {told} |")
    return f"""Answers a second to {len(found['mix'])} light questions in turn (median, 99 %), {found['seconds']} s a number with `wrk -t1` on the same cores: {', '.join(found['mix'])}.

""" + "\n".join(lines)


def rate(one: dict) -> str:
    if "failed" in one:
        return f"refused {one['failed']}"
    return f"{one['rate']:,.0f} ({one['median']}, {one['p99']})"


def memory(result: dict) -> str:
    found, stream = result["memory"], result["stream"]
    workers = found["workers"]
    per = lambda key: f"{min(w[key] for w in workers):,.0f} to {max(w[key] for w in workers):,.0f}" if workers else "none"
    if stream["status"] == 200:
        rows = f"`SELECT ?s ?p ?o … LIMIT 10000000` as TSV, {mb(stream['mb'])}: first byte after {stream['first'] * 1000:,.0f} ms, last after {stream['seconds']:.1f} s. Memory of server and workers that no file has: {stream['halves_mb'][0]:,.0f} MB at most in the first half of that time, {stream['halves_mb'][1]:,.0f} MB in the second."
    else:
        rows = f"`SELECT ?s ?p ?o … LIMIT 10000000` as TSV: no whole answer (status {stream['status']}, {mb(stream['mb'])} came, the first byte after {stream['first'] * 1000:,.0f} ms)."
    return f"""After every question by four clients at once, Moisson's {len(workers)} workers have each {per('rss')} MB resident, {per('pss')} MB of that as their share (PSS; {sum(w['pss'] for w in workers):,.0f} MB in all) and {per('own')} MB of their own. Resident then: oxigraph {found['oxigraph']['rss']:,.0f} MB, Virtuoso {found['Virtuoso']['rss']:,.0f} MB.

{rows}

An answer for which a worker has to be started takes {result['reopened']['started'] * 1000:.1f} ms, one by a worker that is there {result['reopened']['there'] * 1000:.1f} ms. From the start of the server to its first answer: {', '.join(f'{name} {seconds:.1f} s' for name, seconds in result['opened'].items())}."""


def loads(result: dict) -> str:
    loaded = result["loaded"]
    peers = [(peer, loaded[peer.lower()]) for peer in PEERS]
    each = ", ".join(f"{peer} {took['wall']:,.0f} s and {mb(took['disk_mb'])}" for peer, took in peers)
    return f"To load the dump ({mb(loaded['dump_mb'])}), beside whatever else the machine did then: {each}. Moisson's snapshot takes {mb(result['snapshot_mb'])}."


def mb(size: float) -> str:
    return f"{size:,.0f} MB"


def growth_goals(result: dict) -> list[tuple[str, str, str]]:
    last = exponents(result)[-1]
    return [
        ("Build of the graph, exponent of the processor time by quads", f"**{last['cpu']:.2f}**", ""),
        ("Questions, exponent of the mean time by quads", f"**{last['mean']:.2f}**", ""),
    ]


def exponents(result: dict) -> list[dict]:
    """Of each size to the next: 1 is linear."""
    found = []
    for small, large in zip(result["sizes"], result["sizes"][1:]):
        by = math.log(large["quads"] / small["quads"])
        grown = lambda pick: math.log(max(pick(large), 1e-9) / max(pick(small), 1e-9)) / by
        found.append(
            {
                "wall": grown(lambda one: one["built"]["wall"]),
                "cpu": grown(lambda one: one["built"]["cpu"]),
                "peak": grown(lambda one: one["built"]["peak_mb"]),
                "graph": grown(lambda one: one["graph_mb"]),
                "mean": grown(lambda one: one["mean"]),
            }
        )
    return found


def growth(result: dict) -> str:
    lines = [
        "| datasets | quads | build, s | processor, s | memory, MB | graph, MB | questions, mean ms | slowest, ms |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in result["sizes"]:
        built = one["built"]
        lines.append(
            f"| {one['datasets']:,} | {one['quads']:,} | {built['wall']:.2f} | {built['cpu']:.2f} | {built['peak_mb']:,} | "
            f"{one['graph_mb']:,} | {one['mean'] * 1000:.2f} | {one['slowest'] * 1000:,.0f} |"
        )
    for one, (small, large) in zip(exponents(result), zip(result["sizes"], result["sizes"][1:])):
        lines.append(
            f"| *exponent, {small['datasets']:,} to {large['datasets']:,}* | | {one['wall']:.2f} | {one['cpu']:.2f} | "
            f"{one['peak']:.2f} | {one['graph']:.2f} | {one['mean']:.2f} | |"
        )
    return f"""## Growth

`make bench ONLY=growth SIZE={result['size']}`: `moisson rebuild` out of the ledger, and the questions of `benches/queries` over HTTP (median of three), at three sizes. The exponent says how the figure grows with the quads: 1 is linear, 0 not at all. Memory is the process's highest (VmHWM), with the pages of mapped files.

{chr(10).join(lines)}

Ten times the size of data.gouv.fr (742,000 datasets): not run."""
