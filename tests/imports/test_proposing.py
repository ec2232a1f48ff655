"""What an import would do, told from rows and the plan that is there. No database."""

import pytest

from actionplans.bringing import (
    EACH_IS_ACTION,
    FILE_WORDS,
    KEEP_TOGETHER,
    PLANNED_IS_ACTION,
    KnownAction,
    KnownRecommendation,
    asks_about_bullets,
    folded,
    propose,
)
from actionplans.reading import Reading, read_plan
from peerchallenge.tabular import read_file
from tests.imports.files import ROWS, word_file


@pytest.fixture
def reading() -> Reading:
    return read_plan(read_file(word_file(), "plan.docx"))


def known(ref: str, text: str, *actions: KnownAction) -> KnownRecommendation:
    return KnownRecommendation(id=int(ref), ref=ref, tier="key", text=text, is_final=True, actions=actions)


def an_action(**changes: object) -> KnownAction:
    facts: dict[str, object] = {
        "id": 7,
        "ref": "1.1",
        "text": "",
        "headline": "Another thing",
        "owners": frozenset({("leader of the council", "accountable"), ("chief executive", "responsible")}),
        "timescale": "Nov 24",
        "status_label": "In progress",
        "statements": frozenset(),
        **changes,
    }
    return KnownAction(**facts)  # type: ignore[arg-type]  # the facts above


def test_without_a_plan_every_row_is_new(reading: Reading) -> None:
    proposal = propose(reading, [])

    assert (proposal.new_recommendations, proposal.new_actions, proposal.added_to) == (3, 3, 0)
    assert [item.ref for item in proposal.recommendations] == ["1", "4", "5"]


def test_a_row_is_matched_by_its_reference_then_by_its_words(reading: Reading) -> None:
    by_ref = known("1", "Other words altogether")
    by_words = KnownRecommendation(
        id=9, ref="R9", tier="key", text="mend the town hall’s  roof — tŷ newydd.", is_final=True
    )

    proposal = propose(reading, [by_words, by_ref])

    assert [item.known.id if item.known else None for item in proposal.recommendations] == [1, 9, None]


def test_the_words_of_the_file_are_kept_as_a_note_where_they_differ(reading: Reading) -> None:
    proposal = propose(reading, [known("1", "Other words altogether")])

    first = proposal.recommendations[0]
    assert first.words_differ
    assert first.actions[0].extra[FILE_WORDS] == "Say in one page what the borough should be"


@pytest.mark.parametrize(
    ("bullets", "actions"),
    [
        (PLANNED_IS_ACTION, [("We will print the page", ["We have asked the parishes"])]),
        (EACH_IS_ACTION, [("We have asked the parishes", []), ("We will print the page", [])]),
        (KEEP_TOGETHER, [("", ["We have asked the parishes", "We will print the page"])]),
    ],
)
def test_bullets_become_what_the_person_says_they_are(
    reading: Reading, bullets: str, actions: list[tuple[str, list[str]]]
) -> None:
    proposal = propose(reading, [], bullets=bullets)

    assert asks_about_bullets(reading)
    first = proposal.recommendations[0].actions
    assert [(action.text, [said.text for said in action.statements]) for action in first] == actions


@pytest.mark.parametrize("bullets", [PLANNED_IS_ACTION, EACH_IS_ACTION, KEEP_TOGETHER])
def test_no_word_of_a_row_is_lost_whatever_the_bullets_are(reading: Reading, bullets: str) -> None:
    proposal = propose(reading, [], bullets=bullets)

    for item, row in zip(proposal.recommendations, ROWS, strict=True):
        kept = [item.ref, item.text]
        for action in item.actions:
            kept += [action.text, action.timescale, action.status_label, *action.extra.values()]
            kept += [said.text for said in action.statements] + [title for title, _, _ in action.owners]
        for cell in row:
            for line in cell.split("\n"):
                assert any(folded(line.removeprefix("- ")) in folded(part) for part in kept), line


def test_an_action_that_is_there_gets_only_what_is_new(reading: Reading) -> None:
    there = an_action(statements=frozenset({folded("We have asked the parishes")}))

    proposal = propose(reading, [known("1", "Say in one page what the borough should be", there)])

    action = proposal.recommendations[0].actions[0]
    assert action.known == there
    assert [(said.kind, said.text) for said in action.statements] == [("planned", "We will print the page")]
    assert proposal.new_actions == 2


def test_another_timescale_status_or_owner_in_the_file_becomes_a_note(reading: Reading) -> None:
    there = an_action(
        headline="We will print the page",
        timescale="Oct 24",
        status_label="Not started",
        owners=frozenset({("leader of the council", "accountable")}),
    )

    proposal = propose(reading, [known("1", "Say in one page what the borough should be", there)])

    notes = [said.text for said in proposal.recommendations[0].actions[0].statements if said.kind == "note"]
    assert notes == [
        "Timescale in the file: Nov 24",
        "Status in the file: In progress",
        "Owners in the file: Chief Executive",
    ]


def test_the_same_file_a_second_time_changes_nothing(reading: Reading) -> None:
    first = propose(reading, [])
    plan = [
        KnownRecommendation(
            id=item.number,
            ref=item.ref,
            tier="key",
            text=item.text,
            is_final=True,
            actions=tuple(
                an_action(
                    id=item.number,
                    text=action.text,
                    headline=action.text or action.statements[0].text,
                    timescale=action.timescale,
                    status_label=action.status_label,
                    owners=frozenset((folded(title), kind) for title, kind, _ in action.owners),
                    statements=frozenset(folded(said.text) for said in action.statements),
                )
                for action in item.actions
            ),
        )
        for item in first.recommendations
    ]

    assert propose(reading, plan).changes_nothing


def test_new_posts_are_counted_once_whatever_their_capitals(reading: Reading) -> None:
    proposal = propose(reading, [], posts=["CHIEF EXECUTIVE"])

    assert set(proposal.new_posts) == {"Leader of the Council", "Head of Property", "Mayor", "Head of Finance"}
    assert proposal.posts == 5


def test_words_longer_than_their_place_are_kept_among_the_extra_columns() -> None:
    long = "in the fullness of time " * 30
    rows = [("1", "Mend the roof", "We will ask", "Mayor", "P" * 300, long, "S" * 300)]
    reading = read_plan(read_file(word_file(rows), "plan.docx"))

    action = propose(reading, []).actions[0]

    assert action.extra["Timescale as in the file"] == long.strip()
    assert action.extra["Status as in the file"] == "S" * 300
    assert action.extra["Owners as in the file"] == "P" * 300
    assert (action.timescale, action.status_label) == ("", "")
    assert [title for title, _, _ in action.owners] == ["Mayor"]
