"""Councils, posts, holders and roles."""

import datetime as dt

import pytest

from engagements.models import CouncilRole, Post, PostHolding
from engagements.operations import councils
from peerchallenge.access import Refused, Stale


def test_an_address_and_a_code_belong_to_one_council(council):
    with pytest.raises(Refused, match="address “wexcombe”"):
        councils.add_council("Another", short_name="Another", slug="wexcombe", type="district", by=None)
    councils.add_council("Coded", short_name="Coded", slug="coded", type="district", code="E07000999", by=None)
    with pytest.raises(Refused, match="code E07000999"):
        councils.add_council("Again", short_name="Again", slug="again", type="district", code="E07000999", by=None)


def test_a_post_is_found_whatever_its_capitals_and_spaces(council):
    first = councils.post_named("Head of  Finance", council=council, by=None)

    assert councils.post_named(" head of finance ", council=council, by=None) == first
    assert first.title == "Head of Finance"
    assert Post.objects.filter(council=council).count() == 1


def test_a_post_needs_a_title(council):
    with pytest.raises(Refused, match="Enter the title of the post"):
        councils.post_named("  ", council=council, by=None)


def test_a_new_holder_ends_the_former_holding_the_day_before(council):
    post = councils.post_named("Chief Executive", council=council, by=None)
    first = councils.hold_post(post, name="Ida Brook", from_on=dt.date(2020, 1, 6), by=None)

    councils.hold_post(post, name="Noel Hart", from_on=dt.date(2024, 5, 1), by=None)

    first.refresh_from_db()
    assert first.until_on == dt.date(2024, 4, 30)
    assert PostHolding.objects.get(post=post, until_on=None).name == "Noel Hart"


@pytest.mark.parametrize(
    ("name", "from_on", "sentence"),
    [
        ("Noel Hart", dt.date(2020, 1, 6), "The present holder began on 6\xa0January\xa02020. Enter a later day."),
        ("Ida Brook", dt.date(2024, 5, 1), "Ida Brook holds this post already."),
        (" ", dt.date(2024, 5, 1), "Enter the name of the new holder."),
    ],
)
def test_a_holder_who_cannot_follow_is_refused(council, name, from_on, sentence):
    post = councils.post_named("Chief Executive", council=council, by=None)
    councils.hold_post(post, name="Ida Brook", from_on=dt.date(2020, 1, 6), by=None)

    with pytest.raises(Refused) as refused:
        councils.hold_post(post, name=name, from_on=from_on, by=None)

    assert str(refused.value) == sentence
    assert PostHolding.objects.filter(post=post).count() == 1


def test_a_post_may_stand_empty(council):
    post = councils.post_named("Chief Executive", council=council, by=None)
    with pytest.raises(Refused, match="Nobody is in this post"):
        councils.leave_post(post, until_on=dt.date(2024, 1, 1), by=None)
    councils.hold_post(post, name="Ida Brook", from_on=dt.date(2020, 1, 6), by=None)

    left = councils.leave_post(post, until_on=dt.date(2024, 1, 1), by=None)

    assert left.until_on == dt.date(2024, 1, 1)


def test_a_stale_change_of_a_post_shows_both_texts(council):
    post = councils.post_named("SLT", council=council, kind="body", by=None)
    councils.change_post(post, version=1, title="Senior leadership team", kind="body", contact="01632 960111", by=None)

    with pytest.raises(Stale) as stale:
        councils.change_post(post, version=1, title="Leadership team", kind="body", by=None)

    assert stale.value.theirs[0] == ("Title", "Senior leadership team")
    assert stale.value.yours[0] == ("Title", "Leadership team")


def test_two_posts_do_not_share_a_title(council):
    councils.post_named("Chief Executive", council=council, by=None)
    other = councils.post_named("Director", council=council, by=None)

    with pytest.raises(Refused, match="There is a post called “chief executive” already"):
        councils.change_post(other, title="chief executive", kind="post", by=None)


def test_a_role_given_twice_is_one_and_can_be_taken(cast, council):
    councils.give_role(cast.carys, council=council, role="coordinator", by=None)
    councils.give_role(cast.carys, council=council, role="coordinator", by=None)
    assert CouncilRole.objects.filter(user=cast.carys).count() == 1

    councils.take_role(cast.carys, council=council, role="coordinator", by=None)
    with pytest.raises(Refused, match="does not have this role"):
        councils.take_role(cast.carys, council=council, role="coordinator", by=None)
