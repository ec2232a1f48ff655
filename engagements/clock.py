"""The clock: when each milestone of a challenge is due, counted from its visit, and how late it is.

Nothing here is stored. The visit's date and the rules of the kind of challenge give the due dates; an agreed other
date takes a rule's place; late is worked out from today. Moving the visit moves every date that follows from it.
"""

import calendar
import datetime as dt
import functools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from engagements.milestones import DEADLINES, MILESTONES, PLAN, PLAN_TARGET, MilestoneWords, happened_by
from engagements.models import Engagement, Milestone, MilestoneRule
from peerchallenge.web.words import SPACE, counted, long_date


@functools.lru_cache(maxsize=50_000)
def add_months(day: dt.date, months: int) -> dt.date:
    """The same day some months on; in a shorter month its last day. 30 November and 3 months give 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Visit:
    """The visit that milestones are counted from: its first day, or the last day of its month where no more is known."""

    counted_from: dt.date
    is_month_only: bool = False

    @classmethod
    def on(cls, starts_on: dt.date | None, ends_on: dt.date | None, is_month_only: bool) -> "Visit | None":
        if starts_on is None:
            return None
        return cls(ends_on, is_month_only=True) if is_month_only and ends_on else cls(starts_on)

    @classmethod
    def of(cls, engagement: Engagement) -> "Visit | None":
        """The challenge's own visit; for a progress review that of the challenge it looks back on."""
        counted = engagement.parent if engagement.parent_id else engagement
        if counted is None:
            return None
        return cls.on(counted.visit_starts_on, counted.visit_ends_on, counted.visit_is_month_only)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What people have written down about one milestone."""

    done_on: dt.date | None = None
    planned_on: dt.date | None = None
    agreed_due_on: dt.date | None = None
    agreed_reason: str = ""
    agreed_by: str = ""
    link: str = ""
    note: str = ""
    late_reason: str = ""
    waived_reason: str = ""


NOTHING = Recorded()


@dataclass(frozen=True, slots=True)
class Deadline:
    """One milestone as it stands: what the rule gives, what was agreed instead, whether and when it was done."""

    kind: str
    months: int
    rule_due_on: dt.date | None
    recorded: Recorded = NOTHING
    is_month_only: bool = False
    better_by: dt.date | None = None  # an earlier day to aim at: the plan is best published with the report
    has_happened: bool = False  # the challenge's stage says so, whether or not its day was recorded

    @property
    def words(self) -> MilestoneWords:
        return MILESTONES[self.kind]

    @property
    def due_on(self) -> dt.date | None:
        return self.recorded.agreed_due_on or self.rule_due_on

    @property
    def is_done(self) -> bool:
        return self.has_happened or self.recorded.done_on is not None

    @property
    def is_waived(self) -> bool:
        """Nobody asks for it any more, and somebody said why."""
        return bool(self.recorded.waived_reason)

    def is_missed(self, today: dt.date) -> bool:
        """Due before today and not done."""
        return self.due_on is not None and not self.is_done and not self.is_waived and self.due_on < today

    def days_late(self, today: dt.date) -> int:
        """Calendar days past the due date: of the day it was done, else of today. 0 in time or where nobody knows the day."""
        if self.due_on is None or (self.has_happened and self.recorded.done_on is None):
            return 0
        if self.is_waived and self.recorded.done_on is None:
            return 0
        return max(0, ((self.recorded.done_on or today) - self.due_on).days)

    def days_left(self, today: dt.date) -> int | None:
        """Calendar days to the due date, below 0 once it has passed; None when done or without a date."""
        if self.due_on is None or self.is_done or self.is_waived:
            return None
        return (self.due_on - today).days

    @property
    def days_early(self) -> int:
        if self.due_on is None or self.recorded.done_on is None:
            return 0
        return max(0, (self.due_on - self.recorded.done_on).days)

    @property
    def rule_words(self) -> str:
        """The rule in words: 3 months from the visit, about 10 months from the visit, within 5 years."""
        years, odd = divmod(self.months, 12)
        return self.words.rule.format(
            months=self.months, years=counted(years, "year") if not odd else counted(self.months, "month")
        )

    @property
    def due_words(self) -> str:
        """The due date; only its month where only the visit's month is known and nothing else was agreed."""
        if self.due_on is None:
            return ""
        if self.is_month_only and not self.recorded.agreed_due_on:
            return f"{self.due_on:%B}{SPACE}{self.due_on.year}"
        return long_date(self.due_on)

    def standing_words(self, today: dt.date) -> str:
        """47 days late, 8 days left, due today; for what is done 8 days early, or nothing when it was on the day."""
        if self.due_on is None:
            return ""
        if late := self.days_late(today):
            return f"{counted(late, 'day')} late"
        if self.has_happened and self.recorded.done_on is None:
            return "done, day not recorded"
        if self.is_waived and not self.is_done:
            return "not asked for"
        if self.is_done:
            return f"{counted(self.days_early, 'day')} early" if self.days_early else "on the day"
        left = (self.due_on - today).days
        return f"{counted(left, 'day')} left" if left else "due today"


