"""Saying where an action is."""

import datetime as dt
import uuid
from typing import Any

import pytest

from actionplans.models import DateChange, Position, ProgressUpdate
from engagements.models import Engagement
from engagements.stages import Stage, Standing
from peerchallenge.access import Refused, Stale
from peerchallenge.history.models import OperationRecord
from tests.actionplans.saying import TODAY, say


@pytest.fixture
def action(northmoor: Any) -> Any:
    """1.1, in progress, due at the end of December 2024."""
    return northmoor.actions["1.1"]


@pytest.fixture
def overdue(northmoor: Any) -> Any:
    """2.1, in progress, due at the end of September 2024."""
    return northmoor.actions["2.1"]


def test_an_update_is_kept_and_the_action_says_what_it_said(action: Any, cast: Any) -> None:
    update = say(action, by=cast.owen, done="Staff have the page", next="Ask the unions", confidence="on_track")

    action.refresh_from_db()
    assert (update.by, update.by_post, update.written_on) == (cast.owen, "Director of Policy", TODAY)
    assert (update.accepted_by, update.action_version) == (cast.owen, 2)
    assert (action.status, action.confidence, action.version) == ("in_progress", "on_track", 2)
    assert (action.latest_on, action.latest_words) == (TODAY, "Staff have the page")
    assert list(action.positions.order_by("place").values_list("kind", "on", "text")) == [
        ("done", TODAY, "Staff have the page"),
        ("planned", TODAY, "Ask the unions"),
    ]


def test_the_coordinator_writes_under_her_own_job_title(action: Any, cast: Any) -> None:
    update = say(action, by=cast.carys, done="Staff have the page")

    assert update.by_post == "Policy and Performance Manager"


def test_nothing_has_changed_writes_a_sentence_and_no_statement(action: Any, cast: Any) -> None:
    say(action, by=cast.owen, done="Staff have the page", today=dt.date(2024, 8, 9))

    update = say(action, by=cast.owen, no_change=True)

    assert update.done.replace("\xa0", " ") == "No change since 9 August 2024."
    assert action.positions.count() == 1


def test_a_completed_action_keeps_when_and_what_shows_it(action: Any, cast: Any) -> None:
    say(
        action,
        by=cast.owen,
        done="It hangs everywhere",
        evidence="Minutes of 3 October",
        status="complete",
        confidence="on_track",
    )

    action.refresh_from_db()
    assert (action.status, action.completed_on, action.completed_how) == ("complete", TODAY, "Minutes of 3 October")
    assert action.confidence == ""


def test_a_finished_action_is_taken_up_again_with_a_note(action: Any, cast: Any) -> None:
    say(action, by=cast.owen, done="It hangs everywhere", status="complete")

    say(action, by=cast.owen, done="Two buildings were missed", status="in_progress", confidence="at_risk")

    action.refresh_from_db()
    assert (action.status, action.completed_on, action.completed_how) == ("in_progress", None, "")
    assert [update.status for update in action.updates.order_by("pk")] == ["complete", "in_progress"]


def test_a_local_word_stands_beside_our_value(action: Any, cast: Any) -> None:
    say(action, by=cast.owen, done="Halfway", status="in_progress", status_label="Part-implemented")

    action.refresh_from_db()
    assert (action.status, action.status_words) == ("in_progress", "Part-implemented")


def test_a_new_date_keeps_the_first_one_and_every_move(action: Any, cast: Any) -> None:
    say(
        action,
        by=cast.owen,
        done="Late",
        confidence="at_risk",
        new_timescale="Jan 25",
        new_date_reason="One group changed leader",
    )
    say(
        action,
        by=cast.owen,
        done="Late again",
        confidence="at_risk",
        new_timescale="14 March 2025",
        new_date_reason="Illness",
    )

    action.refresh_from_db()
    assert (action.timescale, action.due_on, action.due_precision) == ("14 March 2025", dt.date(2025, 3, 14), "day")
    assert (action.original_timescale, action.original_due_on) == ("Dec 24", dt.date(2024, 12, 31))
    assert action.times_moved == 2
    moves = DateChange.objects.filter(action=action).order_by("pk")
    assert list(moves.values_list("from_timescale", "to_timescale", "reason", "agreed_by")) == [
        ("Dec 24", "Jan 25", "One group changed leader", "Director of Policy"),
        ("Jan 25", "14 March 2025", "Illness", "Director of Policy"),
    ]


@pytest.mark.parametrize("confidence", ["at_risk", "off_track", ""])
def test_an_overdue_action_is_updated_when_it_is_not_called_on_track(overdue: Any, cast: Any, confidence: str) -> None:
    say(overdue, by=cast.owen, done="Tender out", confidence=confidence)

    overdue.refresh_from_db()
    assert overdue.confidence == confidence


