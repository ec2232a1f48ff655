"""What a challenge looks at: its themes and the council's own focus."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from engagements.forms.scope import FocusForm, FrameworkForm
from engagements.models import Engagement, FocusArea
from engagements.operations.challenges import add_local_focus, choose_framework
from engagements.sections import crumbs_of
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done
from peerchallenge.access import allow
from peerchallenge.web.parts import Action, Link


@allow("engagements.read_challenge", load=visible_engagement)
def scope(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    areas = list(engagement.focus_areas.order_by("position").prefetch_related("questions"))
    buttons = []
    if request.user.has_perm("engagements.run_challenge", engagement) and not areas:
        buttons.append(Action("Choose the themes", reverse("engagements:framework", args=[engagement.slug]), kind=""))
    if request.user.has_perm("engagements.change_focus", engagement):
        kind = "secondary" if buttons else ""
        buttons.append(Action("Add a local focus", reverse("engagements:add_focus", args=[engagement.slug]), kind=kind))
    framework = engagement.framework
    context = {
        "heading": "Scope",
        "detail": f"{framework.title}, {framework.in_force}" if framework else "No themes chosen yet",
        "core": [area for area in areas if area.kind == FocusArea.Kind.CORE],
        "local": [area for area in areas if area.kind == FocusArea.Kind.LOCAL],
        "buttons": buttons,
    }
    return challenge_page(request, engagement, "engagements/scope.html", context, section="scope")


def question(request: HttpRequest, engagement: Engagement, heading: str, form: object) -> HttpResponse:
    above = Link("Scope", reverse("engagements:scope", args=[engagement.slug]))
    context = {
        "engagement": engagement,
        "crumbs": [*crumbs_of(engagement, request.user), above],
        "heading": heading,
        "form": form,
    }
    return render(request, "engagements/question.html", context)


@allow("engagements.run_challenge", load=visible_engagement)
def framework(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    above = reverse("engagements:scope", args=[engagement.slug])
    form = FrameworkForm(request.POST or None, cancel=above)
    if form.is_valid() and done(
        form, lambda: choose_framework(engagement, framework=form.cleaned_data["framework"], by=request.user)
    ):
        messages.success(request, "The themes are copied to this challenge.")
        return redirect(above)
    return question(request, engagement, "Choose the themes", form)


@allow("engagements.change_focus", load=visible_engagement)
def add_focus(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    above = reverse("engagements:scope", args=[engagement.slug])
    form = FocusForm(request.POST or None, cancel=above)
    if form.is_valid() and done(form, lambda: add_local_focus(engagement, **form.cleaned_data, by=request.user)):
        messages.success(request, f"“{form.cleaned_data['title']}” is added.")
        return redirect(above)
    return question(request, engagement, "Add a local focus", form)
