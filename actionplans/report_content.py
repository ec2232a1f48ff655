"""What a committee progress report says, as frozen data.

The operation that issues a report gathers these from the database once; they are stored beside the PDF, and the same
data gives the same bytes for ever. Nothing here asks the database or the clock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from actionplans.positions import FINISHED_STATUSES, Answer, PositionKind

T = TypeVar("T")
FORMAT = 1


@dataclass(frozen=True)
class Position:
    """One thing said about an action: done, planned or a note. `said_on` is None for words without a date."""

    text: str
    kind: str = PositionKind.DONE.value
    said_on: date | None = None


@dataclass(frozen=True)
class DateRequest:
    """A new date that the committee is asked to agree. `letter` is the decision it is asked under, such as b."""

    new_date: str
    reason: str
    letter: str = ""
    moved_before: str = ""


@dataclass(frozen=True)
class ActionLine:
    """An action as it stood at the cut-off date.

    `due` is the date it has now, as written; `first_due` the one it began with. `status` is the canonical value and
    `status_label` the council's own word, when it has one. `previous_status` is how it stood in the last report ("" when it was not in
    one). `shown_by` says what shows that it is done, `being_done` what is done about a risk.
    """

    ref: str
    text: str
    status: str
    status_label: str = ""
    confidence: str = ""
    positions: tuple[Position, ...] = ()
    accountable: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    due: str = ""
    due_on: date | None = None
    first_due: str = ""
    times_moved: int = 0
    completed_on: date | None = None
    shown_by: str = ""
    being_done: str = ""
    request: DateRequest | None = None
    previous_status: str = ""
    previous_status_label: str = ""
    measure: str = ""
    resource: str = ""

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED_STATUSES

    def days_late(self, at: date) -> int:
        """How long its date has passed at `at`; 0 when it has not, or the action is finished."""
        if self.due_on is None or self.is_finished:
            return 0
        return max((at - self.due_on).days, 0)


@dataclass(frozen=True)
class RecommendationLines:
    """A recommendation with the council's response and its actions. `note` says why, when it was not simply accepted."""

    ref: str
    text: str
    answer: str = Answer.NOT_YET.value
    note: str = ""
    actions: tuple[ActionLine, ...] = ()


@dataclass(frozen=True)
class Contact:
    name: str
    post: str = ""
    telephone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Implication:
    heading: str
    text: str


@dataclass(frozen=True)
class StatusCount:
    status: str
    number: int


@dataclass(frozen=True)
class ProgressReport:
    """A report to one meeting. `for_decision` is False for a report for information.

    `lead_member_label` follows the council's governance: Portfolio holder, Cabinet member, Committee chair.
    `introduction`, `progress`, `options` and `conclusions` are numbered paragraphs (Markdown within a paragraph).
    """

    council: str
    title: str
    committee: str
    meeting_on: date
    position_at: date
    produced_on: date
    number: int
    report_of: str
    recommendations: tuple[RecommendationLines, ...]
    agenda_item: str = ""
    for_decision: bool = True
    key_decision: str = "No"
    lead_member_label: str = "Committee chair"
    lead_member: str = ""
    contact: Contact | None = None
    wards: str = "All"
    decisions: tuple[str, ...] = ()
    reason: str = ""
    last_report_on: date | None = None
    previous_counts: tuple[StatusCount, ...] = ()
    introduction: tuple[str, ...] = ()
    progress: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    implications: tuple[Implication, ...] = ()
    conclusions: tuple[str, ...] = ()
    appendices: tuple[str, ...] = ()
    background_papers: tuple[str, ...] = ()
    signatory: str = ""
    signatory_post: str = ""
    web_address: str = ""
    keywords: str = ""

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        return _each_once(self.recommendations)


@dataclass(frozen=True)
class PlanChange:
    """What became of an action between two versions of a plan. `kind` is added, changed or closed."""

    kind: str
    ref: str
    text: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True)
class ActionPlanPaper:
    """An action plan as a paper of its own."""

    council: str
    title: str
    version: str
    position_at: date
    produced_on: date
    recommendations: tuple[RecommendationLines, ...]
    visited: str = ""
    approved_by: str = ""
    next_report: str = ""
    contact: Contact | None = None
    introduction: tuple[str, ...] = ()
    changes: tuple[PlanChange, ...] = ()
    previous_version: str = ""
    shows_measure: bool = False
    shows_resource: bool = False
    web_address: str = ""
    keywords: str = ""

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        return _each_once(self.recommendations)


def _each_once(recommendations: tuple[RecommendationLines, ...]) -> tuple[ActionLine, ...]:
    """Every action once, in the order of the plan: one action may serve several recommendations."""
    found: dict[str, ActionLine] = {}
    for recommendation in recommendations:
        for action in recommendation.actions:
            found.setdefault(action.ref, action)
    return tuple(found.values())


def to_dict(content: Any) -> dict[str, Any]:
    """`content` as plain values that JSON can hold; `from_dict` gives it back equal."""
    return {"format": FORMAT, "kind": type(content).__name__, **_plain(content)}


def from_dict(kind: type[T], stored: Mapping[str, Any]) -> T:
    """The report or plan that `to_dict` wrote. Stored data of another kind or an unknown format is refused."""
    if stored.get("format") != FORMAT or stored.get("kind") != kind.__name__:
        raise ValueError(
            f"Stored as {stored.get('kind')}, format {stored.get('format')}; not {kind.__name__}, {FORMAT}"
        )
    values = {name: value for name, value in stored.items() if name not in {"format", "kind"}}
    return cast(T, _typed(kind, values))


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _typed(kind: Any, value: Any) -> Any:
    if get_origin(kind) in {Union, UnionType}:
        return None if value is None else _typed(next(part for part in get_args(kind) if part is not NoneType), value)
    if get_origin(kind) is tuple:
        return tuple(_typed(get_args(kind)[0], item) for item in value)
    if isinstance(kind, type) and is_dataclass(kind):
        hints = get_type_hints(kind)
        return kind(**{name: _typed(hints[name], item) for name, item in value.items()})
    return date.fromisoformat(value) if kind is date else value
