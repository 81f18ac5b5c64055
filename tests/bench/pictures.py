"""What it costs to draw a picture anew: processor time from the changed figures to a frame's bytes."""

from __future__ import annotations

import asyncio
import gc
import time
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from textual._compositor import CompositorUpdate
from textual.app import App, ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from core.answers.answer import Mark, Series
from tests.bench.measure import MORE, Figure, Result
from tests.bench.places import ROOT
from tui.runtime.base_app import BaseApp
from tui.widgets.labels import Words
from tui.widgets.lead_picture import enlarged
from tui.widgets.trend import trend_lines

SIZE: Final = (120, 40)
ROOM, HIGH, DAYS = 118, 14, 60
"""The room for a picture on such a screen, the rows of its bars, and its days."""
LIMIT: Final = 0.5


def figures(rounds: int) -> Iterator[Result]:
    """Yield the redraw of a trend against the same lines in Textual's ``Static``."""
    ours, theirs = asyncio.run(_in_turns(rounds * MORE))
    yield Figure("a trend drawn anew, processor time", "the same in a Static", LIMIT, "ms", ours, theirs)


def _series(number: int) -> Series:
    """Return the sales of sixty days, other ones for each number."""
    days = [date(2026, 9, 17) + timedelta(days=n) for n in range(DAYS)]
    values = tuple(40_000.0 + (n * 7919 + number * 977) % 30_000 for n in range(DAYS))
    aims = (50_000.0,) * DAYS
    return Series(
        "Sales", "CNY", tuple(day.isoformat() for day in days), values, (Mark("2026-11-01", "双11"),),
        targets=aims, low=tuple(0.8 * aim for aim in aims), high=tuple(1.2 * aim for aim in aims),
    )  # fmt: skip


class _Painted:
    """Waits until a frame is ready for the terminal."""

    def __init__(self) -> None:
        self.frame = asyncio.Event()

    def take(self, app: App[Any], renderable: object) -> None:
        """Make the bytes of a frame, as the driver would send them."""
        if isinstance(renderable, CompositorUpdate):
            renderable.render_segments(app.console)
            self.frame.set()


class Ours(BaseApp):
    """Our label on a bare screen, painted and sent as the day's app does."""

    CSS_PATH = ROOT / "tui" / "base.tcss"

    def __init__(self, painted: _Painted) -> None:
        super().__init__()
        self.painted, self.label = painted, Words()

    def compose(self) -> ComposeResult:
        """The label."""
        yield self.label

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ARG002 - as Textual calls it
        spared = self._frames.sparing(renderable) if isinstance(renderable, CompositorUpdate) else renderable
        self.painted.take(self, spared)


class Theirs(App[None]):
    """Textual's label on a bare screen."""

    def __init__(self, painted: _Painted) -> None:
        super().__init__()
        self.painted, self.label = painted, Static()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name the colours of the pictures."""
        return {"met": "#5fafd7", "missed": "#ffaf5f", "plain": "#a8a8a8", "target": "#e4e4e4",
                "band": "#303030", "quiet": "#a8a8a8", "now": "#ffd75f"}  # fmt: skip

    def compose(self) -> ComposeResult:
        """The label."""
        yield self.label

    def _display(self, screen: Screen[Any], renderable: Any) -> None:  # noqa: ARG002 - as Textual calls it
        self.painted.take(self, renderable)


async def _in_turns(changes: int) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each redraw, ours and theirs, after some that fill the caches."""
    painted = _Painted(), _Painted()
    ours, theirs = Ours(painted[0]), Theirs(painted[1])
    costs: tuple[list[float], list[float]] = ([], [])
    async with ours.run_test(size=SIZE) as one, theirs.run_test(size=SIZE) as other:
        await one.pause()
        await other.pause()
        for number in range(-5, changes):
            for side in (0, 1) if number % 2 else (1, 0):
                series = _series(number)
                gc.collect()
                painted[side].frame.clear()
                start = time.process_time()
                if side == 0:
                    ours.label.put(enlarged(series, HIGH + 4), layout=False)
                else:
                    lines = trend_lines(series, ROOM, high=HIGH, most=DAYS)
                    theirs.label.update(Content("\n").join(lines), layout=False)
                await asyncio.wait_for(painted[side].frame.wait(), 10)
                if number >= 0:
                    costs[side].append((time.process_time() - start) * 1000)
    return costs
