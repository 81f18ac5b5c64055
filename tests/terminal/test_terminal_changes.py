"""The terminal changes under the desk: it is resized, the job put aside and taken up, others write."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime
from pathlib import Path

import pytest

from routines.workday.workday import Workday
from tests.terminal.keyboard import InTmux, at_the_desk
from tests.terminal.ptys import MORNING, PATIENCE, desk
from tests.tui.shop import make_shop
from tui.app import POLL_EVERY


@pytest.mark.e2e
async def test_a_tiny_window_and_back(tmp_path: Path) -> None:
    async with at_the_desk("tmux", make_shop(tmp_path)) as lan:
        assert isinstance(lan, InTmux)
        lan.tmux("resize-window", "-x", "40", "-y", "12")
        await lan.sees("Target", "08:52")
        await lan.press("enter")
        await lan.sees("min left")
        lan.tmux("resize-window", "-x", "120", "-y", "40")
        await lan.sees("Which one figure must improve", "Esc back")
        await lan.leaves("Esc back")
        await lan.sees("Open actions", "Evening")


def test_put_aside_and_taken_up_again(tmp_path: Path) -> None:
    terminal = desk(make_shop(tmp_path))
    terminal.sees("deadline")
    terminal.settles()
    terminal.send(signal.SIGTSTP)
    terminal.gets("\x1b[?1049l")  # the shell's screen is back
    _, status = os.waitpid(terminal.process, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    terminal.forgets()
    terminal.send(signal.SIGCONT)
    terminal.sees("deadline")
    terminal.types("\x11")
    assert terminal.ends(PATIENCE, reading=True) == 0


@pytest.mark.e2e
async def test_what_somebody_else_writes_is_seen_within_seconds(tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    async with at_the_desk("tmux", shop) as lan:
        await lan.press("enter")
        await lan.sees("questions answered 0/3")
        other = Workday.open(shop, clock=lambda: datetime.fromisoformat(MORNING), who="周岩", lang="en")
        waited = []
        for number in range(1, 5):  # a busy machine may paint one late, but not all of them
            started = time.monotonic()
            other.note("target", f"the live stream begins at {number}")
            await lan.sees(f"notes {number}")
            waited.append(time.monotonic() - started)
            if waited[-1] < POLL_EVERY + 1:
                break
        assert min(waited) < POLL_EVERY + 1
