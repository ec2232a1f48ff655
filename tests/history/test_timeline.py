"""The timeline reads as sentences, with who, when, and what it was before."""

import datetime as dt
import uuid

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from actionplans.models import Action
from actionplans.operations import updates
from engagements.operations import councils
from peerchallenge.accounts.operations import people
from peerchallenge.history.timeline import count_of, timeline
from peerchallenge.web.parts import Change

pytestmark = pytest.mark.usefixtures("clock")


def change_details(person, **answers):
    current = {"name": person.name, "job_title": person.job_title, "telephone": person.telephone}
    people.change_own_details(person, **{**current, **answers}, by=person)


def test_an_entry_says_what_who_when_and_the_old_and_new_values(cast):
    change_details(cast.owen, job_title="Director of Place")

    entry = timeline(cast.owen)[0]
    assert (entry.title, entry.by, entry.at) == ("Changed their own details", "Owen Price", timezone.now())
    assert list(entry.changes) == [Change("Job title", "Director of Policy", "Director of Place")]


def test_the_newest_comes_first_and_pages_follow_each_other(cast, clock):
    for number in range(5):
        change_details(cast.owen, telephone=f"01632 96000{number}")
        clock.shift(60)

    newest = [entry.changes[0].after for entry in timeline(cast.owen, limit=2)]
    older = [entry.changes[0].after for entry in timeline(cast.owen, limit=2, page=2)]

    assert newest == ["01632 960004", "01632 960003"]
    assert older == ["01632 960002", "01632 960001"]
    assert count_of(cast.owen) == 5


def test_choices_are_shown_in_words(cast):
    people.change_lga_role(cast.maya, to="programme_office", by=cast.ada)

    assert list(timeline(cast.maya)[0].changes) == [Change("Lga role", "Peer challenge manager", "Programme office")]


def test_what_foreign_keys_point_to_is_named(northmoor, cast, clock):
    post = councils.post_named("Head of Place", council=northmoor.council, by=cast.carys)
    clock.shift(60)
    councils.hold_post(post, name="Owen Price", user=cast.owen, from_on=dt.date(2024, 10, 1), by=cast.carys)

    changes = {change.label: change.after for change in timeline(post)[0].changes}

    assert changes["Signs in as"] == "Owen Price"
    assert changes["From"] == "1\N{NO-BREAK SPACE}October\N{NO-BREAK SPACE}2024"


def test_nothing_another_council_did_is_in_it(northmoor, saltmere, cast):
    entries = timeline(northmoor.engagement, *northmoor.actions.values(), limit=200)

    assert entries
    assert not any("Kanarienvogel" in str(entry) for entry in entries)


def update(action, cast, **said):
    action.refresh_from_db()
    said = {"status": action.status, "done": "We began.", **said}
    updates.update_action(
        Action.objects.get(pk=action.pk),
        version=action.version,
        form_key=uuid.uuid4(),
        by=cast.carys,
        today=timezone.localdate(),
        **said,
    )


def test_one_entry_and_three_take_the_same_number_of_queries(northmoor, cast, clock):
    action = northmoor.actions["1.1"]
    counts = []
    for number in range(3):
        update(action, cast, done=f"We did step {number}.")
        clock.shift(60)
        with CaptureQueriesContext(connection) as queries:
            entries = timeline(action, limit=number + 1)
        counts.append(len(queries))
        assert len(entries) == number + 1

    assert counts[0] == counts[2]
    assert counts[0] <= 6


def test_an_update_of_an_action_tells_the_status_before_and_after(northmoor, cast, clock):
    action = northmoor.actions["3(a).1"]
    clock.shift(60)
    update(action, cast, status="in_progress", done="The first briefing was held.")

    entry = timeline(action)[0]
    told = {(change.label, change.before, change.after) for change in entry.changes}

    assert ("Status", "Not started", "In progress") in told
    assert ("Done", "", "The first briefing was held.") in told


def test_an_operation_over_many_rows_says_how_many(northmoor, monkeypatch):
    monkeypatch.setattr("peerchallenge.history.timeline.MOST_ROWS_IN_WORDS", 3)

    first = timeline(northmoor.actions["1.1"], limit=50)[-1]

    assert first.title == "Added action 1.1"
    assert (
        first.words
        == "1\N{NO-BREAK SPACE}plan added, 2\N{NO-BREAK SPACE}posts added, 1\N{NO-BREAK SPACE}action added, 2\N{NO-BREAK SPACE}action owners added."
    )
    assert first.changes == ()


def test_what_is_written_as_markup_is_shown_as_text(cast):
    change_details(cast.owen, job_title="<script>alert(1)</script>")

    shown = render_to_string("history/timeline.html", {"entries": timeline(cast.owen)})

    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
