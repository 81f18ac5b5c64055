"""Every key keeps the same promises: it does something, says what, and is not given twice."""

from __future__ import annotations

from collections import Counter

import pytest

from tui.keymap import keys
from tui.screens.actions import Actions
from tui.screens.base_screen import Desk
from tui.screens.form import FormScreen
from tui.screens.handover import HandoverScreen
from tui.screens.imports import Imports
from tui.screens.past.compare import Beside
from tui.screens.past.day import PastDay
from tui.screens.past.review import ReviewScreen
from tui.screens.past.team import Handed
from tui.screens.step.step import StepScreen
from tui.screens.tables import Tables
from tui.screens.today.today import Today
from tui.screens.work.hands_on_list import Todo
from tui.screens.work.keyword_board import Board
from tui.screens.work.meeting import Meeting
from tui.screens.work.report import ReportScreen

SCREENS = [Today, StepScreen, Board, Meeting, Todo, ReportScreen, Imports, Actions, FormScreen, Tables]
SCREENS += [ReviewScreen, PastDay, Beside, Handed, HandoverScreen]


@pytest.mark.parametrize("screen", SCREENS)
def test_each_key_of_a_screen_does_something_and_says_what(screen: type[Desk]) -> None:
    for key in (*screen.KEYS, *keys.WRITE[: 1 if screen is StepScreen else 0]):
        assert callable(getattr(screen, f"do_{key.does}", None)), key
        assert key.label, key
        assert key.help, key


@pytest.mark.parametrize("screen", SCREENS)
def test_no_key_means_two_things_on_one_screen(screen: type[Desk]) -> None:
    pressed = Counter(press for key in screen.KEYS for press in key.press.split(","))
    assert [press for press, times in pressed.items() if times > 1] == []


@pytest.mark.parametrize("screen", SCREENS)
def test_help_can_be_asked_for_everywhere(screen: type[Desk]) -> None:
    assert "help" in {key.does for key in screen.KEYS}
