"""What a peer finds after signing in."""

import datetime as dt

import pytest

from engagements.operations import challenges, councils
from tests.engagements.reading import TODAY, text_of, url


@pytest.fixture
def piotr(client, cast, clock, visited):
    challenges.add_peer(visited, user=cast.piotr, role="member", accepted_on=TODAY, by=None)
    client.force_login(cast.piotr)
    return client


def menu(answer) -> list[tuple[str, str]]:
    return [(item.label, item.url) for item in answer.context["navigation"] if item.place < 60]


def test_a_peer_finds_their_challenge_and_what_they_may_open(piotr, visited):
    answer = piotr.get("/home/")

    page = text_of(answer)
    assert "Wexcombe District Council" in page
    assert "Visit 5 to 8 March 2024 Stage Drafting Manager Maya Fernandes" in page
    (row,) = answer.context["rows"]
    assert [link.label for link in row["links"]] == ["Overview", "Scope", "Team", "Recommendations", "Action plan"]
    assert {piotr.get(link.url).status_code for link in row["links"]} == {200}
    assert menu(answer) == [("Home", "/home/"), ("My challenge", url(visited))]


def test_several_challenges_stand_in_the_navigation_by_name(piotr, cast, kinds):
    other = councils.add_council("Eastmarch Council", short_name="Eastmarch", slug="eastmarch", type="unitary", by=None)
    second = challenges.start_challenge(
        other, type=kinds["corporate"], visit_starts_on=dt.date(2025, 3, 4), by=None, today=TODAY
    )
    challenges.add_peer(second, user=cast.piotr, role="lead", accepted_on=TODAY, by=None)

    answer = piotr.get("/home/")

    assert [label for label, _ in menu(answer)] == ["Home", "Eastmarch", "Wexcombe"]
    assert answer.context["heading"] == "Your challenges"


def test_a_place_that_is_not_accepted_gives_nothing(client, cast, clock, visited):
    challenges.add_peer(visited, user=cast.piotr, role="member", accepted_on=None, by=None)
    client.force_login(cast.piotr)

    answer = client.get("/home/")

    assert "Nothing here yet" in text_of(answer)
    assert menu(answer) == []
