"""Files as councils would send them, with invented words."""

import io
from collections.abc import Sequence

from docx import Document

HEADINGS = ("Ref", "Recommendation", "Position", "Accountable", "Responsible", "Timescale", "Status")
ROWS = (
    (
        "1",
        "Say in one page what the borough should be",
        "- We have asked the parishes\n- We will print the page",
        "Leader of the Council",
        "Chief Executive",
        "Nov 24",
        "In progress",
    ),
    (
        "4",
        "Mend the town hall’s roof — tŷ newydd",
        "- We will ask for offers",
        "Chief Executive",
        "Head of Property",
        "Spring 2025",
        "Half done",
    ),
    ("5", "=SUM(A1:A3) <b>urgent</b>", "We have begun", "Mayor", "Head of Finance", "1 May 2023", "Complete"),
)


def word_file(rows: Sequence[Sequence[str]] = ROWS, headings: Sequence[str] = HEADINGS) -> bytes:
    document = Document()
    table = document.add_table(rows=0, cols=len(headings))
    for row in (headings, *rows):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            first, *more = words.split("\n")
            cell.paragraphs[0].text = first
            for line in more:
                cell.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
