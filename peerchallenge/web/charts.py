"""Small drawn pictures, as pure functions: plain facts in, safe SVG out.

Colours, places and sizes are attributes, never a style, so that the same picture passes the content security policy
and can stand in a PDF. Nothing is said by colour alone: marks differ by letter or shape, parts carry their number.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from peerchallenge.web.clockwork import (
    Clock,
    Milestone,
    Portfolio,
    PortfolioRow,
    clock,
    portfolio,
)
from peerchallenge.web.drawing import (
    AMBER,
    AMBER_DARK,
    BRAND,
    GREEN,
    GREY,
    LATE,
    SECOND,
    SURFACE,
    WHITE,
    circle,
    drawing,
    path,
    rect,
    text,
)
from peerchallenge.web.parts import STATUS_WORDS

__all__ = [
    "Clock",
    "Milestone",
    "Portfolio",
    "PortfolioRow",
    "StatusRow",
    "clock",
    "confidence_shape",
    "mark",
    "portfolio",
    "status_bars",
    "statuses_shown",
    "swatch",
]

BAR_WIDTH = 740
NARROW_WIDTH = 345
BAR_HEIGHT = 32
LABEL_WIDTH = 120
GAP = 2

# Complete first: the bar answers "are we getting through it". What is no longer reported stands at the end.
STATUS_ORDER = ("complete", "in_progress", "delayed", "not_started", "ongoing", "closed", "superseded")
FILLS = {  # fill, edge, number; every edge is 3:1 or more on white
    "complete": (BRAND, BRAND, WHITE),
    "in_progress": ("#9cc3d9", "#5b8795", "#0b0c0c"),
    "delayed": (AMBER, AMBER_DARK, "#0b0c0c"),
    "not_started": (WHITE, GREY, "#0b0c0c"),
    "ongoing": (SURFACE, BRAND, BRAND),
    "closed": (WHITE, BRAND, BRAND),
    "superseded": (WHITE, GREY, SECOND),
}


@dataclass(frozen=True)
class StatusRow:
    """How many actions had each status on one date. Codes that are missing count as none."""

    label: str
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.get(code, 0) for code in STATUS_ORDER)

    def in_words(self) -> str:
        said = [f"{self.counts[code]} {STATUS_WORDS[code].lower()}" for code in STATUS_ORDER if self.counts.get(code)]
        return ", ".join(said) or "no actions"


def statuses_shown(rows: Sequence[StatusRow]) -> list[tuple[str, str, SafeString]]:
    """The statuses that occur in these rows, in the order of the bar: code, word, swatch."""
    return [
        (code, STATUS_WORDS[code], swatch(code)) for code in STATUS_ORDER if any(row.counts.get(code) for row in rows)
    ]


def swatch(code: str) -> SafeString:
    fill, edge, _ = FILLS[code]
    square = rect(0.5, 0.5, 15, 15, fill=fill, stroke=edge, dashed=code == "superseded")
    return drawing(16, 16, [square], classes="", fixed=True)


def status_bars(rows: Sequence[StatusRow], *, width: int = BAR_WIDTH) -> SafeString:
    """One stacked bar per row, the last label bold. A narrow twin for phones keeps its numbers readable."""
    said = ". ".join(f"{row.label}: {row.in_words()}" if row.label else row.in_words().capitalize() for row in rows)
    return format_html(
        "{}{}",
        _bars(rows, width, said, "app-chart--bar app-chart--wide"),
        _bars(rows, NARROW_WIDTH, said, "app-chart--narrow"),
    )


def _bars(rows: Sequence[StatusRow], width: int, said: str, classes: str) -> SafeString:
    labelled = any(row.label for row in rows)
    beside = labelled and width > NARROW_WIDTH
    left = LABEL_WIDTH if beside else 0
    step = BAR_HEIGHT + 10 + (24 if labelled and not beside else 0)
    parts = []
    for number, row in enumerate(rows):
        top = number * step + (24 if labelled and not beside else 0)
        bold = number == len(rows) - 1 and len(rows) > 1
        if labelled:
            parts.append(text(0, top + 22 if beside else top - 8, row.label, bold=bold))
        parts += _bar(row, left, top, width - left)
    height = max(len(rows) * step - 10, BAR_HEIGHT)
    return drawing(width, height, parts, label=said, classes=classes)


def _bar(row: StatusRow, left: float, top: float, width: float) -> list[SafeString]:
    shown = [(code, row.counts[code]) for code in STATUS_ORDER if row.counts.get(code)]
    if not shown:
        return [
            rect(left + 0.5, top + 0.5, width - 1, BAR_HEIGHT - 1, fill=WHITE, stroke=GREY),
            text(left + 10, top + 22, "No actions", fill=SECOND),
        ]
    parts = []
    for (code, count), (start, breadth) in zip(shown, _shares([n for _, n in shown], left, width), strict=True):
        fill, edge, number = FILLS[code]
        parts.append(
            rect(
                start + 0.5, top + 0.5, breadth - 1, BAR_HEIGHT - 1, fill=fill, stroke=edge, dashed=code == "superseded"
            )
        )
        parts.append(text(start + breadth / 2, top + 22, str(count), fill=number, bold=True, anchor="middle"))
    return parts


def _shares(counts: Sequence[int], left: float, width: float) -> list[tuple[float, float]]:
    """Start and breadth of each part. A part is never too narrow for its number; the others give way."""
    room = width - GAP * (len(counts) - 1)
    least = [10 + 10 * len(str(count)) for count in counts]
    free = max(room - sum(least), 0)
    spread = [max(count / sum(counts) * room - narrowest, 0) for count, narrowest in zip(counts, least, strict=True)]
    total = sum(spread) or 1
    places = []
    for narrowest, extra in zip(least, spread, strict=True):
        breadth = narrowest + free * extra / total
        places.append((left, breadth))
        left += breadth + GAP
    return places


def confidence_shape(code: str) -> SafeString:
    """Green disc, amber triangle, red diamond, or an empty ring: told apart without colour."""
    shapes = {
        "on_track": circle(8, 8, 7, fill=GREEN),
        "at_risk": path("M8 1.8 15 14.2H1Z", fill=AMBER, stroke=AMBER_DARK, width=1.5),
        "off_track": path("M8 .5 15.5 8 8 15.5.5 8Z", fill=LATE),
    }
    shape = shapes.get(code, circle(8, 8, 6.5, fill=WHITE, stroke=SECOND, width=1.5))
    return drawing(16, 16, [shape], classes="app-rag__shape", fixed=True)


def mark(size: int = 30) -> SafeString:
    """Our mark: two overlapping rings, the council and its peers."""
    return format_html(
        '<svg class="app-mark" width="{0}" height="{0}" viewBox="0 0 30 30" fill="none" stroke="currentColor"'
        ' stroke-width="2.5" aria-hidden="true" focusable="false">{1}</svg>',
        size,
        format_html_join("", '<circle cx="{0}" cy="{0}" r="7.6"/>', [(11.2,), (18.8,)]),
    )
