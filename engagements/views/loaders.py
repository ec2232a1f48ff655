"""What pages are about, found among what the person may see. What they may not see does not exist: 404."""

from typing import TYPE_CHECKING

from django.shortcuts import get_object_or_404

from engagements.models import Engagement

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def visible_engagement(user: "User", slug: str) -> Engagement:
    challenges = Engagement.objects.visible_to(user).select_related("type", "council", "manager")
    return get_object_or_404(challenges, slug=slug)
