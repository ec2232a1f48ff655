"""Bullets of a position column regrouped, when a person says what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from .model import Action, Reading, Statement

TOGETHER = "together"
PLANNED_ARE_ACTIONS = "planned"
EACH_IS_AN_ACTION = "each"


def regroup_bullets(reading: Reading, how: str, *, table: int, column: int) -> Reading:
    """The same reading, with the statements of one column taken as actions.

    "planned": each "We will ..." is an action of its own, and what else stands there is said about the first of them.
    "each": each statement is an action of its own. "together": as read. Owners, timescale, status and extra are
    repeated on each action. An action that already has a text of its own stays as it is.
    """
    if how == TOGETHER:
        return reading
    recommendations = tuple(
        replace(
            each, actions=tuple(split for action in each.actions for split in regrouped(action, how, table, column))
        )
        for each in reading.recommendations
    )
    return replace(reading, recommendations=recommendations)


def regrouped(action: Action, how: str, table: int, column: int) -> Iterable[Action]:
    """One action, split where the statements of this column are actions themselves."""
    chosen = [each for each in action.position if stands_in(each, table, column)]
    if how == PLANNED_ARE_ACTIONS:
        chosen = [each for each in chosen if each.kind == "planned"]
    if action.text or not chosen:
        return [action]
    others = tuple(each for each in action.position if each not in chosen)
    return [
        replace(
            action,
            text=each.text,
            position=others if number == 0 else (),
            places={**action.places, **({"text": each.place} if each.place else {})},
        )
        for number, each in enumerate(chosen)
    ]


def stands_in(statement: Statement, table: int, column: int) -> bool:
    place = statement.place
    return place is not None and (place.table, place.column) == (table, column)
