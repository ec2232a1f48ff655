"""What a council's people see first, and where their navigation leads."""

import datetime as dt
import re
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from actionplans import jobs
from actionplans.operations import plan, reports
from engagements.models import MilestoneRule
from engagements.operations import councils
from engagements.operations.challenges import start_challenge
from engagements.operations.milestones import record_milestone
from engagements.operations.recommendations import write_recommendation
from engagements.operations.stages import bring_in
from engagements.stages import Stage
from tests.actionplans.saying import TODAY, link_of, number_of, refs_on, say, words_of
from tests.reports.preparing import COMMITTEE, CUT_OFF, NOVEMBER, Desk

pytestmark = pytest.mark.usefixtures("clock")


def navigation(response: Any) -> list[str]:
    return [item.label for item in response.context["navigation"]]


def attention(response: Any) -> list[str]:
    return [item.title for item in response.context["home"].to_do]


@pytest.fixture
def carys(client: Any, cast: Any) -> Any:
    client.force_login(cast.carys)
    return client


def test_the_coordinator_sees_figures_what_to_do_the_bar_and_the_latest_updates(
    carys: Any, cast: Any, northmoor: Any
) -> None:
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)
    plan.plan_next_report(
        opened,
        committee="Policy Committee",
        next_meeting_on=dt.date(2024, 11, 6),
        updates_close_on=dt.date(2024, 10, 25),
        version=1,
        by=None,
    )
    say(northmoor.actions["1.1"], by=cast.owen, done="Begun", confidence="at_risk", today=dt.date(2024, 10, 11))

    page = carys.get("/home/")

    words = words_of(page)
    assert (
        "Northmoor Borough Council Corporate peer challenge 2024. Carry out the plan. Monday 14 October 2024" in words
    )
    assert number_of("days until updates close", page) == "11"
    assert "25 October 2024 Updates close for the committee report" in words
    assert "6 November 2024 Policy Committee" in words
    assert "1.1 Share the page with staff Owen Price, 11 October. Begun" in words
    assert "Today: 2 in progress, 1 not started, 1 ongoing" in page.content.decode()
    assert "Prepare the report for Policy Committee" in attention(page)
    assert "Director of Policy (3\xa0actions)." in [item.detail for item in page.context["home"].to_do]


@pytest.mark.parametrize(
    ("label", "refs"), [("actions without an update", 4), ("overdue", 1), ("due in the next 30 days", 1)]
)
def test_every_figure_of_the_coordinator_leads_to_its_rows(carys: Any, northmoor: Any, label: str, refs: int) -> None:
    page = carys.get("/home/")

    assert number_of(label, page).split(" ")[0] == str(refs)
    assert len(refs_on(carys.get(link_of(label, page)))) == refs


def test_what_to_do_goes_when_it_is_done(carys: Any, cast: Any, northmoor: Any) -> None:
    before = attention(carys.get("/home/"))
    for recommendation in northmoor.recommendations.values():
        plan.answer_recommendation(recommendation, answer="accepted", by=cast.carys, today=TODAY)
    councils.leave_post(
        northmoor.council.posts.get(title="Director of Policy"), until_on=dt.date(2024, 10, 13), by=None
    )

    after = attention(carys.get("/home/"))

    assert "Give the council’s response to 3\xa0recommendations" in before
    assert not any("response" in title for title in after)
    assert "1\xa0post with nobody in it" in after


def test_before_a_plan_the_coordinator_is_offered_two_ways_to_begin(carys: Any, cast: Any, northmoor: Any) -> None:
    engagement = start_challenge(
        northmoor.council,
        type=northmoor.engagement.type,
        slug="northmoor-2026",
        manager=cast.maya,
        visit_starts_on=dt.date(2024, 9, 2),
        visit_ends_on=dt.date(2024, 9, 5),
        by=None,
        today=TODAY,
    )
    write_recommendation(engagement, text="Only one", by=None)
    engagement.refresh_from_db()
    bring_in(engagement, at=Stage.FINAL, why="For a test", by=None, today=TODAY)

    words = words_of(carys.get("/home/"))

    assert "The report is final and has 1 recommendation. Next: turn its recommendations into an action plan." in words
    assert "Import the plan you have Start from the recommendations" in words


