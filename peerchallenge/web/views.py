"""The pages that are the same for everybody."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from peerchallenge.access import allow_anyone, allow_signed_in
from peerchallenge.web.home import home_of
from peerchallenge.web.parts import (
    CONFIDENCE_MEANINGS,
    CONFIDENCE_WORDS,
    STATUS_MEANINGS,
    STATUS_WORDS,
)


@allow_anyone
def start(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("pages:home")
    return render(request, "pages/start.html")


@allow_signed_in
def home(request: HttpRequest) -> HttpResponse:
    return home_of(request) or render(request, "pages/home.html")


@allow_anyone
def help_page(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/help.html",
        {
            "statuses": [(STATUS_WORDS[code], meaning) for code, meaning in STATUS_MEANINGS.items()],
            "confidences": [(code, CONFIDENCE_WORDS[code], meaning) for code, meaning in CONFIDENCE_MEANINGS.items()],
        },
    )


@allow_anyone
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"site_url": settings.SITE_URL})


@allow_anyone
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html")


@allow_anyone
def cookies(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "pages/cookies.html",
        {"session_cookie": settings.SESSION_COOKIE_NAME, "csrf_cookie": settings.CSRF_COOKIE_NAME},
    )
