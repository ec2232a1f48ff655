"""The plan as a spreadsheet: the rows a page shows, every cell as text, so that nothing in it is ever calculated."""

import datetime as dt
from collections.abc import Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from actionplans.lines import ActionLine
from actionplans.queries import PlanTable
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from engagements.models import Engagement

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADS = (
    ("Recommendation", 12),
    ("Words of the recommendation", 50),
    ("Response", 30),
    ("Ref", 8),
    ("Action", 60),
    ("Accountable", 28),
    ("Responsible", 28),
    ("Other owners", 28),
    ("Timescale", 16),
    ("Due date", 12),
    ("First timescale", 16),
    ("Times moved", 8),
    ("Days overdue", 8),
    ("Status", 18),
    ("Confidence", 14),
    ("Latest update", 60),
    ("Date of latest update", 14),
    ("Completed", 12),
)
TOP = Alignment(vertical="top", wrap_text=True)
BOLD = Font(bold=True)


def plan_workbook(engagement: "Engagement", table: PlanTable, *, today: dt.date) -> bytes:
    book = Workbook(write_only=True)
    book.properties.creator = "Peer challenge"
    book.properties.title = f"Action plan, {engagement.council.name}, {long_date(today)}"
    sheet = book.create_sheet("Action plan")
    sheet.freeze_panes = "A2"
    for column, (_, width) in enumerate(HEADS):
        sheet.column_dimensions[chr(ord("A") + column)].width = width
    add_row(sheet, [head for head, _ in HEADS], font=BOLD)
    for group in table.groups:
        for line in group.lines:
            add_row(sheet, cells_of(line, [group.label, group.text, group.answer]))
        if not group.lines:
            add_row(sheet, [group.label, group.text, group.answer])
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def cells_of(line: ActionLine, recommendation: Sequence[str]) -> list[str]:
    return [
        *recommendation,
        line.ref,
        line.headline,
        line.accountable,
        line.responsible,
        line.others,
        line.timescale,
        line.due_on.isoformat() if line.due_on else "",
        line.original_timescale,
        str(line.times_moved) if line.times_moved else "",
        str(line.days_late) if line.days_late else "",
        line.status_words,
        "Closed" if line.is_finished else line.confidence_words,
        line.latest_words,
        line.latest_on.isoformat() if line.latest_on else "",
        line.completed_on.isoformat() if line.completed_on else "",
    ]


def add_row(sheet: WriteOnlyWorksheet, values: Sequence[str], *, font: Font | None = None) -> None:
    cells = []
    for value in values:
        cell = WriteOnlyCell(sheet, value="")
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)[:32_767]
        cell.data_type = "s"  # else a text that begins with = becomes a formula
        cell.alignment = TOP
        if font:
            cell.font = font
        cells.append(cell)
    sheet.append(cells)
