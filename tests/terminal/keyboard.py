"""An operator at the keyboard: the same test body presses keys in this process and in a real terminal."""

from __future__ import annotations

import asyncio
import re
import shlex
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from itertools import count
from pathlib import Path

from textual.events import Key
from textual.keys import _character_to_key, key_to_character
from textual.pilot import Pilot

from core.language.speech import speak
from routines.workday.workday import Workday
from tests.terminal.ptys import MORNING, PATIENCE, ROOT, at_rest
from tui.app import DayApp
from tui.runtime.session import Session

LOOKS = (0.02, 0.2)
"""Seconds between two looks at the screen: the first, and at most; looking costs what the program needs."""
RESTS = 0.015
"""Seconds between two looks at whether the program is at rest; twice is enough."""
ESCAPE = 0.25
"""Seconds in which nothing may follow Escape: Escape and a letter at once are Alt and that letter."""
CHOOSE = "1-9 Enter"
"""Words at the foot of every list to choose from, in every language."""
FORM = "^S "
"""At the foot of every form, and wherever something is written."""
_NAMES = {
    "enter": "Enter", "escape": "Escape", "ctrl+s": "C-s", "ctrl+q": "C-q", "ctrl+u": "C-u", "down": "Down",
    "up": "Up", "right": "Right", "space": "Space", "tab": "Tab", "plus": "+", "question_mark": "?",
    "full_stop": ".", "colon": ":", "pagedown": "PageDown", "ctrl+p": "C-p", "slash": "/",
}  # fmt: skip
"""Textual's names of keys in tmux's words."""


class Operator(ABC):
    """Somebody who presses keys and looks at the screen.

    A key is pressed when the screen is ready for it. So what is waited for after a key must not have stood
    there before it: :meth:`sees` refuses words that tell nothing.
    """

    _before = ""
    """The screen as it was before the last keys, until something was looked for."""

    @abstractmethod
    async def send(self, key: str) -> None:
        """Send one key by Textual's name."""

    @abstractmethod
    async def send_text(self, text: str) -> None:
        """Send the characters of a text."""

    @abstractmethod
    async def screen(self) -> str:
        """Return what is on the screen, line by line."""

    async def press(self, *keys: str) -> None:
        """Press keys by Textual's names: enter, ctrl+s, n. Escape closes something: see :meth:`leaves`."""
        assert "escape" not in keys, "say what Escape closes: leaves(words)"
        self._before = await self.screen()
        for key in keys:
            await self.send(key)

    async def types(self, text: str) -> None:
        """Type words."""
        self._before = await self.screen()
        await self.send_text(text)

    async def leaves(self, words: str) -> None:
        """Press Escape and wait until what it closes, known by its words, has gone."""
        shown = await self.screen()
        assert words in shown, f"{words!r} is not there to be closed:\n{shown}"
        await self.send("escape")
        await self.no_longer_sees(words)
        self._before = ""

    async def sees(self, *words: str) -> None:
        """Wait until all of the words are on the screen; one of them, at least, is new since the last key."""
        before, self._before = self._before, ""
        assert not all(word in before for word in words), f"{words} stood there before the key:\n{before}"
        await self._waits(lambda shown: all(word in shown for word in words), words)

    async def sees_one_of(self, *words: str) -> str:
        """Wait until one of the words is on the screen; return the first that is."""
        before, self._before = self._before, ""
        assert not any(word in before for word in words), f"{words} stood there before the key:\n{before}"
        shown = await self._waits(lambda shown: any(word in shown for word in words), words)
        return next(word for word in words if word in shown)

    async def opens_form(self, title: str) -> None:
        """Press f; where the step has several forms, choose the one of this title."""
        await self.press("f")
        if await self.sees_one_of(CHOOSE, FORM) == CHOOSE:
            offered = re.search(rf"(\d) +{re.escape(title)}\s*$", await self.screen(), re.MULTILINE)
            assert offered is not None, f"no form called {title!r}"
            await self.press(offered[1])
            await self.sees(FORM)
        await self.sees(title)

    async def no_longer_sees(self, words: str) -> None:
        """Wait until the words have gone."""
        await self._waits(lambda shown: words not in shown, ("no more", words))

    async def _waits(self, ready: Callable[[str], bool], words: Sequence[str]) -> str:
        end, (pause, longest) = time.monotonic() + PATIENCE, LOOKS
        while not ready(shown := await self.screen()):
            assert time.monotonic() < end, f"{words} not on the screen:\n{shown}"
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, longest)
        return shown


