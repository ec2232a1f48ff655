"""The words of a report that nobody has to write: made from facts, filled from last time, or usual. All can be changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from actionplans.positions import Confidence, Status
from actionplans.report_content import ActionLine, ProgressReport
from engagements.models import Council, CouncilRole, Engagement, Post, PostHolding
from peerchallenge.documents.words import counted, listed, long_date

if TYPE_CHECKING:
    from actionplans.models import CommitteeReport
    from peerchallenge.accounts.models import User

DONE = {Status.COMPLETE, Status.CLOSED}
AT_STAKE = {Confidence.AT_RISK, Confidence.OFF_TRACK}

# Made again from the facts until somebody changes them.
GENERATED = ("decisions", "reason", "introduction", "conclusions", "appendices", "background_papers")
# Filled from the last report.
CARRIED_OVER = (
    "report_of",
    "purpose",
    "key_decision",
    "lead_member",
    "contact_name",
    "contact_post",
    "contact_telephone",
    "contact_email",
    "wards",
    "options",
    "implications_financial",
    "implications_legal",
    "implications_equality",
    "implications_climate",
    "signatory",
    "signatory_post",
)
USUAL = {
    "purpose": "information",
    "key_decision": "No",
    "wards": "All",
    "options": "Not to report at this meeting. Rejected, because the committee would not see where the plan stands.",
    "implications_financial": "This report asks for no spending.",
    "implications_legal": "There are no legal implications arising from this report.",
    "implications_equality": "This report changes no policy and no service. The effect of an action on people is looked at when the action is decided.",
    "implications_climate": "There are none arising from this report.",
}


@dataclass(frozen=True)
class Facts:
    """What a report says in numbers, before anybody writes a word."""

    engagement: Engagement
    report: ProgressReport
    last: ProgressReport | None
    is_issued_again: bool = False

    @property
    def actions(self) -> Sequence[ActionLine]:
        return self.report.actions

    @property
    def completed(self) -> list[ActionLine]:
        """Finished now and not in the last report."""
        return [line for line in self.actions if line.status in DONE and line.previous_status not in DONE]

    @property
    def overdue(self) -> list[ActionLine]:
        return [line for line in self.actions if line.days_late(self.report.position_at)]

    @property
    def at_stake(self) -> list[ActionLine]:
        return [line for line in self.actions if line.confidence in AT_STAKE and not line.is_finished]

    @property
    def redated(self) -> list[tuple[ActionLine, str]]:
        """Actions whose date differs from the last report's (at first, from the original one), with that date."""
        if self.last is None:
            return [(line, line.first_due) for line in self.actions if line.times_moved and line.first_due != line.due]
        before = {line.ref: line.due for line in self.last.actions}
        return [
            (line, before[line.ref]) for line in self.actions if before.get(line.ref) and before[line.ref] != line.due
        ]

    def progress(self) -> tuple[str, ...]:
        """Sentences under “What has changed”, made from the frozen facts of both reports."""
        if self.last is None:
            return (
                "This is the first meeting to have a report on the plan, so there is no earlier report to compare it with.",
                *self._new_dates("Since the plan was written"),
            )
        before = {line.ref for line in self.last.actions}
        other = [
            line
            for line in self.actions
            if line.previous_status and line.previous_status != line.status and line not in self.completed
        ]
        new = [line for line in self.actions if line.ref not in before]
        gone = [ref for ref in before if ref not in {line.ref for line in self.actions}]
        parts = [
            _some(self.completed, "was completed", "were completed", "action"),
            _some(other, "changed status in another way", "changed status in another way", ""),
            _some([line for line, _ in self.redated], "has a new date", "have a new date", ""),
            _some(new, "is new to the plan", "are new to the plan", ""),
        ]
        said = listed([part for part in parts if part]) or "no action changed its status or its date"
        taken_out = (f"No longer in the plan: {listed(sorted(gone))}.",) if gone else ()
        return (
            f"Since the report of {long_date(self.last.meeting_on)}, {said}.",
            *self._new_dates("Since then"),
            *taken_out,
        )

    def _new_dates(self, since: str) -> tuple[str, ...]:
        moves = [f"action {line.ref} to {line.due} from {former}" for line, former in self.redated if former]
        return (f"{since}, these dates have moved: {'; '.join(moves)}.",) if moves else ()


def generated(facts: Facts) -> dict[str, str]:
    """The words made from facts, by field."""
    report = facts.report
    at = long_date(report.position_at)
    return {
        "decisions": "\n".join(
            [
                f"the progress on the action plan at {at} is noted",
                *(
                    f"the new date of {line.due} for action {line.ref}, in place of {former}, is noted"
                    for line, former in facts.redated
                ),
            ]
        ),
        "reason": "The committee follows how the council carries out its plan and sees which actions are late or at risk.",
        "introduction": _introduction(facts),
        "conclusions": _conclusions(facts),
        "appendices": f"Appendix A: action plan at {at}",
        "background_papers": _background_papers(facts),
    }


