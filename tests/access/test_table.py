"""The access table, asked of the running service: every row, every visitor, at their own council, at the other, nowhere."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from tests.access.table import COUNCIL, NOBODY, NUMBERED, ROWS, TEAM, VISITORS, Row
from tests.world import CANARY

# Each test is undone; the world they look at stays until the last of them (tests/access/conftest.py).
pytestmark = pytest.mark.django_db
ABOUT_SOMETHING = [row for row in ROWS if row.find is not None and not row.exactly]


def every_name(resolver: URLResolver, spaces: tuple[str, ...] = ()) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_name(pattern, (*spaces, pattern.namespace) if pattern.namespace else spaces)
        else:
            yield ":".join([*spaces, pattern.name or f"without a name: {pattern.pattern}"])


def test_every_address_has_a_row_and_every_row_an_address():
    assert {row.name for row in ROWS} == set(every_name(get_resolver()))


def address(row: Row, place: Any) -> str:
    return reverse(row.name, kwargs=row.find(place) if row.find else {})


def body(response: HttpResponse) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_who_gets_the_page_at_their_own_council(row, two_councils):
    url = address(row, two_councils.northmoor)

    answers = {visitor: two_councils.clients[visitor].get(url) for visitor in VISITORS}

    assert statuses(answers) == {visitor: row.status_for(visitor) for visitor in VISITORS}
    assert not shown_the_canary(answers)


def shown_the_canary(answers: dict[str, Any]) -> list[str]:
    """Whoever has nothing to do with Saltmere and was shown something of it. The LGA sees every challenge's title."""
    return [visitor for visitor in COUNCIL | TEAM | {NOBODY} if CANARY.encode() in body(answers[visitor])]


def statuses(answers: dict[str, Any]) -> dict[str, int]:
    return {visitor: response.status_code for visitor, response in answers.items()}


@pytest.mark.parametrize("row", ABOUT_SOMETHING, ids=str)
def test_who_gets_the_page_at_the_other_council(row, two_councils):
    url = address(row, two_councils.saltmere)

    answers = {visitor: two_councils.clients[visitor].get(url) for visitor in VISITORS}

    assert statuses(answers) == {visitor: row.status_there(visitor) for visitor in VISITORS}
    assert not shown_the_canary(answers)


@pytest.mark.parametrize("row", ABOUT_SOMETHING, ids=str)
def test_what_one_may_not_see_and_what_does_not_exist_are_answered_alike(row, two_councils):
    url, nowhere = address(row, two_councils.saltmere), address_of_nothing(row, two_councils.northmoor)

    for visitor in ["carys", "lena"]:
        client = two_councils.clients[visitor]
        assert told(client.get(url), url) == told(client.get(nowhere), nowhere)
        assert told(client.post(url), url) == told(client.post(nowhere), nowhere)


def address_of_nothing(row: Row, place: Any) -> str:
    assert row.find is not None
    values = {name: 987654321 if isinstance(value, int) else "no-such" for name, value in row.find(place).items()}
    return reverse(row.name, kwargs=values)


def told(response: HttpResponse, url: str) -> tuple[Any, ...]:
    """All that an answer tells, without what differs at every answer and the address that was asked for."""
    text = body(response).decode().replace(url, "ADDRESS")
    text = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)
    headers = {
        name: value
        for name, value in response.headers.items()
        if name not in {"Content-Security-Policy", "Content-Length"}
    }
    return response.status_code, headers, text


@pytest.mark.parametrize("row", NUMBERED, ids=str)
def test_one_councils_thing_is_not_found_under_another_councils_challenge(row, two_councils):
    crossed = {**row.find(two_councils.saltmere), "slug": two_councils.northmoor.slug}

    url = reverse(row.name, kwargs=crossed)
    answers = {visitor: two_councils.clients[visitor].get(url) for visitor in VISITORS}

    assert set(statuses(answers).values()) <= {302, 404}
    assert not shown_the_canary(answers)


@pytest.mark.parametrize("row", [row for row in ROWS if NOBODY not in row.may and not row.exactly], ids=str)
def test_a_form_sent_by_somebody_who_may_not_is_refused_like_its_page(row, two_councils):
    url = address(row, two_councils.northmoor)
    refused = {row.status_for(visitor): visitor for visitor in VISITORS if visitor not in row.may}.values()

    answers = {visitor: two_councils.clients[visitor].post(url, {"status": "complete"}) for visitor in refused}

    assert statuses(answers) == {visitor: row.status_for(visitor) for visitor in refused}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_other_methods_are_refused_everywhere(row, two_councils):
    url = address(row, two_councils.northmoor)
    methods = ["put", "patch", "delete", "options", "trace"]

    assert {getattr(Client(), method)(url).status_code for method in methods} == {405}


@pytest.mark.parametrize("row", [row for row in ROWS if NOBODY not in row.may and not row.exactly], ids=str)
def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(row, two_councils):
    url = address(row, two_councils.northmoor)

    assert Client().get(url)["Location"] == f"{reverse('account_login')}?next={url}"


def test_a_manager_finds_no_report_of_another_managers_challenge(two_councils):
    clients, url = two_councils.clients, reverse("actionplans:committee_reports")

    shown = {visitor: CANARY.encode() in clients[visitor].get(url).content for visitor in ["maya", "milo", "olu"]}

    assert shown == {"maya": False, "milo": True, "olu": True}