def test_accountable_people_see_the_plan_and_their_own_actions(client: Any, cast: Any, northmoor: Any) -> None:
    client.force_login(cast.anwen)

    page = client.get("/home/")

    words = words_of(page)
    assert "Northmoor action plan" in words
    assert number_of("you are accountable for", page) == "4"
    assert "2.1 Buy a dashboard Accountable Director of Policy Sep 24 14 days overdue In progress Not rated" in words


HOMES = {"owen": "/my-actions/", "rhys": "/challenges/northmoor-2024/plan/"}


@pytest.mark.parametrize("name", HOMES)
def test_officers_go_to_their_actions_and_readers_to_the_plan(
    client: Any, cast: Any, northmoor: Any, name: str
) -> None:
    client.force_login(getattr(cast, name))

    assert client.get("/home/").url == HOMES[name]


MENUS = {
    "carys": ["Home", "My challenge", "Action plan", "People"],
    "anwen": ["Home", "Action plan"],
    "owen": ["My actions", "Whole plan"],
    "rhys": ["Home", "Action plan"],
    "ruth": ["Home", "Committee reports", "Action plan"],
}


@pytest.mark.parametrize("name", MENUS)
def test_the_navigation_of_each_role_leads_to_pages_that_are_there(
    client: Any, cast: Any, northmoor: Any, name: str
) -> None:
    client.force_login(getattr(cast, name))

    page = client.get("/challenges/northmoor-2024/plan/")

    assert navigation(page) == MENUS[name]
    assert {client.get(item.url, follow=True).status_code for item in page.context["navigation"]} == {200}


def test_two_roles_give_one_menu(client: Any, cast: Any, northmoor: Any) -> None:
    councils.give_role(cast.carys, council=northmoor.council, role="action_owner", by=None)
    client.force_login(cast.carys)

    assert navigation(client.get("/help/")) == ["Home", "My actions", "My challenge", "Action plan", "People"]


def test_the_coordinator_s_page_asks_as_often_for_more_actions(carys: Any, cast: Any, northmoor: Any) -> None:
    def count() -> int:
        carys.get("/home/")
        with CaptureQueriesContext(connection) as queries:
            carys.get("/home/")
        return len(queries)

    say(northmoor.actions["1.1"], by=cast.owen, done="Begun", confidence="at_risk")
    first = count()
    for number in range(6):
        action = plan.add_action(
            northmoor.recommendations["2"],
            text=f"More {number}",
            owners=[plan.OwnerEntry(f"Post {number}")],
            timescale="Sep 24",
            by=cast.carys,
            today=TODAY,
        )
        say(action, by=cast.carys, done="Begun", confidence="at_risk")

    assert count() == first
    assert not re.search(r"\bNone\b", words_of(carys.get("/home/")))


def test_accountable_people_see_whatever_their_posts_own_and_what_they_are_to_it(
    client: Any, cast: Any, northmoor: Any
) -> None:
    action = plan.add_action(
        northmoor.recommendations["2"],
        text="Set out the pay of the top team",
        owners=[plan.OwnerEntry("Chief Executive", "responsible"), plan.OwnerEntry("Leader", "accountable")],
        by=cast.carys,
        today=TODAY,
    )
    client.force_login(cast.anwen)

    page = client.get("/home/")

    parts = {line.ref: part for line, part in page.context["home"].lines}
    assert parts == dict.fromkeys(northmoor.actions, "Accountable") | {action.ref: "Responsible"}
    assert number_of("you are accountable for", page) == "4"
    assert number_of("you are responsible for", page) == "1"
    assert navigation(page) == ["Home", "My actions", "Action plan"]
    whole = {figure.label: figure.detail for figure in page.context["home"].figures}
    assert whole["overdue"] == whole["actions complete"] == "in the whole plan"


