"""When two people change the same thing: both texts side by side, and a form that keeps what was typed."""

from collections.abc import Sequence
from http import HTTPStatus

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from peerchallenge.access import Stale
from peerchallenge.web.parts import Link


def kept_words(request: HttpRequest, stale: Stale, *, form: forms.BaseForm, crumbs: Sequence[Link]) -> HttpResponse:
    """The 409 page. `form` holds what was typed, on the newest version, ready to be changed and saved."""
    context = {"stale": stale, "form": form, "crumbs": crumbs, "here": request.path}
    return render(request, "actionplans/stale.html", context, status=HTTPStatus.CONFLICT)
