"""What the first pages of a council's people show, worked out from facts: nothing on them is ticked by hand."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import F, Q, QuerySet
from django.urls import reverse

from actionplans.lines import ActionLine
from actionplans.models import ActionOwner, CommitteeReport, Plan, ProgressUpdate
from actionplans.models.report import spoken_of
from actionplans.plan_filter import PlanFilter, due_condition
from actionplans.positions import OwnerKind
from actionplans.queries import (
    LINE_FIELDS,
    Counts,
    count_actions,
    last_cut_off,
    line_of,
    owners_of,
    plan_address,
    plan_of,
)
from engagements.clock import Deadline, clock_of
from engagements.milestones import DEADLINES, REVIEW
from engagements.models import Engagement, JointCouncil, Post
from engagements.rules import councils_with_a_role
from engagements.stages import Standing
from peerchallenge.history.timeline import capitalised
from peerchallenge.web.charts import StatusRow
from peerchallenge.web.parts import Attention, Figure
from peerchallenge.web.words import counted, long_date, short_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

SOON = dt.timedelta(days=30)
REPORTS_SHOWN = 2
DATES_SHOWN = 4
UPDATES_SHOWN = 5
NAMED = 4


@dataclass(frozen=True, slots=True)
class CoordinatorHome:
    figures: Sequence[Figure]
    to_do: Sequence[Attention]
    bars: Sequence[StatusRow]
    dates: Sequence[tuple[dt.date, str]]
    updates: Sequence[ProgressUpdate]
    has_plan: bool
    recommendations: int
    issued: CommitteeReport | None  # the report to the next meeting, once it is issued


@dataclass(frozen=True, slots=True)
class AccountableHome:
    figures: Sequence[Figure]
    counts: Counts
    lines: Sequence[tuple[ActionLine, str]]  # with what their posts are to the action


def challenge_of(user: "User") -> Engagement | None:
    """The challenge a person of a council works on: the latest of their councils' that is not cancelled. Read once."""
    if not hasattr(user, "_challenge"):
        latest = challenges_of(user).select_related("council", "type", "parent")
        user._challenge = latest.first()  # type: ignore[attr-defined]  # kept for the length of the request
    return user._challenge  # type: ignore[attr-defined]  # set above


def challenge_address(user: "User") -> str:
    """The address of that challenge, for pages that need no more of it."""
    if hasattr(user, "_challenge"):
        return user._challenge.slug if user._challenge else ""
    return challenges_of(user).values_list("slug", flat=True).first() or ""


def stay_with(user: "User", engagement: Engagement) -> None:
    """Let the navigation of this request lead to the challenge the person looks at, which they are known to see."""
    user._challenge = engagement  # type: ignore[attr-defined]  # as in challenge_of


def challenges_of(user: "User") -> "QuerySet[Engagement]":
    """Of the councils a person has a role at, the latest first: part of what `visible_to` gives, asked on every page."""
    councils = councils_with_a_role(user)
    ours = Q(council__in=councils) | Q(pk__in=JointCouncil.objects.filter(council__in=councils).values("engagement"))
    mine = Engagement.objects.filter(ours, parent=None).exclude(standing=Standing.CANCELLED)
    return mine.order_by(F("visit_starts_on").desc(nulls_first=True), "-pk")


def coordinator_home(engagement: Engagement, *, today: dt.date) -> CoordinatorHome:
    plan = plan_of(engagement)
    since = last_cut_off(plan)
    counts = count_actions(engagement.actions.all(), today=today, since=since)
    deadlines = clock_of(engagement)
    return CoordinatorHome(
        figures=coordinator_figures(engagement, plan, counts, deadlines, today=today),
        to_do=what_to_do(engagement, plan, counts, deadlines, today=today),
        bars=moved_bars(engagement, counts) if counts.total else [],
        dates=next_dates(plan, deadlines, today=today),
        updates=latest_updates(engagement),
        has_plan=counts.total > 0,
        recommendations=engagement.recommendations.filter(is_final=True).count(),
        issued=issued_for_next_meeting(engagement, plan, today=today),
    )


