"""Timescales as councils write them: "Oct 24", "by end of March 2026", "Q3 2025/26", "Winter 2025/26", "Ongoing".

The text is always kept. The due date is the last day of the period that is named; the precision says what was named:
day, month, quarter, season, year, ongoing, none (nothing, or a placeholder such as TBC) or unparsed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from .statuses import leading_status_word

MONTH_NAMES = (
    "january february march april may june july august september october november december".split()  # 1 to 12
)
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
DAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
WEEKDAY = r"(?:(?:" + "|".join([*DAYS, *(day[:3] for day in DAYS)]) + r")\.?,? )?"
CLOCK = r"\d{1,2}(?:[:.]\d{2}){0,2}(?:\.\d+)? ?(?:am|pm|noon|hours|hrs)?"
TIME = rf"(?:,? (?:at )?(?:{CLOCK}|noon|midday|midnight)|t\d{{2}}:\d{{2}}(?::\d{{2}}(?:\.\d+)?)?z?)?"
QUOTE = "['’‘ʼ]"
COUNCIL_YEAR = r"(?P<first>20\d\d|19\d\d|\d\d)[/-](?P<second>\d{4}|\d\d)"

DAY_FIRST = r"(?P<day>\d{1,2})(?P<mark>[/.-])(?P<number>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)"
YEAR_FIRST = r"(?P<year2>\d{4})-(?P<number2>\d{2})-(?P<day2>\d{2})"
NAMED_DAY = rf"(?P<day3>\d{{1,2}})(?:st|nd|rd|th)?(?: of)?[ -]{MONTH}(?: |[-/]| ?{QUOTE})(?P<year3>\d{{4}}|\d\d)"
DAY = re.compile(rf"{WEEKDAY}(?:{DAY_FIRST}|{YEAR_FIRST}|{NAMED_DAY})(?!\d){TIME}", re.IGNORECASE)
IN_MONTH = re.compile(rf"{MONTH}(?: |[-/]| ?{QUOTE})(?P<year>\d{{4}}|\d\d)(?!\d)", re.IGNORECASE)
QUARTER = re.compile(rf"(?:q|quarter )(?P<quarter>[1-4]) (?:of )?{COUNCIL_YEAR}(?!\d)", re.IGNORECASE)
SEASON = re.compile(
    rf"(?P<season>spring|summer|autumn|winter)(?: | ?{QUOTE})(?P<year>\d{{4}}|\d\d)(?:[/-](?P<second>\d{{4}}|\d\d))?(?!\d)",
    re.IGNORECASE,
)
PLAIN_YEAR = re.compile(r"(?P<year>20\d\d|19\d\d)(?![\d/])", re.IGNORECASE)
LONG_YEAR = re.compile(r"(?P<first>20\d\d|19\d\d)[/-](?P<second>\d{4}|\d\d)(?!\d)", re.IGNORECASE)
FINANCIAL_YEAR = re.compile(rf"(?:fy ?|financial year ){COUNCIL_YEAR}(?!\d)", re.IGNORECASE)
YEAR_FINANCIAL = re.compile(rf"{COUNCIL_YEAR} (?:financial year|fy)\b", re.IGNORECASE)

ONGOING = re.compile(r"on[- ]?going|continuous|continuing", re.IGNORECASE)
PLACEHOLDER = re.compile(r"tbc|tbd|to be confirmed|to be agreed|n/a|na|none", re.IGNORECASE)
REMARK = re.compile(r"\s*\([^()]*\)$")
AND_ONGOING = re.compile(r"(?:,| (?:and|then|&)) ?on[- ]?going$", re.IGNORECASE)
OPENING = re.compile(r"(?:to be completed|no later than|by|in|during|before|the|end|of)(?= |$) ?", re.IGNORECASE)
LINK = re.compile(r" ?(?:(?:in|by)(?= )|[-:])? ?", re.IGNORECASE)
BRACKETED = re.compile(r" ?\(([^()]*)\)$")
LONGEST = 300
SEASON_ENDS = {"spring": 5, "summer": 8, "autumn": 11}


@dataclass(frozen=True, slots=True)
class Timescale:
    """What a timescale says. `status_word` is the status word it begins with, `also_unparsed` that more follows it
    which could not be read."""

    text: str
    due: date | None = None
    precision: str = "none"
    status_word: str = ""
    status: str | None = None

    @property
    def is_missing(self) -> bool:
        return self.precision == "none" and not self.status_word


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def full_year(text: str) -> int:
    """A year of two digits is in this century."""
    return int(text) if len(text) == 4 else 2000 + int(text)


def council_year(match: re.Match[str]) -> int | None:
    """The year in which a council's year starts; None when the two years do not follow each other."""
    first, second = full_year(match["first"]), match["second"]
    follows = (first + 1) % 100 if len(second) == 2 else first + 1
    return first if int(second) == follows else None


