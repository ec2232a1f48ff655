"""Statuses, owners, responses, tiers, references and headings: what each way of writing them means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actionplans.reading import parse_status, split_owners
from actionplans.reading.headings import heading_kind, heading_period
from actionplans.reading.positions import starting_date, statement_kind
from actionplans.reading.refs import has_ref_shape, parent_of, ref_at_start, stored_ref
from actionplans.reading.responses import parse_response
from actionplans.reading.tiers import is_only_a_tier, tier_of, tier_of_cell


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("Not started", "not_started"),
        ("Yet to start", "not_started"),
        ("NOT IMPLEMENTED", "not_started"),
        ("In-progress", "in_progress"),
        ("On track for May", "in_progress"),
        ("Under way", "in_progress"),
        ("Part-Implemented", "in_progress"),
        ("Partly complete", "in_progress"),
        ("Completed in part", "in_progress"),
        ("Implemented in part – two of three", "in_progress"),
        ("Started", "in_progress"),
        ("Behind schedule (weather)", "delayed"),
        ("Not on track", "delayed"),
        ("At risk", "delayed"),
        ("Complete", "complete"),
        ("Done.", "complete"),
        ("Fully implemented", "complete"),
        ("On–going", "ongoing"),
        ("Superseded by the new plan", "superseded"),
        ("No longer required", "superseded"),
        ("Closed – BAU", "closed"),
        ("Moved to BAU", "closed"),
        ("Business  as\nusual", "closed"),
        ("0%", "not_started"),
        ("100% – all signed", "complete"),
        ("60 %", "in_progress"),
        ("Green: On track", "in_progress"),
        ("Amber – Delayed", "delayed"),
        ("Blue (complete)", "complete"),
        ("Green", None),
        ("Amber (Q1)", None),
        ("Green/Amber", None),
        ("Completely stuck", None),
        ("Nearly complete", None),
        ("Not complete", None),
        ("Waiting for the mayor", None),
        ("", None),
    ],
)
def test_what_a_status_means(text, canonical):
    assert parse_status(text) == canonical


def test_the_files_own_legend_decides_for_a_colour_alone():
    legend = {"green": "in_progress", "blue": "complete"}

    assert parse_status("Green", legend=legend) == "in_progress"
    assert parse_status("Green – Delayed", legend=legend) == "delayed"
    assert parse_status("Green / Amber", legend=legend) is None
    assert parse_status("Amber", legend=legend) is None


def test_a_label_somebody_decided_on_goes_first():
    assert parse_status("Half  There", known={"half there": "in_progress"}) == "in_progress"
    assert parse_status("Complete", known={"complete": ""}) is None


@pytest.mark.parametrize(
    ("text", "owners"),
    [
        ("Head of Parks", ["Head of Parks"]),
        ("Head of Parks; Town Clerk / Treasurer", ["Head of Parks", "Town Clerk", "Treasurer"]),
        ("Head of Parks, Head of Roads and Head of Bins", ["Head of Parks, Head of Roads and Head of Bins"]),
        ("Clerk\nTreasurer", ["Clerk", "Treasurer"]),
        ("Director of Parks &\nOpen Spaces", ["Director of Parks & Open Spaces"]),
        ("Director of\nParks", ["Director of Parks"]),
        ("Interim Treasurer\n(s151)", ["Interim Treasurer (s151)"]),
        ("Head of Parks\nand open spaces", ["Head of Parks and open spaces"]),
        ("Harbour Master (boats/nets); Clerk", ["Harbour Master (boats/nets)", "Clerk"]),
        ("Harbour Master (boats /\nnets)", ["Harbour Master (boats / nets)"]),
        ("Harbour Master (boats", ["Harbour Master (boats"]),
        ("Harbour Master (boats; Clerk", ["Harbour Master (boats", "Clerk"]),
        ("N/A", ["N/A"]),
        ("N/A; TBC", ["N/A", "TBC"]),
        ("Holland\nClerk", ["Holland", "Clerk"]),
        (" ; / ", []),
        ("", []),
    ],
)
def test_owners_are_split(text, owners):
    assert list(split_owners(text)) == owners


@given(st.text(alphabet="ABab;/()&, \nN-", max_size=40))
def test_splitting_owners_loses_no_letter(text):
    letters = [letter for letter in "".join(split_owners(text)) if letter.isalpha()]

    assert letters == [letter for letter in text if letter.isalpha()]


@pytest.mark.parametrize(
    ("text", "response", "says_more"),
    [
        ("Accepted", "accepted", False),
        ("agreed.", "accepted", False),
        ("Fully agreed", "accepted", False),
        ("Accepted in part – not the second half", "accepted_in_part", True),
        ("Partly agree", "accepted_in_part", False),
        ("Agree in part", "accepted_in_part", False),
        ("Not accepted", "not_accepted", False),
        ("Rejected: too dear", "not_accepted", True),
        ("Already in place", "already_covered", False),
        ("Covered by existing work", "already_covered", True),
        ("Noted", None, True),
        ("Agreement was reached", None, True),
        ("", None, False),
    ],
)
def test_what_a_response_means(text, response, says_more):
    assert parse_response(text) == (response, says_more)


@pytest.mark.parametrize(
    ("text", "tier"),
    [
        ("Appendix A: Key recommendations", "key"),
        ("Main recs", "key"),
        ("Formal recommendation", "key"),
        ("Further recommendations: money", "further"),
        ("Other recs", "further"),
        ("Suggestions in the report", "further"),
        ("Key and further recommendations", None),
        ("Further and key recommendations", None),
        ("Key recommendations and further recommendations", None),
        ("Recommendations", None),
        ("Monkey recommendations", None),
    ],
)
def test_the_tier_a_text_names(text, tier):
    assert tier_of(text) == tier


def test_one_word_is_enough_in_the_tier_column():
    assert [tier_of_cell(text) for text in ("Key", "Further.", "Main", "Local", "Key 1")] == [
        "key", "further", "key", None, "key",
    ]  # fmt: skip
    assert is_only_a_tier("2. Key recommendations:")
    assert not is_only_a_tier("Key recommendations: money")


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("1", "1"), ("1.", "1"), ("R1:", "R1"), ("a)", "a"), ("(b)", "b"), ("3(a)", "3(a)"), ("2.1.", "2.1"),
        ("Recommendation 4", "4"), ("Rec. 4:", "4"), ("Recommendation no. 7", "7"), ("KR12", "KR12"), ("(12)", "12"),
        ("1)", "1"), ("KR 1", "KR 1"), ("1 (key)", "1 (key)"), ("", ""),
    ],
)  # fmt: skip
def test_a_reference_is_stored_without_its_dress(text, stored):
    assert stored_ref(text) == stored


def test_the_shape_of_a_reference():
    shaped = ["1", "R1", "r1", "KR12", "1.1", "R1.2", "3(a)", "2.1(a)", "a)", "(a)", "1a", "KR 1", "1)", "Rec 3", "4."]
    not_shaped = ["Governance", "a", "ABCD1", "2025 plan", "1.1 and 1.2", "", "Money", "-"]

    assert [text for text in shaped if not has_ref_shape(text)] == []
    assert [text for text in not_shaped if has_ref_shape(text)] == []


@pytest.mark.parametrize(
    ("text", "ref", "rest"),
    [
        ("R1: Mend the wall", "R1", "Mend the wall"),
        ("R3:Mend the wall", "R3", "Mend the wall"),
        ("4. Mend the wall", "4", "Mend the wall"),
        ("a) Mend the wall", "a", "Mend the wall"),
        ("(b) Mend the wall", "b", "Mend the wall"),
        ("Recommendation 10 – Mend the wall", "10", "Mend the wall"),
        ("Rec 3: Mend the wall", "3", "Mend the wall"),
        ("2.1(a) - Mend the wall", "2.1(a)", "Mend the wall"),
    ],
)
def test_a_reference_is_taken_off_the_text(text, ref, rest):
    found = ref_at_start(text)

    assert found is not None
    assert (found.ref, found.rest) == (ref, rest)


@pytest.mark.parametrize(
    "text",
    ["3 new benches", "2025 budget", "A wall", "1.5m for walls", "Recommendation for the wall", "12 - walls"[3:]],
)
def test_other_starts_are_text(text):
    assert ref_at_start(text) is None


def test_the_parent_of_a_reference():
    parents = {"3(a)": "3", "1.2": "1", "2.1(a)": "2.1", "R3(a)": "R3", "1.2.3": "1.2", "1a": "1", "3": None, "a": None}

    assert {ref: parent_of(ref) for ref in parents} == parents


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("No.", "ref"), ("#", "ref"), ("REC REF", "ref"), ("Recommendation number", "ref"),
        ("Peer team recommendations", "recommendation"), ("What the peers recommended:", "recommendation"),
        ("Core themes", "theme"), ("Type", "tier"), ("Council’s response", "response"), ("Agreed?", "response"),
        ("Agreed actions", "action"), ("What we will do", "action"), ("Action(s)", "action"),
        ("Progress to date (June)", "position"), ("Update June 2025", "position"), ("Q2 2025/26 update", "position"),
        ("Progress at 30 September 2025", "position"), ("SRO", "accountable"), ("Accountable\nofficer", "accountable"),
        ("Lead officer(s)", "responsible"), ("By whom", "responsible"), ("Portfolio Holders", "other_owner"),
        ("By when?", "timescale"), ("TARGET DATE", "timescale"), ("BRAG", "status"), ("% complete", "status"),
        ("Implemented?", "status"), ("Action no", "extra"), ("Revised date", "extra"), ("Cost", "extra"),
        ("Status June 2025", "extra"), ("Recommendation theme", "extra"), ("", "extra"),
    ],
)  # fmt: skip
def test_what_a_heading_means(heading, kind):
    assert heading_kind(heading) == kind


def test_a_heading_may_name_a_period():
    assert str(heading_period("Update June 2025")) == "2025-06-30"
    assert str(heading_period("Q2 2025/26 update")) == "2025-09-30"
    assert str(heading_period("Progress (autumn 2025)")) == "2025-11-30"
    assert heading_period("Progress") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We have met", "done"), ("We’ve met", "done"), ("WE'VE met", "done"), ("We will meet", "planned"),
        ("We’ll meet", "planned"), ("We have not met", "note"), ("We have yet to meet", "note"),
        ("We have no date", "note"), ("We have now met", "done"), ("We will not meet", "note"), ("We haven’t met", "note"),
        ("We've not met", "note"), ("We'll not meet", "note"), ("We havent", "note"), ("They have met", "note"),
    ],
)  # fmt: skip
def test_what_is_done_planned_and_noted(text, kind):
    assert statement_kind(text) == kind


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("12/05/25: met", "2025-05-12"), ("12 May 2025 - met", "2025-05-12"), ("May 2025 – met", "2025-05-31"),
        ("Sept 25: met", "2025-09-30"), ("12.05.25", "2025-05-12"), ("2025-05-12\nmet", "2025-05-12"),
        ("12/05/2025 10:30 - met", "2025-05-12"), ("12/05/25 three met", None), ("May 2025 meeting", None),
        ("In May 2025: met", None), ("31/02/25: met", None),
    ],
)  # fmt: skip
def test_an_item_may_start_with_a_date(text, on):
    found = starting_date(text)

    assert (found and found[0].isoformat()) == on
