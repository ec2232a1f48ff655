"""The decorator every business table wears."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
import pgtrigger
from django.db.models import Model


def never_emptied() -> pgtrigger.Trigger:
    """A trigger that refuses TRUNCATE."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'history: % is never emptied', TG_TABLE_NAME;",
    )


M = TypeVar("M", bound=type[Model])


def tracked(model: M) -> M:
    """Record every insert, update and delete of `model` in an event table that nobody can change or empty.

    The database's triggers do the recording, so bulk updates and raw SQL are recorded too.
    """
    return tracked_without()(model)


def tracked_without(*fields: str) -> Callable[[M], M]:
    """As `tracked`, leaving out fields that must not be kept, such as a password's hash."""

    def decorate(model: M) -> M:
        return pghistory.track(exclude=list(fields), meta={"triggers": [never_emptied()]})(model)

    return decorate
