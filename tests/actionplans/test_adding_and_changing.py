"""Actions as the coordinator makes and changes them, the council's answers, the next report."""

import datetime as dt
from typing import Any

import pytest

from actionplans.models import Action, DateChange, Plan, Response, StatusWord
from actionplans.operations import plan
from actionplans.operations.plan import OwnerEntry, PositionEntry
from engagements.models import Engagement, Post
from engagements.operations.recommendations import write_recommendation
from engagements.stages import Stage
from peerchallenge.access import Refused, Stale
from tests.actionplans.saying import TODAY


def add(recommendation: Any, cast: Any, **words: Any) -> Action:
    return plan.add_action(recommendation, by=cast.carys, today=TODAY, **words)


# --- Adding


def test_an_action_is_numbered_after_those_there_are(northmoor: Any, cast: Any) -> None:
    action = add(northmoor.recommendations["3(a)"], cast, text="Report back every six months", timescale="Nov 24")

    assert (action.ref, action.slug, action.number) == ("3(a).2", "3-a-2", 2)
    assert (action.timescale, action.due_on, action.due_precision) == ("Nov 24", dt.date(2024, 11, 30), "month")
    assert (action.original_timescale, action.original_due_on) == ("Nov 24", dt.date(2024, 11, 30))


def test_owners_are_posts_found_whatever_their_capitals(northmoor: Any, cast: Any) -> None:
    before = Post.objects.count()

    action = add(
        northmoor.recommendations["2"],
        cast,
        text="Report",
        owners=[
            OwnerEntry("chief  executive", "accountable"),
            OwnerEntry("Head of Communications", "responsible"),
            OwnerEntry("Councillor for Growth", "other", "Portfolio holder"),
        ],
    )

    owners = action.owners.order_by("position").values_list("post__title", "kind", "heading")
    assert list(owners) == [
        ("Chief Executive", "accountable", ""),
        ("Head of Communications", "responsible", ""),
        ("Councillor for Growth", "other", "Portfolio holder"),
    ]
    assert Post.objects.count() == before + 2


@pytest.mark.parametrize(
    ("text", "positions", "headline"),
    [
        ("Do it\nwell", [], "Do it well"),
        (
            "",
            [PositionEntry("done", None, "Did half"), PositionEntry("planned", None, "Will do the rest")],
            "Will do the rest",
        ),
        ("", [PositionEntry("done", None, "Did it all")], "Did it all"),
    ],
)
def test_an_action_is_called_by_its_text_else_what_is_planned_else_what_is_done(
    northmoor: Any, cast: Any, text: str, positions: Any, headline: str
) -> None:
    action = add(northmoor.recommendations["2"], cast, text=text, positions=positions)

    assert (action.text, action.headline) == (text, headline)
    assert action.positions.count() == len(positions)


def test_the_newest_statement_is_the_latest_word(northmoor: Any, cast: Any) -> None:
    action = add(
        northmoor.recommendations["2"],
        cast,
        positions=[
            PositionEntry("done", dt.date(2024, 9, 1), "Newer"),
            PositionEntry("note", dt.date(2024, 5, 1), "Older"),
        ],
        status_label="Complete",
    )

    assert (action.latest_on, action.latest_words) == (dt.date(2024, 9, 1), "Newer")
    assert (action.status, action.completed_on, action.completed_how) == ("complete", dt.date(2024, 9, 1), "Newer")


def test_a_word_the_council_has_settled_decides_the_status(northmoor: Any, cast: Any) -> None:
    StatusWord.objects.create(council=northmoor.council, label="Parked", status="delayed")

    action = add(northmoor.recommendations["2"], cast, text="Report", status_label="PARKED")

    assert (action.status, action.status_words) == ("delayed", "PARKED")


def test_the_same_form_adds_one_action(northmoor: Any, cast: Any) -> None:
    first = add(northmoor.recommendations["2"], cast, text="Report", form_key="one-time-key")
    second = add(northmoor.recommendations["2"], cast, text="Report", form_key="one-time-key")

    assert first == second


def test_an_action_needs_words(northmoor: Any, cast: Any) -> None:
    with pytest.raises(Refused, match="Write what the council will do"):
        add(northmoor.recommendations["2"], cast, text=" \n ")


def test_an_action_past_its_date_is_not_added_as_on_track(northmoor: Any, cast: Any) -> None:
    with pytest.raises(Refused, match="cannot be on track"):
        add(
            northmoor.recommendations["2"],
            cast,
            text="Report",
            timescale="Sep 24",
            confidence="on_track",
            status="in_progress",
        )


def test_nothing_is_added_before_the_report_is_final(northmoor: Any, cast: Any) -> None:
    Engagement.objects.filter(pk=northmoor.engagement.pk).update(stage=Stage.FACTUAL_ACCURACY)
    recommendation = northmoor.recommendations["2"]
    recommendation.refresh_from_db()

    with pytest.raises(Refused, match="The report is not final yet"):
        add(recommendation, cast, text="Too early")
    with pytest.raises(Refused, match="The report is not final yet"):
        plan.answer_recommendation(recommendation, answer="accepted", by=cast.carys, today=TODAY)
    recommendation.engagement.refresh_from_db()
    with pytest.raises(Refused, match="The report is not final yet"):
        plan.open_plan(recommendation.engagement, by=cast.carys)


