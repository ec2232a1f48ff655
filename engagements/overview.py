"""The state of one challenge in one look: the clock as a drawing and a table, what is needed, the people."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from engagements.clock import Deadline, clock_of
from engagements.conditions import RULES, Condition, Facts, conditions_of, read_facts
from engagements.milestones import DEADLINES, NEXT, REVIEW
from engagements.models import CouncilRole, Engagement, PostHolding, VisitDate
from engagements.stages import STAGE_WORDS, Move, Stage, Standing, is_from, next_move, words_for
from engagements.visit_words import moved_note, sentence
from peerchallenge.web.clockwork import DONE, MISSED, MOVED, TO_COME, Clock
from peerchallenge.web.clockwork import Milestone as Mark
from peerchallenge.web.parts import Action, Task
from peerchallenge.web.words import counted, long_date, short_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@dataclass(frozen=True, slots=True)
class ClockRow:
    """One row of the clock's table, in words."""

    title: str
    rule: str
    due: str
    old_due: str = ""
    done: str = ""
    late: str = ""
    is_quiet: bool = False
    note: str = ""
    link: str = ""
    record_url: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    post: str
    name: str
    email: str = ""


@dataclass(frozen=True)
class Overview:
    rows: Sequence[ClockRow]
    chart: Clock | None
    banner: str
    needed: Sequence[Task]
    needed_heading: str
    people: Sequence[Person]
    peers: int
    next_step: Action | None = None


def overview_of(engagement: Engagement, *, user: "User", today: dt.date) -> Overview:
    """Everything the page shows of the challenge itself. Six statements, however much there is."""
    deadlines = clock_of(engagement)
    visits = list(engagement.visit_dates.order_by("pk"))
    can_record = user.has_perm("engagements.record_milestone", engagement)
    runs = user.has_perm("engagements.run_challenge", engagement)
    facts = read_facts(engagement, today, deadlines)
    step = next_move(engagement.stage) if engagement.standing == Standing.ACTIVE else None
    needed = conditions_of(step.conditions, facts) if step else []
    return Overview(
        rows=[
            visit_row(engagement, visits, today),
            *(clock_row(deadline, engagement, today, can_record) for deadline in deadlines),
        ],
        chart=chart_of(engagement, deadlines, visits, today),
        banner=banner_of(engagement, visits),
        needed=tasks_of(needed, runs=runs, can_record=can_record),
        needed_heading=needed_heading(engagement, for_council=not user.is_lga_staff),
        people=people_of(engagement, today),
        peers=facts.peers,
        next_step=next_step_of(engagement, step, needed, facts) if step and runs else None,
    )


def visit_row(engagement: Engagement, visits: Sequence[VisitDate], today: dt.date) -> ClockRow:
    starts, ends = engagement.visit_starts_on, engagement.visit_ends_on
    done = ""
    quiet = True
    if ends and ends < today and is_from(engagement.stage, Stage.ON_SITE):
        done, quiet = (engagement.visit_words if engagement.visit_is_month_only else long_date(ends)), False
    elif starts and starts > today:
        done = f"{counted((starts - today).days, 'day')} left"
    elif starts and ends and starts <= today <= ends:
        done = "now"
    due = engagement.visit_words or engagement.visit_wish or "No date"
    if starts and not engagement.visit_is_confirmed:
        due = f"{due}, proposed"
    given_up = visits[-1] if visits and visits[-1].state == VisitDate.State.POSTPONED else None
    return ClockRow(
        title="Visit",
        rule="Agreed with the council",
        due="no date" if given_up else due,
        old_due=long_date(given_up.starts_on) if given_up and given_up.starts_on else "",
        done=done,
        is_quiet=quiet,
        note=moved_note(visits),
    )


def clock_row(deadline: Deadline, engagement: Engagement, today: dt.date, can_record: bool) -> ClockRow:
    recorded = deadline.recorded
    done, late, quiet = "", "", False
    is_ours = deadline.kind in DEADLINES  # the next challenge is a date of another one: it is never late here
    if recorded.done_on:
        done = long_date(recorded.done_on)
        standing = deadline.standing_words(today)
        late = standing if is_ours and deadline.days_late(today) else ""
        done += f", {standing}" if deadline.days_early else ""
    elif is_ours and deadline.is_missed(today):
        late = deadline.standing_words(today)
    elif deadline.kind == REVIEW and recorded.planned_on:
        done, quiet = f"booked {long_date(recorded.planned_on)}", True
    elif deadline.has_happened or (deadline.due_on and deadline.kind != NEXT):
        done, quiet = deadline.standing_words(today), True
    given_up = (
        deadline.rule_due_on if recorded.agreed_due_on and recorded.agreed_due_on != deadline.rule_due_on else None
    )
    return ClockRow(
        title=deadline.words.title,
        rule=deadline.rule_words,
        due=due_of(deadline, today),
        old_due=long_date(given_up) if given_up else "",
        done=done,
        late=late,
        is_quiet=quiet,
        note=note_of(deadline, today),
        link=recorded.link,
        record_url=reverse("engagements:milestone", args=[engagement.slug, deadline.kind.replace("_", "-")])
        if can_record and deadline.kind != NEXT and deadline.due_on
        else "",
    )


def due_of(deadline: Deadline, today: dt.date) -> str:
    if deadline.kind not in DEADLINES and deadline.is_missed(today):
        return f"was due by {deadline.due_words}"
    return deadline.due_words or "follows the visit"


