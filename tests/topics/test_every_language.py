"""The sample's day is worked out alike whatever language its readers speak."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer_codec import encode
from core.language.wording import Language, speak
from routines.answers.compute_answer import said
from routines.workday.workday import Workday

MOMENTS = [datetime(2026, 11, 16, hour, 30, tzinfo=ZoneInfo("Asia/Shanghai")) for hour in (8, 22)]


def worked_out(shop: Path, step: str, now: datetime, lang: Language) -> dict[str, object]:
    """Ask anew, with nothing in the cache."""
    shutil.rmtree(shop / "cache", ignore_errors=True)
    speak(lang)
    return encode(said(shop, step, day=now.date(), now=now, lang=lang))


@pytest.mark.parametrize("now", MOMENTS, ids=["morning", "night"])
def test_every_step_says_the_same_in_every_language(lanting: Path, now: datetime) -> None:
    day = Workday.open(lanting, clock=lambda: now, who="lan")
    steps = [step.id for step in day.plan.steps if step.analyse]
    assert len(steps) > 20
    for step in steps:
        assert worked_out(lanting, step, now, "zh") == worked_out(lanting, step, now, "en"), step


def test_an_answer_kept_for_one_reader_is_read_by_the_next_in_theirs(lanting: Path) -> None:
    now = MOMENTS[0]
    chinese = Workday.open(lanting, clock=lambda: now, who="lan", lang="zh").ask("stock")
    kept = list((lanting / "cache" / "answers").rglob("stock*"))
    reader = Workday.open(lanting, clock=lambda: now, who="lan", lang="en")
    speak("en")
    english = reader.answer("stock")
    assert [file.name for file in kept] == ["stock.json"]
    assert english is not None
    assert "断货" in chinese.findings[0].text
    assert "sold out before it arrives" in english.findings[0].text
    assert [one.key for one in english.findings] == [one.key for one in chinese.findings]
