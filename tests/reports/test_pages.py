"""The pages of committee reports, as the coordinator, the clerk, an owner and strangers meet them."""

import datetime as dt
import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from actionplans import jobs
from actionplans.models import CommitteeReport
from actionplans.operations import plan
from peerchallenge.documents.words import long_date
from tests.reports.preparing import COMMITTEE, CUT_OFF, FIRST_CUT_OFF, NOVEMBER, SEPTEMBER, Desk, content_of, sheets_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
State = CommitteeReport.State
TODAY = dt.date(2024, 10, 14)


@pytest.fixture
def carys(client: Client, cast) -> Client:
    client.force_login(cast.carys)
    return client


def words_of(response) -> str:
    """What a reader sees, without tags."""
    text = re.sub(r"<(script|style)[^>]*>.*?</\1>", "", response.content.decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", text).replace("\N{NO-BREAK SPACE}", " ").split())


def address(name: str, report: CommitteeReport, *more: str) -> str:
    return reverse(f"actionplans:{name}", args=[report.engagement.slug, report.slug, *more])


def answers(form) -> dict[str, str]:
    """A form sent back as it was shown."""
    return {name: form[name].value() or "" for name in form.fields}


def test_the_coordinator_prepares_freezes_and_downloads_a_report(carys: Client, desk: Desk, run_jobs) -> None:
    page = carys.get(reverse("actionplans:report_new", args=[desk.engagement.slug]))
    sent = {
        **answers(page.context["form"]),
        "other_committee": COMMITTEE,
        "meeting_on": "6 November 2024",
        "cut_off_on": "14/10/2024",
    }
    page = carys.post(reverse("actionplans:report_new", args=[desk.engagement.slug]), sent, follow=True)
    assert "Report for 6 November 2024" in words_of(page)
    report = CommitteeReport.objects.get()

    page = carys.get(address("report_words", report))
    page = carys.post(
        address("report_words", report),
        {**answers(page.context["form"]), "reason": "The committee asked."},
        follow=True,
    )
    assert "Reason for recommendation: The committee asked." in words_of(page)
    assert "Draft, not for publication" in words_of(page)

    page = carys.get(address("report_freeze", report))
    page = carys.post(address("report_freeze", report), answers(page.context["form"]), follow=True)
    assert "The report is frozen and is being issued" in words_of(page)
    assert "Waiting for its turn : now" in words_of(page)

    run_jobs()
    page = carys.get(report.get_absolute_url())
    issued = desk.again(report)
    assert issued.file.sha256 in words_of(page)
    assert "Frozen on 14 October 2024, 9am by Carys Bevan" in words_of(page)
    assert content_of(issued).reason == "The committee asked."


def test_a_report_downloads_as_a_file_that_nobody_keeps_on_the_way(carys: Client, desk: Desk) -> None:
    report = desk.issue()

    response = carys.get(address("report_pdf", report))

    assert response.content == report.file.read()
    name = f"{desk.engagement.slug}-progress-report-2024-11-06.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == "application/pdf"


def test_the_page_of_an_issued_report_is_its_frozen_content(carys: Client, desk: Desk) -> None:
    report = desk.issue()
    before = words_of(carys.get(report.get_absolute_url()))

    desk.update("2.1", CUT_OFF, status="complete", done="Bought after freezing.", evidence="Invoice")

    assert words_of(carys.get(report.get_absolute_url())) == before
    assert "25 days late" in before


def test_words_sent_back_as_they_were_shown_follow_the_plan(carys: Client, desk: Desk) -> None:
    report = desk.begin()
    page = carys.get(address("report_words", report))
    carys.post(address("report_words", report), {**answers(page.context["form"]), "options": "None."})

    desk.update("1.1", TODAY, status="complete", done="Shared.")
    desk.freeze(desk.again(report))

    content = content_of(desk.again(report))
    assert content.options == ("None.",)
    assert content.conclusions[0].startswith("1 of 4")
    assert "conclusions" not in desk.again(report).words


def test_words_that_were_changed_stay_as_written(carys: Client, desk: Desk) -> None:
    report = desk.begin()
    page = carys.get(address("report_words", report))
    carys.post(
        address("report_words", report),
        {**answers(page.context["form"]), "conclusions": "Half is done.\n\nThe rest follows."},
    )

    desk.freeze(desk.again(report))

    assert content_of(desk.again(report)).conclusions == ("Half is done.", "The rest follows.")


def test_words_on_an_old_page_meet_the_saved_ones_side_by_side(carys: Client, desk: Desk) -> None:
    report = desk.begin()
    page = carys.get(address("report_words", report))
    old = answers(page.context["form"])
    carys.post(address("report_words", report), {**old, "wards": "North and East"})

    response = carys.post(address("report_words", report), {**old, "wards": "All but West"})

    assert response.status_code == 409
    assert "North and East" in words_of(response)
    assert "All but West" in response.content.decode()
    assert desk.again(report).words["wards"] == "North and East"


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"other_committee": ""}, "Enter the name of the committee"),
        ({"meeting_on": ""}, "Enter the day of the meeting"),
        ({"cut_off_on": "31 February 2024"}, "The cut-off must be a real date, like 8 July 2024"),
        (
            {"cut_off_on": "7 November 2024"},
            f"The cut-off must be the day of the meeting, {long_date(NOVEMBER)}, or earlier",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_summary_and_at_the_question(
    carys: Client, desk: Desk, sent: dict, error: str
) -> None:
    url = reverse("actionplans:report_new", args=[desk.engagement.slug])
    good = {
        "other_committee": COMMITTEE,
        "meeting_on": "6 November 2024",
        "cut_off_on": "25 October 2024",
        "form_key": "k",
    }

    refused = carys.post(url, {**good, **sent})
    accepted = carys.post(url, good)

    assert words_of(refused).count(error.replace("\N{NO-BREAK SPACE}", " ")) == 2
    assert words_of(refused).startswith("Error: Prepare a committee report")
    assert accepted.status_code == 302


def test_the_committees_of_the_council_are_offered(carys: Client, desk: Desk, cast) -> None:
    opened = plan.open_plan(desk.engagement, by=cast.carys)
    plan.plan_next_report(
        opened,
        committee=COMMITTEE,
        next_meeting_on=NOVEMBER,
        updates_close_on=CUT_OFF,
        version=opened.version,
        by=cast.carys,
    )

    form = carys.get(reverse("actionplans:report_new", args=[desk.engagement.slug])).context["form"]

    assert [label for _, label in form.fields["committee"].choices] == [COMMITTEE, "Another committee"]
    assert (form["committee"].value(), form["meeting_on"].value(), form["cut_off_on"].value()) == (
        COMMITTEE,
        NOVEMBER,
        CUT_OFF,
    )


def test_an_early_freeze_is_warned_about_and_not_blocked(carys: Client, desk: Desk) -> None:
    report = desk.begin()

    page = carys.get(address("report_freeze", report))

    assert "The cut-off has not come yet Frozen now, the report shows today’s position." in words_of(page)
    assert "Freeze and give to the clerk" in words_of(page)


def test_a_fault_is_shown_with_a_way_to_try_again(carys: Client, desk: Desk, run_jobs) -> None:
    report = desk.freeze(desk.begin())
    jobs._given_up(report_id=report.pk)

    page = carys.get(report.get_absolute_url())
    assert "This report could not be issued" in words_of(page)
    assert jobs.NOT_MADE in words_of(page)

    page = carys.get(address("report_freeze", report))
    assert "Try again" in words_of(page)
    from procrastinate.contrib.django.models import ProcrastinateJob

    assert ProcrastinateJob.objects.count() == 1
    carys.post(address("report_freeze", report), answers(page.context["form"]))
    run_jobs()
    assert desk.again(report).state == State.ISSUED


def test_the_page_that_waits_reloads_itself_when_the_report_is_there(carys: Client, desk: Desk, run_jobs) -> None:
    report = desk.freeze(desk.begin())
    waiting = carys.get(report.get_absolute_url(), headers={"HX-Request": "true"})
    run_jobs()
    ready = carys.get(report.get_absolute_url(), headers={"HX-Request": "true"})

    assert 'id="making"' in waiting.content.decode()
    assert "Check again" in words_of(waiting)
    assert ready["HX-Refresh"] == "true"


def test_a_draft_is_made_by_a_job_and_says_draft_on_every_page(carys: Client, desk: Desk, run_jobs) -> None:
    report = desk.begin()
    waiting = carys.post(address("report_preview", report), follow=True)
    assert "The PDF of the draft is being made" in words_of(waiting)

    run_jobs()
    page = carys.get(waiting.request["PATH_INFO"])
    assert "The PDF of the draft is ready" in words_of(page)
    asked = waiting.request["PATH_INFO"].rstrip("/").split("/")[-1]
    response = carys.get(address("report_draft_pdf", report, asked))
    sheets = sheets_of(response.content)
    assert ["Draft, not for publication" in sheet for sheet in sheets] == [True] * len(sheets)
    assert response["Content-Disposition"].startswith('attachment; filename="draft-')
    assert "no-store" in response["Cache-Control"]
    assert desk.again(report).state == State.DRAFT


def test_a_draft_that_is_no_longer_kept_says_so(carys: Client, desk: Desk, run_jobs) -> None:
    report = desk.begin()
    waiting = carys.post(address("report_preview", report), follow=True)
    run_jobs()
    cache.clear()

    assert "This draft is no longer kept" in words_of(carys.get(waiting.request["PATH_INFO"]))


def test_actions_without_an_update_are_named_before_freezing(carys: Client, desk: Desk) -> None:
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("2.1", dt.date(2024, 10, 10))
    report = desk.begin()

    page = words_of(carys.get(address("report_items", report)))

    assert "2.1 Buy a dashboard 10 October 2024 Ready" in page
    assert "1.1 Share the page with staff None yet Not ready: no update yet" in page
    assert "their last update: 1.1, 1.2, 3(a).1." in words_of(carys.get(address("report_freeze", report)))


def test_clerk_and_owner_see_what_is_issued_and_nothing_before(client: Client, desk: Desk, cast) -> None:
    draft = desk.begin(dt.date(2025, 1, 15), CUT_OFF)
    issued = desk.issue()

    for person in (cast.ruth, cast.owen):
        client.force_login(person)
        listed = words_of(client.get(reverse("actionplans:committee_reports")))
        assert "6 November 2024" in listed
        assert "15 January 2025" not in listed
        assert client.get(issued.get_absolute_url()).status_code == 200
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(address("report_preview", draft)).status_code == 404
        assert client.get(address("report_pdf", draft)).status_code == 404


def test_another_council_sees_no_report(client: Client, desk: Desk, cast) -> None:
    report = desk.issue()
    client.force_login(cast.sam)

    assert client.get(report.get_absolute_url()).status_code == 404
    assert client.get(address("report_pdf", report)).status_code == 404
    assert COMMITTEE not in words_of(client.get(reverse("actionplans:committee_reports")))


def test_a_report_that_is_frozen_can_no_longer_be_written(carys: Client, desk: Desk) -> None:
    report = desk.issue()

    for name in ("report_items", "report_words", "report_meeting", "report_preview", "report_freeze"):
        assert carys.get(address(name, report)).url == report.get_absolute_url()


def test_a_meeting_can_be_moved_while_the_report_is_written(carys: Client, desk: Desk) -> None:
    report = desk.begin()
    page = carys.get(address("report_meeting", report))

    carys.post(address("report_meeting", report), {**answers(page.context["form"]), "meeting_on": "13 November 2024"})

    moved = desk.again(report)
    assert (moved.slug, moved.meeting_on) == ("2024-11-13", dt.date(2024, 11, 13))


def test_the_clerk_begins_with_the_report_for_the_next_meeting(client: Client, desk: Desk, cast) -> None:
    desk.update("2.1", dt.date(2024, 8, 9), confidence="at_risk")
    desk.issue(SEPTEMBER, FIRST_CUT_OFF)
    desk.update("1.1", dt.date(2024, 10, 10), status="complete", done="Shared.")
    desk.issue()
    client.force_login(cast.ruth)

    page = client.get(reverse("pages:home"))

    words = words_of(page)
    assert f"{COMMITTEE}, 6 November 2024" in words
    assert "actions complete 0 on 4 September 1 of 4" in words
    assert "overdue 1 more than last time 1" in words
    assert "at risk or off track same as last time 1" in words
    assert "1 of 4 actions changed status: 1.1 is complete." in words
    assert "the progress on the action plan at 25 October 2024 is noted" in words
    assert "Committee reports" in words


def test_a_clerk_without_a_report_reads_when_the_next_meeting_is(client: Client, desk: Desk, cast) -> None:
    opened = plan.open_plan(desk.engagement, by=cast.carys)
    plan.plan_next_report(
        opened,
        committee=COMMITTEE,
        next_meeting_on=NOVEMBER,
        updates_close_on=CUT_OFF,
        version=opened.version,
        by=cast.carys,
    )
    client.force_login(cast.ruth)

    words = words_of(client.get(reverse("pages:home")))

    assert "No report is there yet. The next meeting is on 6 November 2024; updates close on 25 October." in words


def test_a_list_of_one_and_of_three_reports_asks_as_often(carys: Client, desk: Desk, django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    url = reverse("actionplans:reports", args=[desk.engagement.slug])
    desk.issue()
    carys.get(url)
    with CaptureQueriesContext(connection) as one:
        carys.get(url)
    desk.issue()
    desk.issue()

    with CaptureQueriesContext(connection) as three:
        carys.get(url)

    assert len(three) == len(one)
