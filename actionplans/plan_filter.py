"""Which actions of a plan a page shows, and in what order. Read from words in the address that a person can read."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import F, Q
from django.db.models.expressions import OrderBy

from actionplans.lines import SOON_DAYS
from actionplans.models import ActionOwner
from actionplans.positions import FINISHED_STATUSES, Confidence, Status

UNFINISHED = ~Q(status__in=FINISHED_STATUSES)
NOT_RATED = "not_rated"
DUE_WORDS = {
    "overdue": "Overdue",
    "soon": f"Next {SOON_DAYS} days",
    "moved": "Date has moved",
    "changed": "Changed since last report",
    "waiting": "No update since last report",
}
SORTS = ("due", "status", "confidence", "updated")
PLAN_ORDER = ("recommendation__position", "recommendation_id", "number")


@dataclass(frozen=True)
class Choice:
    """One answer of a select: its value in the address, its words, whether it is chosen."""

    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True)
class PlanFilter:
    """The answers of the filter. What makes no sense counts as not asked."""

    owner: str = ""
    status: str = ""
    confidence: str = ""
    due: str = ""
    area: str = ""
    words: str = ""
    sort: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "PlanFilter":
        answers = {name: asked.get(name, "").strip()[:200].replace("\x00", "") for name in cls.__dataclass_fields__}
        known: dict[str, set[str]] = {
            "status": set(Status.values),
            "confidence": {NOT_RATED, *Confidence.values} - {""},
            "due": set(DUE_WORDS),
            "sort": {*SORTS, *(f"-{name}" for name in SORTS)},
        }
        return cls(**{name: answer for name, answer in answers.items() if name not in known or answer in known[name]})

    @property
    def is_narrow(self) -> bool:
        """Whether any action may be left out."""
        return any((self.owner, self.status, self.confidence, self.due, self.area, self.words))

    def conditions(self, *, today: dt.date, since: dt.date | None, posts: Mapping[str, int]) -> Q:
        """What an action must be. `since` is the cut-off of the last report; `posts` are the plan's by their address."""
        must = Q()
        if self.status:
            must &= Q(status=self.status)
        if self.confidence:
            must &= UNFINISHED & Q(confidence="" if self.confidence == NOT_RATED else self.confidence)
        if self.due:
            must &= due_condition(self.due, today=today, since=since)
        if self.area.isdecimal():
            must &= Q(recommendation__focus_area=int(self.area[:9]))
        if self.owner:
            must &= Q(pk__in=ActionOwner.objects.filter(post=posts.get(self.owner)).values("action"))
        for word in self.words.split()[:10]:
            must &= (
                Q(text__icontains=word)
                | Q(headline__icontains=word)
                | Q(latest_words__icontains=word)
                | Q(recommendation__text__icontains=word)
                | Q(ref__iexact=word)
            )
        return must

    def order(self) -> tuple[str | OrderBy, ...]:
        name = self.sort.removeprefix("-")
        column = {"due": "due_on", "status": "status", "confidence": "confidence", "updated": "latest_on"}.get(name)
        if column is None:
            return PLAN_ORDER
        backwards = self.sort.startswith("-")
        first = F(column).desc(nulls_last=True) if backwards else F(column).asc(nulls_last=True)
        return (first, *PLAN_ORDER)

    def address(self, **changes: str) -> str:
        """This filter as the query of an address, with changes. Empty answers are left out."""
        changed = replace(self, **changes)
        asked = {name: getattr(changed, name) for name in self.__dataclass_fields__ if getattr(changed, name)}
        return f"?{urlencode(asked)}" if asked else "?"


def due_condition(name: str, *, today: dt.date, since: dt.date | None) -> Q:
    """The one meaning of each figure: figures count by it, the filter shows by it."""
    match name:
        case "overdue":
            return UNFINISHED & Q(due_on__lt=today)
        case "soon":
            return UNFINISHED & Q(due_on__gte=today, due_on__lte=today + dt.timedelta(days=SOON_DAYS))
        case "moved":
            return Q(times_moved__gt=0)
        case "changed":
            return Q(latest_on__gt=since) if since else Q(latest_on__isnull=False)
        case _:
            # What an action was brought in with counts as said until the first report, with or without its day.
            return UNFINISHED & (Q(latest_on=None) | Q(latest_on__lte=since) if since else Q(latest_words=""))
