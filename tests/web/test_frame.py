"""The frame, navigation, pagination, tags and error pages."""

import datetime
from http import HTTPStatus
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import OperationalError
from django.http import HttpResponse
from django.test import RequestFactory
from lxml import html

from peerchallenge.access import Stale
from peerchallenge.web import errors, home, navigation
from peerchallenge.web.navigation import NavigationItem, together, with_current
from peerchallenge.web.pagination import numbered, paginate
from tests.web.drawn import page, piece, request, words

Item = NavigationItem


def tree(source: str) -> html.HtmlElement:
    return html.fromstring(source)


@pytest.mark.usefixtures("gallery")
def test_the_frame_has_a_title_landmarks_one_heading_and_a_skip_link() -> None:
    drawn = tree(page("pages/help.html"))

    assert words(drawn.find(".//title")) == "Help – Peer challenge"
    assert drawn.get("lang") == "en-GB"
    for landmark in ("header", "nav", "main", "footer"):
        assert len(drawn.xpath(f"//{landmark}")) == 1
    assert len(drawn.xpath("//h1")) == 1
    assert drawn.xpath("//body/a/@href") == ["#main-content"]
    assert drawn.xpath("//main/@id") == ["main-content"]


@pytest.mark.usefixtures("gallery")
def test_no_page_holds_a_style_or_a_script_without_the_nonce() -> None:
    for name in ("start", "help", "accessibility", "privacy", "cookies", "home"):
        drawn = tree(page(f"pages/{name}.html"))
        assert drawn.xpath("//@style") == []
        assert drawn.xpath("//script[not(@src)]/@nonce") == ["nonce-for-this-page"]
        assert all(address.startswith("/static/") for address in drawn.xpath("//script/@src | //link/@href"))


@pytest.mark.usefixtures("gallery")
def test_signing_out_is_a_form_that_posts() -> None:
    drawn = tree(page("pages/help.html"))

    (form,) = drawn.xpath("//header//form")
    assert form.get("method") == "post"
    assert words(form.xpath(".//button")[0]) == "Sign out"
    assert "Carys Bevan, Northmoor" in words(drawn.xpath("//header")[0])


@pytest.mark.usefixtures("gallery")
def test_nobody_signed_in_sees_no_navigation_and_can_sign_in() -> None:
    drawn = tree(page("pages/help.html", asked=request(signed_in=False)))

    assert drawn.xpath("//header//form") == []
    assert [words(link) for link in drawn.xpath("//header//a")] == ["Peer challenge", "Sign in"]
    assert drawn.xpath("//*[contains(@class, 'service-navigation')]") == []


@pytest.mark.usefixtures("gallery")
def test_the_page_one_is_on_and_what_waits_are_said_in_words() -> None:
    drawn = tree(page("pages/help.html", asked=request("/challenges/northmoor-2024/")))

    (current,) = drawn.xpath("//nav//a[@aria-current]")
    assert words(current) == "Challenges"
    assert words(drawn.xpath("//nav//a[contains(., 'Tasks')]")[0]) == "Tasks 5 things to do"


@pytest.mark.usefixtures("gallery")
def test_what_was_saved_is_announced() -> None:
    asked = request()
    messages.success(asked, "Action 4.1 is updated.")

    (banner,) = tree(page("pages/help.html", asked=asked)).xpath("//*[@role='alert']")

    assert "govuk-notification-banner--success" in banner.get("class")
    assert "Action 4.1 is updated." in words(banner)


def test_two_roles_make_one_menu_the_longest_first() -> None:
    coordinator = [Item("Home", "/home/"), Item("My challenge", "/c/"), Item("Action plan", "/c/plan/")]
    owner = [Item("My actions", "/my-actions/"), Item("Action plan", "/elsewhere/")]
    office = [Item("Settings", "/settings/", place=90)]

    menu = together([office, owner, coordinator])

    assert [item.label for item in menu] == ["Home", "My challenge", "Action plan", "My actions", "Settings"]


