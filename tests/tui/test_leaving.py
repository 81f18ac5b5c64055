"""Leaving while a screen is about to be drawn again breaks nothing."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from textual.events import ScreenResume

from routines.workday.workday import Workday
from tests.terminal.ptys import MORNING
from tests.tui.shop import make_shop
from tui.app import DayApp
from tui.runtime.session import Session
from tui.screens.step.step import StepScreen


async def test_a_screen_that_is_taken_down_is_not_drawn_again(tmp_path: Path) -> None:
    workday = Workday.open(
        make_shop(tmp_path), clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en"
    )
    async with DayApp(Session(workday)).run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        screen = pilot.app.screen
        assert isinstance(screen, StepScreen)
    screen.on_screen_resume(ScreenResume())  # the message was on its way when the program was left
