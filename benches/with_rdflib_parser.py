"""Parses a DCAT feed with rdflib and serialises one graph a dataset as Turtle: prints records, triples,
processor seconds (of reading alone, and of all) and memory.

A dataset's graph is all that is reached from it without passing another dataset or a catalogue: its
distributions, agents, blank nodes. Nothing is mapped, checked or made canonical.
"""

import json
import os
import sys
import time

import rdflib
from rdflib.namespace import DCAT, RDF

from machine import memory

LISTED = (DCAT.Dataset, DCAT.Catalog, rdflib.URIRef(DCAT + "DatasetSeries"))


def graph_of(feed: rdflib.Graph, dataset, apart: set) -> rdflib.Graph:
    graph, seen, todo = rdflib.Graph(), {dataset}, [dataset]
    while todo:
        for triple in feed.triples((todo.pop(), None, None)):
            graph.add(triple)
            reached = triple[2]
            if not isinstance(reached, rdflib.Literal) and reached not in seen and reached not in apart:
                seen.add(reached)
                todo.append(reached)
    return graph


start = time.process_time()
feed = rdflib.Graph()
feed.parse(sys.argv[1], format=sys.argv[2])
parsed = time.process_time() - start
apart = {subject for kind in LISTED for subject in feed.subjects(RDF.type, kind)}
datasets = set(feed.subjects(RDF.type, DCAT.Dataset))
count = refused = 0
for dataset in datasets:
    graph = graph_of(feed, dataset, apart)
    try:
        graph.serialize(format="turtle")
        count += len(graph)
    except Exception:
        # rdflib reads IRIs that are none, and does not write them.
        refused += 1
seconds = time.process_time() - start
peak = memory(os.getpid())["VmHWM"]
result = {"records": len(datasets), "triples": count, "cpu": seconds, "peak_mb": peak}
print(json.dumps(result | {"refused": refused, "parse_cpu": parsed}))
