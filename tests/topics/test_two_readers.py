"""A morning worked in Chinese is read in English, and the other way round: no sentence stays behind."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.language.catalog import fragments, merge
from core.language.locale_folders import LOCALE
from core.language.speech import Language, speak
from routines.answers.compute_answer import said
from routines.io.day_report import day_report, render
from routines.workday.workday import Workday
from tui.text.answer_text import lines

MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
LONG_ENOUGH = 5
"""Characters of a translation between its values that nobody would type by chance."""


def sentences(lang: Language) -> set[str]:
    """Return the fixed parts of all sentences in that language."""
    found: set[str] = set()
    for message in merge(fragments(LOCALE / "zh"), "zh").catalog:
        texts = message.string if lang == "zh" else message.id
        for text in [texts] if isinstance(texts, str) else texts or ():
            found.update(part.strip() for part in re.split(r"\{\w+\}", text))
    if lang == "zh":
        return {part for part in found if len(part) >= LONG_ENOUGH and re.search("[\u4e00-\u9fff]", part)}
    return {part for part in found if len(part) >= 20 and " " in part}


def read_after(shop: Path, worked: Language, read: Language) -> str:
    """Work the day in one language, step by step, and return what a reader of another one is told."""
    at = {"now": MORNING}
    writer = Workday.open(shop, clock=lambda: at["now"], who="lan", lang=worked)
    speak(worked)
    steps = [step.id for step in writer.plan.steps if step.analyse]
    for step in steps:
        at["now"] += timedelta(minutes=3)
        answer = said(shop, step, day=MORNING.date(), now=at["now"], lang=worked, index=writer.index)
        writer.begin(step)
        writer.shown(step, answer)
        for finding in answer.findings[:1]:
            for proposal in finding.proposals[:1]:
                writer.act(step, proposal, finding=finding.key)
        writer.finish(step)
    reader = Workday.open(shop, clock=lambda: at["now"], who="lan", lang=read)
    speak(read)
    told = [
        line
        for step in ("standup", "hands_on", "breakdown", "wrapup", "summary")
        for line in lines(reader.ask(step))
    ]
    return "\n".join([*told, render(day_report(reader))])


@pytest.mark.parametrize(("worked", "read"), [("zh", "en"), ("en", "zh")])
def test_what_was_worked_in_one_language_is_read_in_the_other(
    lanting: Path, worked: Language, read: Language
) -> None:
    before = {str(path) for path in (lanting / "journal").rglob("*.json")}
    typed = "\n".join(Path(path).read_text(encoding="utf-8") for path in before)
    told = read_after(lanting, worked, read)
    assert len({part for part in sentences(read) if part in told}) > 100  # they are found where they are
    left = {part for part in sentences(worked) if part in told and part not in typed}
    assert left == set()
