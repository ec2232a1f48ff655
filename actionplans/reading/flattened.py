"""Flattened text: a web table copied so that only single spaces separate its cells.

The header tells which columns there are. A row starts with the next whole number; its recommendation runs to the first
" - "; lines that start with "- " are the bullets of the position; its last line holds owners, timescale and status,
which are told apart from the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from peerchallenge.tabular import Cell, Line, Row, Table
from peerchallenge.tabular.lines import tidy

from .headers import passes
from .headings import BY_HEADING, OWNER_KINDS, heading_kind, matching_forms
from .statuses import is_status_word
from .timescales import parse_timescale

BEGINS_TITLE = frozenset(
    "Leader Deputy Chief Director Strategic Corporate Assistant Interim Head Monitoring Cabinet Portfolio Mayor".split()
)
NEEDS_MORE = frozenset(
    "deputy chief strategic corporate assistant interim head monitoring cabinet portfolio of the and &".split()
)
LONGEST_HEADING = 8
LONGEST_TIMESCALE = 12
LONGEST_STATUS = 5
BULLET = re.compile(r"\s*-\s+")
FIRST_BULLET = re.compile(r"\s-\s")
Fits = Callable[[str], bool]


def headings_in(line: str) -> list[str] | None:
    """The headings a line is made of, read from left to right, the longest first. None when anything else is in it."""
    words = line.split()
    found: list[str] = []
    while words:
        for size in range(min(LONGEST_HEADING, len(words)), 0, -1):
            heading = " ".join(words[:size])
            if any(form in BY_HEADING for form in matching_forms(heading)) or (
                size > 1 and heading_kind(heading) == "position"
            ):
                found.append(heading)
                words = words[size:]
                break
        else:
            return None
    return found or None


def flattened_table(lines: list[str]) -> tuple[Table, list[int]] | None:
    """The table in flattened text, and the places of the lines it was read from. None when there is no header."""
    start, headings = None, None
    for place, line in enumerate(lines):
        found = headings_in(line) if len(line) < 400 else None
        if found and passes(found):
            start, headings = place, found
            break
    if start is None or headings is None:
        return None
    used = [start]
    rows = [Row(start + 1, {column: Cell((Line(text),)) for column, text in enumerate(headings)})]
    kinds = [heading_kind(heading) for heading in headings]
    for number, block in blocks_of(lines, start + 1):
        used += range(number, number + len(block))
        rows.append(row_of(number + 1, block, kinds))
    return Table(tuple(rows), len(headings)), used


def blocks_of(lines: list[str], start: int) -> list[tuple[int, list[str]]]:
    """The lines of each row: from the line with the next number to the next row or a blank line."""
    blocks: list[tuple[int, list[str]]] = []
    next_number = 1
    is_open = False
    for place in range(start, len(lines)):
        line = lines[place]
        if re.match(rf"\s*{next_number}\s+\S", line):
            blocks.append((place, [line]))
            next_number += 1
            is_open = True
        elif not line.strip():
            is_open = False
        elif is_open:
            blocks[-1][1].append(line)
    return blocks


def row_of(number: int, block: list[str], kinds: list[str]) -> Row:
    """The cells of one row."""
    ref, _space, first = block[0].strip().partition(" ")
    texts: dict[int, list[Line]] = {}
    middle, last = block[1:-1], block[-1] if len(block) > 1 else None
    rest_stands_alone = last is not None and not BULLET.match(last)
    if last is not None and not rest_stands_alone:
        middle = block[1:]
    recommendation: list[Line] = []
    bullets: list[Line] = []
    begun = FIRST_BULLET.search(first)
    if begun:
        recommendation.append(Line(tidy(first[: begun.start()])))
        bullets.append(Line(tidy(first[begun.end() :]), bullet=True))
    else:
        recommendation.append(Line(tidy(first)))
    for line in middle:
        match = BULLET.match(line)
        if match:
            bullets.append(Line(tidy(line[match.end() :]), bullet=True))
        elif bullets:
            bullets.append(Line(tidy(line), level=0, inside=True))
        else:
            recommendation.append(Line(tidy(line)))
    place_words(texts, kinds, ref, recommendation, bullets)
    if rest_stands_alone and last is not None:
        place_rest(texts, kinds, tidy(last))
    else:
        end_of(texts, kinds, bullets or recommendation)
    cells = {column: Cell(tuple(line for line in found if line.text)) for column, found in sorted(texts.items())}
    return Row(number, {column: cell for column, cell in cells.items() if cell.lines})


def place_words(
    texts: dict[int, list[Line]], kinds: list[str], ref: str, recommendation: list[Line], bullets: list[Line]
) -> None:
    texts[kinds.index("recommendation")] = recommendation
    if "ref" in kinds:
        texts[kinds.index("ref")] = [Line(ref)]
    else:
        recommendation[0] = Line(f"{ref}. {recommendation[0].text}")
    for kind in ("position", "action", "response"):
        if kind in kinds and bullets:
            texts[kinds.index(kind)] = bullets
            return
    recommendation += bullets


def place_rest(texts: dict[int, list[Line]], kinds: list[str], rest: str) -> None:
    """Owners, timescale and status from the end of the last line."""
    for column in range(len(kinds) - 1, -1, -1):
        if kinds[column] == "status":
            rest = cut(texts, column, rest, LONGEST_STATUS, is_status_word)
        elif kinds[column] == "timescale":
            rest = cut(texts, column, rest, LONGEST_TIMESCALE, is_timescale)
    if not rest:
        return
    owners = [column for column, kind in enumerate(kinds) if kind in OWNER_KINDS]
    if not owners:
        last = next(
            (column for column in reversed(range(len(kinds))) if column not in texts), kinds.index("recommendation")
        )
        texts.setdefault(last, []).append(Line(rest))
        return
    parts = cut_owners(rest) if len(owners) == 2 else [rest]
    for column, part in zip(owners, parts, strict=False):
        texts.setdefault(column, []).append(Line(part))


def end_of(texts: dict[int, list[Line]], kinds: list[str], words: list[Line]) -> None:
    """Where the last line is itself a bullet: status and timescale from its end; nothing tells the owners apart."""
    last = words[-1]
    rest = last.text
    for column in range(len(kinds) - 1, -1, -1):
        if kinds[column] == "status":
            rest = cut(texts, column, rest, LONGEST_STATUS, is_status_word)
        elif kinds[column] == "timescale" and rest != last.text:
            rest = cut(texts, column, rest, LONGEST_TIMESCALE, is_timescale)
    words[-1] = Line(rest, bullet=last.bullet, level=last.level, inside=last.inside)


def cut(texts: dict[int, list[Line]], column: int, rest: str, most: int, fits: Fits) -> str:
    """Cut the longest end that fits off a text and put it into its column."""
    words = rest.split()
    for size in range(min(most, len(words)), 0, -1):
        end = " ".join(words[-size:])
        if fits(end):
            texts[column] = [Line(end)]
            return " ".join(words[:-size])
    return rest


def is_timescale(text: str) -> bool:
    read = parse_timescale(text)
    return read.precision != "unparsed" and not (read.status_word and read.due is None) and text not in ("-", "–", "—")


def cut_owners(text: str) -> list[str]:
    """Two owners, cut where both parts are whole post titles; one part when that is not exactly one place."""
    words = text.split()
    places = [
        place
        for place in range(1, len(words))
        if words[place].strip("(,") in BEGINS_TITLE and words[place - 1].lower() not in NEEDS_MORE
    ]
    if len(places) != 1:
        return [text]
    return [" ".join(words[: places[0]]), " ".join(words[places[0] :])]
