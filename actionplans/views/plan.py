"""The plan as one table, the same table as a spreadsheet, and the next report's dates."""

from dataclasses import replace
from functools import lru_cache

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from actionplans.forms.plan import NextReportForm
from actionplans.home_queries import stay_with
from actionplans.models import Plan
from actionplans.operations.plan import open_plan, plan_next_report
from actionplans.plan_filter import PlanFilter
from actionplans.plan_sheet import XLSX, plan_workbook
from actionplans.queries import (
    ROWS,
    Counts,
    PlanTable,
    confidence_choices,
    due_choices,
    last_cut_off,
    plan_of,
    plan_table,
    status_choices,
)
from actionplans.views.frame import crumbs, plan_crumbs, starting
from actionplans.views.loaders import visible_plan
from actionplans.views.stale import kept_words
from engagements.models import Engagement
from engagements.views.loaders import visible_engagement
from peerchallenge.access import Refused, Stale, allow
from peerchallenge.accounts.models import User
from peerchallenge.web.parts import Action, Figure, Link
from peerchallenge.web.words import counted, long_date, short_date


@allow("actionplans.read_plan", load=visible_plan)
def plan_page(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    today = localdate()
    plan = getattr(engagement, "plan", None)
    asked = PlanFilter.read(request.GET.dict())
    since = last_cut_off(engagement)
    stay_with(request.user, engagement)
    rows = rows_asked_for(request)
    table = plan_table(
        engagement, asked, user=request.user, today=today, since=since, page=request.GET.get("page"), rows=rows
    )
    can_change = request.user.has_perm("actionplans.change_plan", engagement)
    context = {
        "engagement": engagement,
        "crumbs": crumbs(engagement, request.user),
        "detail": plan_detail(plan),
        "can_change": can_change,
        "buttons": plan_buttons(engagement, table, can_change=can_change),
        "table": table,
        "figures": plan_figures(table.counts, plan),
        "bar": plan_bar(tuple(table.counts.by_status.items())),
        "asked": asked,
        "statuses": status_choices(asked),
        "confidences": confidence_choices(asked),
        "dues": due_choices(asked),
        "chosen": chosen_filters(asked, table),
        "download_url": reverse("actionplans:plan_spreadsheet", args=[engagement.slug]) + asked.address(),
        "download_words": download_words(table, asked),
        "more": more_links(engagement, request.user),
    }
    if not table.counts.total:
        context |= beginning(engagement, table, can_change=can_change)
    return render(request, "actionplans/plan/plan.html", context)


@allow("actionplans.read_plan", load=visible_plan)
def spreadsheet(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """The rows of the plan as filtered, in the plan's order, without pages."""
    today = localdate()
    asked = replace(PlanFilter.read(request.GET.dict()), sort="")
    table = plan_table(engagement, asked, user=request.user, today=today, since=last_cut_off(engagement), rows=100_000)
    response = HttpResponse(plan_workbook(engagement, table, today=today), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{engagement.slug}-action-plan.xlsx")
    return response


@allow("actionplans.change_plan", load=visible_engagement)
def next_report(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    plan = plan_of(engagement) or Plan(engagement=engagement)
    form = NextReportForm(request.POST or None, plan=plan, cancel=reverse("actionplans:plan", args=[engagement.slug]))
    if form.is_valid():
        try:
            opened = open_plan(engagement, by=request.user)
            plan_next_report(opened, **form.answers(), by=request.user)
        except Stale as stale:
            again = form.again(version=stale.current.version, plan=plan)
            return kept_words(request, stale, form=again, crumbs=plan_crumbs(engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The next report is planned.")
            return redirect("actionplans:plan", engagement.slug)
    context = {"engagement": engagement, "crumbs": plan_crumbs(engagement, request.user), "form": form}
    return render(request, "actionplans/plan/next_report.html", context)


def rows_asked_for(request: HttpRequest) -> int:
    """How many rows a page has: 100, or fewer when ?rows= says so."""
    asked = request.GET.get("rows", "")
    return min(ROWS, max(1, int(asked))) if asked.isdecimal() and len(asked) < 5 else ROWS


def beginning(engagement: Engagement, table: PlanTable, *, can_change: bool) -> dict[str, object]:
    """What the page says while no action is there."""
    if not table.groups:
        return {"empty_words": "The report is not final yet. The action plan begins when it is.", "can_start": False}
    report_has = counted(len(table.groups), "recommendation")
    return {
        "empty_words": f"No plan yet. The report has {report_has}.",
        "can_start": can_change,
        **starting(engagement),
    }


def more_links(engagement: Engagement, user: User) -> list[Link]:
    """What else belongs to the plan and this person may open."""
    links = [Link("Committee reports", reverse("actionplans:reports", args=[engagement.slug]))]
    if user.has_perm("actionplans.import_plan", engagement):
        links.append(Link("Bring in a file", reverse("actionplans:import", args=[engagement.slug])))
    return links


def plan_detail(plan: Plan | None) -> str:
    """Such as: Approved by the Finance Committee on 12 June 2024. Next report 6 November 2024."""
    if plan is None:
        return ""
    said = []
    if plan.approved_on:
        said.append(f"Approved by {plan.approved_by} on {long_date(plan.approved_on)}.")
    if plan.next_meeting_on:
        said.append(f"Next report {long_date(plan.next_meeting_on)}.")
    if plan.updates_close_on:
        said.append(f"Updates are needed by {long_date(plan.updates_close_on)}.")
    return " ".join(said)


@lru_cache(maxsize=2_000)
def plan_bar(counts: tuple[tuple[str, int], ...]) -> SafeString:
    """How many actions have each status, as a bar with its words. Drawn once for the same numbers."""
    return render_to_string("actionplans/plan/_bar.html", {"counts": dict(counts)})


def plan_buttons(engagement: Engagement, table: PlanTable, *, can_change: bool) -> list[Action]:
    if not can_change:
        return []
    buttons = [
        Action("Add an action", reverse("actionplans:add_action", args=[engagement.slug])),
        Action("Plan the next report", reverse("actionplans:next_report", args=[engagement.slug])),
    ]
    if table.counts.total:
        buttons.append(
            Action("Prepare the committee report", reverse("actionplans:report_new", args=[engagement.slug]), kind="")
        )
    return buttons


def plan_figures(counts: Counts, plan: Plan | None) -> list[Figure]:
    """Every figure leads to exactly the rows it counts."""
    when = f"for {short_date(plan.next_meeting_on)}" if plan and plan.next_meeting_on else ""
    return [
        Figure("actions complete", f"{counts.complete} of {counts.total}", url=PlanFilter(status="complete").address()),
        Figure("overdue", counts.overdue, url=PlanFilter(due="overdue").address(), is_late=counts.overdue > 0),
        Figure("due in the next 30 days", counts.soon, url=PlanFilter(due="soon").address()),
        Figure("with a date that has moved", counts.moved, url=PlanFilter(due="moved").address()),
        Figure("updates not yet in", counts.waiting, url=PlanFilter(due="waiting").address(), detail=when),
    ]


def chosen_filters(asked: PlanFilter, table: PlanTable) -> list[Link]:
    """What is asked for, each leading to the list without it."""
    answers = {
        "owner": table.owners,
        "status": status_choices(asked),
        "confidence": confidence_choices(asked),
        "due": due_choices(asked),
        "area": table.areas,
    }
    chosen = [
        Link(choice.words, asked.address(**{name: ""}))
        for name, choices in answers.items()
        for choice in choices
        if choice.is_chosen
    ]
    return [*chosen, Link(f"“{asked.words}”", asked.address(words=""))] if asked.words else chosen


def download_words(table: PlanTable, asked: PlanFilter) -> str:
    """Such as: Download as a spreadsheet (12 rows, as filtered)."""
    rows = counted(table.counts.shown, "row")
    return (
        f"Download as a spreadsheet ({rows}, as filtered)" if asked.is_narrow else f"Download as a spreadsheet ({rows})"
    )
