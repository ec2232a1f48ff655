"""For any table in any format: nothing crashes, every word of its rows is in the reading, and JSON carries it all."""

from __future__ import annotations

import json
from html import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from actionplans.reading import Reading, read_plan, to_gold, words_left_out
from actionplans.reading.losses import texts_in, words_of
from peerchallenge.tabular import Document, Unreadable, read_file, read_text

from . import making

HEADINGS = [
    "Ref", "Theme", "Type", "Recommendation", "Response", "Action", "Progress", "Update June 2025", "Accountable",
    "Lead officer", "Owner", "Portfolio holder", "By when", "Deadline", "RAG", "Status", "Cost", "Cost", "",
]  # fmt: skip
PHRASES = [
    "Blue", "Green", "Amber (Q1)", "In progress", "Complete", "Completed March 2025", "Oct 24", "31/03/2025", "Ongoing",
    "July 2025 and ongoing", "TBC", "N/A", "-", "–", "see 2", "as per 1.1", "Accepted", "Agreed in part, subject to cost",
    "Further recommendations", "Key", "Total", "Note: a footnote", "* starred", "1", "R2", "3(a)", "b)", "2.1",
    "Recommendation 4 - Mend the roof", "12/02/25: six walks held", "We have met", "We will meet", "60%",
    "Head of Parks; Clerk / Treasurer", "Director of Roads &", "o dan y bont", "<b>bold</b>", "=SUM(A1:A2)",
    "Llŷn a’r Môr", "e\u0301t\u00e9", "\u00adsoft\u200bness", "Рада", "計画", "🚲 lanes",
]  # fmt: skip
WORDS = st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Co", "Cn")), max_size=30)
PIECE = st.one_of(st.sampled_from(PHRASES), st.sampled_from(PHRASES), WORDS)
LINE = st.builds(lambda mark, text: mark + text, st.sampled_from(["", "", "", "- ", "• ", "  o ", "    – "]), PIECE)
CELL = st.one_of(st.just(""), PIECE, st.lists(LINE, max_size=4).map("\n".join))
TABLE = st.integers(min_value=2, max_value=8).flatmap(
    lambda width: st.tuples(
        st.permutations(HEADINGS).map(lambda found: found[: width - 2]),
        st.lists(st.lists(CELL, min_size=width, max_size=width), max_size=7),
    )
)
SETTINGS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rows_of(table: tuple[list[str], list[list[str]]]) -> list[list[str]]:
    headings, rows = table
    return [["Recommendation", "Action", *headings], *rows]


def check(document: Document) -> Reading:
    """Nothing lost by the reader's own count, and none by a count made on the rows of the file alone."""
    reading = read_plan(document)
    assert not words_left_out(document, reading)
    assert Reading.from_dict(json.loads(json.dumps(reading.to_dict()))) == reading
    json.dumps(to_gold(reading))
    assert all(warning.sentence for warning in reading.warnings)
    return reading


def check_words(document: Document, rows: list[list[str]]) -> None:
    """Every word of the rows is in the reading or in a row that a warning names."""
    reading = check(document)
    kept = {word for text in texts_in(reading) for word in words_of(text)}
    kept |= {word for warning in reading.warnings for word in words_of(warning.text)}
    kept |= {word for heading in rows[0] for word in words_of(heading)} | {"o"}
    for row in rows[1:]:
        for cell in row:
            text = cell.replace("\u00ad", "").replace("\u200b", "").replace("\u2060", "").replace("\ufeff", "")
            assert [word for word in words_of(text) if word not in kept] == []


@SETTINGS
@given(TABLE)
def test_a_word_table(table):
    rows = rows_of(table)
    check_words(read_file(making.word(rows), "plan.docx"), rows)


@SETTINGS
@given(TABLE)
def test_separated_values(table):
    rows = rows_of(table)
    check_words(read_file(making.separated(rows), "plan.csv"), rows)


@SETTINGS
@given(TABLE)
def test_a_web_table(table):
    rows = rows_of(table)
    cells = [["<br>".join(escape(line) for line in cell.split("\n")) for cell in row] for row in rows]
    check_words(read_file(making.web(cells), "plan.html"), rows)


@SETTINGS
@given(TABLE)
def test_pasted_text(table):
    rows = rows_of(table)
    try:
        document = read_text(making.pasted(rows))
    except Unreadable:
        return
    check_words(document, rows)


@settings(SETTINGS, max_examples=60)
@given(TABLE)
def test_a_workbook(table):
    rows = rows_of(table)
    typed = [[None if cell == "" else "'" + cell if cell.startswith("=") else cell for cell in row] for row in rows]
    check_words(read_file(making.excel(("Plan", typed)), "plan.xlsx"), rows)


MERGE = st.sampled_from(["", "", "restart", "continue"])
WORD_CELL = st.builds(making.C, content=CELL, span=st.sampled_from([1, 1, 1, 2, 3]), down=MERGE)


@SETTINGS
@given(st.lists(st.lists(WORD_CELL, min_size=1, max_size=8), min_size=1, max_size=8))
def test_any_merged_word_table(rows):
    header = ["Ref", "Recommendation", "Action", "Owner", "By when", "Status"]

    check(read_file(making.word([header, *rows]), "plan.docx"))


@SETTINGS
@given(
    st.lists(
        st.lists(st.tuples(CELL, st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=7), min_size=1, max_size=7
    )
)
def test_any_merged_web_table(rows):
    header = "".join(f"<th>{h}</th>" for h in ["Ref", "Recommendation", "Action", "Owner", "By when", "Status"])
    body = "".join(
        "<tr>" + "".join(f'<td colspan="{w}" rowspan="{h}">{escape(text)}</td>' for text, w, h in row) + "</tr>"
        for row in rows
    )

    check(read_file(making.web(f"<table><tr>{header}</tr>{body}</table>"), "plan.html"))


@SETTINGS
@given(st.text(max_size=400))
def test_any_text_at_all(text):
    try:
        check(read_text(text))
    except Unreadable:
        return


@SETTINGS
@given(st.lists(st.tuples(st.sampled_from(["h1", "h2", "h3", "h4", "p", "li", "ul", "ol", "dl", "dt", "dd", "strong",
                                            "br", "div", "table", "tr", "td", "nav"]), st.booleans(), PIECE), max_size=40))  # fmt: skip
def test_any_web_page(pieces):
    page = "".join(f"<{'/' if closes else ''}{tag}>{escape(text)}" for tag, closes, text in pieces)
    try:
        check(read_file(making.web("<h2>Recommendation 1: Be kind</h2>", page), "plan.html"))
    except Unreadable:
        return


@settings(SETTINGS, max_examples=300)
@given(st.binary(max_size=300), st.sampled_from(["", "PK\x03\x04", "<html>", "MZ", "%PDF-", "\xff\xfe"]),
       st.sampled_from(["plan.docx", "plan.xlsx", "plan.csv", "plan.txt", "plan.html", "plan"]))  # fmt: skip
def test_any_bytes_at_all(content, start, name):
    try:
        check(read_file(start.encode("latin-1") + content, name))
    except Unreadable as problem:
        refusal = str(problem)
    else:
        refusal = "Read."
    assert refusal.endswith(".")
