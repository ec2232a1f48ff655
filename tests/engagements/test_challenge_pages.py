"""The pages of one challenge: what they say, what they save, what they refuse, how much they ask of the database."""

import datetime as dt
import re

import pytest

from engagements.operations import challenges, councils, milestones, recommendations, stages, visit
from engagements.stages import Stage
from tests.engagements.reading import AGREED, TODAY, errors_of, text_of, url

# The overview


def test_the_clock_says_rule_due_done_and_late(maya, visited):
    page = text_of(maya.get(url(visited)))

    assert "CPC-2024-001 · Visit 5 to 8 March 2024 · Drafting · Managed by Maya Fernandes" in page
    assert "Visit Agreed with the council 5 to 8 March 2024 8 March 2024" in page
    assert "Report published 3 months from the visit 5 June 2024 131 days late" in page
    assert "Progress review About 10 months from the visit 5 January 2025 83 days left" in page
    assert "Next challenge Within 5 years 5 March 2029" in page


def test_a_milestone_done_early_and_one_with_another_date_agreed_say_so(maya, visited):
    milestones.record_milestone(
        visited,
        kind="report_published",
        done_on=dt.date(2024, 5, 28),
        link="https://wexcombe.example/report",
        by=None,
        today=TODAY,
    )
    milestones.record_milestone(
        visited,
        kind="action_plan_latest",
        agreed_due_on=dt.date(2024, 12, 1),
        agreed_reason="A new leader",
        agreed_by="Ida Brook",
        by=None,
        today=TODAY,
    )

    page = text_of(maya.get(url(visited)))

    assert "5 June 2024 28 May 2024, 8 days early Read it" in page
    assert "was 5 August 2024 1 December 2024 48 days left Agreed with Ida Brook: A new leader." in page


def test_a_postponed_challenge_says_so_first(maya, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2024, 7, 8), ends_on=dt.date(2024, 7, 11), **AGREED)
    visit.postpone_visit(challenge, reason="general_election", decided_on=dt.date(2024, 5, 31), **AGREED)

    answer = maya.get(url(challenge))

    page = text_of(answer)
    assert (
        "The visit on 8 to 11 July 2024 was postponed on 31 May 2024 because of the general election. No new date yet. Set a new date"
        in page
    )
    assert "was 8 July 2024 no date" in page
    assert [button.label for button in answer.context["buttons"]] == ["Set a new date"]


def test_another_manager_sees_title_dates_and_stage_only(client, cast, clock, visited):
    client.force_login(cast.milo)

    page = text_of(client.get(url(visited)))

    assert "Visit 5 to 8 March 2024 Stage Drafting Maya Fernandes runs this challenge." in page
    assert "Milestone" not in page
    assert "Latest" not in page
    for part in ("scope/", "team/", "recommendations/", "plan/posts/", "history/", "stage/", "move-visit/"):
        assert client.get(url(visited, part)).status_code == 403


def test_the_council_reads_its_own_words_for_the_stage(carys, visited):
    answer = carys.get(url(visited))

    page = text_of(answer)
    assert "The team is writing its report" in page
    assert "What is needed before “Check the facts”" in page
    assert not answer.context["buttons"]
    assert [task.url for task in answer.context["overview"].needed] == [""]


def test_another_councils_people_do_not_find_it(client, cast, council, visited, saltmere):
    client.force_login(cast.sam)

    assert client.get(url(visited)).status_code == 404


