"""Lines, bullets and entries inside a cell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peerchallenge.tabular import Cell, Line

from .statuses import is_status_word
from .timescales import is_one_timescale


@dataclass(frozen=True, slots=True)
class Item:
    """A top-level bullet with everything under it, or a line that is not a bullet."""

    text: str
    bullet: bool = False


def items_of(lines: Iterable[Line]) -> list[Item]:
    """The items of a cell. A deeper bullet, and a line inside a bullet, belong to the bullet above them."""
    items: list[tuple[list[str], bool]] = []
    last_bullet: list[str] | None = None
    top = 0
    for line in lines:
        deeper = line.inside or (line.bullet and line.level > top)
        if deeper and last_bullet is not None:
            last_bullet.append(line.text)
        elif line.bullet:
            last_bullet, top = [line.text], line.level
            items.append((last_bullet, True))
        else:
            items.append(([line.text], False))
    return [Item("\n".join(texts), bullet) for texts, bullet in items]


def split_entries(items: list[Item]) -> tuple[list[str], list[str]]:
    """The entries of a cell and its lead-in lines: bullets where there are any, else the lines."""
    if any(item.bullet for item in items):
        return [item.text for item in items if item.bullet], [item.text for item in items if not item.bullet]
    return [item.text for item in items], []


def entries_of(cell: Cell) -> tuple[list[str], list[str]]:
    return split_entries(items_of(cell.lines))


def timescale_entries(cell: Cell) -> list[str]:
    """The entries of a timescale cell. Lines that together are one timescale are one entry."""
    entries = entries_of(cell)[0]
    if len(entries) > 1 and not cell.has_bullets and is_one_timescale(" ".join(entries)):
        return [cell.text]
    return entries


def status_entries(cell: Cell) -> list[str]:
    """The entries of a status cell. Lines that together are one status word are one entry."""
    entries = entries_of(cell)[0]
    if len(entries) > 1 and not cell.has_bullets and is_status_word(" ".join(entries)):
        return [cell.text]
    return entries
