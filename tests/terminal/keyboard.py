"""An operator at the keyboard: the same test body presses keys in this process and in a real terminal."""

from __future__ import annotations

import asyncio
import shlex
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from textual.pilot import Pilot

from core.wording import speak
from routines.workday import Workday
from tests.terminal.ptys import MORNING, ROOT
from tui.app import DayApp
from tui.session import Session

PATIENCE = 20.0
_NAMES = {
    "enter": "Enter", "escape": "Escape", "ctrl+s": "C-s", "ctrl+q": "C-q", "ctrl+u": "C-u", "down": "Down",
    "up": "Up", "space": "Space", "tab": "Tab", "plus": "+", "question_mark": "?", "full_stop": ".",
    "colon": ":",
}  # fmt: skip
"""Textual's names of keys in tmux's words."""


class Operator(ABC):
    """Somebody who presses keys and looks at the screen."""

    @abstractmethod
    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names: enter, escape, ctrl+s, n."""

    @abstractmethod
    async def types(self, text: str) -> None:
        """Type words."""

    @abstractmethod
    async def screen(self) -> str:
        """Return what is on the screen, line by line."""

    async def sees(self, *words: str) -> None:
        """Wait until all of the words are on the screen."""
        end = time.monotonic() + PATIENCE
        while True:
            shown = await self.screen()
            missing = [word for word in words if word not in shown]
            if not missing:
                return
            assert time.monotonic() < end, f"{missing} not on the screen:\n{shown}"
            await asyncio.sleep(0.05)

    async def no_longer_sees(self, words: str) -> None:
        """Wait until the words have gone."""
        end = time.monotonic() + PATIENCE
        while words in await self.screen():
            assert time.monotonic() < end, f"{words} still on the screen"
            await asyncio.sleep(0.05)


class InProcess(Operator):
    """Keys go to the app in this process."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys."""
        for key in keys:
            await self.pilot.press(key)
        await self.pilot.pause()

    async def types(self, text: str) -> None:
        """Type words."""
        await self.press(*("space" if char == " " else char for char in text))

    async def screen(self) -> str:
        """Return the screen's lines."""
        await self.pilot.pause()
        strips = self.pilot.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


class InTmux(Operator):
    """Keys go through tmux into a real terminal."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def tmux(self, *words: str) -> str:
        """Run a tmux command on this test's own server."""
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    async def press(self, *keys: str) -> None:
        """Press keys; a pause after each, as fingers make one."""
        for key in keys:
            self.tmux("send-keys", _NAMES.get(key, key))
            await asyncio.sleep(0.15)

    async def types(self, text: str) -> None:
        """Type words."""
        self.tmux("send-keys", "-l", text)
        await asyncio.sleep(0.2)

    async def screen(self) -> str:
        """Return the pane's lines."""
        return self.tmux("capture-pane", "-p")


@asynccontextmanager
async def at_the_desk(
    where: str, shop: Path, *, at: str = MORNING, lang: str = "en", size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Operator]:
    """Open the shop's day for an operator: ``process`` or ``tmux``."""
    if where == "process":
        workday = Workday.open(
            shop, clock=lambda: datetime.fromisoformat(at), who="lan", lang="zh" if lang == "zh" else "en"
        )
        speak(workday.lang)
        async with DayApp(Session(workday)).run_test(size=size) as pilot:
            operator: Operator = InProcess(pilot)
            await operator.sees(workday.shop.name)
            yield operator
        return
    operator = InTmux(next(place for n in count() if not (place := shop / f"tmux{n}").exists()))
    command = shlex.join([sys.executable, "-m", "tests.terminal.program", str(shop), at, lang])
    columns, rows = size
    operator.tmux(
        "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(ROOT), command
    )
    operator.tmux("set-option", "-g", "remain-on-exit", "on")  # what it died of stays on the screen
    try:
        await operator.sees(" help" if lang == "en" else "帮助")
        yield operator
    finally:
        operator.tmux("kill-server")
