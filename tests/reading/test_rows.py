"""Rows: what is a recommendation, one more action, a section, a footnote; references, parents, tiers and themes."""

from __future__ import annotations

import pytest

from .reads import action, only, read, refs, warned

HEAD = ["Ref", "Recommendation", "Action", "Owner", "By when"]


def plan(*rows: list[str] | str, head: list[str] | None = None) -> list[list[str]]:
    head = head or HEAD
    return [head, *([row] if isinstance(row, str) else row for row in rows)]


def full(ref: str, text: str, doing: str = "Mend it", owner: str = "Clerk", when: str = "May 2025") -> list[str]:
    return [ref, text, doing, owner, when]


def test_the_header_may_stand_below_titles():
    titles = [["Harbour Council"], ["Plan"], []]

    found = read([*titles, *plan(full("1", "Mend the wall"))])

    assert refs(found) == ["1"]
    assert found.tables[0].header_row == 4
    assert found.tables[0].title == "Harbour Council Plan"


def test_a_table_without_a_recommendation_is_no_plan():
    found = read([["Action", "Owner"], ["Mend", "Clerk"]])

    assert found.recommendations == ()
    assert "Action, Owner" in found.problem


def test_a_heading_with_the_word_in_it_will_do_when_there_is_no_other():
    found = read([["The peers’ recommendation to us", "Action"], ["Mend the wall", "Start"]])

    assert only(found).text == "Mend the wall"
    assert found.problem == ""


def test_empty_rows_and_repeated_headers_are_ignored():
    found = read(plan(full("1", "Wall"), ["", "", "", "", ""], ["", "-", "", "", ""], HEAD, full("2", "Gate")))

    assert refs(found) == ["1", "2"]
    assert found.warnings == ()


def test_a_new_header_inside_a_table_counts_from_there():
    found = read(plan(full("1", "Wall"), ["No.", "Suggestion", "Owner", "Action", "Deadline"],
                      ["2", "Gate", "Mason", "Paint", "June 2025"]))  # fmt: skip

    assert [(each.ref, each.tier) for each in found.recommendations] == [("1", None), ("2", "further")]
    assert found.recommendations[1].actions[0].responsible == ("Mason",)


def test_a_line_of_its_own_is_a_theme():
    found = read(plan("Boats", full("1", "Wall"), full("2", "Gate"), "Nets", full("3", "Pots")))

    assert [each.theme for each in found.recommendations] == ["Boats", "Boats", "Nets"]


def test_a_tier_phrase_in_a_line_sets_the_tier_and_clears_the_theme():
    rows = plan("Boats", full("1", "Wall"), "Further recommendations", full("2", "Gate"), "Nets", full("3", "Pots"),
                "Key recommendations: money", full("4", "Purse"))  # fmt: skip

    found = read(rows)

    assert [(each.tier, each.theme) for each in found.recommendations] == [
        (None, "Boats"), ("further", None), ("further", "Nets"), ("key", "Key recommendations: money"),
    ]  # fmt: skip


def test_lines_after_the_last_recommendation_are_footnotes():
    found = read(plan(full("1", "Wall"), "Seen by the committee", "and by the mayor"))

    assert warned(found) == [("skipped_row", 3, None), ("skipped_row", 4, None)]


def test_a_line_that_names_nothing_below_it_is_not_lost():
    found = read(plan("Boats", "Nets", full("1", "Wall")))

    assert only(found).theme == "Nets"
    assert warned(found) == [("skipped_row", 2, None)]


@pytest.mark.parametrize(
    "start",
    ["Total", "Totals 5", "Sub-total", "Grand total: 5", "Note: dates are guesses", "Source: minutes", "Key: R = red",
     "Last updated in May", "Prepared by the clerk", "* a footnote"],
)  # fmt: skip
def test_totals_and_notes_are_skipped(start):
    found = read(plan(full("1", "Wall"), [start, "", "", "", ""], full("2", "Gate")))

    assert refs(found) == ["1", "2"]
    assert warned(found) == [("skipped_row", 3, None)]


def test_a_recommendation_may_begin_like_a_total():
    head = ["Recommendation", "Action"]

    found = read(
        plan(["Total the costs", "Add them up"], ["* Be kind", "Smile"], ["Notes are useful", "Keep them"], head=head)
    )

    assert [each.text for each in found.recommendations] == ["Total the costs", "Be kind", "Notes are useful"]


def test_a_row_without_ref_and_recommendation_is_one_more_action():
    found = read(plan(full("1", "Wall"), ["", "", "Paint it", "Mason", ""]))

    assert [each.text for each in only(found).actions] == ["Mend it", "Paint it"]
    assert only(found).actions[1].timescale.text == ""
    assert warned(found) == [("missing_timescale", 3, "By when")]


