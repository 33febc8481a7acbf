"""The synthetic portal, and the configuration of a store that harvests it."""

import pathlib

from machine import Bench, server

PORTAL = "127.0.0.1:18090"
SERVER = "127.0.0.1:18091"
BASE = f"http://{SERVER}/"


def synthetic(bench: Bench, changed: float = 0.0, size: int | None = None):
    command = [bench.moisson, "synthetic-portal", "--listen", PORTAL]
    command += ["--datasets", str(size or bench.size), "--changed", str(changed)]
    ready = f"http://{PORTAL}/api/1/datasets/?page=1&page_size=1"
    return server(command, ready, bench.folder / "portal.log")


def configuration(bench: Bench) -> pathlib.Path:
    bench.store.mkdir(parents=True, exist_ok=True)
    path = bench.store / "moisson.toml"
    path.write_text(
        f"""base_uri = "{BASE}"
languages = ["fr", "en"]

[server]
listen = "{SERVER}"
dereference = "200"

[store]
path = "{bench.store / 'var'}"

[[portal]]
id = "synthetic"
kind = "udata"
url = "http://{PORTAL}/"
language = "fr"
allow_private = true
"""
    )
    return path
