"""The programs that Moisson is measured against, in the versions that the registries have now."""

import shutil
import subprocess
import sys

from machine import Bench, output

PACKAGES = ["rdflib", "oxigraph", "pyoxigraph"]


def set_up(bench: Bench) -> None:
    """Installs what is missing; ends with the command to type where that fails."""
    if not shutil.which("wrk"):
        need(["apt-get", "install", "-y", "--no-install-recommends", "wrk"])
    if not all(has(bench, package) for package in PACKAGES):
        need([sys.executable, "-m", "venv", str(bench.venv)])
        need([bench.peer("pip"), "install", "--quiet", *PACKAGES])


def has(bench: Bench, package: str) -> bool:
    check = [bench.peer("python"), "-c", f"import importlib.metadata as m; m.version({package!r})"]
    try:
        return subprocess.run(check, capture_output=True).returncode == 0
    except OSError:
        return False


def need(command: list[str]) -> None:
    try:
        done = subprocess.run(command, stdout=sys.stderr).returncode == 0
    except OSError:
        done = False
    if not done:
        raise SystemExit(f"a peer is missing; this failed, and has to succeed first:\n  {' '.join(command)}")


def versions(bench: Bench) -> dict:
    lines = output(bench.peer("pip"), "list", "--format=freeze").splitlines()
    found = dict(line.split("==") for line in lines if "==" in line)
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split()
    return {
        **{package: found.get(package, "?") for package in PACKAGES},
        "wrk": wrk[1] if len(wrk) > 1 else "?",
        "python": sys.version.split()[0],
    }
