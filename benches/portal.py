"""A synthetic portal of each kind, and the configuration of a store that harvests it."""

import pathlib

from machine import Bench, server

PORTAL = "127.0.0.1:18090"
SERVER = "127.0.0.1:21080"
BASE = f"http://{SERVER}/"
#: The portal's id in the store.
ID = "g"


def synthetic(bench: Bench, changed: float = 0.0, size: int | None = None, kind: str = "udata"):
    command = [bench.moisson, "synthetic-portal", "--listen", PORTAL, "--kind", kind]
    command += ["--datasets", str(size or bench.size), "--changed", str(changed)]
    # Whatever it answers, it listens.
    return server(command, f"http://{PORTAL}/", bench.folder / "portal.log")


def configuration(store: pathlib.Path, kind: str = "udata", url: str = f"http://{PORTAL}/") -> pathlib.Path:
    store.mkdir(parents=True, exist_ok=True)
    path = store / "moisson.toml"
    path.write_text(
        f"""base_uri = "{BASE}"
languages = ["fr", "en"]

[server]
listen = "{SERVER}"
dereference = "200"
trusted_proxies = ["127.0.0.1"]

[store]
path = "{store / 'var'}"

[[portal]]
id = "{ID}"
kind = "{kind}"
url = "{url}"
language = "fr"
allow_private = true
"""
    )
    return path
