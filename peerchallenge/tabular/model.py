"""What a file holds once it is read: paragraphs and tables, cells with their lines, and where each stands.

Nothing here knows what a column is for. That is the work of whoever asked for the file to be read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DASHES = frozenset("-–—")


class Unreadable(Exception):
    """The file cannot be read. The message is a sentence for the person who chose the file: it says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. White space is collapsed and the bullet marker is taken off.

    `level` is how deep a bullet stands in its list. `inside` says that the line goes on inside the bullet above it.
    `marker` is the typed marker that stood before the text, `bold` the bold text the line begins with.
    """

    text: str
    bullet: bool = False
    level: int = 0
    inside: bool = False
    marker: str = ""
    bold: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The lines of one cell, how many columns and rows it covers, and the automatic number of an empty paragraph."""

    lines: tuple[Line, ...] = ()
    width: int = 1
    height: int = 1
    number: str = ""

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)

    @property
    def is_blank(self) -> bool:
        """Blank: nothing, or one hyphen or dash standing alone for nothing."""
        return not self.lines or (len(self.lines) == 1 and self.lines[0].text in DASHES)

    @property
    def has_bullets(self) -> bool:
        return any(line.bullet for line in self.lines)


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `number` counts from 1 as the reader of the file would count; `cells` holds only cells with content.

    `above` names the columns whose value comes down from a merged cell in an earlier row. `alone` says that the one
    cell of this row was a whole line of text, so no column can be told.
    """

    number: int
    cells: Mapping[int, Cell]
    above: frozenset[int] = frozenset()
    alone: bool = False

    def cell(self, column: int) -> Cell:
        return self.cells.get(column, EMPTY)


@dataclass(frozen=True, slots=True)
class Table:
    """A table or sheet. `name` is the sheet's name, `heading` the nearest heading above the table."""

    rows: tuple[Row, ...]
    width: int
    name: str = ""
    heading: str = ""
    nested: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text outside tables. `heading` is the level of a heading, 0 for other text.

    `part` is "text", "item" (of a list), "term" or "definition" (of a definition list).
    """

    lines: tuple[Line, ...]
    heading: int = 0
    part: str = "text"

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read. `kind` is word, excel, csv, web or text; `source` is the text of a csv or text file."""

    kind: str
    name: str
    body: tuple[Paragraph | Table, ...] = ()
    source: str = field(default="", repr=False)

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(part for part in self.body if isinstance(part, Table))