@pytest.mark.parametrize(
    ("part", "most"),
    [("", 14), ("scope/", 10), ("team/", 10), ("recommendations/", 10), ("plan/posts/", 10), ("history/", 12)],
)
def test_pages_ask_as_much_for_three_as_for_one(
    maya, visited, council, cast, part, most, django_assert_max_num_queries
):
    maya.get(url(visited))
    counts = []
    for number in (1, 2):
        for again in range(number):
            mark = f"{number}{again}"
            recommendations.write_recommendation(visited, text=f"Plan {mark}", by=None)
            challenges.add_local_focus(visited, title=f"Focus {mark}", questions=["Why?"], by=None)
            post = councils.post_named(f"Director {mark}", council=council, by=None)
            councils.hold_post(post, name=f"Holder {mark}", from_on=dt.date(2020, 1, 6), by=None)
        challenges.add_peer(
            visited, user=[cast.lena, cast.piotr][number - 1], role="member", accepted_on=TODAY, by=None
        )
        with django_assert_max_num_queries(most) as asked:
            assert maya.get(url(visited, part)).status_code == 200
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_sub_navigation_holds_only_pages_that_open(maya, carys, client, cast, visited):
    for person in (cast.maya, cast.carys):
        client.force_login(person)
        found = re.findall(r'moj-sub-navigation__link" href="([^"]+)"', client.get(url(visited)).content.decode())
        assert len(found) >= 7
        assert {client.get(link).status_code for link in found} == {200}


# Moving on


def test_a_challenge_moves_on_when_everything_is_there(maya, visited):
    recommendations.write_recommendation(visited, text="Plan", by=None)

    page = maya.get(url(visited, "stage/"))
    answer = maya.post(url(visited, "stage/"), follow=True)

    assert "Everything is there" in text_of(page)
    assert "The challenge has moved to “Factual accuracy”." in text_of(answer)
    visited.refresh_from_db()
    assert visited.stage == Stage.FACTUAL_ACCURACY


def test_something_missing_asks_why(maya, visited):
    page = maya.get(url(visited, "stage/"))
    refused = maya.post(url(visited, "stage/"), {"why": ""})
    moved = maya.post(url(visited, "stage/"), {"why": "The letter has the recommendations"}, follow=True)

    assert "Write the recommendations None written yet" in text_of(page)
    assert errors_of(refused) == ["Say why it moves on"]
    assert "The challenge has moved to “Factual accuracy”." in text_of(moved)


def test_a_hard_condition_leaves_no_button(maya, challenge):
    stages.bring_in(challenge, at=Stage.FACTUAL_ACCURACY, why="It began before", by=None, today=TODAY)

    answer = maya.post(url(challenge, "stage/"), {"why": "We want to"})

    assert "It cannot move on before this is there." in text_of(answer)
    challenge.refresh_from_db()
    assert challenge.stage == Stage.FACTUAL_ACCURACY


# The visit and the milestones


def test_a_visit_is_confirmed_with_what_to_mind(maya, challenge, kinds):
    from engagements.operations.reference import load_elections

    load_elections(update=False, by=None)
    form = {"starts_on": "29 April 2025", "ends_on": "2/5/2025", "agreed_by": "Ida Brook", "version": challenge.version}

    page = text_of(maya.post(url(challenge, "confirm-visit/"), form, follow=True))

    assert "The visit is confirmed: 29 April to 2 May 2025." in page
    assert "Local elections are on 1 May 2025: the visit falls in the pre-election period." in page


def test_a_visit_is_postponed_and_then_moved(maya, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2025, 3, 4), ends_on=dt.date(2025, 3, 7), **AGREED)
    answers = {
        "reason": "general_election",
        "agreed_by": "Ida Brook",
        "decided_on": "14/10/2024",
        "version": challenge.version,
    }

    page = text_of(maya.post(url(challenge, "move-visit/"), answers | {"what": "postpone"}, follow=True))
    assert "The visit is postponed." in page

    refused = maya.post(url(challenge, "move-visit/"), answers | {"what": "move", "version": challenge.version + 1})
    assert errors_of(refused) == ["Enter the new first day", "Enter the new last day"]

    days = {"what": "move", "starts_on": "3/6/2025", "ends_on": "6/6/2025", "version": challenge.version + 1}
    page = text_of(maya.post(url(challenge, "move-visit/"), answers | days, follow=True))
    assert "The visit is on 3 to 6 June 2025. Every date counted from it has moved." in page


