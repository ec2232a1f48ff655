"""What the database keeps, whoever writes to it and however."""

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from actionplans.models import Action, DateChange, ProgressUpdate
from engagements.operations.recommendations import write_recommendation
from tests.actionplans.saying import say


@pytest.fixture
def action(northmoor: Any, cast: Any) -> Any:
    action = northmoor.actions["1.1"]
    say(action, by=cast.owen, done="Late", confidence="at_risk", new_timescale="Jan 25", new_date_reason="Illness")
    return action


def row(action: Any) -> Any:
    return Action.objects.filter(pk=action.pk)


REFUSED = {
    "the first date changes": lambda action: row(action).update(original_timescale="Never"),
    "the first day changes": lambda action: row(action).update(original_due_on=None),
    "an update is rewritten": lambda action: ProgressUpdate.objects.filter(action=action).update(done="Nicer"),
    "an update is taken away": lambda action: ProgressUpdate.objects.filter(action=action).delete(),
    "a move of the date is rewritten": lambda action: DateChange.objects.filter(action=action).update(reason="Nicer"),
    "a move of the date is taken away": lambda action: DateChange.objects.filter(action=action).delete(),
    "a status nobody knows": lambda action: row(action).update(status="nearly"),
    "a confidence nobody knows": lambda action: row(action).update(confidence="green"),
    "an action without a name": lambda action: row(action).update(headline=""),
    "two actions at one address": lambda action: row(action).update(slug="1-2"),
    "two actions with one number": lambda action: row(action).update(number=2),
}


@pytest.mark.parametrize("attempt", REFUSED.values(), ids=REFUSED)
def test_the_database_refuses(action: Any, attempt: Any) -> None:
    before = row(action).values().get()

    with pytest.raises(DatabaseError), transaction.atomic():
        attempt(action)

    assert row(action).values().get() == before
    assert (ProgressUpdate.objects.count(), DateChange.objects.count()) == (1, 1)


def test_the_present_date_may_change(action: Any) -> None:
    assert row(action).update(times_moved=F("times_moved") + 1) == 1


def test_an_action_moves_to_no_draft_and_to_no_other_challenge(action: Any, northmoor: Any, saltmere: Any) -> None:
    draft = write_recommendation(northmoor.engagement, text="A later thought", ref="9", by=None)

    for recommendation in [draft, saltmere.recommendations["1"]]:
        with pytest.raises(IntegrityError, match="answers a final recommendation"), transaction.atomic():
            row(action).update(recommendation=recommendation, number=7)


def test_an_update_without_words_is_refused_by_the_database(action: Any) -> None:
    with pytest.raises(IntegrityError, match="update_says_something"), transaction.atomic():
        ProgressUpdate.objects.create(
            action=action, written_on="2024-10-14", status="in_progress", accepted_at="2024-10-14T09:00:00Z"
        )
