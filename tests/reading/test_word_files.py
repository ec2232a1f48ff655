"""Word files: merges, automatic numbers, tracked changes, headings, and the oddities of other programs."""

from __future__ import annotations

import pytest

from actionplans.reading import Reading
from peerchallenge.tabular import Unreadable, read_file

from . import making
from .making import C, P
from .reads import action, only, read, refs, said, warned

HEAD = ["Ref", "Recommendation", "Action", "Owner", "By when"]
LAST = ["9", "Pots", "Mend them", "Clerk", "May 2025"]


def plan(*parts) -> Reading:  # type: ignore[no-untyped-def]
    return read(read_file(making.word(*parts), "plan.docx"))


def run(text: str, wrapper: str = "{}") -> str:
    return wrapper.format(f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>')


def test_a_cell_merged_down_belongs_to_every_row():
    found = plan(
        [
            HEAD,
            [C("1", down="restart"), C("Wall", down="restart"), "Survey", C("Clerk", down="restart"), "May 2025"],
            [C(down="continue"), C(down="continue"), "Mend", C(down="continue"), "June 2025"],
            [C(down="continue"), C(down="continue"), "", C(down="continue"), ""],
        ]
    )

    assert [(each.text, each.responsible) for each in only(found).actions] == [
        ("Survey", ("Clerk",)),
        ("Mend", ("Clerk",)),
    ]


def test_a_ref_of_its_own_under_a_merged_recommendation_is_kept():
    found = plan(
        [HEAD, ["1.1", C("Wall", down="restart"), "Survey", "Clerk", "May 2025"],
         ["1.2", C(down="continue"), "Mend", "Clerk", "May 2025"]]
    )  # fmt: skip

    assert [each.extra for each in only(found).actions] == [{}, {"Ref": "1.2"}]


def test_automatic_numbers_are_refs_only_in_the_ref_column():
    numbered, lettered = C([P("", listed=(2, 0))]), C([P("", listed=(3, 0))])
    items = C([P("Survey", listed=(2, 0)), P("Mend", listed=(2, 0))])

    found = plan(
        [HEAD, [numbered, "Wall", "x", "y", ""], [lettered, "Gate", items, "y", ""], [numbered, "Pots", "x", "y", ""]]
    )

    assert refs(found) == ["1", "a", "4"]
    assert [each.text for each in found.recommendations[1].actions[0].position] == ["Survey", "Mend"]


def test_list_styles_and_levels_are_bullets():
    cell = C(
        [P("Boats", "ListBullet"), P("big\nand blue", "ListBullet2"), P("Nets", listed=(1, 0)), P("old", listed=(1, 1))]
    )

    assert said(action(plan([HEAD, ["1", "Wall", cell, "Clerk", "May 2025"]]))) == [
        ("note", "Boats\nbig\nand blue", None), ("note", "Nets\nold", None),
    ]  # fmt: skip


def test_tracked_changes():
    raw = (
        run("Mend ")
        + run("the old wall", '<w:del w:id="1">{}</w:del>').replace("w:t", "w:delText")
        + run("the new wall", '<w:ins w:id="2">{}</w:ins>')
        + run(" twice", '<w:moveFrom w:id="3">{}</w:moveFrom>')
    )
    gone = "<w:tr><w:trPr><w:del w:id='4'/></w:trPr>" + "".join(C("gone").xml() for _each in HEAD) + "</w:tr>"

    found = plan([HEAD, ["1", "Wall", C([P("", raw=raw)]), "Clerk", "May 2025"], gone, LAST])

    assert refs(found) == ["1", "9"]
    assert found.recommendations[0].actions[0].text == "Mend the new wall"


def test_a_paragraph_end_that_was_deleted_joins_two_paragraphs():
    first = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>Mend the </w:t></w:r></w:p>"

    found = plan([HEAD, ["1", "Wall", C(raw=first + P("wall").xml()), "Clerk", "May 2025"]])

    assert action(found).text == "Mend the wall"


def test_links_fields_controls_and_special_characters():
    raw = (
        run("Read ")
        + run("the page", '<w:hyperlink w:anchor="x">{}</w:hyperlink>')
        + '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        + run(" 7")
        + run(" or", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>")
        + "<w:r><w:t> co</w:t><w:softHyphen/><w:t>de</w:t><w:noBreakHyphen/><w:t>x</w:t><w:tab/><w:t>end</w:t>"
        + '<w:footnoteReference w:id="2"/></w:r>'
    )

    found = plan([HEAD, ["1", "Wall", C([P("", raw=raw)]), "Clerk", "May 2025"]])

    assert action(found).text == "Read the page 7 or code-x end"


def test_rows_cells_and_tables_inside_content_controls():
    cells = (
        "".join(C(text).xml() for text in LAST[:4]) + f"<w:sdt><w:sdtContent>{C(LAST[4]).xml()}</w:sdtContent></w:sdt>"
    )
    row = f"<w:sdt><w:sdtContent><w:tr>{cells}</w:tr></w:sdtContent></w:sdt>"
    table = making.table_xml([HEAD, row])

    assert action(plan(f"<w:sdt><w:sdtContent>{table}</w:sdtContent></w:sdt>")).timescale.text == "May 2025"


def test_a_table_inside_a_cell_is_lines_of_the_cell():
    inner = making.table_xml([["Survey", "Mend"]]) + P("Paint").xml()

    found = plan([HEAD, ["1", "Wall", C(raw=inner), "Clerk", "May 2025"]])

    assert action(found).text == "Survey\nMend\nPaint"


def test_headings_name_theme_and_tier():
    first, second = [HEAD, ["1", "Wall", "x", "y", "TBC"]], [HEAD, ["2", "Gate", "x", "y", "TBC"]]

    found = plan(P("Boats", "Heading2"), first, P("Key recommendations", "Heading2"), "Some words.", second)

    assert [(each.theme, each.tier) for each in found.recommendations] == [("Boats", None), (None, "key")]
    assert only(plan(P("Boats", "Heading2"), first)).theme is None


def test_a_table_that_goes_on_without_a_header():
    found = plan([HEAD, ["1", "Wall", "x", "y", "TBC"]], "", [["", "", "Paint it", "Mason", "TBC"], LAST],
                 [["Version", "By", "On", "Seen", "Note"], ["1", "Clerk", "May", "Mayor", "None"]])  # fmt: skip

    assert refs(found) == ["1", "9"]
    assert len(found.recommendations[0].actions) == 2
    assert [table.is_plan for table in found.tables] == [True, True, False]


def test_a_header_over_two_rows():
    upper = [C("Ref", down="restart"), C("Recommendation", down="restart"), C("Action", down="restart"), C("Owners", span=2),
             C("Target", down="restart")]  # fmt: skip
    lower = [
        C(down="continue"),
        C(down="continue"),
        C(down="continue"),
        "Accountable",
        "Responsible",
        C(down="continue"),
    ]

    found = action(plan([upper, lower, ["1", "Wall", "x", "Mayor", "Clerk", "soon"]]))

    assert (found.accountable, found.responsible, found.extra) == (("Mayor",), ("Clerk",), {"Target": "soon"})


def test_a_header_that_is_two_rows_of_words():
    upper, lower = ["", "Peer team", "Agreed", "Lead", "Target"], ["Ref", "recommendation", "action", "officer", "date"]

    found = plan([upper, lower, ["1", "Wall", "Mend", "Clerk", "May 2025"]])

    assert action(found).responsible == ("Clerk",)
    assert str(action(found).timescale.due) == "2025-05-31"


def test_a_wide_heading_over_ref_and_text():
    found = plan([[C("Recommendation", span=2), "Action"], ["1", "Wall", "Mend"], ["2", "Gate", "Paint"]])

    assert [(each.ref, each.text) for each in found.recommendations] == [("1", "Wall"), ("2", "Gate")]


def test_cells_cut_differently_from_the_header():
    found = plan([["Ref", C("Recommendation", span=2), "Action"], ["1", C("Wall", span=2), "Mend"],
                  [C("2", span=2), "Gate", "Paint"]])  # fmt: skip

    assert [(each.ref, each.text) for each in found.recommendations] == [("1", "Wall"), ("2", "Gate")]


def test_a_section_over_all_columns_and_a_starred_footnote():
    found = plan([HEAD, [C("Boats", span=5)], LAST, [C("* dates are guesses", span=5)]])

    assert only(found).theme == "Boats"
    assert warned(found) == [("skipped_row", 4, None)]


def test_a_plan_under_headings_where_there_is_no_table():
    found = plan(
        P("Action plan", "Heading1"),
        P("Recommendation 1: Mend the wall", "Heading2"),
        P("Owner: Clerk"),
        P("By when: May 2025"),
    )

    assert (only(found).text, action(found).responsible) == ("Mend the wall", ("Clerk",))


def test_a_file_without_a_table():
    with pytest.raises(Unreadable, match="could not find a table"):
        read_file(making.word("Only words."), "plan.docx")
