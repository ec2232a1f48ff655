"""Reading a plan: the document's tables and blocks into recommendations, with warnings for what needs a person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from peerchallenge.tabular import Document, Paragraph, Row, Table

from .actions import TableFacts, Understanding
from .afterwards import note_duplicates, note_missing, note_pointers, set_parents
from .blocks import Block, find_blocks, rows_of
from .choices import Choices
from .columns import Column, first_of, owner_columns
from .drafts import RecommendationDraft
from .headers import Header, could_continue, find_header, header_at, heading_text, passes
from .headings import PLAN_KINDS, heading_kind
from .layout import PlanRow, PlanTable, lay_out
from .legend import entries_in_cell, entries_in_table, entries_in_text, legend_of
from .model import ColumnSeen, Reading, SourceRow, TableSeen
from .notes import Notes
from .recommendations import Walk, heading_tier_and_theme
from .sources import body_of

SAMPLES = 2
BLOCKS_NAME = "Headings and lists"


@dataclass
class Found:
    """What was found in a body: its tables, which of them are plans, and the blocks between headings."""

    body: Sequence[Paragraph | Table]
    tables: list[tuple[int, Table]] = field(default_factory=list)
    plans: list[PlanTable] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    blocks_index: int = 0

    def plan_of(self, index: int) -> PlanTable | None:
        return next((plan for plan in self.plans if any(index == part for part, _table in plan.parts)), None)


def read_plan(document: Document, *, visit_start: date | None = None, choices: Choices | None = None) -> Reading:
    """Read a document as an action plan. `visit_start` is told by whoever knows the visit; `choices` are a person's
    decisions over what we would have guessed."""
    choices = choices or Choices()
    body = body_of(document)
    found = find_plans(body, document.kind, choices)
    for plan in found.plans:
        lay_out(plan, choices)
    understanding = Understanding(visit_start, legend_of(legend_entries(found)), choices.known_statuses())
    notes = Notes()
    walks: list[Walk] = []
    everything: list[RecommendationDraft] = []
    rows: list[PlanRow] = []
    source: list[SourceRow] = []
    for walk, walked in walk_all(found, document, understanding, notes, choices):
        walk.before = len(everything)
        for here in walked:
            walk.row(here)
        walk.finish()
        walks.append(walk)
        everything += walk.drafts
        rows += walked
        source += walk.source
    groups: dict[int, list[RecommendationDraft]] = {}
    for walk in walks:
        groups.setdefault(walk.group, []).extend(walk.drafts)
    set_parents(groups.values())
    note_missing(everything, notes)
    note_duplicates(everything, notes)
    note_pointers(rows, everything, notes)
    return Reading(
        kind=document.kind,
        name=document.name,
        visit_start=visit_start,
        recommendations=tuple(draft.finished() for draft in everything),
        warnings=notes.in_order(),
        tables=tuple(seen_tables(found, document.kind, choices)),
        rows=tuple(source),
        legend=understanding.legend,
    )


def find_plans(body: Sequence[Paragraph | Table], kind: str, choices: Choices) -> Found:
    """Which tables are plans: those with a header; failing that, those with something like it; those that go on."""
    found = Found(body)
    found.tables = list(enumerate(part for part in body if isinstance(part, Table)))
    headers = {index: find_header(table, kind) for index, table in found.tables}
    strict = any(headers.values())
    for index, table in found.tables:
        if headers[index] is None:
            header = find_header(table, kind, loosely=True)
            if header is not None and (not strict or has_much_of_a_plan(header)):
                headers[index] = header
    last: PlanTable | None = None
    for index, table in found.tables:
        header = chosen_header(index, table, headers[index], choices)
        if header is not None:
            last = PlanTable(index, kind, table, header, [(index, table)])
            found.plans.append(last)
        elif choices.plans is None and last is not None and kind in ("word", "web"):
            ref = next((c for c, text in last.header.headings.items() if heading_kind(text) == "ref"), None)
            if headers[index] is None and could_continue(table, last.table, ref):
                last.parts.append((index, table))
    found.blocks_index = len(found.tables)
    if kind == "web" or (kind == "word" and not found.plans):
        blocks_wanted = choices.plans is None or found.blocks_index in choices.plans
        found.blocks = find_blocks(body) if blocks_wanted else []
    return found


def has_much_of_a_plan(header: Header) -> bool:
    kinds = {heading_kind(heading) for heading in header.headings.values()}
    return len(kinds & PLAN_KINDS) >= 2


def chosen_header(index: int, table: Table, header: Header | None, choices: Choices) -> Header | None:
    """The header of a table a person chose as a plan, also where we would not have taken it for one."""
    if choices.plans is not None and index not in choices.plans:
        return None
    row = choices.headers.get(index)
    if row is not None:
        place = next((place for place, each in enumerate(table.rows) if each.number == row), None)
        if place is not None:
            return header_at(table, place)
    if header is None and choices.plans is not None and table.rows:
        widest = max(range(min(len(table.rows), 15)), key=lambda place: (len(table.rows[place].cells), -place))
        return header_at(table, widest)
    return header


def legend_entries(found: Found) -> Iterator[tuple[str, str]]:
    """What the file says about colours, in its order: outside the rows of the plan."""
    inside = {place for block in found.blocks for place in range(block.place, block.ends)}
    index = -1
    for place, part in enumerate(found.body):
        if isinstance(part, Paragraph):
            if place not in inside:
                for line in part.lines:
                    yield from entries_in_text(line.text)
            continue
        index += 1
        plan = found.plan_of(index)
        if plan is None:
            yield from entries_in_table(part)
        elif part is plan.table:
            for row in plan.title_rows:
                yield from entries_in_row(row)
            for here in plan.rows:
                if here.state == "skipped":
                    yield from entries_in_row(here.row)


def entries_in_row(row: Row) -> Iterator[tuple[str, str]]:
    for _column, cell in sorted(row.cells.items()):
        yield from entries_in_cell(cell)


def walk_all(
    found: Found, document: Document, understanding: Understanding, notes: Notes, choices: Choices
) -> Iterator[tuple[Walk, list[PlanRow]]]:
    """A walk for each plan table and one for each run of blocks, in the order of the file."""
    several = document.kind in ("word", "web") and len(found.plans) >= 2
    block_rows, block_columns = rows_of(found.blocks, found.blocks_index, choices.columns.get(found.blocks_index, {}))
    pending = list(zip(found.blocks, block_rows, strict=True))
    facts = facts_of(block_columns)
    table_places = [place for place, part in enumerate(found.body) if isinstance(part, Table)]
    for plan in found.plans:
        while pending and pending[0][0].place < table_places[plan.index]:
            block, row = pending.pop(0)
            yield block_walk(found, block, facts, understanding, notes), [row]
        tier, theme = heading_tier_and_theme(plan.table.heading, plan.table.name, several=several)
        walk = Walk(facts_of(plan.columns), understanding, notes, tier, theme, group=plan.index)
        yield walk, plan.rows
    for block, row in pending:
        yield block_walk(found, block, facts, understanding, notes), [row]


def block_walk(found: Found, block: Block, facts: TableFacts, understanding: Understanding, notes: Notes) -> Walk:
    return Walk(facts, understanding, notes, block.tier, block.theme, group=found.blocks_index)


def facts_of(columns: dict[int, Column]) -> TableFacts:
    ordered = [columns[index] for index in sorted(columns)]
    owners = owner_columns(ordered)
    return TableFacts(
        owner_column=owners[0] if owners else None,
        timescale_column=first_of(ordered, "timescale"),
        has_action_or_position=first_of(ordered, "action", "position") is not None,
    )


def seen_tables(found: Found, kind: str, choices: Choices) -> Iterator[TableSeen]:
    """Every table of the file with its columns, so that a person can choose and correct."""
    for index, table in found.tables:
        plan = found.plan_of(index)
        name = table.name or table.heading or f"Table {index + 1}"
        if plan is None:
            yield TableSeen(index, name, False, len(table.rows), columns=tuple(guessed_columns(table)))
        elif plan.index != index:
            yield TableSeen(index, name, True, len(table.rows), continues=plan.index)
        else:
            first, last = (table.rows[plan.header.positions[at]].number for at in (0, -1))
            columns = tuple(
                ColumnSeen(column.index, column.heading, column.kind, samples(plan.rows, column.index))
                for _index, column in sorted(plan.columns.items())
            )
            title = " ".join(" ".join(c.text.split()) for row in plan.title_rows for c in row.cells.values())
            yield TableSeen(index, name, True, len(table.rows), first, last, columns, title=title)
    if found.blocks:
        rows, columns_of_blocks = rows_of(found.blocks, found.blocks_index, choices.columns.get(found.blocks_index, {}))
        seen = tuple(
            ColumnSeen(column.index, column.heading, column.kind, samples(rows, column.index))
            for column in columns_of_blocks.values()
            if column.index >= 0
        )
        yield TableSeen(found.blocks_index, BLOCKS_NAME, True, len(rows), columns=seen)


def samples(rows: Sequence[PlanRow], column: int) -> tuple[str, ...]:
    """The first values of a column in rows of the plan."""
    texts = (here.text(column) for here in rows if here.state == "plan" and not here.row.cell(column).is_blank)
    return tuple(text for text, _number in zip(texts, range(SAMPLES), strict=False))


def guessed_columns(table: Table) -> Iterator[ColumnSeen]:
    """The columns of a table that is not a plan, as its fullest row among the first names them."""
    if not table.rows:
        return
    first = max(table.rows[:15], key=lambda row: (passes(heading_text(row, c) for c in row.cells), len(row.cells)))
    below = [row for row in table.rows if row.number > first.number][:SAMPLES]
    for column in range(table.width) if table.width < 200 else sorted(first.cells):
        heading = heading_text(first, column)
        values = tuple(row.cell(column).text for row in below if not row.cell(column).is_blank)
        yield ColumnSeen(column, heading, heading_kind(heading) if heading else "extra", values)
