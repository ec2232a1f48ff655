"""Drills need the real service, with processes that can be killed: `stack` (tests/drills/stack.py)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.drills.stack import Stack, running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: Any) -> Iterator[Stack]:
    yield from running(tmp_path_factory.mktemp("drill"))
