from typing import Any

import pytest

from tests.reports.preparing import Desk


@pytest.fixture
def desk(northmoor: Any, cast: Any) -> Desk:
    return Desk(northmoor.engagement, cast)
