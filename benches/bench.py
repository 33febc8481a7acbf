#!/usr/bin/env python3
"""Measures Moisson against its peers and writes docs/BENCHMARKS.md: run by `make bench`.

Sections keep their last result in target/bench, so that one can be measured alone:
`make bench ONLY=serve SIZE=5000`. Nothing but the standard library is needed here; the peers live in a
virtual environment of their own.
"""

import argparse
import signal
import sys

import conversion
import growth
import harvesting
import kinds
import peers
import report
import serving
import sparql
from machine import Bench

SECTIONS = {
    "convert": conversion.measure,
    "harvest": harvesting.measure,
    "serve": serving.measure,
    "kinds": kinds.measure,
    "sparql": sparql.measure,
    "growth": growth.measure,
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moisson", default="target/release/moisson")
    parser.add_argument("--size", type=int, default=74_200, help="datasets of the synthetic portal")
    parser.add_argument("--only", default="", help="sections, separated by commas")
    parser.add_argument("--render", action="store_true", help="only write the document again")
    arguments = parser.parse_args()
    # Servers end with the blocks that started them, also when this is told to end.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("told to end"))
    bench = Bench(arguments.moisson, arguments.size)
    if not arguments.render:
        wanted = [name for name in arguments.only.split(",") if name] or list(SECTIONS)
        unknown = [name for name in wanted if name not in SECTIONS]
        if unknown:
            parser.error(f"no section {', '.join(unknown)}; there are {', '.join(SECTIONS)}")
        peers.set_up(bench)
        for name in wanted:
            print(f"== {name}, {bench.size} datasets", flush=True)
            bench.keep(name, SECTIONS[name](bench))
    report.write(bench)
    return 0


if __name__ == "__main__":
    sys.exit(main())
