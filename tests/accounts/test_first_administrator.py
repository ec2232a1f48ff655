"""The command that lets the first person into a new service."""

import pytest
from django.core.management import call_command

from peerchallenge.accounts.models import User
from peerchallenge.history.models import OperationRecord


@pytest.mark.django_db
def test_the_first_administrator_is_made_by_a_command(client, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", "wet gravel and lamp oil")

    call_command("createsuperuser", interactive=False, email="Ines@LGA.example", name="Ines Roe", verbosity=0)

    made = User.objects.get()
    assert (made.email, made.name, made.is_administrator) == ("ines@lga.example", "Ines Roe", True)
    assert made.check_password("wet gravel and lamp oil")
    assert OperationRecord.objects.get().sentence == "opened the account of Ines@LGA.example as an administrator"
