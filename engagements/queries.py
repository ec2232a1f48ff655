"""Where every challenge is: one line per challenge or per deadline, the figures above them, what needs attention.

Everything a list page shows comes from four statements, however many challenges there are. The due dates are worked
out by `engagements.clock`, the one place that knows them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.utils.text import slugify

from engagements.clock import Deadline, Recorded, Rule, Visit, open_dates, read_clock, rules_by_type
from engagements.milestones import MILESTONES, REVIEW, VISIT, happened_by
from engagements.models import Council, Engagement, EngagementPeer, Milestone, VisitDate
from engagements.stages import Stage, Standing, words_for
from peerchallenge.accounts.models import LgaRole, User
from peerchallenge.web.words import SPACE, day_range

SOON = 30
NO_DATE = dt.date.max


@dataclass(frozen=True, slots=True)
class Challenge:
    """One challenge as the lists need it."""

    pk: int
    slug: str
    reference: str
    council: str
    council_short: str
    region: str
    type_id: int
    type_key: str
    type_title: str
    stage: str
    standing: str
    visit_starts_on: dt.date | None
    visit_ends_on: dt.date | None
    visit_is_month_only: bool
    visit_is_confirmed: bool
    manager_id: int | None
    manager: str | None
    parent_starts_on: dt.date | None
    parent_ends_on: dt.date | None
    parent_is_month_only: bool | None

    @property
    def kind(self) -> str:
        """Corporate, for Corporate peer challenge."""
        return self.type_title.removesuffix(" peer challenge").removesuffix(" peer review")

    @property
    def stage_words(self) -> str:
        return words_for(self.stage, self.standing).lga

    @property
    def is_postponed(self) -> bool:
        return self.standing == Standing.POSTPONED

    @property
    def visit_words(self) -> str:
        if self.visit_starts_on is None:
            return ""
        if self.visit_is_month_only:
            return f"{self.visit_starts_on:%B}{SPACE}{self.visit_starts_on.year}"
        return day_range(self.visit_starts_on, None)

    @property
    def counted_from(self) -> Visit | None:
        if self.parent_starts_on:
            return Visit.on(self.parent_starts_on, self.parent_ends_on, bool(self.parent_is_month_only))
        return Visit.on(self.visit_starts_on, self.visit_ends_on, self.visit_is_month_only)


CHALLENGE_FIELDS = (
    "pk",
    "slug",
    "reference",
    "council__name",
    "council__short_name",
    "council__region",
    "type_id",
    "type__key",
    "type__title",
    "stage",
    "standing",
    "visit_starts_on",
    "visit_ends_on",
    "visit_is_month_only",
    "visit_is_confirmed",
    "manager_id",
    "manager__name",
    "parent__visit_starts_on",
    "parent__visit_ends_on",
    "parent__visit_is_month_only",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table: a challenge with one of its deadlines, or with its next one. `kind` is a milestone or the visit."""

    challenge: Challenge
    kind: str = ""
    due_on: dt.date | None = None

    @property
    def deadline_words(self) -> str:
        if self.challenge.is_postponed:
            return "Agree a new visit date"
        if not self.kind:
            return ""
        if self.kind == VISIT:
            return "Visit"
        deed = MILESTONES[self.kind].deed
        return deed[0].upper() + deed[1:]

    def days(self, today: dt.date) -> int | None:
        return (self.due_on - today).days if self.due_on else None


@dataclass(frozen=True)
class PortfolioFilter:
    """What the person asked to see. Every word stands in the address."""

    show: str = ""
    manager: str = ""
    kind: str = ""
    stage: str = ""
    region: str = ""
    council: str = ""
    sort: str = ""


SHOWS = {
    "": "All challenges under way",
    "visits": "Visits in the next 30 days",
    "due": "Deadlines in the next 30 days",
    "missed": "Deadlines missed",
    "postponed": "Postponed, no new date",
    "attention": "Needs attention",
}


