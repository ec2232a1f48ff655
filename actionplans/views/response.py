"""One recommendation with what the council answers, and the answer."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate

from actionplans.action_queries import lines_for
from actionplans.forms.response import ResponseForm
from actionplans.models import Response
from actionplans.operations.plan import answer_recommendation
from actionplans.views.frame import plan_crumbs
from actionplans.views.loaders import visible_recommendation
from actionplans.views.stale import kept_words
from engagements.models import Recommendation
from peerchallenge.access import Refused, Stale, allow
from peerchallenge.web.parts import Action as Button


@allow("actionplans.read_recommendation", load=visible_recommendation)
def recommendation_page(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    context = {
        "recommendation": recommendation,
        "crumbs": plan_crumbs(recommendation.engagement, request.user),
        "response": answer_to(recommendation),
        "lines": lines_for(recommendation, today=localdate()),
        "buttons": recommendation_buttons(request, recommendation),
    }
    return render(request, "actionplans/recommendation/recommendation.html", context)


@allow("actionplans.answer_recommendation", load=visible_recommendation)
def respond(request: HttpRequest, recommendation: Recommendation) -> HttpResponse:
    given = answer_to(recommendation)
    form = ResponseForm(request.POST or None, response=given, cancel=recommendation.get_absolute_url())
    if form.is_valid():
        try:
            answer_recommendation(recommendation, **form.answers(), by=request.user, today=localdate())
        except Stale as stale:
            again = form.again(response=stale.current)
            return kept_words(request, stale, form=again, crumbs=plan_crumbs(recommendation.engagement, request.user))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"The response to recommendation {recommendation.label} is saved.")
            return redirect(recommendation)
    context = {
        "recommendation": recommendation,
        "crumbs": plan_crumbs(recommendation.engagement, request.user),
        "form": form,
    }
    return render(request, "actionplans/recommendation/respond.html", context)


def answer_to(recommendation: Recommendation) -> Response | None:
    """The council's answer, None while there is none."""
    return getattr(recommendation, "response", None)


def recommendation_buttons(request: HttpRequest, recommendation: Recommendation) -> list[Button]:
    slug = recommendation.engagement.slug
    buttons = []
    if recommendation.is_final and request.user.has_perm("actionplans.answer_recommendation", recommendation):
        given = answer_to(recommendation)
        words = "Change the response" if given and given.answer else "Give the response"
        buttons.append(Button(words, reverse("actionplans:response", args=[slug, recommendation.slug])))
    if recommendation.is_final and request.user.has_perm("actionplans.change_plan", recommendation.engagement):
        add = f"{reverse('actionplans:add_action', args=[slug])}?recommendation={recommendation.slug}"
        buttons.append(Button("Add an action", add))
    return buttons
