"""Finding the plan: which row of a table is its header, and which table continues another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from peerchallenge.tabular import Row, Table

from .headings import PLAN_KINDS, heading_kind, mentions_recommendation
from .refs import has_ref_shape
from .statuses import is_status_word
from .timescales import parse_timescale

FIRST_ROWS = {"excel": 15, "csv": 15, "word": 3, "web": 3}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table: the positions of its rows among the table's rows, and the heading of each column.

    `spans` maps a column that a wide heading also covers to the column where that heading starts.
    """

    positions: tuple[int, ...]
    headings: dict[int, str]
    spans: dict[int, int] = field(default_factory=dict)
    fallback: int | None = None


def heading_text(row: Row, column: int) -> str:
    cell = row.cell(column)
    return " ".join(cell.text.split())


def headings_of(row: Row) -> dict[int, str]:
    return {column: text for column in row.cells if (text := heading_text(row, column))}


def passes(headings: Iterable[str], *, loosely: bool = False) -> bool:
    """A header has a heading for the recommendation and at least one for what is done about it.

    Loosely: a heading that only has the word recommendation in it will do.
    """
    headings = list(headings)
    kinds = {heading_kind(heading) for heading in headings}
    if not kinds & PLAN_KINDS:
        return False
    return "recommendation" in kinds or (loosely and any(mentions_recommendation(heading) for heading in headings))


def find_header(table: Table, kind: str, *, loosely: bool = False) -> Header | None:
    """The first row among the first rows that is a header: alone, else together with the row below it."""
    limit = FIRST_ROWS.get(kind, len(table.rows))
    near = [place for place, row in enumerate(table.rows) if row.number <= limit or kind == "text"]
    for place in near:
        if passes(headings_of(table.rows[place]).values(), loosely=loosely):
            if place and completes_above(table, place):
                return joined_header(table, place - 1)
            return header_at(table, place, loosely=loosely)
    for place in near:
        if place + 1 < len(table.rows):
            joined = joined_header(table, place)
            if passes(joined.headings.values(), loosely=loosely) and all_short(joined.headings.values()):
                return with_fallback(joined) if loosely else joined
    return None


def completes_above(table: Table, place: int) -> bool:
    """Whether the row above belongs to this header: joined with it more headings are known, and none is lost."""
    above, row = table.rows[place - 1], table.rows[place]
    if above.number + 1 != row.number or len(above.cells) < 2:
        return False
    alone = {column for column, text in headings_of(row).items() if heading_kind(text) != "extra"}
    headings = joined_header(table, place - 1).headings
    joined = {column for column, text in headings.items() if heading_kind(text) != "extra"}
    return alone < joined and passes(headings.values())


def all_short(headings: Iterable[str]) -> bool:
    return all(len(heading) <= 80 for heading in headings)


def header_at(table: Table, place: int, *, loosely: bool = False) -> Header:
    """The header that starts at this row; two rows are joined where the second one plainly belongs to it."""
    row = table.rows[place]
    header = single_header(table, place)
    if place + 1 < len(table.rows) and is_second_header(row, table.rows[place + 1]):
        header = joined_header(table, place)
    return with_fallback(header) if loosely else header


def with_fallback(header: Header) -> Header:
    if any(heading_kind(heading) == "recommendation" for heading in header.headings.values()):
        return header
    found = next((index for index, heading in header.headings.items() if mentions_recommendation(heading)), None)
    return Header(header.positions, header.headings, header.spans, found)


def single_header(table: Table, place: int) -> Header:
    row = table.rows[place]
    spans = {
        covered: column
        for column, cell in row.cells.items()
        for covered in range(column + 1, min(column + cell.width, table.width))
        if covered not in row.cells
    }
    return Header((place,), headings_of(row), spans)


