"""The second step: demanded of LGA staff, a code once, recovery codes once."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.urls import reverse

from tests.cast import PASSWORD

pytestmark = pytest.mark.usefixtures("empty_cache")
NOT_RIGHT = "The code is not right. Enter the newest one"


@pytest.fixture
def demanded(settings):
    settings.SECOND_FACTOR_FOR_STAFF = True


@pytest.fixture
def secret(cast):
    secret = generate_totp_secret()
    TOTP.activate(cast.maya, secret)
    return secret


def code_of(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give_password(client, email="maya@lga.example"):
    return client.post(reverse("account_login"), {"login": email, "password": PASSWORD})


def give_code(client, code):
    return client.post(reverse("mfa_authenticate"), {"code": code})


def test_lga_staff_without_a_second_step_set_it_up_before_anything_else(client, cast, demanded):
    client.force_login(cast.maya)

    pages = [client.get(reverse(name)) for name in ["pages:home", "accounts:account"]]
    piece = client.get(reverse("pages:home"), headers={"HX-Request": "true"})

    assert [page["Location"] for page in pages] == [reverse("mfa_activate_totp")] * 2
    assert (piece.status_code, piece["HX-Redirect"]) == (401, reverse("mfa_activate_totp"))
    assert client.get(reverse("accounts:security")).status_code == 200
    assert client.post(reverse("account_logout")).status_code == 302


def test_people_of_councils_need_none(client, cast, demanded):
    client.force_login(cast.carys)

    assert client.get(reverse("accounts:account")).status_code == 200


def test_with_a_second_step_staff_give_a_code_after_the_password(client, cast, demanded, secret):
    first = give_password(client)
    before = "_auth_user_id" in client.session

    second = give_code(client, code_of(secret))

    assert first["Location"] == reverse("mfa_authenticate")
    assert not before
    assert second["Location"] == reverse("pages:home")
    assert int(client.session["_auth_user_id"]) == cast.maya.pk


@pytest.mark.parametrize("seconds_later", [0, 31, 45])
def test_a_code_that_was_used_is_refused_as_long_as_it_would_be_right(cast, secret, clock, seconds_later):
    code = code_of(secret)
    first, second = Client(), Client()
    give_password(first)
    give_code(first, code)
    clock.shift(seconds_later)
    give_password(second)

    response = give_code(second, code)

    assert response.context["form"].errors == {"code": [NOT_RIGHT]}
    assert "_auth_user_id" not in second.session


def test_wrong_codes_are_limited(client, cast, secret):
    give_password(client)
    for _ in range(6):
        give_code(client, "000000")

    response = give_code(client, code_of(secret))

    assert "_auth_user_id" not in client.session
    assert response.context["form"].errors["code"] == ["Too many tries. Wait 15 minutes"]


def test_a_recovery_code_works_once(cast, secret):
    RecoveryCodes.activate(cast.maya)
    code = Authenticator.objects.get(user=cast.maya, type="recovery_codes").wrap().get_unused_codes()[0]
    first, second = Client(), Client()
    give_password(first)
    let_in = give_code(first, code)
    give_password(second)

    refused = give_code(second, code)

    assert let_in["Location"] == reverse("pages:home")
    assert refused.context["form"].errors == {"code": [NOT_RIGHT]}


def test_a_code_by_email_does_not_stand_in_for_the_app(client, cast, secret, run_jobs, mailoutbox):
    client.post(reverse("account_request_login_code"), {"email": "maya@lga.example"})
    run_jobs()
    code = mailoutbox[0].body.split("\n")[2]

    response = client.post(reverse("account_confirm_login_code"), {"code": code})

    assert response["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_secrets_of_the_second_step_are_encrypted(cast, secret):
    assert secret not in str(Authenticator.objects.get(user=cast.maya).data)


def test_a_person_turns_the_second_step_on_and_off(
    client, cast, run_jobs, mailoutbox, django_capture_on_commit_callbacks
):
    give_password(client, "carys@northmoor.example")
    asked = client.get(reverse("mfa_activate_totp"))
    page = client.post(asked["Location"], {"password": PASSWORD}, follow=True)
    with django_capture_on_commit_callbacks(execute=True):
        on = client.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})
    codes = client.get(on["Location"])
    client.post(reverse("mfa_deactivate_totp"))
    run_jobs()

    assert len(codes.context["unused_codes"]) == 10
    assert not Authenticator.objects.filter(user=cast.carys).exists()
    assert [letter.subject for letter in mailoutbox] == [
        "A second step to sign in is on",
        "The second step to sign in is off",
    ]


def test_staff_cannot_turn_it_off_where_it_is_demanded(client, cast, demanded, secret):
    give_password(client)
    give_code(client, code_of(secret))

    client.post(reverse("mfa_deactivate_totp"))

    assert Authenticator.objects.filter(user=cast.maya, type="totp").exists()
