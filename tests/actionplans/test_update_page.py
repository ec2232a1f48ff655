"""Updating an action in two minutes, and the list it starts from."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import ProgressUpdate, StatusWord
from actionplans.operations import plan
from engagements.operations import councils
from tests.actionplans.saying import TODAY, plan_url, say, words_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def owen(client: Any, cast: Any) -> Any:
    client.force_login(cast.owen)
    return client


def answers(action: Any, **changes: Any) -> dict[str, Any]:
    given = {
        "done": "The first briefing went out.",
        "status": "in_progress",
        "confidence": "at_risk",
        "more_time": "no",
        "version": action.version,
        "form_key": "one-time-key",
    }
    return given | changes


def test_the_page_asks_in_its_order_with_last_time_s_words(owen: Any, cast: Any, northmoor: Any) -> None:
    say(
        northmoor.actions["2.1"],
        by=cast.owen,
        done="Two groups have replied.",
        confidence="at_risk",
        today=dt.date(2024, 8, 9),
    )

    words = words_of(owen.get(plan_url(northmoor, "2-1/update/")))

    asked = [
        "Action 2.1 – due 30 September 2024, 14 days overdue",
        "Buy a dashboard",
        "What you said last time",
        "Two groups have replied.",
        "Owen Price, Director of Policy, 9 August 2024 In progress At risk",
        "What has happened since 9 August 2024?",
        "Two or three sentences. The committee and the public will read this.",
        "Nothing has changed",
        "What happens next?",
        "Where is it now?",
        "How sure are you that it will be done by the date?",
        "Do you need more time?",
        "Yes, give a new date",
        "A day or a month, for example 29 November 2024 or Nov 24",
        "Why is more time needed?",
        "Add evidence",
        "Save and see my next action",
        "From recommendation 2",
        "Director of Policy (you)",
        "Sep 24 (30 September 2024)",
        "See every update on this action (1)",
    ]
    words = words[words.index("Action 2.1 –") :]
    places = [words.find(sentence) for sentence in asked]
    assert -1 not in places, asked[places.index(-1)]
    assert places == sorted(places)


def test_the_last_answers_are_chosen_and_the_text_is_empty(owen: Any, cast: Any, northmoor: Any) -> None:
    say(northmoor.actions["1.1"], by=cast.owen, done="Begun", confidence="off_track", today=dt.date(2024, 8, 9))

    form = owen.get(plan_url(northmoor, "1-1/update/")).context["form"]

    assert (form["status"].value(), form["confidence"].value(), form["done"].value()) == (
        "in_progress",
        "off_track",
        "",
    )


def test_nothing_has_changed_fills_the_sentence_and_changes_nothing_by_itself(
    owen: Any, cast: Any, northmoor: Any
) -> None:
    say(northmoor.actions["1.1"], by=cast.owen, done="Begun", confidence="at_risk", today=dt.date(2024, 8, 9))

    response = owen.get(plan_url(northmoor, "1-1/update/?nothing-has-changed=yes"))

    assert response.context["form"]["done"].value() == "No change since 9\xa0August\xa02024."
    assert ProgressUpdate.objects.count() == 1


def test_the_council_s_own_words_come_first_and_ours_explain(owen: Any, northmoor: Any) -> None:
    StatusWord.objects.create(council=northmoor.council, label="Part-implemented", status="in_progress")

    words = words_of(owen.get(plan_url(northmoor, "1-1/update/")))

    assert "Part-implemented In progress: Work has begun" in words


def test_saving_goes_on_to_the_action_due_next(owen: Any, northmoor: Any) -> None:
    action = northmoor.actions["2.1"]

    response = owen.post(plan_url(northmoor, "2-1/update/"), answers(action))

    assert response.url == plan_url(northmoor, "3-a-1/update/")
    assert "Action 2.1 is updated." in words_of(owen.get(response.url))
    action.refresh_from_db()
    assert action.latest_words == "The first briefing went out."


def test_saving_may_end_there(owen: Any, northmoor: Any) -> None:
    response = owen.post(plan_url(northmoor, "2-1/update/"), answers(northmoor.actions["2.1"], then="finish"))

    assert response.url == "/my-actions/"


def test_the_coordinator_comes_back_to_the_action(client: Any, cast: Any, northmoor: Any) -> None:
    client.force_login(cast.carys)

    response = client.post(plan_url(northmoor, "2-1/update/"), answers(northmoor.actions["2.1"]))

    assert response.url == plan_url(northmoor, "2-1/")


def test_more_time_moves_the_date_and_complete_asks_what_shows_it(owen: Any, northmoor: Any) -> None:
    more = answers(
        northmoor.actions["2.1"], more_time="yes", new_timescale="Nov 24", new_date_reason="A leader changed"
    )
    owen.post(plan_url(northmoor, "2-1/update/"), more)
    done = answers(
        northmoor.actions["1.1"],
        status="complete",
        shown_by="Minutes of 3 October",
        form_key="another",
        more_time="yes",
    )
    owen.post(plan_url(northmoor, "1-1/update/"), done)

    moved, finished = northmoor.actions["2.1"], northmoor.actions["1.1"]
    moved.refresh_from_db()
    finished.refresh_from_db()
    assert (moved.due_on, moved.original_timescale) == (dt.date(2024, 11, 30), "Sep 24")
    assert (finished.status, finished.completed_on, finished.completed_how) == (
        "complete",
        TODAY,
        "Minutes of 3 October",
    )


ERRORS = {
    "nothing written": ({"done": ""}, "Write what has happened, or choose ‘Nothing has changed’"),
    "no place": ({"status": ""}, "Choose where it is now"),
    "an unknown place": ({"status": "nearly"}, "Choose where it is now"),
    "not sure said": ({"confidence": ""}, "Choose how sure you are that it will be done by the date"),
    "on track past the date": (
        {"confidence": "on_track"},
        "An action past its date cannot be on track. Choose At risk or Off track, or say it is complete.",
    ),
    "no evidence": ({"status": "complete"}, "Say what shows it is done"),
    "no new date": ({"more_time": "yes", "new_date_reason": "Illness"}, "Enter a new date after 30 September 2024"),
    "an earlier date": (
        {"more_time": "yes", "new_timescale": "1 September 2024", "new_date_reason": "Illness"},
        "Enter a new date after 30 September 2024",
    ),
    "no date at all": (
        {"more_time": "yes", "new_timescale": "when it suits", "new_date_reason": "Illness"},
        "Enter a date we can read, like 29 November 2024 or Nov 24",
    ),
    "no reason": ({"more_time": "yes", "new_timescale": "Nov 24"}, "Say why more time is needed"),
    "nothing changed but the place did": (
        {"done": "No change.", "status": "not_started"},
        "You chose another place. Write what has happened",
    ),
    "no key": ({"form_key": ""}, "This page is incomplete. Open it again"),
}


@pytest.mark.parametrize(("changes", "sentence"), ERRORS.values(), ids=ERRORS)
def test_a_wrong_answer_is_said_at_its_question_and_nothing_is_lost(
    owen: Any, northmoor: Any, changes: Any, sentence: str
) -> None:
    given = answers(northmoor.actions["2.1"], **changes)

    response = owen.post(plan_url(northmoor, "2-1/update/"), given)

    words = words_of(response)
    assert response.status_code == 200
    assert words.startswith("Error: Buy a dashboard")
    assert sentence in words
    assert given["done"] in words
    assert not ProgressUpdate.objects.exists()


def test_two_people_on_one_action_see_both_texts_and_may_save_the_second(owen: Any, cast: Any, northmoor: Any) -> None:
    action = northmoor.actions["2.1"]
    mine = answers(action, done="My own words")
    say(action, by=cast.carys, done="The coordinator was quicker", confidence="at_risk")

    response = owen.post(plan_url(northmoor, "2-1/update/"), mine)

    words = words_of(response)
    assert response.status_code == 409
    assert (
        "Carys Bevan saved an update at 14 October 2024, 9am, after you opened this page. Both are shown below. Choose what to keep."
        in words
    )
    assert "The coordinator was quicker" in words
    again = {field.html_name: field.value() for field in response.context["form"]} | {"evidence": "", "shown_by": ""}
    assert again["done"] == "My own words"
    assert (
        owen.post(plan_url(northmoor, "2-1/update/"), {name: value or "" for name, value in again.items()}).status_code
        == 302
    )
    assert list(ProgressUpdate.objects.order_by("pk").values_list("done", flat=True)) == [
        "The coordinator was quicker",
        "My own words",
    ]


def test_a_second_press_saves_once(owen: Any, northmoor: Any) -> None:
    given = answers(northmoor.actions["2.1"])

    first = owen.post(plan_url(northmoor, "2-1/update/"), given)
    second = owen.post(plan_url(northmoor, "2-1/update/"), given)

    assert (first.status_code, second.status_code) == (302, 302)
    assert ProgressUpdate.objects.count() == 1


def test_fields_that_are_not_asked_change_nothing(owen: Any, northmoor: Any, saltmere: Any) -> None:
    smuggled = {
        "action": saltmere.actions["1.1"].pk,
        "by": 1,
        "accepted_by": 1,
        "written_on": "2020-01-01",
        "completed_on": "2020-01-01",
    }

    owen.post(plan_url(northmoor, "2-1/update/"), answers(northmoor.actions["2.1"]) | smuggled)

    update = ProgressUpdate.objects.get()
    assert (update.action.ref, update.by.name, update.written_on) == ("2.1", "Owen Price", TODAY)


def test_who_may_update(client: Any, cast: Any, northmoor: Any) -> None:
    statuses = {}
    for name, person in cast.people().items():
        client.force_login(person)
        statuses[name] = client.get(plan_url(northmoor, "1-1/update/")).status_code

    allowed = {"carys", "owen", "anwen", "ada"}
    strangers = {"sam", "noor"}
    assert statuses == {name: 200 if name in allowed else 404 if name in strangers else 403 for name in statuses}


# --- My actions


def test_my_actions_are_those_of_my_posts_due_first(owen: Any, cast: Any, northmoor: Any) -> None:
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)
    plan.plan_next_report(
        opened,
        committee="Policy Committee",
        next_meeting_on=dt.date(2024, 11, 6),
        updates_close_on=dt.date(2024, 10, 25),
        version=1,
        by=None,
    )
    say(northmoor.actions["1.1"], by=cast.owen, done="Begun", confidence="at_risk", today=dt.date(2024, 8, 9))
    say(northmoor.actions["1.2"], by=cast.owen, done="It hangs", status="complete")

    words = words_of(owen.get("/my-actions/"))

    assert "Updates are needed by 25 October 2024 for Policy Committee on 6 November." in words
    order = [
        words.find(text)
        for text in ["Buy a dashboard", "Brief members before each meeting", "Share the page with staff", "Done (1)"]
    ]
    assert order == sorted(order)
    assert -1 not in order
    assert "Last updated 9 August" in words
    assert "No update yet" in words


def test_without_actions_the_page_says_whom_to_tell(client: Any, cast: Any, northmoor: Any) -> None:
    client.force_login(cast.rhys)

    assert "You have no actions. If that is wrong, tell Carys Bevan." in words_of(client.get("/my-actions/"))


def test_who_left_a_post_has_its_actions_no_more(owen: Any, northmoor: Any) -> None:
    councils.leave_post(
        northmoor.council.posts.get(title="Director of Policy"), until_on=dt.date(2024, 10, 13), by=None
    )

    assert "You have no actions." in words_of(owen.get("/my-actions/"))
    assert owen.get(plan_url(northmoor, "1-1/update/")).status_code == 403


def test_my_actions_ask_as_often_for_more_rows(owen: Any, cast: Any, northmoor: Any) -> None:
    def count() -> int:
        owen.get("/my-actions/")
        with CaptureQueriesContext(connection) as queries:
            owen.get("/my-actions/")
        return len(queries)

    first = count()
    for number in range(8):
        owners = [plan.OwnerEntry("Director of Policy"), plan.OwnerEntry(f"Post {number}")]
        plan.add_action(
            northmoor.recommendations["2"], text=f"More {number}", owners=owners, by=cast.carys, today=TODAY
        )

    assert count() == first
    assert first <= 10
