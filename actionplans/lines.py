"""One row of a plan as pages show it, with every word worked out. Templates only print what is here."""

import datetime as dt
from dataclasses import dataclass

from django.utils.safestring import SafeString

from actionplans.positions import FINISHED_STATUSES, Confidence, Status
from peerchallenge.web.templatetags.web import confidence_mark
from peerchallenge.web.words import counted, long_date, short_date

SHORT = 240
SOON_DAYS = 30
LONG_STATUS = 24
TIMES = {1: "once", 2: "twice"}
# Drawn once: a plan shows the same four marks hundreds of times.
MARKS: dict[str, SafeString] = {value: confidence_mark(value) for value in Confidence.values}
STATUS_LABELS: dict[str, str] = dict(Status.choices)
FINISHED = frozenset(FINISHED_STATUSES)


@dataclass(frozen=True, slots=True)
class ActionLine:
    """An action in a list: where it is, the posts that own it, then its own facts as `LINE_FIELDS` reads them."""

    today: dt.date
    url: str
    accountable: str
    responsible: str
    others: str
    note: str
    is_mine: bool
    pk: int
    recommendation: int
    ref: str
    slug: str
    headline: str
    timescale: str
    due_on: dt.date | None
    original_timescale: str
    times_moved: int
    status: str
    status_label: str
    confidence: str
    completed_on: dt.date | None
    completed_how: str
    latest_on: dt.date | None
    latest_words: str

    @property
    def is_finished(self) -> bool:
        return self.status in FINISHED

    @property
    def status_words(self) -> str:
        return self.status_label or STATUS_LABELS[self.status]

    @property
    def is_long_status(self) -> bool:
        return len(self.status_label) > LONG_STATUS

    @property
    def confidence_words(self) -> str:
        return str(Confidence(self.confidence).label)

    @property
    def confidence_mark(self) -> SafeString:
        """Shape and word."""
        return MARKS[self.confidence]

    @property
    def days_late(self) -> int:
        return days_late(self.due_on, self.status, self.today)

    @property
    def late_words(self) -> str:
        return late_words(self.days_late)

    @property
    def due_detail(self) -> str:
        """What stands under the date: when it first was, how often it moved, days left when they are few."""
        return due_detail(self.due_on, self.status, self.original_timescale, self.times_moved, self.today)

    @property
    def detail(self) -> str:
        """The grey line under the action: how it was completed, else the latest words with their day."""
        if self.status == Status.COMPLETE and (self.completed_on or self.completed_how):
            done = f"Completed {long_date(self.completed_on)}." if self.completed_on else "Completed."
            return shortened(f"{done} {self.completed_how}".strip())
        if not self.latest_words:
            return ""
        return shortened(f"{short_date(self.latest_on)}: {self.latest_words}" if self.latest_on else self.latest_words)


def days_late(due_on: dt.date | None, status: str, today: dt.date) -> int:
    """Days past the last day of the date; 0 for what is finished or has no date."""
    if due_on is None or status in FINISHED:
        return 0
    return max(0, (today - due_on).days)


def late_words(days: int) -> str:
    return f"{counted(days, 'day')} overdue" if days else ""


def due_detail(due_on: dt.date | None, status: str, original: str, times_moved: int, today: dt.date) -> str:
    parts = []
    if due_on and status not in FINISHED and 0 <= (left := (due_on - today).days) <= SOON_DAYS:
        parts.append(f"{counted(left, 'day')} left" if left else "due today")
    if times_moved:
        parts.append(f"first {original or 'without a date'}, moved {TIMES.get(times_moved, f'{times_moved} times')}")
    return "; ".join(parts)


def shortened(words: str) -> str:
    """The beginning of long words, on one line. The whole stands on the action's own page."""
    words = " ".join(words.split())
    if len(words) <= SHORT:
        return words
    return words[:SHORT].rsplit(" ", 1)[0].rstrip(",;:") + " …"
