"""Dates, counts and lists as papers write them. A day never parts from its month at the end of a line."""

from collections.abc import Sequence
from datetime import date

STAYS = "\u00a0"


def long_date(day: date) -> str:
    """8 July 2024"""
    return f"{day.day}{STAYS}{day:%B} {day.year}"


def day_and_month(day: date) -> str:
    """8 July"""
    return f"{day.day}{STAYS}{day:%B}"


def counted(number: int, one: str, many: str = "") -> str:
    """1 action, 14 actions"""
    return f"{number:,}{STAYS}{one if number == 1 else many or one + 's'}"


def listed(parts: Sequence[str]) -> str:
    """a, b and c"""
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def times(number: int) -> str:
    """once, twice, 3 times"""
    return {1: "once", 2: "twice"}.get(number, f"{number}{STAYS}times")
