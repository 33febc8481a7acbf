"""Transforms ISO 19139 records with SEMIC's stylesheet in Saxon, parses the RDF/XML with rdflib and
serialises Turtle: prints records, triples, processor seconds (of the stylesheet alone, and of all) and
memory, and what libxslt says of the stylesheet.

That is udata's way of reading a CSW: the stylesheet with the same parameters, one record at a time, then
rdflib. Cutting the answer into records and compiling the stylesheet are not counted.
"""

import json
import os
import sys
import time

import rdflib
from lxml import etree
from saxonche import PySaxonProcessor

from machine import memory

RECORD = "{http://www.isotc211.org/2005/gmd}MD_Metadata"
PARAMETERS = {"CoupledResourceLookUp": "disabled", "include-deprecated": "yes", "locale-preferred-lang": "fre"}


def records(path: str):
    for _, element in etree.iterparse(path, tag=RECORD, huge_tree=True):
        yield etree.tostring(element, encoding="unicode", with_tail=False)
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def libxslt(stylesheet: str) -> str:
    """Why libxslt cannot run it; empty where it can."""
    try:
        etree.XSLT(etree.parse(stylesheet))
    except etree.XSLTParseError as error:
        return str(error)
    return ""


def measured(answer: str, stylesheet: str) -> dict:
    count = triples = refused = 0
    transformed = seconds = 0.0
    with PySaxonProcessor(license=False) as saxon:
        mapping = saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=stylesheet)
        for name, value in PARAMETERS.items():
            mapping.set_parameter(name, saxon.make_string_value(value))
        for record in records(answer):
            count += 1
            start = time.process_time()
            try:
                node = saxon.parse_xml(xml_text=record)
                rdf = mapping.transform_to_string(xdm_node=node)
                transformed += time.process_time() - start
                graph = rdflib.Graph()
                graph.parse(data=rdf, format="xml")
                graph.serialize(format="turtle")
                triples += len(graph)
            except Exception:
                # rdflib writes no Turtle with an IRI that is none, and Saxon stops where a value has no type.
                refused += 1
            seconds += time.process_time() - start
    peak = memory(os.getpid())["VmHWM"]
    return {
        "records": count,
        "refused": refused,
        "triples": triples,
        "cpu": seconds,
        "transform_cpu": transformed,
        "peak_mb": peak,
    }


print(json.dumps(measured(sys.argv[1], sys.argv[2]) | {"libxslt": libxslt(sys.argv[2])}))
