"""One challenge: its overview, its history, its next stage, who runs it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.beside import sides_of
from engagements.conditions import still_needed
from engagements.forms.stage import ManagerForm, MoveForm
from engagements.models import Engagement
from engagements.operations.challenges import name_manager
from engagements.operations.stages import REFUSED_STANDING, move
from engagements.overview import overview_of, tasks_of
from engagements.sections import crumbs_of
from engagements.stages import STAGE_WORDS, Stage, Standing, is_from, next_move, words_for
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done
from peerchallenge.access import allow
from peerchallenge.history.models import OperationRecord
from peerchallenge.history.timeline import capitalised, count_of, timeline
from peerchallenge.web.parts import Action, Happening

LATEST, HISTORY_ROWS = 5, 50


@allow("engagements.see_overview", load=visible_engagement)
def overview(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """In full for those who work on the challenge; its title, dates and stage for other managers."""
    today = localdate()
    user = request.user
    words = words_for(engagement.stage, engagement.standing)
    context: dict[str, Any] = {
        "heading": engagement.council.name,
        "stage": words.lga if user.is_lga_staff else words.council,
        "visit": engagement.visit_in_words,
    }
    if user.has_perm("engagements.read_challenge", engagement):
        reads_history = user.has_perm("engagements.read_history", engagement)
        whole = overview_of(engagement, user=user, today=today)
        context |= {
            "detail": detail_of(engagement, context["stage"]),
            "overview": whole,
            "buttons": buttons_of(request, engagement, whole.next_step),
            "latest": latest_of(engagement) if reads_history else [],
            "history_url": reverse("engagements:history", args=[engagement.slug]),
            "team_url": reverse("engagements:team", args=[engagement.slug]),
            "sides": sides_of(engagement, user, today),
            "new_date_url": new_date_url(request, engagement),
        }
    return challenge_page(request, engagement, "engagements/overview.html", context, section="overview")


def latest_of(engagement: Engagement) -> list[Happening]:
    """The last operations by their sentences alone; what each changed is on the history page."""
    records = OperationRecord.objects.about(engagement).select_related("by").order_by("-at", "-id")[:LATEST]
    return [Happening(title=capitalised(record.sentence), at=record.at, by=str(record.by or "")) for record in records]


def detail_of(engagement: Engagement, stage: str) -> str:
    manager = f"Managed by {engagement.manager}" if engagement.manager else "No manager yet"
    visit = f"Visit {engagement.visit_words}" if engagement.visit_words else "No visit date"
    return " · ".join([engagement.reference, visit, stage, manager])


def new_date_url(request: HttpRequest, engagement: Engagement) -> str:
    can_set = engagement.standing == Standing.POSTPONED and request.user.has_perm(
        "engagements.run_challenge", engagement
    )
    return reverse("engagements:move_visit", args=[engagement.slug]) if can_set else ""


def buttons_of(request: HttpRequest, engagement: Engagement, next_step: Action | None) -> list[Action]:
    """The next step, and what can be done to the visit while it is ahead."""
    if not request.user.has_perm("engagements.run_challenge", engagement) or engagement.standing == Standing.CANCELLED:
        return []
    buttons = []
    if engagement.standing == Standing.POSTPONED:
        return [Action("Set a new date", reverse("engagements:move_visit", args=[engagement.slug]), kind="")]
    if not is_from(engagement.stage, Stage.ON_SITE):
        if engagement.visit_is_confirmed:
            buttons.append(
                Action("Move or postpone the visit", reverse("engagements:move_visit", args=[engagement.slug]))
            )
        else:
            buttons.append(Action("Confirm the visit", reverse("engagements:confirm_visit", args=[engagement.slug])))
    return [*buttons, next_step] if next_step else buttons


@allow("engagements.run_challenge", load=visible_engagement)
def stage(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    step = next_move(engagement.stage)
    here = reverse("engagements:overview", args=[engagement.slug])
    context = {
        "engagement": engagement,
        "crumbs": crumbs_of(engagement, request.user),
        "heading": "Move to the next stage",
        "back_url": here,
    }
    if step is None or engagement.standing != Standing.ACTIVE:
        context["why_not"] = REFUSED_STANDING.get(engagement.standing, "This challenge is closed.")
        return render(request, "engagements/stage.html", context)
    needed = still_needed(engagement, localdate())
    missing = [condition for condition in needed if not condition.is_met]
    target = STAGE_WORDS[step.target].lga
    form = None
    if not any(condition.is_hard for condition in missing):
        form = MoveForm(
            request.POST if request.method == "POST" else None, target=target, is_complete=not missing, cancel=here
        )
        if form.is_valid():
            why = form.cleaned_data.get("why", "")
            if done(form, lambda: move(engagement, to=step.target, why=why, by=request.user, today=localdate())):
                messages.success(request, f"The challenge has moved to “{target}”.")
                return redirect(here)
    context |= {
        "heading": f"Move to “{target}”",
        "list_heading": "Everything is there" if not missing else "What is needed",
        "tasks": tasks_of(needed, runs=True, can_record=True),
        "follows": FOLLOWS.get(step.target, ""),
        "form": form,
        "blocked": "It cannot move on before this is there.",
    }
    return render(request, "engagements/stage.html", context)


FOLLOWS = {
    Stage.FINAL: "The words of the recommendations can no longer be changed after this.",
    Stage.CLOSED: "The challenge leaves the list of those under way. Everything stays readable.",
}


@allow("engagements.run_challenge", load=visible_engagement)
def manager(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    here = reverse("engagements:overview", args=[engagement.slug])
    form = ManagerForm(request.POST or None, engagement=engagement, cancel=here)
    if form.is_valid() and done(
        form, lambda: name_manager(engagement, manager=form.cleaned_data["manager"], by=request.user)
    ):
        messages.success(request, f"{engagement.manager} is the peer challenge manager.")
        return redirect(here)
    context = {
        "engagement": engagement,
        "crumbs": crumbs_of(engagement, request.user),
        "heading": "Peer challenge manager",
        "form": form,
    }
    return render(request, "engagements/question.html", context)


@allow("engagements.read_history", load=visible_engagement)
def history(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """Everything that was done to the challenge, newest first."""
    page = Paginator(range(count_of(engagement)), HISTORY_ROWS).get_page(request.GET.get("page"))
    context = {
        "heading": "History",
        "entries": timeline(engagement, limit=HISTORY_ROWS, page=page.number),
        "page": page,
    }
    return challenge_page(request, engagement, "engagements/history.html", context, section="history")
