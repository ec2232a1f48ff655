"""A bar of counts: how many of each, side by side. Numbers only; every part carries its number and has its words."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH = 680
LEAST = 30  # room for a number of three figures
GAP = 2
LETTER = 7.8  # width of a letter inside the bar
HATCH = 7  # between the lines of a hatched part
LEAN = 12  # how far such a line leans


@dataclass(frozen=True)
class Look:
    """The colours of a part. `hatched` sets it apart where there is no colour."""

    fill: str
    edge: str
    ink: str
    hatched: bool = False


@dataclass(frozen=True)
class Part:
    """One part of a bar, placed. `words` is what stands inside it."""

    code: str
    number: int
    label: str
    look: Look
    x: float
    drawn: float
    words: str

    @property
    def middle(self) -> float:
        return round(self.x + self.drawn / 2, 1)

    @property
    def hatching(self) -> list[float]:
        """Where the lines of a hatched part begin."""
        if not self.look.hatched:
            return []
        half = len(self.words) * LETTER / 2 + 4
        starts = [self.x + 2 + step * HATCH for step in range(int((self.drawn - LEAN - 2) // HATCH) + 1)]
        return [round(x, 1) for x in starts if x + LEAN < self.middle - half or x > self.middle + half]


@dataclass(frozen=True)
class Bar:
    """`title` says the same as the picture, for those who do not see it."""

    title: str
    parts: tuple[Part, ...]
    width: int = WIDTH


def bar(counts: Sequence[tuple[str, int, str, Look]], *, title: str) -> Bar:
    """A bar of (code, number, label, look); no part is too narrow for its number, and none stands for nothing."""
    present = [entry for entry in counts if entry[1]]
    total = sum(number for _, number, _, _ in present)
    spare = WIDTH - LEAST * len(present)
    parts = []
    x = 0.5
    for code, number, label, look in present:
        width = LEAST + spare * number / total
        words = f"{number} {label.lower()}"
        inside = words if len(words) * LETTER + 16 < width else str(number)
        parts.append(Part(code, number, label, look, round(x, 1), round(width - GAP, 1), inside))
        x += width
    return Bar(title, tuple(parts))