def coordinator_figures(
    engagement: Engagement, plan: Plan | None, counts: Counts, deadlines: Sequence[Deadline], *, today: dt.date
) -> list[Figure]:
    base, figures = plan_address(engagement), []
    if not counts.total:
        if engagement.visit_starts_on and engagement.visit_starts_on >= today:
            left = (engagement.visit_starts_on - today).days
            figures.append(Figure("days until the visit", left, detail=long_date(engagement.visit_starts_on)))
        return figures
    if plan and plan.updates_close_on and plan.updates_close_on >= today:
        left = (plan.updates_close_on - today).days
        figures.append(Figure("days until updates close", left, detail=long_date(plan.updates_close_on)))
    since = last_cut_off(plan)
    figures += [
        Figure(
            "actions without an update",
            f"{counts.waiting} of {counts.total}",
            url=base + PlanFilter(due="waiting").address(),
            detail=f"since {short_date(since)}" if since else "so far",
        ),
        Figure("overdue", counts.overdue, url=base + PlanFilter(due="overdue").address(), is_late=counts.overdue > 0),
        Figure("due in the next 30 days", counts.soon, url=base + PlanFilter(due="soon").address()),
    ]
    review = next((deadline for deadline in deadlines if deadline.kind == REVIEW and is_open(deadline)), None)
    if review and review.due_on and review.due_on >= today:
        figures.append(Figure("days until the progress review", (review.due_on - today).days, detail=review.due_words))
    return figures


def what_to_do(
    engagement: Engagement, plan: Plan | None, counts: Counts, deadlines: Sequence[Deadline], *, today: dt.date
) -> list[Attention]:
    """What is missing, each with the page that settles it. What is late comes first."""
    found = [
        *missed(engagement, deadlines, today=today),
        *(about_actions(engagement, plan, counts, today=today) if counts.total else []),
        *(about_recommendations(engagement) if counts.total else []),
    ]
    return sorted(found, key=lambda attention: not attention.is_late)


def is_open(deadline: Deadline) -> bool:
    """Whether anybody still waits for a milestone: it is neither done nor waived."""
    return not (deadline.is_done or deadline.is_waived)


def missed(engagement: Engagement, deadlines: Sequence[Deadline], *, today: dt.date) -> list[Attention]:
    """Milestones of the challenge that are late or near."""
    near = [d for d in deadlines if d.kind in DEADLINES and d.due_on and is_open(d) and d.due_on <= today + SOON]
    return [
        Attention(
            capitalised(deadline.words.deed),
            reverse("engagements:milestone", args=[engagement.slug, deadline.kind]),
            right=f"due {deadline.due_words}",
            detail=f"{deadline.words.title}: {deadline.standing_words(today)}." if deadline.is_missed(today) else "",
            is_late=deadline.is_missed(today),
        )
        for deadline in near
    ]


def about_actions(engagement: Engagement, plan: Plan | None, counts: Counts, *, today: dt.date) -> list[Attention]:
    base, found = plan_address(engagement), []
    since = last_cut_off(plan)
    closes = plan.updates_close_on if plan else None
    if counts.waiting:
        found.append(
            Attention(
                f"{counted(counts.waiting, 'action')} without an update",
                base + PlanFilter(due="waiting").address(),
                right=f"by {short_date(closes)}" if closes else "",
                detail=posts_behind(engagement, due_condition("waiting", today=today, since=since)),
                is_late=bool(closes and closes < today),
            )
        )
    if counts.overdue:
        overdue = engagement.actions.filter(due_condition("overdue", today=today, since=since))
        refs = list(
            overdue.order_by("due_on", "recommendation__position", "number").values_list("ref", flat=True)[: NAMED + 1]
        )
        more = " and more" if len(refs) > NAMED else ""
        title = f"{counted(counts.overdue, 'action')} past the date: give a new one or say what is done"
        found.append(
            Attention(
                title, base + PlanFilter(due="overdue").address(), detail=", ".join(refs[:NAMED]) + more, is_late=True
            )
        )
    if plan is None or plan.next_meeting_on is None or plan.next_meeting_on < today:
        title = "Say which committee hears of the plan next, and when"
        found.append(Attention(title, reverse("actionplans:next_report", args=[engagement.slug])))
    elif (
        plan.next_meeting_on <= today + SOON
        and not engagement.committee_reports.filter(meeting_on=plan.next_meeting_on).exists()
    ):
        title = f"Prepare the report for {plan.committee or 'the committee'}"
        address = reverse("actionplans:report_new", args=[engagement.slug])
        found.append(Attention(title, address, right=f"meets {short_date(plan.next_meeting_on)}"))
    empty = posts_with_nobody(engagement, today)
    if empty:
        title = f"{counted(len(empty), 'post')} with nobody in {'it' if len(empty) == 1 else 'them'}"
        address = f"{reverse('engagements:posts', args=[engagement.slug])}?held=nobody"
        found.append(Attention(title, address, detail=named(empty)))
    return found


