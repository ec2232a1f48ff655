"""What LGA staff find in the main navigation."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.urls import reverse

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


def organisation_of(user: "User") -> str:
    """LGA, or the council a person has a role at."""
    if user.is_lga_staff:
        return "LGA"
    return next(iter(councils_of(user)), "")
