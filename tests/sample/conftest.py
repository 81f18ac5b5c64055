"""The sample shop, written once per test run into a temporary folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from sample import story

pytest.importorskip("xlwt", reason="true .xls files are written with xlwt (dev extra)")


@pytest.fixture(scope="session")
def lanting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lanting")
    story.main(folder)
    return folder