def test_one_more_action_of_nothing_is_skipped():
    found = read(plan(["", "", "Paint it", "Mason", ""], full("1", "Wall")))

    assert refs(found) == ["1"]
    assert warned(found) == [("skipped_row", 2, None)]


def test_the_same_ref_and_text_again_is_one_recommendation():
    found = read(plan(full("1", "Wall"), full("2", "Gate"), full("1", "Wall", "Paint it")))

    assert refs(found) == ["1", "2"]
    assert [each.text for each in found.recommendations[0].actions] == ["Mend it", "Paint it"]


def test_the_same_text_without_refs_is_one_recommendation():
    head = ["Recommendation", "Action"]

    assert len(only(read(plan(["Wall", "Mend"], ["Wall", "Paint"], head=head))).actions) == 2


def test_the_same_ref_with_another_text_is_warned_of():
    found = read(plan(full("1", "Wall"), full("1", "Gate")))

    assert refs(found) == ["1", "1"]
    assert warned(found) == [("duplicate_ref", 3, "Ref")]


def test_a_ref_in_the_text_is_warned_of_in_that_column():
    head = ["Recommendation", "Action"]

    assert warned(read(plan(["R1: Wall", "Mend"], ["R1: Gate", "Paint"], head=head))) == [
        ("duplicate_ref", 3, "Recommendation")
    ]


def test_parents():
    rows = [full(ref, f"Text {ref}") for ref in ("3", "3(a)", "4", "a)", "(b)", "5", "5.1", "5.1(a)", "6.1")]

    found = read(plan(*rows))

    assert [(each.ref, each.parent_ref) for each in found.recommendations] == [
        ("3", None), ("3(a)", "3"), ("4", None), ("a", "4"), ("b", "4"), ("5", None), ("5.1", "5"), ("5.1(a)", "5.1"),
        ("6.1", None),
    ]  # fmt: skip


def test_a_parent_is_of_the_same_tier():
    found = read(plan("Key recommendations", full("1", "Wall"), "Further recommendations", full("1.1", "Gate")))

    assert [each.parent_ref for each in found.recommendations] == [None, None]


def test_a_recommendation_that_only_heads_others_lacks_nothing():
    found = read(plan(["1", "Wall", "", "", ""], full("1(a)", "Stones"), ["2", "Gate", "", "", ""]))

    assert [len(each.actions) for each in found.recommendations] == [0, 1, 0]
    assert warned(found) == [("missing_owner", 4, "Owner"), ("missing_timescale", 4, "By when")]


def test_the_tier_column_carries_on_and_decides():
    head = ["Ref", "Type", "Recommendation", "Action"]
    rows = [
        ["1", "Key", "Wall", "x"],
        ["2", "", "Gate", "x"],
        ["3", "Further", "Pots", "x"],
        ["4", "Local", "Nets", "x"],
    ]

    found = read(plan(*rows, head=head))

    assert [each.tier for each in found.recommendations] == ["key", "key", "further", None]
    assert found.recommendations[3].actions[0].extra == {"Type": "Local"}


def test_the_heading_of_the_column_may_name_the_tier():
    assert only(read([["Key recommendation", "Action"], ["Wall", "Mend"]])).tier == "key"


def test_the_theme_column_carries_on():
    head = ["Theme", "Recommendation", "Action"]

    found = read(plan(["Boats", "Wall", "x"], ["", "Gate", "x"], ["Nets", "Pots", "x"], head=head))

    assert [each.theme for each in found.recommendations] == ["Boats", "Boats", "Nets"]


def test_a_column_without_a_heading_may_hold_the_refs():
    head = ["", "Recommendation", "Action", ""]

    found = read(
        plan(["1a", "Wall", "x", "see"], ["1)", "Gate", "x", ""], "Boats", ["KR 2", "Pots", "x", ""], head=head)
    )

    assert refs(found) == ["1a", "1", "KR 2"]
    assert found.recommendations[0].actions[0].extra == {"Column 4": "see"}


def test_unknown_columns_are_kept_and_two_of_one_name_are_joined():
    head = ["Recommendation", "Action", "Cost\nin pounds", "Cost in pounds", "Revised date"]

    found = action(read(plan(["Wall", "x", "5", "6", "May 2026"], head=head)))

    assert found.extra == {"Cost in pounds": "5\n6", "Revised date": "May 2026"}


def test_several_columns_of_one_kind():
    head = [
        "Recommendation",
        "Action",
        "Owner",
        "Lead officer",
        "Cabinet member",
        "RAG",
        "Status",
        "Deadline",
        "By when",
    ]

    found = action(read(plan(["Wall", "x", "Clerk", "Mason", "Mayor; Deputy", "Blue", "Delayed", "May 2025", "June 2025"],
                             head=head)))  # fmt: skip

    assert found.responsible == ("Clerk",)
    assert found.other_owners == {"Lead officer": ("Mason",), "Cabinet member": ("Mayor", "Deputy")}
    assert (found.status.text, found.timescale.text) == ("Delayed", "May 2025")
    assert found.extra == {"RAG": "Blue", "By when": "June 2025"}


