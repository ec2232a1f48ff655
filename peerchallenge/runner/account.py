"""The account the private database runs as.

PostgreSQL refuses to run as root, so root hands over to an ordinary account: the owner of the data, else the owner of
the project's folder, else an account made for it.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

PROJECT = Path(__file__).resolve().parent.parent.parent
OWN_NAME = "peerchallenge"
SYSTEM_PATH = "/usr/sbin:/usr/bin:/sbin:/bin"


class Unreachable(Exception):
    """No account can run the database on this folder; the message says why in one sentence."""


class Identity(TypedDict):
    """Who a subprocess runs as."""

    user: int | None
    group: int | None
    extra_groups: list[int] | None


@dataclass(frozen=True)
class Account:
    """The account the server runs as. PostgreSQL refuses root, so root hands over to an ordinary account."""

    name: str
    uid: int
    gid: int
    folder: Path  # where the database lives

    @classmethod
    def for_folder(cls, data: Path) -> "Account":
        current = os.geteuid()
        if current:
            if data.exists() and data.stat().st_uid != current:
                raise Unreachable(
                    f"{data} belongs to {_name_of(data.stat().st_uid)}: run as that user, as root, "
                    "or set DATABASE_URL to a PostgreSQL database."
                )
            return cls(current_name(), current, os.getegid(), data.parent)
        owners = [folder.stat().st_uid for folder in (data, PROJECT) if folder.exists()]
        for uid in owners:
            if uid and (entry := _entry(uid)):
                return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, data.parent)
        return cls._own(data.parent)

    @classmethod
    def _own(cls, folder: Path) -> "Account":
        """An account of the database's own, made when missing; nobody where accounts cannot be made."""
        for attempt in (1, 2):
            try:
                entry = pwd.getpwnam(OWN_NAME)
                return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, folder)
            except KeyError:
                if attempt == 1 and (useradd := shutil.which("useradd", path=SYSTEM_PATH)):
                    subprocess.run([useradd, "--system", "--user-group", OWN_NAME], check=False, capture_output=True)
        entry = pwd.getpwnam("nobody")
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid, folder)

    def run(self, *command: str) -> "subprocess.CompletedProcess[str]":
        """Run a program as this account and wait for it."""
        prefix = self._prefix(command[0])
        return subprocess.run(
            [*prefix, *command],
            **self._identity(prefix),
            capture_output=True,
            text=True,
            check=False,
            cwd="/",
            env=_environment(),
        )

    def popen(self, *command: str, log: IO[bytes], tied: bool) -> "subprocess.Popen[bytes]":
        """Start a program as this account, apart from the caller's terminal."""
        prefix = self._prefix(command[0])
        if tied and prefix:
            prefix = [prefix[0], "--pdeathsig", "INT", *prefix[1:]]
        return subprocess.Popen(
            [*prefix, *command],
            **self._identity(prefix),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
            env=_environment(),
            preexec_fn=stop_with_parent(signal.SIGINT) if tied and not prefix and sys.platform == "linux" else None,
        )

    def give(self, folder: Path) -> None:
        """Make this account the owner of a folder and all in it."""
        if os.geteuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.uid, self.gid, follow_symlinks=False)

    def _identity(self, prefix: list[str]) -> "Identity":
        if os.geteuid() or prefix:
            return Identity(user=None, group=None, extra_groups=None)
        return Identity(user=self.uid, group=self.gid, extra_groups=[])

    def _prefix(self, program: str) -> list[str]:
        """Nothing where the account can reach the files; otherwise a helper that lets it pass closed folders.

        A checkout below a folder only root may enter (such as /root) stays closed to everybody else.
        """
        if os.geteuid() or self._reaches(program, []):
            return []
        setpriv = shutil.which("setpriv", path=SYSTEM_PATH)
        if setpriv:
            for capability in ("+dac_read_search", "+dac_override"):
                identity = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]
                allowed = ["--securebits", "+no_setuid_fixup", "--inh-caps", capability, "--ambient-caps", capability]
                prefix = [setpriv, *identity, *allowed]
                if self._reaches(program, prefix):
                    return prefix
        raise Unreachable(
            f"The user {self.name}, who runs the database for root, cannot enter {self.folder}: "
            "move it to a folder that everybody may enter, or set DATABASE_URL to a PostgreSQL database."
        )

    def _reaches(self, program: str, prefix: list[str]) -> bool:
        script = 'cd "$1" && "$2" --version'
        command = [*prefix, "/bin/sh", "-c", script, "sh", str(self.folder), program]
        tried = subprocess.run(command, **self._identity(prefix), capture_output=True, check=False, cwd="/")
        return tried.returncode == 0


def _environment() -> dict[str, str]:
    """What the server needs of the environment; PGDATA and its like would change what it does."""
    return {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ} | {"LC_ALL": "C"}


def stop_with_parent(number: signal.Signals) -> Callable[[], None]:
    """For subprocess's preexec_fn: the child gets this signal when its parent ends, however it ends."""
    library = ctypes.CDLL(None)  # loaded here: between fork and exec a child should only call

    def ask() -> None:
        library.prctl(1, number)  # 1 is PR_SET_PDEATHSIG

    return ask


def _entry(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _name_of(uid: int) -> str:
    entry = _entry(uid)
    return entry.pw_name if entry else f"user {uid}"


def current_name() -> str:
    return _name_of(os.geteuid())