def joined_header(table: Table, place: int) -> Header:
    """A header over two rows: the upper text first, then the lower one. A wide upper heading counts for each column."""
    upper, lower = single_header(table, place), table.rows[place + 1]
    headings: dict[int, str] = {}
    for column in range(table.width) if table.width < 1000 else sorted({*upper.headings, *lower.cells}):
        above = upper.headings.get(column) or upper.headings.get(upper.spans.get(column, -1), "")
        below = "" if column in lower.above else heading_text(lower, column)
        if column not in upper.headings and not below:
            continue
        joined = f"{above} {below}".strip()
        if joined:
            headings[column] = joined
    spans = {covered: column for covered, column in upper.spans.items() if covered not in headings}
    return Header((place, place + 1), headings, spans)


def is_second_header(upper: Row, lower: Row) -> bool:
    """Whether a row belongs to the header above it: the header reaches down into it, or divides its wide headings, or
    every cell of it completes a heading."""
    own = {
        column: heading_text(lower, column)
        for column, cell in lower.cells.items()
        if column not in lower.above and not cell.is_blank
    }
    if not own or not all_short(own.values()):
        return False
    above = headings_of(upper)
    reaches_down = any(column in lower.above for column in above)
    wide = {
        covered
        for column, cell in upper.cells.items()
        if cell.width > 1
        for covered in range(column, column + cell.width)
    }
    if reaches_down:
        return True
    recommendation = next((c for c, text in above.items() if heading_kind(text) == "recommendation"), None)
    if recommendation is None or recommendation in own or len(own) < 2:
        return False
    if any(column not in wide and column in above and not completes(above[column], own[column]) for column in own):
        return False
    if not all(completes(above.get(column, ""), text) or column in wide for column, text in own.items()):
        return False
    return any(heading_kind(text) != "extra" or completes(above.get(column, ""), text) for column, text in own.items())


def completes(above: str, below: str) -> bool:
    return heading_kind(f"{above} {below}".strip()) != "extra" or (not above and heading_kind(below) != "extra")


def kind_of_joined(header: Header, table: Table) -> dict[int, str]:
    """For a header over two rows: the kind of a column told by the lower or the upper heading where both together say
    nothing."""
    if len(header.positions) < 2:
        return {}
    upper, lower = (table.rows[place] for place in header.positions)
    spans = single_header(table, header.positions[0]).spans
    kinds: dict[int, str] = {}
    for column, heading in header.headings.items():
        if heading_kind(heading) != "extra":
            continue
        start = spans.get(column, column)
        for text in (heading_text(lower, column), heading_text(upper, column), heading_text(upper, start)):
            if text and (kind := heading_kind(text)) != "extra":
                kinds[column] = kind
                break
    return kinds


def is_new_header(row: Row) -> bool:
    """Whether a row inside a table is a header of its own: at least three headings, three in four known."""
    headings = headings_of(row)
    kinds = [heading_kind(heading) for heading in headings.values()]
    return len(kinds) >= 3 and passes(headings.values()) and kinds.count("extra") * 4 <= len(kinds)


def could_continue(table: Table, plan: Table, ref_column: int | None) -> bool:
    """Whether a table without a header could go on with the plan table before it, which has as many columns."""
    if table.width != plan.width or not table.rows:
        return False
    first = next((row for row in table.rows if row.cells), None)
    if first is None:
        return False
    if ref_column is not None:
        cell = first.cell(ref_column)
        if not cell.is_blank:
            return has_ref_shape(cell.text) or len(first.cells) == 1
    texts = [" ".join(cell.text.split()) for cell in first.cells.values()]
    looks_like_heading = len(texts) == plan.width and all(
        len(text.split()) <= 4
        and not text.endswith((".", ";"))
        and not is_status_word(text)
        and parse_timescale(text).precision == "unparsed"
        for text in texts
    )
    return not looks_like_heading and not any(text.lower() in COLOUR_WORDS for text in texts[:1])


COLOUR_WORDS = frozenset({"blue", "green", "amber", "red", "yellow", "grey", "purple", "black"})
