"""The first page of a committee clerk, and what the navigation offers to clerks."""

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from actionplans.models import CommitteeReport, Plan
from actionplans.movement import in_words, movement_chart, movements
from actionplans.positions import Status
from actionplans.report_content import ProgressReport, from_dict
from actionplans.report_presets import AT_STAKE, DONE, Facts
from actionplans.report_queries import last_report_before, report_for_clerk
from engagements.models import CouncilRole, Engagement
from engagements.rules import roles_anywhere
from peerchallenge.web.navigation import NavigationItem
from peerchallenge.web.parts import Action, Figure
from peerchallenge.web.words import file_size, long_date, short_date

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

CLERK = CouncilRole.Role.CLERK


def clerk_home(request: HttpRequest) -> HttpResponse | None:
    """The report for the next meeting; None for people who are no clerk."""
    user = request.user
    if CLERK not in roles_anywhere(user):
        return None
    today = timezone.localdate()
    report = report_for_clerk(user, today=today)
    if report is None:
        return render(request, "actionplans/reports/clerk_home.html", {"next_words": _next_meeting(user)})
    content = from_dict(ProgressReport, report.frozen or {})
    last = last_report_before(report)
    facts = Facts(report.engagement, content, last)
    file = report.file
    context = {
        "report": report,
        "content": content,
        "buttons": [
            Action("Read the report", report.get_absolute_url()),
            Action(
                f"Download the report (PDF, {file_size(file.size) if file else ''})",
                reverse("actionplans:report_pdf", args=[report.engagement.slug, report.slug]),
                kind="",
            ),
        ],
        "figures": figures(facts),
        "is_over": report.meeting_on < today,
        "next_words": _next_meeting(user) if report.meeting_on < today else "",
    }
    if last is not None:
        context |= {
            "chart": movement_chart(
                content.actions, before=long_date(last.meeting_on), now=long_date(content.position_at)
            ),
            "chart_words": in_words(content.actions),
            "moved": [
                (movement, str(Status(movement.was).label) if movement.was else "New", str(Status(movement.now).label))
                for movement in movements(content.actions)
            ],
        }
    return render(request, "actionplans/reports/clerk_home.html", context)


def figures(facts: Facts) -> list[Figure]:
    """Counted from the frozen copy, each beside what it was in the last report."""
    actions, last = facts.actions, facts.last
    done = sum(line.status in DONE for line in actions)
    before_done = before_late = before_stake = None
    since = ""
    if last is not None:
        since = short_date(last.meeting_on)
        before_done = sum(line.status in DONE for line in last.actions)
        before_late = sum(bool(line.days_late(last.position_at)) for line in last.actions)
        before_stake = sum(line.confidence in AT_STAKE and not line.is_finished for line in last.actions)
    late, stake = len(facts.overdue), len(facts.at_stake)
    return [
        Figure("actions complete", f"{done} of {len(actions)}", detail=f"{before_done} on {since}" if since else ""),
        Figure("completed since last time" if last else "completed so far", len(facts.completed)),
        Figure("with a new date", len(facts.redated)),
        Figure("overdue", late, detail=compared(late, before_late), is_late=late > 0),
        Figure("at risk or off track", stake, detail=compared(stake, before_stake)),
    ]


def compared(now: int, before: int | None) -> str:
    if before is None:
        return ""
    if now == before:
        return "same as last time"
    return f"{abs(now - before)} {'more' if now > before else 'fewer'} than last time"


def clerk_navigation(user: "User", request: HttpRequest) -> list[NavigationItem]:
    """Committee reports, and the plan of the latest challenge that has one."""
    if CLERK not in roles_anywhere(user):
        return []
    items = [NavigationItem("Committee reports", reverse("actionplans:committee_reports"), place=20)]
    planned = Engagement.objects.visible_to(user).filter(plan__isnull=False).order_by("-created_at")
    slug = planned.values_list("slug", flat=True).first()
    if slug:
        items.append(NavigationItem("Action plan", reverse("actionplans:plan", args=[slug]), place=30))
    return items


def _next_meeting(user: "User") -> str:
    """Such as: No report is due. The next meeting is on 15 January 2025; updates close on 3 January."""
    plans = Plan.objects.filter(
        engagement__in=Engagement.objects.visible_to(user), next_meeting_on__gte=timezone.localdate()
    ).order_by("next_meeting_on")
    plan = plans.first()
    if plan is None or plan.next_meeting_on is None:
        return "No report is due, and no meeting is planned."
    issued = CommitteeReport.objects.visible_to(user).filter(
        engagement=plan.engagement_id, meeting_on=plan.next_meeting_on
    )
    if issued.filter(state=CommitteeReport.State.ISSUED).exists():
        return ""
    closes = f"; updates close on {short_date(plan.updates_close_on)}" if plan.updates_close_on else ""
    return f"No report is there yet. The next meeting is on {long_date(plan.next_meeting_on)}{closes}."
