"""Pictures with a time axis: one challenge's clock, and where every challenge of a list is."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from peerchallenge.web.drawing import (
    BRAND,
    LATE,
    LINE,
    LINE_SOFT,
    RULE,
    SECOND,
    WHITE,
    circle,
    drawing,
    line,
    path,
    rect,
    text,
)
from peerchallenge.web.words import long_date

WIDTH = 1170
DONE, TO_COME, MISSED, MOVED = "done", "to_come", "missed", "moved"


@dataclass(frozen=True)
class Milestone:
    """A date on the axis. `state` is done, to_come, missed or moved (a date that no longer holds).

    The clock writes `label` and `detail`; the portfolio draws `letter`.
    """

    on: datetime.date
    label: str = ""
    detail: str = ""
    letter: str = ""
    state: str = TO_COME


@dataclass(frozen=True)
class Clock:
    milestones: Sequence[Milestone]
    today: datetime.date


@dataclass(frozen=True)
class PortfolioRow:
    """One challenge. `note` is written after the today line, for a visit that has no date any more."""

    name: str
    milestones: Sequence[Milestone]
    note: str = ""


@dataclass(frozen=True)
class Portfolio:
    rows: Sequence[PortfolioRow]
    today: datetime.date


@dataclass(frozen=True)
class Axis:
    """Days onto pixels."""

    first: datetime.date
    last: datetime.date
    left: float
    right: float

    def x(self, day: datetime.date) -> float:
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return self.left + share * (self.right - self.left)

    def holds(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    def months(self) -> Iterator[datetime.date]:
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                yield day
            day = month_after(day, 1)


def month_after(day: datetime.date, months: int) -> datetime.date:
    """The first day of the month that is `months` away."""
    years, month = divmod(day.month - 1 + months, 12)
    return datetime.date(day.year + years, month + 1, 1)


# The clock

CLOCK_HEIGHT = 166
CLOCK_LINE = 70
ABOVE, BELOW = 0, 1
QUARTERS_UP_TO = 3 * 366  # days
TODAY_HALF = 70  # half of "22 November 2026", a little on the safe side


@dataclass(frozen=True)
class Placed:
    """Where one milestone's words stand: over or under the line, and at which side of its mark."""

    row: int
    anchor: str
    left: float
    right: float


def clock(given: Clock) -> SafeString:
    """One challenge from request to review. Hidden from screen readers: the table beneath says it all."""
    milestones = sorted(given.milestones, key=lambda milestone: milestone.on)
    days = [milestone.on for milestone in milestones] + [given.today]
    month = datetime.timedelta(days=31)
    axis = Axis(min(days) - month, max(days) + month, 10, WIDTH - 10)
    today = axis.x(given.today)
    words_at = _today_words(today)
    parts = [*_months(axis), *_past_and_future(axis, today, CLOCK_LINE, 6)]
    placed = _place(milestones, axis, today)
    for milestone, place in zip(milestones, placed, strict=True):
        parts += _clock_words(milestone, place, axis.x(milestone.on))
    for milestone in milestones:
        parts += _clock_mark(milestone, axis.x(milestone.on))
    parts += [
        line(today, CLOCK_LINE - 12, today, CLOCK_LINE + 12, stroke=LATE, width=3),
        text(words_at, 102, "Today", fill=LATE, bold=True, anchor="middle"),
        text(words_at, 121, long_date(given.today), fill=SECOND, size=15, anchor="middle"),
    ]
    return drawing(WIDTH, CLOCK_HEIGHT, parts, classes="app-chart--phone-hidden")


def _months(axis: Axis) -> Iterator[SafeString]:
    """A stroke for each month. Words stand at quarters up to three years, else at years, and never touch."""
    by_quarter = (axis.last - axis.first).days <= QUARTERS_UP_TO
    room = 75 if by_quarter else 50  # "Jan 2024" and "2024" with a space beside them
    last = 0.0
    for day in axis.months():
        x = axis.x(day)
        named = day.month % 3 == 1 if by_quarter else day.month == 1
        if by_quarter or named:
            yield line(x, CLOCK_LINE - 6, x, CLOCK_HEIGHT - 30 if named else CLOCK_LINE + 6, stroke=LINE_SOFT)
        if named and 40 < x < WIDTH - 40 and x - last >= room:
            words = f"{day:%b %Y}" if by_quarter else f"{day.year}"
            yield text(x, CLOCK_HEIGHT - 10, words, fill=SECOND, size=15, anchor="middle")
            last = x


