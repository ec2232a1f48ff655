"""Plans written as headings, paragraphs and lists: each recommendation under a heading of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from peerchallenge.tabular import Cell, Line, Paragraph, Row, Table

from .columns import Column, resolve
from .headings import heading_kind
from .layout import PlanRow
from .refs import NUMBER, stored_ref
from .tiers import has_tier_phrase, tier_of

NAMED = re.compile(
    rf"(?:recommendations?|recs?)\b\.?\s*(?:(?:no|number)\b\.?\s*)?(?P<ref>{NUMBER}|[A-Za-z](?=\)?\s*(?:$|[:.–—-])))\)?"
    r"(?![\w(])(?:\s*[:.–—-](?=\s|$|[A-Za-z])|\s*$|\s+)\s*(?P<text>.*)",
    re.IGNORECASE,
)
NUMBERED = re.compile(rf"(?P<ref>{NUMBER})(?:\s*:|\.(?!\d)|\s*[–—-](?=\s|$))\s*(?P<text>.*)", re.IGNORECASE)
LABEL = re.compile(r"([^:]{1,80}):\s*(.*)")
REF, TEXT, FIRST_LABEL = -2, -1, 0
Body = Sequence[Paragraph | Table]


@dataclass
class Block:
    """One recommendation: where its heading stands in the body, what it says, and its labelled parts in order."""

    place: int
    level: int
    ref: str
    text: str
    named: bool
    above: list[Paragraph] = field(default_factory=list)
    parts: dict[str, list[Line]] = field(default_factory=dict)
    ends: int = 0
    tier: str | None = None
    tier_words: str = ""
    theme: str | None = None


def find_blocks(body: Body) -> list[Block]:
    """The blocks of a page, in order. Headings with a bare number count only where some block has a label we know."""
    blocks: list[Block] = []
    enclosing: list[Paragraph] = []
    for place, part in enumerate(body):
        if not isinstance(part, Paragraph) or not part.heading:
            continue
        if blocks and not blocks[-1].ends:
            inner = part.heading > blocks[-1].level and starts_block(part) is None
            if inner:
                continue
            blocks[-1].ends = place
        while enclosing and enclosing[-1].heading >= part.heading:
            enclosing.pop()
        found = starts_block(part)
        if found is not None:
            ref, text, named = found
            blocks.append(Block(place, part.heading, ref, text, named, list(enclosing)))
        enclosing.append(part)
    if blocks and not blocks[-1].ends:
        blocks[-1].ends = len(body)
    for block in blocks:
        fill(block, body[block.place + 1 : block.ends])
    labelled = any(heading_kind(label) != "extra" for block in blocks for label in block.parts if label)
    blocks = [block for block in blocks if block.named or labelled]
    name_themes(blocks)
    return blocks


def starts_block(part: Paragraph) -> tuple[str, str, bool] | None:
    """The reference and the text of a heading that starts a recommendation, and whether it has that word."""
    if not 2 <= part.heading <= 6:
        return None
    text = part.text
    if match := NAMED.fullmatch(text):
        return stored_ref(match["ref"]), match["text"], True
    if match := NUMBERED.fullmatch(text):
        return stored_ref(match["ref"]), match["text"], False
    return None


def label_of(line: Line, part: Paragraph) -> tuple[str, str] | None:
    """The label a line begins with and what follows it on the line."""
    if part.heading:
        text = line.text.rstrip(": ")
        return text, ""
    if part.part == "term":
        return line.text.rstrip(": "), ""
    bold = line.bold
    if bold.endswith(":") and line.text.startswith(bold):
        return bold.rstrip(": "), line.text[len(bold) :].strip()
    match = LABEL.match(line.text)
    if match and heading_kind(match[1]) != "extra":
        return match[1].strip(), match[2]
    if bold and line.text.startswith(bold + ":"):
        return bold, line.text[len(bold) + 1 :].strip()
    return None


def fill(block: Block, inside: Body) -> None:
    """Sort the paragraphs and lists of a block by their labels; what has no label is one more position cell."""
    label: str | None = None
    collecting = False
    for place, part in enumerate(inside):
        if isinstance(part, Table):
            continue
        if place == 0 and not block.text and not part.heading and part.part != "term" and not has_label(part):
            block.text = "\n".join(line.text for line in part.lines)
            continue
        for number, line in enumerate(part.lines):
            found = label_of(line, part)
            if found is not None:
                label, value = found[0], found[1]
                key = known_key(block, label)
                lines = block.parts.setdefault(key, [])
                if value:
                    lines.append(Line(value))
                collecting = not value
                label = key
            elif label is not None and (collecting or number > 0 or part.part == "definition"):
                block.parts[label].append(line)
            else:
                label = None
                block.parts.setdefault("", []).append(line)
    for key, lines in list(block.parts.items()):
        if key and heading_kind(key) == "recommendation" and not block.text and lines:
            block.text = "\n".join(line.text for line in block.parts.pop(key))
        elif key and not lines and heading_kind(key) == "extra":
            block.parts[key] = [Line(key)]


def has_label(part: Paragraph) -> bool:
    return bool(part.lines) and label_of(part.lines[0], part) is not None


def known_key(block: Block, label: str) -> str:
    """The same label twice in one block is one label."""
    same = " ".join(label.split()).casefold()
    return next((key for key in block.parts if key.casefold() == same), label)


def name_themes(blocks: list[Block]) -> None:
    """Tier: the nearest enclosing heading with a tier phrase. Theme: the nearest without one, where at least two
    headings of that level enclose recommendations."""
    levels: dict[int, set[int]] = {}
    for block in blocks:
        for heading in block.above:
            if heading.heading >= 2 and not has_tier_phrase(heading.text):
                levels.setdefault(heading.heading, set()).add(id(heading))
    for block in blocks:
        for heading in reversed(block.above):
            if block.tier is None and (tier := tier_of(heading.text)):
                block.tier = tier
        plain = [h for h in block.above if h.heading >= 2 and not has_tier_phrase(h.text)]
        if plain and len(levels[plain[-1].heading]) >= 2:
            block.theme = plain[-1].text


def rows_of(blocks: list[Block], table: int, chosen: dict[int, str]) -> tuple[list[PlanRow], dict[int, Column]]:
    """The blocks as rows of a plan: the reference, the text, and a column for each label."""
    places: dict[str, int] = {}
    for block in blocks:
        for label in block.parts:
            places.setdefault(label.casefold(), FIRST_LABEL + len(places))
    everything: dict[int, Column] = {}
    rows = []
    for number, block in enumerate(blocks, start=1):
        headings = {places[label.casefold()]: label for label in block.parts}
        kinds = {index: "position" for index, label in headings.items() if not label}
        kinds |= {
            index: "extra"
            for index, label in headings.items()
            if heading_kind(label) in ("ref", "recommendation", "theme", "tier") and label
        }
        columns = resolve(headings, chosen={**kinds, **{i: k for i, k in chosen.items() if i in headings}})
        columns = {index: columns[index] for index in headings}
        columns[REF] = Column(REF, "", "ref")
        columns[TEXT] = Column(TEXT, "", "recommendation")
        cells: dict[int, Cell] = {REF: Cell((Line(block.ref),))}
        if block.text:
            cells[TEXT] = Cell(tuple(Line(line) for line in block.text.split("\n")))
        for label, lines in block.parts.items():
            if lines:
                cells[places[label.casefold()]] = Cell(tuple(lines))
        rows.append(PlanRow(table, Row(number, cells), columns))
        for index, column in columns.items():
            everything.setdefault(index, column)
    return rows, {index: replace(column) for index, column in sorted(everything.items())}
