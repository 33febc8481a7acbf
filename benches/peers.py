"""The programs that Moisson is measured against, in the versions that the registries have now."""

import pathlib
import re
import shutil
import subprocess
import sys
import zipfile

import virtuoso
from machine import Bench, output

PACKAGES = ["rdflib", "oxigraph", "pyoxigraph"]
#: What reads ISO records as udata does; the stylesheet is in udata's own package.
XSLT = ["lxml", "saxonche"]
#: In an environment of their own, because CKAN pins what it needs.
CKAN = ["ckan", "ckanext-dcat"]
STYLESHEET = "iso-19139-to-dcat-ap.xsl"


def set_up(bench: Bench) -> None:
    """Installs what is missing; ends with the command to type where that fails."""
    if not shutil.which("wrk"):
        need(["apt-get", "install", "-y", "--no-install-recommends", "wrk"])
    install(bench, "venv", PACKAGES)


def set_up_sparql(bench: Bench) -> None:
    """Both are loaded with the same dump; Virtuoso is the system's package."""
    install(bench, "venv", ["oxigraph"])
    if not all(map(shutil.which, virtuoso.PROGRAMS)):
        need(["apt-get", "install", "-y", "--no-install-recommends", virtuoso.PACKAGE])


def set_up_kinds(bench: Bench) -> None:
    """The peers that read what one kind of portal answers."""
    install(bench, "venv", XSLT)
    stylesheet(bench)
    install(bench, "ckan", CKAN)
    if not has(bench, "psycopg2-binary", "ckan"):
        # What a running CKAN needs is an extra of its package. The driver of PostgreSQL is imported and
        # never used here, so that its binary wheel does: the source needs PostgreSQL's headers.
        asked = "import importlib.metadata as m; print(*m.requires('ckan'), sep='\\n')"
        lines = output(bench.peer("python", "ckan"), "-c", asked).splitlines()
        pins = [line.split(";")[0].strip() for line in lines if 'extra == "requirements"' in line]
        pins = [pin.replace("psycopg2==", "psycopg2-binary==") for pin in pins]
        need([bench.peer("pip", "ckan"), "install", "--quiet", *CKAN, *pins])


def stylesheet(bench: Bench) -> pathlib.Path:
    """SEMIC's mapping of ISO 19139, in the file that udata tests with."""
    target = bench.folder / STYLESHEET
    if not target.exists():
        wheels = bench.folder / "wheels"
        shutil.rmtree(wheels, ignore_errors=True)
        need([bench.peer("pip"), "download", "--quiet", "--no-deps", "--only-binary", ":all:", "-d", str(wheels), "udata"])
        (wheel,) = wheels.glob("udata-*.whl")
        with zipfile.ZipFile(wheel) as archive:
            found = [name for name in archive.namelist() if name.endswith(f"/{STYLESHEET}")]
            if not found:
                raise SystemExit(f"a peer is missing: {wheel.name} has no {STYLESHEET} any more")
            target.write_bytes(archive.read(found[0]))
    return target


def install(bench: Bench, venv: str, packages: list[str]) -> None:
    if not all(has(bench, package, venv) for package in packages):
        if not pathlib.Path(bench.peer("python", venv)).exists():
            need([sys.executable, "-m", "venv", str(bench.folder / venv)])
        need([bench.peer("pip", venv), "install", "--quiet", *packages])


def has(bench: Bench, package: str, venv: str) -> bool:
    check = [bench.peer("python", venv), "-c", f"import importlib.metadata as m; m.version({package!r})"]
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


def installed(bench: Bench, venv: str) -> dict:
    lines = output(bench.peer("pip", venv), "list", "--format=freeze").splitlines()
    return dict(line.split("==") for line in lines if "==" in line)


def versions(bench: Bench) -> dict:
    found = installed(bench, "venv")
    wrk = subprocess.run(["wrk", "-v"], capture_output=True, text=True).stdout.split()
    return {
        **{package: found.get(package, "?") for package in PACKAGES},
        "wrk": wrk[1] if len(wrk) > 1 else "?",
        "python": sys.version.split()[0],
    }


def versions_of_sparql(bench: Bench) -> dict:
    ours = versions(bench)
    said = subprocess.run(["virtuoso-t", "-?"], capture_output=True, text=True)
    version = re.search(r"[Vv]ersion (\S+)", said.stdout + said.stderr)
    return {
        "oxigraph": ours["oxigraph"],
        "Virtuoso": version[1] if version else "?",
        "wrk": ours["wrk"],
        "python": ours["python"],
    }


def versions_of_kinds(bench: Bench) -> dict:
    found, ckan = installed(bench, "venv"), installed(bench, "ckan")
    wheel = next((bench.folder / "wheels").glob("udata-*.whl"), None)
    return {
        **{package: found.get(package, "?") for package in ["rdflib", "pyoxigraph", *XSLT]},
        **{package: ckan.get(package, "?") for package in CKAN},
        "the stylesheet of udata": wheel.name.split("-")[1] if wheel else "?",
        "python": sys.version.split()[0],
    }
