"""Describes CKAN's package dicts with ckanext-dcat's profile for DCAT-AP 3 and serialises Turtle, one
graph a package: prints records, triples, processor seconds and memory.

There is no database. The one action that the profile calls, `organization_show`, answers with the
organization that stands in the package; a running CKAN asks PostgreSQL there, for each package again.
Reading the JSON is not counted. A package that the profile cannot describe counts as refused.
"""

import collections
import json
import os
import sys
import time

import ckan.logic
from ckan.common import config
from ckanext.dcat.processors import RDFSerializer

from machine import memory

organizations = {}
refused = collections.Counter()


def prepare(address: str) -> None:
    config["ckan.site_url"] = config["ckanext.dcat.base_uri"] = address
    ckan.logic._actions = {"organization_show": lambda _, asked: organizations[asked["id"]]}


def triples(package: dict) -> int:
    # One serialiser a package, as CKAN makes one for each answer.
    serializer = RDFSerializer(profiles=["euro_dcat_ap_3"])
    serializer.serialize_dataset(package, _format="turtle")
    return len(serializer.g)


prepare("http://127.0.0.1:18090")
with open(sys.argv[1], encoding="utf-8") as file:
    packages = json.load(file)["result"]["results"]
for package in packages:
    if package.get("organization"):
        organizations[package["organization"]["id"]] = package["organization"]
triples(packages[0])
count, start = 0, time.process_time()
for package in packages:
    try:
        count += triples(package)
    except Exception as error:
        refused[type(error).__name__] += 1
seconds = time.process_time() - start
peak = memory(os.getpid())["VmHWM"]
result = {"records": len(packages), "triples": count, "cpu": seconds, "peak_mb": peak}
print(json.dumps(result | {"refused": dict(refused)}))
