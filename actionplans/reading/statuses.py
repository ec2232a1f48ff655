"""Statuses: the council's word is kept, and brought to one of our seven meanings where that is safe.

A colour alone means nothing: green is not complete. Only a word beside the colour, or the file's own legend, decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WORDS: dict[str, tuple[str, ...]] = {
    "not_started": ("not started", "not yet started", "to start", "yet to start", "not implemented"),
    "in_progress": (
        "in progress", "on track", "on target", "on course", "on schedule", "on plan", "progressing", "under way",
        "underway", "started", "part implemented", "partially implemented", "part complete", "partially complete",
        "partly complete", "part completed", "partially completed", "partly completed", "partly implemented",
        "implemented in part", "completed in part", "complete in part", "done in part", "achieved in part",
        "delivered in part",
    ),
    "delayed": (
        "delayed", "behind schedule", "behind", "overdue", "slipped", "off track", "not on track", "at risk",
    ),
    "complete": (
        "complete", "completed", "done", "implemented", "fully implemented", "achieved", "delivered",
    ),
    "ongoing": ("ongoing", "on-going", "continuous", "continuing"),
    "superseded": ("superseded", "no longer required", "withdrawn"),
    "closed": (
        "closed", "closed - bau", "bau", "business as usual", "moved to bau", "transferred to bau",
    ),
}  # fmt: skip
GAP = r"[\s\u2010\u2011–—-]+"
COLOURS = ("blue", "green", "amber", "red", "yellow", "grey", "purple", "black")


def pattern_of(word: str) -> str:
    """A hyphen, a dash and a space count as the same."""
    return GAP.join(re.escape(part) for part in re.split(r"[\s-]+", word))


MEANING = {word: canonical for canonical, words in WORDS.items() for word in words}
ORDER = sorted(MEANING, key=len, reverse=True)
LEADING = re.compile(
    "(?:" + "|".join(f"(?P<w{n}>{pattern_of(word)})" for n, word in enumerate(ORDER)) + r")(?!\w)", re.I
)
PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%")
COLOUR = re.compile(r"(" + "|".join(COLOURS) + r")(?!\w)(?!\s*/)", re.IGNORECASE)
AFTER_COLOUR = re.compile(r"\s*[-–—:(]\s*")


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A known status word at the beginning of a text, and how many characters it takes there."""

    canonical: str
    length: int


def leading_status_word(text: str) -> StatusWord | None:
    """The longest known status word with which the text begins, as whole words."""
    match = LEADING.match(text)
    if match is None:
        return None
    return StatusWord(MEANING[ORDER[int((match.lastgroup or "w0")[1:])]], match.end())


def is_status_word(text: str) -> bool:
    """Whether the text is one known status word and nothing else."""
    found = leading_status_word(text)
    return found is not None and found.length == len(text)


def colour_at_start(text: str) -> str | None:
    """The colour with which the text begins. "Green/Amber" is no colour."""
    match = COLOUR.match(text)
    return match[1].lower() if match else None


def label_key(text: str) -> str:
    """A status label as it is compared: on one line, in small letters."""
    return " ".join(text.split()).casefold()


def parse_status(
    text: str, *, legend: Mapping[str, str] | None = None, known: Mapping[str, str] | None = None
) -> str | None:
    """The meaning of a status as written, or None.

    `known` are labels that somebody has decided on, `legend` the meanings the file itself gives to colours.
    """
    plain = " ".join(text.split())
    if known and (decided := known.get(label_key(plain))) is not None:
        return decided or None
    if found := leading_status_word(plain):
        return found.canonical
    if percent := PERCENT.match(plain):
        share = float(percent[1])
        return "not_started" if share == 0 else "complete" if share == 100 else "in_progress" if share < 100 else None
    colour = colour_at_start(plain)
    if colour is None:
        return None
    rest = plain[len(colour) :]
    if (match := AFTER_COLOUR.match(rest)) and (found := leading_status_word(rest[match.end() :])):
        return found.canonical
    return (legend or {}).get(colour)
