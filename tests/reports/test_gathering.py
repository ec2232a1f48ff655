"""What a report says: the plan as it stood at the cut-off, compared with the last report."""

import datetime as dt
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans.operations import plan
from actionplans.operations.plan import OwnerEntry
from actionplans.report_queries import gather, items
from actionplans.report_words import report_context
from peerchallenge.documents.words import counted, long_date
from tests.reports.preparing import CUT_OFF, FIRST_CUT_OFF, NOVEMBER, SEPTEMBER, Desk, content_of

pytestmark = pytest.mark.django_db
AUGUST, OCTOBER = dt.date(2024, 8, 9), dt.date(2024, 10, 22)
AFTER = CUT_OFF + dt.timedelta(days=1)


def in_numbers(context: dict) -> dict[str, int]:
    return {words: number for number, words in context["figures"]}


def test_the_first_report_compares_with_nothing_and_says_so(desk: Desk) -> None:
    content = gather(desk.begin(), today=NOVEMBER)

    assert content.last_report_on is None
    assert content.progress == (
        "This is the first meeting to have a report on the plan, so there is no earlier report to compare it with.",
    )
    assert {line.previous_status for line in content.actions} == {""}


def test_what_is_written_after_the_cut_off_is_not_in_it(desk: Desk) -> None:
    desk.update("2.1", OCTOBER, done="The market is tested.", confidence="at_risk")
    desk.update("2.1", AFTER, done="BOUGHT YESTERDAY", status="complete", evidence="AN INVOICE")
    desk.update(
        "3(a).1", AFTER, status="in_progress", done="A LATE WORD", new_timescale="Mar 25", new_date_reason="LATER"
    )

    content = gather(desk.begin(), today=NOVEMBER)

    by_ref = {line.ref: line for line in content.actions}
    assert (by_ref["2.1"].status, by_ref["2.1"].confidence) == ("in_progress", "at_risk")
    assert [position.text for position in by_ref["2.1"].positions] == ["The market is tested."]
    assert (by_ref["3(a).1"].status, by_ref["3(a).1"].due, by_ref["3(a).1"].times_moved) == ("not_started", "Oct 24", 0)
    assert not [word for word in ("BOUGHT", "INVOICE", "LATE", "Mar 25") if word in repr(content)]


def test_counts_equal_the_table(desk: Desk) -> None:
    desk.update("1.1", OCTOBER, status="complete", done="Shared.", evidence="The page")
    desk.update("3(a).1", OCTOBER, status="delayed", confidence="off_track")

    content = gather(desk.begin(), today=NOVEMBER)

    context = report_context(content)
    rows = [row for group in context["groups"] for row in group.rows]
    assert in_numbers(context) == {
        f"of {counted(4, 'action')} complete": sum(row.action.status == "complete" for row in rows),
        "not started": sum(row.action.status == "not_started" for row in rows),
        "extensions to decide": 0,
        "overdue": sum(bool(row.late) for row in rows),
        "at risk or off track": sum(row.action.confidence in {"at_risk", "off_track"} for row in rows),
    }
    assert Counter(row.action.status for row in rows) == {part.code: part.number for part in context["bar"].parts}
    assert [row.action.ref for row in context["tables"]["overdue"].rows] == ["2.1"]
    assert context["tables"]["overdue"].rows[0].late == f"{counted(25, 'day')} late"


def test_a_later_report_says_what_has_changed_since_the_last_one(desk: Desk) -> None:
    desk.update("2.1", AUGUST, status="in_progress")
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("1.1", OCTOBER, status="complete", done="Shared with all staff.")
    desk.update("2.1", OCTOBER, new_timescale="Dec 24", new_date_reason="The tender failed.")
    desk.update("3(a).1", OCTOBER, status="in_progress")

    content = gather(desk.begin(), today=NOVEMBER)

    tables = report_context(content)["tables"]
    assert content.last_report_on == SEPTEMBER
    assert [row.action.ref for row in tables["completed"].rows] == ["1.1"]
    assert [(row.action.ref, row.was, row.status) for row in tables["changed"].rows] == [
        ("3(a).1", "Not started", "In progress")
    ]
    assert content.progress == (
        f"Since the report of {long_date(SEPTEMBER)}, {counted(1, 'action')} was completed (1.1), "
        "1 changed status in another way (3(a).1) and 1 has a new date (2.1).",
        "Since then, these dates have moved: action 2.1 to Dec 24 from Sep 24.",
    )
    assert content.decisions[1] == "the new date of Dec 24 for action 2.1, in place of Sep 24, is noted"
    assert {count.status: count.number for count in content.previous_counts} == {
        "in_progress": 2,
        "ongoing": 1,
        "not_started": 1,
    }


