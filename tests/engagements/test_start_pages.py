"""Starting a challenge in the browser, with and without script."""

import datetime as dt
import re

import pytest

from engagements.models import Engagement
from engagements.operations import challenges, councils

START, CHECK = "/challenges/start/", "/challenges/start/check/"


@pytest.fixture
def maya(client, cast, clock, kinds, council):
    client.force_login(cast.maya)
    return client


@pytest.fixture
def answers(kinds, cast):
    return {
        "council_name": "Wexcombe",
        "type": str(kinds["corporate"].pk),
        "visit_wish": "week of 4 March",
        "visit_starts_on": "4 March 2025",
        "asked_by": "Ida Brook, Chief Executive",
        "asked_on": "1/10/2024",
        "asked_words": "Please come",
        "manager": str(cast.maya.pk),
    }


def errors_of(response) -> dict[str, list[str]]:
    return {name: [str(error) for error in errors] for name, errors in response.context["form"].errors.items()}


def text_of(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\xa0", " ").split())


def test_four_answers_and_a_check_start_a_challenge(maya, cast, council, answers):
    check = maya.post(START, answers, follow=True)
    page = text_of(check)
    assert "Corporate peer challenge, rules of April 2024" in page
    assert "Report published 3 months from the visit 4 June 2025" in page
    assert not Engagement.objects.exists()

    answer = maya.post(CHECK, {"form_key": check.context["form_key"]}, follow=True)

    started = Engagement.objects.get()
    assert answer.redirect_chain[-1][0] == "/challenges/wexcombe-2025/"
    assert "The challenge is started: CPC-2025-001." in text_of(answer)
    assert (started.council, started.manager, started.visit_starts_on, started.visit_ends_on) == (
        council,
        cast.maya,
        dt.date(2025, 3, 4),
        dt.date(2025, 3, 7),
    )
    assert (started.asked_by, started.asked_on, started.asked_words, started.visit_wish) == (
        "Ida Brook, Chief Executive",
        dt.date(2024, 10, 1),
        "Please come",
        "week of 4 March",
    )


def test_a_second_press_finds_what_the_first_started(maya, answers):
    key = maya.post(START, answers, follow=True).context["form_key"]

    first = maya.post(CHECK, {"form_key": key})
    second = maya.post(CHECK, {"form_key": key})

    assert first["Location"] == second["Location"] == "/challenges/wexcombe-2025/"
    assert Engagement.objects.count() == 1


def test_without_answers_the_check_page_leads_back(maya):
    assert maya.get(CHECK)["Location"] == START
    assert maya.post(CHECK, {"form_key": "unknown"})["Location"] == START


def test_going_back_keeps_the_answers(maya, answers):
    maya.post(START, answers)

    form = maya.get(START).context["form"]

    assert form["council_name"].value() == "Wexcombe District Council"
    assert form["visit_starts_on"].value() == dt.date(2025, 3, 4)
    assert form["asked_words"].value() == "Please come"


def test_empty_questions_say_what_to_do(maya):
    assert errors_of(maya.post(START, {})) == {
        "council_name": ["Choose the council that asked"],
        "type": ["Choose what kind of challenge it is"],
        "asked_by": ["Enter who asked"],
        "asked_on": ["Enter when they asked"],
    }


def test_a_name_that_fits_several_councils_asks_which(maya, answers):
    councils.add_council(
        "Wexcombe Vale Council", short_name="Wexcombe Vale", slug="wexcombe-vale", type="unitary", by=None
    )
    several = {**answers, "council_name": "wexc"}

    asked = maya.post(START, several)
    assert errors_of(asked) == {"council_name": ["Choose the council that asked"]}
    assert "Which of these?" in asked.content.decode()
    assert "Wexcombe Vale Council" in asked.content.decode()

    assert "Wexcombe Vale Council" in text_of(maya.post(START, several | {"council": "wexcombe-vale"}, follow=True))


def test_a_whole_name_is_enough_though_others_begin_with_it(maya, answers):
    councils.add_council(
        "Wexcombe Vale Council", short_name="Wexcombe Vale", slug="wexcombe-vale", type="unitary", by=None
    )

    assert maya.post(START, answers)["Location"] == CHECK


def test_an_unknown_or_ended_council_is_said(maya, council, answers):
    assert errors_of(maya.post(START, {**answers, "council_name": "Atlantis"})) == {
        "council_name": ["No council has this name. Check the spelling"]
    }
    councils.change_council(council, ends_on=dt.date(2023, 3, 31), by=None)
    assert errors_of(maya.post(START, answers)) == {"council_name": ["No council has this name. Check the spelling"]}


def test_while_typing_the_same_address_answers_with_the_councils(maya):
    councils.add_council(
        "Wexcombe Vale Council", short_name="Wexcombe Vale", slug="wexcombe-vale", type="unitary", by=None
    )

    piece = maya.get(START, {"council_name": "wexc"}, headers={"HX-Request": "true"}).content.decode()

    assert "Wexcombe District Council" in piece
    assert "<html" not in piece
    assert 'id="councils"' in piece


def test_a_council_with_a_challenge_under_way_is_told_and_may_have_another(maya, cast, council, kinds, answers):
    present = challenges.start_challenge(
        council, type=kinds["corporate"], visit_starts_on=dt.date(2024, 3, 5), by=None, today=dt.date(2024, 1, 8)
    )

    told = maya.post(START, answers)
    assert errors_of(told) == {
        "again": [
            "Wexcombe already has a challenge with a visit: 5\xa0to\xa08\xa0March\xa02024. Open it, or tick “This is another one”"
        ]
    }
    assert f'href="{present.get_absolute_url()}"' in told.content.decode()

    assert maya.post(START, answers | {"again": "on"})["Location"] == CHECK


def test_a_suggestion_fills_the_box_and_keeps_the_other_answers(maya, answers):
    councils.add_council(
        "Wexcombe Vale Council", short_name="Wexcombe Vale", slug="wexcombe-vale", type="unitary", by=None
    )
    typed = answers | {"council_name": "wexc"}
    piece = maya.get(START, {"council_name": "wexc"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="pick" value="wexcombe-vale"' in piece

    page = maya.post(START, typed | {"pick": "wexcombe-vale"})

    form = page.context["form"]
    assert form["council_name"].value() == "Wexcombe Vale Council"
    assert not form.errors
    assert (form["asked_by"].value(), form["visit_starts_on"].value()) == (answers["asked_by"], "4 March 2025")
    assert 'value="4 March 2025"' in page.content.decode()
    saved = maya.post(START, answers | {"council_name": form["council_name"].value()}, follow=True)
    assert "Wexcombe Vale Council" in text_of(saved)


def test_a_name_that_fits_nothing_is_said_while_typing(maya):
    piece = maya.get(START, {"council_name": "Atlantis"}, headers={"HX-Request": "true"})

    assert "No council is called “Atlantis”." in text_of(piece)