@dataclass
class Portfolio:
    """The challenges under way that match a filter, before one of the figures is chosen."""

    challenges: Sequence[Challenge]
    today: dt.date
    rules: Mapping[int, list[Rule]]
    recorded: Mapping[int, Mapping[str, Recorded]] = field(default_factory=dict)

    @cached_property
    def open_by_challenge(self) -> dict[int, list[tuple[dt.date, str]]]:
        """The deadlines of each challenge that are not done, soonest first. A postponed one has none."""
        happened = {stage: happened_by(stage) for stage in Stage.values}
        return {
            challenge.pk: []
            if challenge.is_postponed
            else open_dates(
                challenge.counted_from,
                self.rules[challenge.type_id],
                self.recorded_of(challenge),
                happened[challenge.stage],
            )
            for challenge in self.challenges
        }

    def recorded_of(self, challenge: Challenge) -> Mapping[str, Recorded]:
        return self.recorded.get(challenge.pk, {})

    @cached_property
    def under_way(self) -> list[Line]:
        return [self.next_line(challenge) for challenge in self.challenges]

    def next_line(self, challenge: Challenge) -> Line:
        """A challenge with what comes next: its visit while that is ahead, else the first deadline not done."""
        visit = challenge.visit_starts_on
        if visit and visit >= self.today:
            return Line(challenge, VISIT, visit)
        waiting = self.open_by_challenge[challenge.pk]
        return Line(challenge, waiting[0][1], waiting[0][0]) if waiting else Line(challenge)

    @cached_property
    def visits(self) -> list[Line]:
        """Visits and booked progress reviews from today to 30 days on."""
        last = self.today + dt.timedelta(days=SOON)
        lines = []
        for challenge in self.challenges:
            if challenge.visit_starts_on and self.today <= challenge.visit_starts_on <= last:
                lines.append(Line(challenge, VISIT, challenge.visit_starts_on))
            review = self.recorded_of(challenge).get(REVIEW)
            if review and review.planned_on and not review.done_on and self.today <= review.planned_on <= last:
                lines.append(Line(challenge, REVIEW, review.planned_on))
        return lines

    def deadlines(self, first: dt.date, last: dt.date) -> list[Line]:
        return [
            Line(challenge, kind, due_on)
            for challenge in self.challenges
            for due_on, kind in self.open_by_challenge[challenge.pk]
            if first <= due_on <= last
        ]

    @cached_property
    def due(self) -> list[Line]:
        return self.deadlines(self.today, self.today + dt.timedelta(days=SOON))

    @cached_property
    def missed(self) -> list[Line]:
        return self.deadlines(dt.date.min, self.today - dt.timedelta(days=1))

    @cached_property
    def postponed(self) -> list[Line]:
        return [Line(challenge) for challenge in self.challenges if challenge.is_postponed]

    @cached_property
    def attention(self) -> list[Line]:
        """Worst first: what was missed, what has no date, what is due soon. A challenge stands once, with its worst."""
        worst: dict[int, Line] = {}
        for line in [*by_due(self.missed), *self.postponed, *by_due(self.due)]:
            worst.setdefault(line.challenge.pk, line)
        return list(worst.values())

    def lines(self, asked: PortfolioFilter) -> list[Line]:
        """The rows of the table, as many as the figure that was chosen says, in the order asked for."""
        shown: list[Line] = getattr(self, asked.show) if asked.show in SHOWS and asked.show else self.under_way
        if asked.show == "attention" and not asked.sort:
            return shown
        return in_order(shown, asked.sort)

    def clock(self, challenge: Challenge) -> list[Deadline]:
        return read_clock(
            challenge.counted_from,
            self.rules[challenge.type_id],
            self.recorded_of(challenge),
            happened_by(challenge.stage),
        )