def test_it_is_compared_with_what_the_last_report_said_not_with_the_plan(desk: Desk) -> None:
    """An update of before the last cut-off that was written after it is news to the committee."""
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("1.1", FIRST_CUT_OFF, status="complete", done="Shared in August, written down late.")

    content = gather(desk.begin(), today=NOVEMBER)

    assert [line.previous_status for line in content.actions if line.ref == "1.1"] == ["in_progress"]


def test_a_second_issue_for_a_meeting_compares_with_the_same_earlier_report(desk: Desk) -> None:
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("1.1", OCTOBER, status="complete", done="Shared.")
    first = desk.issue()

    second = desk.issue()

    assert (first.slug, second.slug) == ("2024-11-06", "2024-11-06-2")
    assert content_of(second).last_report_on == content_of(first).last_report_on == SEPTEMBER
    assert content_of(second).progress == content_of(first).progress


def test_owners_are_posts_and_the_council_answers_stand_with_their_reason(desk: Desk) -> None:
    third = desk.engagement.recommendations.get(ref="3(a)")
    plan.answer_recommendation(
        third, answer="accepted_in_part", reason="The Leader chairs a board.", by=desk.cast.carys, today=AUGUST
    )

    content = gather(desk.begin(), today=NOVEMBER)

    assert content.actions[0].accountable == ("Chief Executive",)
    assert content.actions[0].responsible == ("Director of Policy",)
    assert (content.recommendations[2].answer, content.recommendations[2].note) == (
        "accepted_in_part",
        "The Leader chairs a board.",
    )
    assert "Owen" not in repr(content.recommendations)


def test_frozen_before_its_cut_off_a_report_shows_the_position_of_that_day(desk: Desk) -> None:
    content = gather(desk.begin(), today=OCTOBER)

    assert content.position_at == OCTOBER


def test_the_number_of_queries_does_not_grow_with_the_plan(desk: Desk) -> None:
    report = desk.begin()
    one, three = desk.again(report), desk.again(report)
    with CaptureQueriesContext(connection) as few:
        gather(one, today=NOVEMBER)
    for recommendation in desk.engagement.recommendations.all():
        for number in range(3):
            plan.add_action(
                recommendation, text=f"One more {number}", owners=(OwnerEntry(f"Post {number}"),), timescale="Dec 24",
                by=desk.cast.carys, today=AUGUST,
            )  # fmt: skip
    for ref in ("1.1", "2.1", "3(a).1"):
        desk.update(ref, OCTOBER)

    with CaptureQueriesContext(connection) as many:
        gather(three, today=NOVEMBER)

    assert len(many) == len(few) <= 14


def test_actions_without_an_update_since_the_last_report_are_not_ready(desk: Desk) -> None:
    desk.update("1.1", AUGUST)
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("2.1", OCTOBER)
    desk.update("3(a).1", OCTOBER, status="superseded", done="Part of 2.1 now.")

    found = {item.action.ref: (item.state, item.updated_on) for item in items(desk.begin(), today=NOVEMBER)}

    assert found == {
        "1.1": ("not_ready", AUGUST),
        "1.2": ("not_ready", None),
        "2.1": ("ready", OCTOBER),
        "3(a).1": ("left_out", OCTOBER),
    }


def test_the_chair_follows_the_committee(desk: Desk) -> None:
    first = desk.issue(SEPTEMBER, FIRST_CUT_OFF)

    second = desk.begin(committee="Audit Committee")

    assert content_of(first).lead_member == "Chair of Finance and Resources Committee"
    assert second.words["lead_member"] == "Chair of Audit Committee"


def test_the_contact_officer_is_filled_from_the_account(desk: Desk) -> None:
    carys = desk.cast.carys
    carys.job_title, carys.telephone = "Policy Manager", "01632 960123"
    carys.save()

    words = desk.begin().words

    assert [words[f"contact_{part}"] for part in ("name", "post", "telephone", "email")] == [
        carys.name,
        "Policy Manager",
        "01632 960123",
        carys.email,
    ]
