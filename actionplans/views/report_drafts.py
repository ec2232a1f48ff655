"""A report before it is frozen: as a web page, and as a PDF that a job makes and keeps for an hour."""

import secrets
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from actionplans import jobs
from actionplans.models import CommitteeReport
from actionplans.operations import reports
from actionplans.report_queries import gather
from actionplans.report_words import report_context
from actionplans.views.loaders import visible_report
from actionplans.views.report_frame import report_crumbs, steps_of, steps_of_making
from peerchallenge.access import allow
from peerchallenge.jobs.watching import is_running

State = CommitteeReport.State


@allow("actionplans.read_report", load=visible_report)
def report_preview(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """The draft as a web page, as it would be if it were frozen now. Posting asks for it as a PDF."""
    if report.state == State.ISSUED:
        return redirect(report)
    if request.method == "POST":
        asked = secrets.token_urlsafe(9)
        cache.set(jobs.draft_key(report.pk, asked), {}, jobs.KEEP_DRAFTS_SECONDS)
        jobs.make_draft.defer(report_id=report.pk, asked=asked)
        return redirect("actionplans:report_draft", report.engagement.slug, report.slug, asked)
    content = gather(report, today=timezone.localdate())
    context = {
        **report_context(content, draft=True),
        "copy": report,
        "can_write": request.user.has_perm("actionplans.write_report", report)
        and report.state in reports.BEING_WRITTEN,
        "crumbs": report_crumbs(report.engagement, request.user),
        "steps": steps_of(report, 3),
    }
    return render(request, "actionplans/reports/preview.html", context)


def visible_draft(user: Any, slug: str, report: str, asked: str) -> CommitteeReport:
    """A report and one request for its draft as a PDF, kept for an hour."""
    found = visible_report(user, slug, report)
    found.draft_asked = asked  # type: ignore[attr-defined]  # what the two pages of one draft are about
    found.draft = cache.get(jobs.draft_key(found.pk, asked))  # type: ignore[attr-defined]  # as above
    return found


@allow("actionplans.read_report", load=visible_draft)
def report_draft(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """How far the PDF of the draft is, and a link to it when it is there."""
    is_ready = bool(report.draft and report.draft.get("pdf"))
    if request.htmx and (is_ready or report.draft is None or report.draft.get("fault")):
        return HttpResponseClientRefresh()
    context = {
        "report": report,
        "is_ready": is_ready,
        "is_gone": report.draft is None,
        "fault": (report.draft or {}).get("fault", ""),
        "making": steps_of_making(
            is_running(jobs.make_draft, report_id=report.pk, asked=report.draft_asked), frozen=False
        ),
        "made_at": (report.draft or {}).get("at"),
        "size": len((report.draft or {}).get("pdf", b"")),
        "crumbs": report_crumbs(report.engagement, request.user),
    }
    return render(request, "actionplans/reports/draft.html", context)


@allow("actionplans.read_report", load=visible_draft)
def report_draft_pdf(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    if not report.draft or not report.draft.get("pdf"):
        raise Http404
    return draft_response(report.draft["pdf"], name=f"draft-{reports.file_name(report)}")


def draft_response(pdf: bytes, *, name: str) -> HttpResponse:
    """A draft is for this reader and for now only, like every file."""
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Content-Type-Options"] = "nosniff"
    return response