def about_recommendations(engagement: Engagement) -> list[Attention]:
    final = engagement.recommendations.filter(is_final=True).order_by("position")
    unanswered = list(final.filter(Q(response=None) | Q(response__answer="")).select_related("engagement"))
    idle = list(
        final.filter(actions=None, served_by=None).exclude(response__answer__in=["not_accepted", "already_covered"])
    )
    found = []
    if unanswered:
        address = reverse("actionplans:response", args=[engagement.slug, unanswered[0].slug])
        title = f"Give the council’s response to {counted(len(unanswered), 'recommendation')}"
        found.append(Attention(title, address, detail=named([recommendation.label for recommendation in unanswered])))
    if idle:
        address = f"{reverse('actionplans:add_action', args=[engagement.slug])}?recommendation={idle[0].slug}"
        title = f"{counted(len(idle), 'recommendation')} without an action"
        found.append(Attention(title, address, detail=named([recommendation.label for recommendation in idle])))
    return found


def posts_behind(engagement: Engagement, must: Q) -> str:
    """Who owns the actions that meet a condition: Head of Communications (2 actions), Chief Executive (1)."""
    actions = engagement.actions.filter(must)
    titles = ActionOwner.objects.filter(action__in=actions, kind=OwnerKind.RESPONSIBLE).values_list(
        "post__title", flat=True
    )
    words = [
        f"{title} ({counted(number, 'action') if place == 0 else number})"
        for place, (title, number) in enumerate(Counter(titles).most_common())
    ]
    return f"{named(words)}." if words else ""


def posts_with_nobody(engagement: Engagement, today: dt.date) -> list[str]:
    """Every post of the council that nobody holds today, as the page of posts lists them."""
    current = Q(holdings__from_on__lte=today) & (Q(holdings__until_on=None) | Q(holdings__until_on__gte=today))
    held = Post.objects.filter(current)
    posts = Post.objects.filter(council=engagement.council_id, kind=Post.Kind.POST)
    return list(posts.exclude(pk__in=held.values("pk")).order_by("title").values_list("title", flat=True))


def named(words: Sequence[str]) -> str:
    """The first few, and how many more."""
    more = f" and {len(words) - NAMED} more" if len(words) > NAMED else ""
    return ", ".join(words[:NAMED]) + more


def moved_bars(engagement: Engagement, counts: Counts) -> list[StatusRow]:
    """The plan as the last reports froze it, each under the day it speaks of, and today."""
    issued = engagement.committee_reports.filter(state=CommitteeReport.State.ISSUED).order_by("-meeting_on", "-number")
    rows = [
        StatusRow(short_date(position), frozen_counts(frozen))
        for position, frozen in issued.annotate(position_on=spoken_of()).values_list("position_on", "frozen")[
            :REPORTS_SHOWN
        ]
    ]
    return [*reversed(rows), StatusRow("Today", counts.by_status)]


def issued_for_next_meeting(engagement: Engagement, plan: Plan | None, *, today: dt.date) -> CommitteeReport | None:
    """The newest issue of the report to the meeting that comes next, which the plan names or the report itself."""
    issued = engagement.committee_reports.filter(state=CommitteeReport.State.ISSUED, meeting_on__gte=today)
    if plan and plan.next_meeting_on and plan.next_meeting_on >= today:
        issued = issued.filter(meeting_on=plan.next_meeting_on)
    return issued.defer("frozen", "words").order_by("meeting_on", "-number").first()


