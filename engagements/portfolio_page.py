"""The words, figures and drawing of the list of challenges, out of what `queries` read."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from engagements.clock import Deadline
from engagements.milestones import MILESTONES, NEXT, REVIEW, VISIT
from engagements.models import VisitDate
from engagements.queries import Challenge, Line, Portfolio
from engagements.stages import Stage, is_from
from engagements.visit_words import because
from peerchallenge.web.clockwork import DONE, MISSED, MOVED, TO_COME, PortfolioRow
from peerchallenge.web.clockwork import Milestone as Mark
from peerchallenge.web.clockwork import Portfolio as Chart
from peerchallenge.web.parts import Attention, Figure
from peerchallenge.web.words import counted, long_date

GivenUp = Mapping[int, VisitDate]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the table, in words."""

    url: str
    council: str
    kind: str
    visit: str
    old_visit: str
    stage: str
    deadline: str
    due: str
    days: str
    is_late: bool
    manager: str


def figures_of(found: Portfolio, address: str, query: str) -> list[Figure]:
    """Each figure leads to the rows it counts, within the filter of the page."""

    def link(show: str) -> str:
        return f"{address}?{query}{'&' if query and show else ''}{f'show={show}' if show else ''}".rstrip("?")

    return [
        Figure("under way", len(found.under_way), link("")),
        Figure("visits in the next 30 days", len(found.visits), link("visits")),
        Figure("deadlines in the next 30 days", len(found.due), link("due")),
        Figure("deadlines missed", len(found.missed), link("missed"), is_late=bool(found.missed)),
        Figure("postponed, no new date", len(found.postponed), link("postponed")),
    ]


def attention_of(lines: Sequence[Line], given_up: GivenUp, today: dt.date) -> list[Attention]:
    return [_attention(line, given_up.get(line.challenge.pk), today) for line in lines]


def _attention(line: Line, entry: VisitDate | None, today: dt.date) -> Attention:
    challenge = line.challenge
    url = reverse("engagements:overview", args=[challenge.slug])
    who = challenge.manager or "No manager yet"
    if challenge.is_postponed:
        title = f"{challenge.council_short}: agree a new visit date"
        if entry is None:
            return Attention(title, url, "postponed", who)
        since = since_words((today - entry.decided_on).days) if entry.decided_on else "postponed"
        on = f" on {long_date(entry.decided_on)}" if entry.decided_on else ""
        day = long_date(entry.starts_on) if entry.starts_on else "The visit"
        return Attention(title, url, since, f"{day} was postponed{on} {because(entry)}. {who}")
    days, due = line.days(today) or 0, long_date(line.due_on) if line.due_on else ""
    title = f"{challenge.council_short}: {MILESTONES[line.kind].deed}"
    if days < 0:
        return Attention(title, url, f"{counted(-days, 'day')} late", f"Was due {due}. {who}", is_late=True)
    return Attention(title, url, f"due in {counted(days, 'day')}" if days else "due today", f"Due {due}. {who}")


def since_words(days: int) -> str:
    return f"postponed {counted(days, 'day')} ago" if days > 0 else "postponed today"


def rows_of(lines: Sequence[Line], given_up: GivenUp, today: dt.date) -> list[Row]:
    rows = []
    for line in lines:
        challenge, days = line.challenge, line.days(today)
        entry = given_up.get(challenge.pk)
        rows.append(
            Row(
                url=reverse("engagements:overview", args=[challenge.slug]),
                council=challenge.council,
                kind=challenge.kind,
                visit=challenge.visit_words or ("" if entry else "No date"),
                old_visit=long_date(entry.starts_on) if entry and entry.starts_on else "",
                stage=challenge.stage_words,
                deadline=line.deadline_words,
                due=long_date(line.due_on) if line.due_on else "",
                days=_days(days),
                is_late=days is not None and days < 0,
                manager=challenge.manager or "Nobody yet",
            )
        )
    return rows


def _days(days: int | None) -> str:
    if days is None:
        return ""
    if days == 0:
        return "today"
    return f"{-days:,} late" if days < 0 else f"{days:,} left"


def chart_of(found: Portfolio, lines: Sequence[Line], given_up: GivenUp) -> Chart:
    """One row per challenge of this page of the table, in its order."""
    challenges = list(dict.fromkeys(line.challenge for line in lines))
    return Chart([_chart_row(found, challenge, given_up.get(challenge.pk)) for challenge in challenges], found.today)


def _chart_row(found: Portfolio, challenge: Challenge, entry: VisitDate | None) -> PortfolioRow:
    if challenge.is_postponed:
        if entry is None or entry.starts_on is None:
            return PortfolioRow(challenge.council_short, [], "postponed, no new date")
        note = f"{long_date(entry.starts_on)} postponed ({entry.get_reason_display().lower()}), no new date"
        return PortfolioRow(challenge.council_short, [Mark(entry.starts_on, letter="V", state=MOVED)], note)
    marks = []
    if challenge.visit_starts_on:
        held = challenge.visit_starts_on < found.today and is_from(challenge.stage, Stage.ON_SITE)
        marks.append(Mark(challenge.visit_starts_on, label=VISIT, letter="V", state=DONE if held else TO_COME))
    for deadline in found.clock(challenge):
        if deadline.kind != NEXT and (mark := mark_of(deadline, found.today)):
            marks.append(mark)
    return PortfolioRow(challenge.council_short, marks, "" if marks else "no visit date yet")


def mark_of(deadline: Deadline, today: dt.date) -> Mark | None:
    """Done on its day, missed on the day it was due, else to come on the day it is booked or due."""
    letter, label = deadline.words.letter, deadline.words.title
    if deadline.recorded.done_on:
        return Mark(deadline.recorded.done_on, label=label, letter=letter, state=DONE)
    if deadline.due_on is None or deadline.is_done or deadline.is_waived:
        return None
    if deadline.is_missed(today):
        return Mark(deadline.due_on, label=label, letter=letter, state=MISSED)
    planned = deadline.recorded.planned_on if deadline.kind == REVIEW else None
    return Mark(planned or deadline.due_on, label=label, letter=letter, state=TO_COME)
