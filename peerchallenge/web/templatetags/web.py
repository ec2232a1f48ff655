"""Tags and filters of every page. docs/components.md lists them with the components."""

import datetime
from collections.abc import Mapping
from typing import Any

from django import forms, template
from django.core.paginator import Page
from django.forms.formsets import BaseFormSet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from peerchallenge.web import charts, words
from peerchallenge.web.pagination import numbered
from peerchallenge.web.parts import CONFIDENCE_WORDS, STATUS_WORDS
from peerchallenge.web.templatetags.questions import kind

register = template.Library()


@register.filter
def longdate(day: datetime.date | None) -> str:
    """{{ date|longdate }}: 8 July 2024"""
    return words.long_date(day) if day else ""


@register.filter
def shortdate(day: datetime.date | None) -> str:
    """{{ date|shortdate }}: 8 July"""
    return words.short_date(day) if day else ""


@register.filter
def weekdate(day: datetime.date | None) -> str:
    """{{ date|weekdate }}: Wednesday 6 March"""
    return words.week_date(day) if day else ""


@register.filter
def dayrange(first: datetime.date | None, last: datetime.date | None) -> str:
    """{{ first|dayrange:last }}: 5 to 8 March 2024"""
    return words.day_range(first, last) if first else ""


@register.filter
def moment(at: datetime.datetime | None) -> str:
    """{{ at|moment }}: 11 October 2024, 3:20pm"""
    return words.past_moment(at) if at else ""


@register.filter
def clocktime(at: datetime.datetime | datetime.time | None) -> str:
    """{{ time|clocktime }}: 10:15am"""
    return words.clock_time(at) if at else ""


@register.filter
def counted(number: int, nouns: str) -> str:
    """{{ 2|counted:"action" }}: 2 actions; {{ 2|counted:"party,parties" }} where the plural is its own word"""
    return words.counted(number, *nouns.split(",", 1))


@register.filter
def filesize(size: int) -> str:
    """{{ file.size|filesize }}: 151 KB"""
    return words.file_size(size)


@register.filter
def masked(address: str | None) -> str:
    """{{ email|masked }}: h••••@northmoor.example"""
    name, _, place = (address or "").partition("@")
    return f"{name[:1]}••••@{place}" if place else ""


@register.simple_tag
def status_tag(code: str, label: str = "") -> SafeString:
    """{% status_tag action.status action.status_label %}: the council's own word, in the colour of ours"""
    known = code if code in STATUS_WORDS else "none"
    return format_html(
        '<span class="app-tag app-tag--{}{}">{}</span>',
        known,
        " app-tag--wrap" if len(label) > 24 else "",
        label or STATUS_WORDS.get(code, "No status"),
    )


@register.simple_tag
def confidence_mark(code: str, label: str = "") -> SafeString:
    """{% confidence_mark action.confidence %}: shape and word, never colour alone"""
    known = code if code in CONFIDENCE_WORDS else ""
    return format_html(
        '<span class="app-rag{}">{}{}</span>',
        "" if known else " app-rag--none",
        charts.confidence_shape(known),
        label or CONFIDENCE_WORDS[known],
    )


@register.simple_tag
def confidence_shape(code: str) -> SafeString:
    """{% confidence_shape code %}: the shape alone, hidden from screen readers; its word must stand beside it"""
    return charts.confidence_shape(code if code in CONFIDENCE_WORDS else "")


@register.simple_tag
def status_bar(counts: Mapping[str, int], label: str = "", width: int = charts.BAR_WIDTH) -> SafeString:
    """{% status_bar counts %}: one stacked bar; counts by status code"""
    return charts.status_bars([charts.StatusRow(label, counts)], width=width)


@register.simple_tag
def status_bars(rows: list[charts.StatusRow]) -> SafeString:
    """{% status_bars rows %}: one stacked bar per date, the last in bold"""
    return charts.status_bars(rows)


