"""Where every challenge is: the list, the same as first page for LGA staff, and the same as a spreadsheet."""

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate

from engagements.forms.portfolio import PortfolioFilterForm
from engagements.portfolio_page import attention_of, chart_of, figures_of, rows_of
from engagements.portfolio_sheet import XLSX, portfolio_workbook
from engagements.queries import SHOWS, given_up_dates, portfolio
from peerchallenge.access import allow
from peerchallenge.accounts.models import LgaRole
from peerchallenge.web.pagination import paginate
from peerchallenge.web.parts import Action, Link
from peerchallenge.web.words import week_date

ROWS = 25
ATTENTION = 7


@allow("engagements.list_challenges")
def challenges(request: HttpRequest) -> HttpResponse:
    return portfolio_page(request, heading="Challenges")


def home(request: HttpRequest) -> HttpResponse | None:
    """The first page of the programme office, of managers and of administrators; None for everybody else."""
    match request.user.lga_role:
        case LgaRole.MANAGER:
            return portfolio_page(request, heading="Your challenges")
        case LgaRole.PROGRAMME_OFFICE | LgaRole.ADMINISTRATOR:
            return portfolio_page(request, heading="Challenges")
    return None


def portfolio_page(request: HttpRequest, *, heading: str) -> HttpResponse:
    today = localdate()
    filter_form = PortfolioFilterForm(request.GET, user=request.user)
    asked = filter_form.asked()
    found = portfolio(request.user, asked, today=today)
    page = paginate(request, found.lines(asked), rows=ROWS)
    attention = found.attention[:ATTENTION]
    given_up = given_up_dates([line.challenge for line in [*page.object_list, *attention]])
    address = reverse("engagements:list")
    context = {
        "heading": heading,
        "detail": f"{week_date(today)} {today.year}",
        "buttons": buttons(request),
        "figures": figures_of(found, address, query_without_show(request)),
        "attention": attention_of(attention, given_up, today),
        "attention_more": f"See all {len(found.attention)}",
        "attention_url": f"{address}?{query_without_show(request, show='attention')}"
        if len(found.attention) > ATTENTION
        else "",
        "chart": chart_of(found, page.object_list, given_up) if page.object_list else None,
        "table_heading": SHOWS[asked.show],
        "rows": rows_of(page.object_list, given_up, today),
        "page": page,
        "filter_form": filter_form,
        "chosen": chosen_links(request, filter_form),
        "clear_url": address,
        "is_empty": not found.challenges and not filter_form.tags(),
    }
    return render(request, "engagements/portfolio.html", context)


def buttons(request: HttpRequest) -> list[Action]:
    query = request.GET.urlencode()
    download = reverse("engagements:spreadsheet") + (f"?{query}" if query else "")
    offered = [Action("Download as a spreadsheet", download)]
    if request.user.has_perm("engagements.start_challenge"):
        offered.append(Action("Start a challenge", reverse("engagements:start"), kind=""))
    return offered


def query_without_show(request: HttpRequest, **changes: str) -> str:
    """The filter of the page without the figure that is chosen, its order and its page."""
    kept = {name: value for name, value in request.GET.items() if name not in {"show", "page", "sort"} and value}
    return urlencode(kept | changes)


def chosen_links(request: HttpRequest, filter_form: PortfolioFilterForm) -> list[Link]:
    links = []
    for name, words in filter_form.tags():
        query = request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        links.append(Link(words, f"?{query.urlencode()}"))
    return links


@allow("engagements.list_challenges")
def spreadsheet(request: HttpRequest) -> HttpResponse:
    """The rows of the list as filtered, without pages."""
    today = localdate()
    asked = PortfolioFilterForm(request.GET, user=request.user).asked()
    lines = portfolio(request.user, asked, today=today).lines(asked)
    response = HttpResponse(portfolio_workbook(lines, today=today), content_type=XLSX)
    name = f"challenges-{dt.date.isoformat(today)}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response
