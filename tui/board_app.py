"""The app for the board of many shops; a shop's day opens as a program of its own in the same terminal."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.screen import Screen

from core.language.wording import say
from routines.fleet.fleet_board import Board
from tui.app import FROM_BOARD
from tui.runtime.base_app import BaseApp
from tui.runtime.signals import prepare_terminal, run_guarded
from tui.screens.fleet_board import FleetBoard


class BoardApp(BaseApp):
    """The app that shows the board."""

    CSS_PATH: ClassVar[list[str | Path]] = [  # type: ignore[assignment]  # Textual's is wider
        Path(__file__).with_name("base.tcss"),
        Path(__file__).with_name("screens.tcss"),
    ]
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "leave", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", "suspend", show=False, priority=True),
    ]

    def __init__(
        self,
        read: Callable[[], Board],
        open_day: Callable[[str], int],
        renew: Callable[[str], Awaitable[object]],
        *,
        who: str,
        theme: str = "",
    ) -> None:
        """``read`` returns the board; ``open_day`` shows a shop's day until it is left, and returns 0.

        ``renew`` computes a shop's row, which the work just done has changed.
        """
        super().__init__(theme=theme)
        self._read = read
        self._open_day = open_day
        self._renew = renew
        self._who = who
        self.animation_level = "none"

    def get_default_screen(self) -> Screen[Any]:
        """Return the board."""
        return FleetBoard(self._read, self.open_shop, who=self._who)

    async def open_shop(self, key: str) -> None:
        """Give the terminal to the shop's day until it is left."""
        try:
            with self.suspend():
                code = self._open_day(key)
        except SuspendNotSupported:
            code = self._open_day(key)
        self.action_repaint()
        if code and isinstance(self.screen, FleetBoard):
            self.screen.tell(say("The shop's day ended with an error ({code}).", code=code), "act")
        self.run_worker(self._renewed(key), name="renew", exit_on_error=False)

    async def _renewed(self, key: str) -> None:
        await self._renew(key)
        if isinstance(self.screen, FleetBoard):
            self.screen.do_again()

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Do nothing, because no browser may be started on the machine where the program runs."""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Do nothing, because the board writes no files."""

    def action_help_quit(self) -> None:
        """Say how to leave the program when Ctrl+C is pressed."""
        if isinstance(self.screen, FleetBoard):
            self.screen.tell(say("Ctrl+Q leaves."))

    def action_leave(self) -> None:
        """Exit."""
        self.exit()


def open_day(folder: Path, said: str) -> int:
    """Show the shop's day in this terminal until it is left; return the program's exit code."""
    env = {**os.environ, FROM_BOARD: "1"}
    return subprocess.run(_command(said, "open", str(folder)), env=env, check=False).returncode  # noqa: S603 - itself


async def renew(fleet: Path, key: str, said: str) -> None:
    """Compute the shop's row in a process of its own, which may import pandas; its errors are ignored."""
    process = await asyncio.create_subprocess_exec(
        *_command(said, "board", str(fleet), "--renew", key),
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    await process.wait()


def _command(said: str, *words: str) -> list[str]:
    """Return the command line of this program for the same person."""
    return [sys.executable, "-m", "tui", *(["--who", said] if said else []), *words]


def run(
    read: Callable[[], Board],
    day: Callable[[str], int],
    renewed: Callable[[str], Awaitable[object]],
    *,
    who: str,
) -> None:
    """Show the board until the user leaves; raise UsageError if there is no suitable terminal."""
    prepare_terminal()
    run_guarded(BoardApp(read, day, renewed, who=who))
