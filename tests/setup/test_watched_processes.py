"""What bin/run watches: processes come back when they die, and all end together."""

import signal
import socket
import subprocess
import sys
import time

import psutil
import pytest

from peerchallenge.runner import port
from peerchallenge.runner.processes import Watched

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
STUBBORN = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


class Heard:
    def __init__(self) -> None:
        self.sentences: list[str] = []

    def __call__(self, sentence: str) -> None:
        self.sentences.append(sentence)


def number(watched: Watched) -> int:
    assert watched.process is not None
    return watched.process.pid


def killed(watched: Watched) -> None:
    assert watched.process is not None
    watched.process.kill()
    watched.process.wait()


def test_a_process_that_died_is_started_again_at_once() -> None:
    heard = Heard()
    watched = Watched("job worker", SLEEP, say=heard)
    watched.start()
    watched.started_at -= 60
    first = number(watched)
    killed(watched)

    watched.look_after(time.monotonic())

    assert number(watched) != first
    assert heard.sentences == ["The job worker ended (SIGKILL) and is started again."]
    killed(watched)


def test_a_process_that_dies_within_seconds_waits_longer_each_time() -> None:
    heard = Heard()
    watched = Watched("web server", [sys.executable, "-c", "raise SystemExit(3)"], say=heard)
    now = time.monotonic()
    watched.start()
    pauses = []
    for _ in range(6):
        assert watched.process is not None
        watched.process.wait()
        watched.look_after(watched.started_at)
        pauses.append(watched.pause)
        watched.start()

    assert now <= watched.started_at
    assert pauses == [1, 2, 4, 8, 10, 10]
    assert heard.sentences[0] == "The web server ended (code 3) and is started again in 1 s."


def test_a_process_that_runs_is_left_alone() -> None:
    watched = Watched("job worker", SLEEP, say=Heard())
    watched.start()
    first = number(watched)

    watched.look_after(time.monotonic())

    assert number(watched) == first
    assert watched.runs_for(time.monotonic() + 5) > 5
    killed(watched)
    assert watched.runs_for(time.monotonic()) == 0


def test_a_process_that_does_not_listen_is_ended_by_force() -> None:
    watched = Watched("job worker", STUBBORN, say=Heard())
    watched.start()
    time.sleep(0.5)

    watched.ask_to_end()
    watched.end(within=0.5)

    assert watched.process is not None
    assert watched.process.returncode == -signal.SIGKILL


def test_what_was_started_ends_when_its_starter_is_killed() -> None:
    script = (
        "import sys, time; from peerchallenge.runner.processes import Watched\n"
        f"watched = Watched('job worker', {SLEEP!r}, say=print); watched.start()\n"
        "print(watched.process.pid, flush=True); time.sleep(60)"
    )
    starter = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert starter.stdout is not None
    child = psutil.Process(int(starter.stdout.readline()))
    starter.kill()
    starter.communicate()

    gone, _ = psutil.wait_procs([child], timeout=5)
    assert gone == [child] or child.status() == psutil.STATUS_ZOMBIE


def test_a_port_in_use_is_refused_in_a_sentence() -> None:
    with socket.create_server((port.HOST, 0)) as server:
        taken = server.getsockname()[1]

        with pytest.raises(port.PortUnavailable, match=f"^Port {taken} is taken: stop what uses it, or choose another"):
            port.reserve(taken)


def test_a_number_that_is_no_port_is_refused_in_a_sentence() -> None:
    with pytest.raises(port.PortUnavailable, match=r"^70000 is not a port number"):
        port.reserve(70000)
