"""JSON record to Turtle, against rdflib building and serialising the same triples."""

import json
import subprocess

import peers
from machine import ROOT, Bench, fetched, timed
from portal import BASE, PORTAL, synthetic

RECORDS = 1000


def measure(bench: Bench) -> dict:
    page, triples = bench.folder / "page.json", bench.folder / "page.nt"
    with synthetic(bench, size=74_200):
        body, _ = fetched(f"http://{PORTAL}/api/1/datasets/?page=30&page_size={RECORDS}")
    page.write_bytes(body)
    convert = [bench.moisson, "convert", "--kind", "udata", "--base", BASE, "--portal", "synthetic"]
    convert += ["--language", "fr", str(page)]
    with open(triples, "wb") as out:
        subprocess.run([*convert, "--format", "nt"], stdout=out, stderr=subprocess.DEVNULL, check=True)
    # The first run warms the page cache; the best of three is the one that was disturbed least.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    ours = min(timed(convert, **quiet)["cpu"] for _ in range(4))
    script = [bench.peer("python"), str(ROOT / "benches" / "with_rdflib.py"), str(triples)]
    theirs = json.loads(subprocess.run(script, check=True, capture_output=True, text=True).stdout)
    return {
        "records": RECORDS,
        "json_mb": round(len(body) / 1e6, 1),
        "triples": theirs["triples"],
        "ours_cpu": ours,
        "theirs_cpu": theirs["cpu"],
        "ratio": theirs["cpu"] / ours,
        "versions": peers.versions(bench),
    }
