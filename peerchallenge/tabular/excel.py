"""Excel workbooks: the visible sheets in order, read row by row so that memory stays flat.

Hidden rows and columns are read like any other, hidden sheets are not. A formula gives its stored result; nothing is
calculated. Only text is read, never colours.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from . import limits
from .archive import Archive, child, let_go, local, open_archive, parse, value
from .excel_values import BUILT_IN, format_kind, iso_text, number_text, unescaped
from .limits import Meter
from .lines import typed_cell
from .model import Cell, Document, Row, Table, Unreadable

CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})$")
NO_SHEETS = "This workbook has no sheet that can be read. Open it in Excel, save it as .xlsx and choose that."
Span = tuple[int, int, int, int]


def read_excel(source: Path | bytes, name: str, workbook: str) -> Document:
    """Read the workbook whose main part is called `workbook`."""
    with open_archive(source) as archive:
        return Document("excel", name, tuple(Workbook(archive, workbook).sheets()))


def column_index(letters: str) -> int:
    """A is 0."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


class Workbook:
    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.name = name
        self.targets = archive.targets(name)
        self.meter = Meter()
        self.from_1904 = False
        self.strings: list[str] = []
        self.kinds: list[str] = []

    def sheets(self) -> Iterator[Table]:
        wanted = []
        for element in self.archive.elements(self.name, "workbookPr", "sheet"):
            if local(element) == "workbookPr":
                self.from_1904 = value(element, "date1904") in ("1", "true")
            elif value(element, "state") in (None, "visible"):
                kind, part = self.targets.get(value(element, "id") or "", ("", ""))
                if kind == "worksheet" and self.archive.has(part):
                    wanted.append((value(element, "name") or "", part))
        if not wanted:
            raise Unreadable(NO_SHEETS)
        self.read_styles()
        self.read_strings()
        for title, part in wanted:
            yield self.sheet(title, part)

    def part(self, kind: str) -> str | None:
        return next((part for found, part in self.targets.values() if found == kind and self.archive.has(part)), None)

    def read_styles(self) -> None:
        """Which cell formats show a day, a month, a percentage or a plain number."""
        part = self.part("styles")
        if part is None:
            return
        codes = dict(BUILT_IN)
        for element in self.archive.elements(part, "numFmt", "cellXfs"):
            if local(element) == "numFmt":
                identifier = value(element, "numFmtId") or ""
                if identifier.isdecimal():
                    codes[int(identifier)] = value(element, "formatCode") or ""
                continue
            for form in element:
                identifier = value(form, "numFmtId") or "0"
                code = codes.get(int(identifier), "General") if identifier.isdecimal() else "General"
                self.kinds.append(format_kind(code))

    def read_strings(self) -> None:
        part = self.part("sharedStrings")
        if part is not None:
            for element in self.archive.elements(part, "si"):
                text = rich_text(element)
                self.meter.text(len(text))
                self.strings.append(text)
                if len(self.strings) > limits.MAX_CELLS:
                    raise Unreadable(limits.TOO_LONG)

    def sheet(self, title: str, part: str) -> Table:
        rows: dict[int, dict[int, Cell]] = {}
        spans: list[Span] = []
        number = 0
        with self.archive.part(part, limits.MAX_ROW_BYTES) as stream:
            for _event, element in parse(stream, ("end",), ("row", "mergeCell")):
                if local(element) == "row":
                    given = value(element, "r") or ""
                    number = int(given) if given.isdecimal() and len(given) < 8 else number + 1
                    if cells := self.row(element):
                        self.meter.row()
                        rows.setdefault(number, {}).update(cells)
                elif span := read_span(value(element, "ref") or ""):
                    spans.append(span)
                    self.meter.cell()
                let_go(element)
                stream.release()
        return self.table(title, rows, spans)

    def row(self, element: etree._Element) -> dict[int, Cell]:
        cells: dict[int, Cell] = {}
        column = -1
        for inner in element:
            if local(inner) != "c":
                continue
            match = CELL_NAME.match(value(inner, "r") or "")
            column = column_index(match[1]) if match else column + 1
            text = self.text(inner)
            if text:
                cell = typed_cell(text)
                if cell.lines:
                    self.meter.cell(len(cell.lines))
                    cells[column] = cell
        return cells

    def text(self, element: etree._Element) -> str:
        """What a cell shows. The result stored for a formula stands for the formula."""
        kind = value(element, "t") or "n"
        if kind == "inlineStr":
            inline = child(element, "is")
            text = rich_text(inline) if inline is not None else ""
            self.meter.text(len(text))
            return text
        stored = child(element, "v")
        text = (stored.text or "") if stored is not None else ""
        if kind == "s":
            return self.strings[int(text)] if text.isdecimal() and int(text) < len(self.strings) else ""
        if kind in ("str", "e"):
            self.meter.text(len(text))
            return unescaped(text)
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(text, text)
        style = value(element, "s") or "0"
        number = int(style) if style.isdecimal() else 0
        shows = self.kinds[number] if number < len(self.kinds) else "number"
        if kind == "d":
            return iso_text(text, shows)
        return number_text(text, shows, from_1904=self.from_1904) if text else ""

    def table(self, title: str, rows: dict[int, dict[int, Cell]], spans: list[Span]) -> Table:
        """The rows of a sheet, with merged cells given to every row they cover."""
        above: dict[int, set[int]] = {}
        numbers = sorted(rows)
        for top, left, bottom, right in spans:
            cell = rows.get(top, {}).get(left)
            if cell is None:
                continue
            wide = Cell(cell.lines, right - left + 1, bottom - top + 1)
            for number in numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]:
                self.meter.cell()
                for column in [each for each in rows[number] if left <= each <= right]:
                    del rows[number][column]
                rows[number][left] = wide
                if number > top:
                    above.setdefault(number, set()).add(left)
        width = self.meter.width(1 + max((column for cells in rows.values() for column in cells), default=-1))
        read = tuple(
            Row(number, dict(sorted(rows[number].items())), frozenset(above.get(number, ()))) for number in numbers
        )
        return Table(read, width, name=title)


def read_span(text: str) -> Span | None:
    match = RANGE.match(text)
    if match is None:
        return None
    return int(match[2]), column_index(match[1]), int(match[4]), column_index(match[3])


def rich_text(element: etree._Element) -> str:
    """The text of a string with or without formatting. Guides to pronunciation are not text."""
    pieces: list[str] = []
    for inner in element:
        name = local(inner)
        if name == "t":
            pieces.append(inner.text or "")
        elif name == "r":
            pieces += [part.text or "" for part in inner if local(part) == "t"]
    return unescaped("".join(pieces))
