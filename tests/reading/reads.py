"""Short ways to read a small table in a test and to look at what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actionplans.reading import Action, Choices, Reading, Recommendation, read_plan, words_left_out
from peerchallenge.tabular import Document, read_file, read_text

from . import making


def document_of(rows: Sequence[Sequence[str]], kind: str = "csv") -> Document:
    if kind == "csv":
        return read_file(making.separated(rows), "plan.csv")
    if kind == "word":
        return read_file(making.word(rows), "plan.docx")
    if kind == "excel":
        return read_file(making.excel(("Plan", rows)), "plan.xlsx")
    return read_text(making.pasted(rows))


def read(document: Document | Sequence[Sequence[str]], *, visit_start: str | None = None, choices: Choices | None = None,
         kind: str = "csv") -> Reading:  # fmt: skip
    """Read a document, or rows as a file of this kind; no word may be lost."""
    if not isinstance(document, Document):
        document = document_of(document, kind)
    start = date.fromisoformat(visit_start) if visit_start else None
    reading = read_plan(document, visit_start=start, choices=choices)
    assert not words_left_out(document, reading) or (choices is not None)
    return reading


def only(reading: Reading) -> Recommendation:
    (recommendation,) = reading.recommendations
    return recommendation


def action(reading: Reading) -> Action:
    (found,) = only(reading).actions
    return found


def one(**cells: str) -> Reading:
    """A table with one recommendation, and a column for each named cell: "By_when" stands for "By when"."""
    headings = ["Ref", "Recommendation", *(name.replace("_", " ") for name in cells)]
    return read([headings, ["1", "Mend the sea wall", *cells.values()]])


def refs(reading: Reading) -> list[str | None]:
    return [each.ref for each in reading.recommendations]


def warned(reading: Reading) -> list[tuple[str, int, str | None]]:
    return [(warning.code, warning.row, warning.column) for warning in reading.warnings]


def said(found: Action) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.text, each.on.isoformat() if each.on else None) for each in found.position]
