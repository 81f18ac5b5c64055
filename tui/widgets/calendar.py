"""Calendars of a month and a year that show for each day its sales, if its target was met, and its report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from core.language.dates import clock
from core.language.money import short_money
from core.language.wording import N_, say
from core.review.target_share import HEAT, HEAT_WORDS, heat, share_words
from routines.past.review import DayCell
from tui.runtime import themes
from tui.text.past_days import state_words
from tui.text.sanitize import Part, Shown, fit, line, segment, width

MET, MISSED, HOLLOW = "✓", "✗", "◦"
WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_DAY = 15
"""The width of a day in cells where the weeks have totals beside them."""
_TOTALS_FROM = 7 * _DAY + 14
_TWO_LINES = 10
"""The width of a day in cells from which it has more than one line."""
_SMALLEST = 5
_SHORTEST_WORD = 4
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
    """A month's calendar as a heat map: each day with its sales, coloured by the share of its target.

    Days to come show their target. The room decides between one and three lines a week, with or without an
    empty line between weeks and the weeks' totals beside them.
    """

    @property
    def _first(self) -> date:
        first = min(self.cells, default=self.day)
        return first - timedelta(days=first.weekday())

    @property
    def _weeks(self) -> int:
        return (max(self.cells, default=self.day) - self._first).days // 7 + 1

    @property
    def _wide(self) -> int:
        return _DAY if self.size.width >= _TOTALS_FROM else max(_SMALLEST, self.size.width // 7)

    @property
    def _lines(self) -> int:
        """The number of lines of a day."""
        if self._wide < _TWO_LINES:
            return 1
        return 3 if self.size.height > 3 * self._weeks else 2

    @property
    def _high(self) -> int:
        """The number of lines of a week, with the empty one below it if there is room."""
        return self._lines + (self.size.height > (self._lines + 1) * self._weeks)

    def parts(self, line: int) -> list[tuple[str, str]]:
        """Return the line of weekday names, or one of the lines of a week."""
        totals = self.size.width >= _TOTALS_FROM
        if line == 0:
            names = [(fit(f" {say(name)}", self._wide), "head") for name in WEEKDAYS]
            return [*names, (" " + say("Week's total"), "head")] if totals else names
        week, number = divmod(line - 1, self._high)
        if week >= self._weeks or number >= self._lines:
            return []
        days = [self._first + timedelta(days=7 * week + n) for n in range(7)]
        parts = [part for day in days for part in self._part(day, number)]
        return [*parts, (f" {self._total(days, number)}", "strong")] if totals else parts

    def _part(self, day: date, number: int) -> tuple[tuple[str, str], tuple[str, str]]:
        """Return one line of a day, and the gap after it."""
        cell = self.cells.get(day)
        if cell is None:
            return (" " * (self._wide - 1), ""), (" ", "")
        words = (self._head, self._money, self._report)[number](cell)
        return (fit(words, self._wide - 1), self.marked(day, _look(cell))), (" ", "")

    def _head(self, cell: DayCell) -> str:
        """Return the number of the day, and its campaign, "today" or, if no line is left for it, its report.

        If a day has one line only, its mark comes after the number.
        """
        number = f" {cell.day.day:>2} "
        if self._lines == 1:
            marked = f"{number}{_mark(cell)}".rstrip()
            return marked if width(marked) < self._wide else marked[1 : self._wide]
        room = self._wide - 1 - len(number)
        if cell.state == "today" or cell.campaign:
            words = state_words(cell)[0] if cell.state == "today" else cell.campaign
            return number + (fit(words, room) if room >= _SHORTEST_WORD else "")
        report = state_words(cell)[0] if self._lines < 3 and cell.unfinished else ""  # noqa: PLR2004
        return number + (report if width(report) <= room else "")

    def _money(self, cell: DayCell) -> str:
        """Return the day's sales with their mark, a day's target that is still to come, or nothing."""
        if cell.sold is not None:
            return f" {short_money(cell.sold)} {_mark(cell)}"
        if cell.state not in ("today", "future") or cell.target is None:
            return ""
        aim = f" {say('aim {money}', money=short_money(cell.target))}"
        return aim if width(aim) < self._wide else f" {short_money(cell.target)}"

    def _report(self, cell: DayCell) -> str:
        """Return the share of the target, and the report: when it was finished, or its state."""
        share = "" if cell.share is None else share_words(cell.share)
        if cell.state in ("today", "future", "before"):
            return f" {share}"
        words, star = state_words(cell)[0], "*" if cell.corrections else ""
        told = [words + star]
        if cell.state == "finished" and cell.digest:
            told = [f"{words} {clock(cell.digest.at)}{star}", f"{clock(cell.digest.at)}{star}"]
        lines = [" ".join(word for word in (share, one) if word) for one in told]
        fits = (f"{indent}{one}" for one in (*lines, told[-1]) for indent in (" ", ""))
        return next((one for one in fits if width(one) < self._wide), lines[-1])

    def _total(self, days: Sequence[date], number: int) -> str:
        """Return one line of a week's total: its sales and their share of the targets, or its targets."""
        cells = [self.cells[day] for day in days if day in self.cells]
        sold = [cell for cell in cells if cell.sold is not None]
        if not sold:
            aims = [cell.target for cell in cells if cell.target is not None]
            return say("aim {money}", money=short_money(sum(aims))) if aims and number == 0 else ""
        if number == 0:
            return short_money(sum(cell.sold or 0.0 for cell in sold))
        judged = [cell for cell in sold if cell.target]
        if number > 1 or not judged:
            return ""
        return share_words(
            sum(cell.sold or 0.0 for cell in judged) / sum(cell.target or 0.0 for cell in judged)
        )

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day at the coordinates; None if there is none."""
        if y < 1 or x >= 7 * self._wide:
            return None
        day = self._first + timedelta(days=7 * ((y - 1) // self._high) + x // self._wide)
        return day if day in self.cells else None


def _mark(cell: DayCell) -> str:
    """Return whether the day met its target, and a star if a later import corrected its report.

    A result that is not final has a hollow mark.
    """
    mark = HOLLOW if cell.hollow else {True: MET, False: MISSED, None: ""}[cell.met]
    return mark + ("*" if cell.corrections else "")


def _look(cell: DayCell) -> str:
    """Return the style of a day: its class by share of the target, else by its state."""
    if cell.share is not None:
        return heat(cell.share)
    if cell.state == "today":
        return "now"
    return "strong" if cell.sold is not None else "quiet"


def heat_words() -> Shown:
    """Return the classes of the heat map as one line."""
    parts: list[Part] = [(f" {say('% of target')}  ", "$quiet")]
    for name, look in zip(HEAT_WORDS, HEAT, strict=True):
        parts += [(f" {name} ", f"$on-{look} on ${look}"), " "]
    return line(*parts)


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
        mark = (
            HOLLOW if cell.hollow else {True: MET, False: MISSED, None: "-" if cell.digest else "."}[cell.met]
        )
        if cell.met is None and not cell.hollow and cell.state in ("before", "future"):
            mark = " "
        look = {"open": "act", "draft": "act", "late": "watch", "empty": "quiet", "today": "now"}.get(
            cell.state
        )
        return f"{mark} ", self.marked(cell.day, look or ("good" if cell.met else ""))

    def day_at(self, x: int, y: int) -> date | None:
        """Return the day at the coordinates; None if there is none."""
        wanted = (y, (x - _LABEL) // 2 + 1)
        return next((day for day in self.cells if (day.month, day.day) == wanted), None)
