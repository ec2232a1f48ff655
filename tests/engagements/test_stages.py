"""The life of a challenge as a table, and the conditions of each move."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from engagements.conditions import RULES, still_needed
from engagements.models import StageMove
from engagements.operations import challenges, milestones, recommendations, stages, visit
from engagements.stages import (
    HARD_CONDITIONS,
    MOVES,
    ORDER,
    STAGE_WORDS,
    STANDING_WORDS,
    Stage,
    Standing,
    next_move,
    words_for,
)
from peerchallenge.access import Refused

STARTS, ENDS = dt.date(2025, 3, 4), dt.date(2025, 3, 7)


def test_the_table_is_one_road_from_asked_to_closed():
    assert [move.source for move in MOVES] == list(Stage)[:-1]
    assert [move.target for move in MOVES] == list(Stage)[1:]
    assert next_move(Stage.CLOSED) is None
    assert list(ORDER) == Stage.values


def test_every_stage_has_words_for_everybody_and_every_condition_is_known():
    assert set(STAGE_WORDS) == set(Stage)
    assert set(STANDING_WORDS) == set(Standing) - {Standing.ACTIVE}
    assert all(words.lga and words.council for words in [*STAGE_WORDS.values(), *STANDING_WORDS.values()])
    used = {code for move in MOVES for code in move.conditions}
    assert used == set(RULES)
    assert used >= HARD_CONDITIONS


def test_postponed_and_cancelled_are_said_before_the_stage():
    assert words_for(Stage.SCOPING, Standing.POSTPONED).lga == "Postponed"
    assert words_for(Stage.SCOPING, Standing.ACTIVE).council == "Agree what it looks at"


SETTLE = {
    "manager_named": lambda challenge, cast, today: challenges.name_manager(challenge, manager=cast.maya, by=None),
    "visit_confirmed": lambda challenge, cast, today: visit.confirm_visit(
        challenge, starts_on=STARTS, ends_on=ENDS, agreed_by="Ida", by=None, today=today
    ),
    "framework_chosen": lambda challenge, cast, today: None,
    "focus_areas_set": lambda challenge, cast, today: None,
    "peer_accepted": lambda challenge, cast, today: challenges.add_peer(
        challenge, user=cast.lena, role="lead", accepted_on=today, by=None
    ),
    "visit_begun": lambda challenge, cast, today: None,
    "visit_over": lambda challenge, cast, today: None,
    "recommendations_written": lambda challenge, cast, today: recommendations.write_recommendation(
        challenge, text="Plan", by=None
    ),
    "recommendations_worded": lambda challenge, cast, today: None,
    "report_date_recorded": lambda challenge, cast, today: record(challenge, "report_published", today),
    "plan_date_recorded": lambda challenge, cast, today: record(challenge, "action_plan_latest", today),
    "review_booked": lambda challenge, cast, today: milestones.record_milestone(
        challenge, kind="progress_review", planned_on=today + dt.timedelta(days=30), by=None, today=today
    ),
    "review_report_recorded": lambda challenge, cast, today: record(challenge, "progress_review_report", today),
}


def record(challenge, kind, today):
    milestones.record_milestone(challenge, kind=kind, done_on=today, by=None, today=today)


def test_a_challenge_goes_all_the_way_when_each_condition_is_settled(challenge, cast):
    today = dt.date(2025, 3, 10)

    for step in MOVES:
        for code in step.conditions:
            SETTLE[code](challenge, cast, today)
        assert [condition.code for condition in still_needed(challenge, today) if not condition.is_met] == []
        stages.move(challenge, to=step.target, by=cast.maya, today=today)
        assert challenge.stage == step.target

    assert still_needed(challenge, today) == []
    assert StageMove.objects.filter(engagement=challenge, missing=[], why="").count() == len(MOVES)
    assert all(recommendation.is_final for recommendation in challenge.recommendations.all())
    with pytest.raises(Refused, match="This challenge is closed"):
        stages.move(challenge, to=Stage.CLOSED, by=None, today=today)


@pytest.mark.parametrize("step", MOVES, ids=[move.target for move in MOVES])
def test_no_stage_can_be_jumped(challenge, today, step):
    if step.source != Stage.ASKED:
        stages.bring_in(challenge, at=step.source, why="Set up", by=None, today=today)

    for wrong in set(Stage) - {step.target}:
        with pytest.raises(Refused, match="moves to"):
            stages.move(challenge, to=wrong, why="Because", by=None, today=today)

    assert challenge.stage == step.source


WARNED = [move for move in MOVES if not HARD_CONDITIONS & set(move.conditions)]


@pytest.mark.parametrize("step", WARNED, ids=[move.target for move in WARNED])
def test_a_warning_asks_for_a_reason_and_keeps_it(kinds, council, today, step):
    bare = challenges.start_challenge(council, type=kinds["finance"], by=None, today=today)
    if step.source != Stage.ASKED:
        stages.bring_in(bare, at=step.source, why="Set up", by=None, today=today)
    missing = [condition.code for condition in still_needed(bare, today) if not condition.is_met]
    assert missing

    with pytest.raises(Refused, match="Say why it moves on"):
        stages.move(bare, to=step.target, why=" ", by=None, today=today)
    moved = stages.move(bare, to=step.target, why="Agreed with the council", by=None, today=today)

    assert (moved.missing, moved.why, bare.stage) == (missing, "Agreed with the council", step.target)


@pytest.mark.parametrize(
    ("stage", "words"),
    [
        (Stage.PREPARING, "Confirm a peer first. Nobody has accepted a place yet."),
        (Stage.FACTUAL_ACCURACY, "Give every recommendation its words first. None written yet."),
    ],
)
def test_the_two_hard_conditions_refuse_whatever_is_said(challenge, today, stage, words):
    stages.bring_in(challenge, at=stage, why="Set up", by=None, today=today)

    with pytest.raises(Refused) as refused:
        stages.move(challenge, to=next_move(stage).target, why="We want to", by=None, today=today)

    assert str(refused.value) == words
    assert challenge.stage == stage


def test_a_postponed_or_cancelled_challenge_does_not_move(challenge, today):
    visit.confirm_visit(challenge, starts_on=STARTS, ends_on=ENDS, agreed_by="Ida", by=None, today=today)
    change = {"reason": "council_asked", "agreed_by": "Ida", "decided_on": today, "by": None, "today": today}
    visit.postpone_visit(challenge, **change)
    with pytest.raises(Refused, match="Set a new date first"):
        stages.move(challenge, to=Stage.AGREED, by=None, today=today)

    visit.cancel(challenge, **change)
    with pytest.raises(Refused, match="This challenge is cancelled"):
        stages.move(challenge, to=Stage.AGREED, by=None, today=today)


def test_a_challenge_that_began_elsewhere_is_brought_in_once(challenge, today):
    with pytest.raises(Refused, match="Say why"):
        stages.bring_in(challenge, at=Stage.PUBLISHED, why="", by=None, today=today)
    with pytest.raises(Refused, match="Choose the stage"):
        stages.bring_in(challenge, at=Stage.ASKED, why="It began before", by=None, today=today)

    stages.bring_in(challenge, at=Stage.PUBLISHED, why="It began before", by=None, today=today)

    assert challenge.stage == Stage.PUBLISHED
    with pytest.raises(Refused, match="has moved here already"):
        stages.bring_in(challenge, at=Stage.CLOSED, why="Again", by=None, today=today)


@pytest.mark.parametrize(
    "statement", ["UPDATE engagements_stagemove SET why = 'x'", "DELETE FROM engagements_stagemove"]
)
def test_the_moves_stay_on_record(challenge, today, statement):
    stages.bring_in(challenge, at=Stage.SCOPING, why="It began before", by=None, today=today)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
