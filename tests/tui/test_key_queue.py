"""Keys that are typed before the screen has caught up go where they were meant."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from routines.workday.workday import Workday
from tests.terminal.keyboard import InProcess, at_the_desk
from tests.terminal.ptys import MORNING, desk
from tests.tui.shop import make_shop
from tui.screens.work.report import ReportScreen
from tui.widgets.text_input import Page


async def test_words_typed_right_after_the_key_for_a_note_are_words_and_not_keys(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        await lan.pilot.press("w", *"digs")
        await lan.sees("digs", "keep as draft")
        assert lan.pilot.app.screen.query_one(Page).text == "digs"


def test_a_burst_of_keys_opens_writes_and_saves_as_if_each_had_been_waited_for(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    lan = desk(shop)
    lan.sees("Morning")
    lan.types("\rwthe buyers ask for pockets\x13")
    lan.sees("Saved.")
    day = Workday.open(shop, clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en")
    assert [note.text for note in day.notes("target")] == ["the buyers ask for pockets"]
    assert day.agenda().line("target").state == "running"
    lan.types("\x11")
    assert lan.ends(10.0, reading=True) == 0


async def test_a_key_that_comes_before_the_screen_is_built_waits_for_it(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.sees("Morning")
        report = ReportScreen()
        lan.pilot.app.push_screen(report)
        assert not report.is_mounted
        await report.action_do("back")
        await lan.pilot.pause()
        await lan.sees("Morning")
        assert not isinstance(lan.pilot.app.screen, ReportScreen)


async def test_a_key_for_a_screen_that_was_just_left_does_nothing(tmp_path: Path) -> None:
    async with at_the_desk("process", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InProcess)
        await lan.sees("Morning")
        report = ReportScreen()
        await lan.pilot.app.push_screen(report)
        await lan.pilot.app.pop_screen()
        await report.action_do("back")
        await lan.pilot.pause()
        await lan.sees("Morning")
        assert not isinstance(lan.pilot.app.screen, ReportScreen)
