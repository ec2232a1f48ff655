"""The operations of an import: all or nothing, once, and undone while nothing has changed since."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from actionplans.models import Action, PlanImport, Position, Response, StatusWord
from actionplans.operations import imports
from actionplans.operations.updates import update_action
from engagements.models import Recommendation
from peerchallenge.access import Refused
from peerchallenge.documents.models import StoredFile
from peerchallenge.history.models import OperationRecord
from peerchallenge.tabular import Unreadable
from tests.imports.files import word_file

pytestmark = pytest.mark.django_db


def begin(northmoor: Any, by: Any, content: bytes | None = None, name: str = "plan.docx") -> PlanImport:
    return imports.start_import(
        northmoor.engagement,
        content=word_file() if content is None else content,
        name=name,
        content_type="application/octet-stream",
        by=by,
        now=timezone.now(),
    )


def confirm(begun: PlanImport, by: Any, today: dt.date) -> PlanImport:
    begun.refresh_from_db()
    return imports.confirm_import(begun, version=begun.version, by=by, now=timezone.now(), today=today)


def test_nothing_is_in_the_plan_before_it_is_confirmed(northmoor: Any, cast: Any) -> None:
    before = Action.objects.count()

    begun = begin(northmoor, cast.carys)

    assert begun.state == "open"
    assert Action.objects.count() == before
    assert begun.file.read() == word_file() or begun.file.size > 0


def test_a_confirmed_import_adds_recommendations_actions_owners_and_words(
    northmoor: Any, cast: Any, today: dt.date
) -> None:
    done = confirm(begin(northmoor, cast.carys), cast.carys, today)

    roof = Action.objects.get(recommendation__ref="4", engagement=northmoor.engagement)
    assert done.state == "done"
    assert roof.recommendation.text == "Mend the town hall’s roof — tŷ newydd"
    assert roof.recommendation.is_final
    assert (roof.timescale, roof.due_on, roof.due_precision) == ("Spring 2025", dt.date(2025, 5, 31), "season")
    assert (roof.status_label, roof.status) == ("Half done", "not_started")
    assert roof.brought_by == done
    assert [owner.post.title for owner in roof.owners.order_by("position")] == ["Chief Executive", "Head of Property"]
    formula = Recommendation.objects.get(engagement=northmoor.engagement, ref="5")
    assert formula.text == "=SUM(A1:A3) <b>urgent</b>"


def test_confirming_twice_adds_once(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)
    confirm(begun, cast.carys, today)
    count = Action.objects.count()

    confirm(begun, cast.carys, today)

    assert Action.objects.count() == count


def test_an_import_is_one_operation_in_the_history(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)
    before = OperationRecord.objects.count()

    confirm(begun, cast.carys, today)

    assert OperationRecord.objects.count() == before + 1
    assert (
        OperationRecord.objects.about(northmoor.engagement).latest("at").sentence
        == "added plan.docx to the action plan"
    )


def test_a_fault_half_way_leaves_nothing(
    northmoor: Any, cast: Any, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = begin(northmoor, cast.carys)
    before = (Action.objects.count(), Recommendation.objects.count(), Position.objects.count())

    def refuse(*_: Any, **__: Any) -> None:
        raise Refused("The answer cannot be kept.")

    monkeypatch.setattr(imports, "_remember_status_words", lambda plan_import: None)
    monkeypatch.setattr(imports.Plan.objects, "get_or_create", refuse)
    with pytest.raises(Refused):
        confirm(begun, cast.carys, today)

    begun.refresh_from_db()
    assert begun.state == "open"
    assert (Action.objects.count(), Recommendation.objects.count(), Position.objects.count()) == before


def test_status_words_settled_once_are_remembered_for_the_council(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)
    imports.choose_columns(begun, version=1, columns={}, statuses={"Half done": "in_progress"}, by=cast.carys)

    confirm(begun, cast.carys, today)

    assert Action.objects.get(recommendation__ref="4", engagement=northmoor.engagement).status == "in_progress"
    assert StatusWord.objects.get(council=northmoor.council).label == "Half done"
    again = begin(northmoor, cast.carys)
    assert not any(warning["code"] == "unknown_status" for warning in again.reading["reading"]["warnings"])


def test_the_same_file_again_changes_nothing(northmoor: Any, cast: Any, today: dt.date) -> None:
    confirm(begin(northmoor, cast.carys), cast.carys, today)
    before = (Action.objects.count(), Recommendation.objects.count(), Position.objects.count())

    confirm(begin(northmoor, cast.carys), cast.carys, today)

    assert (Action.objects.count(), Recommendation.objects.count(), Position.objects.count()) == before


def test_an_import_is_undone_whole(northmoor: Any, cast: Any, today: dt.date) -> None:
    before = (
        Action.objects.count(),
        Recommendation.objects.count(),
        Position.objects.count(),
        Response.objects.count(),
    )
    done = confirm(begin(northmoor, cast.carys), cast.carys, today)

    imports.undo_import(done, by=cast.carys)

    done.refresh_from_db()
    assert done.state == "undone"
    assert (
        Action.objects.count(),
        Recommendation.objects.count(),
        Position.objects.count(),
        Response.objects.count(),
    ) == before
    assert StoredFile.objects.filter(pk=done.file_id).exists()


def test_an_import_that_was_worked_on_is_not_undone(northmoor: Any, cast: Any, today: dt.date) -> None:
    done = confirm(begin(northmoor, cast.carys), cast.carys, today)
    roof = Action.objects.get(recommendation__ref="4", engagement=northmoor.engagement)
    update_action(
        roof,
        version=roof.version,
        form_key=str(done.pk) + "-key",
        done="Offers are in",
        status="in_progress",
        by=cast.carys,
        today=today,
    )

    with pytest.raises(Refused, match="can no longer be undone"):
        imports.undo_import(done, by=cast.carys)
    assert Action.objects.filter(pk=roof.pk).exists()


def test_an_import_somebody_else_changed_is_checked_again(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)
    imports.choose_bullets(begun, version=1, bullets="together", by=cast.carys)

    with pytest.raises(Refused, match="Check it again"):
        imports.confirm_import(begun, version=1, by=cast.carys, now=timezone.now(), today=today)


def test_a_cancelled_import_adds_nothing_and_cannot_be_confirmed(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)
    count = Action.objects.count()

    imports.leave_import(begun, by=cast.carys)

    with pytest.raises(Refused, match="finished"):
        confirm(begun, cast.carys, today)
    assert Action.objects.count() == count


def test_a_date_before_the_visit_is_kept_and_warned_about(northmoor: Any, cast: Any, today: dt.date) -> None:
    begun = begin(northmoor, cast.carys)

    assert [
        warning["row"] for warning in begun.reading["reading"]["warnings"] if warning["code"] == "date_before_visit"
    ] == [4]
    confirm(begun, cast.carys, today)
    assert Action.objects.get(recommendation__ref="5", engagement=northmoor.engagement).timescale == "1 May 2023"


@pytest.mark.parametrize(
    ("content", "name", "says"),
    [
        (b"", "plan.docx", "empty"),
        (b"MZ\x90\x00" + b"\x00" * 200, "plan.docx", "Word"),
        (b"Dear all, here is nothing like a table.", "plan.txt", "table"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_and_not_kept(
    northmoor: Any, cast: Any, content: bytes, name: str, says: str
) -> None:
    with pytest.raises(Unreadable) as told:
        begin(northmoor, cast.carys, content, name)

    assert says in str(told.value)
    assert not PlanImport.objects.exists()
    assert not StoredFile.objects.exists()
