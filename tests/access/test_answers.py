"""What holds for every answer: methods, headers, health, faults."""

import datetime as dt

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse

from peerchallenge.web import health


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("name", ["pages:start", "pages:home", "account_login", "pages:healthz"])
def test_only_get_head_and_post_are_taken(client, db, method, name):
    response = getattr(client, method)(reverse(name))

    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("name", ["pages:start", "account_login", "pages:help"])
def test_head_answers_as_get_without_a_body(client, db, name):
    got, headed = client.get(reverse(name)), client.head(reverse(name))

    assert (headed.status_code, headed.content) == (got.status_code, b"")


@pytest.mark.parametrize("query", ["?page=%00", "?words=a%00b", "?%00=1"])
def test_a_nul_in_an_address_is_refused_and_not_a_fault(client, cast, query):
    client.force_login(cast.olu)

    assert client.get(reverse("accounts:people") + query).status_code == 400


def test_a_nul_in_a_form_is_an_error_of_the_form(client, cast):
    client.force_login(cast.owen)

    response = client.post(reverse("accounts:account"), {"name": "Owen\x00Price"})

    assert response.context["form"].errors["name"] == ["Your name has a hidden character. Type it again"]


def test_signed_in_pages_are_kept_nowhere(client, cast):
    client.force_login(cast.owen)

    response = client.get(reverse("accounts:account"))

    assert response["Cache-Control"] == "no-store, private"
    assert "Cookie" in response["Vary"]
    assert response["X-Robots-Tag"] == "noindex"
    assert "ETag" not in response


def test_open_pages_may_be_found_but_not_kept(client, db):
    response = client.get(reverse("pages:help"))

    assert "X-Robots-Tag" not in response
    assert response["Cache-Control"] == "no-store, private"


@pytest.mark.parametrize("path", ["/", "/help/", "/no/such/page/", "/sign-in/", "/readyz"])
def test_every_answer_has_the_headers_that_protect(client, db, path):
    response = client.get(path)

    policy = response["Content-Security-Policy"]
    assert {"object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} <= set(
        policy.split("; ")
    )
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_the_nonce_differs_at_every_answer(client, db):
    nonces = {client.get("/help/").headers["Content-Security-Policy"].partition("'nonce-")[2][:16] for _ in range(3)}

    assert len(nonces) == 3


def test_alive_is_said_without_the_database(client, django_db_blocker):
    with django_db_blocker.block():
        response = client.get(reverse("pages:healthz"))

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_alive_is_said_without_the_database_to_the_signed_in_too(client, cast, monkeypatch):
    client.force_login(cast.owen)

    def away(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)

    assert client.get(reverse("pages:healthz")).status_code == 200


def see_worker(ago):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s)", [ago])


@pytest.mark.parametrize(
    ("ago", "status"),
    [(dt.timedelta(seconds=1), 200), (dt.timedelta(seconds=3), 200), (dt.timedelta(seconds=5), 503), (None, 503)],
)
def test_ready_needs_a_worker_that_was_seen_lately(client, db, ago, status):
    if ago is not None:
        see_worker(ago)

    response = client.get(reverse("pages:readyz"))

    assert response.status_code == status
    assert response.content == (b"ready\n" if status == 200 else b"not ready\n")


def test_ready_needs_every_migration(client, db, monkeypatch):
    see_worker(dt.timedelta(0))
    monkeypatch.setattr(health, "_migrations_are_applied", False)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'notices'")

    response = client.get(reverse("pages:readyz"))

    assert (response.status_code, response.content) == (503, b"not ready\n")


def test_ready_is_denied_quickly_when_the_database_is_away(client, monkeypatch):
    def refuse(**parameters):
        raise psycopg.OperationalError("nobody there")

    monkeypatch.setattr(psycopg, "connect", refuse)

    response = client.get(reverse("pages:readyz"))

    assert (response.status_code, response.content) == (503, b"not ready\n")


@pytest.fixture
def quiet_client():
    return Client(raise_request_exception=False)


def test_a_database_that_is_away_is_a_plain_page_without_a_question_to_it(
    quiet_client, cast, monkeypatch, django_db_blocker
):
    quiet_client.force_login(cast.owen)

    def away(*args, **kwargs):
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.load", away)
    response = quiet_client.get(reverse("accounts:account"))

    assert response.status_code == 503
    assert response["Retry-After"] == "60"
    body = response.content.decode()
    assert "the service is away for a moment" in body
    assert "Owen" not in body
    assert "server closed" not in body


def test_a_fault_of_ours_says_so_and_shows_nothing_of_the_inside(quiet_client, cast, monkeypatch):
    quiet_client.force_login(cast.owen)

    def broken(request):
        raise KeyError("secret inside")

    monkeypatch.setattr("peerchallenge.web.views.home_of", broken)
    response = quiet_client.get(reverse("pages:home"))

    assert response.status_code == 500
    assert "The fault is ours" in response.content.decode()
    assert "secret inside" not in response.content.decode()
