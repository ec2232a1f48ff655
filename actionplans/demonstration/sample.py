"""The sample Word file: the plan of the invented council that has a final report and no plan yet."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.shared import Mm

from engagements.models import Engagement

STORY = Path(__file__).parent / "fenwick_vale.json"
HEADINGS = (
    "Ref",
    "Recommendation",
    "Position on the recommendation",
    "Accountable",
    "Responsible",
    "Timescale",
    "Status",
)
WIDTHS = (12, 62, 75, 32, 38, 22, 24)


def has_sample(engagement: Engagement) -> bool:
    """Whether the demonstration offers a sample plan for this challenge."""
    return engagement.council.is_invented and engagement.council.slug == _story()["council"]


def sample_plan(engagement: Engagement) -> bytes:
    """A Word file with the plan in a table, as a council would keep it. Months are counted from the visit."""
    story = _story()
    words = {entry["ref"]: entry["text"] for entry in story["recommendations"]}
    document = Document()
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    document.add_heading(f"{engagement.council.name}: action plan", level=1)
    document.add_paragraph(
        "Our answer to the recommendations of the peer challenge. Every word of this file is invented."
    )
    table = document.add_table(rows=1, cols=len(HEADINGS), style="Table Grid")
    _fill(table.rows[0], [[heading] for heading in HEADINGS])
    for entry in story["plan"]:
        timescale = entry.get("timescale") or _month(engagement, entry["due"] + story["visit_months_ago"])
        row = [
            [entry["ref"]],
            [words[entry["ref"]]],
            [f"- {line}" for line in entry["position"]],
            [entry["accountable"]],
        ]
        _fill(table.add_row(), [*row, [entry["responsible"]], [timescale], [entry["status"]]])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _story() -> dict[str, Any]:
    story: dict[str, Any] = json.loads(STORY.read_text(encoding="utf-8"))
    return story


def _fill(row: Any, cells: list[list[str]]) -> None:
    for cell, lines, width in zip(row.cells, cells, WIDTHS, strict=True):
        cell.width = Mm(width)
        cell.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            cell.add_paragraph(line)


def _month(engagement: Engagement, months: int) -> str:
    starts = engagement.visit_starts_on or dt.date.today()  # noqa: DTZ011  # a month is enough
    years, month = divmod(starts.month - 1 + months, 12)
    return f"{dt.date(starts.year + years, month + 1, 1):%b %y}"
