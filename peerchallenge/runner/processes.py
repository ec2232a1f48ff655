"""One watched process: started, restarted when it dies, ended together with its children."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress

from peerchallenge.runner.account import stop_with_parent

QUICK_DEATH_SECONDS = 10
LONGEST_PAUSE_SECONDS = 10


class Watched:
    """A program that should run all the time.

    It is restarted at once; when it keeps dying within seconds of its start, after pauses that grow to ten seconds.
    """

    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        say: Callable[[str], None],
        pass_fds: tuple[int, ...] = (),
        last_word: signal.Signals = signal.SIGTERM,
    ):
        self.name = name
        self.command = command
        self.say = say
        self.pass_fds = pass_fds
        self.last_word = last_word  # what the process gets when this one is killed
        self.process: subprocess.Popen[bytes] | None = None
        self.started_at = 0.0
        self.pause = 0.0
        self.start_after = 0.0

    def start(self) -> None:
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches bin/run only, which ends the others in order
            pass_fds=self.pass_fds,
            preexec_fn=stop_with_parent(self.last_word) if sys.platform == "linux" else None,
        )

    def look_after(self, now: float) -> None:
        """Restart the process when it has died and its pause is over."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            quick = now - self.started_at < QUICK_DEATH_SECONDS
            self.pause = min(max(1.0, self.pause * 2), LONGEST_PAUSE_SECONDS) if quick else 0.0
            self.start_after = now + self.pause
            wait = f" in {self.pause:.0f} s" if self.pause else ""
            self.say(f"The {self.name} ended ({_reason(code)}) and is started again{wait}.")
            self.process = None
        if now >= self.start_after:
            self.start()

    def runs_for(self, now: float) -> float:
        """Seconds since the start; 0 when it does not run."""
        return now - self.started_at if self.process is not None and self.process.poll() is None else 0.0

    def ask_to_end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def end(self, *, within: float) -> None:
        """Wait for the end; after the time, end it and its children by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, within))
        except subprocess.TimeoutExpired:
            self.kill()
            self.process.wait()

    def kill(self) -> None:
        """End the process and its children at once."""
        if self.process is not None and self.process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def _reason(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"code {code}"
