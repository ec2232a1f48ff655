"""Taking a row for oneself before it is changed, and refusing a change made on old words."""

from typing import TypeVar

from django.db import models

from peerchallenge.access import Stale

M = TypeVar("M", bound=models.Model)


def lock(row: M) -> M:
    """Read `row` again and keep others from changing it until the operation ends. The object passed is brought up to date."""
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())
    return row


def ensure_current(
    row: models.Model, version: int | None, *, theirs: list[tuple[str, str]], yours: list[tuple[str, str]]
) -> None:
    """Refuse when somebody saved `row` after the page with `version` was opened. None: the caller has just read it."""
    if version is not None and version != row.version:  # type: ignore[attr-defined]  # every editable row has a version
        raise Stale("Someone else changed this after you opened it.", theirs=theirs, yours=yours, current=row)
