"""What every test may use: the cast, two challenges built through operations, a blocked network, a frozen clock.

`cast`       the people (STYLE: Olu, Maya, Lena, Piotr, Carys, Owen, Sam, Ada, and more below)
`northmoor`  a challenge with a plan; `engagement` is its challenge
`saltmere`   another council’s challenge, whose every text carries tests.world.CANARY: it may not be seen from northmoor
`clock`      freezes time at TODAY, 9am in London; `today` is that day
`run_jobs`   runs the jobs that wait, and those they ask for, as a worker would
"""

import datetime as dt
import logging
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import hypothesis
import pgtrigger
import pytest
import time_machine
from django.conf import settings as project_settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

if not os.environ.get("DATABASE_URL"):
    import environ

    from peerchallenge import localdb

    localdb.ensure()
    project_settings.DATABASES["default"].update(environ.Env().db_url("DATABASE_URL"))
    project_settings.DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"


# --- The tests themselves

# How long an example takes says something about the machine, nothing about the code.
hypothesis.settings.register_profile("steady", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("steady")

# Refusals are what many tests are about; faults still fail the test that meets them.
logging.getLogger("django.request").setLevel(logging.CRITICAL)


def empty_tables(operations: DatabaseOperations, statements: list[str]) -> None:
    """Between tests the tables are emptied, which the history's triggers refuse to everybody else."""
    with pgtrigger.ignore(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        cursor.execute(
            "TRUNCATE procrastinate_jobs, procrastinate_events, procrastinate_periodic_defers, procrastinate_workers"
        )


DatabaseOperations.execute_sql_flush = empty_tables  # type: ignore[method-assign]  # see above


class NetworkBlocked(Exception):
    """A test tried to reach another machine."""


@pytest.fixture(scope="session", autouse=True)
def blocked_network() -> Iterator[None]:
    """Nothing leaves this machine during tests."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise NetworkBlocked(f"A test tried to reach {address!r}.")
        return connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(autouse=True)
def quick_and_separate(settings: Any, tmp_path: Any) -> None:
    """Passwords are hashed quickly, files and mail stay in the test's own folder."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            **settings.STORAGES["default"],
            "OPTIONS": {**settings.STORAGES["default"]["OPTIONS"], "location": str(tmp_path)},
        },
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def empty_cache(db: None) -> None:
    """Tries to sign in are counted in the cache."""
    cache.clear()


@pytest.fixture
def today() -> dt.date:
    return dt.date(2024, 10, 14)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Frozen at 9am on TODAY; `clock.shift(seconds)` moves it on."""
    with time_machine.travel(dt.datetime(2024, 10, 14, 8, 0, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


@pytest.fixture
def run_jobs() -> Callable[[], list[str]]:
    """Run the jobs that wait, oldest first, until none is left. Answers the names of those that ran."""

    def run() -> list[str]:
        from procrastinate.contrib.django import app

        ran: list[str] = []
        while (job := next_job()) is not None:
            job_id, name, ids = job
            app.tasks[name](**ids)
            ran.append(name)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
        return ran

    return run


def next_job() -> tuple[int, str, dict[str, Any]] | None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    job = ProcrastinateJob.objects.filter(status="todo").order_by("pk").first()
    return (job.pk, job.task_name, job.args) if job else None


# --- The browser

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium. Closed after each module: its event loop must not be there when other tests run theirs."""
    from playwright.sync_api import sync_playwright  # most tests need no browser

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in this thread; Django's work is its own
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=QUIET)
        yield opened
        opened.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


# --- The world (tests/cast.py, tests/world.py)


@pytest.fixture
def cast(db: None) -> Any:
    from tests.cast import the_cast  # models are loaded only now

    return the_cast()


@pytest.fixture
def challenge_type(db: None) -> Any:
    from tests.world import corporate

    return corporate()


@pytest.fixture
def northmoor(cast: Any, challenge_type: Any) -> Any:
    from tests.world import build_northmoor

    return build_northmoor(cast, challenge_type)


@pytest.fixture
def saltmere(cast: Any, challenge_type: Any) -> Any:
    from tests.world import build_saltmere

    return build_saltmere(cast, challenge_type)


@pytest.fixture
def engagement(northmoor: Any) -> Any:
    return northmoor.engagement
