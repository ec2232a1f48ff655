"""Excel, CSV, web pages and pasted text."""

from __future__ import annotations

from datetime import date, datetime

from openpyxl import Workbook

from peerchallenge.tabular import Document, read_file, read_text

from . import making
from .reads import only, read, refs, said, warned

HEAD = ["Ref", "Recommendation", "Action", "Owner", "By when"]


def workbook(*rows: list[object], formats: dict[str, str] | None = None) -> Document:
    book = Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    for place, shown in (formats or {}).items():
        sheet[place].number_format = shown
    import io

    held = io.BytesIO()
    book.save(held)
    return read_file(held.getvalue(), "plan.xlsx")


def page(*parts: str | list[list[str]]) -> Document:
    return read_file(making.web(*parts), "plan.html")


def text_of(document: Document, column: int) -> list[str]:
    return [row.cell(column).text for row in document.tables[0].rows]


def test_numbers_and_percentages_as_text():
    found = workbook([1], [3.0], [1.1], [0.6], [0.125], [1_000_000], [True], [0.1 + 0.2],
                     formats={"A4": "0%", "A5": "0.0%"})  # fmt: skip

    assert text_of(found, 0) == ["1", "3", "1.1", "60%", "13%", "1000000", "TRUE", "0.3"]


def test_dates_as_their_format_shows_them():
    day = date(2024, 10, 3)
    shown = {"A1": "dd/mm/yyyy", "A2": "mmm-yy", "A3": "mmmm yyyy", "A4": "d mmm", "A5": "yyyy", "A6": "dd/mm/yyyy hh:mm",
             "A7": "[$-809]dd mmmm yyyy;@", "A8": "mmm\\-yy"}  # fmt: skip

    found = workbook(*[[day]] * 5, [datetime(2024, 10, 3, 17, 30)], [day], [day], formats=shown)  # noqa: DTZ001 as Excel has it

    assert text_of(found, 0) == ["03/10/2024", "October 2024", "October 2024", "03/10/2024", "2024", "03/10/2024",
                                 "03/10/2024", "October 2024"]  # fmt: skip


def test_sheets_in_order_without_the_hidden_ones():
    book = Workbook()
    for title, text in (("Key recs", "Wall"), ("Old", "Gone"), ("Further recs", "Gate")):
        sheet = book.create_sheet(title)
        sheet.append(HEAD)
        sheet.append(["1", text, "x", "y", "TBC"])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True
        sheet.sheet_state = "hidden" if title == "Old" else "visible"
    import io

    held = io.BytesIO()
    book.save(held)

    found = read(read_file(held.getvalue(), "plan.xlsx"))

    assert [(each.tier, each.text) for each in found.recommendations] == [("key", "Wall"), ("further", "Gate")]
    assert [table.name for table in found.tables] == ["Sheet", "Key recs", "Further recs"]


def test_merged_cells_and_sheet_rows():
    rows = [["Harbour plan"], [None], HEAD, [1, "Wall", "Survey", "Clerk", "May 2025"], [None, None, "Mend", None, "x"],
            ["Boats"], [2, "Gate", "Paint", "Clerk", "TBC"]]  # fmt: skip

    found = read(
        read_file(making.excel(("Plan", rows), merges={"Plan": ["A4:A5", "B4:B5", "D4:D5", "A6:E6"]}), "p.xlsx")
    )

    assert [each.responsible for each in found.recommendations[0].actions] == [("Clerk",), ("Clerk",)]
    assert found.recommendations[1].theme == "Boats"
    assert warned(found) == [("unparsed_timescale", 5, "By when"), ("missing_timescale", 7, "By when")]


def test_a_formula_gives_what_was_stored():
    found = workbook(["Recommendation", "Action"], ["Wall", "=1+1"])

    assert text_of(found, 1) == ["Action", ""]


def test_separators_and_encodings():
    rows = [["Ref", "Recommendation", "Action"], ["1", "Wall, gate; and lock", "Mend – £5 \u2019"]]

    for by in ",;\t|":
        for encoding in ("utf-8", "utf-8-sig", "cp1252", "utf-16"):
            found = only(read(read_file(making.separated(rows, by=by, encoding=encoding), "plan.csv")))
            assert (found.text, found.actions[0].text) == ("Wall, gate; and lock", "Mend – £5 ’")


def test_records_count_with_titles_and_empty_ones():
    content = b'Plan\r\n\r\n"Ref","Recommendation","Action","By when"\r\n1,"Wall\r\nand ""gate""",Mend,\r\n\r\n2,Pots,Mend,x\r\n'

    found = read(read_file(content, "plan.csv"))

    assert found.recommendations[0].text == 'Wall\nand "gate"'
    assert warned(found) == [("missing_timescale", 4, "By when"), ("unparsed_timescale", 6, "By when")]


