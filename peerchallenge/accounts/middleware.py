"""When a sign-in ends by itself, and who must have a second step."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from peerchallenge.accounts.kept_words import keep_words

GetResponse = Callable[[HttpRequest], HttpResponse]

BEGAN = "sign_in_began"
SEEN = "sign_in_seen"
# The moment a person was last seen is written down at most this often.
SEEN_EVERY_SECONDS = 5 * 60

# Pages that LGA staff without a second step may open: to set it up, to prove who they are first, to leave.
PAGES_WITHOUT_SECOND_FACTOR = {
    "account_logout",
    "account_reauthenticate",
    "account_set_password",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_index",
    "accounts:security",
    "pages:start",
    "pages:help",
    "pages:accessibility",
    "pages:privacy",
    "pages:cookies",
    "accounts:kept_words",
}


class SignInEnds:
    """Signed out after SIGN_IN_IDLE_SECONDS without a request, and SIGN_IN_LONGEST_SECONDS after signing in.

    What a form sent then held is kept and shown after the next sign-in.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            now = int(time.time())
            began = request.session.setdefault(BEGAN, now)
            seen = request.session.get(SEEN, now)
            if now - began > settings.SIGN_IN_LONGEST_SECONDS or now - seen > settings.SIGN_IN_IDLE_SECONDS:
                person_id = request.user.pk
                logout(request)
                if request.method == "POST" and keep_words(request, of=person_id):
                    return redirect_to_login(reverse("accounts:kept_words"))
            elif SEEN not in request.session or now - seen > SEEN_EVERY_SECONDS:
                request.session[SEEN] = now
        return self.get_response(request)


class SignInRequired(LoginRequiredMiddleware):
    """As Django's, but a piece of a page is not filled with the sign-in page: the whole page goes there."""

    def handle_no_permission(  # type: ignore[override]  # a piece of a page is answered without a redirect
        self, request: HttpRequest, view_func: Any
    ) -> HttpResponse:
        if request.headers.get("HX-Request"):
            here = request.headers.get("HX-Current-URL", "")
            back = urlsplit(here).path or reverse("pages:home")
            address = redirect_to_login(back)["Location"]
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": address})
        return super().handle_no_permission(request, view_func)


class SecondFactorForStaff:
    """LGA staff set up an authenticator app before they open anything else, where the settings demand it."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        user = request.user
        if not user.is_authenticated or not user.needs_second_factor:
            return None
        match = request.resolver_match
        if match is not None and match.view_name in PAGES_WITHOUT_SECOND_FACTOR:
            return None
        if is_mfa_enabled(user, [Authenticator.Type.TOTP]):
            return None
        set_up = reverse("mfa_activate_totp")
        if request.headers.get("HX-Request"):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED, headers={"HX-Redirect": set_up})
        return redirect(set_up)