def test_the_nearest_item_is_current() -> None:
    menu = [
        Item("My challenge", "/challenges/northmoor-2024/"),
        Item("Action plan", "/challenges/northmoor-2024/plan/"),
    ]

    def current(path: str) -> list[str]:
        return [item.label for item in with_current(menu, path) if item.current]

    assert current("/challenges/northmoor-2024/plan/4-1/") == ["Action plan"]
    assert current("/challenges/northmoor-2024/team/") == ["My challenge"]
    assert current("/help/") == []


def test_the_first_page_is_the_first_that_somebody_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_homes", [])
    office, council = HttpResponse("office"), HttpResponse("council")
    home.register_home(20, lambda asked: council)
    home.register_home(10, lambda asked: office if asked.path == "/office/" else None)

    assert home.home_of(RequestFactory().get("/office/")) is office
    assert home.home_of(RequestFactory().get("/home/")) is council


def test_registering_twice_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_navigations", [])

    def offer(user: Any, asked: Any) -> list[Item]:
        return []

    navigation.register_navigation(offer)
    navigation.register_navigation(offer)

    assert navigation._navigations == [offer]


def test_pages_keep_the_filter_and_leave_out_the_middle() -> None:
    asked = RequestFactory().get("/plan/?owner=chief-executive&page=6")
    shown = paginate(asked, range(1200))

    links = numbered(shown, asked)

    assert shown.number == 6
    assert links.previous == "?owner=chief-executive&page=5"
    assert [link and link[0] for link in links.pages] == [1, None, 5, 6, 7, None, 12]


@pytest.mark.parametrize("asked_for", ["nonsense", "0", "99", ""])
def test_an_address_of_a_page_that_is_not_there_gives_the_nearest(asked_for: str) -> None:
    shown = paginate(RequestFactory().get("/plan/", {"page": asked_for}), range(150))

    assert shown.number in {1, 2}


def test_a_list_of_one_page_has_no_links() -> None:
    drawn = piece('{% page_links page "actions" %}', page=Paginator(range(3), 100).page(1))

    assert drawn.xpath(".//nav") == []


def test_page_links_say_which_rows_these_are() -> None:
    drawn = piece('{% page_links page "actions" %}', page=Paginator(range(250), 100).page(2))

    assert "101 to 200 of 250 actions" in words(drawn)
    assert words(drawn.xpath(".//a[@aria-current='page']")[0]) == "2"


def test_a_status_shows_the_councils_word_in_the_colour_of_ours() -> None:
    drawn = piece('{% status_tag "complete" "Implemented" %}{% status_tag "delayed" %}{% status_tag "odd" %}')

    assert [words(tag) for tag in drawn] == ["Implemented", "Delayed", "No status"]
    assert [tag.get("class").split()[1] for tag in drawn] == ["app-tag--complete", "app-tag--delayed", "app-tag--none"]


def test_confidence_is_a_shape_and_a_word() -> None:
    drawn = piece('{% confidence_mark "at_risk" %}{% confidence_mark "" %}')

    assert [words(mark) for mark in drawn] == ["At risk", "Not rated"]
    assert drawn.xpath(".//svg/@aria-hidden") == ["true", "true"]


def test_a_figure_is_red_only_above_nought() -> None:
    late = piece('{% figure "overdue" 2 url="/x/" late=True %}')
    fine = piece('{% figure "overdue" 0 url="/x/" late=True %}')

    assert "app-figures__late" in late[0].get("class")
    assert "app-figures__late" not in fine[0].get("class")
    assert words(late.find(".//dt/a")) == "overdue"
    assert words(late.find(".//dd")) == "2"


def test_a_sorted_column_says_so_and_turns_round() -> None:
    drawn = piece('<table><tr>{% sort_head "Due" "due" %}{% sort_head "Ref" "ref" %}</tr></table>', sort="due")

    assert drawn.xpath(".//th/@aria-sort") == ["ascending", "none"]
    assert drawn.xpath(".//th/a/@href") == ["?sort=-due", "?sort=ref"]


