"""One line for every step, with the time it took: "6 of 10  Database … done in 2 s"."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Progress:
    def __init__(self, *, after_step: int, steps: int):
        self.number = after_step
        self.steps = steps

    @contextmanager
    def step(self, label: str) -> Iterator["Step"]:
        self.number += 1
        print(f"{self.number} of {self.steps}  {label} … ", end="", flush=True)
        step = Step()
        try:
            yield step
        except BaseException:
            print(f"failed after {step.took}", flush=True)
            raise
        print("already there" if step.already_there else f"done in {step.took}", flush=True)


class Step:
    def __init__(self) -> None:
        self.since = time.monotonic()
        self.already_there = False

    @property
    def took(self) -> str:
        seconds = time.monotonic() - self.since
        return f"{seconds:.1f} s" if seconds < 10 else f"{seconds:.0f} s"
