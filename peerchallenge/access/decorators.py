"""Every view says who may. The access table test reads what is said here."""

import functools
from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

View = Callable[..., HttpResponse]
Load = Callable[..., Any]


def allow(permission: str, *, load: Load | None = None) -> Callable[[View], View]:
    """Let in people who hold `permission` on what `load` finds.

    `load(user, **captured)` returns the thing the page is about out of what the user may see, or raises
    `Http404`: what a person may not see does not exist for them. A person who may see it but lacks the
    permission gets 403. The view is called as view(request, thing), or view(request, **captured) without `load`.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, **captured: Any) -> HttpResponse:
            if load is None:
                if not request.user.has_perm(permission):
                    raise PermissionDenied(permission)
                return view(request, **captured)
            thing = load(request.user, **captured)
            if thing is None:
                raise Http404
            if not request.user.has_perm(permission, thing):
                raise PermissionDenied(permission)
            return view(request, thing)

        guarded.access = permission  # type: ignore[attr-defined]  # read by the access table test
        return guarded

    if not rules.perm_exists(permission):
        _awaited.add(permission)
    return decorate


_awaited: set[str] = set()


def unknown_permissions() -> list[str]:
    """Permissions that views ask for and no rules.py defines. Must be empty; a system check says so."""
    return sorted(permission for permission in _awaited if not rules.perm_exists(permission))


def allow_anyone(view: View) -> View:
    """Open to everybody, signed in or not."""
    opened = login_not_required(view)
    opened.access = "anyone"  # type: ignore[attr-defined]  # read by the access table test
    return opened


def allow_signed_in(view: View) -> View:
    """Open to everybody who is signed in; the page shows only what is theirs."""
    view.access = "signed in"  # type: ignore[attr-defined]  # read by the access table test
    return view
