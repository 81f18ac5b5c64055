"""The sample's day is worked out alike whatever language its readers speak."""

from __future__ import annotations

import gettext
import json
import shutil
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.answers.answer_codec import encode
from core.language import speech, wording
from core.language.speech import Language, speak
from routines.answers.compute_answer import said
from routines.workday.workday import Workday
from tests.approved.sample_answers import AT_NIGHT
from tests.conftest import copy_without_cache

MOMENTS = [datetime(2026, 11, 16, hour, 30, tzinfo=ZoneInfo("Asia/Shanghai")) for hour in (8, 22)]


def worked_out(shop: Path, step: str, now: datetime, lang: Language) -> dict[str, object]:
    """Ask anew, with no answer in the cache."""
    assert not (shop / "cache").is_symlink(), "this would look into the cache all tests share"
    shutil.rmtree(shop / "cache" / "answers", ignore_errors=True)
    speak(lang)
    told = encode(said(shop, step, day=now.date(), now=now, lang=lang))
    assert list((shop / "cache" / "answers").rglob(f"{step}*")), "nothing was worked out"
    return told


@pytest.fixture
def lanting(sample_shop: Path, tmp_path: Path) -> Path:
    """A copy of the sample of its own, its cache too."""
    return copy_without_cache(sample_shop, tmp_path / "lanting")


@pytest.mark.parametrize("now", MOMENTS, ids=["morning", "night"])
def test_every_step_says_the_same_in_every_language(lanting: Path, now: datetime) -> None:
    day = Workday.open(lanting, clock=lambda: now, who="lan")
    steps = [step.id for step in day.plan.steps if step.analyse]
    assert len(steps) > 20
    if now == MOMENTS[1]:
        steps = list(AT_NIGHT)
    for step in steps:
        assert worked_out(lanting, step, now, "zh") == worked_out(lanting, step, now, "en"), step


class Marked(gettext.NullTranslations):
    """A language in which every sentence reads ⟦like this⟧, its values in it."""

    def gettext(self, message: str) -> str:
        """Return the sentence in its marks."""
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the right one of both in its marks."""
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def test_no_level_key_order_or_number_hangs_on_a_translation(
    lanting: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = MOMENTS[1]
    steps = [one.id for one in Workday.open(lanting, clock=lambda: now, who="lan").plan.steps if one.analyse]
    plain = {step: worked_out(lanting, step, now, "en") for step in steps}
    monkeypatch.setattr(speech, "speak", lambda _: None)
    monkeypatch.setattr("routines.answers.compute_answer.speak", lambda _: None)
    monkeypatch.setattr(speech.Speech, "catalog", Marked())
    assert wording.say("Verdict") == "⟦Verdict⟧"
    shutil.rmtree(lanting / "cache" / "answers")
    for step in steps:
        marked = encode(said(lanting, step, day=now.date(), now=now, lang="en"))
        assert marked == plain[step], step
        assert "⟦" not in json.dumps(marked, ensure_ascii=False), step


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
    assert "sell out before the new stock arrives" in english.findings[0].text
    assert [one.key for one in english.findings] == [one.key for one in chinese.findings]
