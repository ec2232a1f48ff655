"""The service navigation and what else the frame of every page shows.

The ground knows no role beyond the LGA's own. Each app says at start-up what it adds for a person:

    register_navigation(items_for)        # in AppConfig.ready; items_for(user, request) -> list[NavigationItem]
    register_organisation(name_for)       # name_for(user) -> the council or body shown after the name, or ""

A person with two roles gets the union: each address once, the places in ascending order.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import HttpRequest

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


@dataclass(frozen=True)
class NavigationItem:
    """One link of the service navigation. `place` orders the items (Home is 0); `count` is the number of things to do."""

    label: str
    url: str
    place: int = 50
    count: int = 0
    counts: str = "things to do"
    current: bool = False


ItemsFor = Callable[["User", HttpRequest], list[NavigationItem]]
NameFor = Callable[["User"], str]

_items: list[ItemsFor] = []
_organisations: list[NameFor] = []


def register_navigation(items_for: ItemsFor) -> ItemsFor:
    """Add what `items_for` answers to the navigation of the person signed in."""
    if items_for not in _items:
        _items.append(items_for)
    return items_for


def register_organisation(name_for: NameFor) -> NameFor:
    """Say whose person it is, in the header. The first name that is not empty is shown."""
    if name_for not in _organisations:
        _organisations.append(name_for)
    return name_for


def navigation(user: "User", request: HttpRequest) -> list[NavigationItem]:
    """The items of one person, the one that leads nearest to this page marked."""
    by_url: dict[str, NavigationItem] = {}
    for items_for in _items:
        for item in items_for(user, request):
            by_url.setdefault(item.url, item)
    items = sorted(by_url.values(), key=lambda item: (item.place, item.label))
    leading_here = [item for item in items if request.path.startswith(item.url)]
    nearest = max(leading_here, key=lambda item: len(item.url), default=None)
    return [replace(item, current=item is nearest) for item in items]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what base.html shows around every page. A stranger's page asks the database for nothing."""
    words: dict[str, Any] = {
        "service_telephone": settings.SERVICE_TELEPHONE,
        "service_email": settings.SERVICE_EMAIL,
    }
    user = getattr(request, "user", None)
    if user is not None and user.is_authenticated:
        words["navigation"] = navigation(user, request)
        words["organisation"] = next((name for name_for in _organisations if (name := name_for(user))), "")
    return words
