"""What the plan's pages show, read in a fixed number of queries however long the plan is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import slugify

from actionplans.lines import ActionLine
from actionplans.models import Action, ActionOwner, CommitteeReport, Plan
from actionplans.models.report import spoken_of
from actionplans.plan_filter import DUE_WORDS, NOT_RATED, PLAN_ORDER, Choice, PlanFilter, due_condition
from actionplans.positions import Answer, Confidence, OwnerKind, Status
from engagements.models import Engagement, Post

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

ROWS = 100
LINE_FIELDS = (
    "pk",
    "recommendation_id",
    "ref",
    "slug",
    "headline",
    "timescale",
    "due_on",
    "original_timescale",
    "times_moved",
    "status",
    "status_label",
    "confidence",
    "completed_on",
    "completed_how",
    "latest_on",
    "latest_words",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a plan. Each is counted by the condition that its link shows."""

    total: int
    overdue: int
    soon: int
    moved: int
    waiting: int
    shown: int
    by_status: Mapping[str, int]

    @property
    def complete(self) -> int:
        return self.by_status[Status.COMPLETE]


@dataclass(frozen=True, slots=True)
class PlanGroup:
    """A recommendation with those of its actions that the page shows."""

    label: str
    text: str
    url: str
    answer: str
    add_url: str = ""
    lines: Sequence[ActionLine] = ()
    served_under: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class PlanTable:
    groups: Sequence[PlanGroup]
    counts: Counts
    page: Page[Any]
    owners: Sequence[Choice]
    areas: Sequence[Choice]
    is_grouped: bool = True

    @property
    def hidden(self) -> int:
        return self.counts.total - self.counts.shown