@register.inclusion_tag("components/status_key.html")
def status_key(counts: Any) -> dict[str, Any]:
    """{% status_key rows %} or {% status_key counts %}: the words for the colours in use"""
    rows = [charts.StatusRow("", counts)] if isinstance(counts, Mapping) else list(counts)
    return {"parts": charts.statuses_shown(rows)}


@register.simple_tag
def clock_chart(clock: charts.Clock) -> SafeString:
    """{% clock_chart clock %}: one challenge from request to review; a table beneath must say the same"""
    return charts.clock(clock)


@register.simple_tag
def portfolio_chart(portfolio: charts.Portfolio) -> SafeString:
    """{% portfolio_chart portfolio %}: where each challenge is; a table beneath must say the same"""
    return charts.portfolio(portfolio)


@register.inclusion_tag("components/figure.html")
def figure(label: str, number: str | int, url: str = "", detail: str = "", late: bool = False) -> dict[str, Any]:
    """{% figure "overdue" plan.overdue url=overdue_url late=True %}: one cell inside <dl class="app-figures">"""
    is_late = bool(late) and str(number) not in {"", "0"}
    return {"figure": {"label": label, "number": number, "url": url, "detail": detail, "is_late": is_late}}


@register.inclusion_tag("components/pages.html", takes_context=True)
def page_links(context: template.Context, page: Page[Any], things: str = "rows") -> dict[str, Any]:
    """{% page_links page "actions" %}: which rows these are, and links to the others keeping the filter"""
    return {"page": page, "things": things, "links": numbered(page, context["request"])}


@register.simple_tag(takes_context=True)
def with_query(context: template.Context, **changes: Any) -> str:
    """{% with_query sort="due" page="" %}: this page's query string with these changes; an empty one is dropped"""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value in ("", None):
            query.pop(name, None)
        else:
            query[name] = str(value)
    encoded = query.urlencode()
    return f"?{encoded}" if encoded else "?"


@register.inclusion_tag("components/sort_head.html", takes_context=True)
def sort_head(context: template.Context, label: str, name: str, classes: str = "") -> dict[str, Any]:
    """{% sort_head "Due" "due" %}: a table head that sorts by ?sort=due, and back by ?sort=-due"""
    chosen = context["request"].GET.get("sort", context.get("sort", ""))
    directions = {name: "ascending", f"-{name}": "descending"}
    return {
        "label": label,
        "classes": classes,
        "direction": directions.get(chosen, "none"),
        "url": with_query(context, sort=f"-{name}" if chosen == name else name, page=""),
    }


def error_target(form: forms.BaseForm, name: str) -> str:
    """The id that the error summary leads to, or nothing when no input can take the focus."""
    bound = form[name]
    return "" if kind(bound) == "hidden" else bound.auto_id


def faults(*sources: Any) -> list[dict[str, str]]:
    """Every error of these forms and formsets in reading order, each with the id of its input."""
    found: list[dict[str, str]] = []
    for source in sources:
        if isinstance(source, BaseFormSet):
            found += [{"words": str(error), "target": ""} for error in source.non_form_errors()]
            found += faults(*source.forms)
        elif isinstance(source, forms.BaseForm) and source.is_bound:
            found += [{"words": str(error), "target": ""} for error in source.non_field_errors()]
            for name in source.fields:
                target = error_target(source, name)
                found += [{"words": str(error), "target": target} for error in source.errors.get(name, [])]
    return found


@register.inclusion_tag("components/error_summary.html")
def error_summary(*sources: Any) -> dict[str, Any]:
    """{% error_summary form formset %}: what is wrong, each with a link to its question. base.html does `form`."""
    return {"faults": faults(*sources)}


@register.simple_tag
def error_prefix(*sources: Any) -> str:
    """{% error_prefix form formset %}: "Error: " for the title when anything is wrong"""
    return "Error: " if faults(*sources) else ""
