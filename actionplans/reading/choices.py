"""What a person decided about a file, over what we would have guessed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .codec import from_plain, to_plain
from .statuses import label_key


@dataclass(frozen=True, slots=True)
class Choices:
    """Decisions about one file.

    `plans`: which tables (by their index among the tables seen) are plans; None leaves it to us.
    `headers`: the row number of the header of a table.
    `columns`: the kind of a column, by table index and column index.
    `statuses`: what a status label stands for; "" leaves it unknown.
    `rows_left_out`: rows a person left out, by table index and row number, each with the reason.
    """

    plans: tuple[int, ...] | None = None
    headers: dict[int, int] = field(default_factory=dict)
    columns: dict[int, dict[int, str]] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    rows_left_out: dict[int, dict[int, str]] = field(default_factory=dict)

    def kind(self, table: int, column: int) -> str | None:
        return self.columns.get(table, {}).get(column)

    def known_statuses(self) -> dict[str, str]:
        return {label_key(label): canonical for label, canonical in self.statuses.items()}

    def leaves_out(self, table: int, row: int) -> str | None:
        return self.rows_left_out.get(table, {}).get(row)

    def to_dict(self) -> dict[str, Any]:
        plain: dict[str, Any] = to_plain(self)
        return plain

    @staticmethod
    def from_dict(plain: dict[str, Any]) -> Choices:
        choices: Choices = from_plain(Choices, plain)
        return choices
