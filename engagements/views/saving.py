"""Trying an operation for a form: what cannot be done is said on the form, what is stale gets the page of both texts."""

from collections.abc import Callable

from django import forms
from django.http import HttpRequest, HttpResponse

from peerchallenge.access import Refused, Stale
from peerchallenge.web.errors import conflict


def done(form: forms.BaseForm, do: Callable[[], object]) -> bool:
    """Carry out `do`. When it is refused its sentence stands on the form and the answer is False."""
    try:
        do()
    except Stale:
        raise
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def told(request: HttpRequest, stale: Stale, *, back: str) -> HttpResponse:
    """Somebody saved first: both texts side by side, and the way to the page as it is now."""
    return conflict(request, stale, back=back)
