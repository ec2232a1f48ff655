"""What a move to the next stage asks for. One list serves the gate, the list of what is still needed and the refusal.

A condition is a code (named in `stages.MOVES`), a sentence, whether it is met, a fact that says which, and the page
that settles it. Rules warn and never block, but for the two in `stages.HARD_CONDITIONS`.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from engagements.clock import Deadline, clock_of
from engagements.milestones import REVIEW
from engagements.models import Engagement, EngagementPeer, FocusArea, Recommendation
from engagements.stages import HARD_CONDITIONS, next_move
from peerchallenge.web.words import counted, long_date


@dataclass(frozen=True)
class Facts:
    """What the conditions look at, read once."""

    engagement: Engagement
    today: dt.date
    peers: int
    focus_areas: int
    recommendations: int
    unworded: int
    recorded: dict[str, tuple[dt.date | None, dt.date | None]]  # kind: (done on, planned on)
    waived: frozenset[str] = frozenset()  # the milestones nobody asks for any more


@dataclass(frozen=True)
class Condition:
    code: str
    sentence: str
    is_met: bool
    detail: str
    link: str

    @property
    def is_hard(self) -> bool:
        return self.code in HARD_CONDITIONS


Finding = tuple[bool, str]
NOT_ASKED = "Not asked for"


def read_facts(engagement: Engagement, today: dt.date, deadlines: Iterable[Deadline] | None = None) -> Facts:
    """The counts in one statement, whatever the stage; the milestones too, unless the caller has read the clock."""
    of_it = {"engagement": OuterRef("pk")}
    counts = Engagement.objects.filter(pk=engagement.pk).values_list(
        _count(EngagementPeer.objects.current().filter(**of_it)),
        _count(FocusArea.objects.filter(**of_it)),
        _count(Recommendation.objects.filter(**of_it)),
        _count(Recommendation.objects.filter(**of_it, text__regex=r"^\s*$")),
    )
    peers, focus_areas, recommendations, unworded = counts.get()
    deadlines = clock_of(engagement) if deadlines is None else list(deadlines)
    return Facts(
        engagement=engagement,
        today=today,
        peers=peers,
        focus_areas=focus_areas,
        recommendations=recommendations,
        unworded=unworded,
        recorded={deadline.kind: (deadline.recorded.done_on, deadline.recorded.planned_on) for deadline in deadlines},
        waived=frozenset(deadline.kind for deadline in deadlines if deadline.is_waived),
    )


def _count(rows: QuerySet) -> Coalesce:
    """How many rows, as part of another statement."""
    counted = rows.order_by().values("engagement").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _manager_named(facts: Facts) -> Finding:
    manager = facts.engagement.manager
    return manager is not None, str(manager) if manager else "Nobody yet"


def _visit_confirmed(facts: Facts) -> Finding:
    challenge = facts.engagement
    if challenge.visit_is_confirmed:
        return True, challenge.visit_in_words
    if challenge.visit_starts_on:
        return False, f"Proposed: {challenge.visit_in_words}"
    return False, challenge.visit_wish or "No date yet"


def _framework_chosen(facts: Facts) -> Finding:
    framework = facts.engagement.framework
    return framework is not None, framework.title if framework else "No themes chosen"


def _focus_areas_set(facts: Facts) -> Finding:
    return facts.focus_areas > 0, counted(facts.focus_areas, "focus area") if facts.focus_areas else "No focus area yet"


def _peer_accepted(facts: Facts) -> Finding:
    return facts.peers > 0, counted(facts.peers, "peer") if facts.peers else "Nobody has accepted a place yet"


def _visit_begun(facts: Facts) -> Finding:
    starts_on = facts.engagement.visit_starts_on
    if starts_on is None:
        return False, "No date yet"
    if starts_on > facts.today:
        return False, f"Begins on {long_date(starts_on)}"
    return True, f"Began on {long_date(starts_on)}"


def _visit_over(facts: Facts) -> Finding:
    ends_on = facts.engagement.visit_ends_on
    if ends_on is None:
        return False, "No date yet"
    if ends_on > facts.today:
        return False, f"Ends on {long_date(ends_on)}"
    return True, f"Ended on {long_date(ends_on)}"


def _recommendations_written(facts: Facts) -> Finding:
    written = facts.recommendations
    return written > 0, counted(written, "recommendation") if written else "None written yet"


def _recommendations_worded(facts: Facts) -> Finding:
    if not facts.recommendations:
        return False, "None written yet"
    if facts.unworded:
        return False, f"{counted(facts.unworded, 'recommendation')} without words"
    return True, counted(facts.recommendations, "recommendation")


def _done(kind: str) -> Callable[[Facts], Finding]:
    def look(facts: Facts) -> Finding:
        done_on, _ = facts.recorded.get(kind, (None, None))
        if done_on is None and kind in facts.waived:
            return True, NOT_ASKED
        return done_on is not None, long_date(done_on) if done_on else "No date recorded"

    return look


def _review_booked(facts: Facts) -> Finding:
    done_on, planned_on = facts.recorded.get(REVIEW, (None, None))
    if done_on:
        return True, f"Took place on {long_date(done_on)}"
    if REVIEW in facts.waived:
        return True, NOT_ASKED
    return planned_on is not None, f"Booked for {long_date(planned_on)}" if planned_on else "No date yet"


@dataclass(frozen=True)
class Rule:
    """How one condition is found out, what it says, and the name of the page that settles it."""

    sentence: str
    find: Callable[[Facts], Finding]
    page: str
    milestone: str = ""

    def link(self, slug: str) -> str:
        return reverse(self.page, args=[slug, self.milestone.replace("_", "-")] if self.milestone else [slug])


RULES: dict[str, Rule] = {
    "manager_named": Rule("Name the peer challenge manager", _manager_named, "engagements:manager"),
    "visit_confirmed": Rule("Confirm the date of the visit", _visit_confirmed, "engagements:confirm_visit"),
    "framework_chosen": Rule("Choose the themes and questions", _framework_chosen, "engagements:scope"),
    "focus_areas_set": Rule("Agree what the challenge looks at", _focus_areas_set, "engagements:scope"),
    "peer_accepted": Rule("Confirm a peer", _peer_accepted, "engagements:team"),
    "visit_begun": Rule("Wait for the first day of the visit", _visit_begun, "engagements:overview"),
    "visit_over": Rule("Wait for the last day of the visit", _visit_over, "engagements:overview"),
    "recommendations_written": Rule(
        "Write the recommendations", _recommendations_written, "engagements:recommendations"
    ),
    "recommendations_worded": Rule(
        "Give every recommendation its words", _recommendations_worded, "engagements:recommendations"
    ),
    "report_date_recorded": Rule(
        "Record when the report was published", _done("report_published"), "engagements:milestone", "report_published"
    ),
    "plan_date_recorded": Rule(
        "Record when the action plan was published",
        _done("action_plan_latest"),
        "engagements:milestone",
        "action_plan_latest",
    ),
    "review_booked": Rule("Book the progress review", _review_booked, "engagements:milestone", "progress_review"),
    "review_report_recorded": Rule(
        "Record when the progress review report was published",
        _done("progress_review_report"),
        "engagements:milestone",
        "progress_review_report",
    ),
}


def conditions_of(codes: tuple[str, ...], facts: Facts) -> list[Condition]:
    found = []
    for code in codes:
        rule = RULES[code]
        is_met, detail = rule.find(facts)
        found.append(Condition(code, rule.sentence, is_met, detail, rule.link(facts.engagement.slug)))
    return found


def still_needed(engagement: Engagement, today: dt.date) -> list[Condition]:
    """The conditions of the next move, met and unmet. None when the challenge is closed."""
    move = next_move(engagement.stage)
    return conditions_of(move.conditions, read_facts(engagement, today)) if move else []
