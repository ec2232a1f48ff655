"""The characters our embedded fonts can show.

A PDF must embed every letter it shows. Machines differ in the fonts they have, so papers use only ours and look the
same everywhere. A character outside them is written as a close one or as its name in brackets. Only what has no look
of its own (control and direction characters, marks that no letter carries) is left out.
"""

import functools
import re
import unicodedata
from html import escape

from fontTools.ttLib import TTFont

from peerchallenge.documents.fetching import static_path

FONTS = ("static:build/fonts/arimo-latin-400-normal.woff2", "static:build/fonts/arimo-latin-ext-400-normal.woff2")
CLOSE = {
    "\u00ad": "",  # soft hyphen
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "–",
    "\u2015": "—",
    "\u201b": "‘",
    "\u201f": "“",
    "\u2028": "\n",
    "\u2029": "\n",
    "\u202f": "\u00a0",
    "\u2190": "<-",
    "\u2192": "->",
    "\u2194": "<->",
    "\u21d2": "=>",
    "\u2264": "<=",
    "\u2265": ">=",
    "\u2260": "not equal to",
    "\u2248": "about ",
    "\u221a": "[yes]",
    "\u2610": "[ ]",
    "\u2611": "[yes]",
    "\u2612": "[no]",
    "\u2713": "[yes]",
    "\u2714": "[yes]",
    "\u2717": "[no]",
    "\u2718": "[no]",
    "\ufffd": "?",
    # Word's bullets, written with a symbol font
    "\u25a0": "•",
    "\u25aa": "•",
    "\u25cf": "•",
    "\u25e6": "•",
    "\u2023": "•",
    "\u2043": "•",
    "\u2219": "•",
    "\u27a2": "•",
    "\uf0a7": "•",
    "\uf0b7": "•",
    "\uf0d8": "•",
    "\uf0fc": "[yes]",
}
LETTER = r"(?:&#?\w{1,10};|[^\s<>])"
BETWEEN_TAGS = re.compile(r">[^<]{200,}<")
ENDLESS_WORD = re.compile(LETTER + "{200,}")
PART_OF_WORD = re.compile(LETTER + "{1,20}")
MAY_BREAK = "\u200b"


@functools.cache
def _not_ours() -> re.Pattern[str]:
    known = {code for url in FONTS for code in TTFont(static_path(url)).getBestCmap()}
    known |= {ord("\n"), ord("\t")}
    known -= {code for code in known if code < 0x20 and chr(code) not in "\n\t"} | {0x200B, 0x7F}
    return re.compile(f"[^{''.join(re.escape(chr(code)) for code in sorted(known))}]")


def printable(html: str) -> str:
    """`html` with every character our fonts lack written in those they have, and no word without end."""
    ours = unicodedata.normalize("NFC", html).replace("\r\n", "\n").replace("\r", "\n")
    return BETWEEN_TAGS.sub(_breakable, _not_ours().sub(_written, ours))


def _breakable(between: re.Match[str]) -> str:
    """Places where a word of hundreds of letters may break: looking for them takes the square of its length."""
    return ENDLESS_WORD.sub(_in_parts, between[0])


def _in_parts(word: re.Match[str]) -> str:
    parts = PART_OF_WORD.findall(word[0])
    return "<wbr>".join(MAY_BREAK.join(parts[start : start + 50]) for start in range(0, len(parts), 50))


def _written(match: re.Match[str]) -> str:
    character = match[0]
    if character in CLOSE:
        return escape(CLOSE[character])
    category = unicodedata.category(character)
    if category in {"Cc", "Zs"}:
        return " "
    if category in {"Cf", "Cs", "Cn", "Mn", "Me"}:
        return ""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character and not _not_ours().search(plain):
        return escape(plain)
    return f"[{unicodedata.name(character, 'sign').lower()}]"
