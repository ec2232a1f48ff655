"""The rows of a plan table sorted out: which are rows of the plan, which name a section, which are left out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from peerchallenge.tabular import Cell, Row, Table

from .choices import Choices
from .columns import Column, resolve
from .headers import Header, header_at, heading_text, is_new_header, kind_of_joined
from .headings import OWNER_KINDS, heading_kind, matching_forms
from .refs import has_ref_shape

NOTE = re.compile(
    r"(?:(?:total|totals|subtotal|sub-total|grand total)(?!\w)|(?:notes?|source|key):|(?:last updated|prepared by)(?!\w))",
    re.IGNORECASE,
)
DOING_KINDS = frozenset({"action", "position", *OWNER_KINDS})


@dataclass
class PlanRow:
    """A row of a plan with the columns that count for it.

    `state` is plan, one_cell (a line of its own), section, skipped, left_out, header or blank.
    """

    table: int
    row: Row
    columns: dict[int, Column]
    state: str = "plan"
    note: str = ""

    def text(self, column: int) -> str:
        return self.row.cell(column).text

    def of_kind(self, *kinds: str) -> list[tuple[Column, Cell]]:
        """The columns of these kinds that have something in this row, in the order of the row."""
        found = []
        for index, cell in self.row.cells.items():
            column = self.columns.get(index)
            if column is not None and column.kind in kinds and not cell.is_blank:
                found.append((column, cell))
        return found

    def column(self, kind: str) -> Column | None:
        return next((column for column in self.columns.values() if column.kind == kind), None)

    @property
    def filled(self) -> list[int]:
        return [index for index, cell in self.row.cells.items() if not cell.is_blank]

    @property
    def own(self) -> list[int]:
        """The columns with something of this row itself, not from a merged cell above."""
        return [index for index in self.filled if index not in self.row.above]


@dataclass
class PlanTable:
    """A table that is a plan, with what stands around it. `parts` are its tables: itself and those that continue it."""

    index: int
    kind: str
    table: Table
    header: Header
    parts: list[tuple[int, Table]] = field(default_factory=list)
    rows: list[PlanRow] = field(default_factory=list)
    columns: dict[int, Column] = field(default_factory=dict)

    @property
    def title_rows(self) -> tuple[Row, ...]:
        return self.table.rows[: self.header.positions[0]]


def columns_of(header: Header, table: Table, chosen: Mapping[int, str]) -> dict[int, Column]:
    """The headed columns of a table. For a header over two rows either row may tell what a column is for."""
    known = {**kind_of_joined(header, table), **chosen}
    return resolve(header.headings, chosen=known, fallback=header.fallback)


def lay_out(plan: PlanTable, choices: Choices) -> None:
    """Sort out the rows of a plan and settle what its columns are for."""
    chosen = choices.columns.get(plan.index, {})
    header = plan.header
    columns = columns_of(header, plan.table, chosen)
    section: list[PlanRow] = []
    first = first_column(plan)
    for index, table in plan.parts:
        start = header.positions[-1] + 1 if table is plan.table else 0
        for place in range(start, len(table.rows)):
            row = table.rows[place]
            if table is plan.table and place in header.positions:
                continue
            here = PlanRow(index, row, columns)
            here.state = state_of(here, header, plan.table, first)
            reason = choices.leaves_out(index, row.number)
            if reason is not None and here.state != "blank":
                here.state, here.note = "left_out", reason
            if here.state == "plan" and is_new_header(row):
                finish(plan, section, columns, header, chosen)
                section = []
                header = header_at(table, place)
                columns = columns_of(header, table, {})
                here.state = "header"
            section.append(here)
    finish(plan, section, columns, header, chosen)
    mark_sections(plan.rows)


def first_column(plan: PlanTable) -> int:
    """The first column that is not empty."""
    start = plan.header.positions[0]
    used = [column for row in plan.table.rows[start:] for column in row.cells if not row.alone]
    return min(used, default=0)


def state_of(here: PlanRow, header: Header, table: Table, first: int) -> str:
    """What a row is, told from the row itself."""
    own = here.own
    if not own:
        return "blank"
    if repeats(here.row, header, table):
        return "header"
    start = here.row.cells[own[0]]
    starred = start.lines[0].marker == "*" or start.text.startswith("*")
    doing = bool(here.of_kind(*DOING_KINDS)) and not here.row.alone
    if not doing and (NOTE.match(start.text) or (starred and len(own) == 1)):
        return "skipped"
    if len(here.filled) == 1 and stands_alone(here, own[0], header, first):
        return "one_cell"
    return "plan"


def stands_alone(here: PlanRow, column: int, header: Header, first: int) -> bool:
    """Whether the only filled cell of a row is a line of its own: over all columns, or in a first column that holds
    something else than recommendations and references."""
    cell = here.row.cells[column]
    headed = header.headings.keys() | header.spans.keys()
    if here.row.alone or (headed and cell.width > 1 and column <= min(headed) and column + cell.width > max(headed)):
        return True
    known = here.columns.get(column)
    is_recommendation = known is not None and known.kind == "recommendation"
    return column == first and not is_recommendation and not has_ref_shape(cell.text)


def repeats(row: Row, header: Header, table: Table) -> bool:
    """Whether the cells of a row repeat the header's."""
    texts = {column: text for column in row.cells if (text := heading_text(row, column))}
    if len(texts) < 2:
        return False
    heads = [header.headings]
    heads += [{c: heading_text(table.rows[p], c) for c in table.rows[p].cells} for p in header.positions[1:]]
    heads += [{c: heading_text(table.rows[p], c) for c in table.rows[p].cells} for p in header.positions[:1]]
    return any(
        all(
            column in head and matching_forms(head[column])[0] == matching_forms(text)[0]
            for column, text in texts.items()
        )
        for head in heads
    )


