"""A council and a challenge in its first stage, for tests that move things."""

import datetime as dt
from typing import Any

import pytest

from engagements.models import ChallengeType, Council, Engagement
from engagements.operations import challenges, councils, reference, stages, visit
from engagements.stages import Stage
from tests.engagements.reading import AGREED, ENDS, STARTS, TODAY


@pytest.fixture
def kinds(db: None) -> dict[str, ChallengeType]:
    reference.load_frameworks(update=False, by=None)
    reference.load_challenge_types(update=False, by=None)
    return {kind.key: kind for kind in ChallengeType.objects.all()}


@pytest.fixture
def council(db: None) -> Council:
    return councils.add_council(
        "Wexcombe District Council", short_name="Wexcombe", slug="wexcombe", type="district", region="South East", governance="leader_cabinet", by=None
    )  # fmt: skip


@pytest.fixture
def challenge(cast: Any, kinds: dict[str, ChallengeType], council: Council, today: dt.date) -> Engagement:
    """Asked for, managed by Maya, no date yet."""
    return challenges.start_challenge(council, type=kinds["corporate"], manager=cast.maya, by=cast.maya, today=today)


@pytest.fixture
def visited(challenge):
    """Visited in March 2024, the report late, the plan not there."""
    visit.confirm_visit(challenge, starts_on=STARTS, ends_on=ENDS, **AGREED)
    stages.bring_in(challenge, at=Stage.DRAFTING, why="It began before", by=None, today=TODAY)
    return challenge


@pytest.fixture
def maya(client, cast, clock):
    client.force_login(cast.maya)
    return client


@pytest.fixture
def carys(client, cast, clock, council):
    councils.give_role(cast.carys, council=council, role="coordinator", by=None)
    client.force_login(cast.carys)
    return client
