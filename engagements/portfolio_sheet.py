"""The list of challenges as a spreadsheet. Words are written as text, so that nothing in them is ever calculated."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from engagements.queries import Line
from peerchallenge.web.words import long_date

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    ("Council", 36),
    ("Reference", 16),
    ("Challenge", 18),
    ("Region", 22),
    ("First day of visit", 16),
    ("Last day of visit", 16),
    ("Date of visit is", 14),
    ("Stage", 18),
    ("Next deadline", 32),
    ("Due", 12),
    ("Days late", 10),
    ("Manager", 22),
)
BOLD = Font(bold=True)


def portfolio_workbook(lines: Sequence[Line], *, today: dt.date) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator = "Peer challenge"
    book.properties.title = f"Challenges, {long_date(today)}"
    sheet = book.create_sheet("Challenges")
    sheet.freeze_panes = "A2"
    for column, (_, width) in enumerate(HEADS):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    sheet.append([_cell(sheet, head, font=BOLD) for head, _ in HEADS])
    for line in lines:
        challenge, days = line.challenge, line.days(today)
        values = (
            challenge.council,
            challenge.reference,
            challenge.kind,
            challenge.region,
            challenge.visit_starts_on,
            challenge.visit_ends_on,
            "" if challenge.visit_starts_on is None else "confirmed" if challenge.visit_is_confirmed else "proposed",
            challenge.stage_words,
            line.deadline_words,
            line.due_on,
            -days if days is not None and days < 0 else None,
            challenge.manager or "",
        )
        sheet.append([_cell(sheet, value) for value in values])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _cell(sheet: object, value: str | dt.date | int | None, *, font: Font | None = None) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value="")
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"  # else a text that begins with = becomes a formula
    else:
        cell.value = value
        if isinstance(value, dt.date):
            cell.number_format = "d mmmm yyyy"
    if font:
        cell.font = font
    return cell
