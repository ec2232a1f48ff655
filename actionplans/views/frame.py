"""Where a page of the plan stands: its breadcrumbs and what its title row offers."""

from typing import TYPE_CHECKING

from django.urls import reverse

from actionplans.demonstration.sample import has_sample
from peerchallenge.web.parts import Link

if TYPE_CHECKING:
    from engagements.models import Engagement
    from peerchallenge.accounts.models import User


def crumbs(engagement: "Engagement", user: "User") -> list[Link]:
    """Above the plan: the list of challenges for LGA staff, the council's home for its own people."""
    if user.is_lga_staff:
        top = Link("Challenges", reverse("engagements:list"))
    else:
        top = Link(engagement.council.name, reverse("pages:home"))
    return [top, Link(engagement.title, reverse("engagements:overview", args=[engagement.slug]))]


def plan_crumbs(engagement: "Engagement", user: "User") -> list[Link]:
    """Above a page that belongs to the plan."""
    return [*crumbs(engagement, user), Link("Action plan", reverse("actionplans:plan", args=[engagement.slug]))]


def starting(engagement: "Engagement") -> dict[str, str]:
    """The two ways to begin a plan, and a sample to try the first with where the demonstration offers one."""
    address = [engagement.slug]
    words = {
        "import_url": reverse("actionplans:import", args=address),
        "start_url": f"{reverse('actionplans:plan', args=address)}#recommendations",
    }
    return words | ({"sample_url": reverse("actionplans:sample_plan", args=address)} if has_sample(engagement) else {})
