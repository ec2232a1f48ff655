"""One world for all rows of the access table: it is only looked at, so it is built once and undone at the end."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client, override_settings


@dataclass(frozen=True)
class TwoCouncils:
    northmoor: Any
    saltmere: Any
    clients: dict[str, Client]  # by the name of the visitor; "nobody" is not signed in


@pytest.fixture(autouse=True)
def quick_and_separate(settings: Any) -> None:
    """In place of the fixture for other tests: the files of the world below stay where they are."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture(scope="module")
def two_councils(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[TwoCouncils]:
    from django.conf import settings

    storages = {**settings.STORAGES}
    storages["default"] = {
        **storages["default"],
        "OPTIONS": {**storages["default"]["OPTIONS"], "location": str(tmp_path_factory.mktemp("files"))},
    }
    quick = override_settings(STORAGES=storages, PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    frozen = time_machine.travel(dt.datetime(2024, 10, 14, 8, 0, tzinfo=dt.UTC), tick=False)
    with django_db_blocker.unblock(), quick, frozen, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def build() -> TwoCouncils:
    from tests.access.places import furnish
    from tests.cast import the_cast
    from tests.world import CANARY, build_northmoor, build_saltmere, corporate

    kind = corporate()
    cast = the_cast()
    northmoor = furnish(
        build_northmoor(cast, kind), kind, cast, coordinator=cast.carys, manager=cast.maya, lead=cast.lena, mark=""
    )
    saltmere = furnish(
        build_saltmere(cast, kind),
        kind,
        cast,
        coordinator=cast.sam,
        manager=cast.milo,
        lead=cast.noor,
        mark=f" {CANARY}",
    )
    clients = {"nobody": Client()}
    for name, person in cast.people().items():
        clients[name] = Client()
        clients[name].force_login(person)
    return TwoCouncils(northmoor=northmoor, saltmere=saltmere, clients=clients)
