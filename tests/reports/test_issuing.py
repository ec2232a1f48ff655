"""Freezing and issuing: once, the same for ever, whatever happens to the plan, the worker or the browser."""

import datetime as dt
import threading
import uuid

import pytest
from django.db import ProgrammingError, connection, transaction

from actionplans import jobs
from actionplans.models import Action, CommitteeReport
from actionplans.operations import plan, reports
from actionplans.report_paper import report_pdf
from engagements.operations import councils
from peerchallenge.access import Refused, Stale
from peerchallenge.documents.models import StoredFile
from peerchallenge.documents.words import counted
from peerchallenge.history.models import OperationRecord
from tests.reports.preparing import COMMITTEE, CUT_OFF, NOVEMBER, SEPTEMBER, Desk, content_of

State = CommitteeReport.State
OCTOBER = dt.date(2024, 10, 22)


def change_everything(desk: Desk) -> None:
    """Later updates, also ones dated before the cut-off, other words, dates, owners, names and answers."""
    desk.update("1.1", OCTOBER, status="complete", done="Shared.", evidence="The page")
    desk.update("2.1", dt.date(2024, 11, 20), new_timescale="Mar 25", new_date_reason="The tender failed.")
    action = Action.objects.get(engagement=desk.engagement, ref="1.2")
    plan.change_action(
        action, version=action.version, text="Hang it in every school", owners=(), by=desk.cast.carys, today=OCTOBER
    )
    first = desk.engagement.recommendations.get(ref="1")
    plan.answer_recommendation(
        first, answer="not_accepted", reason="We changed our mind.", by=desk.cast.carys, today=OCTOBER
    )
    plan.add_action(first, text="Print it", by=desk.cast.carys, today=OCTOBER)
    councils.change_council(desk.engagement.council, name="Another Borough Council", by=None)
    post = desk.engagement.council.posts.get(title="Chief Executive")
    councils.change_post(post, title="Managing Director", kind=post.kind, by=None)