# Kind, months from the visit, and the first visit the rule counts for where it is younger than some.
Rule = tuple[str, int, dt.date | None]
NEVER: frozenset[str] = frozenset()


def months_by_kind(visit: Visit | None, rules: Iterable[Rule]) -> dict[str, int]:
    """The rules that count for a visit of this day."""
    return {
        kind: months for kind, months, since in rules if since is None or visit is None or visit.counted_from >= since
    }


def read_clock(
    visit: Visit | None, rules: Iterable[Rule], recorded: Mapping[str, Recorded], happened: Collection[str] = NEVER
) -> list[Deadline]:
    """The milestones of one challenge in the order they fall due. Without a visit date the rules give no date."""
    months = months_by_kind(visit, rules)
    deadlines = [
        Deadline(
            kind=kind,
            months=months[kind],
            rule_due_on=add_months(visit.counted_from, months[kind]) if visit else None,
            recorded=recorded.get(kind, NOTHING),
            is_month_only=visit.is_month_only if visit else False,
            better_by=plan_target(visit, months) if kind == PLAN else None,
            has_happened=kind in happened,
        )
        for kind in MILESTONES
        if kind in months
    ]
    return sorted(deadlines, key=lambda deadline: deadline.months)


def open_dates(
    visit: Visit | None, rules: Iterable[Rule], recorded: Mapping[str, Recorded], happened: Collection[str] = NEVER
) -> list[tuple[dt.date, str]]:
    """What is still to be done and when, soonest first: as `read_clock` says, without the words, for long lists.

    The next challenge is left out: it is the date of another challenge.
    """
    waiting = []
    for kind, months in months_by_kind(visit, rules).items():
        known = recorded.get(kind, NOTHING)
        if known.done_on or known.waived_reason or kind in happened or kind not in DEADLINES:
            continue
        due_on = known.agreed_due_on or (add_months(visit.counted_from, months) if visit else None)
        if due_on:
            waiting.append((due_on, kind))
    return sorted(waiting)


def plan_target(visit: Visit | None, months: Mapping[str, int]) -> dt.date | None:
    """When the plan is published at best: with the report. The plan's own date is the latest."""
    target = months.get(PLAN_TARGET)
    return add_months(visit.counted_from, target) if visit and target and target != months.get(PLAN) else None


def rules_by_type() -> dict[int, list[Rule]]:
    rules: dict[int, list[Rule]] = defaultdict(list)
    for type_id, kind, months, since in MilestoneRule.objects.values_list("type_id", "kind", "months", "visits_from"):
        rules[type_id].append((kind, months, since))
    return rules


RECORDED_FIELDS = (
    "done_on",
    "planned_on",
    "agreed_due_on",
    "agreed_reason",
    "agreed_by",
    "link",
    "note",
    "late_reason",
    "waived_reason",
)


def clocks_of(engagements: Iterable[Engagement]) -> dict[int, list[Deadline]]:
    """The milestones of many challenges by their primary key. Two queries, however many; `parent` is to be loaded."""
    challenges = list(engagements)
    rules = rules_by_type()
    recorded: dict[int, dict[str, Recorded]] = defaultdict(dict)
    rows = Milestone.objects.filter(engagement__in=[challenge.pk for challenge in challenges])
    for pk, kind, *facts in rows.values_list("engagement_id", "kind", *RECORDED_FIELDS):
        recorded[pk][kind] = Recorded(*facts)
    return {
        challenge.pk: read_clock(
            Visit.of(challenge), rules[challenge.type_id], recorded[challenge.pk], happened_by(challenge.stage)
        )
        for challenge in challenges
    }


def clock_of(engagement: Engagement) -> list[Deadline]:
    return clocks_of([engagement])[engagement.pk]
