"""Calendars of a month and a year that show for each day if the target was met and the report finished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.language.dates import clock
from core.language.wording import N_, say
from routines.past.review import DayCell
from tui.runtime import themes
from tui.text.past_days import share_words, state_words
from tui.text.sanitize import fit, segment, width

MET, MISSED = "✓", "✗"
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_ROOMY = 13
"""Minimum width of a day in cells at which its text is indented below its mark."""
_LABEL = 9
"""Width in cells of the label before a month's days."""


class Calendar(Widget, can_focus=True):
    """A calendar with a cursor; subclasses determine the layout of the days."""

    class Moved(Message):
        """Posted when a day is clicked, to which the cursor should move."""

        def __init__(self, day: date) -> None:
            super().__init__()
            self.day = day

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.cells: dict[date, DayCell] = {}
        self.day = date.min

    def load(self, cells: Sequence[DayCell], day: date) -> None:
        """Show these days with the cursor on ``day``; repainted only if something changed."""
        now = {cell.day: cell for cell in cells}
        if now != self.cells or day != self.day:
            self.cells, self.day = now, day
            self.refresh()

    def parts(self, line: int) -> list[tuple[str, str]]:
        """Return the (text, style name) pairs of a line."""
        raise NotImplementedError

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day shown at a cell of the widget; None if there is none."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Render one line of the widget."""
        base = self.rich_style
        styled = [
            segment(words, base if not look else base + themes.painted(self.app, look))
            for words, look in self.parts(y)
            if words
        ]
        return Strip(styled).crop_extend(0, self.size.width, base)

    def marked(self, day: date, look: str) -> str:
        """Return the style name for a day: "cursor" for the day under the cursor, else ``look``."""
        return "cursor" if day == self.day else look

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the day that was clicked."""
        if (day := self.day_at(event.x, event.y)) is not None:
            self.post_message(self.Moved(day))


class Month(Calendar):
    """A month's calendar with two lines per week: the days with their targets, and their reports."""

    @property
    def _first(self) -> date:
        first = min(self.cells, default=self.day)
        return first - timedelta(days=first.weekday())

    @property
    def _wide(self) -> int:
        return max(8, self.size.width // 7)

    def parts(self, line: int) -> list[tuple[str, str]]:
        """Return the line of weekday names, or one of the two lines of a week."""
        if line == 0:
            return [(fit(f" {say(name)}", self._wide), "head") for name in WEEKDAYS]
        week, second = divmod(line - 1, 2)
        monday = self._first + timedelta(days=7 * week)
        return [self._part(monday + timedelta(days=n), second=bool(second)) for n in range(7)]

    def _part(self, day: date, *, second: bool) -> tuple[str, str]:
        cell = self.cells.get(day)
        if cell is None:
            return " " * self._wide, ""
        words, look = self._report(cell) if second else self._target(cell)
        return fit(words, self._wide - 1) + " ", self.marked(day, look)

    def _target(self, cell: DayCell) -> tuple[str, str]:
        number = f" {cell.day.day:>2} "
        if cell.met is None or cell.share is None:
            look = "now" if cell.state == "today" else "quiet" if cell.digest is None else "strong"
            return number, look
        mark, look = (MET, "good") if cell.met else (MISSED, "watch")
        return f"{number}{mark}{share_words(cell.share)}", look

    def _report(self, cell: DayCell) -> tuple[str, str]:
        """Return the state of the day's report and its style name.

        The time it was finished is added if there is room, and a star if a later import corrected a figure.
        """
        words, look = state_words(cell)
        star = "*" if cell.corrections else ""
        indent = " " * (4 if self._wide > _ROOMY else 1)
        if cell.state == "finished" and cell.digest:
            at = clock(cell.digest.at)
            full = f"{indent}{words} {at}{star}"
            return (full if width(full) < self._wide else f"{indent}{at}{star}"), look
        return f"{indent}{words}{star}", look

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day at the coordinates; None if there is none."""
        if y < 1 or x >= 7 * self._wide:
            return None
        day = self._first + timedelta(days=7 * ((y - 1) // 2) + x // self._wide)
        return day if day in self.cells else None


class Year(Calendar):
    """A year's calendar with one line per month, in which each day takes two cells."""

    def parts(self, line: int) -> list[tuple[str, str]]:
        """Return the line of day numbers, or the line of a month."""
        if line == 0:
            return [
                (" " * _LABEL, ""),
                *((f"{n:<2}" if n % 5 == 0 or n == 1 else "  ", "head") for n in range(1, 32)),
            ]
        cells = [cell for day, cell in self.cells.items() if day.month == line]
        if not cells:
            return []
        met = sum(cell.met is True for cell in cells)
        known = sum(cell.met is not None for cell in cells)
        label = fit(f" {cells[0].day:%Y-%m}", _LABEL)
        days = [self._part(cell) for cell in cells]
        rest = "  " * (31 - len(cells))
        return [(label, "head"), *days, (f"{rest}  {MET}{met}/{known}" if known else "", "quiet")]

    def _part(self, cell: DayCell) -> tuple[str, str]:
        mark = {True: MET, False: MISSED, None: "-" if cell.digest else "."}[cell.met]
        if cell.met is None and cell.state in ("before", "future"):
            mark = " "
        look = {"open": "act", "draft": "act", "late": "watch", "empty": "quiet", "today": "now"}.get(
            cell.state
        )
        return f"{mark} ", self.marked(cell.day, look or ("good" if cell.met else ""))

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day at the coordinates; None if there is none."""
        wanted = (y, (x - _LABEL) // 2 + 1)
        return next((day for day in self.cells if (day.month, day.day) == wanted), None)