def test_an_overdue_action_is_on_track_once_it_has_a_new_date(overdue: Any, cast: Any) -> None:
    say(
        overdue,
        by=cast.owen,
        done="Tender out",
        confidence="on_track",
        new_timescale="Dec 24",
        new_date_reason="No bids",
    )

    overdue.refresh_from_db()
    assert (overdue.confidence, overdue.due_on) == ("on_track", dt.date(2024, 12, 31))


REFUSALS = {
    "nothing said": ({}, "Write what has happened, or choose ‘Nothing has changed’"),
    "a new status without a note": (
        {"status": "not_started", "no_change": True},
        "You chose a new status. Write what has happened.",
    ),
    "complete without what was done": ({"status": "complete", "next": "Rest"}, "Say what was done, and what shows it"),
    "on track past the date": (
        {"done": "Fine", "confidence": "on_track"},
        "An action past its date cannot be on track. Choose At risk or Off track, or say it is complete.",
    ),
    "a new date without a reason": ({"done": "Late", "new_timescale": "Dec 24"}, "Say why the date changes"),
    "a new date before the present one": (
        {"done": "Late", "new_timescale": "Aug 24", "new_date_reason": "Earlier"},
        "Enter a new date after 30 September 2024",
    ),
    "a new date nobody can read": (
        {"done": "Late", "new_timescale": "when it suits", "new_date_reason": "Why not"},
        "Enter a date we can read, like 29 November 2024 or Nov 24",
    ),
    "a new date for a finished action": (
        {"done": "Done", "status": "complete", "new_timescale": "Dec 24", "new_date_reason": "More"},
        "An action that is finished needs no new date",
    ),
}


@pytest.mark.parametrize(("said", "sentence"), REFUSALS.values(), ids=REFUSALS)
def test_what_cannot_be_said_is_refused_and_nothing_is_saved(overdue: Any, cast: Any, said: Any, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        say(overdue, by=cast.owen, **said)

    assert str(refusal.value).replace("\xa0", " ") == sentence
    overdue.refresh_from_db()
    assert (overdue.version, overdue.status, overdue.latest_words) == (1, "in_progress", "")
    assert not ProgressUpdate.objects.exists()
    assert not DateChange.objects.exists()


@pytest.mark.parametrize(
    ("fact", "sentence"),
    [
        ({"stage": Stage.DRAFTING}, "The report is not final yet. The action plan begins when it is."),
        ({"stage": Stage.CLOSED}, "This challenge is closed. Its action plan can be read but not changed."),
        ({"standing": Standing.CANCELLED}, "This challenge is cancelled. Its action plan cannot be changed."),
    ],
)
def test_the_stage_of_the_challenge_is_asked_whoever_writes(action: Any, cast: Any, fact: Any, sentence: str) -> None:
    Engagement.objects.filter(pk=action.engagement_id).update(**fact)

    with pytest.raises(Refused, match=sentence):
        say(action, by=cast.ada, done="As an administrator")

    assert not ProgressUpdate.objects.exists()


def test_a_stale_page_saves_nothing_and_shows_both_texts(action: Any, cast: Any) -> None:
    say(action, by=cast.carys, done="The coordinator was quicker", version=1)

    with pytest.raises(Stale) as refusal:
        say(action, by=cast.owen, done="My own words", version=1)

    assert str(refusal.value).startswith("Carys Bevan saved an update at ")
    assert ("What has happened", "The coordinator was quicker") in refusal.value.theirs
    assert ("What has happened", "My own words") in refusal.value.yours
    assert refusal.value.current.version == 2
    assert ProgressUpdate.objects.count() == 1


def test_the_same_form_sent_twice_is_saved_and_recorded_once(action: Any, cast: Any) -> None:
    first = say(action, by=cast.owen, done="Once", key="one-time-key")
    recorded = OperationRecord.objects.count()

    second = say(action, by=cast.owen, done="Once", key="one-time-key", version=1)

    assert first == second
    assert ProgressUpdate.objects.count() == 1
    assert Position.objects.filter(action=action).count() == 1
    assert OperationRecord.objects.count() == recorded


def test_a_used_key_with_other_words_saves_nothing(action: Any, cast: Any) -> None:
    say(action, by=cast.owen, done="Once", key="one-time-key")

    with pytest.raises(Stale, match="This page was sent before"):
        say(action, by=cast.owen, done="Something else", key="one-time-key")

    assert ProgressUpdate.objects.count() == 1


def test_a_used_key_does_not_show_another_action(action: Any, saltmere: Any, cast: Any) -> None:
    key = uuid.uuid4()
    say(saltmere.actions["1.1"], by=cast.sam, done="Secret", key=key)

    with pytest.raises(Stale) as refusal:
        say(action, by=cast.owen, done="Mine", key=key)

    assert refusal.value.theirs == []
