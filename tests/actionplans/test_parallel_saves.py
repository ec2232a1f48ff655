"""Many people on one action at once: nothing is lost, nothing is doubled."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from actionplans.models import Action, ProgressUpdate
from actionplans.operations import plan
from peerchallenge.access import Stale
from tests.actionplans.saying import TODAY, say

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


def at_once(save: Callable[[int], Any]) -> list[Any]:
    """What each of eight threads got, or the refusal it met."""
    results: list[Any] = [None] * EIGHT
    ready = threading.Barrier(EIGHT)

    def run(number: int) -> None:
        try:
            ready.wait()
            results[number] = save(number)
        except Stale as stale:
            results[number] = stale
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[number]) for number in range(EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_eight_saves_on_one_version_one_is_saved_and_seven_keep_their_words(northmoor: Any, cast: Any) -> None:
    pk = northmoor.actions["1.1"].pk

    results = at_once(lambda number: say(Action.objects.get(pk=pk), by=cast.owen, done=f"Words {number}", version=1))

    saved = [result for result in results if isinstance(result, ProgressUpdate)]
    stale = [result for result in results if isinstance(result, Stale)]
    assert (len(saved), len(stale)) == (1, 7)
    assert ProgressUpdate.objects.get().done == saved[0].done
    assert Action.objects.get(pk=pk).version == 2
    kept = {words for refusal in stale for question, words in refusal.yours if question == "What has happened"}
    assert kept | {saved[0].done} == {f"Words {number}" for number in range(EIGHT)}
    assert all(("What has happened", saved[0].done) in refusal.theirs for refusal in stale)


def test_eight_presses_of_one_button_save_once(northmoor: Any, cast: Any) -> None:
    pk = northmoor.actions["1.1"].pk

    results = at_once(
        lambda _: say(Action.objects.get(pk=pk), by=cast.owen, done="Once", version=1, key="one-time-key")
    )

    assert {result.pk for result in results} == {ProgressUpdate.objects.get().pk}
    assert Action.objects.get(pk=pk).positions.count() == 1


def test_eight_presses_add_one_action_and_eight_people_add_eight(northmoor: Any, cast: Any) -> None:
    recommendation = northmoor.recommendations["2"]

    def add(key: str) -> Any:
        mine = type(recommendation).objects.get(pk=recommendation.pk)
        return plan.add_action(mine, text="Report", form_key=key, by=cast.carys, today=TODAY)

    at_once(lambda _: add("one key"))
    at_once(lambda number: add(f"key {number}"))

    numbers = list(recommendation.actions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, 11))


def test_of_two_first_answers_one_is_stale(northmoor: Any, cast: Any) -> None:
    recommendation = northmoor.recommendations["1"]

    def answer(number: int) -> Any:
        mine = type(recommendation).objects.get(pk=recommendation.pk)
        return plan.answer_recommendation(
            mine, answer="not_accepted", reason=f"Reason {number}", by=cast.carys, today=TODAY
        )

    results = at_once(answer)

    assert sum(isinstance(result, Stale) for result in results) == 7
