"""The first page after signing in. It depends on who reads it, so the apps say at start-up what it is."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Home = Callable[[HttpRequest], HttpResponse | None]

_homes: list[tuple[int, Home]] = []


def register_home(order: int, home: Home) -> None:
    """`home(request)` answers the first page of the people it knows, and None for others. The lowest order asks first."""
    if (order, home) not in _homes:
        _homes.append((order, home))
        _homes.sort(key=lambda registered: registered[0])


def home_of(request: HttpRequest) -> HttpResponse | None:
    return next(filter(None, (home(request) for _, home in _homes)), None)