def frozen_counts(frozen: dict[str, Any] | None) -> dict[str, int]:
    recommendations = (frozen or {}).get("recommendations", [])
    return Counter(
        action["status"] for recommendation in recommendations for action in recommendation.get("actions", [])
    )


def next_dates(plan: Plan | None, deadlines: Sequence[Deadline], *, today: dt.date) -> list[tuple[dt.date, str]]:
    dates = [(deadline.due_on, deadline.words.title) for deadline in deadlines if deadline.due_on and is_open(deadline)]
    if plan and plan.updates_close_on:
        dates.append((plan.updates_close_on, "Updates close for the committee report"))
    if plan and plan.next_meeting_on:
        dates.append((plan.next_meeting_on, plan.committee or "Committee meeting"))
    return sorted((day, words) for day, words in dates if day >= today)[:DATES_SHOWN]


def latest_updates(engagement: Engagement) -> list[ProgressUpdate]:
    updates = ProgressUpdate.objects.filter(action__engagement=engagement).select_related("by", "action")
    return list(updates.order_by("-written_on", "-pk")[:UPDATES_SHOWN])


def accountable_home(engagement: Engagement, *, user: "User", today: dt.date) -> AccountableHome:
    plan = plan_of(engagement)
    counts = count_actions(engagement.actions.all(), today=today, since=last_cut_off(plan))
    parts = parts_of(user, engagement, today)
    rows = engagement.actions.filter(pk__in=parts).order_by("due_on", "recommendation__position", "number")
    values = list(rows.values_list(*LINE_FIELDS)[:100])
    owners = owners_of(Q(action__in=[row[0] for row in values]))
    base = plan_address(engagement)
    lines = [line_of(row, owners, today=today, base=base) for row in values]
    figures = [
        Figure(
            "actions complete",
            f"{counts.complete} of {counts.total}",
            url=base + PlanFilter(status="complete").address(),
            detail="in the whole plan",
        ),
        owned_figure("you are accountable for", [line for line in lines if OwnerKind.ACCOUNTABLE in parts[line.pk]]),
    ]
    if responsible := [line for line in lines if OwnerKind.RESPONSIBLE in parts[line.pk]]:
        figures.append(owned_figure("you are responsible for", responsible))
    figures.append(
        Figure(
            "overdue",
            counts.overdue,
            url=base + PlanFilter(due="overdue").address(),
            detail="in the whole plan",
            is_late=counts.overdue > 0,
        )
    )
    if plan and plan.next_meeting_on and plan.next_meeting_on >= today:
        figures.append(Figure("next committee", short_date(plan.next_meeting_on), detail=plan.committee))
    return AccountableHome(figures=figures, counts=counts, lines=[(line, part_words(parts[line.pk])) for line in lines])


def parts_of(user: "User", engagement: Engagement, today: dt.date) -> dict[int, set[str]]:
    """What the posts of a person are to each of the actions they own, by action."""
    parts: dict[int, set[str]] = defaultdict(set)
    held = ActionOwner.objects.filter(action__engagement=engagement, post__in=Post.objects.held_by(user, today))
    for action, kind in held.values_list("action_id", "kind"):
        parts[action].add(kind)
    return parts


def part_words(kinds: Collection[str]) -> str:
    """Such as: Accountable and responsible."""
    named_kinds = [str(OwnerKind(kind).label) for kind in OwnerKind.values if kind in kinds]
    return capitalised(" and ".join(named_kinds).lower())


def owned_figure(label: str, lines: Sequence[ActionLine]) -> Figure:
    done = sum(line.is_finished for line in lines)
    return Figure(label, f"{len(lines)}", detail=f"{done} finished" if lines else "")


def is_responsible(user: "User", today: dt.date) -> bool:
    """Whether a person holds a post that is responsible for an action of any plan."""
    held = Post.objects.held_by(user, today)
    return ActionOwner.objects.filter(kind=OwnerKind.RESPONSIBLE, post__in=held).exists()
