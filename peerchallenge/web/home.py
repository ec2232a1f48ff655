"""The first page after signing in. What it is depends on the person's role, which only the apps know.

    register_home(order, page)            # in AppConfig.ready; page(request) -> HttpResponse | None

The pages are asked in ascending order; the first that answers is the person's home.
"""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

HomePage = Callable[[HttpRequest], HttpResponse | None]

_pages: list[tuple[int, HomePage]] = []


def register_home(order: int, page: HomePage) -> HomePage:
    """Offer `page` as a home. It answers None when the person has another one."""
    if not any(known is page for _, known in _pages):
        _pages.append((order, page))
        _pages.sort(key=lambda entry: entry[0])
    return page


def home_of(request: HttpRequest) -> HttpResponse | None:
    """The home of the person signed in, None when no app has one for them."""
    for _, page in _pages:
        response = page(request)
        if response is not None:
            return response
    return None
