"""Jobs of the action plan: the PDF of a frozen report, and of a draft."""

from typing import Any

from django.core.cache import cache
from django.utils import timezone

from actionplans.models import CommitteeReport
from actionplans.operations import reports
from actionplans.report_content import ProgressReport, from_dict
from actionplans.report_paper import report_pdf
from actionplans.report_queries import gather
from peerchallenge.documents.faults import DocumentFault
from peerchallenge.jobs import task

KEEP_DRAFTS_SECONDS = 60 * 60
NOT_MADE = "The PDF could not be made. Nothing is lost: what was frozen is kept. Try again, or tell the help desk."


def _given_up(report_id: int) -> None:
    report = CommitteeReport.objects.select_related("engagement").get(pk=report_id)
    reports.record_fault(report, why=NOT_MADE)


@task(when_given_up=_given_up)
def make_report(report_id: int) -> None:
    """Render a frozen report from its frozen data, store it and mark it issued. Run again, it does nothing more."""
    report = CommitteeReport.objects.select_related("engagement", "issued_by").get(pk=report_id)
    if report.state != CommitteeReport.State.WAITING or report.frozen is None:
        return
    try:
        pdf = report_pdf(from_dict(ProgressReport, report.frozen))
    except DocumentFault as fault:
        reports.record_fault(report, why=str(fault))
        return
    reports.issue(report, pdf=pdf, by=report.issued_by, now=timezone.now())


def draft_key(report_id: int, asked: str) -> str:
    """Where a draft is kept for an hour. `asked` names one request for it."""
    return f"report-draft:{report_id}:{asked}"


def _draft_given_up(report_id: int, asked: str) -> None:
    cache.set(draft_key(report_id, asked), {"fault": NOT_MADE}, KEEP_DRAFTS_SECONDS)


@task(attempts=2, when_given_up=_draft_given_up)
def make_draft(report_id: int, asked: str) -> None:
    """Render the report as it would be if it were frozen now, marked as a draft, and keep it for an hour."""
    report = CommitteeReport.objects.select_related("engagement__council", "engagement__type").get(pk=report_id)
    made: dict[str, Any] = {"at": timezone.now()}
    try:
        made["pdf"] = report_pdf(gather(report, today=timezone.localdate()), draft=True)
    except DocumentFault as fault:
        made["fault"] = str(fault)
    cache.set(draft_key(report_id, asked), made, KEEP_DRAFTS_SECONDS)
