"""What can be known of the containers without running them, and the database role the service works as."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import yaml
from psycopg import errors

from peerchallenge import localdb
from peerchallenge.localdb import PROJECT, Server

REQUIRED = {
    "SECRET_KEY",
    "SITE_URL",
    "ALLOWED_HOSTS",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "SERVICE_EMAIL",
    "SERVICE_TELEPHONE",
    "SERVICE_PASSWORD",
    "OWNER_PASSWORD",
}


@pytest.fixture
def compose() -> dict[str, Any]:
    return yaml.safe_load((PROJECT / "docker-compose.yml").read_text())


def test_nothing_starts_while_a_secret_is_missing(compose: dict[str, Any]) -> None:
    text = yaml.safe_dump(compose, width=10_000)

    assert {name for name in REQUIRED if f"${{{name}:?Set {name} in .env" in text} == REQUIRED


@pytest.mark.parametrize("name", ["web", "worker", "release"])
def test_our_containers_have_no_rights_they_do_not_need(compose: dict[str, Any], name: str) -> None:
    service = compose["services"][name]

    assert service["cap_drop"] == ["ALL"]
    assert service["read_only"] is True
    assert service["security_opt"] == ["no-new-privileges:true"]


def test_the_last_step_of_the_image_runs_as_an_ordinary_user_in_production() -> None:
    last = (PROJECT / "Dockerfile").read_text().split("\nFROM ")[-1]

    assert "\nUSER peerchallenge\n" in last
    assert "DEPLOYMENT=production" in last


def test_web_and_worker_work_as_a_role_that_is_not_the_owner(compose: dict[str, Any]) -> None:
    urls = {name: compose["services"][name]["environment"]["DATABASE_URL"] for name in ("web", "worker", "release")}

    assert urls["web"].startswith("postgres://peerchallenge_service:")
    assert urls["worker"].startswith("postgres://peerchallenge_service:")
    assert urls["release"].startswith("postgres://peerchallenge_owner:")


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    data = tmp_path / "postgres"
    localdb.ensure(data)
    yield Server(data)
    localdb.stop(data)


def test_the_role_of_the_service_reads_and_writes_and_owns_nothing(server: Server) -> None:
    programs = Path(localdb.program("psql")).parent
    subprocess.run(
        [PROJECT / "bin" / "database-roles"],
        env={
            "PATH": f"{programs}:{os.environ['PATH']}",
            "PGHOST": str(server.socket_folder),
            "POSTGRES_USER": "postgres",
            "POSTGRES_DB": "peerchallenge",
            "SERVICE_PASSWORD": "it's secret",
        },
        check=True,
    )
    with psycopg.connect(server.url("peerchallenge", "postgres"), autocommit=True) as owner:
        owner.execute("CREATE TABLE history (id bigint GENERATED ALWAYS AS IDENTITY, word text)")

    with psycopg.connect(server.url("peerchallenge", "peerchallenge_service"), autocommit=True) as service:
        service.execute("INSERT INTO history (word) VALUES ('kept')")
        assert service.execute("SELECT word FROM history").fetchall() == [("kept",)]
        for forbidden in (
            "TRUNCATE history",
            "ALTER TABLE history DISABLE TRIGGER ALL",
            "DROP TABLE history",
            "CREATE TABLE own (id int)",
        ):
            with pytest.raises(errors.InsufficientPrivilege):
                service.execute(forbidden)
