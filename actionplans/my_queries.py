"""What one person or one action shows: my actions, and what stands beside an update."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from actionplans.lines import ActionLine, shortened
from actionplans.models import Action, Plan, ProgressUpdate
from actionplans.plan_filter import UNFINISHED
from actionplans.positions import OwnerKind
from actionplans.queries import LINE_FIELDS, line_of, owners_of, plan_address
from engagements.models import CouncilRole, PostHolding
from peerchallenge.web.words import long_date, short_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

MOST = 500


@dataclass(frozen=True, slots=True)
class MyLine:
    """One of a person's actions, with the recommendation it answers."""

    line: ActionLine
    recommendation: str
    recommendation_words: str
    council: str

    @property
    def updated_words(self) -> str:
        return f"Last updated {short_date(self.line.latest_on)}" if self.line.latest_on else ""

    @property
    def plan_words(self) -> str:
        """What the action was brought in with, where nobody said on which day."""
        return shortened(self.line.latest_words) if not self.line.latest_on else ""


@dataclass(frozen=True, slots=True)
class MyActions:
    to_do: Sequence[MyLine]
    done: Sequence[MyLine]
    needed_by: Sequence[str]
    ask: str


@dataclass(frozen=True, slots=True)
class OwnerLine:
    """A post that owns an action, who holds it now, and whether that is the reader."""

    heading: str
    title: str
    holder: str
    is_you: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside an action."""

    owners: Sequence[OwnerLine]
    first_due: str
    moved: str
    next_report: str
    updates: int
    latest: ProgressUpdate | None


def my_actions_of(user: "User", today: dt.date) -> MyActions:
    """Due first, those without a date last; finished ones apart."""
    actions = Action.objects.visible_to(user).owned_by(user, today)
    rows = list(
        actions.select_related("engagement__council", "engagement__plan", "recommendation").order_by(
            "due_on", "engagement_id", "recommendation__position", "number"
        )[:MOST]
    )
    owners = owners_of(Q(action__in=[action.pk for action in rows]))
    lines = [
        MyLine(
            line=line_of(
                tuple(getattr(action, name) for name in LINE_FIELDS),
                owners,
                today=today,
                base=plan_address(action.engagement),
            ),
            recommendation=action.recommendation.label,
            recommendation_words=action.recommendation.text,
            council=action.engagement.council.name,
        )
        for action in rows
    ]
    return MyActions(
        to_do=[line for line in lines if not line.line.is_finished],
        done=[line for line in lines if line.line.is_finished],
        needed_by=needed_by([action for action in rows if not action.is_finished], today),
        ask=whom_to_ask(user) if not rows else "",
    )


def needed_by(actions: Sequence[Action], today: dt.date) -> list[str]:
    """Until when updates are taken, for each plan that says so: once each."""
    said = []
    for engagement in {action.engagement.pk: action.engagement for action in actions}.values():
        plan: Plan | None = getattr(engagement, "plan", None)
        if plan and plan.updates_close_on and plan.updates_close_on >= today:
            meeting = f" on {short_date(plan.next_meeting_on)}" if plan.next_meeting_on else ""
            said.append(
                f"Updates are needed by {long_date(plan.updates_close_on)} for {plan.committee or 'the committee'}{meeting}."
            )
    return said


def whom_to_ask(user: "User") -> str:
    """The coordinator of the person's council."""
    councils = CouncilRole.objects.filter(user=user).values("council")
    coordinators = CouncilRole.objects.filter(
        council__in=councils, role=CouncilRole.Role.COORDINATOR, user__is_active=True
    )
    return coordinators.order_by("pk").values_list("user__name", flat=True).first() or "the council’s coordinator"


def next_to_update(user: "User", today: dt.date, *, after: Action) -> Action | None:
    """The next of a person's unfinished actions without an update today: the one due first."""
    waiting = Action.objects.visible_to(user).owned_by(user, today).filter(UNFINISHED).exclude(pk=after.pk)
    fresh = waiting.filter(Q(latest_on=None) | Q(latest_on__lt=today))
    return (
        fresh.select_related("engagement")
        .order_by("due_on", "engagement_id", "recommendation__position", "number")
        .first()
    )


def aside_of(action: Action, *, user: "User", plan: Plan | None, today: dt.date) -> Aside:
    latest = action.updates.select_related("by").order_by("-written_on", "-pk").first()
    return Aside(
        owners=owner_lines(action, user=user, today=today),
        first_due=first_due(action),
        moved={0: "Never", 1: "Once", 2: "Twice"}.get(action.times_moved, f"{action.times_moved} times"),
        next_report=next_report(plan),
        updates=action.updates.count(),
        latest=latest,
    )


def owner_lines(action: Action, *, user: "User", today: dt.date) -> list[OwnerLine]:
    """Accountable first, then responsible, then others under the council's own words."""
    owners = list(action.owners.select_related("post").order_by("position", "pk"))
    current = Q(until_on=None) | Q(until_on__gte=today)
    holdings = PostHolding.objects.filter(current, post__in=[owner.post_id for owner in owners], from_on__lte=today)
    holders = {holding.post_id: holding for holding in holdings.order_by("from_on")}
    kinds = {kind: place for place, kind in enumerate(OwnerKind.values)}
    lines = []
    for owner in sorted(owners, key=lambda owner: (kinds[owner.kind], owner.position)):
        holder = holders.get(owner.post_id)
        lines.append(
            OwnerLine(
                heading=owner.heading or str(OwnerKind(owner.kind).label),
                title=owner.post.title,
                holder=holder.name if holder else "",
                is_you=bool(holder and holder.user_id == user.pk),
            )
        )
    return lines


def first_due(action: Action) -> str:
    """Such as Sep 24 (30 September 2024)."""
    if not action.original_timescale:
        return "No date"
    on = action.original_due_on
    words = long_date(on) if on else ""
    return (
        action.original_timescale
        if words in {"", action.original_timescale}
        else f"{action.original_timescale} ({words})"
    )


def next_report(plan: Plan | None) -> str:
    if plan is None or plan.next_meeting_on is None:
        return ""
    closes = f" Updates are needed by {long_date(plan.updates_close_on)}." if plan.updates_close_on else ""
    return f"{plan.committee}, {long_date(plan.next_meeting_on)}.{closes}"
