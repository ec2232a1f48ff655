"""What a cell of a spreadsheet shows: numbers, percentages and dates as text."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

DATE_FORMATS = {14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 22: "d/m/yy h:mm"}
DATE_FORMATS |= dict.fromkeys([*range(27, 32), 36, *range(50, 55), 57, 58], "dd/mm/yyyy")
TIME_FORMATS = dict.fromkeys([18, 19, 20, 21, *range(32, 36), 45, 46, 47, 55, 56], "h:mm")
BUILT_IN = DATE_FORMATS | TIME_FORMATS | {9: "0%", 10: "0.00%"}
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]")
MINUTES = re.compile(r"(?<=h)[^a-z]*m+|m+(?=[^a-z]*s)")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MONTHS = (
    "January February March April May June July August September October November December".split()  # as shown
)
LAST_SERIAL = 2_958_465


def format_kind(code: str) -> str:
    """What a number format shows: day, month, year, time, percent, or number."""
    code = code.split(";")[0].lower()
    if "general" in code:
        return "number"
    if ELAPSED.search(code):
        return "time"
    bare = QUOTED.sub("", code)
    if "%" in bare:
        return "percent"
    bare = bare.replace("am/pm", "").replace("a/p", "")
    without_minutes = MINUTES.sub("", bare)
    if "d" in without_minutes:
        return "day"
    if "m" in without_minutes:
        return "month"
    if "y" in without_minutes:
        return "year"
    return "time" if re.search(r"[hs]|m", bare) else "number"


def number_text(value: str, kind: str, *, from_1904: bool) -> str:
    """A stored number as its format shows it. What is not a number stays as it is."""
    try:
        number = Decimal(f"{float(value):.15g}")
    except (ValueError, InvalidOperation):
        return value
    if not number.is_finite():
        return value
    if kind in ("day", "month", "year", "time") and 0 <= number <= LAST_SERIAL:
        return serial_text(number, kind, from_1904=from_1904)
    if kind == "percent":
        return f"{(number * 100).quantize(Decimal(1), ROUND_HALF_UP)}%" if abs(number) < 10**12 else value
    if number == number.to_integral_value():
        return str(int(number)) if abs(number) < 10**21 else value
    return format(number, "f")


def serial_text(number: Decimal, kind: str, *, from_1904: bool) -> str:
    """A day as dd/mm/yyyy, a month as "October 2024". A time of day is shown only where there is nothing else."""
    days = int(number)
    if kind == "time":
        minutes = int((number - days) * 24 * 60 + Decimal("0.5"))
        return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}"
    start = date(1904, 1, 1) if from_1904 else date(1899, 12, 30) if days >= 60 else date(1899, 12, 31)
    try:
        return date_text(start + timedelta(days=days), kind)
    except OverflowError:
        return str(days)


def date_text(day: date, kind: str) -> str:
    if kind == "month":
        return f"{MONTHS[day.month - 1]} {day.year}"
    if kind == "year":
        return str(day.year)
    return f"{day.day:02d}/{day.month:02d}/{day.year:04d}"


def iso_text(value: str, kind: str) -> str:
    """A date that is stored as text in the file's own date type."""
    try:
        day = datetime.fromisoformat(value.replace("Z", "+00:00")).date()
    except ValueError:
        return value
    return date_text(day, kind if kind in ("month", "year") else "day")


def unescaped(text: str) -> str:
    """Characters that the file writes as _x000A_ and the like."""

    def one(match: re.Match[str]) -> str:
        code = int(match[1], 16)
        return match[0] if 0xD800 <= code <= 0xDFFF else chr(code)

    return ESCAPED.sub(one, text) if "_x" in text else text
