"""What the ground itself adds to the navigation: settings for those who look after accounts."""

from django.http import HttpRequest
from django.urls import reverse

from peerchallenge.accounts.models import User
from peerchallenge.web.navigation import NavigationItem


def items_for(user: User, request: HttpRequest) -> list[NavigationItem]:
    if not user.has_perm("accounts.list_people"):
        return []
    return [NavigationItem("Settings", reverse("accounts:people"), place=90)]
