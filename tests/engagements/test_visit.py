"""The dates of the visit and their history."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from engagements.elections import election_warnings, holiday_warnings
from engagements.models import ElectionDay, VisitDate
from engagements.operations import challenges, stages, visit
from engagements.operations.visit import is_whole_month
from engagements.stages import Stage, Standing
from engagements.visit_words import moved_note, sentence
from peerchallenge.access import Refused, Stale

STARTS, ENDS = dt.date(2025, 3, 4), dt.date(2025, 3, 7)
AGREED = {"agreed_by": "Ida Brook, Chief Executive"}


@pytest.fixture
def confirmed(challenge, today):
    return visit.confirm_visit(challenge, starts_on=STARTS, ends_on=ENDS, **AGREED, by=None, today=today)


def change(challenge, today, what=visit.postpone_visit, **facts):
    answers = {"reason": "general_election", "decided_on": today} | AGREED | facts
    return what(challenge, **answers, by=None, today=today)


def entries(challenge):
    return list(challenge.visit_dates.order_by("pk"))


def test_a_proposed_date_can_be_proposed_again_and_confirmed(challenge, today):
    visit.propose_visit(challenge, starts_on=STARTS, by=None, today=today)
    assert (challenge.visit_ends_on, challenge.visit_is_confirmed) == (ENDS, False)

    visit.propose_visit(challenge, starts_on=dt.date(2025, 3, 11), by=None, today=today)
    visit.confirm_visit(challenge, starts_on=STARTS, ends_on=ENDS, **AGREED, by=None, today=today)

    assert challenge.visit_is_confirmed
    assert [entry.state for entry in entries(challenge)] == ["proposed", "proposed", "confirmed"]


def test_a_confirmed_date_is_moved_not_confirmed_again(confirmed, today):
    for again in (visit.propose_visit, visit.confirm_visit):
        with pytest.raises(Refused, match="Move it instead and say why"):
            again(confirmed, starts_on=STARTS, ends_on=ENDS, **AGREED, by=None, today=today)


def test_postponing_takes_the_date_away_and_keeps_it_on_record(confirmed, today):
    change(confirmed, today)

    assert confirmed.standing == Standing.POSTPONED
    assert (confirmed.visit_starts_on, confirmed.visit_is_confirmed) == (None, False)
    assert sentence(entries(confirmed)[-1]) == (
        "The visit on 4\xa0to\xa07\xa0March\xa02025 was postponed on 14\xa0October\xa02024 because of the general election."
    )
    with pytest.raises(Refused, match="There is no date to postpone"):
        change(confirmed, today)


def test_a_postponed_visit_gets_a_new_date_by_moving_it(confirmed, today):
    change(confirmed, today)

    change(
        confirmed,
        today,
        visit.move_visit,
        starts_on=dt.date(2025, 6, 3),
        ends_on=dt.date(2025, 6, 6),
        reason="council_asked",
        reason_words="budget timetable",
    )

    assert (confirmed.standing, confirmed.visit_starts_on, confirmed.visit_is_confirmed) == (
        Standing.ACTIVE,
        dt.date(2025, 6, 3),
        True,
    )
    assert moved_note(entries(confirmed)) == (
        "First planned for 4\xa0March\xa02025. Postponed on 14\xa0October\xa02024 because of the general election. "
        "Moved on 14\xa0October\xa02024 at the council’s request: budget timetable."
    )


def test_cancelling_ends_every_change(confirmed, today):
    change(confirmed, today, visit.cancel, reason="council_asked")

    assert confirmed.standing == Standing.CANCELLED
    for again in (visit.postpone_visit, visit.cancel):
        with pytest.raises(Refused, match="This challenge is cancelled"):
            change(confirmed, today, again)
    with pytest.raises(Refused, match="This challenge is cancelled"):
        challenges.add_peer(confirmed, user=confirmed.manager, role="lead", accepted_on=today, by=None)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"reason": ""}, "Choose why."),
        ({"reason": "weather"}, "Choose why."),
        ({"reason": "other"}, "Say why."),
        ({"agreed_by": " "}, "Enter who agreed it."),
        ({"decided_on": dt.date(2024, 10, 15)}, "The day it was agreed must be today or earlier."),
    ],
)
def test_a_change_without_its_reason_is_refused(confirmed, today, facts, words):
    with pytest.raises(Refused) as refused:
        change(confirmed, today, **facts)

    assert str(refused.value) == words
    confirmed.refresh_from_db()
    assert confirmed.visit_starts_on == STARTS


def test_the_day_of_a_decision_may_be_unknown(confirmed, today):
    change(confirmed, today, decided_on=None)

    assert sentence(entries(confirmed)[-1]).endswith("was postponed because of the general election.")


def test_the_visit_cannot_move_once_the_team_is_there(confirmed, today):
    stages.bring_in(confirmed, at=Stage.ON_SITE, why="It had begun", by=None, today=today)

    with pytest.raises(Refused, match="The visit has begun"):
        change(confirmed, today)


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "words"),
    [
        (dt.date(2025, 3, 4), dt.date(2025, 3, 3), "The last day must be the first day or later."),
        (None, ENDS, "Enter the first day of the visit."),
        (STARTS, ENDS, "The visit is on 4\xa0to\xa07\xa0March\xa02025 already. Enter another date."),
    ],
)
def test_a_wrong_new_date_is_refused(confirmed, today, starts_on, ends_on, words):
    with pytest.raises(Refused) as refused:
        change(confirmed, today, visit.move_visit, starts_on=starts_on, ends_on=ends_on)

    assert str(refused.value) == words


def test_only_the_month_may_be_known(challenge, today):
    with pytest.raises(Refused, match="give its first and last day"):
        visit.confirm_visit(challenge, starts_on=STARTS, ends_on=ENDS, month_only=True, **AGREED, by=None, today=today)

    visit.confirm_visit(
        challenge,
        starts_on=dt.date(2025, 3, 1),
        ends_on=dt.date(2025, 3, 31),
        month_only=True,
        **AGREED,
        by=None,
        today=today,
    )

    assert challenge.visit_words == "March\xa02025"


@pytest.mark.parametrize(
    ("first", "last", "whole"),
    [
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29), True),
        (dt.date(2023, 2, 1), dt.date(2023, 2, 28), True),
        (dt.date(2024, 12, 1), dt.date(2024, 12, 31), True),
        (dt.date(2024, 2, 1), dt.date(2024, 2, 28), False),
        (dt.date(2024, 2, 2), dt.date(2024, 2, 29), False),
        (dt.date(2024, 2, 1), None, False),
    ],
)
def test_a_whole_month_is_its_first_to_its_last_day(first, last, whole):
    assert is_whole_month(first, last) is whole


def test_a_stale_change_loses_nothing(confirmed, today):
    opened_on = confirmed.version
    change(confirmed, today)

    with pytest.raises(Stale) as stale:
        change(
            confirmed,
            today,
            visit.move_visit,
            starts_on=dt.date(2025, 6, 3),
            ends_on=dt.date(2025, 6, 6),
            version=opened_on,
        )

    assert stale.value.theirs == [("Visit", "no date")]
    assert stale.value.yours == [("Visit", "3\xa0to\xa06\xa0June\xa02025")]


@pytest.mark.parametrize(
    "statement", ["UPDATE engagements_visitdate SET reason = 'other'", "DELETE FROM engagements_visitdate"]
)
def test_the_history_of_dates_cannot_be_changed(confirmed, statement):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert VisitDate.objects.count() == 1


def test_holidays_and_weekends_within_a_visit_are_told():
    assert holiday_warnings(dt.date(2025, 5, 2), dt.date(2025, 5, 5)) == [
        "3\xa0May\xa02025 is a Saturday.",
        "4\xa0May\xa02025 is a Sunday.",
        "5\xa0May\xa02025 is a bank holiday (May Day).",
    ]
    assert holiday_warnings(STARTS, ENDS) == []


@pytest.mark.parametrize(
    ("first", "last", "warned"),
    [
        (dt.date(2025, 3, 20), dt.date(2025, 3, 24), False),
        (dt.date(2025, 3, 24), dt.date(2025, 3, 27), True),
        (dt.date(2025, 4, 30), dt.date(2025, 5, 2), True),
        (dt.date(2025, 5, 2), dt.date(2025, 5, 6), False),
    ],
)
def test_a_visit_in_a_pre_election_period_is_told(first, last, warned):
    poll = ElectionDay(kind="local", polls_on=dt.date(2025, 5, 1), notice_on=dt.date(2025, 3, 25))

    said = election_warnings(first, last, [poll])

    assert said == (
        ["Local elections are on 1\xa0May\xa02025: the visit falls in the pre-election period."] if warned else []
    )
