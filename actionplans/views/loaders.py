"""What plan pages are about, found among what the person may see. What they may not see does not exist: 404."""

from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404

from actionplans.models import Action, CommitteeReport, PlanImport
from actionplans.models.report import spoken_of
from engagements.models import Engagement, Recommendation

if TYPE_CHECKING:
    from peerchallenge.accounts.models import User

CHALLENGE = ("engagement", "engagement__type", "engagement__council")


def visible_action(user: "User", slug: str, action: str) -> Action:
    actions = Action.objects.visible_to(user).select_related("recommendation", *CHALLENGE)
    return get_object_or_404(actions, engagement__slug=slug, slug=action)


def visible_plan(user: "User", slug: str) -> Engagement:
    """A challenge with its plan, and with `last_cut_off_on`, the day up to which the last issued report speaks."""
    last = CommitteeReport.objects.filter(engagement=OuterRef("pk"), state=CommitteeReport.State.ISSUED)
    challenges = Engagement.objects.visible_to(user).select_related("type", "council", "plan")
    newest = last.annotate(position_on=spoken_of()).order_by("-position_on", "-pk").values("position_on")[:1]
    return get_object_or_404(challenges.annotate(last_cut_off_on=Subquery(newest)), slug=slug)


def visible_recommendation(user: "User", slug: str, ref: str) -> Recommendation:
    recommendations = Recommendation.objects.visible_to(user).select_related("focus_area", *CHALLENGE)
    return get_object_or_404(recommendations, engagement__slug=slug, slug=ref)


def visible_report(user: "User", slug: str, report: str) -> CommitteeReport:
    reports = CommitteeReport.objects.visible_to(user).select_related("file", *CHALLENGE)
    return get_object_or_404(reports, engagement__slug=slug, slug=report)


def visible_import(user: "User", slug: str, number: int) -> PlanImport:
    imports = PlanImport.objects.visible_to(user).select_related("file", *CHALLENGE)
    return get_object_or_404(imports, engagement__slug=slug, pk=number)