def mark_sections(rows: list[PlanRow]) -> None:
    """A line of its own names a section when a recommendation comes after it; else it is a footnote."""
    follows = False
    for here in reversed(rows):
        if here.state == "one_cell":
            here.state = "section" if follows else "skipped"
        elif here.state == "plan":
            column = here.column("recommendation")
            if column is not None and not here.row.cell(column.index).is_blank:
                follows = follows or column.index not in here.row.above


def finish(
    plan: PlanTable, rows: list[PlanRow], columns: dict[int, Column], header: Header, chosen: Mapping[int, str]
) -> None:
    """Settle the columns without a heading for these rows, and hand the rows to the plan."""
    filled: dict[int, list[str]] = {}
    for here in rows:
        if here.state == "plan":
            for index, cell in here.row.cells.items():
                if not cell.is_blank or cell.number:
                    filled.setdefault(index, []).append(cell.text or cell.number)
    aliases = shifted(rows, header, filled)
    settled = dict(columns)
    for index in sorted(filled.keys() - columns.keys() - aliases.keys()):
        settle(index, settled, filled, header, chosen)
    for here in rows:
        here.columns = settled
        if aliases and here.state == "plan":
            here.row = moved(here.row, aliases)
    plan.rows += rows
    for index, column in settled.items():
        plan.columns.setdefault(index, column)


def settle(
    index: int, columns: dict[int, Column], filled: dict[int, list[str]], header: Header, chosen: Mapping[int, str]
) -> None:
    """A column without a heading: the references, if all its cells are shaped like one; else kept as it is.

    Under a wide heading it shares that heading; where the first column under a wide heading for recommendations holds
    references, the recommendations are in the next one.
    """
    has_ref = any(column.kind == "ref" for column in columns.values())
    over = header.spans.get(index)
    if over is not None and over in columns:
        wide = columns[over]
        if (
            wide.kind == "recommendation"
            and not has_ref
            and all(has_ref_shape(text) for text in filled.get(over, [""]))
        ):
            columns[over] = Column(over, wide.heading, "ref")
            columns[index] = Column(index, wide.heading, "recommendation")
            return
        kind = heading_kind(wide.heading)
        kind = "other_owner" if kind in OWNER_KINDS else kind if kind == "position" else "extra"
        columns[index] = Column(index, wide.heading, chosen.get(index, kind), wide.on)
        return
    if not has_ref and index not in chosen and all(has_ref_shape(text) for text in filled[index]):
        columns[index] = Column(index, "", "ref")
    else:
        columns[index] = Column(index, f"Column {index + 1}", chosen.get(index, "extra"))


def shifted(rows: list[PlanRow], header: Header, filled: Mapping[int, list[str]]) -> dict[int, int]:
    """Columns under a wide heading that never have text beside the column where the heading starts: the same column,
    cut differently in some rows."""
    aliases = {}
    for covered, start in header.spans.items():
        together = any(covered in here.row.cells and start in here.row.cells for here in rows if here.state == "plan")
        if covered in filled and not together:
            aliases[covered] = start
    taken: dict[int, int] = {}
    for covered, start in aliases.items():
        if not any(
            covered in here.row.cells and any(other in here.row.cells for other, to in taken.items() if to == start)
            for here in rows
        ):
            taken[covered] = start
    return taken


def moved(row: Row, aliases: Mapping[int, int]) -> Row:
    cells = dict(sorted((aliases.get(index, index), cell) for index, cell in row.cells.items()))
    return Row(row.number, cells, frozenset(aliases.get(index, index) for index in row.above), row.alone)
