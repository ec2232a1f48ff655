"""Web pages: tables, headings, paragraphs and lists of the body, read as a stream.

Navigation, page headers and footers, asides, scripts and styles are left out. Nothing the page points to is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from .limits import MAX_SPAN, Meter
from .lines import INVISIBLE, listed_lines, tidy, typed_line
from .model import Cell, Document, Line, Paragraph, Row, Table, Unreadable

IGNORED = frozenset("script style nav header footer aside head template svg math object iframe".split())
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    "p div ul ol li dl dt dd section article main form fieldset address blockquote figure figcaption pre details "
    "summary caption table tr td th thead tbody tfoot hr body center".split()
) | set(HEADINGS)
BREAKS = frozenset({"br"})
BOLD = frozenset({"b", "strong"})
LISTS = frozenset({"ul", "ol", "menu", "dir"})
WHITE = re.compile(r"[ \t\n\r\f]+")
META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([A-Za-z0-9._-]{2,30})""", re.IGNORECASE)
DEEPEST = 200
NOT_A_PAGE = "This web page cannot be read. Open it in a browser, copy the table and paste it instead."


@dataclass
class Flow:
    """The text of one cell or of the page outside tables, gathered line by line."""

    lines: list[Line] = field(default_factory=list)
    text: list[tuple[str, bool]] = field(default_factory=list)
    lists: int = 0
    item: int | None = None
    fresh: bool = False
    below: bool = False

    def end_line(self) -> None:
        """Finish the line being gathered, as a bullet, as part of the bullet it stands in, or as a line."""
        whole = WHITE.sub(" ", "".join(text for text, _bold in self.text))
        bold = bold_start(self.text)
        self.text = []
        if self.item is not None:
            for line in listed_lines([whole], level=self.item):
                begins = self.fresh
                self.fresh = False
                self.below = True
                self.lines.append(Line(line.text, begins, line.level, inside=not begins, marker=line.marker, bold=bold))
            return
        read = typed_line(whole.lstrip(" "), below_a_bullet=self.below)
        if read is not None:
            self.below = self.below or read.bullet
            self.lines.append(Line(read.text, read.bullet, read.level, marker=read.marker, bold=bold))


def bold_start(pieces: list[tuple[str, bool]]) -> str:
    """The bold text a line begins with."""
    start = ""
    for text, bold in pieces:
        if not bold and tidy(text):
            break
        start += INVISIBLE.sub("", text)
    return tidy(start)


@dataclass
class Building:
    """A table while its rows come in.

    `covering` is what reaches down into the row being read, column to (cell, rows left); `kept` into the next one.
    """

    heading: str
    rows: list[Row] = field(default_factory=list)
    seen: int = 0
    width: int = 0
    cells: dict[int, Cell] = field(default_factory=dict)
    above: set[int] = field(default_factory=set)
    column: int = 0
    span: tuple[int, int] = (1, 1)
    covering: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    kept: dict[int, tuple[Cell, int]] = field(default_factory=dict)
    open_row: bool = False
    open_cell: bool = False

    def skip_covered(self) -> None:
        while self.column in self.covering:
            cell, left = self.covering.pop(self.column)
            if cell.lines:
                self.cells[self.column] = cell
                self.above.add(self.column)
            for covered in [at for at in self.covering if self.column <= at < self.column + cell.width]:
                del self.covering[covered]
            if left > 1:
                self.kept[self.column] = (cell, left - 1)
            self.column += cell.width


def whole(text: str | None) -> int:
    return max(1, min(int(text), MAX_SPAN)) if text and text.strip().isdecimal() and len(text) < 6 else 1


