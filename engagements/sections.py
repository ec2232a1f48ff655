"""The sections of one challenge: which a person may open, and where a page stands among them."""

from typing import TYPE_CHECKING

from django.urls import NoReverseMatch, reverse

from peerchallenge.web.parts import Link

if TYPE_CHECKING:
    from engagements.models import Engagement
    from peerchallenge.accounts.models import User

# Key, words, address, permission. A section whose pages are not built has no address and is left out.
SECTIONS = (
    ("overview", "Overview", "engagements:overview", "engagements.see_overview"),
    ("scope", "Scope", "engagements:scope", "engagements.read_challenge"),
    ("team", "Team", "engagements:team", "engagements.read_challenge"),
    ("recommendations", "Recommendations", "engagements:recommendations", "engagements.read_challenge"),
    ("action_plan", "Action plan", "actionplans:plan", "actionplans.read_plan"),
    ("reports", "Committee reports", "actionplans:reports", "actionplans.read_plan"),
    ("posts", "People and posts", "engagements:posts", "engagements.read_posts"),
    ("history", "History", "engagements:history", "engagements.read_history"),
)


def sections_of(engagement: "Engagement", user: "User", current: str) -> list[Link]:
    """The sub-navigation of a challenge for one person. `current` is the key of the section the page belongs to."""
    links = []
    for key, words, name, permission in SECTIONS:
        if not user.has_perm(permission, engagement):
            continue
        try:
            url = reverse(name, args=[engagement.slug])
        except NoReverseMatch:
            continue
        links.append(Link(words, url, current=key == current))
    return links


def crumbs_of(engagement: "Engagement", user: "User", *, with_challenge: bool = True) -> list[Link]:
    """Above a page of a challenge: the list for LGA staff, their own first page for others."""
    top = Link("Challenges", reverse("engagements:list")) if user.is_lga_staff else Link("Home", reverse("pages:home"))
    here = Link(engagement.council.short_name, reverse("engagements:overview", args=[engagement.slug]))
    return [top, here] if with_challenge else [top]