def test_every_question_about_the_visit_says_what_to_do(maya, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2025, 3, 4), ends_on=dt.date(2025, 3, 7), **AGREED)

    empty = maya.post(url(challenge, "move-visit/"), {"version": challenge.version})
    assert errors_of(empty) == [
        "Choose what is happening",
        "Choose why",
        "Enter who agreed it",
        "Enter when it was agreed",
    ]
    wrong = maya.post(
        url(challenge, "move-visit/"),
        {
            "what": "move",
            "starts_on": "7/6/2025",
            "ends_on": "6/6/2025",
            "reason": "other",
            "agreed_by": "Ida",
            "decided_on": "31/12/2024",
            "version": challenge.version,
        },
    )
    assert sorted(errors_of(wrong)) == [
        "Say why",
        "The date it was agreed must be today or earlier",
        "The last day must be the first day or later",
    ]


def test_a_stale_change_of_the_visit_is_told_with_both_dates(maya, challenge):
    opened_on = challenge.version
    visit.confirm_visit(challenge, starts_on=dt.date(2025, 3, 4), ends_on=dt.date(2025, 3, 7), **AGREED)
    form = {
        "what": "move",
        "starts_on": "3/6/2025",
        "ends_on": "6/6/2025",
        "reason": "council_asked",
        "agreed_by": "Ida",
        "decided_on": "14/10/2024",
    }

    answer = maya.post(url(challenge, "move-visit/"), form | {"version": opened_on})

    assert answer.status_code == 409
    page = text_of(answer)
    assert "4 to 7 March 2025" in page
    assert "3 to 6 June 2025" in page


def test_a_coordinator_records_a_milestone_and_why_it_was_late(carys, visited):
    page = carys.get(url(visited, "milestones/report-published/"))
    assert "When was the report published?" in text_of(page)
    assert "3 months from the visit: due 5 June 2024. It is 131 days late." in text_of(page)

    form = {
        "done_on": "1 October 2024",
        "link": "https://wexcombe.example/report",
        "late_reason": "Two peers were ill",
        "late_reason_is_public": "no",
    }
    page = text_of(carys.post(url(visited, "milestones/report-published/"), form, follow=True))

    assert "Report published: saved." in page
    assert "1 October 2024 118 days late Why late: Two peers were ill." in page


@pytest.mark.parametrize(
    ("form", "errors"),
    [
        ({"done_on": "15/10/2024"}, ["The date must be today or earlier"]),
        ({"done_on": "1/1/2024"}, ["The visit began on 5\xa0March\xa02024. Enter that day or a later one."]),
        ({"done_on": "soon"}, ["The date must be a real date, like 8 July 2024"]),
        ({"link": "http://wexcombe.example"}, ["Enter a web address that starts with https://"]),
        ({"agreed_due_on": "1/12/2024"}, ["Say why another date was agreed", "Enter who agreed the other date"]),
    ],
)
def test_what_cannot_be_recorded_is_said(maya, visited, form, errors):
    assert errors_of(maya.post(url(visited, "milestones/report-published/"), form)) == errors


@pytest.mark.parametrize("kind", ["garden-party", "next-challenge", "visit"])
def test_there_is_no_page_for_what_cannot_be_recorded(maya, visited, kind):
    assert maya.get(url(visited, f"milestones/{kind}/")).status_code == 404


def test_the_manager_is_named(client, cast, clock, challenge):
    client.force_login(cast.olu)

    page = text_of(client.post(url(challenge, "manager/"), {"manager": cast.milo.pk}, follow=True))

    assert "Milo Andrews is the peer challenge manager." in page
    assert errors_of(client.post(url(challenge, "manager/"), {"manager": cast.carys.pk})) == [
        "Choose the peer challenge manager"
    ]


