"""A council and a challenge in its first stage, for tests that move things."""

import datetime as dt
from typing import Any

import pytest

from engagements.models import ChallengeType, Council, Engagement
from engagements.operations import challenges, councils, reference


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