@pytest.mark.django_db
def test_what_is_issued_stays_the_same_for_ever(desk: Desk) -> None:
    report = desk.issue()
    before, digest = report.file.read(), report.file.sha256
    frozen = dict(report.frozen)

    change_everything(desk)
    desk.issue()

    report = desk.again(report)
    assert report.file.read() == before
    assert (report.file.sha256, report.frozen) == (digest, frozen)
    assert report_pdf(content_of(report)) == before, "the frozen data alone give the same bytes"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "attempt",
    [
        "UPDATE actionplans_committeereport SET frozen = '{}' WHERE id = %s",
        "UPDATE actionplans_committeereport SET state = 'draft' WHERE id = %s",
        "UPDATE actionplans_committeereport SET file_id = NULL WHERE id = %s",
        "DELETE FROM actionplans_committeereport WHERE id = %s",
    ],
)
def test_the_database_refuses_to_change_an_issued_report(desk: Desk, attempt: str) -> None:
    report = desk.issue()

    with (
        pytest.raises(ProgrammingError, match="Cannot update or delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(attempt, [report.pk])

    assert desk.again(report).frozen == report.frozen


@pytest.mark.django_db
def test_a_report_that_is_not_issued_may_change(desk: Desk) -> None:
    report = desk.begin()

    with connection.cursor() as cursor:
        cursor.execute("UPDATE actionplans_committeereport SET committee = 'Council' WHERE id = %s", [report.pk])

    assert desk.again(report).committee == "Council"


@pytest.mark.django_db
def test_freezing_asks_for_the_pdf_in_the_same_transaction(desk: Desk, run_jobs) -> None:
    report = desk.freeze(desk.begin())
    assert (report.state, report.file) == (State.WAITING, None)

    ran = run_jobs()

    assert ran == ["actionplans.jobs.make_report"]
    assert desk.again(report).state == State.ISSUED


@pytest.mark.django_db
def test_the_job_run_twice_makes_one_file(desk: Desk) -> None:
    report = desk.issue()
    files = StoredFile.objects.count()

    jobs.make_report(report_id=report.pk)

    assert (desk.again(report).file, StoredFile.objects.count()) == (report.file, files)


@pytest.mark.django_db
def test_a_report_whose_worker_died_is_finished_by_the_next_one(desk: Desk) -> None:
    """The worker had the PDF but was killed before it could store it: the report still waits, frozen."""
    report = desk.freeze(desk.begin())
    pdf = report_pdf(content_of(report))

    jobs.make_report(report_id=report.pk)

    assert desk.again(report).file.read() == pdf


@pytest.mark.django_db
def test_a_second_press_freezes_nothing_anew(desk: Desk) -> None:
    report = desk.begin()
    stale_page = report.version
    desk.freeze(report)
    desk.update("1.1", OCTOBER, status="complete", done="Shared after the first press.")

    again = reports.ask_to_issue(
        desk.again(report), version=stale_page, by=desk.cast.carys, now=dt.datetime(2024, 10, 28, tzinfo=dt.UTC)
    )

    assert again.state == State.WAITING
    assert again.frozen == report.frozen
    assert OperationRecord.objects.filter(name="actionplans.operations.reports.ask_to_issue").count() == 1


@pytest.mark.django_db
def test_the_same_form_twice_begins_one_report(desk: Desk) -> None:
    key = uuid.uuid4()

    first, second = desk.begin(form_key=key), desk.begin(form_key=key)

    assert first == second
    assert CommitteeReport.objects.count() == 1


@pytest.mark.django_db
def test_words_on_an_old_page_are_not_lost_and_change_nothing(desk: Desk) -> None:
    report = desk.begin()
    version = report.version
    reports.write_words(report, words={"reason": "Mine"}, version=version, by=desk.cast.carys)

    with pytest.raises(Stale) as stale:
        reports.write_words(desk.again(report), words={"reason": "Yours"}, version=version, by=desk.cast.carys)

    assert (stale.value.theirs, stale.value.yours) == ([("Reason", "Mine")], [("Reason", "Yours")])
    assert desk.again(report).words == {"reason": "Mine"}


@pytest.mark.django_db
def test_a_frozen_report_takes_no_words(desk: Desk) -> None:
    report = desk.freeze(desk.begin())

    with pytest.raises(Refused, match="frozen and cannot be changed"):
        reports.write_words(report, words={"reason": "Late"}, version=report.version, by=desk.cast.carys)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arrangement", "words"),
    [
        ({"committee": "  "}, "Enter the committee that the report goes to"),
        ({"cut_off_on": NOVEMBER + dt.timedelta(days=1)}, "The cut-off must be the day of the meeting"),
    ],
)
def test_a_report_that_cannot_be_is_refused(desk: Desk, arrangement: dict, words: str) -> None:
    with pytest.raises(Refused, match=words):
        desk.begin(**arrangement)

    assert CommitteeReport.objects.count() == 0


@pytest.mark.django_db
def test_a_pdf_that_cannot_be_made_is_a_fault_on_the_report_and_no_file(desk: Desk) -> None:
    report = desk.begin()
    reports.write_words(
        report, words={"introduction": "Too long. " * 500_000}, version=report.version, by=desk.cast.carys
    )
    desk.freeze(report)

    jobs.make_report(report_id=report.pk)

    faulty = desk.again(report)
    assert (faulty.state, faulty.file) == (State.FAULT, None)
    assert faulty.fault.startswith("The document is too long")


@pytest.mark.django_db
def test_after_a_fault_the_same_frozen_report_can_be_tried_again(desk: Desk) -> None:
    report = desk.freeze(desk.begin())
    jobs._given_up(report_id=report.pk)
    desk.update("1.1", OCTOBER, status="complete", done="Shared meanwhile.")

    reports.try_again(desk.again(report), by=desk.cast.carys)
    jobs.make_report(report_id=report.pk)

    issued = desk.again(report)
    assert (issued.state, issued.fault, issued.frozen) == (State.ISSUED, "", report.frozen)


@pytest.mark.django_db
def test_a_job_that_is_given_up_says_so_on_the_report(desk: Desk) -> None:
    report = desk.freeze(desk.begin())

    jobs._given_up(report_id=report.pk)
    jobs._given_up(report_id=report.pk)

    assert desk.again(report).state == State.FAULT
    assert desk.again(report).fault == jobs.NOT_MADE


@pytest.mark.django_db
def test_a_report_with_a_fault_is_a_draft_again_when_its_words_change(desk: Desk) -> None:
    report = desk.freeze(desk.begin())
    jobs._given_up(report_id=report.pk)
    report = desk.again(report)

    reports.write_words(report, words={"reason": "Shorter"}, version=report.version, by=desk.cast.carys)

    assert (report.state, report.frozen, report.fault) == (State.DRAFT, None, "")


@pytest.mark.django_db
def test_words_are_filled_from_the_last_report_and_facts_are_made_anew(desk: Desk) -> None:
    first = desk.issue(
        SEPTEMBER, dt.date(2024, 8, 23), implications_financial="Paid from reserves.", conclusions="All is well."
    )
    desk.update("1.1", OCTOBER, status="complete", done="Shared.")

    second = desk.issue()

    assert content_of(first).conclusions == ("All is well.",)
    assert content_of(second).implications[0].text == "Paid from reserves."
    assert (
        content_of(second).conclusions[0].startswith(f"1 of {counted(4, 'action')} is complete, 0 at the last report")
    )


@pytest.mark.django_db(transaction=True)
def test_eight_presses_at_once_freeze_once(desk: Desk) -> None:
    report = desk.begin()
    faults: list[Exception] = []

    def press() -> None:
        try:
            mine = CommitteeReport.objects.select_related("engagement__council", "engagement__type").get(pk=report.pk)
            reports.ask_to_issue(
                mine, version=report.version, by=desk.cast.carys, now=dt.datetime(2024, 10, 28, tzinfo=dt.UTC)
            )
            jobs.make_report(report_id=report.pk)
        except Refused as fault:
            faults.append(fault)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(8)]
    for thread in presses:
        thread.start()
    for thread in presses:
        thread.join()

    assert faults == []
    assert OperationRecord.objects.filter(name="actionplans.operations.reports.ask_to_issue").count() == 1
    assert OperationRecord.objects.filter(name="actionplans.operations.reports.issue").count() == 1
    assert StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_reports_begun_at_once_have_their_own_number_and_address(desk: Desk) -> None:
    def begin() -> None:
        try:
            reports.start_report(
                desk.engagement.__class__.objects.select_related("council", "type").get(pk=desk.engagement.pk),
                committee=COMMITTEE, meeting_on=NOVEMBER, cut_off_on=CUT_OFF, form_key=uuid.uuid4(), by=None, today=CUT_OFF,
            )  # fmt: skip
        finally:
            connection.close()

    threads = [threading.Thread(target=begin) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    found = CommitteeReport.objects.order_by("number").values_list("number", "slug")
    assert list(found) == [(1, "2024-11-06"), (2, "2024-11-06-2"), (3, "2024-11-06-3"), (4, "2024-11-06-4")]
