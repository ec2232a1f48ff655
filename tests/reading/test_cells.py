"""Lines, bullets and entries inside cells; bullets and dates in pairs; statements about the position."""

from __future__ import annotations

from .reads import action, one, only, read, said, warned

HEAD = ["Ref", "Recommendation", "Action", "Progress", "Owner", "By when", "Status", "Cost"]


def row(**cells: str) -> list[list[str]]:
    names = {"Action": "", "Progress": "", "Owner": "Clerk", "By when": "May 2025", "Status": "Done", "Cost": ""}
    filled = {**names, **{name.replace("_", " "): text for name, text in cells.items()}}
    return [HEAD, ["1", "Mend the sea wall", *filled.values()]]


def test_every_marker_makes_a_bullet_and_is_no_text():
    marks = ["-", "–", "—", "•", "·", "▪", "*"]

    found = action(one(Progress="\n".join(f"{mark} step" for mark in marks)))

    assert [text for _kind, text, _on in said(found)] == ["step"] * 7


def test_numbers_and_letters_are_text():
    found = action(one(Action="1. Survey\n2) Tender\na) Build\n(i) Open"))

    assert found.text == "1. Survey\n2) Tender\na) Build\n(i) Open"


def test_an_o_is_a_marker_only_below_a_bullet():
    assert action(one(Action="o dan y bont")).text == "o dan y bont"
    assert action(one(Progress="- boats\no nets\n- pots")).position[0].text == "boats\nnets"


def test_deeper_bullets_belong_to_the_bullet_above():
    found = action(one(Progress="• boats\n    • big\n\t- small\n• nets"))

    assert [each.text for each in found.position] == ["boats\nbig\nsmall", "nets"]


def test_bullets_that_are_all_indented_are_not_deeper():
    assert [each.text for each in action(one(Progress="  • boats\n  • nets")).position] == ["boats", "nets"]


def test_markers_go_in_every_column():
    found = read(row(Owner="- Clerk\n- Treasurer", By_when="- May 2025", Status="– Done", Cost="• £5\n• £6"))

    assert action(found).responsible == ("Clerk", "Treasurer")
    assert action(found).timescale.text == "May 2025"
    assert action(found).status.text == "Done"
    assert action(found).extra == {"Cost": "£5\n£6"}


def test_lines_without_bullets_are_one_action():
    assert action(read(row(Action="Survey the wall.\nThen mend it."))).text == "Survey the wall.\nThen mend it."


def test_bullets_that_pair_with_dates_are_actions():
    found = only(
        read(row(Action="- Survey\n- Mend", By_when="May 2025\nJune 2025", Cost="£5\n£6", Owner="Clerk\nMason"))
    )

    assert [each.text for each in found.actions] == ["Survey", "Mend"]
    assert [each.timescale.text for each in found.actions] == ["May 2025", "June 2025"]
    assert [each.extra["Cost"] for each in found.actions] == ["£5", "£6"]
    assert [each.responsible for each in found.actions] == [("Clerk",), ("Mason",)]
    assert [each.status.text for each in found.actions] == ["Done", "Done"]


def test_lines_pair_with_statuses_too():
    found = only(read(row(Action="Survey\nMend", Status="Done\nDelayed", Progress="Seen\nWaiting")))

    assert [(each.text, each.status.canonical) for each in found.actions] == [
        ("Survey", "complete"),
        ("Mend", "delayed"),
    ]
    assert [said(each) for each in found.actions] == [[("note", "Seen", None)], [("note", "Waiting", None)]]


def test_what_does_not_fit_goes_to_the_first_action():
    found = only(
        read(row(Action="With the mason:\n- Survey\n- Mend", By_when="May 2025\nJune 2025", Progress="a\nb\nc"))
    )

    assert said(found.actions[0]) == [
        ("note", "With the mason:", None),
        ("note", "a", None),
        ("note", "b", None),
        ("note", "c", None),
    ]
    assert said(found.actions[1]) == []


def test_a_lead_in_is_a_note_even_when_it_says_we_will():
    found = only(read(row(Action="We will do this:\n- Survey\n- Mend", By_when="May 2025\nJune 2025")))

    assert said(found.actions[0]) == [("note", "We will do this:", None)]


