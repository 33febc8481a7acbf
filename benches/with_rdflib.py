"""Builds and serialises triples with rdflib, one graph a record: prints records, triples, processor
seconds and memory.

Reading the triples is not counted, nor is making rdflib's terms' texts; the terms, the graph and the
Turtle are. So rdflib does less here than Moisson, which also reads the JSON and describes it.
"""

import json
import os
import sys
import time

import pyoxigraph
import rdflib

from machine import memory


def plain(term):
    if isinstance(term, pyoxigraph.NamedNode):
        return rdflib.URIRef, (term.value,)
    if isinstance(term, pyoxigraph.BlankNode):
        return rdflib.BNode, (term.value,)
    if term.language:
        return rdflib.Literal, (term.value, term.language)
    return rdflib.Literal, (term.value, None, term.datatype.value)


def records(path):
    """The triples of each record: a new one begins with the next dataset."""
    record, dataset = [], None
    for quad in pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.N_TRIPLES):
        subject = getattr(quad.subject, "value", "")
        if "/dataset/" in subject and subject != dataset:
            if record:
                yield record
            record, dataset = [], subject
        record.append((plain(quad.subject), plain(quad.predicate), plain(quad.object)))
    if record:
        yield record


def turtle(record) -> int:
    graph = rdflib.Graph()
    graph.bind("dcat", "http://www.w3.org/ns/dcat#")
    graph.bind("dct", "http://purl.org/dc/terms/")
    for (subject, s), (predicate, p), (value, o) in record:
        if value is rdflib.Literal and len(o) == 3:
            # `normalize=False`: rdflib would otherwise parse each value, and take longer.
            o = rdflib.Literal(o[0], datatype=rdflib.URIRef(o[2]), normalize=False)
        else:
            o = value(*o)
        graph.add((subject(*s), predicate(*p), o))
    return len(graph.serialize(format="turtle"))


count = triples = 0
seconds = 0.0
for record in records(sys.argv[1]):
    if not count:
        # The first one loads rdflib's plugins.
        turtle(record)
    start = time.process_time()
    turtle(record)
    seconds += time.process_time() - start
    count, triples = count + 1, triples + len(record)
peak = memory(os.getpid())["VmHWM"]
print(json.dumps({"records": count, "triples": triples, "cpu": seconds, "peak_mb": peak}))
