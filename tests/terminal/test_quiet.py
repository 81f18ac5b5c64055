"""A desk that nobody touches writes nothing to the terminal: so dead lines are noticed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path

from tests.terminal.ptys import MORNING, Terminal, desk
from tests.tui.shop import make_shop

SECONDS = 10.0
LITTLE = 0.02
"""The part of a processor that looking at what others write may take, the drafts and all else included."""
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


def used(terminal: Terminal) -> float:
    """Return the seconds of processor the program has had."""
    figures = Path(f"/proc/{terminal.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(figures[11]) + int(figures[12])) / os.sysconf("SC_CLK_TCK")


def settled(terminals: Iterable[Terminal]) -> None:
    """Wait until the answers of the day are there and nothing is written any more."""
    while True:
        time.sleep(1.5)
        written = [terminal.read(0.1) for terminal in terminals]
        if not any(written):
            return


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
    settled(desks.values())
    before = {name: used(terminal) for name, terminal in desks.items()}
    time.sleep(SECONDS)
    costs = {name: used(terminal) - before[name] for name, terminal in desks.items()}
    quiet = {name: terminal.read(0.1) for name, terminal in desks.items()}
    assert quiet == dict.fromkeys(SCREENS, b"")
    assert {name: cost for name, cost in costs.items() if cost > SECONDS * LITTLE} == {}
    for terminal in desks.values():
        terminal.types("\x11")
    for terminal in desks.values():
        terminal.ends(6.0, reading=True)
