"""The clock: what is due when, how late, and the arithmetic of months."""

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagements.clock import NOTHING, Recorded, Visit, add_months, clocks_of, open_dates, read_clock
from engagements.milestones import (
    DEADLINES,
    MILESTONES,
    NEXT,
    PLAN,
    PLAN_TARGET,
    REPORT,
    REVIEW,
    REVIEW_REPORT,
    happened_by,
)
from engagements.operations import challenges, milestones, stages, visit
from engagements.stages import Stage

RULES = [
    (REPORT, 3, None),
    (PLAN_TARGET, 3, None),
    (PLAN, 5, None),
    (REVIEW, 10, None),
    (REVIEW_REPORT, 12, None),
    (NEXT, 60, None),
]
VISIT = Visit(dt.date(2024, 3, 5))
TODAY = dt.date(2024, 10, 14)
DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2090, 12, 31))


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (dt.date(2024, 3, 5), 3, dt.date(2024, 6, 5)),
        (dt.date(2024, 11, 30), 3, dt.date(2025, 2, 28)),
        (dt.date(2023, 11, 30), 3, dt.date(2024, 2, 29)),
        (dt.date(2024, 1, 31), 1, dt.date(2024, 2, 29)),
        (dt.date(2024, 5, 31), 5, dt.date(2024, 10, 31)),
        (dt.date(2024, 8, 31), 3, dt.date(2024, 11, 30)),
        (dt.date(2024, 12, 31), 12, dt.date(2025, 12, 31)),
        (dt.date(2024, 2, 29), 12, dt.date(2025, 2, 28)),
        (dt.date(2024, 2, 29), 60, dt.date(2029, 2, 28)),
        (dt.date(2024, 3, 31), -1, dt.date(2024, 2, 29)),
        (dt.date(2024, 3, 5), 0, dt.date(2024, 3, 5)),
    ],
)
def test_months_end_where_the_month_ends(day, months, then):
    assert add_months(day, months) == then


@given(DAYS, st.integers(-60, 60))
def test_adding_months_reaches_that_month_on_the_same_day_or_its_last(day, months):
    then = add_months(day, months)

    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == min(day.day, calendar.monthrange(then.year, then.month)[1])


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_later_visit_never_has_an_earlier_deadline(one, other, months):
    first, second = sorted([one, other])

    assert add_months(first, months) <= add_months(second, months)


def test_the_rules_give_the_dates_of_a_visit():
    clock = read_clock(VISIT, RULES, {})

    assert [(deadline.kind, deadline.rule_words, deadline.due_on) for deadline in clock] == [
        (REPORT, "3 months from the visit", dt.date(2024, 6, 5)),
        (PLAN, "5 months from the visit", dt.date(2024, 8, 5)),
        (REVIEW, "About 10 months from the visit", dt.date(2025, 1, 5)),
        (REVIEW_REPORT, "12 months from the visit", dt.date(2025, 3, 5)),
        (NEXT, "Within 5\xa0years", dt.date(2029, 3, 5)),
    ]
    assert [deadline.better_by for deadline in clock] == [None, dt.date(2024, 6, 5), None, None, None]


def test_without_a_visit_date_nothing_is_due():
    clock = read_clock(
        None, RULES, {REVIEW: Recorded(agreed_due_on=dt.date(2025, 6, 1), agreed_reason="Agreed", agreed_by="Ida")}
    )

    assert [deadline.due_on for deadline in clock] == [None, None, dt.date(2025, 6, 1), None, None]
    assert clock[0].standing_words(TODAY) == ""


LATENESS = [
    # due, done, today: late, left, early, words
    (None, dt.date(2024, 6, 5), 0, 0, 0, "due today"),
    (None, dt.date(2024, 6, 6), 1, -1, 0, "1\xa0day late"),
    (None, dt.date(2024, 6, 4), 0, 1, 0, "1\xa0day left"),
    (None, dt.date(2024, 10, 14), 131, -131, 0, "131\xa0days late"),
    (dt.date(2024, 5, 28), dt.date(2024, 10, 14), 0, None, 8, "8\xa0days early"),
    (dt.date(2024, 6, 5), dt.date(2024, 10, 14), 0, None, 0, "on the day"),
    (dt.date(2024, 7, 22), dt.date(2024, 10, 14), 47, None, 0, "47\xa0days late"),
]


@pytest.mark.parametrize(("done", "today", "late", "left", "early", "words"), LATENESS)
def test_late_is_worked_out_from_the_day_it_was_done_or_from_today(done, today, late, left, early, words):
    deadline = read_clock(VISIT, RULES, {REPORT: Recorded(done_on=done)})[0]

    assert (
        deadline.days_late(today),
        deadline.days_left(today),
        deadline.days_early,
        deadline.standing_words(today),
    ) == (late, left, early, words)
    assert deadline.is_missed(today) is (late > 0 and done is None)


