"""What colours mean in one file, as the file itself says outside the rows of its plan."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from peerchallenge.tabular import Cell, Table

from .statuses import COLOURS, leading_status_word

KEY = re.compile(r"\s*key:\s*", re.IGNORECASE)
ENTRY = re.compile(r"\s*(" + "|".join(COLOURS) + r")\s*[=:–—-]\s*(.+)", re.IGNORECASE)


def entries_in_text(text: str) -> Iterator[tuple[str, str]]:
    """Entries such as "Key: Blue = Complete; Green = On track"."""
    text = KEY.sub("", text, count=1) if KEY.match(text) else text
    for part in text.split(";"):
        if match := ENTRY.match(part):
            yield match[1].lower(), match[2].strip()


def entries_in_table(table: Table) -> Iterator[tuple[str, str]]:
    """A cell that is only a colour, with the meaning in the next filled cell of its row; and entries in one cell."""
    for row in table.rows:
        cells = [cell for _column, cell in sorted(row.cells.items()) if not cell.is_blank]
        for place, cell in enumerate(cells):
            text = " ".join(cell.text.split())
            if text.lower() in COLOURS:
                if place + 1 < len(cells):
                    yield text.lower(), " ".join(cells[place + 1].text.split())
            else:
                yield from entries_in_cell(cell)


def entries_in_cell(cell: Cell) -> Iterator[tuple[str, str]]:
    for line in cell.lines:
        yield from entries_in_text(line.text)


def legend_of(entries: Iterable[tuple[str, str]]) -> dict[str, str]:
    """For each colour the first entry whose meaning is, or begins with, a known status word."""
    legend: dict[str, str] = {}
    for colour, meaning in entries:
        if colour not in legend and (found := leading_status_word(meaning)):
            legend[colour] = found.canonical
    return legend