@dataclass
class Owners:
    """The owners of actions by action, each kind as one text."""

    by_action: dict[int, dict[str, list[str]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    mine: set[int] = field(default_factory=set)

    def words(self, action: int, kind: str) -> str:
        return "; ".join(self.by_action[action][kind]) if action in self.by_action else ""


def plan_of(engagement: Engagement) -> Plan | None:
    """The plan with `last_cut_off_on`, the day up to which the last issued report speaks."""
    last = CommitteeReport.objects.filter(engagement=OuterRef("engagement"), state=CommitteeReport.State.ISSUED)
    newest = last.annotate(position_on=spoken_of()).order_by("-position_on", "-pk").values("position_on")[:1]
    annotated = Plan.objects.annotate(last_cut_off_on=Subquery(newest))
    return annotated.filter(engagement=engagement).first()


def last_cut_off(read: Plan | Engagement | None) -> dt.date | None:
    """What `plan_of` and the loader of the plan's page have read beside their rows."""
    return getattr(read, "last_cut_off_on", None)


def owners_of(actions: Q, *, of: "User | None" = None, today: dt.date | None = None) -> Owners:
    """Every owner of the actions that meet a condition, in one query, and which of the actions are of a person's posts."""
    owners = Owners()
    held = Q(post__in=Post.objects.held_by(of, today)) if of and today and not of.is_lga_staff else Q(pk=None)
    rows = ActionOwner.objects.filter(actions).annotate(is_mine=ExpressionWrapper(held, output_field=BooleanField()))
    ordered = rows.order_by("action_id", "position", "pk")
    for action, kind, heading, title, is_mine in ordered.values_list(
        "action_id", "kind", "heading", "post__title", "is_mine"
    ):
        owners.by_action[action][kind].append(f"{heading}: {title}" if kind == "other" and heading else title)
        if is_mine:
            owners.mine.add(action)
    return owners


def posts_of(engagement: Engagement) -> list[tuple[int, str]]:
    """The posts that own any action of a plan, by title."""
    owning = engagement.actions.values("owners__post")
    posts = Post.objects.filter(council=engagement.council_id, pk__in=owning)
    return list(posts.order_by("title").values_list("pk", "title"))


# The same few titles stand in every row of a plan.
slugified = lru_cache(maxsize=20_000)(slugify)


def count_actions(
    actions: "QuerySet[Action]", *, today: dt.date, since: dt.date | None, shown: Q | None = None
) -> Counts:
    """All figures in one query: one row per status."""
    conditions = {
        name: due_condition(name, today=today, since=since) for name in ("overdue", "soon", "moved", "waiting")
    }
    if shown:
        conditions["shown"] = shown
    counted = {name: Count("pk", filter=must) for name, must in conditions.items()}
    rows: list[Any] = list(actions.order_by().values("status").annotate(total=Count("pk"), **counted))
    sums = {name: sum(row[name] for row in rows) for name in ("total", *conditions)}
    found = {row["status"]: row["total"] for row in rows}
    return Counts(
        total=sums["total"],
        overdue=sums["overdue"],
        soon=sums["soon"],
        moved=sums["moved"],
        waiting=sums["waiting"],
        shown=sums.get("shown", sums["total"]),
        by_status={status: found.get(status, 0) for status in Status.values},
    )


def plan_table(
    engagement: Engagement,
    asked: PlanFilter,
    *,
    user: "User",
    today: dt.date,
    since: dt.date | None,
    page: str | None = None,
    rows: int = ROWS,
) -> PlanTable:
    """The plan as one table: recommendation by recommendation, or in another order when sorted."""
    posts = posts_of(engagement)
    must = asked.conditions(today=today, since=since, posts={slugified(title): pk for pk, title in posts})
    counts = count_actions(engagement.actions.all(), today=today, since=since, shown=must)
    # The second condition says what the first implies; with it the database reads this challenge's recommendations only.
    wanted = engagement.actions.filter(must, recommendation__engagement=engagement)
    paginator: Paginator[Any] = Paginator(wanted.order_by(*asked.order()).values_list(*LINE_FIELDS), rows)
    paginator.count = counts.shown  # known already, so it is not counted again
    shown = paginator.get_page(page)
    read = list(shown.object_list)
    owners = owners_of(Q(action__in=[values[0] for values in read]), of=user, today=today)
    lines = [line_of(values, owners, today=today, base=plan_address(engagement)) for values in read]
    recommendations = recommendations_of(engagement)
    if asked.sort:
        groups = [PlanGroup(label="", text="", url="", answer="", lines=lines)]
    else:
        groups = grouped(lines, recommendations, engagement=engagement, with_empty=not asked.is_narrow, page=shown)
    areas = {row["focus_area"]: row["focus_area__title"] for row in recommendations if row["focus_area"]}
    return PlanTable(
        groups=groups,
        counts=counts,
        page=shown,
        owners=[Choice(slugified(title), title, slugified(title) == asked.owner) for _, title in posts],
        areas=[Choice(str(pk), title, str(pk) == asked.area) for pk, title in areas.items()],
        is_grouped=not asked.sort,
    )


def plan_address(engagement: Engagement) -> str:
    return reverse("actionplans:plan", args=[engagement.slug])


def line_of(values: tuple[Any, ...], owners: Owners, *, today: dt.date, base: str, note: str = "") -> ActionLine:
    """A row as read, with its owners and a note under its name. Its address is the plan's and its own: resolving each would be slow."""
    action, slug = values[0], values[3]
    return ActionLine(
        today,
        f"{base}{slug}/",
        owners.words(action, OwnerKind.ACCOUNTABLE),
        owners.words(action, OwnerKind.RESPONSIBLE),
        owners.words(action, OwnerKind.OTHER),
        note,
        action in owners.mine,
        *values,
    )


RECOMMENDATION_FIELDS = (
    "pk",
    "position",
    "ref",
    "slug",
    "text",
    "focus_area",
    "focus_area__title",
    "response__answer",
    "response__reason",
    "response__words",
    "has_actions",
)


def recommendations_of(engagement: Engagement) -> list[dict[str, Any]]:
    actions = Action.objects.filter(recommendation=OuterRef("pk"))
    final = engagement.recommendations.filter(is_final=True).annotate(has_actions=Exists(actions))
    return list(final.order_by("position", "pk").values(*RECOMMENDATION_FIELDS))


def answer_words(row: Mapping[str, Any]) -> str:
    """The council's answer with its reason: Accepted in part: “the Leader already chairs one board”."""
    answer, why = row["response__answer"], row["response__reason"] or row["response__words"] or ""
    if not answer:
        return why or "Response not yet given"
    return f"{Answer(answer).label}: “{why}”" if why else str(Answer(answer).label)


def grouped(
    lines: Sequence[ActionLine],
    recommendations: Sequence[Mapping[str, Any]],
    *,
    engagement: Engagement,
    with_empty: bool,
    page: "Page[Any]",
) -> list[PlanGroup]:
    """One group per recommendation of this page. Those without an action stand where they belong, once."""
    lines_of: dict[int, list[ActionLine]] = defaultdict(list)
    for line in lines:
        lines_of[line.recommendation].append(line)
    places = [row["position"] for row in recommendations if row["pk"] in lines_of]
    first = places[0] if places and page.has_previous() else 0
    last = places[-1] if places and page.has_next() else None
    idle = [row["pk"] for row in recommendations if not row["has_actions"]]
    served = served_under(engagement, idle) if with_empty and idle else {}
    # Resolving an address takes longer than reading a row, so the part that all have is resolved once.
    page_base = reverse("actionplans:recommendation", args=[engagement.slug, "-"]).removesuffix("-/")
    add_base, groups = reverse("actionplans:add_action", args=[engagement.slug]), []
    for row in recommendations:
        belongs = row["position"] >= first and (last is None or row["position"] <= last)
        if row["pk"] in lines_of or (with_empty and belongs and not row["has_actions"]):
            groups.append(
                PlanGroup(
                    label=row["ref"] or str(row["position"]),
                    text=row["text"],
                    url=f"{page_base}{row['slug']}/",
                    answer=answer_words(row),
                    add_url=f"{add_base}?recommendation={row['slug']}",
                    lines=lines_of[row["pk"]],
                    served_under=served.get(row["pk"], ()),
                )
            )
    return groups


def served_under(engagement: Engagement, recommendations: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """For recommendations without an action of their own: the actions elsewhere that serve them, as (ref, address)."""
    base, found = plan_address(engagement), defaultdict(list)
    actions = Action.objects.filter(engagement=engagement, further_recommendations__recommendation__in=recommendations)
    rows = actions.order_by(*PLAN_ORDER).values_list("further_recommendations__recommendation", "ref", "slug")
    for recommendation, ref, slug in rows:
        found[recommendation].append((ref, f"{base}{slug}/"))
    return found


def status_choices(asked: PlanFilter) -> list[Choice]:
    return [Choice(status.value, str(status.label), status.value == asked.status) for status in Status]


def confidence_choices(asked: PlanFilter) -> list[Choice]:
    rated = [Confidence.ON_TRACK, Confidence.AT_RISK, Confidence.OFF_TRACK]
    choices = [Choice(value.value, str(value.label), value.value == asked.confidence) for value in rated]
    return [*choices, Choice(NOT_RATED, str(Confidence.NOT_RATED.label), asked.confidence == NOT_RATED)]


def due_choices(asked: PlanFilter) -> list[Choice]:
    return [Choice(value, words, value == asked.due) for value, words in DUE_WORDS.items()]