def test_a_visit_long_ago_is_ticked_only_when_the_stage_says_it_was_held(maya, cast, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2019, 3, 5), ends_on=dt.date(2019, 3, 8), **AGREED)
    stages.bring_in(challenge, at=Stage.PREPARING, why="It began before", by=None, today=TODAY)

    answer = maya.get(url(challenge))

    assert {mark.label: mark.state for mark in answer.context["overview"].chart.milestones}["Visit"] == "to_come"
    (row,) = [row for row in answer.context["overview"].rows if row.title == "Next challenge"]
    assert (row.due.replace("\xa0", " "), row.done, row.late) == ("was due by 5 March 2024", "", "")


def test_a_visit_is_ticked_once_the_stage_says_it_was_held(maya, visited):
    marks = {mark.label: mark.state for mark in maya.get(url(visited)).context["overview"].chart.milestones}

    assert marks["Visit"] == "done"


def test_what_is_not_asked_for_is_neither_needed_nor_open(maya, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2023, 3, 7), ends_on=dt.date(2023, 3, 10), **AGREED)
    stages.bring_in(challenge, at=Stage.ACTION_PLAN, why="It began before", by=None, today=TODAY)
    milestones.record_milestone(
        challenge, kind="progress_review", waived_reason="It was held with another one", by=None, today=TODAY
    )

    answer = maya.get(url(challenge))

    whole = answer.context["overview"]
    assert [(task.hint, task.status, task.url) for task in whole.needed] == [("Not asked for", "Completed", "")]
    (mark,) = [mark for mark in whole.chart.milestones if mark.label == "Progress review"]
    assert (mark.state, mark.detail) == ("moved", "not asked for")
    assert [button.label for button in answer.context["buttons"]] == ["Go on without a progress review"]


def test_a_review_that_was_held_is_not_offered_to_be_started(maya, challenge):
    visit.confirm_visit(challenge, starts_on=dt.date(2023, 12, 5), ends_on=dt.date(2023, 12, 8), **AGREED)
    stages.bring_in(challenge, at=Stage.ACTION_PLAN, why="It began before", by=None, today=TODAY)
    assert [button.label for button in maya.get(url(challenge)).context["buttons"]] == ["Start the progress review"]

    page = text_of(maya.get(url(challenge, "milestones/progress-review/")))
    assert page.index("Which day is it booked for?") < page.index("When did the progress review take place?")
    answer = maya.post(url(challenge, "milestones/progress-review/"), {"done_on": "1 October 2024"}, follow=True)

    assert [button.label for button in answer.context["buttons"]] == ["Go on to the report of the progress review"]
    assert "Took place on 1 October 2024" in text_of(answer)


def test_a_milestone_has_one_address(maya, visited):
    answer = maya.get(url(visited, "milestones/action_plan_latest/"))

    assert answer["Location"] == url(visited, "milestones/action-plan-latest/")


def test_the_button_is_not_green_while_a_hard_condition_is_missing(maya, challenge):
    stages.bring_in(challenge, at=Stage.FACTUAL_ACCURACY, why="It began before", by=None, today=TODAY)

    button = maya.get(url(challenge)).context["buttons"][-1]
    page = maya.get(button.url)

    assert (button.label, button.kind) == ("See what is needed", "secondary")
    assert f'href="{url(challenge)}">Go back to the overview' in page.content.decode()


def test_the_head_fits_what_is_left_and_a_better_day_that_is_past_is_not_told(maya, visited):
    page = text_of(maya.get(url(visited)))

    assert "Rule Due Done or left Note" in page
    assert "Better with the report" not in page


def test_a_visit_postponed_today_says_today():
    from engagements.portfolio_page import since_words

    assert [since_words(days).replace("\xa0", " ") for days in (0, 1, 136)] == [
        "postponed today",
        "postponed 1 day ago",
        "postponed 136 days ago",
    ]
