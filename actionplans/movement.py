"""What moved between two committee reports, drawn: one box per action, left as it was, right as it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from actionplans.positions import STATUS_ORDER, Status
from actionplans.report_content import ActionLine
from peerchallenge.documents.words import counted, listed
from peerchallenge.web.charts import FILLS
from peerchallenge.web.drawing import RULE, TEXT, drawing, line, path, rect, text

WIDTH, HEAD, STEP = 1170, 34, 46
BOX, HEIGHT, GAP = 47, 31, 7
LEFT, RIGHT = 180, 640
MOST_BOXES = 40
PER_SIDE = 6


@dataclass(frozen=True)
class Movement:
    """An action that changed its status, or is new (`was` is empty)."""

    ref: str
    text: str
    was: str
    now: str


@dataclass(frozen=True)
class Side:
    """What stands in one row on one side: the boxes that are drawn and how many are only counted."""

    refs: tuple[str, ...]
    more: int


def movements(actions: Sequence[ActionLine]) -> list[Movement]:
    return [
        Movement(line.ref, line.text, line.previous_status, line.status)
        for line in actions
        if line.previous_status != line.status
    ]


def in_words(actions: Sequence[ActionLine]) -> str:
    """Such as: 2 of 14 actions changed status: 1.1 is complete and 8.1 is in progress."""
    moved = [movement for movement in movements(actions) if movement.was]
    if not moved:
        return f"None of {counted(len(actions), 'action')} changed status."
    said = listed([f"{movement.ref} is {Status(movement.now).label.lower()}" for movement in moved])
    return f"{len(moved)} of {counted(len(actions), 'action')} changed status: {said}."


def movement_chart(actions: Sequence[ActionLine], *, before: str, now: str) -> SafeString:
    """Rows by status; the boxes that changed have a black edge, and an arrow leads from row to row. All hear `in_words`."""
    moved = {movement.ref for movement in movements(actions) if movement.was}
    rows = [
        status for status in STATUS_ORDER if any(status in {entry.status, entry.previous_status} for entry in actions)
    ]
    only_moved = len(actions) > MOST_BOXES
    parts = [text(LEFT, 20, before, bold=True), text(RIGHT, 20, now, bold=True)]
    leaves: dict[str, tuple[float, float]] = {}
    arrives: dict[str, tuple[float, float]] = {}
    for number, status in enumerate(rows):
        top = HEAD + number * STEP
        left = _side(
            [entry.ref for entry in actions if entry.previous_status == status], moved, last=True, only_moved=only_moved
        )
        right = _side(
            [entry.ref for entry in actions if entry.status == status], moved, last=False, only_moved=only_moved
        )
        total = sum(entry.status == status for entry in actions)
        parts += [line(0, top, WIDTH, top, stroke=RULE), text(0, top + 28, str(Status(status).label))]
        parts += [*_boxes(left, LEFT, top, status, moved), *_boxes(right, RIGHT, top, status, moved)]
        leaves[status] = (LEFT + len(left.refs) * (BOX + GAP) - GAP + 4, top + STEP / 2)
        arrives[status] = (RIGHT - 9, top + STEP / 2)
        parts.append(text(WIDTH, top + 28, f"{Status(status).label}, {total}", anchor="end"))
    ways = dict.fromkeys((entry.previous_status, entry.status) for entry in actions if entry.ref in moved)
    parts += [_arrow(leaves[was], arrives[is_now]) for was, is_now in ways]
    return drawing(WIDTH, HEAD + STEP * len(rows), parts, label=in_words(actions), classes="app-chart--phone-hidden")


def _side(refs: Sequence[str], moved: set[str], *, last: bool, only_moved: bool) -> Side:
    """The boxes that changed stand next to the arrows. Of very many, and of long rows, the others are counted."""
    changed = [ref for ref in refs if ref in moved]
    others = [] if only_moved else [ref for ref in refs if ref not in moved]
    room = max(PER_SIDE - len(changed), 0)
    shown = [*others[:room], *changed] if last else [*changed, *others[:room]]
    return Side(tuple(shown), len(refs) - len(shown))


def _boxes(side: Side, start: float, top: float, status: str, moved: set[str]) -> list[SafeString]:
    fill, edge, ink = FILLS[status]
    parts = []
    x = start
    for ref in side.refs:
        y = top + (STEP - HEIGHT) / 2
        is_moved = ref in moved
        parts.append(rect(x + 0.5, y + 0.5, BOX - 1, HEIGHT - 1, fill=fill, stroke=edge))
        if is_moved:
            parts.append(path(f"M{x} {y}h{BOX}v{HEIGHT}h-{BOX}z", fill="none", stroke=TEXT, width=3))
        size = 15 if len(ref) < 6 else 12
        parts.append(
            text(
                x + BOX / 2,
                y + 21,
                ref if len(ref) < 8 else f"{ref[:6]}…",
                fill=ink,
                size=size,
                bold=is_moved,
                anchor="middle",
            )
        )
        x += BOX + GAP
    if side.more:
        parts.append(
            text(
                x + 4 if start == RIGHT else start - 6,
                top + 28,
                f"+ {side.more}",
                size=15,
                anchor="" if start == RIGHT else "end",
            )
        )
    return parts


def _arrow(source: tuple[float, float], target: tuple[float, float]) -> SafeString:
    (x1, y1), (x2, y2) = source, target
    middle = (x1 + x2) / 2
    return format_html(
        "{}{}",
        path(
            f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}",
            fill="none",
            stroke=TEXT,
            width=1.8,
        ),
        path(f"M{x2:.1f} {y2 - 4.5:.1f}l8 4.5l-8 4.5z", fill=TEXT),
    )
