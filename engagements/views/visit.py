"""The dates of the visit, and the days on which milestones were met."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from engagements.clock import Deadline, clock_of
from engagements.elections import warnings_for
from engagements.forms.visit import ConfirmVisitForm, MilestoneForm, MoveVisitForm
from engagements.milestones import NEXT
from engagements.models import Engagement, Milestone
from engagements.operations.milestones import record_milestone
from engagements.operations.visit import cancel, confirm_visit, move_visit, postpone_visit
from engagements.sections import crumbs_of
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done, told
from peerchallenge.access import Stale, allow
from peerchallenge.web.words import long_date


@allow("engagements.run_challenge", load=visible_engagement)
def confirm(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    here = reverse("engagements:overview", args=[engagement.slug])
    form = ConfirmVisitForm(request.POST or None, engagement=engagement, cancel=here)
    if form.is_valid():
        try:
            saved = done(
                form, lambda: confirm_visit(engagement, **form.cleaned_data, by=request.user, today=localdate())
            )
        except Stale as stale:
            return told(request, stale, back=here)
        if saved:
            return visit_saved(request, engagement, f"The visit is confirmed: {engagement.visit_words}.")
    lead = f"The council would like: {engagement.visit_wish}" if engagement.visit_wish else ""
    context = {
        "engagement": engagement,
        "crumbs": crumbs_of(engagement, request.user),
        "heading": "Confirm the visit",
        "lead": lead,
        "form": form,
    }
    return render(request, "engagements/question.html", context)


def visit_saved(request: HttpRequest, engagement: Engagement, sentence: str) -> HttpResponse:
    """Back to the overview, with what to mind about the new date."""
    messages.success(request, sentence)
    if engagement.visit_starts_on and engagement.visit_ends_on and not engagement.visit_is_month_only:
        for warning in warnings_for(engagement.visit_starts_on, engagement.visit_ends_on):
            messages.warning(request, warning)
    return redirect("engagements:overview", engagement.slug)


@allow("engagements.run_challenge", load=visible_engagement)
def move_or_postpone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    here = reverse("engagements:overview", args=[engagement.slug])
    form = MoveVisitForm(request.POST or None, engagement=engagement, today=localdate(), cancel=here)
    if form.is_valid():
        try:
            if done(form, lambda: change_visit(request, engagement, form)):
                return visit_saved(request, engagement, SAVED[form.cleaned_data["what"]].format(engagement.visit_words))
        except Stale as stale:
            return told(request, stale, back=here)
    context = {
        "engagement": engagement,
        "crumbs": crumbs_of(engagement, request.user),
        "heading": "Move, postpone or cancel the visit",
        "lead": f"The visit is on {engagement.visit_words}." if engagement.visit_words else "The visit has no date.",
        "form": form,
    }
    return render(request, "engagements/question.html", context)


SAVED = {
    MoveVisitForm.MOVE: "The visit is on {}. Every date counted from it has moved.",
    MoveVisitForm.POSTPONE: "The visit is postponed.",
    MoveVisitForm.CANCEL: "The challenge is cancelled.",
}


def change_visit(request: HttpRequest, engagement: Engagement, form: MoveVisitForm) -> None:
    answers = dict(form.cleaned_data)
    what, starts_on, ends_on = (answers.pop(name) for name in ("what", "starts_on", "ends_on"))
    if what == MoveVisitForm.MOVE:
        move_visit(engagement, starts_on=starts_on, ends_on=ends_on, **answers, by=request.user, today=localdate())
    elif what == MoveVisitForm.POSTPONE:
        postpone_visit(engagement, **answers, by=request.user, today=localdate())
    else:
        cancel(engagement, **answers, by=request.user, today=localdate())


def visible_milestone(user: "object", slug: str, kind: str) -> Engagement:
    """The challenge, with the deadline of this kind on it as `deadline`. A kind that its rules do not know is not found."""
    engagement = visible_engagement(user, slug)  # type: ignore[arg-type]  # the request's user
    wanted = kind.replace("-", "_")
    deadline = next((deadline for deadline in clock_of(engagement) if deadline.kind == wanted != NEXT), None)
    if deadline is None:
        raise Http404
    engagement.deadline = deadline  # type: ignore[attr-defined]  # read by the view below
    return engagement


@allow("engagements.record_milestone", load=visible_milestone)
def milestone(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    """One address, with hyphens; the same kind with underscores leads to it."""
    if request.resolver_match and "_" in request.resolver_match.kwargs["kind"]:
        return redirect(
            "engagements:milestone", engagement.slug, request.resolver_match.kwargs["kind"].replace("_", "-")
        )
    here = reverse("engagements:overview", args=[engagement.slug])
    deadline: Deadline = engagement.deadline  # type: ignore[attr-defined]  # set by the loader
    known = Milestone.objects.filter(engagement=engagement, kind=deadline.kind).first()
    form = MilestoneForm(request.POST or None, deadline=deadline, milestone=known, today=localdate(), cancel=here)
    if form.is_valid():
        facts = form.facts()
        try:
            if done(
                form,
                lambda: record_milestone(engagement, kind=deadline.kind, **facts, by=request.user, today=localdate()),
            ):
                messages.success(request, f"{deadline.words.title}: saved.")
                return redirect(here)
        except Stale as stale:
            return told(request, stale, back=request.path)
    late = f" It is {deadline.standing_words(localdate())}." if deadline.is_missed(localdate()) else ""
    context = {
        "engagement": engagement,
        "crumbs": crumbs_of(engagement, request.user),
        "heading": deadline.words.title,
        "lead": f"{deadline.rule_words}: due {long_date(deadline.due_on)}.{late}"
        if deadline.due_on
        else "The visit has no date.",
        "form": form,
    }
    return render(request, "engagements/question.html", context)
