"""The council's answer to a recommendation: accepted, accepted in part, not accepted, already covered."""

from __future__ import annotations

import re

WORDS: dict[str, tuple[str, ...]] = {
    "accepted": ("accept", "accepted", "fully accepted", "agree", "agreed", "fully agreed"),
    "accepted_in_part": (
        "accepted in part", "agreed in part", "accept in part", "agree in part", "partially accepted",
        "partly accepted", "part accepted", "partially agreed", "partly agreed", "part agreed", "partially accept",
        "partly accept", "partially agree", "partly agree",
    ),
    "not_accepted": ("not accepted", "not agreed", "rejected", "declined"),
    "already_covered": ("already covered", "already in place", "already met", "covered by existing"),
}  # fmt: skip
MEANING = {word: answer for answer, words in WORDS.items() for word in words}
LEADING = re.compile(
    "(?:" + "|".join(re.escape(word) for word in sorted(MEANING, key=len, reverse=True)) + r")(?!\w)", re.IGNORECASE
)


def parse_response(text: str) -> tuple[str | None, bool]:
    """The answer a cell gives or begins with, and whether the cell says more than that."""
    plain = " ".join(text.split())
    match = LEADING.match(plain)
    if match is None:
        return None, bool(plain)
    return MEANING[match[0].lower()], plain[match.end() :] not in ("", ".")
