"""The rule of the cut-off, as a table: what an action was at the end of a day."""

import datetime as dt

import pytest

from actionplans.models import Action, DateChange, Position, ProgressUpdate
from actionplans.report_positions import ActionRows, Completion, Due, Standing


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(f"2024-{text}")


def update(on: str, status: str, was: str, done: str = "", **other: object) -> ProgressUpdate:
    return ProgressUpdate(written_on=day(on), status=status, from_status=was, done=done or f"said on {on}", **other)


def move(on: str, old: tuple[str, str], new: tuple[str, str]) -> DateChange:
    return DateChange(
        agreed_on=day(on),
        from_timescale=old[0],
        from_due_on=day(old[1]) if old[1] else None,
        to_timescale=new[0],
        to_due_on=day(new[1]),
        reason="More time",
    )


PROGRESS = ActionRows(
    Action(
        status="complete",
        timescale="Dec 24",
        due_on=day("12-31"),
        original_timescale="Sep 24",
        headline="Brief members",
    ),
    updates=[
        update("08-09", "in_progress", "not_started", confidence="on_track", next="Book rooms"),
        update("09-20", "delayed", "in_progress", confidence="at_risk", from_confidence="on_track"),
        update("10-22", "complete", "delayed", evidence="Minutes of 22 October", from_confidence="at_risk"),
        update("10-30", "complete", "complete"),
    ],
    date_changes=[move("09-20", ("Sep 24", "09-30"), ("Dec 24", "12-31"))],
)
UNTOUCHED = ActionRows(
    Action(
        status="in_progress", status_label="Under way", confidence="at_risk", timescale="Oct 24", due_on=day("10-31")
    )
)
TAKEN_UP_AGAIN = ActionRows(
    Action(status="in_progress", headline="Hold a forum"),
    updates=[
        update("05-01", "complete", "in_progress"),
        update("07-01", "in_progress", "complete"),
        update("09-01", "complete", "in_progress"),
    ],
)

STANDINGS = [
    ("before the first update: what the first update moved from", PROGRESS, "08-08", Standing("not_started", "", "")),
    ("on the day of an update: that update", PROGRESS, "08-09", Standing("in_progress", "", "on_track")),
    ("between two updates: the earlier", PROGRESS, "09-19", Standing("in_progress", "", "on_track")),
    ("after the second: the second, not the third", PROGRESS, "10-21", Standing("delayed", "", "at_risk")),
    ("after the last", PROGRESS, "12-01", Standing("complete", "", "")),
    ("without updates: what the action has", UNTOUCHED, "01-01", Standing("in_progress", "Under way", "at_risk")),
]


@pytest.mark.parametrize(("rows", "on", "expected"), [row[1:] for row in STANDINGS], ids=[row[0] for row in STANDINGS])
def test_the_status_is_that_of_the_day(rows: ActionRows, on: str, expected: Standing) -> None:
    assert rows.standing(day(on)) == expected


FIRST_GIVEN_LATER = ActionRows(
    Action(status="in_progress", timescale="Dec 24", due_on=day("12-31")),
    date_changes=[
        move("08-01", ("", ""), ("Oct 24", "10-31")),
        move("10-01", ("Oct 24", "10-31"), ("Dec 24", "12-31")),
    ],
)
DATES = [
    ("before the move: the old date", PROGRESS, "09-19", Due("Sep 24", day("09-30"), "Sep 24", 0)),
    ("on the day of the move: the new date", PROGRESS, "09-20", Due("Dec 24", day("12-31"), "Sep 24", 1)),
    ("never moved: the date it has", UNTOUCHED, "01-01", Due("Oct 24", day("10-31"), "", 0)),
    ("before a first date was given: none", FIRST_GIVEN_LATER, "07-31", Due("", None, "", 0)),
    ("a first date is no move", FIRST_GIVEN_LATER, "08-01", Due("Oct 24", day("10-31"), "Oct 24", 0)),
    ("the move after it is one", FIRST_GIVEN_LATER, "10-01", Due("Dec 24", day("12-31"), "Oct 24", 1)),
]


@pytest.mark.parametrize(("rows", "on", "expected"), [row[1:] for row in DATES], ids=[row[0] for row in DATES])
def test_the_date_is_that_of_the_day(rows: ActionRows, on: str, expected: Due) -> None:
    assert rows.due(day(on)) == expected


COMPLETIONS = [
    ("open at the day", PROGRESS, "10-21", Completion()),
    ("completed on the day", PROGRESS, "10-22", Completion(day("10-22"), "Minutes of 22 October")),
    ("words after completing do not move it", PROGRESS, "12-01", Completion(day("10-22"), "Minutes of 22 October")),
    ("taken up again: open", TAKEN_UP_AGAIN, "08-01", Completion()),
    ("completed a second time: the second day", TAKEN_UP_AGAIN, "12-01", Completion(day("09-01"), "said on 09-01")),
]


@pytest.mark.parametrize(
    ("rows", "on", "expected"), [row[1:] for row in COMPLETIONS], ids=[row[0] for row in COMPLETIONS]
)
def test_completed_is_counted_to_the_day(rows: ActionRows, on: str, expected: Completion) -> None:
    assert rows.completion(day(on)) == expected


WRITTEN = ActionRows(
    Action(status="in_progress", headline="We will share it"),
    positions=[
        Position(kind="done", text="We have a draft."),
        Position(kind="planned", text="We will share it."),
        Position(kind="note", on=day("11-01"), text="Noted later."),
        Position(kind="planned", on=day("12-01"), text="We will print it."),
    ],
)
SILENT = ActionRows(
    Action(status="in_progress", headline="Brief members"),
    updates=[
        update("08-09", "in_progress", "in_progress", "Two replied."),
        update("09-20", "in_progress", "in_progress", "No change.", no_change=True),
    ],
)
WORDS = [
    ("the latest update only", PROGRESS, "09-25", ["said on 09-20"]),
    ("what comes next stands after what is done", PROGRESS, "08-09", ["said on 08-09", "Book rooms"]),
    ("before any update nothing was said", PROGRESS, "08-08", []),
    (
        "until the first update, the words of the plan; what names the action is not repeated",
        WRITTEN,
        "10-25",
        ["We have a draft.", "We will print it."],
    ),
    (
        "a note of a later day is left out until then",
        WRITTEN,
        "11-01",
        ["We have a draft.", "Noted later.", "We will print it."],
    ),
    ("no change is followed by the words before it", SILENT, "10-01", ["No change.", "Two replied."]),
]


@pytest.mark.parametrize(("rows", "on", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS])
def test_the_words_are_those_of_the_day(rows: ActionRows, on: str, expected: list[str]) -> None:
    assert [position.text for position in rows.latest(day(on))] == expected


def test_an_action_without_a_text_is_called_by_what_is_planned_whole() -> None:
    planned = "We will " + "refine the document " * 40

    rows = ActionRows(Action(headline=planned[:300]), positions=[Position(kind="planned", text=planned)])

    assert rows.words == planned
