"""What the plan's pages show, read in a fixed number of queries however long the plan is."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.text import slugify

from actionplans.lines import ActionLine
from actionplans.models import Action, ActionOwner, CommitteeReport, Plan
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
    actions_of: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[str, str] = field(default_factory=dict)
    mine: set[int] = field(default_factory=set)

    def words(self, action: int, kind: str) -> str:
        return "; ".join(self.by_action[action][kind]) if action in self.by_action else ""


def plan_of(engagement: Engagement) -> Plan | None:
    """The plan with `last_cut_off_on`, the day up to which the last issued report speaks."""
    last = CommitteeReport.objects.filter(engagement=OuterRef("engagement"), state=CommitteeReport.State.ISSUED)
    annotated = Plan.objects.annotate(last_cut_off_on=Subquery(last.order_by("-cut_off_on", "-pk").values("cut_off_on")[:1]))
    return annotated.filter(engagement=engagement).first()


def last_cut_off(plan: Plan | None) -> dt.date | None:
    return getattr(plan, "last_cut_off_on", None)


def owners_of(actions: Q, *, mine: Iterable[int] = ()) -> Owners:
    """Every owner of the actions that meet a condition, in one query."""
    owners, my_posts = Owners(), set(mine)
    rows = ActionOwner.objects.filter(actions).order_by("action_id", "position", "pk")
    for action, kind, heading, post, title in rows.values_list("action_id", "kind", "heading", "post_id", "post__title"):
        address = slugify(title)
        owners.by_action[action][kind].append(f"{heading}: {title}" if kind == OwnerKind.OTHER and heading else title)
        owners.actions_of[address].add(action)
        owners.titles[address] = title
        if post in my_posts:
            owners.mine.add(action)
    return owners


def posts_held(user: "User", today: dt.date) -> set[int]:
    """Posts that a person holds today. Nobody at the LGA holds a post of a council."""
    return set() if user.is_lga_staff else set(Post.objects.held_by(user, today).values_list("pk", flat=True))


def count_actions(actions: "QuerySet[Action]", *, today: dt.date, since: dt.date | None, shown: Q | None = None) -> Counts:
    """All figures in one query."""
    conditions = {name: due_condition(name, today=today, since=since) for name in ("overdue", "soon", "moved", "waiting")}
    conditions |= {f"status_{status}": Q(status=status) for status in Status.values}
    if shown:
        conditions["shown"] = shown
    counted = actions.aggregate(total=Count("pk"), **{name: Count("pk", filter=must) for name, must in conditions.items()})
    return Counts(
        total=counted["total"],
        overdue=counted["overdue"],
        soon=counted["soon"],
        moved=counted["moved"],
        waiting=counted["waiting"],
        shown=counted.get("shown", counted["total"]),
        by_status={status: counted[f"status_{status}"] for status in Status.values},
    )


def plan_table(
    engagement: Engagement, asked: PlanFilter, *, user: "User", today: dt.date, since: dt.date | None, page: str | None = None, rows: int = ROWS
) -> PlanTable:
    """The plan as one table: recommendation by recommendation, or in another order when sorted."""
    owners = owners_of(Q(action__engagement=engagement), mine=posts_held(user, today))
    must = asked.conditions(today=today, since=since, posts=owners.actions_of)
    counts = count_actions(engagement.actions.all(), today=today, since=since, shown=must)
    paginator = Paginator(CountedRows(engagement.actions.filter(must).order_by(*asked.order()), counts.shown), rows)
    shown = paginator.get_page(page)
    lines = [line_of(values, owners, today=today, base=plan_address(engagement)) for values in shown.object_list]
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
        owners=[Choice(address, title, address == asked.owner) for address, title in sorted(owners.titles.items(), key=lambda pair: pair[1].lower())],
        areas=[Choice(str(pk), title, str(pk) == asked.area) for pk, title in areas.items()],
        is_grouped=not asked.sort,
    )


class CountedRows:
    """Rows of a plan whose number is known already, so that a page asks for its rows only."""

    def __init__(self, actions: "QuerySet[Action]", count: int):
        self.actions = actions.values_list(*LINE_FIELDS)
        self.number = count

    def __len__(self) -> int:
        return self.number

    def __getitem__(self, part: slice) -> "list[tuple[Any, ...]]":
        return list(self.actions[part])


def plan_address(engagement: Engagement) -> str:
    return reverse("actionplans:plan", args=[engagement.slug])


def line_of(values: tuple[Any, ...], owners: Owners, *, today: dt.date, base: str) -> ActionLine:
    """A row as read, with its owners. Its address is the plan's and its own: resolving each would be slow."""
    action, slug = values[0], values[3]
    return ActionLine(
        *values,
        today=today,
        url=f"{base}{slug}/",
        accountable=owners.words(action, OwnerKind.ACCOUNTABLE),
        responsible=owners.words(action, OwnerKind.RESPONSIBLE),
        others=owners.words(action, OwnerKind.OTHER),
        is_mine=action in owners.mine,
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
)


def recommendations_of(engagement: Engagement) -> list[dict[str, Any]]:
    final = engagement.recommendations.filter(is_final=True)
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
    empty = [row["pk"] for row in recommendations if row["pk"] not in lines_of]
    served = served_under(engagement, empty) if with_empty and empty else {}
    having = with_actions(engagement, empty) if with_empty and empty and page.paginator.num_pages > 1 else set()
    add_base, groups = reverse("actionplans:add_action", args=[engagement.slug]), []
    for row in recommendations:
        belongs = row["position"] >= first and (last is None or row["position"] <= last)
        if row["pk"] in lines_of or (with_empty and belongs and row["pk"] not in having):
            groups.append(
                PlanGroup(
                    label=row["ref"] or str(row["position"]),
                    text=row["text"],
                    url=reverse("actionplans:recommendation", args=[engagement.slug, row["slug"]]),
                    answer=answer_words(row),
                    add_url=f"{add_base}?recommendation={row['slug']}",
                    lines=lines_of[row["pk"]],
                    served_under=served.get(row["pk"], ()),
                )
            )
    return groups


def with_actions(engagement: Engagement, recommendations: Sequence[int]) -> set[int]:
    return set(engagement.actions.filter(recommendation__in=recommendations).values_list("recommendation_id", flat=True))


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
