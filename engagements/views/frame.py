"""What every page of one challenge is given: the challenge, its breadcrumbs and which section it belongs to."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from engagements.models import Engagement
from engagements.sections import crumbs_of


def challenge_page(
    request: HttpRequest, engagement: Engagement, template: str, context: dict[str, Any], *, section: str
) -> HttpResponse:
    frame = {
        "engagement": engagement,
        "section": section,
        "crumbs": crumbs_of(engagement, request.user, with_challenge=section != "overview"),
    }
    return render(request, template, {**frame, **context})
