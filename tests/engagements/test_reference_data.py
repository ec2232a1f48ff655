"""The data that comes with the project, and loading it."""

from io import StringIO

import pytest
from django.core.management import call_command

from engagements.models import ChallengeType, Council, ElectionDay, Framework, Question
from engagements.operations.reference import read_rows
from peerchallenge.history.models import OperationRecord


def load(*options: str) -> str:
    told = StringIO()
    call_command("load_reference", *options, stdout=told)
    return told.getvalue()


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_says_so():
    first = load()
    before = {model: model.objects.count() for model in (Framework, Question, ChallengeType, ElectionDay, Council)}
    records = OperationRecord.objects.count()

    second = load()

    assert "Frameworks: 9 added" in first
    assert "Councils of the demonstration: 13 added" in first
    assert second.splitlines() == [
        "Frameworks: 9 there already",
        "Kinds of challenge: 12 there already",
        "Election days: 23 there already",
        "Councils of the demonstration: 13 there already",
        "Nothing changed.",
    ]
    assert {model: model.objects.count() for model in before} == before
    assert OperationRecord.objects.count() == records


@pytest.mark.django_db
def test_what_people_changed_is_left_unless_they_ask():
    load()
    Framework.objects.filter(key="cpc-v3").update(title="Our words")

    told = load()
    assert "8 there already" in told
    assert "1 differ from the files and are left: " in told
    assert Framework.objects.get(key="cpc-v3").title == "Our words"

    assert "1 brought up to date" in load("--update")
    assert Framework.objects.get(key="cpc-v3").title == "Corporate peer challenge, themes of 2021"


@pytest.mark.django_db
def test_the_councils_of_the_demonstration_may_be_left_out():
    load("--no-councils")

    assert not Council.objects.exists()


def test_every_figure_says_whether_it_was_seen_or_assumed():
    for kind in read_rows("challenge_types"):
        assert kind["days_basis"] in {"sourced", "assumed"}
        assert kind["team_basis"] in {"sourced", "assumed", "partly assumed"}
        assert all(rule["basis"] in {"sourced", "assumed"} for rule in kind["rules"])
    assert all(framework["basis"] == "sourced" and framework["source"] for framework in read_rows("frameworks"))
    assert all(day["basis"] for day in read_rows("elections"))


def test_abbreviations_and_addresses_tell_the_kinds_apart():
    kinds = read_rows("challenge_types")

    assert len({kind["abbreviation"] for kind in kinds}) == len(kinds)
    assert len({kind["address_suffix"] for kind in kinds}) == len(kinds)
    assert [kind["address_suffix"] for kind in kinds][:2] == ["", "-finance"]


def test_only_known_councils_are_real_and_the_others_are_marked():
    rows = read_rows("councils")

    assert {row["slug"] for row in rows if not row["is_invented"]} == {"brentwood", "essex", "sevenoaks"}
    assert all(row["website"].endswith(".example") for row in rows if row["is_invented"])


def test_nothing_cut_off_is_loaded():
    texts = [
        text for framework in read_rows("frameworks") for theme in framework["themes"] for text in theme["questions"]
    ]

    assert texts
    assert all(text.endswith("?") for text in texts)
