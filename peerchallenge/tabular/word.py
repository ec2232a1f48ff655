"""Word files: the tables and paragraphs of the body, in order, row by row so that memory stays flat.

Tracked insertions are read, tracked deletions are not. A cell merged down gives its value to every row it covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree

from . import limits
from .archive import Archive, child, let_go, local, open_archive, parse, value
from .limits import Meter
from .lines import INVISIBLE, LINE_ENDS, listed_lines, tidy, typed_line
from .model import Cell, Document, Line, Paragraph, Row, Table
from .word_lists import Lists, read_lists, whole

Pieces = list[tuple[str, bool]]

NOT_READ = frozenset({"del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "rt", "Fallback"})
SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
SYMBOLS = {"F0B7": "•", "F0A7": "▪", "F0FC": "✓", "F0D8": "•", "F0E0": "→", "F02D": "-"}
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo"})
OFF = frozenset({"0", "false", "none", "off"})


def read_word(source: Path | bytes, name: str, document: str) -> Document:
    """Read the Word file whose main part is called `document`."""
    with open_archive(source) as archive:
        return Document("word", name, tuple(Reader(archive, document).body()))


@dataclass
class Building:
    """A table while its rows come in. `covering` holds the merged cells that reach down, by column."""

    heading: str
    rows: list[Row] = field(default_factory=list)
    seen: int = 0
    width: int = 0
    covering: dict[int, Cell] = field(default_factory=dict)


class Reader:
    def __init__(self, archive: Archive, document: str) -> None:
        self.archive = archive
        self.document = document
        self.lists: Lists = read_lists(archive, document)
        self.meter = Meter()
        self.carried: Pieces = []

    def body(self) -> Iterator[Paragraph | Table]:
        """The paragraphs and tables of the body in order. Each is dropped from memory once it has been read."""
        depth = aside = 0
        heading = ""
        table: Building | None = None
        with self.archive.part(self.document, limits.MAX_ROW_BYTES) as stream:
            for event, element in parse(stream, ("start", "end"), ("tbl", "tr", "p", "Fallback")):
                name = local(element)
                if name == "Fallback":
                    aside += 1 if event == "start" else -1
                elif aside:
                    continue
                elif event == "start":
                    depth += name == "tbl"
                    if name == "tbl" and depth == 1:
                        table = Building(heading)
                elif name == "tbl":
                    depth -= 1
                    if depth == 0 and table is not None:
                        yield Table(tuple(table.rows), table.width, heading=table.heading)
                        table = None
                        let_go(element)
                elif name == "tr" and depth == 1 and table is not None:
                    self.row(element, table)
                    let_go(element)
                    stream.release()
                elif name == "p" and depth == 0 and not any(local(outer) == "p" for outer in element.iterancestors()):
                    paragraph = self.paragraph(element)
                    if paragraph is not None:
                        heading = paragraph.text if paragraph.heading else heading
                        yield paragraph
                    let_go(element)
                    stream.release()

    def paragraph(self, element: etree._Element) -> Paragraph | None:
        """A paragraph outside tables; None when it holds no text."""
        properties = child(element, "pPr")
        lines = self.lines(element, below=False)[0]
        if not lines:
            return None
        level = self.lists.heading_level(properties)
        if level:
            return Paragraph(tuple(Line(line.text) for line in lines), heading=level)
        return Paragraph(tuple(lines), part="item" if lines[0].bullet else "text")

    def row(self, element: etree._Element, table: Building) -> None:
        """Read one row into its table. A row that was deleted with tracked changes counts, but is not read."""
        table.seen += 1
        properties = child(element, "trPr")
        if child(properties, "del") is not None:
            return
        self.meter.row()
        cells: dict[int, Cell] = {}
        above: set[int] = set()
        column = whole(value(child(properties, "gridBefore")))
        last = column
        for inner in inside(element, "tc"):
            about = child(inner, "tcPr")
            span = min(max(whole(value(child(about, "gridSpan")), 1), 1), limits.MAX_SPAN)
            sideways = child(about, "hMerge")
            downwards = child(about, "vMerge")
            if child(about, "cellDel") is not None:
                cell = Cell(width=span)
            elif sideways is not None and value(sideways) != "restart":
                if last in cells:
                    cells[last] = wider(cells[last], span)
                column += span
                continue
            elif downwards is not None and value(downwards) != "restart" and column in table.covering:
                cell = table.covering[column]
                above.add(column)
            else:
                cell = self.cell(inner, span)
            for covered in range(column, column + span):
                table.covering.pop(covered, None)
            if downwards is not None:
                table.covering[column] = cell
            if cell.lines or cell.number:
                self.meter.cell(max(1, len(cell.lines) if column not in above else 1))
                cells[column] = cell
            last = column
            column += span
        table.width = self.meter.width(max(table.width, column))
        table.rows.append(Row(table.seen, cells, frozenset(above & cells.keys())))

    def cell(self, element: etree._Element, span: int) -> Cell:
        lines: list[Line] = []
        number = ""
        below = False
        self.carried = []
        for inner in inside(element, "p"):
            read, shown = self.lines(inner, below=below)
            lines += read
            below = below or any(line.bullet for line in read)
            if not read and shown and not number:
                number = shown
        return Cell(tuple(lines), width=span, number=number)

    def lines(self, element: etree._Element, *, below: bool) -> tuple[list[Line], str]:
        """The lines of a paragraph, and the automatic number Word shows before it.

        A paragraph whose end was deleted with tracked changes runs on into the next one.
        """
        properties = child(element, "pPr")
        pieces: Pieces = self.carried
        self.carried = []
        gather(element, pieces, False)
        if child(properties, "rPr", "del") is not None:
            self.carried = pieces
            return [], ""
        listed = self.lists.place(properties)
        whole_text = "".join(text for text, _bold in pieces)
        self.meter.text(len(whole_text))
        parts = LINE_ENDS.split(whole_text)
        if listed is not None:
            return listed_lines(parts, level=listed.level), listed.number
        lines: list[Line] = []
        for place, part in enumerate(parts):
            line = typed_line(part, below_a_bullet=below)
            if line is not None:
                if place == 0 and (bold := bold_start(pieces)):
                    line = Line(line.text, line.bullet, line.level, marker=line.marker, bold=bold)
                lines.append(line)
                below = below or line.bullet
        return lines, ""


def wider(cell: Cell, span: int) -> Cell:
    return Cell(cell.lines, cell.width + span, cell.height, cell.number)


def inside(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    """The cells of a row or the paragraphs of a cell, also those wrapped in content controls or nested tables."""
    for inner in element:
        name = local(inner)
        if name == wanted:
            yield inner
        elif name in WRAPPERS or (wanted == "p" and name in ("tbl", "tr", "tc")):
            if name == "tr" and child(inner, "trPr", "del") is not None:
                continue
            yield from inside(inner, wanted)


def gather(element: etree._Element, pieces: Pieces, bold: bool) -> None:
    """Collect the text of a paragraph: fields by their result, insertions but not deletions, text boxes as lines."""
    for inner in element:
        name = local(inner)
        if name == "t":
            pieces.append((inner.text or "", bold))
        elif name in SIGNS:
            pieces.append((SIGNS[name], bold))
        elif name == "sym":
            pieces.append((SYMBOLS.get((value(inner, "char") or "").upper(), ""), bold))
        elif name == "r":
            mark = child(inner, "rPr", "b")
            gather(inner, pieces, mark is not None and value(mark) not in OFF)
        elif name == "p":
            pieces.append(("\n", False))
            gather(inner, pieces, bold)
        elif name not in NOT_READ:
            gather(inner, pieces, bold)


def bold_start(pieces: Pieces) -> str:
    """The bold text the first line of a paragraph begins with."""
    start = ""
    for text, bold in pieces:
        if "\n" in text:
            break
        if not bold and tidy(text):
            return tidy(start)
        start += INVISIBLE.sub("", text)
    return tidy(start)
