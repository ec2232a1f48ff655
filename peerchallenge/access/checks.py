"""System checks: a view that asks for a permission nobody defined would let in administrators only, silently."""

from collections.abc import Iterable
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from peerchallenge.access.decorators import unknown_permissions


@register(Tags.security)
def permissions_are_defined(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    patterns = list(every_pattern(get_resolver()))  # loads the views, which say what they ask for
    faults: list[CheckMessage] = [
        Error(f"A view asks for the permission {permission}, which no rules.py defines.", id="access.E001")
        for permission in unknown_permissions()
    ]
    faults += [
        Error(f"The view of {pattern.name or pattern.pattern} does not say who may open it.", id="access.E002")
        for pattern in patterns
        if not getattr(pattern.callback, "access", "")
    ]
    return faults


def every_pattern(resolver: URLResolver) -> Iterable[URLPattern]:
    """Every address of the service, those of included files too."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern)
        else:
            yield pattern