class InProcess(Operator):
    """Keys go to the app in this process."""

    def __init__(self, pilot: Pilot[None]) -> None:
        self.pilot = pilot

    async def send(self, key: str) -> None:
        """Hand the key to the app and let everybody look at it."""
        self.pilot.app.post_message(Key(key, key_to_character(key)))
        await self.pilot.pause(0)

    async def send_text(self, text: str) -> None:
        """Hand over one key for each character."""
        for character in text:
            self.pilot.app.post_message(Key(_character_to_key(character), character))
        await self.pilot.pause(0)

    async def screen(self) -> str:
        """Return the screen's lines."""
        await asyncio.sleep(0)
        strips = self.pilot.app.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)


class InTmux(Operator):
    """Keys go through tmux into a real terminal."""

    process = 0
    """The program's process id."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket

    def tmux(self, *words: str) -> str:
        """Run a tmux command on this test's own server."""
        done = subprocess.run(
            ["tmux", "-S", str(self.socket), *words], capture_output=True, text=True, check=True
        )
        return done.stdout

    async def send(self, key: str) -> None:
        """Press a key; the next one comes when the program has worked it off, as it does with fingers."""
        self.tmux("send-keys", _NAMES.get(key, key))
        await asyncio.sleep(ESCAPE if key == "escape" else RESTS)
        await self._rests()

    async def send_text(self, text: str) -> None:
        """Type words."""
        self.tmux("send-keys", "-l", text)
        await asyncio.sleep(RESTS)
        await self._rests()

    async def _rests(self) -> None:
        end, twice = time.monotonic() + PATIENCE, 0
        while twice < 2 and time.monotonic() < end:
            twice = twice + 1 if at_rest(self.process) else 0
            await asyncio.sleep(RESTS)

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
    command = "exec " + shlex.join([sys.executable, "-m", "tests.terminal.program", str(shop), at, lang])
    columns, rows = size
    operator.tmux(
        "-f", "/dev/null", "new-session", "-d", "-x", str(columns), "-y", str(rows), "-c", str(ROOT), command
    )
    operator.tmux("set-option", "-g", "remain-on-exit", "on")  # what it died of stays on the screen
    operator.process = int(operator.tmux("display-message", "-p", "#{pane_pid}"))
    try:
        await operator.sees(" help" if lang == "en" else "帮助")
        yield operator
    finally:
        operator.tmux("kill-server")


@asynccontextmanager
async def in_a_shell(home: Path) -> AsyncIterator[tuple[Operator, Callable[[list[str]], None]]]:
    """Sit at a Chinese terminal of 80 by 24, in which commands are run one after the other."""
    hands = InTmux(home / "tmux")
    words = {
        "HOME": home,
        "XDG_CONFIG_HOME": home / "config",
        "XDG_DATA_HOME": home / "data",
        "XDG_RUNTIME_DIR": home,
        "LANG": "zh_CN.UTF-8",
        "PYTHONPATH": ROOT,
    }
    env = [word for name, value in words.items() for word in ("-e", f"{name}={value}")]
    hands.tmux("-f", "/dev/null", "new-session", "-d", "-x", "80", "-y", "24", *env, "-c", str(ROOT), "cat")
    hands.tmux("set-option", "-g", "remain-on-exit", "on")

    def run(command: list[str]) -> None:
        hands.tmux("respawn-pane", "-k", *env, shlex.join(command))
        hands.process = int(hands.tmux("display-message", "-p", "#{pane_pid}"))

    try:
        yield hands, run
    finally:
        hands.tmux("kill-server")
