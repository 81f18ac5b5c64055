"""The sample shop, for the tests that look at its exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.topics.imported import Sample


@pytest.fixture(scope="session")
def imported(sample_shop: Path) -> None:
    """Make the sample's exports known to the tests that load them by their kind."""
    Sample.folder = sample_shop
