"""Owners: who is named in a cell. People are kept as written, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from peerchallenge.tabular import Line

from .timescales import is_placeholder

GOES_ON = re.compile(r"(?:[&,-]|(?<!\w)(?:and|of|the|for))$", re.IGNORECASE)
NOT_APPLICABLE = re.compile(r"(?<![A-Za-z])n/a(?![A-Za-z])", re.IGNORECASE)
OPENS, CLOSES = "([{", ")]}"
LONGEST = 500
STANDS_FOR_SLASH = "\x00"


def joined_lines(lines: Sequence[Line]) -> list[str]:
    """The lines of an owner cell, where a line that clearly runs on is joined to the next one.

    It runs on when it ends with "&", "and", "of", "the", "for", a comma or a hyphen, when the next line starts with a
    bracket, "&" or a small letter, or when a bracket is still open. A bullet always starts a new owner.
    """
    joined: list[str] = []
    for line in lines:
        text = line.text
        runs_on = (
            bool(joined)
            and not line.bullet
            and (
                GOES_ON.search(joined[-1][-8:]) is not None
                or text[0] in "(&"
                or text[0].islower()
                or is_open(joined[-1])
            )
        )
        if runs_on:
            joined[-1] += " " + text
        else:
            joined.append(text)
    return joined


def is_open(text: str) -> bool:
    """Whether a bracket is opened and not closed."""
    return len(text) < LONGEST and any(
        text.count(left) > text.count(right) for left, right in zip(OPENS, CLOSES, strict=True)
    )


def split_line(text: str) -> list[str]:
    """Split one line at ";" and "/", but not inside brackets and not in "N/A"."""
    text = NOT_APPLICABLE.sub(lambda match: match[0].replace("/", STANDS_FOR_SLASH), text)
    parts, depth, start = [], 0, 0
    last = {left: text.rfind(right) for left, right in zip(OPENS, CLOSES, strict=True)}
    for place, letter in enumerate(text):
        if letter in OPENS and last[letter] > place:
            depth += 1
        elif letter in CLOSES:
            depth = max(depth - 1, 0)
        elif letter in ";/" and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    parts.append(text[start:])
    return [part.replace(STANDS_FOR_SLASH, "/").strip() for part in parts if part.strip()]


def owners_of(lines: Iterable[str]) -> tuple[str, ...]:
    """The owners named in lines that have been joined."""
    return tuple(owner for line in lines for owner in split_line(line))


def split_owners(text: str) -> tuple[str, ...]:
    """The owners named in a text, one by one, as written."""
    lines = [Line(" ".join(part.split())) for part in text.splitlines() if part.strip()]
    return owners_of(joined_lines(lines))


def is_named(owner: str) -> bool:
    """Whether this names somebody: a placeholder such as TBC does not."""
    return not is_placeholder(owner) and owner not in ("-", "–", "—")