def test_a_draft_recommendation_gets_no_action(northmoor: Any, cast: Any) -> None:
    draft = write_recommendation(northmoor.engagement, text="A later thought", ref="9", by=None)

    with pytest.raises(Refused, match="Recommendation 9 is still a draft"):
        add(draft, cast, text="Too early")


# --- Changing


def change(action: Action, cast: Any, **words: Any) -> Action:
    words.setdefault("version", action.version)
    return plan.change_action(action, by=cast.carys, today=TODAY, **words)


def test_words_owners_and_further_recommendations_change_together(northmoor: Any, cast: Any) -> None:
    action = northmoor.actions["1.1"]

    change(
        action,
        cast,
        text="Share it with everybody",
        owners=[OwnerEntry("Leader", "accountable")],
        also_serves=[northmoor.recommendations["2"]],
    )

    action.refresh_from_db()
    assert (action.headline, action.version) == ("Share it with everybody", 2)
    assert [(owner.post.title, owner.kind) for owner in action.owners.all()] == [("Leader", "accountable")]
    assert [recommendation.ref for recommendation in action.also_serves.all()] == ["2"]


def test_a_changed_date_keeps_the_first(northmoor: Any, cast: Any) -> None:
    action = northmoor.actions["1.1"]

    change(action, cast, timescale="Nov 24", date_reason="Wanted earlier", agreed_by="Policy Committee")

    action.refresh_from_db()
    assert (action.timescale, action.original_timescale, action.times_moved) == ("Nov 24", "Dec 24", 1)
    assert DateChange.objects.get().agreed_by == "Policy Committee"


def test_a_first_date_is_no_move(northmoor: Any, cast: Any) -> None:
    action = add(northmoor.recommendations["2"], cast, text="Report")

    change(action, cast, timescale="Nov 24")

    action.refresh_from_db()
    assert (action.due_on, action.times_moved) == (dt.date(2024, 11, 30), 0)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"timescale": "Jan 25"}, "Say why the date changes"),
        ({"timescale": " ", "date_reason": "None"}, "Enter a date"),
        ({"text": " "}, "Write what the council will do"),
    ],
)
def test_a_change_that_takes_something_away_is_refused(northmoor: Any, cast: Any, words: Any, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        change(northmoor.actions["1.1"], cast, **words)


def test_a_change_on_an_old_version_is_stale(northmoor: Any, cast: Any) -> None:
    action = northmoor.actions["1.1"]
    change(action, cast, text="First")

    with pytest.raises(Stale) as refusal:
        change(action, cast, text="Second", version=1)

    assert ("What will the council do?", "First") in refusal.value.theirs
    assert ("What will the council do?", "Second") in refusal.value.yours


def test_an_action_serves_only_recommendations_of_its_own_challenge(northmoor: Any, saltmere: Any, cast: Any) -> None:
    with pytest.raises(Refused, match="Choose recommendations of this challenge"):
        change(northmoor.actions["1.1"], cast, also_serves=[saltmere.recommendations["2"]])


# --- Answers and the next report


def test_an_answer_is_kept_apart_from_the_recommendation(northmoor: Any, cast: Any) -> None:
    recommendation = northmoor.recommendations["1"]

    answer = plan.answer_recommendation(
        recommendation, answer="accepted_in_part", reason="We have one", by=cast.carys, today=TODAY
    )

    assert (answer.get_answer_display(), answer.reason, answer.answered_on, answer.version) == (
        "Accepted in part",
        "We have one",
        TODAY,
        1,
    )


@pytest.mark.parametrize("answer", ["accepted_in_part", "not_accepted", "already_covered"])
def test_every_answer_but_accepted_says_why(northmoor: Any, cast: Any, answer: str) -> None:
    with pytest.raises(Refused, match="Say why the council gives this answer"):
        plan.answer_recommendation(northmoor.recommendations["1"], answer=answer, by=cast.carys, today=TODAY)

    assert not Response.objects.exists()


def test_an_answer_changed_by_two_is_stale_for_the_second(northmoor: Any, cast: Any) -> None:
    recommendation = northmoor.recommendations["1"]
    plan.answer_recommendation(recommendation, answer="accepted", by=cast.carys, today=TODAY)

    with pytest.raises(Stale) as refusal:
        plan.answer_recommendation(recommendation, answer="not_accepted", reason="No money", by=cast.anwen, today=TODAY)

    assert ("Answer", "Accepted") in refusal.value.theirs
    assert ("Why", "No money") in refusal.value.yours


def test_the_same_answer_twice_is_saved_once(northmoor: Any, cast: Any) -> None:
    for _ in range(2):
        plan.answer_recommendation(northmoor.recommendations["1"], answer="accepted", by=cast.carys, today=TODAY)

    assert Response.objects.get().version == 1


def test_the_next_report_is_planned(northmoor: Any, cast: Any) -> None:
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)

    plan.plan_next_report(
        opened,
        committee="Policy Committee",
        next_meeting_on=dt.date(2024, 11, 6),
        updates_close_on=dt.date(2024, 10, 25),
        version=opened.version,
        by=cast.carys,
    )

    assert Plan.objects.get(engagement=northmoor.engagement).committee == "Policy Committee"


def test_updates_close_before_the_meeting(northmoor: Any, cast: Any) -> None:
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)

    with pytest.raises(Refused, match="Updates must close on the day of the meeting or before"):
        plan.plan_next_report(
            opened,
            committee="Policy Committee",
            next_meeting_on=dt.date(2024, 11, 6),
            updates_close_on=dt.date(2024, 11, 7),
            version=opened.version,
            by=cast.carys,
        )
