"""The frame of every page: who is signed in, for whom, and where they can go.

The ground does not know councils or challenges. Apps say at start-up (AppConfig.ready) what a person's navigation
holds and which organisation stands beside the name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class NavigationItem:
    """One link of the main navigation. `count` is a badge, `counts` its hidden words. `place` moves it right when higher."""

    label: str
    url: str
    current: bool = False
    count: int = 0
    counts: str = "things to do"
    place: int = 50


Navigation = Callable[[Any, HttpRequest], Sequence[NavigationItem]]
Organisation = Callable[[Any], str]

_navigations: list[Navigation] = []
_organisations: list[Organisation] = []


def register_navigation(navigation: Navigation) -> None:
    """`navigation(user, request)` gives the links of a signed-in person, in order; none for people it does not know."""
    if navigation not in _navigations:
        _navigations.append(navigation)


def register_organisation(organisation: Organisation) -> None:
    """`organisation(user)` gives what stands beside a person's name, or nothing for people it does not know."""
    if organisation not in _organisations:
        _organisations.append(organisation)


def together(menus: Sequence[Sequence[NavigationItem]]) -> list[NavigationItem]:
    """One menu out of several: the longest first, then what the others add. Never two menus, never a word twice."""
    menu: list[NavigationItem] = []
    for items in sorted(menus, key=len, reverse=True):
        known = {item.label for item in menu}
        menu += [item for item in items if item.label not in known]
    return sorted(menu, key=lambda item: item.place)


def with_current(menu: Sequence[NavigationItem], path: str) -> list[NavigationItem]:
    """Mark the item that the page belongs to: the longest address the page's own begins with."""
    if any(item.current for item in menu):
        return list(menu)
    nearest = max((item.url for item in menu if path.startswith(item.url)), key=len, default=None)
    return [replace(item, current=item.url == nearest) for item in menu]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor. Nobody signed in has no navigation."""
    context: dict[str, Any] = {
        "navigation": [],
        "organisation": "",
        "published_url": published_url(),
        "service_telephone": settings.SERVICE_TELEPHONE,
        "service_email": settings.SERVICE_EMAIL,
        "site_url": settings.SITE_URL,
        "is_demonstration": not settings.PRODUCTION,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        menus = [navigation(user, request) for navigation in _navigations]
        context["navigation"] = with_current(together(menus), request.path)
        context["organisation"] = next(filter(None, (name(user) for name in _organisations)), "")
    return context


def published_url() -> str:
    """The public list, once there is one."""
    try:
        return reverse("public:list")
    except NoReverseMatch:
        return ""