def test_dates_in_templates() -> None:
    day = datetime.date(2024, 7, 8)
    drawn = piece(
        "{{ day|longdate }}|{{ day|dayrange:last }}|{{ nothing|longdate }}|{{ email|masked }}",
        day=day,
        last=day + datetime.timedelta(days=3),
        nothing=None,
        email="helen@northmoor.example",
    )

    assert words(drawn) == "8 July 2024|8 to 11 July 2024||h••••@northmoor.example"


def test_what_others_said_is_text() -> None:
    drawn = piece(
        '{% include "components/said.html" with words=said by=by status="delayed" %}', said="<b>x</b>", by="<i>y</i>"
    )

    assert drawn.xpath(".//b | .//i") == []
    assert "<b>x</b>" in words(drawn)


ERROR_PAGES = [
    (errors.bad_request, HTTPStatus.BAD_REQUEST, "We could not read that"),
    (errors.forbidden, HTTPStatus.FORBIDDEN, "You cannot do this"),
    (errors.not_found, HTTPStatus.NOT_FOUND, "Page not found"),
    (errors.csrf_failure, HTTPStatus.FORBIDDEN, "We could not check that this came from you"),
    (errors.fault, HTTPStatus.INTERNAL_SERVER_ERROR, "Sorry, something went wrong"),
    (errors.unavailable, HTTPStatus.SERVICE_UNAVAILABLE, "Sorry, the service is away for a moment"),
]


@pytest.mark.usefixtures("gallery")
@pytest.mark.parametrize(("view", "status", "heading"), ERROR_PAGES)
def test_an_error_page_says_what_to_do_and_whom_to_ring(
    view: Any, status: HTTPStatus, heading: str, settings: LazySettings
) -> None:
    settings.SERVICE_TELEPHONE = "01632 960999"

    response = view(request())

    drawn = tree(response.content.decode())
    assert response.status_code == status
    assert words(drawn.xpath("//h1")[0]) == heading
    assert words(drawn.xpath("//title")[0]) == f"{heading} – Peer challenge"
    assert "01632 960999" in words(drawn.xpath("//main")[0])


@pytest.mark.usefixtures("gallery")
def test_a_database_that_is_away_is_no_fault_of_the_page() -> None:
    try:
        raise OperationalError("server closed the connection")
    except OperationalError:
        response = errors.fault(request())

    assert response.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert response["Retry-After"] == "60"
    assert "closed the connection" not in response.content.decode()


def test_a_fault_page_asks_nothing_of_the_database() -> None:
    asked = request()
    del asked.user  # as when the session could not be read

    assert errors.fault(asked).status_code == HTTPStatus.INTERNAL_SERVER_ERROR


@pytest.mark.usefixtures("gallery")
def test_both_texts_stand_on_the_page_of_a_stale_save() -> None:
    stale = Stale(
        "Helen Adeyemi saved this action at 3:20pm.",
        theirs=[("What has happened", "All groups have nominated.")],
        yours=[("What has happened", "We are <b>waiting</b>.")],
        current=None,
    )

    response = errors.conflict(request("/c/plan/4-1/update/"), stale)

    drawn = tree(response.content.decode())
    assert response.status_code == HTTPStatus.CONFLICT
    assert [words(text) for text in drawn.xpath("//main//dd")] == [
        "All groups have nominated.",
        "We are <b>waiting</b>.",
    ]
    assert drawn.xpath("//main//a/@href") == ["/c/plan/4-1/update/"]


def test_a_fault_gives_the_reference_under_which_it_was_logged(caplog: pytest.LogCaptureFixture) -> None:
    shown = errors.fault(request("/challenges/")).content.decode()

    reference = caplog.records[-1].getMessage().split()[1].rstrip(":")
    assert len(reference) == 6
    assert f"Its reference is <strong>{reference}</strong>" in shown
