"""The recommendations of a challenge: read by everybody on it once final, written as drafts before."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from engagements.forms.recommendations import RecommendationForm, holds_two_actions
from engagements.models import Engagement, Recommendation
from engagements.operations.recommendations import change_recommendation, remove_recommendation, write_recommendation
from engagements.sections import crumbs_of
from engagements.stages import Stage, is_from
from engagements.views.frame import challenge_page
from engagements.views.loaders import visible_engagement
from engagements.views.saving import done, told
from peerchallenge.access import Refused, Stale, allow
from peerchallenge.accounts.models import User
from peerchallenge.web.parts import Action, Link
from peerchallenge.web.words import long_date


@dataclass(frozen=True)
class TierPart:
    """The recommendations of one tier, and whether their words are fixed."""

    heading: str
    rows: list[Recommendation]


@allow("engagements.read_challenge", load=visible_engagement)
def recommendations(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    found = list(
        Recommendation.objects.visible_to(request.user)
        .filter(engagement=engagement)
        .select_related("focus_area", "engagement")
        .order_by("position")
    )
    runs = request.user.has_perm("engagements.run_challenge", engagement)
    can_write = runs and not is_from(engagement.stage, Stage.FINAL)
    finals = [recommendation for recommendation in found if recommendation.is_final]
    day = next((recommendation.final_on for recommendation in finals if recommendation.final_on), None)
    context = {
        "heading": "Recommendations",
        "tiers": [
            TierPart(words, rows)
            for tier, words in (("key", "Key recommendations"), ("further", "Further recommendations"))
            if (rows := [recommendation for recommendation in found if recommendation.tier == tier])
        ],
        "locked": (f"Final on {long_date(day)}. " if day else "Final. ") + "The words cannot be changed."
        if finals
        else "",
        "can_write": can_write,
        "buttons": [
            Action("Add a recommendation", reverse("engagements:add_recommendation", args=[engagement.slug]), kind="")
        ]
        if can_write
        else [],
        "empty": "No recommendation is written yet."
        if runs
        else "The recommendations are here once the report is final.",
    }
    return challenge_page(request, engagement, "engagements/recommendations.html", context, section="recommendations")


def crumbs(request: HttpRequest, engagement: Engagement) -> list[Link]:
    above = reverse("engagements:recommendations", args=[engagement.slug])
    return [*crumbs_of(engagement, request.user), Link("Recommendations", above)]


def saved(request: HttpRequest, engagement: Engagement, text: str) -> HttpResponse:
    messages.success(request, "The draft is saved.")
    if holds_two_actions(text):
        messages.warning(request, "This has two actions in it. Split it?")
    return redirect("engagements:recommendations", engagement.slug)


@allow("engagements.run_challenge", load=visible_engagement)
def add(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    above = reverse("engagements:recommendations", args=[engagement.slug])
    form = RecommendationForm(request.POST or None, engagement=engagement, cancel=above)
    if form.is_valid():
        answers = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        if done(form, lambda: write_recommendation(engagement, **answers, by=request.user)):
            return saved(request, engagement, answers["text"])
    context = {
        "engagement": engagement,
        "crumbs": crumbs(request, engagement),
        "heading": "Add a recommendation",
        "form": form,
    }
    return render(request, "engagements/question.html", context)


def visible_draft(user: User, slug: str, ref: str) -> Engagement:
    """The challenge with its recommendation, for those who may write it. `allow` asks about the challenge."""
    engagement = visible_engagement(user, slug)
    drafts = Recommendation.objects.visible_to(user).filter(engagement=engagement)
    engagement.chosen = get_object_or_404(drafts, slug=ref)  # type: ignore[attr-defined]  # read by the views below
    return engagement


@allow("engagements.run_challenge", load=visible_draft)
def edit(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    recommendation: Recommendation = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    above = reverse("engagements:recommendations", args=[engagement.slug])
    form = RecommendationForm(request.POST or None, engagement=engagement, recommendation=recommendation, cancel=above)
    if form.is_valid():
        try:
            if done(form, lambda: change_recommendation(recommendation, **form.cleaned_data, by=request.user)):
                return saved(request, engagement, form.cleaned_data["text"])
        except Stale as stale:
            return told(request, stale, back=request.path)
    context = {
        "engagement": engagement,
        "crumbs": crumbs(request, engagement),
        "heading": f"Recommendation {recommendation.label}",
        "form": form,
        "remove_url": reverse("engagements:remove_recommendation", args=[engagement.slug, recommendation.slug]),
    }
    return render(request, "engagements/edit_recommendation.html", context)


@allow("engagements.run_challenge", load=visible_draft)
def remove(request: HttpRequest, engagement: Engagement) -> HttpResponse:
    recommendation: Recommendation = engagement.chosen  # type: ignore[attr-defined]  # set by the loader
    if recommendation.is_final:
        raise Http404
    above = reverse("engagements:recommendations", args=[engagement.slug])
    if request.method == "POST":
        label = recommendation.label
        try:
            remove_recommendation(recommendation, by=request.user)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The draft of recommendation {label} is removed.")
        return redirect(above)
    context = {
        "engagement": engagement,
        "crumbs": crumbs(request, engagement),
        "heading": f"Remove the draft of recommendation {recommendation.label}?",
        "words": recommendation.text,
        "label": "Remove the draft",
        "cancel": above,
    }
    return render(request, "engagements/confirm.html", context)
