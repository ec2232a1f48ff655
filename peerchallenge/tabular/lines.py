"""Text into lines: white space, invisible characters and typed bullet markers."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .model import Cell, Line

LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff\x00-\x08\x0e-\x1b]")
SPACES = re.compile(r"\s+")
MARKER = re.compile(r"(\s*)([-–—•·▪*])\s+(?=\S)")
ROUND_MARKER = re.compile(r"\s*o\s+(?=\S)")


def tidy(text: str) -> str:
    """Invisible characters go, every run of white space becomes one space, the ends are trimmed."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


def typed_line(text: str, *, below_a_bullet: bool) -> Line | None:
    """A line as somebody typed it. A marker followed by white space makes a bullet; the marker is not text.

    "o" is a marker only below another bullet, because it is also a Welsh word. A bullet is deeper when its marker is
    "o" or when two spaces or a tab stand before it. None for an empty line.
    """
    text = INVISIBLE.sub("", text)
    if match := MARKER.match(text):
        indent = match[1]
        level = 1 if len(indent) >= 2 or "\t" in indent else 0
        return Line(tidy(text[match.end() :]), bullet=True, level=level, marker=match[2])
    if below_a_bullet and (match := ROUND_MARKER.match(text)):
        return Line(tidy(text[match.end() :]), bullet=True, level=2, marker="o")
    text = tidy(text)
    return Line(text) if text else None


def typed_lines(text: str) -> tuple[Line, ...]:
    """The lines of a cell of typed text."""
    lines: list[Line] = []
    below = False
    for part in LINE_ENDS.split(text):
        line = typed_line(part, below_a_bullet=below)
        if line is not None:
            lines.append(line)
            below = below or line.bullet
    return tuple(lines)


def listed_lines(parts: Iterable[str], *, level: int) -> list[Line]:
    """The lines of a paragraph with list formatting: the first is the bullet, the others stay inside it."""
    lines: list[Line] = []
    for part in parts:
        text = INVISIBLE.sub("", part)
        marker = ""
        if match := MARKER.match(text):
            marker, text = match[2], text[match.end() :]
        text = tidy(text)
        if text:
            first = not lines
            lines.append(Line(text, bullet=first, level=level, inside=not first, marker=marker))
    return lines


def typed_cell(text: str, *, width: int = 1, height: int = 1) -> Cell:
    return Cell(typed_lines(text), width=width, height=height)
