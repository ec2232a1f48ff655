"""What holds for every request and every answer, whatever the page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import patch_vary_headers

from peerchallenge.web import health
from peerchallenge.web.errors import bad_request

GetResponse = Callable[[HttpRequest], HttpResponse]

METHODS = ["GET", "HEAD", "POST"]
PERMISSIONS = ", ".join(
    f"{feature}=()" for feature in ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
)


class Probes:
    """Whether the service lives and is ready is answered before anything asks the database who is signed in."""

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in {"GET", "HEAD"}:
            if request.path == "/healthz":
                return health.healthz(request)
            if request.path == "/readyz":
                return health.readyz(request)
        return self.get_response(request)


class KnownRequests:
    """Pages are read and forms are sent: any other method is refused, and so is an address with a NUL in it.

    PostgreSQL takes no NUL in a text, so a filter built from one would be a fault instead of a refusal.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path_info:
            return bad_request(request)
        return self.get_response(request)


class PrivateByDefault:
    """No answer is kept by a browser or a proxy, or found by a search engine, unless its view says otherwise.

    A page that anyone may read (`@allow_anyone`) may be found; a signed-in person's never is.
    """

    def __init__(self, get_response: GetResponse):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        patch_vary_headers(response, ["Cookie"])
        if not may_be_found(request, response):
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


def may_be_found(request: HttpRequest, response: HttpResponse) -> bool:
    match = request.resolver_match
    is_open = match is not None and getattr(match.func, "access", "") == "anyone"
    return is_open and response.status_code == 200
