"""Long lists in pages. The filter and the order stay in the address."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

ROWS = 100


@dataclass(frozen=True)
class Numbered:
    """The links under a list. `pages` holds (number, address), with None where numbers are left out."""

    previous: str
    following: str
    pages: list[tuple[int, str] | None]


def paginate(request: HttpRequest, things: Any, *, rows: int = ROWS) -> Page[Any]:
    """The page that ?page= asks for. An address that makes no sense gives the nearest page there is."""
    return Paginator(things, rows).get_page(request.GET.get("page"))


def numbered(page: Page[Any], request: HttpRequest) -> Numbered:
    def address(number: int) -> str:
        query = request.GET.copy()
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return Numbered(
        previous=address(page.previous_page_number()) if page.has_previous() else "",
        following=address(page.next_page_number()) if page.has_next() else "",
        pages=[(number, address(number)) if isinstance(number, int) else None for number in shown],
    )
