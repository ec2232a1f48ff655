"""Committee progress reports: begun, written, frozen, issued. What is issued never changes."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Max
from django.utils import timezone

from actionplans import jobs
from actionplans.models import Action, CommitteeReport
from actionplans.operations.keys import stored_key
from actionplans.report_content import to_dict
from actionplans.report_paper import template_version
from actionplans.report_presets import CARRIED_OVER, GENERATED, words_to_begin_with
from actionplans.report_queries import gather
from engagements.models import Engagement
from engagements.operations.locking import lock
from peerchallenge.access import Refused, Stale
from peerchallenge.documents.models import PDF, StoredFile
from peerchallenge.history.operations import AlreadyDone, operation
from peerchallenge.web.words import long_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

State = CommitteeReport.State
BEING_WRITTEN = {State.DRAFT, State.FAULT}
WORDS = frozenset({*GENERATED, *CARRIED_OVER, "agenda_item"})
CHANGED = "Someone else changed this report after you opened it. Both are shown below. Choose what to keep."


@operation("began {result}")
def start_report(
    engagement: Engagement,
    *,
    committee: str,
    meeting_on: dt.date,
    cut_off_on: dt.date,
    form_key: uuid.UUID | str,
    by: "User | None",
    today: dt.date,
) -> CommitteeReport:
    """Begin a report on the plan to one meeting, with the words that carry over from the last one.

    Its address is the meeting's date; a second report to a meeting gets -2. The same `form_key` twice begins one.
    """
    lock(engagement)  # one at a time gives the numbers
    key = stored_key(form_key)
    if known := CommitteeReport.objects.filter(form_key=key).first():
        raise AlreadyDone(known)
    ensure_days(committee, meeting_on, cut_off_on)
    if not Action.objects.filter(engagement=engagement).exists():
        raise Refused("There is no action to report on yet. Add actions to the plan first.")
    reports = CommitteeReport.objects.filter(engagement=engagement)
    last = reports.order_by("-meeting_on", "-number").first()
    report = CommitteeReport(
        engagement=engagement,
        number=(reports.aggregate(Max("number"))["number__max"] or 0) + 1,
        slug=free_address(engagement, meeting_on),
        committee=committee.strip(),
        meeting_on=meeting_on,
        cut_off_on=cut_off_on,
        form_key=key,
        started_by=by,
    )
    report.words = words_to_begin_with(report, last=last, by=by)
    report.full_clean(exclude=["engagement", "started_by", "issued_by", "file", "words"])
    report.save()
    return report


@operation("moved {report} to {committee}, {meeting_on}")
def rearrange(
    report: CommitteeReport,
    *,
    committee: str,
    meeting_on: dt.date,
    cut_off_on: dt.date,
    version: int,
    by: "User | None",
) -> CommitteeReport:
    """Change the committee, the meeting or the cut-off of a report that is being written. Its address follows the meeting."""
    lock(report)
    ensure_being_written(report)
    ensure_days(committee, meeting_on, cut_off_on)
    if report.version != version:
        raise Stale(
            CHANGED,
            theirs=[
                ("Committee", report.committee),
                ("Meeting", long_date(report.meeting_on)),
                ("Cut-off", long_date(report.cut_off_on)),
            ],
            yours=[("Committee", committee), ("Meeting", long_date(meeting_on)), ("Cut-off", long_date(cut_off_on))],
            current=report,
        )
    if meeting_on != report.meeting_on:
        lock(report.engagement)
        report.slug = free_address(report.engagement, meeting_on)
    report.committee, report.meeting_on, report.cut_off_on = committee.strip(), meeting_on, cut_off_on
    back_to_draft(report)
    report.full_clean(exclude=["engagement", "started_by", "issued_by", "file", "words"])
    report.save()
    return report


@operation("wrote the words of {report}")
def write_words(
    report: CommitteeReport, *, words: Mapping[str, str], version: int, by: "User | None"
) -> CommitteeReport:
    """Save the parts that people write. A part that is left out of `words` is made from the facts again."""
    lock(report)
    ensure_being_written(report)
    unknown = set(words) - WORDS
    if unknown:
        raise ValueError(f"A report has no part called {', '.join(sorted(unknown))}")
    if report.version != version:
        differ = [name for name in words if words[name] != report.words.get(name, "")]
        raise Stale(
            CHANGED,
            theirs=[(part_name(name), report.words.get(name, "Made from the facts")) for name in differ],
            yours=[(part_name(name), words[name]) for name in differ],
            current=report,
        )
    report.words = dict(words)
    back_to_draft(report)
    report.save()
    return report


@operation("froze {report}")
def ask_to_issue(report: CommitteeReport, *, version: int, by: "User | None", now: dt.datetime) -> CommitteeReport:
    """Freeze everything the report shows into its row and ask for the PDF. A second press changes nothing.

    The actions are locked while they are read, so no half of an update is frozen.
    """
    lock(report)
    if report.state in {State.WAITING, State.ISSUED}:
        raise AlreadyDone(report)
    if report.version != version:
        raise Stale(
            "Someone else changed this report after you opened it. Read it again before you freeze it.",
            theirs=[],
            yours=[],
            current=report,
        )
    list(
        Action.objects.filter(engagement=report.engagement_id)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    report.frozen = to_dict(gather(report, today=timezone.localdate(now)))
    report.frozen_at = now
    report.template_version = template_version()
    report.issued_by = by
    report.state, report.fault = State.WAITING, ""
    report.version += 1
    report.save()
    jobs.make_report.defer(report_id=report.pk)
    return report


@operation("asked again for the PDF of {report}")
def try_again(report: CommitteeReport, *, by: "User | None") -> CommitteeReport:
    """Ask once more for the PDF of what was frozen. While it is being made this changes nothing."""
    lock(report)
    if report.state in {State.WAITING, State.ISSUED}:
        raise AlreadyDone(report)
    if report.state != State.FAULT:
        raise Refused("This report is not frozen yet.")
    report.state, report.fault = State.WAITING, ""
    report.template_version = template_version()
    report.version += 1
    report.save()
    jobs.make_report.defer(report_id=report.pk)
    return report


@operation("issued {report}")
def issue(report: CommitteeReport, *, pdf: bytes, by: "User | None", now: dt.datetime) -> CommitteeReport:
    """Store the PDF of a frozen report and mark it issued, once. From then on the database refuses any change."""
    lock(report)
    if report.state == State.ISSUED:
        raise AlreadyDone(report)
    if report.state != State.WAITING:
        raise Refused("This report is not frozen.")
    report.file = StoredFile.objects.keep(pdf, name=file_name(report), content_type=PDF, by=by, now=now)
    report.state, report.issued_at = State.ISSUED, now
    report.version += 1
    report.save()
    return report


@operation("could not issue {report}")
def record_fault(report: CommitteeReport, *, why: str, by: "User | None" = None) -> CommitteeReport:
    """Say on the page why a frozen report could not be issued. What has been issued meanwhile stays issued."""
    lock(report)
    if report.state != State.WAITING:
        raise AlreadyDone(report)
    report.state, report.fault = State.FAULT, why
    report.version += 1
    report.save()
    return report


def file_name(report: CommitteeReport) -> str:
    """Such as northmoor-2024-progress-report-2024-11-06.pdf."""
    return f"{report.engagement.slug}-progress-report-{report.slug}.pdf"


def part_name(name: str) -> str:
    """What people call a part of the report."""
    return name.removeprefix("implications_").replace("_", " ").capitalize()


def ensure_days(committee: str, meeting_on: dt.date, cut_off_on: dt.date) -> None:
    if not committee.strip():
        raise Refused("Enter the committee that the report goes to")
    if cut_off_on > meeting_on:
        raise Refused(f"The cut-off must be the day of the meeting, {long_date(meeting_on)}, or earlier")


def ensure_being_written(report: CommitteeReport) -> None:
    if report.state not in BEING_WRITTEN:
        raise Refused("This report is frozen and cannot be changed. Prepare a new one for the same meeting.")


def back_to_draft(report: CommitteeReport) -> None:
    """A report that could not be issued is a draft again when it is changed; its frozen facts are out of date."""
    report.state, report.fault = State.DRAFT, ""
    report.frozen, report.frozen_at = None, None
    report.version += 1


def free_address(engagement: Engagement, meeting_on: dt.date) -> str:
    wanted = meeting_on.isoformat()
    taken = set(
        CommitteeReport.objects.filter(engagement=engagement, slug__startswith=wanted).values_list("slug", flat=True)
    )
    address, number = wanted, 1
    while address in taken:
        number += 1
        address = f"{wanted}-{number}"
    return address
