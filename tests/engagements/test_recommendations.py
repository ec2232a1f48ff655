"""Recommendations: drafts may change, final words stay."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from engagements.models import Recommendation
from engagements.operations import recommendations
from engagements.operations.recommendations import slug_of
from peerchallenge.access import Refused, Stale


@pytest.fixture
def draft(challenge):
    return recommendations.write_recommendation(challenge, text="Publish one plan", ref="3(a)", by=None)


@pytest.mark.parametrize(
    ("ref", "slug"), [("3(a)", "3-a"), ("R1", "r1"), ("2.1", "2-1"), ("4", "4"), ("(iv)", "iv"), ("—", "")]
)
def test_the_address_is_the_reference(ref, slug):
    assert slug_of(ref) == slug


def test_recommendations_stand_in_the_order_they_are_written(challenge, draft):
    second = recommendations.write_recommendation(challenge, text="Listen", by=None)
    third = recommendations.write_recommendation(challenge, text="Learn", ref="3(a)", tier="further", by=None)

    assert [(draft.slug, draft.position), (second.slug, second.position), (third.slug, third.position)] == [
        ("3-a", 1),
        ("2", 2),
        ("3-a-2", 3),
    ]
    assert second.label == "2"


def test_what_cannot_be_written_is_refused(challenge, draft, northmoor):
    with pytest.raises(Refused, match="Write the recommendation"):
        recommendations.write_recommendation(challenge, text="  ", by=None)
    with pytest.raises(Refused, match="in place 1 already"):
        recommendations.write_recommendation(challenge, text="Listen", position=1, by=None)
    with pytest.raises(Refused, match="of the same challenge"):
        recommendations.write_recommendation(challenge, text="Listen", parent=northmoor.recommendations["1"], by=None)


def test_a_draft_changes_and_a_stale_change_is_told(draft):
    recommendations.change_recommendation(draft, version=1, text="Publish one short plan", ref="3(b)", by=None)
    assert (draft.text, draft.slug, draft.version) == ("Publish one short plan", "3-b", 2)

    with pytest.raises(Stale) as stale:
        recommendations.change_recommendation(draft, version=1, text="Publish two plans", by=None)

    assert stale.value.yours == [("Recommendation", "Publish two plans")]


def test_final_words_are_fixed(challenge, draft, today):
    recommendations.make_final(challenge, by=None, today=today)

    draft.refresh_from_db()
    assert (draft.is_final, draft.final_on) == (True, today)
    with pytest.raises(Refused, match="final and cannot be changed"):
        recommendations.change_recommendation(draft, text="Other", by=None)
    with pytest.raises(Refused, match="final and cannot be changed"):
        recommendations.remove_recommendation(draft, by=None)


def test_there_must_be_something_to_make_final(challenge, today):
    with pytest.raises(Refused, match="Write the recommendations first"):
        recommendations.make_final(challenge, by=None, today=today)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE engagements_recommendation SET text = 'Other words'",
        "UPDATE engagements_recommendation SET ref = '9'",
        "UPDATE engagements_recommendation SET tier = 'further'",
        "UPDATE engagements_recommendation SET is_final = false",
        "DELETE FROM engagements_recommendation",
    ],
)
def test_the_database_refuses_to_change_final_words(challenge, draft, today, statement):
    recommendations.make_final(challenge, by=None, today=today)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Recommendation.objects.get().text == "Publish one plan"


def test_a_draft_can_be_removed(challenge, draft):
    recommendations.remove_recommendation(draft, by=None)

    assert not challenge.recommendations.exists()


def test_the_council_does_not_see_drafts(cast, challenge, draft, council, today):
    from engagements.operations.councils import give_role

    give_role(cast.carys, council=council, role="coordinator", by=None)
    assert not Recommendation.objects.visible_to(cast.carys).filter(engagement=challenge).exists()

    recommendations.make_final(challenge, by=None, today=dt.date(2024, 10, 14))
    assert Recommendation.objects.visible_to(cast.carys).filter(engagement=challenge).count() == 1