def _past_and_future(axis: Axis, today: float, y: float, width: float) -> list[SafeString]:
    return [
        line(axis.left, y, today, y, stroke=BRAND, width=width),
        line(today, y, axis.right, y, stroke=LINE, width=width),
    ]


def _today_words(today: float) -> float:
    """The middle of today's words: under its bar, but never over the edge."""
    return min(max(today, TODAY_HALF), WIDTH - TODAY_HALF)


def _breadth(milestone: Milestone) -> float:
    """How wide the words will be, a little on the safe side (Arial: about 9 px a bold letter of 16, 7.6 of 15)."""
    return max(len(milestone.label) * 9.0, len(milestone.detail) * 7.6)


def _place(milestones: Sequence[Milestone], axis: Axis, today: float) -> list[Placed]:
    """Words over and under the line so that none touch, the words of today included.

    A small search that keeps the best few arrangements from left to right: the price of touching is high, of
    standing beside the mark instead of at its middle low, and taking turns is preferred.
    """
    best: list[tuple[float, list[Placed]]] = [(0.0, [])]
    for milestone in milestones:
        tried = []
        for price, before in best:
            for place in _places(milestone, axis.x(milestone.on)):
                tried.append((price + _price(place, before, today), [*before, place]))
        best = sorted(tried, key=lambda arrangement: arrangement[0])[:40]
    return best[0][1]


def _places(milestone: Milestone, x: float) -> Iterator[Placed]:
    breadth = _breadth(milestone)
    for row in (ABOVE, BELOW):
        yield Placed(row, "middle", x - breadth / 2, x + breadth / 2)
        yield Placed(row, "start", x - 9, x - 9 + breadth)
        yield Placed(row, "end", x + 9 - breadth, x + 9)


def _price(place: Placed, before: Sequence[Placed], today: float) -> float:
    price = 0.0 if place.anchor == "middle" else 3.0
    price += 20 * (max(0 - place.left, 0) + max(place.right - WIDTH, 0))
    price += 4 if place.row == BELOW else 0
    if before and before[-1].row == place.row:
        price += 2
    taken = [(other.left, other.right) for other in before if other.row == place.row]
    if place.row == BELOW:
        taken.append((_today_words(today) - TODAY_HALF, _today_words(today) + TODAY_HALF))
    for left, right in taken:
        price += 10 * max(min(place.right, right) - max(place.left, left) + 8, 0)
    return price


def _clock_words(milestone: Milestone, place: Placed, x: float) -> list[SafeString]:
    at = {"middle": x, "start": x - 9, "end": x + 9}[place.anchor]
    anchor = "" if place.anchor == "start" else place.anchor
    top = 22 if place.row == ABOVE else 102
    stem = (46, CLOCK_LINE) if place.row == ABOVE else (CLOCK_LINE, 88)
    colour = LATE if milestone.state == MISSED else SECOND
    return [
        line(x, stem[0], x, stem[1], stroke=BRAND),
        text(at, top, milestone.label, bold=True, anchor=anchor),
        text(at, top + 19, milestone.detail, fill=colour, size=15, anchor=anchor),
    ]


def _clock_mark(milestone: Milestone, x: float) -> list[SafeString]:
    y = CLOCK_LINE
    if milestone.state == DONE:
        tick = path(f"M{x - 4:.1f} {y}l3 3 5-6", fill="none", stroke=WHITE, width=2)
        return [circle(x, y, 9, fill=BRAND, stroke=WHITE, width=2), tick]
    if milestone.state == MISSED:
        return [path(f"M{x:.1f} {y - 12}l12 12-12 12-12-12Z", fill=LATE, stroke=WHITE, width=2)]
    if milestone.state == MOVED:
        return [circle(x, y, 8, fill=WHITE, stroke=SECOND, width=1.5, dashed=True)]
    return [circle(x, y, 8, fill=WHITE, stroke=BRAND, width=3)]


# The portfolio

ROW = 42
HEAD = 50
NAMES = 200
MARK_ROOM = 20  # half of a mark, and a space beside it
LETTERS = {"V": "visit", "R": "report", "A": "action plan", "P": "progress review", "F": "progress review report"}
STATES = {DONE: "done", TO_COME: "to come", MISSED: "missed", MOVED: "moved"}


