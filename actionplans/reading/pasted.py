"""Tables in plain text: pasted with tabs between the cells, or flattened with only spaces between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from peerchallenge.tabular import Paragraph, Row, Table
from peerchallenge.tabular.lines import LINE_ENDS, typed_cell

from .flattened import flattened_table
from .headers import passes

HEADER_LINES = 6
Body = list[Paragraph | Table]


@dataclass
class Record:
    """A row being put together: the line on which it begins, its cells, and whether it is a line without tabs."""

    number: int
    cells: list[str]
    alone: bool = False
    open_lines: list[str] = field(default_factory=list)

    def go_on(self, cells: list[str]) -> None:
        """Go on in the last cell, and begin the cells after it."""
        self.open_lines.append(cells[0])
        if len(cells) > 1:
            self.close()
            self.cells += cells[1:]

    def close(self) -> Record:
        self.cells[-1] = "\n".join([self.cells[-1], *self.open_lines])
        self.open_lines = []
        return self


def body_of_text(text: str) -> Body:
    """The paragraphs and the table of a text."""
    lines = LINE_ENDS.split(text)
    if "\t" in text and (body := tabbed_body(lines)):
        return body
    flat = flattened_body(lines)
    if "\t" not in text or any(isinstance(part, Table) for part in flat):
        return flat
    return [table_of([Record(place, line.split("\t")) for place, line in enumerate(lines, start=1) if line.strip()])]


def paragraph(line: str) -> list[Paragraph | Table]:
    cell = typed_cell(line)
    return [Paragraph(cell.lines)] if cell.lines else []


def flattened_body(lines: list[str]) -> Body:
    found = flattened_table(lines)
    if found is None:
        return [part for line in lines for part in paragraph(line)]
    table, used = found
    before = [part for line in lines[: used[0]] for part in paragraph(line)]
    after = [
        part for place, line in enumerate(lines) if place > used[0] and place not in used for part in paragraph(line)
    ]
    return [*before, table, *after]


def tabbed_body(lines: list[str]) -> Body | None:
    """The table that starts with the first line that is a header, and the lines before it."""
    start, taken = find_header_lines(lines)
    if start is None:
        return None
    header = "\n".join(lines[start : start + taken]).split("\t")
    records = [Record(start + 1, header), *records_of(lines, start + taken, len(header))]
    before = [part for line in lines[:start] for part in paragraph(line)]
    return [*before, table_of(records)]


def table_of(records: list[Record]) -> Table:
    rows = []
    for record in records:
        cells = {column: cell for column, text in enumerate(record.cells) if (cell := typed_cell(text)).lines}
        rows.append(Row(record.number, cells, alone=record.alone))
    return Table(tuple(rows), max((len(record.cells) for record in records), default=0))


def find_header_lines(lines: list[str]) -> tuple[int | None, int]:
    """Where the header is and how many lines it takes: one line, or a few when its cells hold line ends."""
    for loosely in (False, True):
        for place, line in enumerate(lines):
            if "\t" in line and passes(headings(line), loosely=loosely):
                return place, 1
    for place, line in enumerate(lines):
        if "\t" in line:
            for taken in range(2, HEADER_LINES + 1):
                joined = "\n".join(lines[place : place + taken])
                if passes(headings(joined)) and all(len(heading) < 60 for heading in headings(joined)):
                    return place, taken
    return None, 0


def headings(line: str) -> list[str]:
    return [" ".join(cell.split()) for cell in line.split("\t") if cell.strip()]


def records_of(lines: list[str], start: int, width: int) -> list[Record]:
    """Put lines together into rows of `width` cells. Inside an unfinished row a line end belongs to the cell.

    A line without a tab between two rows is a row of its own. A line that is a whole row by itself ends an unfinished
    row before it.
    """
    records: list[Record] = []
    open_record: Record | None = None
    place = start
    while place < len(lines):
        line, number = lines[place], place + 1
        place += 1
        if open_record is None:
            if not line.strip():
                if "\t" in line:
                    records.append(Record(number, line.split("\t")))
                continue
            if "\t" not in line:
                records.append(Record(number, [line], alone=True))
                continue
            cells, place = unquoted(line, lines, place)
            open_record = Record(number, cells)
        else:
            if line.count("\t") + len(open_record.cells) > width and line.count("\t") + 1 <= width:
                records.append(open_record.close())
                open_record = None
                place -= 1
                continue
            cells, place = unquoted(line, lines, place)
            open_record.go_on(cells)
        if len(open_record.cells) >= width:
            records.append(open_record.close())
            open_record = None
    if open_record is not None:
        records.append(open_record.close())
    return records


def unquoted(line: str, lines: list[str], place: int) -> tuple[list[str], int]:
    """The cells of a line. A spreadsheet puts a cell with line ends into quotes: such a cell is read whole."""
    cells = line.split("\t")
    last = cells[-1]
    while last.startswith('"') and last.count('"') % 2 == 1:
        end = next(
            (
                at
                for at in range(place, min(place + 200, len(lines)))
                if re.search(r'(?<!")(?:"")*"(?:\t|$)', lines[at])
            ),
            None,
        )
        if end is None:
            break
        whole = "\n".join([last, *lines[place : end + 1]])
        match = re.match(r'"((?:[^"]|"")*)"(?:\t(.*))?$', whole, re.DOTALL)
        if match is None:
            break
        cells[-1] = match[1].replace('""', '"')
        place = end + 1
        if match[2] is None:
            break
        cells += match[2].split("\t")
        last = cells[-1]
    return cells, place
