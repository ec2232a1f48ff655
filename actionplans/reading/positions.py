"""Position cells: what the council says it has done, will do, or notes; dated where an item starts with a date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from .entries import Item
from .timescales import DAY, IN_MONTH, day_of, month_of

AFTER_DATE = re.compile(r"[ \t]*[:–—-]?[ \t]*")
FOLLOWED = r"(?=[ \t]*(?:[:–—\n-]|$))"
STARTS = (
    (re.compile(DAY.pattern + FOLLOWED, re.IGNORECASE), day_of),
    (re.compile(IN_MONTH.pattern + FOLLOWED, re.IGNORECASE), month_of),
)
DONE = re.compile(r"we(?: have|['’‘ʼ]ve)(?!\w)(?!['’]\w)(?!\s+(?:not|yet|no)(?!\w))", re.IGNORECASE)
PLANNED = re.compile(r"we(?: will|['’‘ʼ]ll)(?!\w)(?!['’]\w)(?!\s+not(?!\w))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DatedItem:
    """An item with the date it starts with, and the text after that date."""

    item: Item
    on: date | None
    rest: str


def starting_date(text: str) -> tuple[date, int] | None:
    """The date a text starts with, when ":", a dash or the end of the line follows; and where the text goes on."""
    for pattern, last_day in STARTS:
        match = pattern.match(text)
        if match and (found := last_day(match)):
            after = AFTER_DATE.match(text, match.end())
            return found, after.end() if after else match.end()
    return None


def dated_items(items: list[Item]) -> list[DatedItem]:
    """Once an item starts with a date, every following item that does not is part of the one above it."""
    groups: list[tuple[list[Item], date | None, str]] = []
    begun = False
    for item in items:
        found = starting_date(item.text)
        if found:
            begun = True
            groups.append(([item], found[0], item.text[found[1] :]))
        elif begun:
            groups[-1][0].append(item)
        else:
            groups.append(([item], None, item.text))
    return [
        DatedItem(Item("\n".join(item.text for item in together), together[0].bullet), on, rest.lstrip("\n"))
        for together, on, rest in groups
    ]


def statement_kind(text: str) -> str:
    """ "We have ..." is done, "We will ..." is planned, anything else, "We have not ..." too, is a note."""
    plain = " ".join(text.split())
    if DONE.match(plain):
        return "done"
    return "planned" if PLANNED.match(plain) else "note"