def test_owners_alone_never_make_pairs():
    found = read(row(Action="- Survey\n- Mend", Owner="Clerk\nMason"))

    assert action(found).responsible == ("Clerk", "Mason")


def test_bullets_without_a_pair_stay_together():
    found = action(read(row(Action="We will mend:\n- the gate\n- the lock")))

    assert found.text == "We will mend:"
    assert said(found) == [("note", "the gate", None), ("note", "the lock", None)]


def test_one_bullet_is_the_action():
    assert action(read(row(Action="As agreed:\n- Survey"))).text == "As agreed:\nSurvey"


def test_dates_that_are_not_dealt_out_are_kept_and_named():
    found = read(row(Action="Survey", By_when="May 2025\nJune 2025"))

    assert (action(found).timescale.text, action(found).timescale.precision) == ("May 2025\nJune 2025", "unparsed")
    assert warned(found) == [("unpaired_bullets", 2, "By when")]


def test_statuses_that_are_not_dealt_out_are_kept_and_named():
    found = read(row(Action="Survey", Status="Done\nDelayed"))

    assert (action(found).status.text, action(found).status.canonical) == ("Done\nDelayed", None)
    assert warned(found) == [("unpaired_bullets", 2, "Status")]


def test_a_wrapped_cell_is_one_entry():
    found = action(read(row(Action="- Survey\n- Mend", By_when="by end of\nMarch 2026", Status="In\nprogress")))

    assert str(found.timescale.due) == "2026-03-31"
    assert found.status.canonical == "in_progress"


def test_a_status_and_a_date_on_two_lines_are_one_timescale():
    found = read(row(Action="Survey", By_when="Completed\nMarch 2025"))

    assert str(action(found).timescale.due) == "2025-03-31"
    assert warned(found) == [("status_in_timescale", 2, "By when")]


def test_words_before_paired_dates_are_kept():
    found = only(read(row(Action="- Survey\n- Mend", By_when="As agreed:\n- May 2025\n- June 2025")))

    assert found.actions[0].extra == {"By when": "As agreed:"}
    assert [each.timescale.text for each in found.actions] == ["May 2025", "June 2025"]


def test_after_a_dated_item_what_follows_belongs_to_it():
    found = action(read(row(Progress="Begun.\n12/05/25: We have met.\nTea was served.\n- June 2025 – We will meet.")))

    assert said(found) == [
        ("note", "Begun.", None),
        ("done", "12/05/25: We have met.\nTea was served.", "2025-05-12"),
        ("planned", "June 2025 – We will meet.", "2025-06-30"),
    ]


def test_a_dated_position_deals_out_after_it_is_put_together():
    found = only(
        read(
            row(Action="- Survey\n- Mend", By_when="May 2025\nJune 2025", Progress="1/5/25: seen\nwell\n2/6/25: mended")
        )
    )

    assert [said(each) for each in found.actions] == [
        [("note", "1/5/25: seen\nwell", "2025-05-01")],
        [("note", "2/6/25: mended", "2025-06-02")],
    ]


def test_a_period_in_the_heading_dates_what_has_no_date():
    found = action(one(Update_June_2025="We have met.\n3 May 2025: Sat down.", Update_Q2_2025="Again."))

    assert said(found) == [("done", "We have met.", "2025-06-30"), ("note", "3 May 2025: Sat down.", "2025-05-03")]
    assert found.extra == {"Update Q2 2025": "Again."}


def test_white_space_and_invisible_characters():
    found = action(one(Action="Mend\u00a0the  \u2003sea\u00adwall\u200b\n\n  twice  "))

    assert found.text == "Mend the seawall\ntwice"


def test_nothing_is_evaluated():
    found = action(one(Action="=SUM(A1:A3)", Progress="<b>urgent</b>", Cost='"£5" & more'))

    assert (found.text, found.position[0].text, found.extra["Cost"]) == (
        "=SUM(A1:A3)", "<b>urgent</b>", '"£5" & more',
    )  # fmt: skip


def test_a_dash_alone_is_blank():
    found = read(row(Action="Survey", Progress="-", Owner="–", By_when="—", Cost="-"))

    assert action(found).extra == {}
    assert action(found).position == ()
    assert warned(found) == [("missing_owner", 2, "Owner"), ("missing_timescale", 2, "By when")]
