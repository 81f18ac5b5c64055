"""The time of a box: its end, its bell, a lunch without keys; and the day that leads on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.answers.answer import Proposal
from core.language.speech import speak
from core.reports.markdown import render
from routines.io.day_report import day_report
from routines.workday.workday import Workday
from tests.terminal.keyboard import InProcess
from tests.tui.shop import make_shop
from tui.app import DayApp
from tui.runtime.session import Session

DAY = "2026-11-17T{}:00+08:00"


class Clock:
    """A clock that is set by hand."""

    def __init__(self, text: str) -> None:
        self.set(text)

    def set(self, text: str) -> None:
        self.now = datetime.fromisoformat(DAY.format(text))

    def __call__(self) -> datetime:
        return self.now


class Desk(InProcess):
    """An operator with a clock and a bell."""

    clock: Clock
    app: DayApp
    rings: int = 0

    async def until(self, text: str) -> None:
        """Let the minutes pass until then, as the clock does."""
        end = datetime.fromisoformat(DAY.format(text))
        while self.clock.now < end:
            self.clock.now += timedelta(minutes=1)
            self.app._minute()
        await self.pilot.pause(0)

    async def opens(self, step: str) -> None:
        """Open the step under the cursor and wait until it is begun."""
        await self.press("enter")
        await self.sees("0/3")
        for _ in range(200):
            if self.app.session.workday.is_in(step):
                return
            await self.pilot.pause(0.02)
        raise AssertionError(step)


@asynccontextmanager
async def desk(
    folder: Path, text: str, *, lang: str = "en", size: tuple[int, int] = (80, 24), settings: str = ""
) -> AsyncIterator[Desk]:
    shop = folder / "lanting"
    if not shop.exists():
        make_shop(folder)
    if settings:
        with (shop / "shop.toml").open("a", encoding="utf-8") as file:
            file.write(settings)
    clock = Clock(text)
    workday = Workday.open(shop, clock=clock, who="lan", lang="zh" if lang == "zh" else "en")
    speak(workday.lang)
    app = DayApp(Session(workday))
    async with app.run_test(size=size) as pilot:
        lan = Desk(pilot)
        lan.clock, lan.app = clock, app

        def ring() -> None:
            lan.rings += 1

        app._box_time._ring = ring
        await lan.sees("兰亭女装")
        yield lan


@pytest.mark.parametrize(
    ("lang", "over", "idle"),
    [("en", "3 h 33 over", "no key pressed since 10:22"), ("zh", "超 3 小时 33 分", "10:22 后没按过键")],
)
async def test_opened_at_10_22_and_left_open_until_two(
    tmp_path: Path, lang: str, over: str, idle: str
) -> None:
    async with desk(tmp_path, "10:22", lang=lang, size=(120, 40)) as lan:
        await lan.opens("target")
        await lan.until("14:00")
        await lan.sees("10:22-10:27", over, idle)
        workday = lan.app.session.workday
        line = workday.agenda().line("target")
        assert (line.over_minutes, line.used_minutes) == (213, 0)
        report = render(day_report(workday))
        assert (
            "no key was pressed after 10:22, so that time is not counted"
            if lang == "en"
            else "10:22 后没按过键，之后不计时"
        ) in report
        assert ("0 of " if lang == "en" else " 0 ") in report
        await lan.press("up")
        await lan.no_longer_sees(idle)
        assert workday.agenda().line("target").idle_since is None, "a key: its time goes on"
        assert over in await lan.screen(), "and its box is the one it was begun with"
        await lan.until("14:05")
        assert workday.agenda().line("target").used_minutes == 5


async def test_with_idling_switched_off_the_whole_time_counts(tmp_path: Path) -> None:
    async with desk(tmp_path, "10:22", settings="\n[day]\nidle_minutes = 0\n") as lan:
        await lan.opens("target")
        await lan.until("14:00")
        await lan.sees("3 h 33 over")
        assert lan.app.session.workday.agenda().line("target").used_minutes == 218


async def test_the_agenda_says_what_is_over_and_moves_the_next_box(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30", size=(120, 40)) as lan:
        await lan.opens("target")
        await lan.until("08:50")
        await lan.leaves("questions answered 0/3")
        await lan.sees("▸ 08:30   15m  Target                  5 min over", "6 min behind")
        assert "on time" not in await lan.screen()


async def test_the_bell_rings_once_at_the_end_of_a_box_and_again_when_more_minutes_are_over(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path, "08:30") as lan:
        await lan.opens("target")
        await lan.until("08:44")
        assert lan.rings == 0
        await lan.until("08:48")
        assert lan.rings == 1
        await lan.press("plus")
        await lan.sees("5 more minutes: until 08:50.", "2 min left")
        await lan.until("08:49")
        assert lan.rings == 1
        await lan.until("09:00")
        assert lan.rings == 2


async def test_the_bell_can_be_switched_off(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30", settings="\n[day]\nbell = false\n") as lan:
        await lan.opens("target")
        await lan.until("08:50")
        assert lan.rings == 0


async def test_next_takes_the_day_along_and_offers_to_finish_what_is_answered(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30") as lan:
        workday = lan.app.session.workday
        await lan.opens("target")
        await lan.press("n")
        await lan.sees("Stock  兰亭女装")
        await lan.pilot.pause(0)
        agenda = workday.agenda()
        assert agenda.current is not None
        assert agenda.current.step.id == "stock"
        assert agenda.line("target").left_open
        for question in workday.step("stock").ask:
            workday.reply("stock", question, "1,055 pieces")
        await lan.press("n")
        await lan.sees("All questions are answered: press d to finish")
        assert "Stock  兰亭女装" in await lan.screen()
        await lan.press("d")
        if await lan.sees_one_of("Target  兰亭女装", "d again to finish") == "d again to finish":
            await lan.press("d")
            await lan.sees("Target  兰亭女装")
        assert workday.agenda().line("stock").state == "done"


async def test_the_last_answer_offers_to_finish(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30") as lan:
        workday = lan.app.session.workday
        for question in workday.step("target").ask[:2]:
            workday.reply("target", question, "the live stream")
        await lan.press("enter")
        await lan.sees("questions answered 2/3")
        await lan.press("r")
        await lan.sees("Which question?")
        await lan.press("enter")  # the cursor is on the question that is still open
        await lan.sees("keep as draft")
        await lan.types("conversion, 周岩")
        await lan.press("ctrl+s")
        await lan.sees("That was the last question: press d to finish this step")


async def test_u_takes_a_skip_back_and_begins_nothing(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30", size=(120, 40)) as lan:
        workday = lan.app.session.workday
        workday.skip("target", "No data yet")
        await lan.press("up", "up")
        await lan.sees("No data yet", "u take back")
        await lan.press("u")
        await lan.sees("The step is open again")
        assert workday.agenda().line("target").state == "due"
        assert workday.agenda().line("target").used_minutes is None
        assert "u take back" not in await lan.screen()


async def test_the_side_panel_stops_asking_what_is_answered(tmp_path: Path) -> None:
    async with desk(tmp_path, "08:30", size=(120, 40)) as lan:
        workday = lan.app.session.workday
        first, *rest = workday.step("target").ask
        await lan.press("up")
        await lan.pilot.pause(0)
        assert "keep doing" in await lan.screen()
        workday.reply("target", first, "the live stream")
        lan.app.screen.redraw()  # type: ignore[attr-defined]
        await lan.no_longer_sees("keep doing")
        for question in rest:
            workday.reply("target", question, "conversion")
        lan.app.screen.redraw()  # type: ignore[attr-defined]
        await lan.sees("All questions are answered.")


@pytest.mark.parametrize(("lang", "words"), [("en", "Catch up in 8 min: Target, Shop analysis"),
                                             ("zh", "来晚了，8 分钟补一遍")])  # fmt: skip
async def test_coming_after_noon_it_offers_a_catch_up_and_no_row_has_no_minutes(
    tmp_path: Path, lang: str, words: str
) -> None:
    async with desk(tmp_path, "13:10", lang=lang, size=(120, 40)) as lan:
        shown = await lan.screen()
        assert words in shown
        assert " 0m" not in shown
        assert " 0分" not in shown
        await lan.press("p")
        await lan.sees("Left out" if lang == "en" else "已去掉")
        states = {line.step.id: line.state for line in lan.app.session.workday.agenda().lines}
        assert states["standup"] == states["paid"] == "dropped"
        assert states["target"] == "late"


async def test_a_rivals_link_and_an_items_name_are_copied_with_y(tmp_path: Path) -> None:
    make_shop(tmp_path)
    file = tmp_path / "lanting" / "shop.toml"
    link = 'name = "素年锦时"\nlink = "https://sunian.example.com"'
    item = '\n[[items]]\nid = "7365"\nname = "法式碎花连衣裙女秋季长袖收腰中长裙"\n'
    text = file.read_text(encoding="utf-8").replace('name = "素年锦时"', link)
    file.write_text(text + item, encoding="utf-8")
    async with desk(tmp_path, "09:10", size=(100, 30)) as lan:
        lan.app.open_step("rivals")
        await lan.sees("Rivals  ")
        await lan.press("y")
        await lan.sees("Copy which one?", "https://sunian.example.com")
        await lan.press("1")
        await lan.sees("Copied: https://sunian.example.com")
        assert lan.app.clipboard == "https://sunian.example.com"
        lan.app.open_step("reviews")
        await lan.sees("Copies and bad reviews  ")
        await lan.press("y")
        await lan.sees("Copy which one?")
        await lan.press("1")
        await lan.sees("Copied: 法式碎花连衣裙女秋季长袖收腰中长裙")
        lan.app.open_step("target")
        await lan.sees("Target  ")
        await lan.press("y")
        await lan.sees("There is nothing to copy here")


@pytest.mark.parametrize(
    ("platform", "shown", "hidden"), [("tmall", "万相台 › 账户 › 财务 › 充值", ""), ("douyin", "", "万相台")]
)
async def test_an_action_says_where_it_is_done_in_the_menus_of_its_own_platform(
    tmp_path: Path, platform: str, shown: str, hidden: str
) -> None:
    make_shop(tmp_path)
    file = tmp_path / "lanting" / "shop.toml"
    file.write_text(f'platform = "{platform}"\n{file.read_text(encoding="utf-8")}', encoding="utf-8")
    top_up = Proposal("promotion", "Top up today", due="2026-11-17", deed="top_up")
    order = Proposal("supply", "Order 300 pieces", due="2026-11-17", deed="order")
    async with desk(tmp_path, "10:40", size=(100, 30)) as lan:
        for proposal in (top_up, order):
            lan.app.session.workday.act("checks", proposal)
        await lan.press("a")
        await lan.sees("Top up today", shown)
        assert not hidden or hidden not in await lan.screen()
        await lan.press("down")
        await lan.sees("ERP › 采购 › 新建采购单")