class Page:
    """Receives the page tag by tag."""

    def __init__(self) -> None:
        self.body: list[Paragraph | Table] = []
        self.meter = Meter()
        self.ignoring = 0
        self.depth = 0
        self.bold = 0
        self.table_depth = 0
        self.table: Building | None = None
        self.flow = Flow()
        self.outside = self.flow
        self.heading = 0
        self.part = "text"
        self.last_heading = ""
        self.items: list[tuple[int | None, bool]] = []
        self.outer_items: list[tuple[int | None, bool]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST * 5:
            raise Unreadable(NOT_A_PAGE)
        if self.ignoring or tag in IGNORED:
            self.ignoring += 1
            return
        if tag in BOLD:
            self.bold += 1
        elif tag in BREAKS:
            self.break_line()
        elif tag == "table":
            self.start_table()
        elif self.table is not None and self.table_depth == 1 and tag in ("tr", "td", "th"):
            self.start_cell(tag, attributes)
        elif tag in BLOCKS or tag in LISTS:
            self.end_block()
            if tag in LISTS:
                self.flow.lists += 1
            elif tag == "li":
                self.items.append((self.flow.item, self.flow.fresh))
                self.flow.item = max(self.flow.lists - 1, 0)
                self.flow.fresh = True
            elif self.table is None:
                self.heading = HEADINGS.get(tag, self.heading)
                self.part = {"dt": "term", "dd": "definition"}.get(tag, self.part)
        elif tag in ("td", "th", "tr"):
            self.end_block()

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.ignoring:
            self.ignoring -= 1
        elif tag in BOLD:
            self.bold = max(self.bold - 1, 0)
        elif tag == "table":
            self.end_table()
        elif self.table is not None and self.table_depth == 1 and tag in ("tr", "td", "th", "tbody", "thead", "tfoot"):
            self.end_cell(tag)
        elif tag in BLOCKS or tag in LISTS:
            self.end_block()
            if tag in LISTS:
                self.flow.lists = max(self.flow.lists - 1, 0)
            elif tag == "li" and self.items:
                self.flow.item, self.flow.fresh = self.items.pop()
            elif self.table is None:
                self.heading = 0 if tag in HEADINGS else self.heading
                self.part = "text" if tag in ("dt", "dd") else self.part

    def data(self, text: str) -> None:
        if not self.ignoring:
            self.meter.text(len(text))
            self.flow.text.append((text, self.bold > 0))

    def comment(self, _text: str) -> None:
        return

    def close(self) -> tuple[Paragraph | Table, ...]:
        while self.table is not None:
            self.end_table()
        self.end_block()
        return tuple(self.body)

    def break_line(self) -> None:
        self.flow.end_line()

    def end_block(self) -> None:
        """End the line, and outside tables also the paragraph."""
        self.flow.end_line()
        if self.table is not None or not self.flow.lines:
            return
        lines = tuple(self.flow.lines)
        self.flow.lines = []
        self.meter.row()
        if self.heading:
            lines = tuple(Line(line.text, bold=line.bold) for line in lines)
            self.last_heading = " ".join(line.text for line in lines)
            self.body.append(Paragraph(lines, heading=self.heading))
            return
        part = "item" if self.part == "text" and (lines[0].bullet or lines[0].inside) else self.part
        self.body.append(Paragraph(lines, part=part))

    def start_table(self) -> None:
        self.end_block()
        self.table_depth += 1
        if self.table_depth == 1:
            self.table = Building(self.last_heading)
            self.flow = Flow()
            self.outer_items, self.items = self.items, []

    def start_cell(self, tag: str, attributes: dict[str, str]) -> None:
        table = self.table
        if table is None:
            return
        if self.flow.lines and not table.open_cell:
            self.body.append(Paragraph(tuple(self.flow.lines)))
            self.flow = Flow()
        self.end_cell("tr" if tag == "tr" else "td")
        if not table.open_row:
            self.meter.row()
            table.open_row, table.cells, table.above, table.column = True, {}, set(), 0
            table.seen += 1
        if tag != "tr":
            table.skip_covered()
            table.open_cell = True
            down = MAX_SPAN if attributes.get("rowspan", "").strip() == "0" else whole(attributes.get("rowspan"))
            table.span = (whole(attributes.get("colspan")), down)
            self.flow = Flow()
            self.items = []

    def end_cell(self, tag: str) -> None:
        """End the cell being read, and for the end of a row or of a group of rows also the row."""
        table = self.table
        if table is None:
            return
        if table.open_cell:
            self.flow.end_line()
            width, height = table.span
            cell = Cell(tuple(self.flow.lines), width, height)
            if cell.lines:
                self.meter.cell(len(cell.lines))
                table.cells[table.column] = cell
            if height > 1:
                table.kept[table.column] = (cell, height - 1)
            table.column = self.meter.width(table.column + width)
            table.open_cell = False
            self.flow = Flow()
        if tag not in ("td", "th") and table.open_row:
            for column in sorted(table.covering):
                if column in table.covering:
                    table.column = column
                    table.skip_covered()
            table.width = max([table.width, table.column, *(at + cell.width for at, cell in table.cells.items())])
            self.meter.cell(len(table.above))
            table.rows.append(Row(table.seen, dict(sorted(table.cells.items())), frozenset(table.above)))
            table.covering, table.kept, table.open_row = table.kept, {}, False
        if tag in ("tbody", "thead", "tfoot"):
            table.covering = {}

    def end_table(self) -> None:
        self.table_depth -= 1
        if self.table_depth > 0:
            self.flow.end_line()
            return
        self.table_depth = 0
        if self.table is not None:
            self.end_cell("tr")
            self.body.append(Table(tuple(self.table.rows), self.table.width, heading=self.table.heading))
        self.table = None
        self.flow = self.outside
        self.items = self.outer_items


def decode_page(content: bytes) -> str:
    """UTF-8 where the bytes allow it; else what the page declares; else Windows-1252."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = META.search(content[:4096])
    try:
        return content.decode(declared[1].decode("ascii") if declared else "cp1252", errors="replace")
    except LookupError:
        return content.decode("cp1252", errors="replace")


def read_web(content: bytes, name: str) -> Document:
    """Read a saved or published web page."""
    text = decode_page(content).replace("\x00", "")
    parser = etree.HTMLParser(target=Page(), encoding="utf-8", no_network=True, huge_tree=False)
    piece = 1 << 16
    try:
        for start in range(0, len(text), piece):
            parser.feed(text[start : start + piece].encode("utf-8", errors="replace"))
        body = parser.close()
    except etree.LxmlError as problem:
        raise Unreadable(NOT_A_PAGE) from problem
    return Document("web", name, body)
