"""The questions of `benches/queries`, one a file, put to the portal that was harvested."""

import dataclasses
import pathlib
import re

import portal
from machine import ROOT

FOLDER = ROOT / "benches" / "queries"


@dataclasses.dataclass(frozen=True)
class Question:
    name: str
    text: str
    #: The comment that the file begins with.
    about: str


def read(folder: pathlib.Path = FOLDER) -> list[Question]:
    found = [question(path) for path in sorted(folder.glob("*.rq"))]
    if not found:
        raise SystemExit(f"no queries in {folder}")
    return found


def question(path: pathlib.Path) -> Question:
    text = path.read_text().replace("{base}", portal.BASE).replace("{portal}", portal.ID)
    about = " ".join(re.findall(r"^#\s*(.*)$", text.partition("\nPREFIX")[0], re.MULTILINE))
    return Question(path.stem, text, about)
