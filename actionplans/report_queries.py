"""What a committee report says, gathered from the plan as it stood at the cut-off. Always the same few queries."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.db.models import Prefetch, QuerySet

from actionplans.models import (
    Action,
    ActionOwner,
    AlsoServes,
    CommitteeReport,
    DateChange,
    Position,
    ProgressUpdate,
    Response,
)
from actionplans.models.report import spoken_of
from actionplans.positions import OwnerKind, Status
from actionplans.report_content import (
    ActionLine,
    Contact,
    Implication,
    ProgressReport,
    RecommendationLines,
    StatusCount,
    from_dict,
)
from actionplans.report_positions import ActionRows
from actionplans.report_presets import Facts, generated
from engagements.models import Engagement, Recommendation
from peerchallenge.documents.text import paragraphs

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

IMPLICATIONS = (
    ("financial", "Financial"),
    ("legal", "Legal implications and risk assessment statement"),
    ("equality", "Equality assessment"),
    ("climate", "Climate and environment"),
)
NOTHING_TO_ASK = {Status.SUPERSEDED, Status.CLOSED}


@dataclass(frozen=True)
class Plan:
    """The plan of a challenge with every row that says where its actions were. Recommendations in order."""

    recommendations: Sequence[Recommendation]
    rows: Sequence[ActionRows]
    answers: dict[int, Response]
    further: dict[int, list[int]]

    def of(self, recommendation: Recommendation) -> list[ActionRows]:
        """Its own actions; where it has none, those of other recommendations that serve it too."""
        own = [row for row in self.rows if row.action.recommendation_id == recommendation.pk]
        return own or [row for row in self.rows if recommendation.pk in self.further.get(row.action.pk, ())]


@dataclass(frozen=True)
class Item:
    """An action on its way into a report. `state` is ready, not_ready or left_out; `words` says why."""

    action: Action
    text: str
    updated_on: dt.date | None
    state: str
    words: str


def read_plan(engagement: Engagement) -> Plan:
    """Everything a report needs of a plan, in seven queries whatever its size."""
    recommendations = list(engagement.recommendations.filter(is_final=True).order_by("position"))
    actions = list(
        Action.objects.filter(engagement=engagement, recommendation__is_final=True)
        .order_by("recommendation__position", "number")
        .prefetch_related(
            Prefetch("owners", ActionOwner.objects.select_related("post").order_by("position", "pk")),
            Prefetch("updates", ProgressUpdate.objects.order_by("written_on", "pk")),
            Prefetch("date_changes", DateChange.objects.order_by("agreed_on", "pk")),
            Prefetch("positions", Position.objects.order_by("place")),
            Prefetch("further_recommendations", AlsoServes.objects.order_by("pk")),
        )
    )
    return Plan(
        recommendations,
        [
            ActionRows(
                action, list(action.updates.all()), list(action.date_changes.all()), list(action.positions.all())
            )
            for action in actions
        ],
        {response.recommendation_id: response for response in engagement.responses.all()},
        {
            action.pk: [further.recommendation_id for further in action.further_recommendations.all()]
            for action in actions
        },
    )


def last_report_before(report: CommitteeReport) -> ProgressReport | None:
    """What the last report to an earlier meeting said, from its own frozen data.

    A further issue for the same meeting is compared with the same earlier report as the first was.
    """
    last = (
        CommitteeReport.objects.filter(
            engagement=report.engagement_id, state=CommitteeReport.State.ISSUED, meeting_on__lt=report.meeting_on
        )
        .order_by("-meeting_on", "-number")
        .first()
    )
    return from_dict(ProgressReport, last.frozen) if last is not None and last.frozen else None


def position_day(report: CommitteeReport, *, today: dt.date) -> dt.date:
    """The day whose position a report shows: the cut-off, or today while the cut-off has not come."""
    return min(report.cut_off_on, today)


def gather(report: CommitteeReport, *, today: dt.date) -> ProgressReport:
    """The whole content of a report as at its cut-off, compared with the last report that was issued."""
    return gather_facts(report, today=today)[0]


def gather_facts(report: CommitteeReport, *, today: dt.date) -> tuple[ProgressReport, Facts]:
    """The content, and the facts from which the words that nobody has written are made."""
    engagement = report.engagement
    at = position_day(report, today=today)
    last = last_report_before(report)
    lines = _lines(read_plan(engagement), at=at, last=last)
    council = _council(engagement)
    bare = ProgressReport(
        council=council,
        title=f"{engagement.type.title}: progress on the action plan",
        committee=report.committee,
        meeting_on=report.meeting_on,
        position_at=at,
        produced_on=today,
        number=report.number,
        report_of="",
        recommendations=lines,
        last_report_on=last.meeting_on if last else None,
        previous_counts=_counts(last.actions) if last else (),
        lead_member_label=engagement.council.governance_words.portfolio_holder,
        keywords="peer challenge, action plan, progress report",
    )
    facts = Facts(engagement, bare, last, is_issued_again=_is_issued_again(report))
    return _with_words(bare, report.words, facts), facts


def items(report: CommitteeReport, *, today: dt.date) -> list[Item]:
    """Each action with whether it has an update since the last report. Nothing is asked about what has ended."""
    at = position_day(report, today=today)
    last = last_report_before(report)
    since = last.position_at if last else None
    before = {line.ref: line for line in last.actions} if last else {}
    found = []
    for row in read_plan(report.engagement).rows:
        status = row.standing(at).status
        updated_on = row.last_update_on(at)
        line = before.get(row.action.ref)
        if status in NOTHING_TO_ASK:
            state, words = "left_out", f"Nothing to ask: {Status(status).label.lower()}"
        elif status == Status.COMPLETE and line is not None and line.status == Status.COMPLETE:
            state, words = "ready", "Ready: complete in the last report"
        elif updated_on and (since is None or updated_on > since):
            state, words = "ready", "Ready"
        elif since is None and row.latest(at):
            state, words = "ready", "Ready, with the words of the plan"
        else:
            state, words = "not_ready", ""
        found.append(Item(row.action, row.words, updated_on, state, words))
    return found


def listed_reports(reports: QuerySet[CommitteeReport]) -> QuerySet[CommitteeReport]:
    """Reports as a list shows them, the latest meeting first; what is frozen in them stays where it is."""
    return (
        reports.select_related("file", "engagement__council", "engagement__type", "issued_by")
        .defer("frozen", "words")
        .annotate(position_on=spoken_of())
        .order_by("-meeting_on", "-number")
    )


def committees_known(engagement: Engagement) -> list[str]:
    """Committees of the council: the one that hears of the plan next, those reported to, those among its posts."""
    plan = getattr(engagement, "plan", None)
    reported = engagement.committee_reports.order_by("-meeting_on").values_list("committee", flat=True)
    posts = engagement.council.posts.filter(kind="committee").order_by("title").values_list("title", flat=True)
    names = [plan.committee if plan else "", *reported, *posts]
    return list({name.casefold(): name for name in reversed(names) if name}.values())[::-1]


def report_for_clerk(user: "User", *, today: dt.date) -> CommitteeReport | None:
    """The issued report for the next meeting, else the one for the latest: the last issue of it."""
    mine = CommitteeReport.objects.visible_to(user).filter(
        state=CommitteeReport.State.ISSUED,
        engagement__council__roles__user=user,
        engagement__council__roles__role="clerk",
    )
    mine = mine.select_related("file", "engagement__council", "engagement__type", "issued_by")
    coming = mine.filter(meeting_on__gte=today).order_by("meeting_on", "-number").first()
    return coming or mine.order_by("-meeting_on", "-number").first()


def _is_issued_again(report: CommitteeReport) -> bool:
    """Whether an earlier report to the same meeting was issued."""
    same = CommitteeReport.objects.filter(
        engagement=report.engagement_id, meeting_on=report.meeting_on, number__lt=report.number
    )
    return same.filter(state=CommitteeReport.State.ISSUED).exists()


def _lines(plan: Plan, *, at: dt.date, last: ProgressReport | None) -> tuple[RecommendationLines, ...]:
    before = {line.ref: line for line in last.actions} if last else {}
    found = []
    for recommendation in plan.recommendations:
        answer = plan.answers.get(recommendation.pk)
        found.append(
            RecommendationLines(
                ref=recommendation.label,
                text=recommendation.text,
                answer=answer.answer if answer else "",
                note=(answer.reason or answer.words) if answer else "",
                actions=tuple(_line(row, at=at, before=before.get(row.action.ref)) for row in plan.of(recommendation)),
            )
        )
    return tuple(found)


def _line(row: ActionRows, *, at: dt.date, before: ActionLine | None) -> ActionLine:
    standing, due, completion = row.standing(at), row.due(at), row.completion(at)
    owners = _owners(row.action.owners.all())
    return ActionLine(
        ref=row.action.ref,
        text=row.words,
        status=standing.status,
        status_label=standing.status_label,
        confidence=standing.confidence,
        positions=row.latest(at),
        accountable=owners[OwnerKind.ACCOUNTABLE],
        responsible=owners[OwnerKind.RESPONSIBLE] + owners[OwnerKind.OTHER],
        due=due.timescale,
        due_on=due.on,
        first_due=due.first,
        times_moved=due.moved,
        completed_on=completion.on,
        shown_by=completion.shown_by,
        being_done=row.being_done(at),
        previous_status=before.status if before else "",
        previous_status_label=before.status_label if before else "",
    )


def _owners(owners: Iterable[ActionOwner]) -> dict[str, tuple[str, ...]]:
    """Titles of posts by kind, never names. A kind of owner of the council's own stands with its own word."""
    titles: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for owner in owners:
        own_word = f" ({owner.heading})" if owner.kind == OwnerKind.OTHER and owner.heading else ""
        titles[owner.kind] += (f"{owner.post.title}{own_word}",)
    return titles


