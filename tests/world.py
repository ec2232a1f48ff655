"""Two invented challenges, built through the operations that people use."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from actionplans.operations import plan
from actionplans.operations.plan import OwnerEntry
from engagements.models import ChallengeType, MilestoneRule
from engagements.operations import challenges, councils, recommendations, stages
from engagements.stages import Stage
from tests.cast import Cast

CANARY = "Kanarienvogel-7731"
TODAY = dt.date(2024, 10, 14)


@dataclass(frozen=True)
class Challenge:
    """A challenge with what its pages are about."""

    council: Any
    engagement: Any
    recommendations: dict[str, Any]  # by reference
    actions: dict[str, Any]  # by reference


def corporate() -> ChallengeType:
    """The kind of the tests' challenges, with two of its deadlines."""
    kind, _ = ChallengeType.objects.get_or_create(
        key="corporate",
        defaults={
            "title": "Corporate peer challenge",
            "abbreviation": "CPC",
            "days": 4,
            "days_basis": "sourced",
            "team_basis": "sourced",
        },
    )
    for deadline, months in [("report_published", 3), ("action_plan_latest", 5)]:
        MilestoneRule.objects.get_or_create(type=kind, kind=deadline, defaults={"months": months, "basis": "sourced"})
    return kind


def build_northmoor(cast: Cast, kind: Any) -> Challenge:
    """Northmoor's plan: three recommendations, four actions, one of them overdue on TODAY and one that Owen owns."""
    council = councils.add_council(
        "Northmoor Borough Council",
        short_name="Northmoor",
        slug="northmoor",
        type="district",
        governance="committee",
        is_invented=True,
        by=None,
    )
    for person, role in [
        (cast.carys, "coordinator"),
        (cast.owen, "action_owner"),
        (cast.anwen, "accountable"),
        (cast.ruth, "clerk"),
        (cast.rhys, "reader"),
    ]:
        councils.give_role(person, council=council, role=role, by=None)
    challenge = build_challenge(council, kind, manager=cast.maya, coordinator=cast.carys, mark="")
    for peer, role in [(cast.lena, "lead"), (cast.piotr, "member")]:
        challenges.add_peer(challenge.engagement, user=peer, role=role, accepted_on=dt.date(2024, 1, 10), by=None)
    director = councils.post_named("Director of Policy", council=council, by=None)
    councils.hold_post(director, name="Owen Price", user=cast.owen, from_on=dt.date(2020, 1, 6), by=None)
    chief = councils.post_named("Chief Executive", council=council, by=None)
    councils.hold_post(chief, name="Anwen Hughes", user=cast.anwen, from_on=dt.date(2020, 1, 6), by=None)
    return challenge


def build_saltmere(cast: Cast, kind: Any) -> Challenge:
    """Another council's plan. Whoever reads CANARY on a page of theirs has seen what they must not."""
    council = councils.add_council(
        f"Saltmere City Council {CANARY}",
        short_name=f"Saltmere {CANARY}",
        slug="saltmere",
        type="district",
        governance="leader_cabinet",
        is_invented=True,
        by=None,
    )
    councils.give_role(cast.sam, council=council, role="coordinator", by=None)
    challenge = build_challenge(council, kind, manager=cast.milo, coordinator=cast.sam, mark=f" {CANARY}")
    challenges.add_peer(challenge.engagement, user=cast.noor, role="lead", accepted_on=dt.date(2024, 1, 10), by=None)
    return challenge


def build_challenge(council: Any, kind: Any, *, manager: Any, coordinator: Any, mark: str) -> Challenge:
    visit = dt.date(2024, 3, 5)
    written = dt.date(2024, 6, 12)
    engagement = challenges.start_challenge(
        council,
        type=kind,
        manager=manager,
        visit_starts_on=visit,
        visit_ends_on=visit + dt.timedelta(days=3),
        by=None,
        today=dt.date(2023, 9, 1),
    )
    for ref, text in [
        ("1", "Say in one page what the borough should be"),
        ("2", "Plan from evidence"),
        ("3(a)", "Be seen in the region"),
    ]:
        recommendations.write_recommendation(engagement, text=text + mark, ref=ref, by=None)
    engagement.refresh_from_db()
    stages.bring_in(engagement, at=Stage.ACTION_PLAN, why="Set up for a test", by=manager, today=written)
    written_down = {recommendation.ref: recommendation for recommendation in engagement.recommendations.all()}
    actions = {}
    for ref, text, timescale, status in [
        ("1", "Share the page with staff", "Dec 24", "in_progress"),
        ("1", "Hang it in every building", "Ongoing", "ongoing"),
        ("2", "Buy a dashboard", "Sep 24", "in_progress"),
        ("3(a)", "Brief members before each meeting", "Oct 24", "not_started"),
    ]:
        action = plan.add_action(
            written_down[ref],
            text=text + mark,
            owners=(OwnerEntry("Chief Executive", "accountable"), OwnerEntry("Director of Policy")),
            timescale=timescale,
            status=status,
            by=coordinator,
            today=written,
        )
        actions[action.ref] = action
    return Challenge(council=council, engagement=engagement, recommendations=written_down, actions=actions)
