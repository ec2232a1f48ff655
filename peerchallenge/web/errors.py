"""Error pages. Each says what happened, what to do now and whom to ring; none shows what went wrong inside."""

import logging
import secrets
import sys
from http import HTTPStatus

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from peerchallenge.access import Stale

logger = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return in_frame(request, "errors/400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """You may see it, but not do this."""
    return in_frame(request, "errors/403.html", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return in_frame(request, "errors/404.html", HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return in_frame(request, "errors/csrf.html", HTTPStatus.FORBIDDEN)


def conflict(request: HttpRequest, stale: Stale, *, back: str = "") -> HttpResponse:
    """Somebody saved first. Both texts stand side by side, so nothing typed is lost. `back` opens the page as it is now."""
    context = {"stale": stale, "back": back or request.path}
    return in_frame(request, "errors/409.html", HTTPStatus.CONFLICT, context)


def fault(request: HttpRequest) -> HttpResponse:
    """Something broke. When it is the database that is away, say that it will be back."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return unavailable(request)
    reference = secrets.token_hex(3).upper()
    logger.error("Reference %s: a fault at %s", reference, request.path, exc_info=True)
    return without_frame(request, "errors/500.html", HTTPStatus.INTERNAL_SERVER_ERROR, {"reference": reference})


def unavailable(request: HttpRequest) -> HttpResponse:
    response = without_frame(request, "errors/503.html", HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = "60"
    return response


def in_frame(
    request: HttpRequest, template: str, status: HTTPStatus, context: dict[str, object] | None = None
) -> HttpResponse:
    return HttpResponse(render_to_string(template, context, request), status=status)


def without_frame(
    request: HttpRequest, template: str, status: HTTPStatus, more: dict[str, object] | None = None
) -> HttpResponse:
    """A page that asks nothing of the database: no name, no navigation."""
    context = {
        **(more or {}),
        "request": request,
        "service_telephone": settings.SERVICE_TELEPHONE,
        "service_email": settings.SERVICE_EMAIL,
    }
    return HttpResponse(render_to_string(template, context), status=status)
