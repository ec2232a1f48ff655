"""Text files: how the bytes are written, records of separated values, and lines of text."""

from __future__ import annotations

import csv
import io

from .limits import Meter
from .lines import LINE_ENDS, typed_cell
from .model import Document, Paragraph, Row, Table, Unreadable

SEPARATORS = (",", ";", "\t", "|")
LOOK_AT = 15
BINARY = "This file is not text. Choose a Word, Excel, CSV or web page file, or copy the table and paste it instead."
BROKEN = "This CSV file cannot be read: a quotation mark is opened and never closed. Save it again as CSV or as .xlsx."


def decode_text(content: bytes) -> str:
    """UTF-8 with or without byte order mark, UTF-16 with one, else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as problem:
            raise Unreadable(BINARY) from problem
    if b"\x00" in content:
        raise Unreadable(BINARY)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def separated_table(text: str, separator: str, *, most: int | None = None) -> Table:
    """The records of separated values, empty ones counted, as far as `most`. Fields may be quoted over several lines."""
    meter = Meter()
    rows: list[Row] = []
    width = 0
    csv.field_size_limit(max(len(text), 131072))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, doublequote=True)
    try:
        for number, record in enumerate(reader, start=1):
            if most is not None and number > most:
                break
            meter.row()
            meter.text(sum(map(len, record)))
            meter.cell(sum(1 + value.count("\n") for value in record if value and not value.isspace()))
            cells = {column: typed_cell(value) for column, value in enumerate(record) if value and not value.isspace()}
            cells = {column: cell for column, cell in cells.items() if cell.lines}
            width = meter.width(max(width, 1 + max(cells, default=-1)))
            rows.append(Row(number, cells))
    except csv.Error as problem:
        raise Unreadable(BROKEN) from problem
    return Table(tuple(rows), width)


def likely_separator(text: str) -> str:
    """The separator that occurs most in the first lines."""
    first = "\n".join(LINE_ENDS.split(text[:20_000])[:LOOK_AT])
    return max(SEPARATORS, key=lambda separator: (first.count(separator), -SEPARATORS.index(separator)))


def read_separated(text: str, name: str) -> Document:
    """A CSV file. Which separator it uses can be settled better by who knows the headings, from `source`."""
    return Document("csv", name, (separated_table(text, likely_separator(text)),), source=text)


def read_lines(text: str, name: str) -> Document:
    """A text file or pasted text: its lines, each a paragraph."""
    meter = Meter()
    body: list[Paragraph] = []
    for line in LINE_ENDS.split(text):
        meter.text(len(line))
        cell = typed_cell(line)
        if cell.lines:
            meter.row()
            body.append(Paragraph(cell.lines))
    return Document("text", name, tuple(body), source=text)
