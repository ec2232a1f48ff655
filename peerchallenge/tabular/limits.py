"""How much we read. Every limit is checked before or while reading, so that no file can fill the memory."""

from __future__ import annotations

from .model import Unreadable

MEGABYTE = 1024 * 1024
MAX_FILE = 20 * MEGABYTE
MAX_PAGE = 5 * MEGABYTE
MAX_TEXT_FILE = 3 * MEGABYTE
MAX_UNPACKED = 40 * MEGABYTE
MAX_PARTS = 2000
MAX_RATIO = 500
RATIO_FROM = MEGABYTE
MAX_ROW_BYTES = 2 * MEGABYTE
MAX_SMALL_PART = 4 * MEGABYTE
MAX_ROWS = 10_000
MAX_CELLS = 80_000
MAX_CHARACTERS = 2_000_000
MAX_COLUMNS = 400
MAX_SPAN = 400

TOO_BIG = "This file is larger than 20 MB. Save a copy with only the plan in it, without pictures, and choose that."
TOO_LONG_TEXT = (
    "This file holds far more text than a plan would need. Save a copy with only the plan in it and choose that."
)
TOO_MUCH_INSIDE = (
    "This file unpacks to far more than a plan would need, so we have not opened it. "
    "Copy the plan into a new document and choose that."
)
TOO_LONG = "This file is too long for a plan. Save a copy with only the plan in it and choose that."
TOO_WIDE = "This file has more than 400 columns. Save a copy with only the columns of the plan in it and choose that."


class Meter:
    """Counts what has been read from one file and refuses to go on when it is too much for a plan."""

    def __init__(self) -> None:
        self.rows = 0
        self.cells = 0
        self.characters = 0

    def row(self) -> None:
        self.rows += 1
        if self.rows > MAX_ROWS:
            raise Unreadable(TOO_LONG)

    def cell(self, count: int = 1) -> None:
        self.cells += count
        if self.cells > MAX_CELLS:
            raise Unreadable(TOO_LONG)

    def width(self, columns: int) -> int:
        if columns > MAX_COLUMNS:
            raise Unreadable(TOO_WIDE)
        return columns

    def text(self, length: int) -> None:
        self.characters += length
        if self.characters > MAX_CHARACTERS:
            raise Unreadable(TOO_LONG)
