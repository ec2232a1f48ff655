"""Which words of the plan's rows are nowhere in the reading. There should be none unless a column was left out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from peerchallenge.tabular import Document, Row, Table

from .choices import Choices
from .headers import is_new_header
from .headings import matching_forms
from .model import Action, Reading, TableSeen
from .plan import find_plans
from .sources import body_of

WORD = re.compile(r"[^\W_]+")


def words_of(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFC", text).casefold())


def words_left_out(document: Document, reading: Reading) -> Counter[str]:
    """Words in the rows of the plan that are not in the reading. Rows that a warning names as skipped do not count."""
    kept = {word for text in texts_in(reading) for word in words_of(text)}
    lost: Counter[str] = Counter()
    for text in texts_of_rows(document, reading):
        lost.update(word for word in words_of(text) if word not in kept)
    return lost


def texts_in(reading: Reading) -> Iterator[str]:
    """Every text a reading holds, the words behind ref, tier, theme and response included."""
    for recommendation in reading.recommendations:
        yield from (recommendation.ref or "", recommendation.theme or "", recommendation.text)
        yield from recommendation.sources.values()
        for action in recommendation.actions:
            yield from texts_of_action(action)


def texts_of_action(action: Action) -> Iterator[str]:
    yield action.text
    yield from (statement.text for statement in action.position)
    yield from (*action.accountable, *action.responsible)
    for heading, owners in action.other_owners.items():
        yield from (heading, *owners)
    yield from (action.timescale.text, action.status.text)
    for heading, text in action.extra.items():
        yield from (heading, text)


def texts_of_rows(document: Document, reading: Reading) -> Iterator[str]:
    """The text of every row below the header of every plan, taken from the file and not from the reading."""
    skipped = {(warning.table, warning.row) for warning in reading.warnings if warning.code == "skipped_row"}
    left_out = {(row.table, row.row) for row in reading.rows if row.state == "left_out"}
    tables = [part for part in body_of(document) if isinstance(part, Table)]
    read = {(row.table, row.row) for row in reading.rows}
    for seen in reading.tables:
        if not seen.is_plan or seen.index >= len(tables):
            continue
        for row in tables[seen.index].rows:
            place = (seen.index, row.number)
            if seen.header_end is not None and row.number <= seen.header_end:
                continue
            if place in skipped or place in left_out or (place not in read and is_heading_row(row, seen)):
                continue
            yield from (cell.text for column, cell in row.cells.items() if column not in row.above)
    yield from texts_of_blocks(document, reading)


def is_heading_row(row: Row, seen: TableSeen) -> bool:
    """Whether a row only repeats the headings of its table, or brings new ones."""
    headings = {form for column in seen.columns for form in matching_forms(column.heading)}
    texts = [" ".join(cell.text.split()) for cell in row.cells.values() if not cell.is_blank]
    return is_new_header(row) or all(matching_forms(text)[0] in headings for text in texts)


def texts_of_blocks(document: Document, reading: Reading) -> Iterator[str]:
    found = find_plans(body_of(document), document.kind, Choices())
    for block in found.blocks:
        yield block.text
        for lines in block.parts.values():
            yield from (line.text for line in lines)