def portfolio(given: Portfolio) -> SafeString:
    """Every challenge on one axis of two years, today in the middle. The table beside it holds the links."""
    height = HEAD + ROW * len(given.rows)
    axis = Axis(month_after(given.today, -12), month_after(given.today, 12), NAMES, WIDTH - 5)
    today = axis.x(given.today)
    parts: list[SafeString] = []
    for day in axis.months():
        if day.month % 3 == 1:
            x = axis.x(day)
            words = f"{day:%b %Y}" if day.month == 1 else f"{day:%b}"
            parts.append(line(x, 30, x, height, stroke=LINE_SOFT))
            if abs(x + 20 - today) > 52 and x < WIDTH - 40:
                parts.append(text(x + 4, 20, words, fill=SECOND, size=15))
    for number, row in enumerate(given.rows):
        y = HEAD + ROW * number + ROW / 2 - 10
        parts.append(line(0, y + ROW / 2, WIDTH, y + ROW / 2, stroke=RULE))
        parts += _portfolio_row(row, axis, today, y)
    parts += [
        line(today, 26, today, height, stroke=BRAND, width=1.5, dashed=True),
        rect(today - 26, 4, 52, 22, fill=BRAND),
        text(today, 20, "Today", fill=WHITE, size=15, bold=True, anchor="middle"),
    ]
    said = "; ".join(_portfolio_words(row) for row in given.rows) or "No challenges"
    return drawing(WIDTH, height, parts, label=said, classes="app-chart--phone-hidden")


def _portfolio_row(row: PortfolioRow, axis: Axis, today: float, y: float) -> list[SafeString]:
    name = row.name if len(row.name) <= 23 else row.name[:22].rstrip() + "…"
    parts = [text(0, y + 6, name)]
    held = sorted((m for m in row.milestones if m.state != MOVED), key=lambda milestone: milestone.on)
    if held:
        start = axis.x(max(held[0].on, axis.first))
        end = axis.x(min(held[-1].on, axis.last))
        if start < min(today, end):
            parts.append(line(start, y, min(today, end), y, stroke=BRAND, width=4))
        if end > max(today, start):
            parts.append(line(max(today, start), y, end, y, stroke=LINE, width=4))
    if held and held[-1].on < axis.first:
        parts.append(text(NAMES + 4, y + 5, f"All its dates are before {axis.first:%B %Y}", fill=SECOND, size=15))
    if row.note:
        x, anchor = _note_at(row, axis, today)
        parts.append(text(x, y + 5, row.note, fill=SECOND, size=15, anchor=anchor))
    for milestone in sorted(row.milestones, key=lambda m: m.state != MOVED):
        if axis.holds(milestone.on):
            parts += _portfolio_mark(milestone, axis.x(milestone.on), y)
    return parts


def _note_at(row: PortfolioRow, axis: Axis, today: float) -> tuple[float, str]:
    """Where the note begins: after the today line and after a mark in its way; where there is no room, it ends before."""
    breadth = len(row.note) * 7.6
    left = today + 14
    for x in sorted(axis.x(milestone.on) for milestone in row.milestones if axis.holds(milestone.on)):
        if left - MARK_ROOM < x < left + breadth + MARK_ROOM:
            left = x + MARK_ROOM
    return (left, "") if left + breadth <= WIDTH else (today - 14, "end")


def _portfolio_mark(milestone: Milestone, x: float, y: float) -> list[SafeString]:
    def letter(fill: str, *, bold: bool = True) -> SafeString:
        return text(x, y + 5, milestone.letter, fill=fill, size=15, bold=bold, anchor="middle")

    if milestone.state == MISSED:
        return [path(f"M{x:.1f} {y - 15:.1f}l15 15-15 15-15-15Z", fill=LATE, stroke=WHITE, width=1.5), letter(WHITE)]
    if milestone.state == MOVED:
        return [circle(x, y, 11, fill=WHITE, stroke=SECOND, width=1.5, dashed=True), letter(SECOND, bold=False)]
    if milestone.state == DONE:
        return [circle(x, y, 12.2, fill=BRAND, stroke=WHITE, width=1.5), letter(WHITE)]
    return [
        circle(x, y, 13, fill=WHITE),
        circle(x, y, 10.5, fill=WHITE, stroke=BRAND, width=2),
        letter(BRAND),
    ]


def _portfolio_words(row: PortfolioRow) -> str:
    said = [
        f"{LETTERS.get(m.letter, m.label)} {m.on.day} {m.on:%B %Y} {STATES[m.state]}"
        for m in sorted(row.milestones, key=lambda milestone: milestone.on)
    ]
    return f"{row.name}: {', '.join([*said, row.note] if row.note else said)}"
