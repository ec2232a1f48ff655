"""What LGA staff and peers find in the main navigation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

from engagements.queries import challenges_joined
from engagements.rules import councils_of
from peerchallenge.web.navigation import NavigationItem

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def items_for(user: "User", request: HttpRequest) -> Sequence[NavigationItem]:
    if not user.is_lga_staff:
        return []
    return [
        NavigationItem("Home", reverse("pages:home"), place=10),
        NavigationItem("Challenges", reverse("engagements:list"), place=20),
    ]


def items_for_peers(user: "User", request: HttpRequest) -> Sequence[NavigationItem]:
    """Home and the challenge a peer has a place in; by the councils' names where they have several things."""
    if user.is_lga_staff:
        return []
    joined = list(challenges_joined(user))
    if not joined:
        return []
    is_only = len(joined) == 1 and not councils_of(user)
    return [
        NavigationItem("Home", reverse("pages:home"), place=10),
        *(
            NavigationItem(
                "My challenge" if is_only else challenge.council.short_name, challenge.get_absolute_url(), place=25
            )
            for challenge in joined
        ),
    ]


def organisation_of(user: "User") -> str:
    """LGA, or the council a person has a role at."""
    if user.is_lga_staff:
        return "LGA"
    return next(iter(councils_of(user)), "")
