"""The check page of an import: each row of the file beside what we will make of it, doubtful rows in full, others folded."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from actionplans.bringing import Proposal, ProposedAction, ProposedRecommendation
from actionplans.positions import PositionKind, Status
from actionplans.reading.model import Reading, ReadingWarning, SourceRow
from peerchallenge.web.words import counted, long_date

KIND_WORDS = {
    PositionKind.DONE: "First update",
    PositionKind.PLANNED: "Planned",
    PositionKind.NOTE: "Note",
}


@dataclass(frozen=True)
class CheckedStatement:
    kind_words: str
    on: object
    text: str


@dataclass(frozen=True)
class CheckedAction:
    """One action as the page shows it."""

    text: str
    is_new: bool
    has_nothing_new: bool
    known_ref: str
    statements: tuple[CheckedStatement, ...]
    owners_words: str
    timescale: str
    due_words: str
    status_code: str
    status_label: str
    extra: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class RowWarning:
    title: str
    words: str


@dataclass(frozen=True)
class Entry:
    """A row of the file, or several that were read without doubt and are folded."""

    label: str
    anchor: str
    source: tuple[tuple[str, str], ...] = ()
    recommendation_label: str = ""
    recommendation_words: str = ""
    is_skipped: bool = False
    actions: tuple[CheckedAction, ...] = ()
    warnings: tuple[RowWarning, ...] = ()
    is_fold: bool = False
    link: str = ""


def entries(reading: Reading, proposal: Proposal, *, show_all: bool) -> list[Entry]:
    """The rows in the order of the file. Without `show_all`, rows without doubt after the first are folded."""
    names = {table.index: table for table in reading.tables}
    warned: dict[tuple[int, int], list[ReadingWarning]] = {}
    for warning in reading.warnings:
        warned.setdefault((warning.table, warning.row), []).append(warning)
    several = sum(table.is_plan for table in reading.tables) > 1
    rows = []
    for row in reading.rows:
        label = f"{names[row.table].name}, {row.row}" if several and row.table in names else str(row.row)
        rows.append(_entry(row, label, proposal, warned.get((row.table, row.row), [])))
    return rows if show_all else list(_folded(rows))


def _folded(rows: Sequence[Entry]) -> Iterator[Entry]:
    for index, (plain, group) in enumerate(groupby(rows, key=lambda entry: not entry.warnings)):
        members = list(group)
        if plain and index == 0:
            yield members[0]
            members = members[1:]
        if not plain or len(members) == 0:
            yield from members
        elif len(members) == 1:
            yield Entry(members[0].label, members[0].anchor, is_fold=True, link="Show this row")
        else:
            label = f"{members[0].label} to {members[-1].label}"
            yield Entry(label, members[0].anchor, is_fold=True, link="Show these rows")


def _entry(row: SourceRow, label: str, proposal: Proposal, warnings: Sequence[ReadingWarning]) -> Entry:
    place = row.recommendation
    item = proposal.recommendations[place] if place is not None and place < len(proposal.recommendations) else None
    actions = [action for action in item.actions if (action.table, action.row) == (row.table, row.row)] if item else []
    found = [RowWarning(f"Check row {label}", warning.sentence) for warning in warnings]
    if item and item.words_differ:
        found.append(
            RowWarning(
                f"Row {label}",
                "The words differ from the final report. The report’s words stay; yours are kept as a note.",
            )
        )
    return Entry(
        label=label,
        anchor=f"{row.table}-{row.row}",
        source=row.cells,
        recommendation_label=_label(item) if item else "",
        recommendation_words=(item.known.text if item.known else item.text) if item else "",
        is_skipped=row.state != "read",
        actions=tuple(_action(action) for action in actions),
        warnings=tuple(found),
    )


def _label(item: ProposedRecommendation) -> str:
    return (item.known.ref if item.known else item.ref) or str(item.number)


def _action(action: ProposedAction) -> CheckedAction:
    return CheckedAction(
        text=action.text,
        is_new=action.is_new,
        has_nothing_new=action.has_nothing_new,
        known_ref=action.known.ref if action.known else "",
        statements=tuple(
            CheckedStatement(KIND_WORDS[PositionKind(said.kind)], said.on, said.text) for said in action.statements
        ),
        owners_words=owners_in_words(action),
        timescale=action.timescale,
        due_words=f", kept as written and counted to {long_date(action.due)}" if action.due else "",
        status_code=action.status or Status.NOT_STARTED,
        status_label=action.status_label,
        extra=tuple(action.extra.items()),
    )


def owners_in_words(action: ProposedAction) -> str:
    """Accountable: Leader of the Council. Responsible: Chief Executive."""
    by_kind: dict[str, list[str]] = {}
    for title, kind, heading in action.owners:
        by_kind.setdefault(heading or kind.capitalize(), []).append(title)
    return " ".join(f"{kind}: {'; '.join(titles)}." for kind, titles in by_kind.items())


def rows_to_check(reading: Reading) -> int:
    """How many rows of the file have something a person should look at."""
    return len({(warning.table, warning.row) for warning in reading.warnings})


def left_out_in_words(left_out: Sequence[str], most: int = 60) -> str:
    """The words themselves, so that nobody has to guess which."""
    shown = ", ".join(left_out[:most])
    return f"{shown} and {len(left_out) - most} more" if len(left_out) > most else shown


def where_from(reading: Reading) -> str:
    """table “Action plan”, 9 rows"""
    plans: Mapping[int, str] = {table.index: table.name for table in reading.tables if table.is_plan}
    rows = sum(row.state == "read" for row in reading.rows)
    names = " and ".join(f"“{name}”" for name in plans.values() if name)
    return f"table {names}, {counted(rows, 'row')}" if names else counted(rows, "row")
