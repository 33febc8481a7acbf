"""All records of a synthetic portal in one file, of the form in which its software answers them."""

import json
import re

from machine import fetched
from portal import PORTAL

ORIGIN = f"http://{PORTAL}"
#: The most that CKAN lists at once.
ROWS = 1000
#: As many as GeoNetwork answers readily.
ISO_RECORDS = 100
CSW = f"{ORIGIN}/geonetwork/srv/fre/csw"
FEED = f"{ORIGIN}/catalogue-complet.ttl"
GMD = "http://www.isotc211.org/2005/gmd"


def udata(size: int) -> bytes:
    page = {"data": []}
    for number in range(1, -(-size // ROWS) + 1):
        page["data"] += document(f"/api/1/datasets/?page={number}&page_size={ROWS}")["data"]
    return text(page | {"page": 1, "page_size": size, "total": size, "next_page": None, "previous_page": None})


def ckan(size: int) -> bytes:
    found = []
    for start in range(0, size, ROWS):
        page = document(f"/api/3/action/package_search?rows={ROWS}&start={start}&sort=id+asc")
        found += page["result"]["results"]
    page["result"]["results"] = found
    return text(page)


def ods(_: int) -> bytes:
    return fetched(f"{ORIGIN}/api/explore/v2.1/catalog/exports/json")[0]


def transport(_: int) -> bytes:
    return fetched(f"{ORIGIN}/api/datasets")[0]


def csw(size: int) -> bytes:
    """The ISO 19139 records of all pages in the envelope of the first: no other shape is what the peer's
    stylesheet reads."""
    pages = [records(start) for start in range(1, size + 1, ISO_RECORDS)]
    whole = re.compile(rb"(<csw:SearchResults[^>]*>).*(</csw:SearchResults>)", re.DOTALL)
    each = re.compile(rb"<gmd:MD_Metadata[ >].*?</gmd:MD_Metadata>", re.DOTALL)
    inside = b"\n".join(found for page in pages for found in each.findall(page))
    return whole.sub(lambda match: match[1] + inside + match[2], pages[0])


def records(start: int) -> bytes:
    asked = f"""<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" service="CSW"
 version="2.0.2" resultType="results" startPosition="{start}" maxRecords="{ISO_RECORDS}" outputSchema="{GMD}">
 <csw:Query typeNames="csw:Record"><csw:ElementSetName>full</csw:ElementSetName></csw:Query>
</csw:GetRecords>"""
    return fetched(CSW, data=asked.encode(), content="application/xml")[0]


def dcat(_: int) -> bytes:
    return fetched(FEED)[0]


def document(path: str) -> dict:
    return json.loads(fetched(ORIGIN + path)[0])


def text(value: dict) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()
