"""What people and files hand to the operations of the plan: owners, dated statements, timescales as read."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actionplans.models import StatusWord
from actionplans.positions import OwnerKind, PositionKind, Precision, Status
from actionplans.reading.statuses import parse_status
from actionplans.reading.timescales import parse_timescale
from engagements.stages import Stage, Standing, is_from
from peerchallenge.access import Refused

if TYPE_CHECKING:
    from engagements.models import Council, Engagement, Recommendation

HEADLINE_LENGTH = 300


@dataclass(frozen=True)
class OwnerEntry:
    """A post or a body that owns an action. `heading` is the council's own word for this kind of owner."""

    title: str
    kind: str = OwnerKind.RESPONSIBLE
    heading: str = ""


@dataclass(frozen=True)
class PositionEntry:
    """A statement about an action, as written: what is done, what is planned, or a note."""

    kind: str
    on: dt.date | None
    text: str


@dataclass(frozen=True)
class DueDate:
    """A timescale as written, with the last day it names and how exactly it names it."""

    text: str
    on: dt.date | None
    precision: str

    @property
    def is_readable(self) -> bool:
        return self.precision not in {Precision.NONE, Precision.UNPARSED}


def read_due_date(text: str) -> DueDate:
    text = text.strip()
    read = parse_timescale(text)
    return DueDate(text=text, on=read.due, precision=read.precision)


def read_status(label: str, *, council: "Council") -> str:
    """The canonical value of a local word: as the council has settled it, else as commonly meant, else not started."""
    label = label.strip()
    if not label:
        return Status.NOT_STARTED
    settled = StatusWord.objects.filter(council=council, label__iexact=label).values_list("status", flat=True).first()
    return settled or parse_status(label) or Status.NOT_STARTED


def headline_of(text: str, positions: "tuple[PositionEntry, ...] | list[PositionEntry]") -> str:
    """What pages call an action: its text, else what is planned, else what is done. On one line."""
    planned = (entry.text for entry in positions if entry.kind == PositionKind.PLANNED)
    said = (entry.text for entry in positions if entry.kind != PositionKind.PLANNED)
    words = " ".join((text.strip() or next(planned, "") or next(said, "")).split())
    if len(words) <= HEADLINE_LENGTH:
        return words
    return words[:HEADLINE_LENGTH].rsplit(" ", 1)[0] + " …"


def ensure_plan_open(engagement: "Engagement") -> None:
    """A plan begins when the report is final and is fixed when the challenge is closed or cancelled."""
    if engagement.standing == Standing.CANCELLED:
        raise Refused("This challenge is cancelled. Its action plan cannot be changed.")
    if engagement.stage == Stage.CLOSED:
        raise Refused("This challenge is closed. Its action plan can be read but not changed.")
    if not is_from(engagement.stage, Stage.FINAL):
        raise Refused("The report is not final yet. The action plan begins when it is.")


def ensure_answerable(recommendation: "Recommendation") -> None:
    """Only the final words of a recommendation are answered."""
    ensure_plan_open(recommendation.engagement)
    if not recommendation.is_final:
        raise Refused(f"Recommendation {recommendation.label} is still a draft. Actions can be added when it is final.")
