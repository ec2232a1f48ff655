"""Where a page of the plan stands: its breadcrumbs and what its title row offers."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse

from peerchallenge.web.parts import Link
from peerchallenge.web.words import file_size

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


SAMPLE_PLAN = "sample/sample-action-plan.docx"


def starting(engagement: "Engagement") -> dict[str, str]:
    """The two ways to begin a plan, and a sample to try the first with where the demonstration offers one."""
    plan = reverse("actionplans:plan", args=[engagement.slug])
    sample = settings.BASE_DIR / "static" / SAMPLE_PLAN
    words = {"import_url": reverse("actionplans:import", args=[engagement.slug]), "start_url": f"{plan}#recommendations"}
    if engagement.council.is_invented and sample.exists():
        words |= {"sample_url": static(SAMPLE_PLAN), "sample_size": file_size(sample.stat().st_size)}
    return words
