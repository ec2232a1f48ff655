"""Production refuses to start without its secrets; the key of a development machine stays on it."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from peerchallenge import localkey
from peerchallenge.localdb import PROJECT

PRODUCTION = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "peerchallenge.example",
    "SITE_URL": "https://peerchallenge.example",
    "DATABASE_URL": "postgres://service@database/peerchallenge",
    "EMAIL_URL": "smtp+tls://name:password@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Peer challenge <no-reply@peerchallenge.example>",
    "SERVICE_EMAIL": "help@peerchallenge.example",
    "SERVICE_TELEPHONE": "01632 960100",
}
CONFIGURED = ("settings.py", "runner/gunicorn_settings.py")
FOR_TESTS = {"PYTEST_DB", "DEBUG"}  # never set by an operator


def settings_with(environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", "import peerchallenge.settings"],
        cwd=PROJECT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_all_it_needs() -> None:
    assert settings_with(PRODUCTION).stderr == ""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY to a random text of at least 50 characters."),
        ({"SECRET_KEY": "short"}, "Set SECRET_KEY to a random text of at least 50 characters."),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS to the names the service is reached by, not *."),
        ({"ALLOWED_HOSTS": "*"}, "Set ALLOWED_HOSTS to the names the service is reached by, not *."),
        ({"DATABASE_URL": ""}, "Set DATABASE_URL to the PostgreSQL database."),
        ({"EMAIL_URL": ""}, "Set EMAIL_URL to the mail server"),
        ({"DEFAULT_FROM_EMAIL": ""}, "Set DEFAULT_FROM_EMAIL to the sender of letters."),
        ({"SERVICE_EMAIL": ""}, "Set SERVICE_EMAIL to the address where people get help."),
        ({"SERVICE_TELEPHONE": ""}, "Set SERVICE_TELEPHONE to the number where people get help."),
        ({"SITE_URL": "http://peerchallenge.example"}, "Set SITE_URL to the address of the service"),
        ({"SITE_URL": ""}, "Set SITE_URL to the address of the service"),
        ({"DEBUG": "on"}, "DEBUG must be off in production."),
        ({"DEPLOYMENT": "staging"}, "DEPLOYMENT must be development or production."),
    ],
)
def test_production_refuses_to_start_without_what_it_needs(change: dict[str, str], sentence: str) -> None:
    started = settings_with({**PRODUCTION, **change})

    assert started.returncode == 1
    assert f"ImproperlyConfigured: {sentence}" in started.stderr


def test_every_variable_is_in_the_operators_table() -> None:
    code = "".join((PROJECT / "peerchallenge" / name).read_text() for name in CONFIGURED)
    asked = set(re.findall(r"""env(?:\.\w+)?\(\s*"([A-Z_]+)\"""", code)) | set(
        re.findall(r'environ\.get\("([A-Z_]+)"', code)
    )

    told = (PROJECT / "docs" / "operations.md").read_text()

    assert {name for name in asked - FOR_TESTS if f"`{name}`" not in told} == set()


def test_a_machine_makes_its_own_key_once_and_keeps_it_to_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = tmp_path / "var" / "secret-key"
    monkeypatch.setenv("SECRET_KEY", "")
    localkey.ensure(key)
    first = os.environ["SECRET_KEY"]
    monkeypatch.setenv("SECRET_KEY", "")
    localkey.ensure(key)

    assert os.environ["SECRET_KEY"] == first
    assert len(first) >= 50
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert [path.name for path in key.parent.iterdir()] == ["secret-key"]


def test_production_never_makes_a_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "")
    monkeypatch.setenv("DEPLOYMENT", "production")

    localkey.ensure(tmp_path / "secret-key")

    assert os.environ["SECRET_KEY"] == ""
    assert not (tmp_path / "secret-key").exists()
