"""Committee reports: the list, preparing one in three steps, freezing it, and reading what was issued."""

import datetime as dt
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django_htmx.http import HttpResponseClientRefresh

from actionplans import jobs
from actionplans.forms.report import (
    ChangeMeetingForm,
    FreezeForm,
    MeetingForm,
    WordsForm,
    first_dates,
    meeting_initial,
)
from actionplans.models import CommitteeReport
from actionplans.operations import reports
from actionplans.report_content import ProgressReport, from_dict
from actionplans.report_presets import generated
from actionplans.report_queries import (
    committees_known,
    gather_facts,
    items,
    listed_reports,
    position_day,
)
from actionplans.report_words import report_context
from actionplans.views.frame import plan_crumbs
from actionplans.views.loaders import visible_report
from actionplans.views.report_frame import address_of, report_crumbs, steps_of, steps_of_making
from actionplans.views.stale import kept_words
from engagements.models import CouncilRole, Engagement
from engagements.views.loaders import visible_engagement
from peerchallenge.access import Refused, Stale, allow, allow_signed_in
from peerchallenge.documents.downloads import file_response
from peerchallenge.documents.faults import FileFault
from peerchallenge.jobs.watching import is_running
from peerchallenge.web.pagination import paginate
from peerchallenge.web.parts import Action, Figure
from peerchallenge.web.words import counted, file_size, long_date

State = CommitteeReport.State


@allow_signed_in
def committee_reports(request: HttpRequest) -> HttpResponse:
    """Every report the person may see, of all challenges."""
    found = listed_reports(CommitteeReport.objects.visible_to(request.user))
    context = {
        "page": paginate(request, found),
        "buttons": _preparing(request),
        "crumbs": [],
        "shows_council": request.user.is_lga_staff,
    }
    return render(request, "actionplans/reports/list.html", context)


