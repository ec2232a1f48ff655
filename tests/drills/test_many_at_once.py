"""Eight people, or eight presses, in the same moment over HTTP: one is saved, nobody's words are lost."""

import threading
import uuid
from collections import Counter
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from procrastinate.contrib.django.models import ProcrastinateJob

from actionplans.jobs import make_report
from actionplans.models import Action, CommitteeReport, PlanImport, ProgressUpdate
from actionplans.operations import imports, reports
from peerchallenge.documents.models import StoredFile
from peerchallenge.history.models import OperationRecord
from tests.drills.pages import Answer, Pages
from tests.imports.files import ROWS, word_file

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = 8


@pytest.fixture
def pages(live_server: Any) -> Pages:
    return Pages(live_server.thread.port)


def session_of(person: Any) -> str:
    client = Client()
    client.force_login(person)
    return str(client.cookies["sessionid"].value)


def at_once(ask: Callable[[int], Answer]) -> list[Answer]:
    """The answers to eight requests that leave in the same moment."""
    answers = [Answer(0)] * EIGHT
    ready = threading.Barrier(EIGHT)

    def run(number: int) -> None:
        ready.wait()
        answers[number] = ask(number)

    threads = [threading.Thread(target=run, args=[number]) for number in range(EIGHT)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def statuses(answers: list[Answer]) -> Counter[int]:
    return Counter(answer.status for answer in answers)


def said(words: str, key: str) -> dict[str, Any]:
    answers = {"done": words, "status": "in_progress", "confidence": "at_risk", "more_time": "no"}
    return {**answers, "version": 1, "form_key": key}


def test_of_eight_saves_on_one_page_one_is_saved_and_seven_see_both_texts(
    pages: Pages, northmoor: Any, cast: Any
) -> None:
    action = northmoor.actions["1.1"]
    path = reverse("actionplans:update", args=[northmoor.engagement.slug, action.slug])
    session = session_of(cast.owen)

    answers = at_once(lambda n: pages.post(path, said(f"Words of visitor {n}", f"key {n}"), session=session))

    assert statuses(answers) == {302: 1, 409: 7}
    saved = ProgressUpdate.objects.get()
    assert saved.done in {f"Words of visitor {n}" for n in range(EIGHT)}
    for number, answer in enumerate(answers):
        if answer.status == 409:
            shown = unescape(answer.body)
            assert saved.done in shown
            assert f"Words of visitor {number}" in shown
    assert Action.objects.get(pk=action.pk).version == 2
    assert OperationRecord.objects.filter(name="actionplans.operations.updates.update_action").count() == 1


def test_eight_presses_of_one_button_are_one_update(pages: Pages, northmoor: Any, cast: Any) -> None:
    action = northmoor.actions["1.1"]
    path = reverse("actionplans:update", args=[northmoor.engagement.slug, action.slug])
    session = session_of(cast.owen)

    answers = at_once(lambda _: pages.post(path, said("Once", "one key"), session=session))

    assert statuses(answers) == {302: 8}
    assert ProgressUpdate.objects.get().done == "Once"


def test_eight_presses_begin_one_report_and_open_it(pages: Pages, northmoor: Any, cast: Any) -> None:
    path = reverse("actionplans:report_new", args=[northmoor.engagement.slug])
    today = localdate().isoformat()
    form = {"other_committee": "Audit Committee", "meeting_on": today, "cut_off_on": today, "form_key": "one key"}
    session = session_of(cast.carys)

    answers = at_once(lambda _: pages.post(path, form, session=session))

    assert statuses(answers) == {302: 8}
    report = CommitteeReport.objects.get()
    items = reverse("actionplans:report_items", args=[northmoor.engagement.slug, report.slug])
    assert {answer.headers["Location"] for answer in answers} == {items}


def test_eight_presses_freeze_a_report_once_and_ask_for_one_pdf(
    pages: Pages, northmoor: Any, cast: Any, run_jobs: Any
) -> None:
    report = reports.start_report(
        northmoor.engagement,
        committee="Audit Committee",
        meeting_on=localdate(),
        cut_off_on=localdate(),
        form_key=uuid.uuid4(),
        by=cast.carys,
        today=localdate(),
    )
    path = reverse("actionplans:report_freeze", args=[northmoor.engagement.slug, report.slug])
    session = session_of(cast.carys)

    answers = at_once(lambda _: pages.post(path, {"version": report.version}, session=session))

    assert statuses(answers) == {302: 8}
    assert ProcrastinateJob.objects.filter(task_name=make_report.name).count() == 1
    assert OperationRecord.objects.filter(name="actionplans.operations.reports.ask_to_issue").count() == 1
    run_jobs()
    assert CommitteeReport.objects.get().state == "issued"
    assert StoredFile.objects.count() == 1


def begun_import(northmoor: Any, cast: Any) -> PlanImport:
    return imports.start_import(
        northmoor.engagement,
        content=word_file(),
        name="plan.docx",
        content_type="application/octet-stream",
        by=cast.carys,
        now=now(),
    )


def add(pages: Pages, begun: PlanImport, session: str) -> Answer:
    path = reverse("actionplans:import_check", args=[begun.engagement.slug, begun.pk])
    return pages.post(path, {"do": "add", "version": begun.version}, session=session)


def test_eight_presses_add_an_import_once(pages: Pages, northmoor: Any, cast: Any) -> None:
    begun = begun_import(northmoor, cast)
    session = session_of(cast.carys)

    answers = at_once(lambda _: add(pages, begun, session))

    assert statuses(answers) == {302: 8}
    assert Action.objects.filter(brought_by=begun).count() == len(ROWS)
    assert OperationRecord.objects.filter(name="actionplans.operations.imports.confirm_import").count() == 1


def test_one_file_read_by_eight_people_is_in_the_plan_once(pages: Pages, northmoor: Any, cast: Any) -> None:
    begun = [begun_import(northmoor, cast) for _ in range(EIGHT)]
    before = Action.objects.count()
    session = session_of(cast.carys)

    answers = at_once(lambda number: add(pages, begun[number], session))

    assert statuses(answers) == {302: 8}
    assert Action.objects.count() == before + len(ROWS)
    assert northmoor.engagement.recommendations.count() == 5
