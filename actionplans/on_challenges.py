"""What the action plan adds to the pages of a challenge: its bar on the overview, and what each post owns."""

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.text import slugify

from actionplans.models import Action, ActionOwner
from actionplans.positions import FINISHED_STATUSES, STATUS_ORDER, Status
from engagements.beside import PostLoad, SidePart
from engagements.models import Council, Engagement
from peerchallenge.web.words import counted

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User


def plan_beside(engagement: Engagement, user: "User", today: dt.date) -> SidePart | None:
    """The bar of the plan and its sentence. Nothing before the first action. One query."""
    if not user.has_perm("actionplans.read_plan", engagement):
        return None
    late = Count("pk", filter=Q(due_on__lt=today) & ~Q(status__in=FINISHED_STATUSES))
    rows = (
        Action.objects.filter(engagement=engagement)
        .values("status")
        .annotate(number=Count("pk"), late=late)
        .order_by()
        .values_list("status", "number", "late")
    )
    counts = {status: number for status, number, _ in rows}
    if not counts:
        return None
    overdue = sum(late for _, _, late in rows)
    said = ", ".join(
        f"{counts[status]} {Status(status).label.lower()}" for status in STATUS_ORDER if counts.get(status)
    )
    context = {
        "counts": counts,
        "sentence": f"{counted(sum(counts.values()), 'action')}: {said}.",
        "overdue": f"{overdue} {'is' if overdue == 1 else 'are'} overdue." if overdue else "",
        "url": reverse("actionplans:plan", args=[engagement.slug]),
    }
    return SidePart("Action plan", "actionplans/plan/_beside.html", context)


def loads_of_posts(engagement: Engagement, council: Council) -> Mapping[int, PostLoad]:
    """By post, how many actions of this challenge it owns, and the plan filtered to it. One query."""
    plan = reverse("actionplans:plan", args=[engagement.slug])
    owned = (
        ActionOwner.objects.filter(action__engagement=engagement, post__council=council)
        .values("post_id", "post__title")
        .annotate(number=Count("action", distinct=True))
        .order_by()
        .values_list("post_id", "post__title", "number")
    )
    return {
        post: PostLoad(counted(number, "action"), f"{plan}?owner={slugify(title)}") for post, title, number in owned
    }
