"""Key or further? Councils say it in a column, a heading, a sheet's name or a row between the recommendations."""

from __future__ import annotations

import re

NAMED = r"(?:recommendations?|recs?)\b"
KEY = r"(?:key|main|formal)"
FURTHER = r"(?:further|additional|other)"
AND = r"(?:\s+(?:and|or|&)\s+|\s*/\s*)"
PHRASES = {
    "key": re.compile(rf"\b{KEY}(?:{AND}{FURTHER})?\s+{NAMED}", re.IGNORECASE),
    "further": re.compile(rf"\b(?:{FURTHER}(?:{AND}{KEY})?\s+{NAMED}|suggestions?\b|observations?\b)", re.IGNORECASE),
}
ALONE = dict.fromkeys(("key", "main", "formal"), "key") | dict.fromkeys(
    ("further", "additional", "other", "suggestion", "observation"), "further"
)
NOT_WORDS = re.compile(r"[\W\d_]+")


def tier_of(text: str) -> str | None:
    """The tier a text names, if it names one and not both."""
    named = [tier for tier, phrase in PHRASES.items() if phrase.search(text)]
    return named[0] if len(named) == 1 else None


def has_tier_phrase(text: str) -> bool:
    return any(phrase.search(text) for phrase in PHRASES.values())


def tier_of_cell(text: str) -> str | None:
    """The tier a cell of the tier column names: there one word is enough."""
    return ALONE.get(NOT_WORDS.sub(" ", text).strip().casefold()) or tier_of(text)


def is_only_a_tier(text: str) -> bool:
    """Whether nothing but a tier phrase, digits and punctuation is in the text."""
    for phrase in PHRASES.values():
        text = phrase.sub(" ", text)
    return not NOT_WORDS.sub("", text)
