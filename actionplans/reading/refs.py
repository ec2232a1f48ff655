"""References of recommendations: their shape, how they are stored, and which recommendation they belong under."""

from __future__ import annotations

import re
from dataclasses import dataclass

NUMBER = r"[A-Za-z]{0,3}\d+(?:\.\d+)*(?:\([A-Za-z]\))?"
LOOSE_NUMBER = r"(?:[A-Za-z]{1,3} ?)?\d+(?:\.\d+)*(?:[a-z]|\([A-Za-z]\))?"
LETTER = r"[A-Za-z]\)|\([A-Za-z]\)"
SHAPE = re.compile(rf"(?:{LOOSE_NUMBER})\)?|\(?(?:{LOOSE_NUMBER})\)|{LETTER}")
WORD = re.compile(
    r"(?:recommendations?|recs?\b\.?)(?![A-Za-z])[\s.:#]*(?:(?:no|number)\b[\s.:]*)?(?=\S)", re.IGNORECASE
)
WHOLE_BRACKET = re.compile(r"\(([^()]*)\)")
AT_START = re.compile(
    rf"(?P<word>recommendation|rec)?(?(word)\b\.? ?(?:(?:no|number)\b\.? ?)?)"
    rf"(?:(?P<letter>{LETTER})\s*(?:[:.]|[-–—](?=\s))?\s*"
    rf"|(?P<number>{NUMBER})(?:\s*:|\.(?!\d)|\s+[-–—](?=\s)|(?(word)(?=\s*\n)|(?!)))\s*)",
    re.IGNORECASE,
)
LAST_PART = re.compile(r"(?:\([A-Za-z]\)|\.\d+|(?<=\d)[a-z])$")
SINGLE_LETTER = re.compile(r"[A-Za-z]$")


@dataclass(frozen=True, slots=True)
class FoundRef:
    """A reference taken off the start of a text: as stored, as it stood there, and the text that is left."""

    ref: str
    source: str
    rest: str


def stored_ref(text: str) -> str:
    """A reference as it is stored: without the word Recommendation, without punctuation at its end or around it."""
    text = " ".join(text.split())
    text = WORD.sub("", text, count=1) if WORD.match(text) else text
    while text and text[-1] in ":. )":
        if text[-1] == ")" and "(" in text:
            break
        text = text[:-1]
    if match := WHOLE_BRACKET.fullmatch(text):
        text = match[1].strip()
    return text


def has_ref_shape(text: str) -> bool:
    """Whether a text is shaped like a reference: "1", "R1", "1.1", "3(a)", "a)", "(b)"."""
    text = " ".join(text.split())
    if WORD.match(text):
        text = WORD.sub("", text, count=1)
    return SHAPE.fullmatch(text.rstrip(":. ")) is not None


def ref_at_start(text: str) -> FoundRef | None:
    """A reference at the start of a recommendation, set off by a colon, a full stop or a dash, or of the form "a)"."""
    match = AT_START.match(text)
    if match is None:
        return None
    found = match["letter"] or match["number"]
    return FoundRef(stored_ref(found), text[: match.end()].strip(), text[match.end() :])


def parent_of(ref: str) -> str | None:
    """The reference without its last part, "2.1" for "2.1(a)"; None for one that has no parts."""
    shorter = LAST_PART.sub("", ref)
    return shorter if shorter != ref and shorter else None


def is_single_letter(ref: str | None) -> bool:
    return ref is not None and SINGLE_LETTER.fullmatch(ref) is not None


def same_ref_key(ref: str) -> str:
    """References compared without regard to case, and "R2" and "2" as the same."""
    key = ref.casefold()
    return key[1:] if re.fullmatch(r"r\d.*", key) else key