def test_an_original_recommendation_is_the_theme_of_another():
    found = only(read([["Original recommendation", "Recommendation", "Action"], ["Old words", "New words", "x"]]))

    assert (found.theme, found.text) == ("Old words", "New words")


def test_an_answer_in_more_words_is_the_action_where_there_is_no_other():
    found = only(read([["Recommendation", "Response", "Owner"], ["Wall", "Accepted.\n- We will mend it", "Clerk"]]))

    assert (found.response, found.actions[0].text) == ("accepted", "Accepted.\nWe will mend it")


def test_an_answer_in_more_words_is_kept_beside_an_action():
    rows = [
        ["Ref", "Recommendation", "Response", "Action"],
        ["1", "Wall", "Agreed, in time", "Mend"],
        ["", "", "", "Paint"],
    ]

    found = only(read(rows))

    assert [each.extra for each in found.actions] == [{"Response": "Agreed, in time"}, {}]


def test_an_answer_alone_is_no_action():
    found = read([["Recommendation", "Response", "Owner"], ["Wall", "Accepted", ""]])

    assert (only(found).response, only(found).actions) == ("accepted", ())
    assert warned(found) == [("missing_owner", 2, "Owner")]


def test_missing_owners():
    head = ["Recommendation", "Action", "SRO", "Lead", "Partner"]

    found = read(plan(["a", "x", "TBC", "", "n/a"], ["b", "x", "", "", "Clubs"], ["c", "x", "", "", ""], head=head))

    assert warned(found) == [("missing_owner", 2, "SRO"), ("missing_owner", 4, "SRO")]
    assert found.recommendations[0].actions[0].accountable == ("TBC",)


def test_a_table_without_owners_or_dates_lacks_nothing():
    assert warned(read([["Recommendation", "Action"], ["Wall", "Mend"]])) == []


def test_dates_before_the_visit():
    rows = plan(full("1", "Wall", when="May 2024"), full("2", "Gate", when="June 2024"))

    assert warned(read(rows, visit_start="2024-06-04")) == [("date_before_visit", 2, "By when")]
    assert warned(read(rows)) == []


def test_a_status_in_the_timescale_counts_only_where_there_is_no_status():
    head = ["Recommendation", "Action", "By when", "Status"]

    found = read(plan(["Wall", "x", "Complete", ""], ["Gate", "x", "Complete", "Delayed"], head=head))

    assert [each.actions[0].status.text for each in found.recommendations] == ["Complete", "Delayed"]
    assert [code for code, _row, _column in warned(found)] == ["status_in_timescale", "status_in_timescale"]


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("See 2", "2"), ("see also recommendation 2.", "2"), ("Refer to Rec. 2", "2"), ("as per R2", "2"),
        ("Covered by 2, above", "2"), ("combined with actions 2 and 3", "2"), ("picked up under item no. 2", "2"),
        ("See 3(a)", "3(a)"), ("see a)", "a"), ("see (a)", "a"), ("See recommendations 2 and 9", "2"),
        ("see 21", None), ("see 2.5", None), ("see 2b", None), ("see a harbour", None), ("see page 2", None),
        ("oversee 2", None), ("see 7", None),
    ],
)  # fmt: skip
def test_references_to_other_recommendations(text, target):
    rows = plan(full("1", "Wall", text), full("2", "Gate"), full("a)", "Lock"), full("3(a)", "Pots"))

    found = [(each.row, each.refers_to) for each in read(rows).warnings if each.code == "cross_reference"]

    assert found == ([(2, target)] if target else [])


def test_a_reference_finds_its_r():
    rows = plan(full("R1", "Wall", "See 2"), full("R2", "Gate"))

    assert [each.refers_to for each in read(rows).warnings] == ["R2"]


def test_a_legend_in_a_title_line():
    titles = [["Key: Blue = Complete; Green = Some progress; Amber: Behind schedule; Red – not on track at all"]]
    rows = [[f"{n}", "Wall", colour] for n, colour in enumerate(["Blue", "Green", "Amber", "Red"], start=1)]

    found = read([*titles, ["Ref", "Recommendation", "RAG"], *rows])

    assert [each.actions[0].status.canonical for each in found.recommendations] == [
        "complete",
        None,
        "delayed",
        "delayed",
    ]
    assert warned(found) == [("unknown_status", 4, "RAG")]


def test_a_skipped_key_is_a_legend_too():
    found = read([["Ref", "Recommendation", "RAG"], ["1", "Wall", "Blue"], ["Key: Blue = Complete", "", ""]])

    assert only(found).actions[0].status.canonical == "complete"