@allow("actionplans.list_reports", load=visible_engagement)
def report_list(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """The reports on one plan."""
    found = listed_reports(CommitteeReport.objects.visible_to(request.user).filter(engagement=engagement))
    buttons = []
    if request.user.has_perm("actionplans.prepare_report", engagement):
        buttons = [
            Action("Prepare the next report", reverse("actionplans:report_new", args=[engagement.slug]), kind="")
        ]
    context = {
        "engagement": engagement,
        "page": paginate(request, found),
        "buttons": buttons,
        "crumbs": plan_crumbs(engagement, request.user),
    }
    return render(request, "actionplans/reports/list.html", context)


@allow("actionplans.prepare_report", load=visible_engagement)
def report_new(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    form = MeetingForm(
        request.POST or None,
        committees=committees_known(engagement),
        initial=_next_meeting(engagement),
        cancel=reverse("actionplans:reports", args=[engagement.slug]),
    )
    if form.is_valid():
        try:
            report = reports.start_report(
                engagement,
                **form.arrangement(),
                form_key=form.cleaned_data["form_key"],
                by=request.user,
                today=timezone.localdate(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("actionplans:report_items", engagement.slug, report.slug)
    context = {
        "engagement": engagement,
        "form": form,
        "crumbs": report_crumbs(engagement, request.user),
        "steps": steps_of(None, 1),
    }
    return render(request, "actionplans/reports/meeting.html", context)


@allow("actionplans.write_report", load=visible_report)
def report_meeting(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """Another committee, meeting or cut-off for a report that is being written."""
    if report.state not in reports.BEING_WRITTEN:
        return redirect(report)
    engagement = report.engagement
    form = ChangeMeetingForm(
        request.POST or None,
        committees=[report.committee, *(name for name in committees_known(engagement) if name != report.committee)],
        initial=meeting_initial(report),
        cancel=address_of("report_items", report),
    )
    if form.is_valid():
        try:
            report = reports.rearrange(
                report, **form.arrangement(), version=form.cleaned_data["version"], by=request.user
            )
        except Stale as stale:
            again = form.again(version=stale.current.version)
            return kept_words(request, stale, form=again, crumbs=report_crumbs(engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The report now goes to {report.committee} on {long_date(report.meeting_on)}.")
            return redirect("actionplans:report_items", engagement.slug, report.slug)
    context = {
        "engagement": engagement,
        "form": form,
        "crumbs": report_crumbs(engagement, request.user),
        "steps": steps_of(report, 1),
    }
    return render(request, "actionplans/reports/meeting.html", context | {"report": report})


@allow("actionplans.write_report", load=visible_report)
def report_items(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """Which actions have an update since the last report."""
    if report.state not in reports.BEING_WRITTEN:
        return redirect(report)
    today = timezone.localdate()
    found = items(report, today=today)
    numbers = {state: sum(item.state == state for item in found) for state in ("ready", "not_ready", "left_out")}
    days = (report.cut_off_on - today).days
    context = {
        "report": report,
        "items": found,
        "figures": [
            Figure("action" if len(found) == 1 else "actions", len(found)),
            Figure("ready", numbers["ready"]),
            Figure("not ready", numbers["not_ready"]),
            Figure("with nothing to ask", numbers["left_out"]),
            *([Figure("until the cut-off", counted(days, "day"))] if days > 0 else []),
        ],
        "is_early": days > 0,
        "crumbs": report_crumbs(report.engagement, request.user),
        "steps": steps_of(report, 1),
    }
    return render(request, "actionplans/reports/items.html", context)


@allow("actionplans.write_report", load=visible_report)
def report_words(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    if report.state not in reports.BEING_WRITTEN:
        return redirect(report)
    _, facts = gather_facts(report, today=timezone.localdate())
    form = WordsForm(
        request.POST or None, report=report, made=generated(facts), cancel=address_of("report_items", report)
    )
    if form.is_valid():
        try:
            reports.write_words(report, words=form.words(), version=form.cleaned_data["version"], by=request.user)
        except Stale as stale:
            again = form.again(report=stale.current)
            return kept_words(request, stale, form=again, crumbs=report_crumbs(report.engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The words are saved.")
            return redirect("actionplans:report_preview", report.engagement.slug, report.slug)
    context = {
        "report": report,
        "form": form,
        "crumbs": report_crumbs(report.engagement, request.user),
        "steps": steps_of(report, 2),
    }
    return render(request, "actionplans/reports/words.html", context)


@allow("actionplans.write_report", load=visible_report)
def report_freeze(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """Freeze the report and ask for its PDF; after a fault, ask again for the PDF of what is frozen."""
    if report.state in {State.WAITING, State.ISSUED}:
        return redirect(report)
    form = FreezeForm(
        request.POST or None, initial={"version": report.version}, cancel=address_of("report_words", report)
    )
    if form.is_valid():
        try:
            if report.state == State.FAULT:
                reports.try_again(report, by=request.user)
            else:
                reports.ask_to_issue(report, version=form.cleaned_data["version"], by=request.user, now=timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(report)
    today = timezone.localdate()
    content, _ = gather_facts(report, today=today)
    if report.state == State.FAULT:
        form.submit_label = "Try again"
    context = {
        "report": report,
        "content": content,
        "form": form,
        "at": position_day(report, today=today),
        "is_early": report.cut_off_on > today,
        "waiting_words": _without_update(report, today=today),
        "template_version": reports.template_version(),
        "crumbs": report_crumbs(report.engagement, request.user),
        "steps": steps_of(report, 3),
    }
    return render(request, "actionplans/reports/freeze.html", context)


@allow("actionplans.read_report", load=visible_report)
def report_page(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """What was issued, from its frozen data; before that, how far it is."""
    if report.state == State.DRAFT:
        return redirect(
            "actionplans:report_items" if _may_write(request, report) else "actionplans:report_preview",
            report.engagement.slug,
            report.slug,
        )
    if report.state == State.ISSUED:
        if request.htmx:
            return HttpResponseClientRefresh()
        return _issued(request, report)
    if request.htmx and report.state == State.FAULT:
        return HttpResponseClientRefresh()
    context = {
        "report": report,
        "making": steps_of_making(is_running(jobs.make_report, report_id=report.pk), frozen=True),
        "can_write": _may_write(request, report),
        "crumbs": report_crumbs(report.engagement, request.user),
    }
    return render(request, "actionplans/reports/issuing.html", context)


@allow("actionplans.read_report", load=visible_report)
def report_pdf(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    """The file as it was issued."""
    if report.file is None:
        raise Http404
    try:
        return file_response(report.file, name=reports.file_name(report))
    except FileFault as fault:
        context = {"report": report, "fault": fault, "crumbs": report_crumbs(report.engagement, request.user)}
        return render(request, "actionplans/reports/missing.html", context, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _issued(request: HttpRequest, report: CommitteeReport) -> HttpResponse:
    content = from_dict(ProgressReport, report.frozen or {})
    same_plan = CommitteeReport.objects.visible_to(request.user).filter(
        engagement=report.engagement, state=State.ISSUED
    )
    buttons = [
        Action(f"Download the report (PDF, {file_size(report.file.size)})", address_of("report_pdf", report), kind="")
    ]
    context = {
        **report_context(content),
        "copy": report,
        "buttons": buttons,
        "file_name": reports.file_name(report),
        "others": listed_reports(same_plan),
        "later": same_plan.filter(meeting_on=report.meeting_on, number__gt=report.number).order_by("-number").first(),
        "crumbs": report_crumbs(report.engagement, request.user),
    }
    return render(request, "actionplans/reports/report.html", context)


def _without_update(report: CommitteeReport, *, today: dt.date) -> str:
    """The actions that will be reported with older words."""
    refs = [item.action.ref for item in items(report, today=today) if item.state == "not_ready"]
    return f"They are reported as they are, with the date of their last update: {', '.join(refs)}." if refs else ""


def _may_write(request: HttpRequest, report: CommitteeReport) -> bool:
    return bool(request.user.has_perm("actionplans.write_report", report))


def _next_meeting(engagement: Engagement) -> dict[str, Any]:
    plan = getattr(engagement, "plan", None)
    if plan is None:
        return {}
    return first_dates(plan.next_meeting_on, plan.updates_close_on, plan.committee)


def _preparing(request: HttpRequest) -> list[Action]:
    """A button for each challenge whose reports the person prepares; the newest is the green one."""
    mine = Engagement.objects.visible_to(request.user).filter(
        council__roles__user=request.user, council__roles__role=CouncilRole.Role.COORDINATOR, actions__isnull=False
    )
    found = list(mine.select_related("type", "council").distinct().order_by("-created_at"))
    return [
        Action(
            "Prepare the next report" + (f" on {engagement}" if len(found) > 1 else ""),
            reverse("actionplans:report_new", args=[engagement.slug]),
            kind="secondary" if place else "",
        )
        for place, engagement in enumerate(found)
    ]
