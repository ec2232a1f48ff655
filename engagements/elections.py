"""What to mind when a visit is planned: bank holidays and pre-election periods. It warns and never blocks."""

import datetime as dt
from collections.abc import Iterable

import holidays

from engagements.models import ElectionDay
from peerchallenge.web.words import long_date


def warnings_for(starts_on: dt.date, ends_on: dt.date) -> list[str]:
    """Sentences on bank holidays within the visit and on elections whose pre-election period it falls into."""
    polls = ElectionDay.objects.filter(was_held=True, polls_on__gte=starts_on, notice_on__lte=ends_on).order_by(
        "polls_on"
    )
    return [*holiday_warnings(starts_on, ends_on), *election_warnings(starts_on, ends_on, polls)]


def holiday_warnings(starts_on: dt.date, ends_on: dt.date) -> list[str]:
    days = holidays.country_holidays("GB", subdiv="ENG", years={starts_on.year, ends_on.year})
    said = []
    day = starts_on
    while day <= ends_on:
        if day in days:
            said.append(f"{long_date(day)} is a bank holiday ({days[day]}).")
        elif day.weekday() >= 5:
            said.append(f"{long_date(day)} is a {day:%A}.")
        day += dt.timedelta(days=1)
    return said


def election_warnings(starts_on: dt.date, ends_on: dt.date, polls: Iterable[ElectionDay]) -> list[str]:
    said = []
    for poll in polls:
        if poll.notice_on and poll.notice_on <= ends_on and starts_on <= poll.polls_on:
            what = "the general election is" if poll.kind == ElectionDay.Kind.GENERAL else "local elections are"
            said.append(
                f"{what[0].upper()}{what[1:]} on {long_date(poll.polls_on)}: the visit falls in the pre-election period."
            )
    return said