def words_to_begin_with(
    report: "CommitteeReport", *, last: "CommitteeReport | None", by: "User | None"
) -> dict[str, str]:
    """The parts of a new report that carry over from the last one; for a first report the usual words."""
    if last is not None and last.words:
        words = {name: last.words[name] for name in CARRIED_OVER if name in last.words}
        if words.get("lead_member") == f"Chair of {last.committee}":
            words["lead_member"] = f"Chair of {report.committee}"
        return words
    council = report.engagement.council
    post = _reporting_post(report.engagement)
    coordinator = _coordinator(council, by)
    holder = _holder(post, report) if post else ""
    title = post.title if post else ""
    chair = (
        f"Chair of {report.committee}"
        if council.governance == Council.Governance.COMMITTEE
        else council.governance_words.leader
    )
    return {
        **USUAL,
        "report_of": title,
        "lead_member": chair,
        "contact_name": coordinator.name if coordinator else "",
        "contact_post": coordinator.job_title if coordinator else "",
        "contact_telephone": coordinator.telephone if coordinator else "",
        "contact_email": coordinator.email if coordinator else "",
        "signatory": holder or title,
        "signatory_post": title if holder else "",
    }


def _introduction(facts: Facts) -> str:
    engagement, report = facts.engagement, facts.report
    visit = f" visited the council {_visited(engagement)} and" if engagement.visit_starts_on else ""
    made = counted(len(report.recommendations), "recommendation")
    first = (
        f"A peer team brought together by the Local Government Association{visit} made {made}. "
        f"The council’s action plan answers with {counted(len(report.actions), 'action')}."
    )
    second = f"This is progress report {report.number} on the plan. It shows the position at {long_date(report.position_at)}."
    if facts.last is not None:
        second += f" The last one was considered on {long_date(facts.last.meeting_on)}."
    if facts.is_issued_again:
        second += " It has been issued for this meeting before; the earlier issue is kept."
    return f"{first}\n\n{second}"


def _visited(engagement: Engagement) -> str:
    if engagement.visit_is_month_only:
        return f"in {engagement.visit_words}"
    return f"{'on' if engagement.visit_starts_on == engagement.visit_ends_on else 'from'} {engagement.visit_words}"


def _conclusions(facts: Facts) -> str:
    total = len(facts.actions)
    done = sum(line.status in DONE for line in facts.actions)
    said = [f"{done} of {counted(total, 'action')} {'is' if done == 1 else 'are'} complete"]
    if facts.last is not None:
        before = sum(line.status in DONE for line in facts.last.actions)
        said[0] += f", {before} at the last report"
    said.append(_are(len(facts.overdue), "overdue"))
    said.append(_are(len(facts.at_stake), "at risk or off track"))
    return "; ".join(said) + "."


def _are(number: int, what: str) -> str:
    return f"{number or 'none'} {'is' if number == 1 else 'are'} {what}"


def _background_papers(facts: Facts) -> str:
    rows = [f"{facts.engagement.title}: report of the peer team"]
    if facts.last is not None:
        rows.append(f"Progress report {facts.last.number}, {facts.last.committee}, {long_date(facts.last.meeting_on)}")
    return "\n".join(rows)


def _some(lines: Iterable[ActionLine], one: str, many: str, noun: str) -> str:
    refs = [line.ref for line in lines]
    if not refs:
        return ""
    number = counted(len(refs), noun) if noun else str(len(refs))
    return f"{number} {one if len(refs) == 1 else many} ({', '.join(refs)})"


def _reporting_post(engagement: Engagement) -> Post | None:
    """The chief executive where the council has that post, else the post accountable for most actions."""
    chief = engagement.council.posts.filter(title__iexact="Chief Executive").first()
    if chief is not None:
        return chief
    owning = Post.objects.filter(ownerships__action__engagement=engagement, ownerships__kind="accountable")
    counts: dict[int, int] = {}
    for post in owning.values_list("pk", flat=True):
        counts[post] = counts.get(post, 0) + 1
    if not counts:
        return None
    return owning.filter(pk=min(counts, key=lambda post: (-counts[post], post))).first()


def _holder(post: Post, report: "CommitteeReport") -> str:
    held = PostHolding.objects.filter(post=post, from_on__lte=report.meeting_on).exclude(until_on__lt=report.meeting_on)
    return held.order_by("-from_on").values_list("name", flat=True).first() or ""


def _coordinator(council: Council, by: "User | None") -> "User | None":
    """Whoever starts the report when they are a coordinator, else the first coordinator."""
    roles = (
        CouncilRole.objects.filter(council=council, role=CouncilRole.Role.COORDINATOR)
        .select_related("user")
        .order_by("pk")
    )
    people = [role.user for role in roles]
    return by if by in people else next(iter(people), None)
