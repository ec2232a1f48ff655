"""Signing in: what people read, what is counted, what is never said."""

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.urls import reverse

from peerchallenge.accounts.models import User

PASSWORD = "correct horse battery"
pytestmark = pytest.mark.usefixtures("empty_cache")


def sign_in(client, email, password=PASSWORD, **headers):
    return client.post(reverse("account_login"), {"login": email, "password": password}, headers=headers)


def test_a_person_signs_in_with_address_and_password_and_comes_home(client, cast):
    response = sign_in(client, "Carys@Northmoor.example")

    assert response.status_code == 302
    assert response["Location"] == reverse("pages:home")
    assert int(client.session["_auth_user_id"]) == cast.carys.pk
