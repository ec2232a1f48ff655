"""The columns of a plan: which heading each has and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .headings import OWNER_KINDS, heading_kind, heading_period, is_original_recommendation

ONE_ONLY = ("ref", "recommendation", "theme", "tier", "response", "action", "timescale")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its place, its heading as written, its kind, and the last day of the period its heading names."""

    index: int
    heading: str
    kind: str
    on: date | None = None


def resolve(
    headings: Mapping[int, str], *, chosen: Mapping[int, str], fallback: int | None = None
) -> dict[int, Column]:
    """Give every column its kind. Where several would have the same one, the first is used and the rest are kept.

    Position columns are all read. Later accountable and responsible columns are other owners under their own heading.
    `fallback` is a column that holds the recommendations although its heading is not one we know.
    """
    kinds = {index: chosen.get(index) or heading_kind(heading) for index, heading in headings.items()}
    if fallback is not None and fallback not in chosen:
        kinds[fallback] = "recommendation"
    has_recommendation = any(kind == "recommendation" for kind in kinds.values())
    for index, heading in headings.items():
        if index not in chosen and has_recommendation and index != fallback and is_original_recommendation(heading):
            kinds[index] = "theme"
    for kind in ONE_ONLY:
        rest(kinds, chosen, kind, "extra")
    for kind in ("accountable", "responsible"):
        rest(kinds, chosen, kind, "other_owner")
    best = min(
        (index for index, kind in kinds.items() if kind == "status"),
        key=lambda index: (index not in chosen, status_rank(headings[index]), index),
        default=None,
    )
    for index, kind in kinds.items():
        if kind == "status" and index != best:
            kinds[index] = "extra"
    return {
        index: Column(index, heading, kinds[index], heading_period(heading) if kinds[index] == "position" else None)
        for index, heading in headings.items()
    }


def rest(kinds: dict[int, str], chosen: Mapping[int, str], kind: str, instead: str) -> None:
    """Only one column keeps this kind: one that somebody chose, else the first."""
    found = [index for index, each in kinds.items() if each == kind]
    keep = next((index for index in found if index in chosen), found[0] if found else None)
    for index in found:
        if index != keep:
            kinds[index] = instead


def status_rank(heading: str) -> int:
    """A heading with the word status goes before one with RAG or BRAG, and that before any other."""
    words = set(re.findall(r"[a-z]+", heading.casefold()))
    coloured = bool(words & {"rag", "brag"})
    if "status" in words and not coloured:
        return 0
    return 1 if coloured else 2


def first_of(columns: Iterable[Column], *kinds: str) -> Column | None:
    return next((column for column in columns if column.kind in kinds), None)


def owner_columns(columns: Iterable[Column]) -> list[Column]:
    return [column for column in columns if column.kind in OWNER_KINDS]
