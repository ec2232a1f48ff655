"""The pages of one action and one recommendation, and the forms that change them."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.models import Action, Plan, Response
from actionplans.operations import plan
from engagements.models import Recommendation
from engagements.operations.recommendations import write_recommendation
from tests.actionplans.saying import TODAY, plan_url, refs_on, say, words_of

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def carys(client: Any, cast: Any) -> Any:
    client.force_login(cast.carys)
    return client


def recommendation_url(challenge: Any, ref: str) -> str:
    return f"/challenges/{challenge.engagement.slug}/recommendations/{ref}/"


# --- An action


def test_an_action_shows_its_words_dates_owners_and_everything_said(carys: Any, cast: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]
    say(
        action,
        by=cast.owen,
        done="Begun",
        next="Print it",
        confidence="at_risk",
        new_timescale="Jan 25",
        new_date_reason="Illness",
    )
    plan.change_action(
        action,
        version=action.version,
        also_serves=[northmoor.recommendations["2"]],
        extra={"Cost": "£400"},
        by=cast.carys,
        today=TODAY,
    )

    words = words_of(carys.get(plan_url(northmoor, "1-1/")))

    for sentence in [
        "Recommendation 1, action 1.1",
        "Share the page with staff",
        "Begun Owen Price, Director of Policy, 14 October 2024 In progress At risk",
        "Next: Print it",
        "Dec 24 Jan 25 14 October 2024 Director of Policy Illness",
        "Accountable Chief Executive (Anwen Hughes) Responsible Director of Policy (Owen Price)",
        "Due Jan 25 (31 January 2025) first Dec 24, moved once",
        "Cost £400",
        "“ Say in one page what the borough should be ”",
        "Also answers Recommendation 2",
        "History of this action",
        "Change the action Update",
    ]:
        assert sentence in words, sentence


def test_the_history_says_who_changed_what(carys: Any, cast: Any, northmoor: Any) -> None:
    say(northmoor.actions["1.1"], by=cast.owen, done="All printed", evidence="Photographs", status="complete")

    words = words_of(carys.get(plan_url(northmoor, "1-1/history/")))

    assert "Updated action 1.1 by Owen Price 14 October 2024, 9am" in words
    assert "was In progress now Complete" in words
    assert "Added action 1.1 by Carys Bevan" in words


def test_everybody_on_the_challenge_reads_an_action_and_few_are_offered_to_change_it(
    client: Any, cast: Any, northmoor: Any
) -> None:
    offered = {}
    for name in ["carys", "owen", "anwen", "rhys", "ruth", "lena", "maya", "olu"]:
        client.force_login(getattr(cast, name))
        words = words_of(client.get(plan_url(northmoor, "1-1/")))
        offered[name] = ("Change the action" in words, " Update " in words)

    changes = {"carys": (True, True), "owen": (False, True), "anwen": (False, True)}
    assert offered == {name: changes.get(name, (False, False)) for name in offered}


def test_an_action_s_page_asks_as_often_for_three_updates(carys: Any, cast: Any, northmoor: Any) -> None:
    def count() -> int:
        carys.get(plan_url(northmoor, "1-1/"))
        with CaptureQueriesContext(connection) as queries:
            carys.get(plan_url(northmoor, "1-1/"))
        return len(queries)

    say(
        northmoor.actions["1.1"],
        by=cast.owen,
        done="One",
        confidence="at_risk",
        new_timescale="Jan 25",
        new_date_reason="Illness",
    )
    first = count()
    for number, month in enumerate(["Feb 25", "Mar 25"]):
        say(
            northmoor.actions["1.1"],
            by=cast.owen,
            done=f"More {number}",
            confidence="at_risk",
            new_timescale=month,
            new_date_reason="More",
        )

    assert count() == first


# --- Adding and changing


def test_an_action_is_added_with_several_owners(carys: Any, northmoor: Any) -> None:
    given = {
        "recommendation": northmoor.recommendations["2"].pk,
        "text": "Report every quarter",
        "timescale": "Nov 24",
        "owner_0_title": "Chief Executive",
        "owner_0_kind": "accountable",
        "owner_1_title": "Head of Communications",
        "owner_1_kind": "responsible",
        "owner_2_title": "",
        "owner_2_kind": "responsible",
        "form_key": "one-time-key",
    }

    first = carys.post(plan_url(northmoor, "add/"), given)
    second = carys.post(plan_url(northmoor, "add/"), given)

    action = Action.objects.get(ref="2.2")
    assert first.url == second.url == plan_url(northmoor, "2-2/")
    assert list(action.owners.order_by("position").values_list("post__title", flat=True)) == [
        "Chief Executive",
        "Head of Communications",
    ]
    assert "Action 2.2 is added. We will count “Nov 24” to 30 November 2024." in words_of(carys.get(first.url))


def test_more_owners_are_asked_for_without_losing_what_is_typed(carys: Any, northmoor: Any) -> None:
    given = {
        "text": "Half a sentence",
        "owner_0_title": "Leader",
        "owner_0_kind": "accountable",
        "more_owners": "yes",
        "form_key": "key",
    }

    response = carys.post(plan_url(northmoor, "add/"), given)

    form = response.context["form"]
    assert (form["text"].value(), form["owner_0_title"].value(), form["form_key"].value()) == (
        "Half a sentence",
        "Leader",
        "key",
    )
    assert form.rows == 3
    assert "Error" not in words_of(response)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Write what the council will do"),
        ({"recommendation": ""}, "Choose a recommendation"),
        (
            {"owner_1_title": "leader", "owner_1_kind": "accountable"},
            "This post is there already. Empty one of the two",
        ),
        ({"owner_0_kind": "boss"}, "Choose what the owner is"),
        ({"timescale": "x" * 501}, "The date must be 500 characters or fewer. You have used 501"),
    ],
)
def test_a_wrong_answer_adds_nothing(carys: Any, northmoor: Any, changes: Any, sentence: str) -> None:
    given = {
        "recommendation": northmoor.recommendations["2"].pk,
        "text": "Report",
        "owner_0_title": "Leader",
        "owner_0_kind": "accountable",
        "form_key": "key",
    }
    before = Action.objects.count()

    response = carys.post(plan_url(northmoor, "add/"), given | changes)

    assert sentence in words_of(response)
    assert Action.objects.count() == before


def test_a_recommendation_of_another_council_cannot_be_chosen(carys: Any, northmoor: Any, saltmere: Any) -> None:
    given = {"recommendation": saltmere.recommendations["2"].pk, "text": "Sneak in", "form_key": "key"}

    response = carys.post(plan_url(northmoor, "add/"), given)

    assert "Choose a recommendation" in words_of(response)
    assert "Kanarienvogel" not in response.content.decode()


def change(action: Any, **changes: Any) -> dict[str, Any]:
    given = {
        "text": action.text,
        "timescale": action.timescale,
        "date_reason": "",
        "owner_0_title": "Chief Executive",
        "owner_0_kind": "accountable",
        "version": action.version,
    }
    return given | changes


def test_an_action_is_changed_and_an_emptied_row_takes_the_owner_away(carys: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]

    response = carys.post(
        plan_url(northmoor, "1-1/edit/"),
        change(action, text="Share it with everybody", owner_1_title="", owner_1_kind="responsible"),
    )

    action.refresh_from_db()
    assert response.url == plan_url(northmoor, "1-1/")
    assert action.headline == "Share it with everybody"
    assert [owner.post.title for owner in action.owners.all()] == ["Chief Executive"]


def test_a_changed_date_asks_why(carys: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]

    response = carys.post(plan_url(northmoor, "1-1/edit/"), change(action, timescale="Jan 25"))

    assert "Say why the date changes" in words_of(response)
    action.refresh_from_db()
    assert action.timescale == "Dec 24"


def test_a_stale_change_keeps_the_words_and_may_be_saved(carys: Any, cast: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]
    mine = change(action, text="My words")
    plan.change_action(action, version=1, text="Their words", by=cast.carys, today=TODAY)

    response = carys.post(plan_url(northmoor, "1-1/edit/"), mine)

    words = words_of(response)
    assert response.status_code == 409
    assert "Their words" in words
    assert "My words" in words
    assert (
        carys.post(
            plan_url(northmoor, "1-1/edit/"), mine | {"version": response.context["form"]["version"].value()}
        ).status_code
        == 302
    )
    action.refresh_from_db()
    assert action.text == "My words"


# --- Recommendations, answers, the next report


def test_a_recommendation_shows_its_fixed_words_the_answer_and_the_actions(
    carys: Any, cast: Any, northmoor: Any
) -> None:
    plan.answer_recommendation(
        northmoor.recommendations["1"], answer="already_covered", reason="We have one", by=cast.carys, today=TODAY
    )

    words = words_of(carys.get(recommendation_url(northmoor, "1")))

    for sentence in [
        "Key recommendation Recommendation 1",
        "Say in one page what the borough should be",
        "The words cannot be changed.",
        "Already covered , 14 October 2024 We have one",
        "1.1 Share the page with staff",
        "1.2 Hang it in every building",
        "Change the response Add an action",
    ]:
        assert sentence in words, sentence


def test_a_recommendation_lists_the_actions_of_others_that_answer_it_too(carys: Any, cast: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]
    plan.change_action(action, version=1, also_serves=[northmoor.recommendations["2"]], by=cast.carys, today=TODAY)

    response = carys.get(recommendation_url(northmoor, "2"))

    assert refs_on(response) == ["2.1", "1.1"]
    assert "Share the page with staff Answers this recommendation too" in words_of(response)


def test_the_coordinator_and_accountable_people_answer(client: Any, cast: Any, northmoor: Any) -> None:
    statuses = {}
    for name in ["carys", "anwen", "owen", "rhys", "ruth", "lena", "maya", "sam"]:
        client.force_login(getattr(cast, name))
        statuses[name] = client.get(plan_url(northmoor, "responses/1/")).status_code

    assert statuses == {
        "carys": 200,
        "anwen": 200,
        "owen": 403,
        "rhys": 403,
        "ruth": 403,
        "lena": 403,
        "maya": 403,
        "sam": 404,
    }


def test_an_answer_other_than_accepted_asks_why(carys: Any, northmoor: Any) -> None:
    url = plan_url(northmoor, "responses/1/")

    empty = carys.post(url, {"version": 0})
    without = carys.post(url, {"answer": "not_accepted", "version": 0})
    carys.post(url, {"answer": "not_accepted", "reason": "No money", "version": 0})

    assert "Choose the council’s response" in words_of(empty)
    assert "Say why the council gives this answer" in words_of(without)
    assert Response.objects.get().reason == "No money"


def test_a_reason_left_from_another_answer_is_not_kept(carys: Any, northmoor: Any) -> None:
    carys.post(plan_url(northmoor, "responses/1/"), {"answer": "accepted", "reason": "Left over", "version": 0})

    assert Response.objects.get().reason == ""


def test_two_answers_at_once_show_both(carys: Any, cast: Any, northmoor: Any) -> None:
    plan.answer_recommendation(northmoor.recommendations["1"], answer="accepted", by=cast.anwen, today=TODAY)

    response = carys.post(
        plan_url(northmoor, "responses/1/"), {"answer": "not_accepted", "reason": "No money", "version": 0}
    )

    assert response.status_code == 409
    assert "No money" in words_of(response)


def test_a_draft_is_no_page_for_the_council(carys: Any, northmoor: Any) -> None:
    write_recommendation(northmoor.engagement, text="A later thought", ref="9", by=None)

    assert Recommendation.objects.filter(ref="9", is_final=False).exists()
    assert carys.get(recommendation_url(northmoor, "9")).status_code == 404
    assert carys.get(plan_url(northmoor, "responses/9/")).status_code == 404


def test_the_next_report_is_planned_on_its_page(carys: Any, northmoor: Any) -> None:
    url = plan_url(northmoor, "next-report/")
    given = {
        "committee": "Policy Committee",
        "next_meeting_on": "6/11/2024",
        "updates_close_on": "25 Oct 24",
        "version": 1,
    }

    late = carys.post(url, given | {"updates_close_on": "7 November 2024"})
    carys.post(url, given)
    stale = carys.post(url, given | {"committee": "Another"})

    assert "Updates must close on the day of the meeting or before" in words_of(late)
    assert Plan.objects.get(engagement=northmoor.engagement).committee == "Policy Committee"
    assert stale.status_code == 409


def test_a_new_date_is_given_and_says_who_moved_it(carys: Any, cast: Any, northmoor: Any) -> None:
    action = northmoor.actions["1.1"]
    say(action, by=cast.owen, done="Slow", confidence="at_risk", new_timescale="Jan 25", new_date_reason="Illness")

    shown = carys.get(action.get_absolute_url()).content.decode()
    hint = words_of(carys.get(f"{action.get_absolute_url()}update/"))
    to_do = words_of(carys.get("/home/"))

    assert 'data-label="Moved by">Director of Policy</td>' in shown
    assert "Agreed by" not in shown
    assert "Will not make the date it has now; say why and give a new one" in hint
    assert "1 action past the date: give a new one or say what is done" in to_do
