"""How a function becomes a job.

Each app keeps its jobs in jobs.py. A job is a named function over ids; it may run twice (a worker that is killed
leaves its job to the next one), so it looks at the rows first and does only what is still to be done.
"""

import functools
from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from procrastinate import RetryStrategy, tasks
from procrastinate.contrib.django import app
from procrastinate.job_context import JobContext
from procrastinate.middleware import SyncCallNext
from procrastinate.worker import Worker

P = ParamSpec("P")
R = TypeVar("R")

# How often a job may be left behind by workers that die before it is given up: it may be what kills them.
MOST_STALLS = 5

_when_given_up: dict[str, Callable[..., None]] = {}


def task(
    *, attempts: int = 4, first_wait: int = 5, when_given_up: Callable[..., None] | None = None
) -> Callable[[Callable[P, R]], tasks.Task[P, R, P]]:
    """Declare a job. Ask for it with `name.defer(ids)`: it is queued when the running transaction commits.

    When the function raises, the job is tried again after `first_wait` seconds, then `first_wait` squared and so on,
    `attempts` times in all. After the last one `when_given_up` is called with the same ids, so that no row waits
    for ever; it may be called twice.
    """

    def declare(function: Callable[P, R]) -> tasks.Task[P, R, P]:
        name = f"{function.__module__}.{function.__qualname__}"
        if when_given_up is not None:
            _when_given_up[name] = when_given_up
        retries = attempts - 1

        def tell_when_given_up(call_next: SyncCallNext, context: JobContext, worker: Worker) -> Any:
            is_done = False
            try:
                result = call_next()
                is_done = True
                return result
            finally:
                if not is_done and context.job.attempts >= retries:
                    give_up(name, context.job.task_kwargs)

        retry = RetryStrategy(max_attempts=retries, exponential_wait=first_wait) if retries else False
        return app.task(name=name, retry=retry, task_middleware=[tell_when_given_up])(function)

    return declare


def every(cron: str) -> Callable[[Callable[[], None]], tasks.Task[[int], None, [int]]]:
    """Declare a job that runs by the clock, such as `every("*/10 * * * *")`. Waiting runs do not pile up."""

    def declare(function: Callable[[], None]) -> tasks.Task[[int], None, [int]]:
        name = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def run(timestamp: int) -> None:
            function()

        declared = app.task(name=name, queueing_lock=name)(run)
        return app.periodic(cron=cron)(declared)  # type: ignore[arg-type]  # its types want a further argument

    return declare


def give_up(name: str, ids: dict[str, Any]) -> None:
    """Tell the app that owns a job that it will not be tried again."""
    tell = _when_given_up.get(name)
    if tell is not None:
        tell(**ids)