def note_of(deadline: Deadline, today: dt.date) -> str:
    recorded, said = deadline.recorded, []
    is_open = not deadline.is_done and not deadline.is_waived
    if deadline.better_by and deadline.better_by >= today and is_open and not recorded.agreed_due_on:
        said.append(f"Better with the report, by {long_date(deadline.better_by)}.")
    if recorded.agreed_due_on:
        said.append(f"Agreed with {recorded.agreed_by}: {recorded.agreed_reason.rstrip('.')}.")
    if recorded.note:
        said.append(recorded.note)
    if recorded.waived_reason:
        said.append(f"Not asked for: {recorded.waived_reason.rstrip('.')}.")
    if recorded.late_reason:
        said.append(f"Why late: {recorded.late_reason.rstrip('.')}.")
    return " ".join(said)


def chart_of(
    engagement: Engagement, deadlines: Sequence[Deadline], visits: Sequence[VisitDate], today: dt.date
) -> Clock | None:
    """The drawing of the clock. None without a single date."""
    marks = []
    if engagement.visit_starts_on:
        held = engagement.visit_starts_on < today and is_from(engagement.stage, Stage.ON_SITE)
        marks.append(Mark(engagement.visit_starts_on, "Visit", engagement.visit_words, state=DONE if held else TO_COME))
    first = next((entry for entry in visits if entry.starts_on), None)
    if first and first.starts_on and first.starts_on != engagement.visit_starts_on:
        words = "moved" if engagement.visit_starts_on else "postponed"
        label = "First date" if engagement.visit_starts_on else "Visit"
        marks.append(Mark(first.starts_on, label, f"{long_date(first.starts_on)}, {words}", state=MOVED))
    marks += [mark for deadline in deadlines if deadline.kind != NEXT and (mark := clock_mark(deadline, today))]
    return Clock(marks, today) if marks else None


def clock_mark(deadline: Deadline, today: dt.date) -> Mark | None:
    recorded, label = deadline.recorded, deadline.words.short
    if recorded.done_on:
        beside = deadline.standing_words(today)
        words = short_date(recorded.done_on) if beside else long_date(recorded.done_on)
        return Mark(recorded.done_on, label, f"{words}, {beside}" if beside else words, state=DONE)
    if deadline.due_on is None or deadline.is_done:
        return None
    if deadline.is_waived:
        return Mark(deadline.due_on, label, "not asked for", state=MOVED)
    if deadline.is_missed(today):
        return Mark(deadline.due_on, label, deadline.standing_words(today), state=MISSED)
    if recorded.planned_on:
        return Mark(recorded.planned_on, label, f"booked {short_date(recorded.planned_on)}", state=TO_COME)
    return Mark(deadline.due_on, label, f"by {deadline.due_words}", state=TO_COME)


def banner_of(engagement: Engagement, visits: Sequence[VisitDate]) -> str:
    """For a postponed or cancelled challenge: the sentence that stands first on its pages."""
    if engagement.standing == Standing.ACTIVE:
        return ""
    if not visits:
        return words_for(engagement.stage, engagement.standing).lga
    said = sentence(visits[-1])
    return f"{said} No new date yet." if engagement.standing == Standing.POSTPONED else said


def needed_heading(engagement: Engagement, *, for_council: bool) -> str:
    move = next_move(engagement.stage)
    if move is None:
        return ""
    words = STAGE_WORDS[move.target]
    return f"What is needed before “{words.council if for_council else words.lga}”"


def next_step_of(engagement: Engagement, step: Move, needed: Sequence[Condition], facts: Facts) -> Action:
    """The button of the next move. Not the green one while something is missing without which it cannot be made."""
    url = reverse("engagements:stage", args=[engagement.slug])
    if any(condition.is_hard and not condition.is_met for condition in needed):
        return Action("See what is needed", url)
    words = step.does
    if step.target == Stage.PROGRESS_REVIEW:
        if facts.recorded.get(REVIEW, (None, None))[0]:
            words = "Go on to the report of the progress review"
        elif REVIEW in facts.waived:
            words = "Go on without a progress review"
    return Action(words, url, kind="")


def tasks_of(needed: Sequence[Condition], *, runs: bool, can_record: bool) -> list[Task]:
    """The conditions as a task list. The council sees all of it, with links to what it can settle."""
    tasks = []
    for condition in needed:
        rule = RULES[condition.code]
        may = runs or (can_record and bool(rule.milestone))
        waits = rule.page == "engagements:overview"
        status = "Completed" if condition.is_met else "Cannot start yet" if waits else "Not started"
        tasks.append(
            Task(
                title=condition.sentence,
                url=condition.link if may and not condition.is_met and not waits else "",
                hint=condition.detail,
                status="not_started" if status == "Not started" else status,
                is_tag=status == "Not started",
                cannot_start=status == "Cannot start yet",
            )
        )
    return tasks


def people_of(engagement: Engagement, today: dt.date) -> list[Person]:
    """The coordinators, then the political and the managerial head of the council."""
    council = engagement.council
    coordinators = CouncilRole.objects.filter(council=council, role=CouncilRole.Role.COORDINATOR).select_related("user")
    people = [
        Person("Council coordinator", role.user.name, role.user.email)
        for role in coordinators.order_by("user__name")
        if role.user.is_active
    ]
    leader = council.governance_words.leader
    heads = PostHolding.objects.filter(post__council=council, until_on=None, from_on__lte=today).select_related("post")
    by_title = {holding.post.title.lower(): holding for holding in heads}
    for titles in (
        (leader, "Leader", "Leader of the Council"),
        ("Chief Executive", "Managing Director", "Head of Paid Service"),
    ):
        found = next((by_title[title.lower()] for title in titles if title.lower() in by_title), None)
        if found:
            people.append(Person(found.post.title, found.name))
    return people
