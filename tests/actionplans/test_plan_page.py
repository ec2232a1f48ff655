"""The plan as one table: what it says, what its figures count, what its filter shows, how fast it stays."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from actionplans.operations import plan
from engagements.models import Engagement
from engagements.operations.challenges import start_challenge
from engagements.operations.recommendations import make_final, write_recommendation
from engagements.operations.stages import bring_in
from engagements.stages import Stage
from tests.actionplans.saying import TODAY, link_of, number_of, plan_url, refs_on, say, words_of
from tests.world import CANARY

pytestmark = pytest.mark.usefixtures("clock")


@pytest.fixture
def told(northmoor: Any, cast: Any) -> Any:
    """Northmoor with answers, an update, a date that moved and an action that is done."""
    plan.answer_recommendation(northmoor.recommendations["1"], answer="accepted", by=cast.carys, today=TODAY)
    plan.answer_recommendation(
        northmoor.recommendations["3(a)"],
        answer="accepted_in_part",
        reason="the Leader chairs one board",
        by=cast.carys,
        today=TODAY,
    )
    opened = plan.open_plan(northmoor.engagement, by=cast.carys)
    plan.plan_next_report(
        opened,
        committee="Policy Committee",
        next_meeting_on=dt.date(2024, 11, 6),
        updates_close_on=dt.date(2024, 10, 25),
        version=1,
        by=cast.carys,
    )
    say(
        northmoor.actions["1.1"],
        by=cast.owen,
        done="Draft agreed by group leaders",
        confidence="at_risk",
        new_timescale="Jan 25",
        new_date_reason="One leader changed",
        today=dt.date(2024, 10, 11),
    )
    say(
        northmoor.actions["1.2"],
        by=cast.owen,
        done="It hangs",
        evidence="Photographs",
        status="complete",
        today=dt.date(2024, 7, 18),
    )
    return northmoor


@pytest.fixture
def carys(client: Any, cast: Any) -> Any:
    client.force_login(cast.carys)
    return client


def test_the_table_says_what_the_plan_says(carys: Any, told: Any) -> None:
    words = words_of(carys.get(plan_url(told)))

    assert "Next report 6 November 2024. Updates are needed by 25 October 2024." in words
    assert "1 Say in one page what the borough should be Accepted" in words.replace("\u2002", " ")
    assert "Accepted in part: “the Leader chairs one board”" in words
    assert "11 October: Draft agreed by group leaders" in words
    assert "Completed 18 July 2024. Photographs" in words
    assert "Jan 25 first Dec 24, moved once" in words
    assert "Sep 24 14 days overdue" in words
    assert "Oct 24 17 days left" in words
    assert "Complete Closed" in words


FIGURES = {
    "actions complete": ("1 of 4", ["1.2"]),
    "overdue": ("1", ["2.1"]),
    "due in the next 30 days": ("1", ["3(a).1"]),
    "with a date that has moved": ("1", ["1.1"]),
    "updates not yet in": ("2", ["2.1", "3(a).1"]),
}


@pytest.mark.parametrize("label", FIGURES)
def test_every_figure_leads_to_the_rows_it_counts(carys: Any, told: Any, label: str) -> None:
    number, refs = FIGURES[label]
    page = carys.get(plan_url(told))

    shown = carys.get(plan_url(told) + link_of(label, page))

    assert number_of(label, page) == number
    assert refs_on(shown) == refs
    assert number.split(" ")[0] == str(len(refs))


FILTERS = {
    "owner=director-of-policy": ["1.1", "1.2", "2.1", "3(a).1"],
    "owner=nobody-by-this-name": [],
    "status=not_started": ["3(a).1"],
    "confidence=at_risk": ["1.1"],
    "confidence=not_rated": ["2.1", "3(a).1"],
    "words=dashboard": ["2.1"],
    "words=region": ["3(a).1"],
    "words=3(a).1": ["3(a).1"],
    "due=changed": ["1.1", "1.2"],
    "sort=due": ["2.1", "3(a).1", "1.1", "1.2"],
    "sort=-due": ["1.1", "3(a).1", "2.1", "1.2"],
    "status=nonsense&due=nonsense&sort=password&page=900": ["1.1", "1.2", "2.1", "3(a).1"],
}


@pytest.mark.parametrize("query", FILTERS)
def test_the_filter_shows_what_is_asked_for(carys: Any, told: Any, query: str) -> None:
    response = carys.get(f"{plan_url(told)}?{query}")

    assert response.status_code == 200
    assert refs_on(response) == FILTERS[query]


def test_the_filter_says_what_it_hides_and_how_many_rows_the_download_has(carys: Any, told: Any) -> None:
    words = words_of(carys.get(plan_url(told) + "?due=overdue"))

    assert "1 action shown. 3 more are hidden by the filter." in words
    assert "Download as a spreadsheet (1 row, as filtered)" in words


def test_a_recommendation_without_an_action_says_so_or_where_it_is_dealt_with(carys: Any, told: Any, cast: Any) -> None:
    for ref in ["4", "5"]:
        write_recommendation(told.engagement, text=f"Further thought {ref}", ref=ref, by=None)
    make_final(told.engagement, by=None)
    action = told.actions["2.1"]
    further = told.engagement.recommendations.get(ref="5")
    plan.change_action(action, version=action.version, also_serves=[further], by=cast.carys, today=TODAY)

    words = words_of(carys.get(plan_url(told)))

    assert "No action yet. Add one" in words
    assert "Dealt with under action 2.1" in words


def test_without_an_action_the_page_offers_two_ways_to_begin(client: Any, cast: Any, northmoor: Any) -> None:
    engagement = start_challenge(
        northmoor.council,
        type=northmoor.engagement.type,
        slug="northmoor-2025",
        manager=cast.maya,
        by=None,
        today=TODAY,
    )
    write_recommendation(engagement, text="Only one", by=None)
    client.force_login(cast.carys)
    early = words_of(client.get("/challenges/northmoor-2025/plan/"))
    bring_in(Engagement.objects.get(pk=engagement.pk), at=Stage.PUBLISHED, why="For a test", by=None, today=TODAY)

    words = words_of(client.get("/challenges/northmoor-2025/plan/"))

    assert "The report is not final yet. The action plan begins when it is." in early
    assert "Only one" not in early
    assert (
        "No plan yet. The report has 1 recommendation. Import the plan you have Start from the recommendations" in words
    )


def test_the_spreadsheet_has_the_rows_as_filtered_and_no_formula(carys: Any, told: Any, cast: Any) -> None:
    plan.add_action(told.recommendations["2"], text='=HYPERLINK("http://x.example")', by=cast.carys, today=TODAY)

    whole = carys.get(plan_url(told, "spreadsheet/"))
    part = carys.get(plan_url(told, "spreadsheet/?words=hyperlink"))

    assert whole["Content-Disposition"] == 'attachment; filename="northmoor-2024-action-plan.xlsx"'
    sheet = load_workbook(BytesIO(whole.content)).active
    assert sheet.max_row == 6
    filtered = load_workbook(BytesIO(part.content)).active
    assert [cell.value for cell in filtered["E"]] == ["Action", '=HYPERLINK("http://x.example")']
    assert {cell.data_type for row in filtered.iter_rows() for cell in row if cell.value} == {"s"}


def test_an_owner_finds_the_way_to_update_own_actions_only(client: Any, cast: Any, told: Any) -> None:
    client.force_login(cast.rhys)
    reader = client.get(plan_url(told)).content.decode()
    client.force_login(cast.owen)
    owner = client.get(plan_url(told)).content.decode()

    assert "/update/" not in reader
    assert owner.count("/update/") == 4


def test_only_the_coordinator_is_offered_changes(client: Any, cast: Any, told: Any) -> None:
    offered = {}
    for name in ["carys", "anwen", "owen", "rhys", "ruth", "lena", "maya", "olu"]:
        client.force_login(getattr(cast, name))
        offered[name] = "Add an action" in words_of(client.get(plan_url(told)))

    assert offered == {name: name == "carys" for name in offered}


def test_nothing_of_another_council_is_on_the_page(carys: Any, told: Any, saltmere: Any) -> None:
    for address in [
        "",
        "?words=" + CANARY,
        "?owner=chief-executive",
        "spreadsheet/",
        "add/",
        "1-1/",
        "1-1/history/",
        "1-1/edit/",
    ]:
        response = carys.get(plan_url(told, address))
        content = response.content.decode(errors="replace").replace(f'value="{CANARY}"', "").replace(f"“{CANARY}”", "")
        assert response.status_code == 200, address
        assert CANARY not in content.replace(f"words={CANARY}", ""), address


@pytest.mark.parametrize(
    "address",
    ["", "spreadsheet/", "next-report/", "add/", "responses/1/", "1-1/", "1-1/edit/", "1-1/update/", "1-1/history/"],
)
def test_another_council_s_plan_does_not_exist(carys: Any, saltmere: Any, address: str) -> None:
    assert carys.get(plan_url(saltmere, address)).status_code == 404


def queries_of(client: Any, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_the_page_asks_as_often_for_three_times_the_rows(carys: Any, told: Any, cast: Any) -> None:
    first = queries_of(carys, plan_url(told))
    for number in range(8):
        plan.add_action(
            told.recommendations["1"],
            text=f"More {number}",
            owners=[plan.OwnerEntry(f"Post {number}")],
            by=cast.carys,
            today=TODAY,
        )

    assert queries_of(carys, plan_url(told)) == first
    assert first <= 15


def test_long_plans_are_cut_into_pages_of_a_hundred(carys: Any, northmoor: Any, cast: Any) -> None:
    for number in range(100):
        plan.add_action(northmoor.recommendations["2"], text=f"More {number}", by=cast.carys, today=TODAY)

    first, second = (refs_on(carys.get(plan_url(northmoor) + f"?page={page}")) for page in (1, 2))

    assert (len(first), len(second)) == (100, 4)
    assert not set(first) & set(second)


@pytest.mark.parametrize("asked", ["area=²", "page=²", "rows=²", "status=²", "due=²", "sort=²"])
def test_an_address_that_makes_no_sense_shows_the_plan_and_no_fault(carys: Any, told: Any, asked: str) -> None:
    assert "Share the page with staff" in words_of(carys.get(f"{plan_url(told)}?{asked}"))
