"""The section of docs/BENCHMARKS.md on the kinds of portal."""

#: Why a row's two sides are not the same work.
DIFFERENCES = """`moisson convert` does the same for every kind: it reads the answer, describes, normalises against the EU vocabularies, validates against the profile, canonicalises each record and writes Turtle. The peers do less, and each something else; what they refuse are IRIs that are none and values of the wrong type, of which the sample portals have some on purpose, and which Moisson repairs or drops with a finding.

- *rdflib, building the same triples* gets Moisson's finished triples and builds and serialises one graph a record: it reads no JSON and maps nothing. No package maps these portals' JSON to DCAT-AP.
- *ckanext-dcat* makes the graph of its DCAT-AP 3 profile out of the parsed package and serialises it. It keeps formats, licences, themes and languages as the package has them, checks nothing, and makes fewer triples. The organization comes from the package, not from PostgreSQL as in a running CKAN.
- *SEMIC's XSLT in Saxon, then rdflib* is how udata reads a CSW: the stylesheet of GeoDCAT-AP makes RDF/XML of each record, which rdflib parses and writes as Turtle. It reads ISO 19139 only, so that the records of ISO 19115-3 are left out for both. {libxslt}
- *rdflib, parsing it* reads the whole feed into one graph and serialises one graph a dataset. It repairs nothing: a broken IRI stays, and a syntax error costs the file."""


def goals(result: dict) -> list[tuple[str, str, str]]:
    rows = [
        (f"{row['kind']}, {row['form']}: record → Turtle a core, against {row['peer']}", f"**{ratio(row):.1f}×**", "")
        for row in result["answers"]
    ]
    peak = max(run["peak_mb"] for run in result["harvests"].values())
    return [*rows, (f"Peak memory of the harvest of {result['size']:,} records, of the worst kind", f"**{peak:,} MB**", "")]


def section(result: dict) -> str:
    converted = "\n".join(line(row) for row in result["answers"])
    harvested = "\n".join(run_line(result["size"], kind, run) for kind, run in result["harvests"].items())
    differences = DIFFERENCES.format(libxslt=libxslt(result))
    return f"""## Kinds

`make bench ONLY=kinds SIZE={result['size']}`: a made-up portal of each kind with {result['size']:,} datasets; but for udata's, its records are those of the sample portal of the kind (`data/`) over and over, under other names. All records in one file, in processor seconds: Moisson's best of four runs, the peer's only one. Memory is what was resident at most (VmHWM), in MB.

| portal | answer | records | triples a record | records a second and core | memory | peer | its triples a record | its records a second and core | its memory | ratio |
|---|---|---|---|---|---|---|---|---|---|---|
{converted}

{differences}

The same portals harvested over HTTP on loopback, from the first request to the published snapshot. Seconds, and MB at most (VmHWM, with the pages of mapped files); the portal computes its answers on the same cores meanwhile.

| portal | all | processor | portal's processor | others' processor | records a second | records a second and core | memory |
|---|---|---|---|---|---|---|---|
{harvested}"""


def rate(side: dict) -> float:
    return side["records"] / side["cpu"]


def ratio(row: dict) -> float:
    return rate(row["ours"]) / rate(row["theirs"])


def line(row: dict) -> str:
    ours, theirs = row["ours"], row["theirs"]
    cells = [
        row["kind"],
        f"{row['form']}, {row['mb']:.1f} MB",
        f"{ours['records']:,}",
        f"{ours['triples'] / ours['records']:.0f}",
        f"{rate(ours):,.0f}",
        f"{ours['peak_mb']:,}",
        row["peer"] + refused(theirs),
        f"{theirs['triples'] / described(theirs):.0f}",
        f"{rate(theirs):,.0f}{alone(theirs)}",
        f"{theirs['peak_mb']:,}",
        f"{ratio(row):.1f}×",
    ]
    return f"| {' | '.join(cells)} |"


def alone(side: dict) -> str:
    """The peer's rate without what follows its own step."""
    for key, what in (("transform_cpu", "the XSLT alone"), ("parse_cpu", "parsing alone")):
        if key in side:
            return f" ({what} {side['records'] / side[key]:,.0f})"
    return ""


def refused(side: dict) -> str:
    count = side["records"] - described(side)
    return f" ({count:,} refused)" if count else ""


def described(side: dict) -> int:
    count = side.get("refused") or 0
    return side["records"] - (sum(count.values()) if isinstance(count, dict) else count)


def libxslt(result: dict) -> str:
    found = [row["theirs"]["libxslt"] for row in result["answers"] if "libxslt" in row["theirs"]]
    if found and found[0]:
        return f"libxslt (lxml) cannot run it, and refuses it with “{found[0].rstrip()}”."
    return "libxslt (lxml) can compile it too, and was not measured."


def run_line(size: int, kind: str, run: dict) -> str:
    seconds = " | ".join(f"{run[key]:.1f}" for key in ("wall", "cpu", "beside_cpu", "others_cpu"))
    records = run["records"].get("dataset", 0)
    return f"| {kind} | {seconds} | {records / run['wall']:,.0f} | {records / run['cpu']:,.0f} | {run['peak_mb']:,} |"
