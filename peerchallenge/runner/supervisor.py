"""Keeps the database, the web server and the job worker running until it is told to stop."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from peerchallenge import localdb
from peerchallenge.runner.processes import Watched

LOOK_EVERY_SECONDS = 0.25
HEARTBEAT_EVERY_SECONDS = 15
HEARTBEAT_TOO_OLD_SECONDS = 60
END_SECONDS = 20
CONFIG = Path(__file__).with_name("gunicorn_settings.py")


class Stopping(Exception):
    """Somebody pressed Ctrl-C or asked the process to end."""


def say(sentence: str) -> None:
    print(sentence, flush=True)


class Supervisor:
    def __init__(self, held: socket.socket):
        self.held = held
        self.database = Database()
        self.web = Watched("web server", web_command(held), say=say, pass_fds=(held.fileno(),))
        # A killed job is done again by design, so nothing is lost when the worker is ended at once.
        self.worker = Watched("job worker", worker_command(), say=say, last_word=signal.SIGKILL)
        self.preparing: subprocess.Popen[bytes] | None = None
        self.next_heartbeat = 0.0

    def listen_for_the_end(self) -> None:
        """From here on Ctrl-C, SIGTERM and a closed terminal raise Stopping; a second Ctrl-C does not interrupt the end."""

        def stop(number: int, frame: object) -> None:
            for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(each, signal.SIG_IGN)
            raise Stopping

        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, stop)

    def prepare(self, arguments: list[str]) -> bool:
        """Tables, static files, reference data, demonstration: in a process of its own, so that this one stays small."""
        self.preparing = subprocess.Popen(
            [sys.executable, "-m", "peerchallenge.runner.prepare", *arguments], start_new_session=True
        )
        return self.preparing.wait() == 0

    def serve(self) -> None:
        """Start both servers; return when the first page can be had. It comes sooner when the worker waits for it."""
        self.web.start()
        port = self.held.getsockname()[1]
        while not _answers(port):
            self._look_after(self.database, self.web)
            time.sleep(0.1)
        self.worker.start()

    def watch(self) -> None:
        while True:
            self._look_once()
            time.sleep(LOOK_EVERY_SECONDS)

    def _look_once(self) -> None:
        restarts = self.database.restarts
        self._look_after(self.database, self.web)
        if self.database.restarts > restarts:
            self.worker.kill()  # its connections are gone and it would notice late; what it was doing is done again
        self._look_after(self.worker)
        now = time.monotonic()
        if now >= self.next_heartbeat:
            self.next_heartbeat = now + HEARTBEAT_EVERY_SECONDS
            if self.worker.runs_for(now) > HEARTBEAT_TOO_OLD_SECONDS and worker_is_silent():
                say("The job worker has not been heard of for a minute and is started again.")
                self.worker.kill()

    def _look_after(self, *parts: "Database | Watched") -> None:
        for part in parts:
            part.look_after(time.monotonic())

    def end(self) -> None:
        """End what was started, the database last."""
        deadline = time.monotonic() + END_SECONDS
        if self.preparing is not None and self.preparing.poll() is None:
            self.preparing.terminate()
            self.preparing.wait()
        for server in (self.web, self.worker):
            server.ask_to_end()
        for server in (self.web, self.worker):
            server.end(within=deadline - time.monotonic())
        self.database.end()


class Database:
    """The private server when it is used, otherwise the one DATABASE_URL names, which others look after."""

    def __init__(self) -> None:
        self.server = None if os.environ.get("DATABASE_URL") else localdb.Server(localdb.DATA)
        self.process: subprocess.Popen[bytes] | None = None
        self.is_ours = False
        self.restarts = 0
        self.next_try = 0.0

    def start(self) -> None:
        if self.server is None:
            self._reach()
            return
        with self.server.lock():
            self.process = self.server.start(tied=True)
        self.is_ours = self.is_ours or self.process is not None
        os.environ["DATABASE_URL"] = self.server.url(localdb.NAME)

    def look_after(self, now: float) -> None:
        if self.server is None or now < self.next_try or self._runs():
            return
        say("The database ended and is started again.")
        try:
            self.start()
            self.restarts += 1
        except (localdb.DatabaseUnavailable, psycopg.OperationalError) as unavailable:
            self.next_try = now + 5
            say(str(unavailable))

    def end(self) -> None:
        if self.server is not None and self.is_ours:
            with self.server.lock():
                self.server.stop()
            if self.process is not None:
                self.process.wait()

    def _runs(self) -> bool:
        if self.process is not None:
            return self.process.poll() is None
        return self.server is not None and self.server.runs()

    def _reach(self) -> None:
        try:
            psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=5).close()
        except psycopg.Error as error:
            reason = next((line.strip() for line in str(error).splitlines() if line.strip()), "no reason given")
            raise localdb.DatabaseUnavailable(
                f"The database named in DATABASE_URL cannot be reached: {reason}"
            ) from error


def web_command(held: socket.socket) -> list[str]:
    return [sys.executable, "-m", "gunicorn", "--config", str(CONFIG), "--bind", f"fd://{held.fileno()}"]


def worker_command() -> list[str]:
    return [sys.executable, "manage.py", "procrastinate", "worker"]


def worker_is_silent() -> bool:
    """Whether no job worker has left a sign of life in the last minute. Not known counts as no."""
    question = "SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers"
    try:
        with psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=2) as connection:
            row = connection.execute(question).fetchone()
    except psycopg.Error:
        return False
    age = row[0] if row else None
    return age is None or age > HEARTBEAT_TOO_OLD_SECONDS


def _answers(port: int) -> bool:
    """Whether the web server answers a request, whatever the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
