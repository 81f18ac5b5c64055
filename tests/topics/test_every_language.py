"""An answer worked out for a reader of one language is read in another."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.language.speech import speak
from routines.workday.workday import Workday
from tests.conftest import copy_without_cache

MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    """A copy of the sample of its own, its cache too."""
    return copy_without_cache(sample_shop, tmp_path / "lanting")


def test_an_answer_kept_for_one_reader_is_read_by_the_next_in_theirs(lanting: Path) -> None:
    now = MORNING
    chinese = Workday.open(lanting, clock=lambda: now, who="lan", lang="zh").ask("stock")
    kept = list((lanting / "cache" / "answers").rglob("stock*"))
    reader = Workday.open(lanting, clock=lambda: now, who="lan", lang="en")
    speak("en")
    english = reader.answer("stock")
    assert [file.name for file in kept] == ["stock.json"]
    assert english is not None
    assert "断货" in chinese.findings[0].text
    assert "sell out before the new stock arrives" in english.findings[0].text
    assert [one.key for one in english.findings] == [one.key for one in chinese.findings]
