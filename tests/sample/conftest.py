"""The sample shops, written once per test run into a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import story
from sample.shops import LANTING, TANGLI
from tests.conftest import Shared


@pytest.fixture(scope="session")
def lanting(shared: Shared) -> Path:
    """What the generator writes, made once for all workers."""
    return shared("sample-story", lambda folder: story.main(folder, (LANTING,)))


@pytest.fixture(scope="session")
def tangli(shared: Shared) -> Path:
    """What the generator writes for the second shop."""
    return shared("second-story", lambda folder: story.main(folder, (TANGLI,))) / TANGLI.folder
