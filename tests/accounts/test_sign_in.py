"""Signing in: what people read, what is counted, what is never said."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from peerchallenge.accounts.models import User
from peerchallenge.notices.models import Letter
from tests.accounts.hashing import CountedHasher
from tests.cast import PASSWORD

pytestmark = pytest.mark.usefixtures("empty_cache")

WRONG = "The email address or password is not right."
LOCKED = "Too many tries. Wait 15 minutes or ask for a sign-in code."


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def errors(response: Any) -> list[str]:
    return [
        error.replace("\N{NO-BREAK SPACE}", " ")
        for errors in response.context["form"].errors.values()
        for error in errors
    ]


def test_a_person_signs_in_with_address_and_password_and_comes_home(client, cast):
    response = sign_in(client, "Carys@Northmoor.example")

    assert response.status_code == 302
    assert response["Location"] == reverse("pages:home")
    assert int(client.session["_auth_user_id"]) == cast.carys.pk


def test_empty_answers_say_what_to_enter(client, db):
    response = client.post(reverse("account_login"), {})

    assert errors(response) == ["Enter your email address", "Enter your password"]


@pytest.mark.parametrize("email", ["carys@northmoor.example", "nobody@northmoor.example"])
def test_a_wrong_password_is_counted_down_whether_the_address_is_known_or_not(client, cast, email):
    said = [errors(sign_in(client, email, "wrong")) for _ in range(6)]

    assert said == [
        [f"{WRONG} You have 4 more tries."],
        [f"{WRONG} You have 3 more tries."],
        [f"{WRONG} You have 2 more tries."],
        [f"{WRONG} You have 1 more try."],
        [LOCKED],
        [LOCKED],
    ]


def test_the_right_password_is_refused_while_locked_and_other_accounts_are_not_affected(client, cast):
    for _ in range(11):
        sign_in(client, "carys@northmoor.example", "wrong")

    locked = sign_in(client, "carys@northmoor.example")
    other = sign_in(Client(), "owen@northmoor.example")

    assert errors(locked) == [LOCKED]
    assert other.status_code == 302


def test_known_and_unknown_addresses_get_the_same_page_in_the_same_time(client, cast, settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.hashing.CountedHasher"]
    cast.carys.set_password(PASSWORD)
    cast.carys.save()
    work, pages = {}, {}

    for email in ("carys@northmoor.example", "nobody@northmoor.example"):
        CountedHasher.runs = 0
        pages[email] = sign_in(client, email, "wrong")
        work[email] = CountedHasher.runs

    bodies = {without_variables(page, email) for email, page in pages.items()}
    assert len(bodies) == 1
    assert work["carys@northmoor.example"] == work["nobody@northmoor.example"] > 0


def without_variables(page: Any, email: str) -> str:
    body = page.content.decode().replace(email, "ADDRESS")
    body = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", body)
    return re.sub(r"You have \d+", "You have N", body)


@pytest.mark.parametrize("page", ["account_reset_password", "account_request_login_code"])
def test_asking_for_a_link_or_a_code_says_the_same_for_known_and_unknown_addresses(cast, page):
    answers = []
    for email in ["carys@northmoor.example", "nobody@northmoor.example"]:
        client = Client()
        response = client.post(reverse(page), {"email": email}, follow=True)
        answers.append(
            (
                response.status_code,
                response.redirect_chain,
                without_variables(response, email).replace("c••••", "").replace("n••••", ""),
            )
        )

    assert answers[0] == answers[1]


def test_the_sign_in_gets_a_session_of_its_own(client, cast):
    client.cookies["sessionid"] = "attacker-chosen-session-id-000000"
    client.get(reverse("account_login"))
    before = client.cookies["sessionid"].value

    sign_in(client, "carys@northmoor.example")

    assert client.cookies["sessionid"].value not in {before, "attacker-chosen-session-id-000000"}


def test_after_signing_in_people_come_to_the_page_they_wanted_but_to_no_other_site(client, cast):
    wanted = client.post(
        reverse("account_login") + "?next=/help/", {"login": "carys@northmoor.example", "password": PASSWORD}
    )
    elsewhere = Client().post(
        reverse("account_login") + "?next=https://evil.example/",
        {"login": "owen@northmoor.example", "password": PASSWORD},
    )

    assert wanted["Location"] == "/help/"
    assert elsewhere["Location"] == reverse("pages:home")


def test_a_code_by_email_lets_a_person_in_once(client, cast, run_jobs):
    client.post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})
    run_jobs()
    code = re.search(r"sign in is\n\n(\S+)\n", mail.outbox[0].body)[1]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    again = Client().post(reverse("account_confirm_login_code"), {"code": code})

    assert mail.outbox[0].to == ["owen@northmoor.example"]
    assert response["Location"] == reverse("pages:home")
    assert int(client.session["_auth_user_id"]) == cast.owen.pk
    assert again["Location"] == reverse("account_request_login_code")


def test_codes_are_asked_for_three_times_in_a_quarter_of_an_hour(cast):
    for _ in range(3):
        Client().post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})

    response = Client().post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})

    assert errors(response) == ["Too many codes were asked for. Wait 15 minutes"]


def test_whoever_asked_for_a_code_may_still_use_the_password(client, cast):
    client.post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})

    page = client.get(reverse("account_login"))
    response = sign_in(client, "owen@northmoor.example")

    assert page.status_code == 200
    assert response["Location"] == reverse("pages:home")


def test_a_code_may_be_tried_three_times(client, cast, run_jobs):
    client.post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})
    run_jobs()
    code = re.search(r"sign in is\n\n(\S+)\n", mail.outbox[0].body)[1]
    for _ in range(3):
        client.post(reverse("account_confirm_login_code"), {"code": "WRONG1"})

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert "_auth_user_id" not in client.session
    assert response["Location"] == reverse("account_request_login_code")


def test_no_code_and_no_link_is_kept_in_the_outbox(client, cast, run_jobs):
    client.post(reverse("account_request_login_code"), {"email": "owen@northmoor.example"})
    client.post(reverse("account_reset_password"), {"email": "owen@northmoor.example"})
    waiting = {letter.subject: (letter.text, letter.html) for letter in Letter.objects.all()}

    run_jobs()

    assert waiting == {"Your code to sign in": ("", ""), "Choose a new password": ("", "")}
    assert {letter.sealed for letter in Letter.objects.all()} == {""}
    assert {letter.state for letter in Letter.objects.all()} == {"sent"}


def test_a_link_for_a_new_password_works_once(client, cast, run_jobs):
    link = new_password_link(client, run_jobs)

    page = client.get(link, follow=True)
    saved = client.post(page.redirect_chain[-1][0], {"password1": "three lonely lighthouses"})
    again = Client().get(link, follow=True)

    assert saved["Location"] == reverse("account_reset_password_from_key_done")
    assert "This link has ended" in again.content.decode()
    assert sign_in(Client(), "owen@northmoor.example", "three lonely lighthouses").status_code == 302


@pytest.mark.parametrize("spoiled", ["closed account", "changed address", "altered link"])
def test_a_link_for_a_new_password_that_cannot_be_used_says_the_same(client, cast, run_jobs, spoiled):
    link = new_password_link(client, run_jobs)
    if spoiled == "closed account":
        type(cast.owen).objects.filter(pk=cast.owen.pk).update(is_active=False)
    elif spoiled == "changed address":
        type(cast.owen).objects.filter(pk=cast.owen.pk).update(email="new@northmoor.example")
    else:
        link = link[:-3] + "xx/"

    page = Client().get(link, follow=True)

    assert "This link has ended" in page.content.decode()


def test_a_link_for_a_new_password_ends_after_a_day(client, cast, run_jobs, clock):
    link = new_password_link(client, run_jobs)
    clock.shift(25 * 60 * 60)

    page = Client().get(link, follow=True)

    assert "This link has ended" in page.content.decode()


@pytest.mark.parametrize("header", ["HTTP_HOST", "HTTP_X_FORWARDED_HOST"])
def test_links_in_letters_come_from_the_configured_address_whatever_host_was_asked(client, cast, run_jobs, header):
    client.post(reverse("account_reset_password"), {"email": "owen@northmoor.example"}, **{header: "evil.example"})
    run_jobs()

    assert all("evil.example" not in message.body for message in mail.outbox)
    assert all("http://127.0.0.1:8000/password/new/" in message.body for message in mail.outbox)


@pytest.mark.parametrize("weak", ["short", "password1234", "123456789012345", "owen@northmoor.example"])
def test_a_weak_password_is_refused(client, cast, run_jobs, weak):
    page = client.get(new_password_link(client, run_jobs), follow=True)

    response = client.post(page.redirect_chain[-1][0], {"password1": weak})

    assert response.status_code == 200
    assert response.context["form"].errors["password1"]


def test_nobody_makes_an_account_for_themselves(client, db):
    answer = {"email": "new@northmoor.example", "password1": "three lonely lighthouses"}

    page = client.post(reverse("account_signup"), answer)

    assert "Accounts are by invitation" in page.content.decode()
    assert not User.objects.filter(email="new@northmoor.example").exists()


def test_a_closed_account_cannot_sign_in_and_an_open_session_ends(client, cast):
    sign_in(client, "owen@northmoor.example")
    type(cast.owen).objects.filter(pk=cast.owen.pk).update(is_active=False)

    assert client.get(reverse("accounts:account"))["Location"].startswith(reverse("account_login"))
    assert "_auth_user_id" not in Client().session


def test_signing_out_needs_a_post_and_tells_the_browser_to_forget(client, cast):
    client.force_login(cast.owen)
    asked = client.get(reverse("account_logout"))
    still_in = "_auth_user_id" in client.session

    left = client.post(reverse("account_logout"))

    assert asked.status_code == 200
    assert still_in
    assert left["Location"] == reverse("account_login")
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert "_auth_user_id" not in client.session


def test_a_sign_in_ends_after_eight_idle_hours(client, cast, clock):
    client.force_login(cast.owen)
    client.get(reverse("accounts:account"))
    clock.shift(8 * 60 * 60 + 60)

    response = client.get(reverse("accounts:account"))

    assert response["Location"] == f"{reverse('account_login')}?next={reverse('accounts:account')}"


def test_what_was_typed_when_the_sign_in_ended_is_shown_after_the_next(client, cast, clock):
    client.force_login(cast.owen)
    client.get(reverse("accounts:account"))
    clock.shift(9 * 60 * 60)
    sent = client.post(
        reverse("accounts:account"), {"name": "Owen Price", "job_title": "A long\r\ntitle <b>", "telephone": ""}
    )

    back = client.post(sent["Location"], {"login": "owen@northmoor.example", "password": PASSWORD}, follow=True)

    shown = back.content.decode()
    assert sent["Location"] == f"{reverse('account_login')}?next={reverse('accounts:kept_words')}"
    assert "A long<br>title &lt;b&gt;" in shown
    assert f'href="{reverse("accounts:account")}"' in shown
    cast.owen.refresh_from_db()
    assert cast.owen.job_title == "Director of Policy"


def test_what_one_person_typed_is_not_shown_to_the_next(client, cast, clock):
    client.force_login(cast.owen)
    client.get(reverse("accounts:account"))
    clock.shift(9 * 60 * 60)
    sent = client.post(reverse("accounts:account"), {"name": "Owen's secret"})

    back = client.post(sent["Location"], {"login": "carys@northmoor.example", "password": PASSWORD}, follow=True)

    assert "secret" not in back.content.decode()


def test_a_piece_of_a_page_asked_for_without_a_sign_in_sends_the_whole_page_to_sign_in(client, db):
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/?page=2"}

    response = client.get(reverse("accounts:account"), headers=headers)

    assert (response.status_code, response["HX-Redirect"]) == (401, f"{reverse('account_login')}?next=/account/")


def test_a_sign_in_ends_after_a_day_however_busy(client, cast, clock):
    client.force_login(cast.owen)
    for _ in range(24):
        assert client.get(reverse("accounts:account")).status_code == 200
        clock.shift(60 * 60)
    clock.shift(60)

    response = client.get(reverse("accounts:account"))

    assert response.status_code == 302


def new_password_link(client: Client, run_jobs: Any) -> str:
    client.post(reverse("account_reset_password"), {"email": "owen@northmoor.example"})
    run_jobs()
    return re.search(r"http://127\.0\.0\.1:8000(/password/new/\S+)", mail.outbox[-1].body)[1]