def test_an_agreed_date_takes_the_place_of_the_rule():
    recorded = Recorded(agreed_due_on=dt.date(2024, 12, 1), agreed_reason="A new leader", agreed_by="Ida Brook")
    deadline = read_clock(VISIT, RULES, {REPORT: recorded})[0]

    assert (deadline.rule_due_on, deadline.due_on) == (dt.date(2024, 6, 5), dt.date(2024, 12, 1))
    assert not deadline.is_missed(TODAY)


def test_where_only_the_month_is_known_its_last_day_counts_and_months_are_shown():
    seen = Visit.on(dt.date(2024, 3, 1), dt.date(2024, 3, 31), True)

    report = read_clock(seen, RULES, {})[0]

    assert (report.due_on, report.due_words) == (dt.date(2024, 6, 30), "June\xa02024")
    assert not report.is_missed(dt.date(2024, 6, 30))


def test_a_rule_counts_only_for_visits_since_it_began():
    young = [(REPORT, 3, dt.date(2022, 4, 1)), (NEXT, 60, None)]

    assert [deadline.kind for deadline in read_clock(Visit(dt.date(2020, 9, 21)), young, {})] == [NEXT]
    assert [deadline.kind for deadline in read_clock(Visit(dt.date(2022, 4, 1)), young, {})] == [REPORT, NEXT]
    assert [deadline.kind for deadline in read_clock(None, young, {})] == [REPORT, NEXT]


@pytest.mark.parametrize(
    ("stage", "behind"),
    [
        (Stage.FINAL, set()),
        (Stage.PUBLISHED, {REPORT}),
        (Stage.ACTION_PLAN, {REPORT, PLAN}),
        (Stage.PROGRESS_REVIEW, {REPORT, PLAN}),
        (Stage.CLOSED, {REPORT, PLAN, REVIEW, REVIEW_REPORT}),
    ],
)
def test_what_the_stage_says_has_happened_is_not_late_though_its_day_is_unknown(stage, behind):
    clock = read_clock(VISIT, RULES, {}, happened_by(stage))

    assert {deadline.kind for deadline in clock if deadline.is_done} == behind
    assert all(
        deadline.days_late(TODAY) == 0 and not deadline.is_missed(TODAY) for deadline in clock if deadline.is_done
    )


RECORDED = st.dictionaries(
    st.sampled_from(sorted(DEADLINES)),
    st.builds(Recorded, done_on=st.none() | DAYS, planned_on=st.none() | DAYS, agreed_due_on=st.none() | DAYS),
)


@given(st.none() | st.builds(Visit, DAYS, st.booleans()), RECORDED, st.sampled_from(Stage.values))
def test_lists_and_pages_say_the_same(seen, recorded, stage):
    happened = happened_by(stage)
    clock = read_clock(seen, RULES, recorded, happened)

    assert open_dates(seen, RULES, recorded, happened) == sorted(
        (deadline.due_on, deadline.kind)
        for deadline in clock
        if deadline.due_on and not deadline.is_done and deadline.kind != NEXT
    )


def test_every_milestone_of_every_kind_has_words(kinds):
    known = {rule.kind for kind in kinds.values() for rule in kind.rules.all()}

    assert known == set(MILESTONES) | {PLAN_TARGET}
    assert Recorded() == NOTHING


def test_moving_the_visit_moves_every_date_but_the_agreed_ones(challenge, today):
    agreed = {"agreed_by": "Ida", "by": None, "today": today}
    visit.confirm_visit(challenge, starts_on=dt.date(2025, 3, 4), ends_on=dt.date(2025, 3, 7), **agreed)
    milestones.record_milestone(
        challenge, kind=REVIEW, agreed_due_on=dt.date(2026, 2, 2), agreed_reason="Elections", **agreed
    )

    visit.move_visit(
        challenge,
        starts_on=dt.date(2025, 6, 3),
        ends_on=dt.date(2025, 6, 6),
        reason="council_asked",
        decided_on=today,
        **agreed,
    )

    [clock] = clocks_of([challenge]).values()
    assert [deadline.due_on for deadline in clock] == [
        dt.date(2025, 9, 3),
        dt.date(2025, 11, 3),
        dt.date(2026, 2, 2),
        dt.date(2026, 6, 3),
        dt.date(2030, 6, 3),
    ]


def test_many_clocks_take_as_many_queries_as_one(kinds, council, today, django_assert_num_queries):
    started = [
        challenges.start_challenge(
            council, type=kinds["corporate"], visit_starts_on=dt.date(2024, 3, day), by=None, today=today
        )
        for day in (5, 6, 7)
    ]
    for count in (1, 3):
        with django_assert_num_queries(2):
            assert len(clocks_of(started[:count])) == count


def test_a_progress_review_counts_from_the_visit_it_looks_back_on(kinds, challenge, council, today):
    stages.bring_in(challenge, at=Stage.PUBLISHED, why="Set up", by=None, today=today)
    challenge.visit_starts_on, challenge.visit_ends_on = dt.date(2024, 3, 5), dt.date(2024, 3, 8)
    review = challenges.start_challenge(council, type=kinds["progress-review"], parent=challenge, by=None, today=today)
    review.parent = challenge

    assert Visit.of(review) == Visit(dt.date(2024, 3, 5))
