"""The whole service as bin/run starts it, on a database and a port of its own: supervisor, web workers, job worker."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import psutil
import psycopg

from peerchallenge import localdb
from tests.drills.pages import Pages

T = TypeVar("T")

PORTS = range(8800, 8850)
# Only so that a drill that fails does not run for ever; what is promised is said in the tests.
PATIENCE_SECONDS = 90
START = (
    "import sys; from pathlib import Path; from peerchallenge import localdb; localdb.DATA = Path(sys.argv.pop(1));"
    "from peerchallenge.runner.__main__ import main; sys.exit(main())"
)


def until(what: str, ask: Callable[[], T], *, within: float = PATIENCE_SECONDS, every: float = 0.1) -> T:
    """Ask again until the answer counts as yes."""
    deadline = time.monotonic() + within
    while not (answer := ask()):
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {within} s: {what}")
        time.sleep(every)
    return answer


class Stack(Pages):
    def __init__(self, folder: Path):
        super().__init__(free_port())
        self.folder = folder
        self.data = folder / "postgres"
        self.server = localdb.Server(self.data)
        self.said = folder / "said.log"
        self.environment = {
            **{name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "PYTEST_DB"}},
            "FILES_ROOT": str(folder / "files"),
            "STATIC_ROOT": str(folder / "static"),
            "EMAIL_URL": "dummymail://",
            "SECRET_KEY": "only-for-a-drill-" * 4,
            "WEB_WORKERS": "2",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.scene: dict[str, Any] = {}

    def start(self) -> None:
        command = [sys.executable, "-c", START, str(self.data), "--port", str(self.port), "--no-demo"]
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command, cwd=localdb.PROJECT, env=self.environment, stdout=said, stderr=said, start_new_session=True
            )
        until("the service is ready", self.has_started, within=180)
        laid = subprocess.run(
            [sys.executable, "-m", "tests.drills.scene"],
            cwd=localdb.PROJECT,
            env={**self.environment, "DATABASE_URL": self.server.url(localdb.NAME)},
            check=True,
            stdout=subprocess.PIPE,
        )
        self.scene = json.loads(laid.stdout)

    def stop(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)

    # Its processes

    def parts(self, word: str) -> list[psutil.Process]:
        """The processes of the service whose command has this word in it."""
        assert self.process is not None
        assert self.process.poll() is None, f"bin/run ended:\n{self.said.read_text()}"
        found = []
        for process in psutil.Process(self.process.pid).children(recursive=True):
            try:
                if word in " ".join(process.cmdline()):
                    found.append(process)
            except psutil.NoSuchProcess:
                continue
        return found

    def web_workers(self) -> list[psutil.Process]:
        """gunicorn's children: those whose parent is gunicorn, too."""
        servers = self.parts("gunicorn")
        numbers = {process.pid for process in servers}
        return [process for process in servers if process.ppid() in numbers]

    def kill_database(self) -> None:
        """The postmaster first, then all its children: nobody is left to tidy up."""
        postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        for process in [postmaster, *postmaster.children(recursive=True)]:
            try:
                process.kill()
            except psutil.NoSuchProcess:
                continue

    def has_started(self) -> bool:
        said = self.said.read_text()
        assert " ended (code " not in said, f"The service does not start:\n{said}"
        return self.is_ready()

    def is_ready(self) -> bool:
        assert self.process is not None
        assert self.process.poll() is None, f"bin/run ended:\n{self.said.read_text()}"
        return self.get("/readyz").status == 200

    # Its database

    def rows(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.server.url(localdb.NAME), connect_timeout=5) as connection:
            return connection.execute(question, values).fetchall()

    def number(self, question: str, *values: Any) -> int:
        return int(self.rows(question, *values)[0][0])


def free_port() -> int:
    """A port nobody uses. Each process of the test run looks from a place of its own, so that two never meet."""
    own = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) * 10 % len(PORTS)
    for port in (*PORTS[own:], *PORTS[:own]):
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise AssertionError(f"No port is free from {PORTS.start} to {PORTS.stop - 1}")


def running(folder: Path) -> Iterator[Stack]:
    stack = Stack(folder)
    try:
        stack.start()
        yield stack
    finally:
        stack.stop()
