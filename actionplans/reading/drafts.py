"""Recommendations and actions while the rows that make them are still being read."""

from __future__ import annotations

from dataclasses import dataclass, field

from .columns import Column
from .model import Action, Place, PlanStatus, PlanTimescale, Recommendation, Statement


@dataclass
class ActionDraft:
    table: int
    row: int
    text: str = ""
    position: list[Statement] = field(default_factory=list)
    owners: dict[str, list[str]] = field(default_factory=lambda: {"accountable": [], "responsible": []})
    other_owners: dict[str, list[str]] = field(default_factory=dict)
    timescale: PlanTimescale = field(default_factory=PlanTimescale)
    status: PlanStatus = field(default_factory=PlanStatus)
    extra: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def keep(self, heading: str, text: str) -> None:
        """Keep text that belongs to no known column. Two columns with one heading are joined by a line end."""
        before = self.extra.get(heading)
        self.extra[heading] = text if not before else f"{before}\n{text}"

    def at(self, name: str, column: Column) -> None:
        self.places.setdefault(name, Place(self.table, self.row, column.index, column.heading))

    def finished(self) -> Action:
        return Action(
            text=self.text,
            position=tuple(self.position),
            accountable=tuple(self.owners["accountable"]),
            responsible=tuple(self.owners["responsible"]),
            other_owners={heading: tuple(owners) for heading, owners in self.other_owners.items()},
            timescale=self.timescale,
            status=self.status,
            extra=dict(self.extra),
            table=self.table,
            row=self.row,
            places=dict(self.places),
        )


@dataclass
class RecommendationDraft:
    table: int
    row: int
    ref: str | None
    text: str
    tier: str | None = None
    theme: str | None = None
    response: str | None = None
    parent_ref: str | None = None
    actions: list[ActionDraft] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    ref_column: Column | None = None
    owner_column: Column | None = None
    number: int = 0
    timescale_column: Column | None = None

    def finished(self) -> Recommendation:
        return Recommendation(
            ref=self.ref,
            tier=self.tier,
            theme=self.theme,
            text=self.text,
            parent_ref=self.parent_ref,
            response=self.response,
            actions=tuple(action.finished() for action in self.actions),
            table=self.table,
            row=self.row,
            places=dict(self.places),
            sources=dict(self.sources),
        )
