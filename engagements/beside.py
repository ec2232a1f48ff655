"""What an app above adds to the pages here. This app does not know action plans; they say at start-up what they show."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engagements.models import Council, Engagement
    from peerchallenge.accounts.models import User


@dataclass(frozen=True)
class SidePart:
    """A part of the side column of an overview: its heading, the template of its body and what that is given."""

    heading: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PostLoad:
    """How much hangs on a post, in words, and the page that lists it."""

    words: str
    url: str = ""


Side = Callable[["Engagement", "User", dt.date], SidePart | None]
Loads = Callable[["Engagement", "Council"], Mapping[int, PostLoad]]

_sides: list[Side] = []
_loads: list[Loads] = []


def register_side(side: Side) -> None:
    """`side(engagement, user, today)` gives a part of the overview's side column, or None."""
    if side not in _sides:
        _sides.append(side)


def register_post_loads(loads: Loads) -> None:
    """`loads(engagement, council)` says by post what it owns on this challenge. One query, however many posts."""
    if loads not in _loads:
        _loads.append(loads)


def sides_of(engagement: "Engagement", user: "User", today: dt.date) -> list[SidePart]:
    return [part for side in _sides if (part := side(engagement, user, today))]


def post_loads(engagement: "Engagement", council: "Council") -> dict[int, Sequence[PostLoad]]:
    found: dict[int, list[PostLoad]] = {}
    for loads in _loads:
        for post, load in loads(engagement, council).items():
            found.setdefault(post, []).append(load)
    return dict(found)
