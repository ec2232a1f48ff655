"""Recording when a milestone was met, and why it is late."""

import datetime as dt

import pytest

from engagements.models import Milestone
from engagements.operations import challenges
from engagements.operations.milestones import record_milestone
from peerchallenge.access import Refused, Stale


@pytest.fixture
def visited(kinds, council):
    return challenges.start_challenge(
        council, type=kinds["corporate"], visit_starts_on=dt.date(2024, 3, 5), by=None, today=dt.date(2024, 1, 8)
    )


def test_what_is_recorded_stays_until_it_is_emptied(visited, today):
    record_milestone(
        visited, kind="progress_review", planned_on=dt.date(2024, 11, 12), note="Booked", by=None, today=today
    )
    record_milestone(visited, kind="progress_review", done_on=dt.date(2024, 10, 1), by=None, today=today)

    known = Milestone.objects.get(engagement=visited)
    assert (known.planned_on, known.done_on, known.note, known.version) == (
        dt.date(2024, 11, 12),
        dt.date(2024, 10, 1),
        "Booked",
        2,
    )

    record_milestone(visited, kind="progress_review", empties=("planned_on", "note"), by=None, today=today)
    known.refresh_from_db()
    assert (known.planned_on, known.done_on, known.note) == (None, dt.date(2024, 10, 1), "")


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"kind": "garden_party"}, "This kind of challenge has no such date."),
        ({"kind": "visit"}, "This kind of challenge has no such date."),
        ({"done_on": dt.date(2024, 10, 15)}, "The day it was done must be today or earlier."),
        ({"done_on": dt.date(2024, 3, 4)}, "The visit began on 5\xa0March\xa02024. Enter that day or a later one."),
        ({"agreed_due_on": dt.date(2024, 12, 1)}, "Say why another date was agreed, and who agreed it."),
        (
            {"agreed_due_on": dt.date(2024, 12, 1), "agreed_reason": "Late"},
            "Say why another date was agreed, and who agreed it.",
        ),
    ],
)
def test_what_cannot_be_is_refused(visited, today, facts, words):
    with pytest.raises(Refused) as refused:
        record_milestone(visited, **{"kind": "report_published"} | facts, by=None, today=today)

    assert str(refused.value) == words
    assert not Milestone.objects.exists()


def test_a_reason_for_being_late_is_private_unless_said(visited, today):
    known = record_milestone(visited, kind="report_published", late_reason="Two peers were ill", by=None, today=today)
    assert not known.late_reason_is_public

    known = record_milestone(
        visited,
        kind="report_published",
        late_reason="Two peers were ill",
        late_reason_is_public=True,
        by=None,
        today=today,
    )
    assert known.late_reason_is_public
    known = record_milestone(visited, kind="report_published", empties=("late_reason",), by=None, today=today)
    assert (known.late_reason, known.late_reason_is_public) == ("", False)


def test_a_stale_page_shows_both_dates(visited, today):
    record_milestone(visited, kind="report_published", done_on=dt.date(2024, 5, 28), by=None, today=today)
    record_milestone(visited, kind="report_published", done_on=dt.date(2024, 5, 29), version=1, by=None, today=today)

    with pytest.raises(Stale) as stale:
        record_milestone(
            visited, kind="report_published", done_on=dt.date(2024, 5, 30), version=1, by=None, today=today
        )

    assert stale.value.theirs[0] == ("Done on", "29\xa0May\xa02024")
    assert stale.value.yours[0] == ("Done on", "30\xa0May\xa02024")
