"""Days at the desk, key by key; each runs in this process and in a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from routines.workday.workday import Workday
from tests.terminal.keyboard import at_the_desk
from tests.terminal.ptys import MORNING
from tests.tui.shop import make_shop

both = pytest.mark.parametrize("where", ["process", pytest.param("tmux", marks=pytest.mark.e2e)])


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path)


def look(shop: Path) -> Workday:
    from datetime import datetime

    return Workday.open(shop, clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en")


@both
async def test_the_morning_opens_on_the_current_step_and_goes_on_from_step_to_step(
    where: str, shop: Path
) -> None:
    async with at_the_desk(where, shop) as lan:
        await lan.sees("兰亭女装", "08:52", "deadline 10:30", "Target", "Stand-up")
        await lan.press("enter")
        await lan.sees("Target  兰亭女装", "no data", "questions answered 0/3")
        await lan.press("r")
        await lan.sees("Which question?")
        await lan.press("1")
        await lan.sees("keep as draft")
        await lan.types("live stream of the cardigan")
        await lan.press("ctrl+s")
        await lan.sees("Here is the next question", "Which cause on the list")
        await lan.leaves("keep as draft")
        await lan.sees("questions answered 1/3")
        await lan.press("d")
        await lan.sees("Stock  兰亭女装")
        await lan.press("s")
        await lan.sees("left out today")
        await lan.press("down", "enter")
        await lan.sees("Shop analysis  兰亭女装")
        await lan.leaves("Shop analysis  兰亭女装")
        await lan.sees("✓", "No time")
    day = look(shop)
    assert [reply.text for reply in day.replies("target")] == ["live stream of the cardigan"]
    assert [line.state for line in day.agenda().lines[:3]] == ["done", "skipped", "running"]


@pytest.mark.parametrize(("lang", "over", "passed"), [("en", "time is over", "."),
                                                      ("zh", "时间已过", "已过 10:30：")])  # fmt: skip
async def test_opened_at_night_it_does_not_promise_to_win_time_for_the_morning(
    shop: Path, lang: str, over: str, passed: str
) -> None:
    night = MORNING.replace("08:52", "20:00")
    async with at_the_desk("process", shop, at=night, lang=lang, size=(120, 40)) as lan:
        await lan.sees(over, passed)


@both
async def test_opened_at_night_the_step_that_is_on_now_is_in_sight(where: str, shop: Path) -> None:
    async with at_the_desk(where, shop, at=MORNING.replace("08:52", "20:00")) as lan:
        await lan.sees(">▸ 20:00   15m  Ads tonight")


@both
async def test_escape_keeps_what_was_typed_and_offers_it_again(where: str, shop: Path) -> None:
    async with at_the_desk(where, shop) as lan:
        await lan.press("enter")
        await lan.sees("questions")
        await lan.press("w")
        await lan.sees("keep as draft")
        await lan.types("buyers ask for pockets")
        await lan.leaves("keep as draft")
        await lan.sees("Saved as a draft.")
        await lan.leaves("questions")
        await lan.sees("deadline")
        await lan.press("enter")
        await lan.sees("A draft of 22 characters is kept")
        await lan.press("w")
        await lan.sees("buyers ask for pockets")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "Notes", "notes 1")
    assert [note.text for note in look(shop).notes("target")] == ["buyers ask for pockets"]


@both
async def test_a_rival_is_recorded_and_what_cannot_be_read_is_said_beside_the_field(
    where: str, shop: Path
) -> None:
    async with at_the_desk(where, shop, size=(100, 30)) as lan:
        await lan.press("colon")
        await lan.sees("Go to")
        await lan.types("rival")
        await lan.press("enter")
        await lan.sees("Rivals  兰亭女装")
        await lan.opens_form("A look at a rival")
        await lan.sees("New listings since")
        await lan.press("down", "tab")
        await lan.types("many")
        await lan.sees("cannot read “many”")
        await lan.press("ctrl+s")
        await lan.sees("1 field is not correct yet.")
        await lan.press("ctrl+u")
        await lan.types("3")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "素年锦时", "3 new listings")
    (seen,) = look(shop).records("rival")
    assert (seen.value.rival, seen.value.new_listings) == ("r01", 3)


@both
async def test_a_late_morning_proposes_what_to_drop_and_one_key_accepts(where: str, shop: Path) -> None:
    async with at_the_desk(where, shop, at="2026-11-16T10:06:10+08:00") as lan:
        await lan.sees("behind", "leave out ", "accept")
        await lan.press("p")
        await lan.sees("Left out.")
        await lan.press("p")
        await lan.sees("Nothing needs to be left out")
    assert "dropped" in {line.state for line in look(shop).agenda().lines}


@both
async def test_help_palette_resize_and_chinese(where: str, shop: Path) -> None:
    async with at_the_desk(where, shop, lang="zh", size=(120, 40)) as lan:
        await lan.sees("未完成待办", "截止 10:30")
        await lan.press("question_mark")
        await lan.sees("从早到晚的安排", "当前步骤")
        await lan.leaves("从早到晚的安排")
        await lan.press("a")
        await lan.sees("没有未完成的待办")
