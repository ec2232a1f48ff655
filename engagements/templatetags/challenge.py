"""Tags of the pages of one challenge."""

from typing import Any

from django import template

from engagements.models import Engagement
from engagements.sections import sections_of

register = template.Library()


@register.inclusion_tag("components/sub_navigation.html", takes_context=True)
def challenge_sections(context: template.Context, engagement: Engagement, current: str) -> dict[str, Any]:
    """{% challenge_sections engagement "action_plan" %}: the sub-navigation, with this page's section marked"""
    return {"links": sections_of(engagement, context["request"].user, current)}
