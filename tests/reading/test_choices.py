"""What a person decides goes before what we guess; a reading and the choices can be stored and taken up again."""

from __future__ import annotations

import json

from actionplans.reading import KINDS, Choices, Reading, read_plan, to_gold, words_left_out

from .reads import action, document_of, only, read, refs

ROWS = [["What", "How", "Who does it", "Until", "State"], ["Wall", "Mend", "Clerk", "May 2025", "Nearly"]]
KIND_OF = {0: "recommendation", 1: "action", 2: "responsible", 3: "timescale", 4: "status"}


def test_a_table_nobody_would_have_taken_for_a_plan():
    assert read(ROWS).recommendations == ()

    found = read(ROWS, choices=Choices(plans=(0,), columns={0: KIND_OF}, statuses={"nearly": "in_progress"}))

    assert only(found).text == "Wall"
    assert (action(found).text, action(found).responsible) == ("Mend", ("Clerk",))
    assert (str(action(found).timescale.due), action(found).status.canonical) == ("2025-05-31", "in_progress")
    assert [column.kind for column in found.tables[0].columns] == list(KIND_OF.values())


def test_the_header_may_be_chosen():
    rows = [["A title", "", "", "", ""], *ROWS]

    found = read(rows, choices=Choices(plans=(0,), headers={0: 2}, columns={0: KIND_OF}))

    assert only(found).text == "Wall"


def test_a_column_that_is_left_out_is_counted():
    document = document_of(ROWS)
    choices = Choices(plans=(0,), columns={0: {**KIND_OF, 3: "leave_out"}})

    found = read_plan(document, choices=choices)

    assert action(found).timescale.text == ""
    assert words_left_out(document, found) == {"may": 1, "2025": 1}


def test_a_row_may_be_left_out_with_a_reason():
    rows = [["Ref", "Recommendation", "Action"], ["1", "Wall", "Mend"], ["2", "Gate", "Paint"]]

    found = read(rows, choices=Choices(rows_left_out={0: {3: "Not ours"}}))

    assert refs(found) == ["1"]
    assert [row.state for row in found.rows] == ["read", "left_out"]


def test_only_the_chosen_tables_are_read():
    rows = [["Ref", "Recommendation", "Action"], ["1", "Wall", "Mend"]]

    assert read(rows, choices=Choices(plans=())).recommendations == ()


def test_a_reading_and_the_choices_go_through_json():
    choices = Choices(plans=(0,), columns={0: KIND_OF}, statuses={"Nearly": ""}, rows_left_out={1: {4: "Old"}})

    found = read(ROWS, visit_start="2024-05-01", choices=choices)

    assert Reading.from_dict(json.loads(json.dumps(found.to_dict()))) == found
    assert Choices.from_dict(json.loads(json.dumps(choices.to_dict()))) == choices


def test_what_a_page_shows_beside_the_reading():
    rows = [
        ["Ref", "Recommendation", "Action", "Status"],
        ["1", "Wall", "Mend", "Nearly"],
        ["2", "Gate", "Paint", "Nearly"],
    ]

    found = read(rows)

    assert found.rows[1].cells == (("Ref", "2"), ("Recommendation", "Gate"), ("Action", "Paint"), ("Status", "Nearly"))
    assert found.recommendations[found.rows[1].recommendation or 0].text == "Gate"
    assert found.status_labels() == {"Nearly": (None, 2)}
    assert found.tables[0].columns[1].samples == ("Wall", "Gate")
    assert found.recommendations[0].actions[0].places["status"].heading == "Status"
    assert "“Nearly”" in found.warnings[0].sentence
    assert dict(KINDS)["leave_out"] == "Leave out"


def test_the_exchange_schema():
    found = to_gold(read([["Ref", "Recommendation", "Action"], ["1", "Wall", "Mend"]]))

    assert found["recommendations"] == [
        {"ref": "1", "tier": None, "theme": None, "text": "Wall", "parent_ref": None, "response": None,
         "actions": [{"text": "Mend", "position": [], "accountable": [], "responsible": [], "other_owners": {},
                      "timescale": {"text": "", "due": None, "precision": "none"},
                      "status": {"text": "", "canonical": None}, "extra": {}}]}
    ]  # fmt: skip
    assert found["warnings"] == []