def test_a_web_table_with_spans_lists_and_entities():
    found = read(
        page(
            "<nav><table><tr><td>Recommendation</td><td>Action</td></tr></table></nav>",
            "<table><caption>Plan</caption><thead><tr><th></th><th>Recommendation<th>Action<th>Owner</tr></thead>"
            "<tr><td rowspan=2>1<td rowspan=2>Wall &amp;amp; gate<td><ul><li>Survey<br>twice<ul><li>by boat</ul><li>Mend</ul>"
            "<td>Clerk<br>Mason</tr><tr><td>Paint&shy;ed<td><p>Clerk</p></tr></table>",
        )
    )

    first, second = only(found).actions
    assert (only(found).ref, only(found).text) == ("1", "Wall &amp; gate")
    assert said(first) == [("note", "Survey\ntwice\nby boat", None), ("note", "Mend", None)]
    assert (second.text, second.responsible) == ("Painted", ("Clerk",))


def test_a_page_of_headings_and_labels():
    found = read(
        page(
            "<h1>Plan</h1><h2>Key recommendations</h2><h3>Boats</h3>",
            "<h4>Recommendation 1: Mend the wall</h4><p><b>Owner:</b> Clerk<br><b>By when:</b> May 2025</p>",
            "<p>We have met.</p><ul><li>Status: Done</li><li>Nothing else.</li></ul>",
            "<h3>Nets</h3><h4>2. Mend the gate</h4><p>Action:</p><ul><li>Survey</li><li>Paint</li></ul>",
            "<dl><dt>By when</dt><dd>May 2025</dd><dd>June 2025</dd><dt>Cost:</dt><dd>£5</dd></dl>",
            "<h5>Notes on money</h5><p>None yet.</p>",
            "<h3>About this page</h3><p>Written by the clerk.</p>",
        )
    )

    first, second = found.recommendations
    assert (first.ref, first.tier, first.theme, first.text) == ("1", "key", "Boats", "Mend the wall")
    assert first.actions[0].responsible == ("Clerk",)
    assert first.actions[0].status.canonical == "complete"
    assert said(first.actions[0]) == [("done", "We have met.", None), ("note", "Nothing else.", None)]
    assert [(each.text, each.timescale.text) for each in second.actions] == [
        ("Survey", "May 2025"),
        ("Paint", "June 2025"),
    ]
    assert second.actions[0].extra == {"Cost": "£5", "Notes on money": "None yet."}
    assert ("missing_owner", 2, "Owner") in warned(found)


def test_numbered_headings_without_labels_are_not_a_plan():
    table = [HEAD, ["1", "Wall", "Mend", "Clerk", "TBC"]]

    assert refs(read(page("<h2>1. Introduction</h2><p>Words.</p><h2>2. The plan</h2>", table))) == ["1"]


def test_pasted_tables():
    pasted = "Plan\n" + making.pasted([HEAD, ["1", "Wall", "Survey\nthen mend", "Clerk", "May 2025"]])
    pasted += "\nBoats\n2\tGate\tPaint\tClerk\tTBC\n\n\t\tLock\t\tJune 2025\nSeen by the mayor."

    found = read(read_text(pasted))

    assert found.recommendations[0].actions[0].text == "Survey\nthen mend"
    assert found.recommendations[1].theme == "Boats"
    assert len(found.recommendations[1].actions) == 2
    assert warned(found) == [
        ("missing_timescale", 6, "By when"),
        ("missing_owner", 8, "Owner"),
        ("skipped_row", 9, None),
    ]


def test_rows_that_lost_their_last_tabs():
    pasted = "Ref\tRecommendation\tAction\tOwner\n1\tWall\tMend\n2\tGate\tPaint\tClerk"

    assert refs(read(read_text(pasted))) == ["1", "2"]


def test_a_quoted_cell_from_a_spreadsheet():
    pasted = 'Ref\tRecommendation\tAction\n1\tWall\t"Survey\nthen ""mend"""\n2\t"Gate\nand lock"\tPaint'

    found = read(read_text(pasted))

    assert found.recommendations[0].actions[0].text == 'Survey\nthen "mend"'
    assert found.recommendations[1].text == "Gate\nand lock"


def test_flattened_text():
    flat = (
        "Welcome\n\nRef Recommendation Position Accountable Responsible Timescale Status\n"
        "1 Mend the sea wall - We have met 2 masons\n- We will mend it\nin May\nMayor Head of Harbours by end of May 2025 On track\n"
        "2 Paint the gate - We will paint\nClerk to the Harbour Dec 25 Not started\n\n3 benches stand there."
    )

    found = read(read_text(flat))

    first, second = found.recommendations[:2]
    assert (first.ref, first.text) == ("1", "Mend the sea wall")
    assert said(first.actions[0]) == [
        ("done", "We have met 2 masons", None),
        ("planned", "We will mend it\nin May", None),
    ]
    assert (first.actions[0].accountable, first.actions[0].responsible) == (("Mayor",), ("Head of Harbours",))
    assert (first.actions[0].timescale.text, first.actions[0].status.text) == ("by end of May 2025", "On track")
    assert (second.actions[0].accountable, second.actions[0].responsible) == (("Clerk to the Harbour",), ())


def test_text_with_commas_is_read_as_separated_values():
    assert refs(read(read_text("Ref,Recommendation,Action\n1,Wall,Mend"))) == ["1"]