def test_a_report_issued_before_its_cut_off_speaks_of_the_day_it_was_frozen(
    carys: Any, cast: Any, northmoor: Any
) -> None:
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)
    meeting = {"committee": COMMITTEE, "next_meeting_on": NOVEMBER, "updates_close_on": CUT_OFF}
    plan.plan_next_report(opened, **meeting, version=1, by=None)
    before = words_of(carys.get("/home/"))
    desk = Desk(northmoor.engagement, cast)
    report = desk.begin()
    now = dt.datetime.combine(TODAY, dt.time(8), dt.UTC)
    reports.ask_to_issue(report, version=report.version, by=cast.carys, now=now)
    jobs.make_report(report_id=report.pk)

    page = carys.get("/home/")

    assert "Where the plan stands" in before
    assert "Prepare the committee report" in before
    assert "How the plan has moved" in words_of(page)
    assert [row.label for row in page.context["home"].bars] == ["14\xa0October", "Today"]
    details = {figure.label: figure.detail for figure in page.context["home"].figures}
    assert details["actions without an update"] == "since 14\xa0October"
    (button,) = page.context["buttons"]
    assert (button.label, button.url) == ("See the issued report", desk.again(report).get_absolute_url())


def test_what_an_action_was_brought_in_with_counts_as_said(carys: Any, cast: Any, northmoor: Any) -> None:
    action = plan.add_action(
        northmoor.recommendations["2"],
        text="Share the figures",
        owners=[plan.OwnerEntry("Director of Policy")],
        positions=[plan.PositionEntry("done", None, "Two wards have theirs")],
        by=cast.carys,
        today=TODAY,
    )

    home = carys.get("/home/")
    shown = words_of(carys.get(action.get_absolute_url()))
    carys.force_login(cast.owen)
    mine = words_of(carys.get("/my-actions/"))

    assert number_of("actions without an update", home) == "4 of 5"
    assert "What the plan says so far: Two wards have theirs" in mine
    assert mine.count("No update yet") == 4
    assert "What the plan says so far stands above. Nobody has written an update since." in shown


def test_posts_that_are_not_named_are_counted(carys: Any, cast: Any, northmoor: Any) -> None:
    posts = [plan.OwnerEntry(f"Head of Ward {number}") for number in range(5)]
    plan.add_action(northmoor.recommendations["2"], text="Go round", owners=posts, by=cast.carys, today=TODAY)

    items = carys.get("/home/").context["home"].to_do

    (waiting,) = [item for item in items if "without an update" in item.title]
    assert waiting.detail.startswith("Director of Policy (4\xa0actions), Head of Ward")
    assert waiting.detail.endswith(" and 2 more.")


def test_nobody_is_asked_for_a_milestone_that_is_waived(carys: Any, northmoor: Any) -> None:
    MilestoneRule.objects.create(type=northmoor.engagement.type, kind="progress_review", months=7, basis="sourced")
    before = attention(carys.get("/home/"))
    record_milestone(
        northmoor.engagement, kind="progress_review", waived_reason="A new council begins", by=None, today=TODAY
    )

    after = attention(carys.get("/home/"))

    assert set(before) - set(after) == {"Hold the progress review"}


def test_the_posts_with_nobody_in_them_are_those_the_link_shows(carys: Any, northmoor: Any) -> None:
    for title in ["Head of Housing", "Head of Parks"]:
        councils.post_named(title, council=northmoor.council, by=None)

    (item,) = [item for item in carys.get("/home/").context["home"].to_do if "nobody" in item.title]

    assert item.title == "2\xa0posts with nobody in them"
    assert [row.post.title for row in carys.get(item.url).context["rows"]] == item.detail.split(", ")
