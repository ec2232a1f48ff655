"""Rows of actions in the tables of a plan."""

from functools import lru_cache

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from actionplans.lines import ActionLine

register = template.Library()


@register.filter
@lru_cache(maxsize=4_000)
def row(line: ActionLine) -> SafeString:
    """{{ line|row }}: the action as a row of a plan's table.

    A row depends on nothing but its line, and a plan is read far more often than it changes: the same row is drawn once.
    """
    return render_to_string("actionplans/plan/_row.html", {"line": line})
