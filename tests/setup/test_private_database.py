"""The private PostgreSQL: it starts, is found again, survives being killed, and stays private."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from peerchallenge import localdb
from peerchallenge.localdb import Server

PROJECT = localdb.PROJECT


@pytest.fixture(autouse=True)
def no_database_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Path]:
    data = tmp_path / "postgres"
    yield data
    localdb.stop(data)


def start(data: Path) -> int:
    os.environ.pop("DATABASE_URL", None)
    localdb.ensure(data)
    return int((data / "postmaster.pid").read_text().split()[0])


def keep_a_word(data: Path) -> None:
    with psycopg.connect(Server(data).url("peerchallenge")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('ŵ')")


def kept_words(data: Path) -> list[tuple[str]]:
    with psycopg.connect(Server(data).url("peerchallenge")) as connection:
        return connection.execute("SELECT word FROM kept").fetchall()


def test_it_starts_once_and_is_found_again(data: Path) -> None:
    assert localdb.ensure(data) is True
    named = os.environ.pop("DATABASE_URL")

    assert localdb.ensure(data) is False
    assert os.environ["DATABASE_URL"] == named


def test_a_database_that_is_named_is_left_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere/else")

    assert localdb.ensure(data) is False
    assert not data.exists()


def test_many_processes_may_start_it_at_once(data: Path) -> None:
    script = "import sys, pathlib; from peerchallenge import localdb; print(localdb.ensure(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", script, str(data)]
    processes = [subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    said = [process.communicate(timeout=60)[0].strip() for process in processes]

    assert sorted(said) == ["False", "False", "False", "True"]


def test_nothing_committed_is_lost_when_it_is_killed(data: Path) -> None:
    first = start(data)
    keep_a_word(data)
    os.kill(first, signal.SIGKILL)

    second = start(data)

    assert second != first
    assert kept_words(data) == [("ŵ",)]


def test_a_number_left_behind_that_now_belongs_to_another_program_is_not_believed(data: Path) -> None:
    start(data)
    localdb.stop(data)
    (data / "postmaster.pid").write_text(f"{os.getpid()}\n{data}\n0\n5432\n{data}\n\n1 1\nready\n")

    assert start(data) != os.getpid()


def test_it_stops_and_says_whether_it_ran(data: Path) -> None:
    number = start(data)

    assert localdb.stop(data) is True
    assert not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE
    assert localdb.stop(data) is False


def test_it_works_where_the_path_is_too_long_for_a_socket(tmp_path: Path) -> None:
    data = tmp_path / ("a-long-name-" * 10) / "postgres"
    try:
        start(data)

        assert Server(data).socket_folder.parent == Path("/tmp")
        assert Server(data).socket_folder.stat().st_mode & 0o777 == 0o700
        assert Server(data).answers("peerchallenge")
    finally:
        localdb.stop(data)


def test_nobody_else_reaches_it(data: Path) -> None:
    start(data)

    with psycopg.connect(Server(data).url("postgres", "postgres")) as connection:
        settings = dict(connection.execute("SELECT name, setting FROM pg_settings").fetchall())
    assert data.stat().st_mode & 0o777 == 0o700
    assert settings["listen_addresses"] == ""
    assert settings["unix_socket_permissions"] == "0700"


def test_it_keeps_what_it_acknowledged_and_reads_every_language(data: Path) -> None:
    start(data)

    with psycopg.connect(Server(data).url("peerchallenge")) as connection:
        answers = connection.execute(
            "SELECT current_setting('fsync'), current_setting('synchronous_commit'), current_setting('server_encoding'),"
            " upper('ŵ'), (SELECT rolsuper FROM pg_roles WHERE rolname = current_user)"
        ).fetchone()
    assert answers == ("on", "on", "UTF8", "Ŵ", False)


def test_a_folder_with_something_else_in_it_is_refused_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "letter.txt").write_text("not a database")

    with pytest.raises(localdb.DatabaseUnavailable, match="holds something that is not a database: move it away"):
        localdb.ensure(data)
    assert (data / "letter.txt").read_text() == "not a database"


def test_a_database_of_another_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    data = tmp_path / "postgres"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")

    with pytest.raises(localdb.DatabaseUnavailable, match="was made by PostgreSQL 16 and this is PostgreSQL 18"):
        localdb.ensure(data)


def test_a_server_tied_to_its_starter_ends_with_it(data: Path) -> None:
    script = (
        "import sys, pathlib; from peerchallenge.localdb import Server; server = Server(pathlib.Path(sys.argv[1]))\n"
        "with server.lock(): process = server.start(tied=True)\n"
        "print(process.pid, flush=True); sys.stdin.read()"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", script, str(data)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    server = psutil.Process(int(starter.stdout.readline()))
    starter.kill()
    starter.communicate()

    gone, _ = psutil.wait_procs([server], timeout=15)
    assert gone == [server] or server.status() == psutil.STATUS_ZOMBIE
