"""The sample shop, written once per test run into a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import story
from tests.conftest import Shared


@pytest.fixture(scope="session")
def lanting(shared: Shared) -> Path:
    """What the generator writes, made once for all workers."""
    return shared("sample-story", story.main)
