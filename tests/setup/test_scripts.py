"""bin/run and its companions say in one sentence what is missing; a step that is done is not done again."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from peerchallenge.localdb import PROJECT


def run(*command: str, folder: Path = PROJECT, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--port"], "Write the number after --port, for example: bin/run --port 8001\n"),
        (["--port", "eight"], "“eight” is not a port number: give one from 1 to 65535, for example --port 8001\n"),
        (["--port=70000"], "70000 is not a port number: give one from 1 to 65535, for example --port 8001\n"),
        (["--prot", "1"], "bin/run does not know “--prot”. It knows: --port N, --no-demo\n"),
    ],
)
def test_a_wrong_argument_is_answered_in_a_sentence(arguments: list[str], sentence: str) -> None:
    done = run("bin/run", *arguments)

    assert (done.returncode, done.stdout, done.stderr) == (1, "", sentence)


def test_a_port_in_use_is_said_before_anything_is_set_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        taken = server.getsockname()[1]

        done = run("bin/run", "--port", str(taken))

    assert done.stdout == ""
    assert done.stderr.startswith(f"Port {taken} is taken: ")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with the ordinary programs of a machine that has no usable Python."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in ("sh", "dirname", "id", "sed"):
        found = shutil.which(name)
        assert found is not None
        (folder / name).symlink_to(found)
    return folder


def python_that(programs: Path, body: str) -> None:
    (programs / "python3").write_text(f"#!/bin/sh\n{body}\n")
    (programs / "python3").chmod(0o755)


def test_a_machine_without_python_is_told_so(programs: Path) -> None:
    done = run("bin/run", PATH=str(programs), PYTHON="")

    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found: ")


def test_an_old_python_does_not_count(programs: Path) -> None:
    python_that(programs, "exit 1")

    done = run("bin/run", PATH=str(programs), PYTHON="")

    assert done.stderr.startswith("Python 3.11 or newer is needed and was not found: ")


def test_a_python_without_venv_is_told_so(programs: Path) -> None:
    python_that(programs, 'case "$2" in *ensurepip*) exit 1 ;; esac')

    done = run("bin/run", PATH=str(programs), PYTHON="")

    assert done.stderr.startswith("python3 has no venv module: install it (on Debian: apt-get install python3-venv)")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of one script that reads the shared steps."""
    (tmp_path / "bin").mkdir()
    shutil.copy(PROJECT / "bin" / "steps.sh", tmp_path / "bin")
    return tmp_path


def script(project: Path, body: str) -> "subprocess.CompletedProcess[str]":
    (project / "bin" / "try").write_text(f'. "$(dirname "$0")/steps.sh"\nbegin\nsteps=1\n{body}\n')
    return run("sh", "bin/try", folder=project)


def test_each_step_says_how_far_it_is(project: Path) -> None:
    done = script(project, "steps=2\nnothing() { already=yes; }\nstep Bricks true\nstep Mortar nothing")

    assert done.stdout == "1 of 2  Bricks … done in 0 s\n2 of 2  Mortar … already there\n"


def test_a_step_that_fails_says_why_and_stops(project: Path) -> None:
    done = script(project, 'short() { why="There is no sand."; return 1; }\nstep Mortar short\necho on')

    assert done.returncode == 1
    assert done.stdout == "1 of 1  Mortar … failed after 0 s\n"
    assert done.stderr == "There is no sand.\n"


def test_a_step_that_fails_without_a_reason_shows_what_it_printed(project: Path) -> None:
    done = script(project, "broken() { echo no such brick; return 1; }\nstep Bricks broken")

    assert "no such brick\n" in done.stderr
    assert done.stderr.endswith("the whole output is in var/log/setup.log.\n")


def test_what_was_made_from_the_same_things_is_not_made_again(project: Path) -> None:
    done = script(project, "made wall bricks; is_made wall bricks && echo same; is_made wall straw || echo other")

    assert done.stdout == "same\nother\n"


def test_missing_libraries_name_the_command_that_installs_them(project: Path) -> None:
    done = script(
        project, "id() { echo 1000; }\nmissing=Pango\npango() { install_by_apt libpango-1.0-0; }\nstep Libraries pango"
    )

    assert done.stderr == (
        "Missing on this machine: Pango. Install with:  "
        "apt-get install -y --no-install-recommends libpango-1.0-0  (as root), then run this again.\n"
    )
