"""Invitations: the link changes nothing when opened, works once, for one address, and is kept nowhere."""

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from peerchallenge.access import Refused
from peerchallenge.accounts.models import Invitation, User
from peerchallenge.accounts.operations import invitations
from tests.cast import PASSWORD, Cast

NOW = dt.datetime(2024, 10, 14, 8, 0, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("clock")


def invite(cast: Cast, email: str = "new@lga.example", **more: Any) -> Invitation:
    more = {"name": "Nia Rees", "role": "manager", "role_words": "Peer challenge manager", **more}
    return invitations.invite(email, by=cast.olu, now=NOW, **more)


@pytest.fixture
def link(cast: Cast, run_jobs: Any) -> str:
    invite(cast)
    run_jobs()
    return link_in(mail.outbox[-1].body)


def link_in(body: str) -> str:
    return re.search(r"http://127\.0\.0\.1:8000(/invitation/\S+)", body)[1]


def test_the_letter_says_who_invites_and_as_what(cast, run_jobs):
    invite(cast)
    run_jobs()

    letter = mail.outbox[0]
    assert letter.to == ["new@lga.example"]
    assert "Olu Adeyemi invites you to the peer challenge service as Peer challenge manager." in letter.body
    assert "You get this because Olu Adeyemi invited you." in letter.body


def test_opening_the_link_changes_nothing(client, link):
    for _ in range(3):
        assert client.get(link).status_code == 200
        assert client.head(link).status_code == 200

    assert Invitation.objects.get().accepted_at is None
    assert not User.objects.filter(email="new@lga.example").exists()


def test_a_new_person_chooses_a_password_and_gets_the_role(client, link):
    response = client.post(link, {"password": "three lonely lighthouses"})

    person = User.objects.get(email="new@lga.example")
    assert response["Location"] == reverse("account_login")
    assert (person.name, person.lga_role, person.check_password("three lonely lighthouses")) == (
        "Nia Rees",
        "manager",
        True,
    )
    assert Invitation.objects.get().accepted_by == person


def test_a_weak_password_is_refused_with_words(client, link):
    response = client.post(link, {"password": "lga"})

    assert "This password is too short" in response.content.decode()
    assert Invitation.objects.get().accepted_at is None


def test_a_person_with_an_account_signs_in_and_accepts(client, cast, link):
    User.objects.create_user("new@lga.example", PASSWORD, name="Nia Rees")
    asked = client.get(link)
    unsigned = client.post(link, {})
    client.post(reverse("account_login"), {"login": "new@lga.example", "password": PASSWORD})

    response = client.post(link, {})

    assert "You have an account already" in asked.content.decode()
    assert "You have an account already" in unsigned.content.decode()
    assert response["Location"] == reverse("pages:home")
    assert User.objects.get(email="new@lga.example").lga_role == "manager"


def test_somebody_signed_in_with_another_address_is_refused(client, cast, link):
    client.force_login(cast.owen)

    response = client.post(link, {"password": "three lonely lighthouses"})

    assert response.status_code == 403
    assert "new@lga.example" not in response.content.decode()
    assert Invitation.objects.get().accepted_at is None
    cast.owen.refresh_from_db()
    assert cast.owen.lga_role == ""


@pytest.mark.parametrize("spoiled", ["used", "ended", "taken back", "replaced", "altered", "cut short", "unknown"])
def test_links_that_cannot_be_used_all_look_the_same(client, cast, link, clock, spoiled):
    invitation = Invitation.objects.get()
    if spoiled == "used":
        client.post(link, {"password": "three lonely lighthouses"})
    elif spoiled == "ended":
        clock.shift(14 * 24 * 60 * 60)
    elif spoiled == "taken back":
        invitations.revoke(invitation, by=cast.olu, now=NOW)
    elif spoiled == "replaced":
        invite(cast)
    elif spoiled == "altered":
        link = link[:-2] + ("A/" if link[-2] != "A" else "B/")
    elif spoiled == "cut short":
        link = link[:-10] + "/"
    else:
        link = "/invitation/never-was/"

    pages = [Client().get(link), Client().post(link, {"password": "three lonely lighthouses"})]

    never = Client().get("/invitation/nothing/")
    assert {page.status_code for page in pages} == {404}
    assert {anonymous(page) for page in pages} == {anonymous(never)}


def anonymous(page: Any) -> str:
    return re.sub(r'nonce="[^"]*"', "", page.content.decode())


def test_the_database_holds_no_link_that_works(cast, run_jobs):
    invite(cast)
    waiting = everything_in_the_database()
    run_jobs()
    token = link_in(mail.outbox[0].body).split("/")[2]

    assert token not in waiting
    assert token not in everything_in_the_database()


def everything_in_the_database() -> str:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return " ".join(rows_of(table, cursor) for table in tables)


def rows_of(table: str, cursor: Any) -> str:
    cursor.execute(f"SELECT string_agg(row::text, ' ') FROM {connection.ops.quote_name(table)} row")
    return str(cursor.fetchone()[0])


def test_an_accepted_invitation_cannot_be_taken_back(client, cast, link):
    client.post(link, {"password": "three lonely lighthouses"})

    with pytest.raises(Refused, match="Nia Rees has already accepted"):
        invitations.revoke(Invitation.objects.get(), by=cast.olu, now=NOW)


@pytest.mark.parametrize("field", ["email", "name", "role_words"])
def test_a_line_break_that_would_add_a_header_is_refused(cast, field):
    answers = {"email": "new@lga.example", "name": "Nia Rees", "role_words": "Manager"}
    answers[field] += "\r\nBcc: other@evil.example"

    with pytest.raises(Refused, match="must be on one line"):
        invitations.invite(answers.pop("email"), role="manager", by=cast.olu, now=NOW, **answers)

    assert not Invitation.objects.exists()


def test_the_programme_office_invites_in_the_browser(client, cast, run_jobs):
    client.force_login(cast.olu)
    answers = {"name": "Nia Rees", "email": "Nia@lga.example", "job_title": "", "role": "manager"}

    response = client.post(reverse("accounts:invite"), answers, follow=True)
    run_jobs()

    assert "Nia Rees is invited. The letter goes to nia@lga.example." in response.content.decode()
    assert mail.outbox[0].to == ["nia@lga.example"]


def test_only_an_administrator_invites_an_administrator(client, cast):
    client.force_login(cast.olu)
    answers = {"name": "Nia Rees", "email": "nia@lga.example", "role": "administrator"}

    response = client.post(reverse("accounts:invite"), answers)

    assert response.context["form"].errors == {"role": ["Choose what they will be"]}
    assert not Invitation.objects.exists()


def test_a_council_role_needs_its_council(client, cast, saltmere):
    client.force_login(cast.olu)
    answers = {"name": "Nia Rees", "email": "nia@saltmere.example", "role": "council_clerk"}

    without = client.post(reverse("accounts:invite"), answers)
    client.post(reverse("accounts:invite"), {**answers, "scope": str(saltmere.council.pk)})

    assert without.context["form"].errors == {"scope": ["Choose a council"]}
    assert Invitation.objects.get().scope_id == saltmere.council.pk


def test_fields_nobody_asked_for_are_ignored(client, link):
    client.post(
        link,
        {
            "password": "three lonely lighthouses",
            "lga_role": "administrator",
            "is_active": "1",
            "role": "administrator",
        },
    )

    assert User.objects.get(email="new@lga.example").lga_role == "manager"


def test_the_programme_office_changes_no_administrator(client, cast):
    client.force_login(cast.olu)
    answers = {"lga_role": "none", "account": "closed"}

    page = client.post(reverse("accounts:person", args=[cast.ada.pk]), answers)

    cast.ada.refresh_from_db()
    assert page.status_code == 403
    assert (cast.ada.lga_role, cast.ada.is_active) == ("administrator", True)


def test_the_programme_office_sends_no_new_link_to_a_future_administrator(client, cast):
    invitation = invite(cast, role="administrator", role_words="Administrator")
    client.force_login(cast.olu)

    page = client.post(reverse("accounts:sent_invitation", args=[invitation.pk]), {"renew": "yes"})

    assert page.status_code == 403
    assert Invitation.objects.count() == 1


def test_the_last_administrator_stays(client, cast):
    client.force_login(cast.ada)

    page = client.post(reverse("accounts:person", args=[cast.ada.pk]), {"lga_role": "manager", "account": "open"})

    cast.ada.refresh_from_db()
    assert "This is the only administrator. Make somebody else one first." in page.content.decode()
    assert cast.ada.is_administrator


def test_a_persons_role_and_account_are_changed_in_the_browser(client, cast):
    client.force_login(cast.olu)

    client.post(reverse("accounts:person", args=[cast.milo.pk]), {"lga_role": "programme_office", "account": "closed"})

    cast.milo.refresh_from_db()
    assert (cast.milo.lga_role, cast.milo.is_active) == ("programme_office", False)


def test_the_list_of_people_is_searched_by_words_and_asks_the_same_for_one_and_for_many(client, cast):
    client.force_login(cast.olu)
    client.get(reverse("accounts:people"))
    counts = []
    for words in ["carys bevan", ""]:
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("accounts:people"), {"words": words})
        counts.append((len(page.context["page"]), len(queries)))

    (found, queries_for_one), (everybody, queries_for_all) = counts
    assert (found, everybody) == (1, 13)
    assert queries_for_one == queries_for_all
