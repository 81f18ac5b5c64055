"""Each platform is one file: whole, in both languages, and without the words of another."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from core.exports.kinds.registry import SHEETS
from core.exports.layouts.known_layouts import known_layouts
from core.language.speech import speak
from core.language.wording import say
from core.platforms.profile import DEFAULT, OTHER, QUESTIONS, platforms, profile
from core.shop.settings import Shop
from routines.answers.signature import reads
from routines.days.day_plan import known_boxes, plan_for
from routines.plan import analyses
from routines.plan.routine_overrides import Routine, StepChange
from tests.platforms.taobao_words import TAOBAO

ROOT = Path(__file__).parents[2]
MONDAY = date(2026, 11, 30)


@pytest.mark.parametrize("platform", platforms())
def test_a_profile_is_whole(platform: str) -> None:
    one = profile(platform)
    words = set(profile(DEFAULT).words)
    assert set(one.words) == words
    for texts in (one.name, *one.words.values(), *one.means.values(), *(fee.name for fee in one.fees)):
        assert texts.of("zh"), platform
        assert texts.of("en"), platform
    assert set(one.how) <= set(SHEETS)
    assert not [sheet for sheet in one.unverified if "›" in one.how[sheet]], "no menu is told that is a guess"
    assert set(one.means) <= set(SHEETS)
    assert all(fee.base in ("paid", "paid_minus_refund", "order") for fee in one.fees)
    assert set(one.ad_scenes) <= {"keyword", "crowd", "whole", "scene", "display"}
    for peak in one.calendar:
        date(2026, peak.month, peak.day)
    known = {box.step.analyse for box in known_boxes(None)}
    for usual, instead in one.analyses.items():
        assert usual in known, usual
        assert instead in ("", QUESTIONS) or analyses.known(instead), instead


@pytest.mark.parametrize("platform", sorted(set(platforms()) - {"taobao", "tmall"}))
def test_a_profile_has_no_word_of_taobao(platform: str) -> None:
    file = ROOT / "core" / "platforms" / f"{platform}.toml"
    told = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    assert not TAOBAO.search("\n".join(told))


def test_only_profiles_and_what_reads_taobaos_files_hold_its_words() -> None:
    """Sentences, hints and titles take such words from the profile; files with its headers cannot."""
    own = ("core/platforms", "core/exports", "core/locale", "core/measures/source_names.py")
    found = {}
    for package in ("core", "routines", "tui"):
        for path in sorted((ROOT / package).rglob("*.py")):
            place = path.relative_to(ROOT).as_posix()
            said = [
                text
                for text in re.findall(r'(?:say|N_|plural)\(\s*"((?:[^"\\]|\\.)*)"', path.read_text("utf-8"))
                if TAOBAO.search(text)
            ]
            if said and not place.startswith(own):
                found[place] = said
    assert found == {}


def test_every_layout_of_a_platform_is_of_an_export_it_offers() -> None:
    for layout in known_layouts():
        if layout.platform in platforms():
            assert profile(layout.platform).offers(layout.sheet), layout.id


@pytest.mark.parametrize("platform", sorted(set(platforms()) - {OTHER}))
def test_every_step_that_is_asked_can_be_fed(platform: str) -> None:
    """The exports without which it says nothing are offered, or counted from the orders."""
    shop = Shop(name="兰亭", platform=platform)
    fed = {*shop.profile.how, *(("items",) if "orders" in shop.profile.how else ())}
    for step in plan_for(MONDAY, shop, None).steps:
        if step.analyse:
            needed = reads(analyses.named(step.analyse)).sheets.values()
            assert {sheet.id for sheet, must in needed if must} <= fed, step.id


def test_a_step_left_out_comes_back_with_its_questions() -> None:
    shop = Shop(name="兰亭", platform="pdd")
    assert "service" in {step.id for step in plan_for(MONDAY, shop, None).unfed}
    routine = Routine(steps={"service": StepChange(minutes=20)})
    plan = plan_for(MONDAY, shop, routine)
    service = next(step for step in plan.steps if step.id == "service")
    assert (service.analyse, service.minutes, bool(service.ask)) == (None, 20, True)


def test_a_platform_without_a_file_asks_for_no_menus() -> None:
    assert profile("temu").how == profile(OTHER).how
    assert profile("temu").calendar == ()


def test_sentences_take_the_words_of_the_shops_platform() -> None:
    said = {}
    for platform in ("tmall", "douyin", "pdd"):
        speak("zh", platform)
        said[platform] = say(
            "no file contains the market's figures; look at {market_page} "
            "and enter them (form “The market yesterday”)."
        )
    assert said["tmall"] == "导出的文件里没有大盘数据；请看生意参谋 › 市场 › 市场大盘，填进表单“昨天的大盘”。"
    assert said["douyin"] == "导出的文件里没有大盘数据；请看罗盘 › 市场，填进表单“昨天的大盘”。"
    assert len(set(said.values())) == len(said)
