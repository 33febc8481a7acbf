"""Answers a second, measured by wrk."""

import os
import pathlib
import re
import subprocess

from machine import Bench


def measured(
    bench: Bench, address: str, lines: list[str], accept: str, expected: str = "200", clients: int = 8, seconds: int = 10
) -> dict:
    """Asks for the lines in turn; every answer must have the status expected."""
    asked = bench.folder / "asked.txt"
    asked.write_text("\n".join(lines) + "\n")
    environment = {**os.environ, "ASKED": str(asked), "ACCEPT": accept, "EXPECTED": expected}
    script = str(pathlib.Path(__file__).with_name("documents.lua"))
    command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}s", "--timeout", "30s", "--latency", "-s", script, f"http://{address}/"]
    text = subprocess.run(command, check=True, capture_output=True, text=True, env=environment).stdout
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
    wrong = int(re.search(r"unexpected: (\d+)", text)[1])
    if wrong:
        raise SystemExit(f"{wrong} answers of {address} were not {expected}:\n{text}")
    median, tail = (re.search(rf"^\s+{share}%\s+(\d\S*)", text, re.MULTILINE)[1] for share in (50, 99))
    return {"rate": rate, "median": median, "p99": tail}