def by_due(lines: Sequence[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (line.due_on or NO_DATE, line.challenge.council))


SORTS = {
    "council": lambda line: line.challenge.council.lower(),
    "kind": lambda line: line.challenge.kind,
    "visit": lambda line: line.challenge.visit_starts_on or NO_DATE,
    "stage": lambda line: line.challenge.stage_words,
    "deadline": lambda line: line.deadline_words,
    "days": lambda line: line.due_on or NO_DATE,
    "manager": lambda line: line.challenge.manager or "",
}


def in_order(lines: Sequence[Line], sort: str) -> list[Line]:
    """Soonest first unless another column was chosen; what is postponed stands last."""
    wanted = SORTS.get(sort.removeprefix("-"))
    if wanted is None:
        return sorted(by_due(lines), key=lambda line: line.challenge.is_postponed)
    return sorted(by_due(lines), key=wanted, reverse=sort.startswith("-"))


def portfolio(user: User, asked: PortfolioFilter, *, today: dt.date) -> Portfolio:
    """Read the challenges under way that match. Three statements."""
    found = Engagement.objects.visible_to(user).under_way()
    if asked.manager and asked.manager != "all":
        found = found.filter(manager__in=managers_called(asked.manager))
    if asked.kind:
        found = found.filter(type__key=asked.kind)
    if asked.stage in Standing.values:
        found = found.filter(standing=asked.stage)
    elif asked.stage:
        found = found.filter(stage=asked.stage.replace("-", "_"), standing=Standing.ACTIVE)
    if asked.region:
        found = found.filter(council__region__in=[region for region in regions() if slugify(region) == asked.region])
    if asked.council:
        named = Q(council__name__icontains=asked.council) | Q(other_councils__name__icontains=asked.council)
        found = found.filter(named).distinct()
    challenges = [Challenge(*row) for row in found.values_list(*CHALLENGE_FIELDS)]
    return Portfolio(challenges=challenges, today=today, rules=rules_by_type(), recorded=recorded_days(challenges))


def recorded_days(challenges: Sequence[Challenge]) -> dict[int, dict[str, Recorded]]:
    """The days people recorded, without their words: that is enough for a list."""
    recorded: dict[int, dict[str, Recorded]] = defaultdict(dict)
    rows = Milestone.objects.all()
    if len(challenges) <= 1000:
        rows = rows.filter(engagement__in=[challenge.pk for challenge in challenges])
    for pk, kind, done, planned, agreed, why, waived in rows.values_list(
        "engagement_id", "kind", "done_on", "planned_on", "agreed_due_on", "late_reason", "waived_reason"
    ):
        recorded[pk][kind] = Recorded(done, planned, agreed, late_reason=why, waived_reason=waived)
    return recorded


def managers_called(word: str) -> list[int]:
    return [pk for pk, name in all_managers() if slugify(name) == word]


def all_managers() -> list[tuple[int, str]]:
    return list(User.objects.filter(lga_role=LgaRole.MANAGER).order_by("name").values_list("pk", "name"))


def regions() -> list[str]:
    found = Council.objects.exclude(region="").order_by("region").values_list("region", flat=True).distinct()
    return list(found)


def given_up_dates(challenges: Sequence[Challenge]) -> dict[int, VisitDate]:
    """The latest postponement of each of these challenges: the date taken away, when and why."""
    entries = VisitDate.objects.filter(
        engagement__in=[challenge.pk for challenge in challenges if challenge.is_postponed],
        state=VisitDate.State.POSTPONED,
    ).order_by("pk")
    return {entry.engagement_id: entry for entry in entries}


def challenges_joined(user: User) -> QuerySet[Engagement]:
    """The challenges `user` has accepted a place in the team of, the latest visit first."""
    places = EngagementPeer.objects.current().filter(user=user)
    joined = Engagement.objects.visible_to(user).filter(pk__in=places.values("engagement"))
    return joined.select_related("council", "type", "manager").order_by(
        F("visit_starts_on").desc(nulls_first=True), "pk"
    )
