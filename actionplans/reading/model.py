"""What a file was understood to say. Every value keeps the words it came from and the place it came from.

Frozen dataclasses; `Reading.to_dict` and `Reading.from_dict` carry a reading through JSON unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .codec import from_plain, to_plain
from .sentences import sentence_for


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value came from: which table of the file, which row as a person counts, which column."""

    table: int
    row: int
    column: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """One item of a position: something done ("We have ..."), planned ("We will ...") or noted."""

    text: str
    kind: str = "note"
    on: date | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class PlanTimescale:
    text: str = ""
    due: date | None = None
    precision: str = "none"


@dataclass(frozen=True, slots=True)
class PlanStatus:
    text: str = ""
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class Action:
    """One action. `places` tells, for each field that has a value, where it came from."""

    text: str = ""
    position: tuple[Statement, ...] = ()
    accountable: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    other_owners: dict[str, tuple[str, ...]] = field(default_factory=dict)
    timescale: PlanTimescale = PlanTimescale()
    status: PlanStatus = PlanStatus()
    extra: dict[str, str] = field(default_factory=dict)
    table: int = 0
    row: int = 0
    places: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Recommendation:
    """One recommendation with its actions. `sources` holds the words behind ref, tier, theme and response."""

    ref: str | None
    tier: str | None
    theme: str | None
    text: str
    parent_ref: str | None = None
    response: str | None = None
    actions: tuple[Action, ...] = ()
    table: int = 0
    row: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadingWarning:
    """Something a person should look at. `text` is what stands in the file; `refers_to` the ref it points to."""

    code: str
    row: int
    column: str | None = None
    table: int = 0
    text: str = ""
    refers_to: str = ""

    @property
    def sentence(self) -> str:
        return sentence_for(self.code, text=self.text, column=self.column or "", refers_to=self.refers_to)


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column of a table: where it stands, its heading as written, and what we take it for."""

    index: int
    heading: str
    kind: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table or sheet of the file, whether it is a plan or not, so that a person can choose.

    The header stands from `header_row` to `header_end`, mostly the same row. `continues` is the table it goes on with.
    """

    index: int
    name: str
    is_plan: bool
    rows: int
    header_row: int | None = None
    header_end: int | None = None
    columns: tuple[ColumnSeen, ...] = ()
    continues: int | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One row of a plan as the file has it: (heading, text) pairs, and what became of the row.

    `state` is read, section or skipped; `recommendations` are the positions in the reading of what came of it.
    """

    table: int
    row: int
    cells: tuple[tuple[str, str], ...]
    state: str = "read"
    recommendation: int | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The whole file as understood."""

    kind: str
    name: str
    visit_start: date | None = None
    recommendations: tuple[Recommendation, ...] = ()
    warnings: tuple[ReadingWarning, ...] = ()
    tables: tuple[TableSeen, ...] = ()
    rows: tuple[SourceRow, ...] = ()
    legend: dict[str, str] = field(default_factory=dict)

    @property
    def actions(self) -> tuple[Action, ...]:
        return tuple(action for recommendation in self.recommendations for action in recommendation.actions)

    @property
    def problem(self) -> str:
        """A sentence that says what to do when no plan was found in the file, else ""."""
        if any(table.is_plan for table in self.tables):
            return "" if self.recommendations else "We found the table of the plan, but no recommendation in it."
        if not self.tables:
            return "We could not find a table in this file. Paste the table instead."
        seen = "; ".join(table_in_words(table) for table in self.tables[:8])
        return (
            "We could not tell which table is the plan: none has a column for recommendations and one for what is "
            f"done about them. We saw {seen}. Choose the table and say what its columns are."
        )

    def status_labels(self) -> dict[str, tuple[str | None, int]]:
        """Each status label in the plan: its meaning so far, and how many actions carry it."""
        labels: dict[str, tuple[str | None, int]] = {}
        for action in self.actions:
            if action.status.text:
                label = " ".join(action.status.text.split())
                meaning, count = labels.get(label, (action.status.canonical, 0))
                labels[label] = (meaning, count + 1)
        return labels

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @staticmethod
    def from_dict(plain: dict[str, Any]) -> Reading:
        reading: Reading = from_plain(Reading, plain)
        return reading


def table_in_words(table: TableSeen) -> str:
    headings = ", ".join(column.heading for column in table.columns if column.heading)
    return f"“{table.name}” ({headings})" if headings else f"“{table.name}”"
