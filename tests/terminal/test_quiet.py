"""A desk that nobody touches writes nothing to the terminal: so dead lines are noticed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.ptys import MORNING, desk
from tests.tui.shop import make_shop

pytestmark = pytest.mark.terminal
SECONDS = 10.0
SCREENS = {
    "today": ("", "deadline"),
    "step": ("\r", "questions"),
    "writing": ("\rw", "keep as draft"),
    "palette": (":", "Go to"),
    "import": ("i", "inbox"),
    "actions": ("a", "open only"),
    "help": ("?", "Keys"),
    "report": ("r", "correct"),
}


def test_an_untouched_desk_writes_nothing(tmp_path: Path) -> None:
    desks = {
        name: desk(make_shop(tmp_path / name), at=MORNING.replace(":52:10", ":52:02")) for name in SCREENS
    }
    for terminal in desks.values():
        terminal.sees("deadline", 30.0)
    for turn in range(2):
        for name, (keys, _) in SCREENS.items():
            desks[name].types(keys[turn : turn + 1])
        for terminal in desks.values():
            terminal.read(0.2)
        time.sleep(1.0)
    for name, (_, words) in SCREENS.items():
        desks[name].sees(words)
    time.sleep(1.5)
    for terminal in desks.values():
        terminal.read(0.1)
    time.sleep(SECONDS)
    quiet = {name: terminal.read(0.1) for name, terminal in desks.items()}
    assert quiet == dict.fromkeys(SCREENS, b"")
    for terminal in desks.values():
        terminal.types("\x11")
    for terminal in desks.values():
        terminal.ends(6.0, reading=True)
