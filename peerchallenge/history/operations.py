"""`@operation`: one transaction, one sentence in the history, every changed row tied to both."""

import functools
import inspect
import threading
from collections.abc import Callable, Iterator
from typing import Any, ParamSpec, TypeVar

import pghistory
from django.db import models, transaction
from django.utils import timezone

from peerchallenge.history.models import OperationRecord, about_key

P = ParamSpec("P")
R = TypeVar("R")

_running = threading.local()


class AlreadyDone(Exception):
    """Raised by an operation that was sent twice. Nothing is written or recorded again; the caller gets `result`."""

    def __init__(self, result: Any):
        super().__init__("This was sent twice; it was saved once")
        self.result = result


def operation(sentence: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function one operation.

    `sentence` is written in the past tense and may name the function's arguments and, as {result}, what it
    returned: "invited {peer} to the team". Everything the function writes is in one transaction and carries the
    operation's name; an operation called by another is part of it. The argument `by` is the person who acts
    (None for the service itself). Things passed or returned that define `history_about()` are what the operation
    is found under.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        name = f"{function.__module__}.{function.__qualname__}"

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            if getattr(_running, "name", None):
                try:
                    return function(*args, **kwargs)
                except AlreadyDone as before:
                    return before.result
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            by = bound.arguments.get("by")
            _running.name = name
            try:
                with transaction.atomic(), pghistory.context(operation=name, user=getattr(by, "pk", None)) as context:
                    result = function(*args, **kwargs)
                    words = {**bound.arguments, "result": result}
                    OperationRecord.objects.create(
                        id=context.id,
                        name=name,
                        sentence=sentence.format(**words),
                        by=by,
                        at=timezone.now(),
                        about=sorted({key for value in words.values() for key in _about(value)}),
                    )
                    return result
            except AlreadyDone as before:
                return before.result
            finally:
                _running.name = None

        return run

    return decorate


def _about(value: Any) -> Iterator[str]:
    if isinstance(value, models.Model) and hasattr(value, "history_about"):
        yield from (about_key(thing) for thing in value.history_about())