def _counts(actions: Iterable[ActionLine]) -> tuple[StatusCount, ...]:
    counts = Counter(action.status for action in actions)
    return tuple(StatusCount(status, number) for status, number in sorted(counts.items()))


def _council(engagement: Engagement) -> str:
    others = [council.name for council in engagement.other_councils.order_by("name")]
    return ", ".join([engagement.council.name, *others[:-1]]) + (f" and {others[-1]}" if others else "")


def _with_words(bare: ProgressReport, words: dict[str, str], facts: Facts) -> ProgressReport:
    """The content with what people wrote; the parts that nobody changed are made from the facts of this moment."""
    said = {**generated(facts), **words}
    contact = Contact(
        said.get("contact_name", ""),
        said.get("contact_post", ""),
        said.get("contact_telephone", ""),
        said.get("contact_email", ""),
    )
    return replace(
        bare,
        report_of=said.get("report_of", ""),
        agenda_item=said.get("agenda_item", ""),
        for_decision=said.get("purpose") == "decision",
        key_decision=said.get("key_decision") or "No",
        lead_member=said.get("lead_member", ""),
        contact=contact if contact.name else None,
        wards=said.get("wards", ""),
        decisions=_rows_of(said["decisions"]),
        reason=said["reason"],
        introduction=tuple(paragraphs(said["introduction"])),
        progress=facts.progress(),
        options=tuple(paragraphs(said.get("options", ""))),
        implications=tuple(
            Implication(heading, said[f"implications_{name}"])
            for name, heading in IMPLICATIONS
            if said.get(f"implications_{name}")
        ),
        conclusions=tuple(paragraphs(said["conclusions"])),
        appendices=_rows_of(said["appendices"]),
        background_papers=_rows_of(said["background_papers"]),
        signatory=said.get("signatory", ""),
        signatory_post=said.get("signatory_post", ""),
    )


def _rows_of(text: str) -> tuple[str, ...]:
    return tuple(row.strip() for row in text.splitlines() if row.strip())
