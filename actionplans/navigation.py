"""What a council's people find in the main navigation. The clerk's own links are in views/clerk.py."""

from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from actionplans.home_queries import challenge_address, is_responsible
from engagements.rules import Role, roles_anywhere
from peerchallenge.web.navigation import NavigationItem

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def council_navigation(user: "User", request: HttpRequest) -> list[NavigationItem]:
    """The union of what a person's roles offer. Only pages that are there."""
    roles = roles_anywhere(user)
    if not roles:
        return []
    items = []
    if roles - {Role.OWNER}:
        items.append(NavigationItem("Home", reverse("pages:home"), place=10))
    if Role.OWNER in roles or (Role.ACCOUNTABLE in roles and is_responsible(user, localdate())):
        items.append(NavigationItem("My actions", reverse("actionplans:my_actions"), place=15))
    slug = challenge_address(user)
    if not slug:
        return items
    address = [slug]
    if Role.COORDINATOR in roles:
        items.append(NavigationItem("My challenge", reverse("engagements:overview", args=address), place=20))
        items.append(NavigationItem("People", reverse("engagements:posts", args=address), place=60))
    words = "Action plan" if roles - {Role.OWNER} else "Whole plan"
    items.append(NavigationItem(words, reverse("actionplans:plan", args=address), place=30))
    return items
