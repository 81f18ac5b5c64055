"""Every key keeps the same promises: it does something, says what, and is not given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest

from routines.past.review import Review
from routines.workday.workday import Workday
from tests.terminal.ptys import MORNING
from tests.tui.shop import make_shop
from tui.keymap import keys
from tui.runtime.session import Session
from tui.screens.actions import Actions
from tui.screens.base_screen import BaseScreen
from tui.screens.first_run import FirstRun
from tui.screens.form import action_form
from tui.screens.handover import HandoverScreen
from tui.screens.imports import Imports
from tui.screens.past.compare import CompareDays
from tui.screens.past.day import PastDay
from tui.screens.past.find import Find
from tui.screens.past.promises import PromisesScreen
from tui.screens.past.review import ReviewScreen
from tui.screens.past.spot_check import SpotCheckScreen
from tui.screens.past.team import TeamReports
from tui.screens.settings.rows import SettingRows
from tui.screens.settings.sections import Settings
from tui.screens.step.step import StepScreen
from tui.screens.tables import Tables
from tui.screens.thinning import ThinOut
from tui.screens.today.today import Today
from tui.screens.work.hands_on_list import HandsOnList
from tui.screens.work.keyword_board import KeywordBoard
from tui.screens.work.meeting import Meeting
from tui.screens.work.report import ReportScreen

DAY = date(2026, 11, 16)
SCREENS: dict[str, Callable[[Session], BaseScreen]] = {
    "today": lambda _: Today(),
    "step": lambda session: StepScreen(session, "target"),
    "keyword board": lambda _: KeywordBoard("paid"),
    "meeting": lambda _: Meeting("standup"),
    "hands-on list": lambda _: HandsOnList("hands_on"),
    "report": lambda _: ReportScreen(),
    "imports": lambda _: Imports(),
    "actions": lambda _: Actions(),
    "form": lambda session: action_form(session, "target"),
    "tables": lambda _: Tables(),
    "thin out": lambda _: ThinOut(),
    "handover": lambda _: HandoverScreen(),
    "past days": lambda session: ReviewScreen(Review(session.workday)),
    "past day": lambda session: PastDay(Review(session.workday), DAY),
    "compare": lambda session: CompareDays(Review(session.workday), DAY, DAY),
    "team": lambda session: TeamReports(Review(session.workday), DAY),
    "find": lambda _: Find(),
    "promises": lambda _: PromisesScreen(),
    "spot check": lambda _: SpotCheckScreen(),
    "settings": lambda _: Settings(),
    "section": lambda session: SettingRows(session.workday.settings.sections()[0]),
    "first run": lambda _: FirstRun(),
}


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest, tmp_path: Path) -> BaseScreen:
    """Return each screen once."""
    workday = Workday.open(
        make_shop(tmp_path), clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en"
    )
    return SCREENS[request.param](Session(workday))


def test_each_key_of_a_screen_does_something_and_says_what(screen: BaseScreen) -> None:
    for key in (*screen.KEYS, *(keys.WRITE if isinstance(screen, StepScreen) else ())):
        assert callable(screen.handler(key.does)), key
        assert key.label, key
        assert key.help, key


def test_a_key_is_handled_in_one_place(screen: BaseScreen) -> None:
    for key in screen.KEYS:
        places = [one for one in (*screen.handlers, screen) if f"do_{key.does}" in vars(type(one))]
        assert len(places) <= 1, key


def test_no_key_means_two_things_on_one_screen(screen: BaseScreen) -> None:
    pressed = Counter(press for key in screen.KEYS for press in key.press.split(","))
    assert [press for press, times in pressed.items() if times > 1] == []


def test_help_can_be_asked_for_everywhere(screen: BaseScreen) -> None:
    assert "help" in {key.does for key in screen.KEYS}
