"""What the components in templates/components are given. Views and queries build these; templates only show them."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

STATUS_WORDS = {
    "not_started": "Not started",
    "in_progress": "In progress",
    "delayed": "Delayed",
    "complete": "Complete",
    "ongoing": "Ongoing",
    "superseded": "Superseded",
    "closed": "Business as usual",
}
STATUS_MEANINGS = {
    "not_started": "Agreed, no work yet",
    "in_progress": "Work has begun",
    "delayed": "Will not make the date it has now; say why and give a new one",
    "complete": "Done, and something shows it",
    "ongoing": "Has no end date; checked at every report",
    "superseded": "Replaced by another action or decision; says which",
    "closed": "Done and now part of normal work; no longer reported",
}
CONFIDENCE_WORDS = {"on_track": "On track", "at_risk": "At risk", "off_track": "Off track", "": "Not rated"}
CONFIDENCE_MEANINGS = {
    "on_track": "It will be done on time with what we have now",
    "at_risk": "It can still be done on time if something changes soon",
    "off_track": "It will not be done on time without a major change",
    "": "Nobody has said yet",
}


@dataclass(frozen=True)
class Link:
    """A link in breadcrumbs, sub-navigation or a list. `count` is shown as a badge with `counts` as hidden words."""

    label: str
    url: str
    current: bool = False
    count: int = 0
    counts: str = "things to do"


@dataclass(frozen=True)
class Action:
    """A button in the title row. `kind` is "" for the one green button of the page, else "secondary"."""

    label: str
    url: str
    kind: str = "secondary"


@dataclass(frozen=True)
class Figure:
    """A number with what it counts. With `url` it leads to exactly the rows it counts. Red only when `is_late`."""

    label: str
    number: str | int
    url: str = ""
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Attention:
    """One line of what needs attention: what, by when (red when `is_late`), and why or who."""

    title: str
    url: str
    right: str = ""
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Caution:
    """One row of a notice: the strong words, what may be wrong, and the link that settles it."""

    title: str
    words: str = ""
    url: str = ""
    link: str = ""


@dataclass(frozen=True)
class Step:
    """One step of a journey of pages. Steps before the current one are links back."""

    label: str
    url: str = ""
    current: bool = False


@dataclass(frozen=True)
class Task:
    """One line of a task list. `status` is a status code for a tag, or plain words."""

    title: str
    url: str = ""
    hint: str = ""
    status: str = ""
    is_tag: bool = False
    cannot_start: bool = False


@dataclass(frozen=True)
class Change:
    """One field in a timeline entry, with the words before and after."""

    label: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Happening:
    """One entry of a timeline, newest first."""

    title: str
    at: datetime.datetime
    by: str = ""
    words: str = ""
    changes: Sequence[Change] = field(default_factory=tuple)


@dataclass(frozen=True)
class RouteStep:
    """One step of the public route: what happened or is to come, and when."""

    title: str
    detail: str = ""
    is_done: bool = False