def day_of(match: re.Match[str]) -> date | None:
    year = match["year"] or match["year2"] or match["year3"]
    month = match["number"] or match["number2"] or MONTHS[match["month"].lower()]
    day = match["day"] or match["day2"] or match["day3"]
    try:
        return date(full_year(year), int(month), int(day))
    except ValueError:
        return None


def month_of(match: re.Match[str]) -> date | None:
    year = full_year(match["year"])
    return month_end(year, MONTHS[match["month"].lower()]) if year else None


def quarter_of(match: re.Match[str]) -> date | None:
    start = council_year(match)
    quarter = int(match["quarter"])
    if start is None:
        return None
    return date(start + 1, 3, 31) if quarter == 4 else month_end(start, quarter * 3 + 3)


def season_of(match: re.Match[str]) -> date | None:
    season, second = match["season"].lower(), match["second"]
    year = full_year(match["year"])
    if season != "winter":
        return month_end(year, SEASON_ENDS[season]) if second is None and year else None
    if second is not None and int(second) != ((year + 1) % 100 if len(second) == 2 else year + 1):
        return None
    return month_end(year + 1, 2)


def year_of(match: re.Match[str]) -> date | None:
    return date(int(match["year"]), 12, 31)


def council_year_of(match: re.Match[str]) -> date | None:
    start = council_year(match)
    return None if start is None else date(start + 1, 3, 31)


FORMS: tuple[tuple[str, re.Pattern[str], Callable[[re.Match[str]], date | None]], ...] = (
    ("day", DAY, day_of),
    ("month", IN_MONTH, month_of),
    ("quarter", QUARTER, quarter_of),
    ("season", SEASON, season_of),
    ("year", LONG_YEAR, council_year_of),
    ("year", FINANCIAL_YEAR, council_year_of),
    ("year", YEAR_FINANCIAL, council_year_of),
    ("year", PLAIN_YEAR, year_of),
)


def flat(text: str) -> str:
    """On one line, every dash a hyphen, without one final full stop."""
    text = " ".join(text.split()).replace("–", "-").replace("—", "-")
    return text[:-1].rstrip() if text.endswith(".") else text


def period(text: str) -> tuple[date, str] | None:
    """A day, month, quarter, season or year that fills the text: its last day and which of these it is."""
    for precision, pattern, last_day in FORMS:
        match = pattern.fullmatch(text)
        if match and (due := last_day(match)):
            return due, precision
    return None


def period_within(text: str) -> tuple[date, str, tuple[int, int]] | None:
    """The first period named somewhere in a text, such as a heading: last day, precision, where it stands."""
    found: list[tuple[int, int, date, str]] = []
    for precision, pattern, last_day in FORMS:
        for match in re.finditer(rf"(?<![A-Za-z0-9/])(?:{pattern.pattern})(?![A-Za-z0-9])", text, re.IGNORECASE):
            if due := last_day(match):
                found.append((match.start(), -match.end(), due, precision))
                break
    if not found:
        return None
    start, end, due, precision = min(found, key=lambda each: each[:2])
    return due, precision, (start, -end)


def is_placeholder(text: str) -> bool:
    return bool(PLACEHOLDER.fullmatch(flat(text)))


def without_status(text: str) -> tuple[date | None, str]:
    """Due date and precision of a text that does not begin with a status word."""
    if not text or text == "-":
        return None, "none"
    if len(text) > LONGEST:
        return None, "unparsed"
    text = REMARK.sub("", text).strip()
    shorter = AND_ONGOING.sub("", text)
    goes_on = shorter != text
    text = shorter.strip()
    while match := OPENING.match(text):
        text = text[match.end() :].strip()
    if PLACEHOLDER.fullmatch(text):
        return None, "none"
    if ONGOING.fullmatch(text):
        return None, "ongoing"
    if found := period(text.rstrip(".") if text.endswith(".") else text):
        return found[0], "ongoing" if goes_on else found[1]
    return None, "unparsed"


def parse_timescale(text: str) -> Timescale:
    """Read a timescale. A status word at its beginning is told apart from the date that may follow it."""
    plain = flat(text)
    begins = leading_status_word(plain)
    if begins is None or begins.canonical == "ongoing":
        due, precision = without_status(plain)
        return Timescale(text, due, precision)
    word, rest = plain[: begins.length], plain[begins.length :]
    due, precision = None, "none"
    if rest.strip():
        bracketed = BRACKETED.fullmatch(rest)
        link = LINK.match(rest)
        follows = bracketed[1] if bracketed else rest[link.end() if link else 0 :]
        due, precision = without_status(follows.strip())
        if precision in ("none", "ongoing") and due is None:
            precision = "unparsed"
    return Timescale(text, due, precision, status_word=as_written(text, word), status=begins.canonical)


def as_written(text: str, word: str) -> str:
    """The status word as it stands in the cell, with its own dashes and capitals."""
    return " ".join(text.split())[: len(word)]


def is_one_timescale(text: str) -> bool:
    """Whether the text as a whole is one timescale that can be read."""
    return parse_timescale(text).precision != "unparsed"
