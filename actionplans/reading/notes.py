"""Warnings while they are gathered: at most one for each row, column and code, in the order of the file."""

from __future__ import annotations

from dataclasses import dataclass, field

from .model import ReadingWarning


@dataclass
class Notes:
    found: dict[tuple[int, int, str, str], tuple[int, ReadingWarning]] = field(default_factory=dict)

    def add(
        self,
        code: str,
        *,
        table: int,
        row: int,
        column: str | None,
        place: int | None = None,
        text: str = "",
        refers_to: str = "",
    ) -> None:
        """Note something about a row. `place` is where the column stands, for the order."""
        warning = ReadingWarning(code, row, column or None, table, text, refers_to)
        where = -1 if place is None else place
        self.found.setdefault((table, row, column or f"\x00{place}", code), (where, warning))

    def in_order(self) -> tuple[ReadingWarning, ...]:
        ordered = sorted(self.found.values(), key=lambda each: (each[1].table, each[1].row, each[0]))
        return tuple(warning for _place, warning in ordered)
