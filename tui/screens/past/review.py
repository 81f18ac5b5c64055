"""The calendar of past days: target and report of each day; Enter opens the day's log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.wording import N_, say
from core.storage.system_errors import words_of
from routines.past.review import DayCell, Review
from tui.keymap import keys, past_keys
from tui.screens.base_screen import BaseScreen
from tui.screens.past.navigation import WEEK, DayKeys, why_not_open
from tui.text.past_days import month_words, total_words
from tui.text.sanitize import line
from tui.text.text_layout import Prose
from tui.widgets.calendar import Calendar, Month, Year, heat_words
from tui.widgets.labels import Words
from tui.widgets.past_day import day_blocks

_LEGEND_FROM = 34
"""The number of rows on the screen from which the colours are explained."""


class ReviewScreen(BaseScreen):
    """The calendar screen: the month, or the year, that contains the selected day."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.REVIEW, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.REVIEW, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Each day of the month with its sales according to the current figures: ✓ target reached, ✗ not "
        "reached, coloured by the share of the target from orange (under 85 %) to blue (over 115 %). With a "
        "net target both are after refunds, and ◦ means that refunds are still to come. Days to come show "
        "their target. A star means that a later import changed a figure in the report."
    )
    AUTO_FOCUS: ClassVar[str | None] = "Month"

    def __init__(self, review: Review, day: date | None = None) -> None:
        super().__init__()
        self.review = review
        self.day = day or min(review.workday.day, review.today)
        self.whole_year = False
        self.handlers = (DayKeys(lambda: self.day, self.go, whole_year=lambda: self.whole_year),)
        self._failed: set[date] = set()

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Past days")

    def body(self) -> Iterable[Widget]:
        """Yield the month or year shown, the calendar, and the selected day."""
        yield Words(id="top")
        yield Month(id="month")
        yield Year(id="year")
        yield Words(id="bottom")

    # -- drawing ---------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw the calendar and the selected day."""
        cells = self._cells()
        shown, hidden = ("#year", "#month") if self.whole_year else ("#month", "#year")
        self.query_one(hidden).display = False
        grid = self.query_one(shown, Calendar)
        grid.display = True
        grid.load(cells, self.day)
        if not grid.has_focus:
            grid.focus()
        self.query_one("#top", Words).put(
            line(
                (self._where(), "bold"),
                (f"  {total_words(cells)}" if not self.whole_year else "", "bold"),
                (f"  {month_words(cells)}", "$quiet"),
            )
        )
        legend = [heat_words()] if not self.whole_year and self.app.size.height >= _LEGEND_FROM else []
        self.query_one("#bottom", Words).put(Prose([*legend, *day_blocks(self.review.cell(self.day))]))
        self._work_out()

    def _cells(self) -> tuple[DayCell, ...]:
        if not self.whole_year:
            return self.review.calendar(self.day)
        return tuple(
            cell for month in range(1, 13) for cell in self.review.calendar(date(self.day.year, month, 1))
        )

    def _where(self) -> str:
        return f"{self.day:%Y}" if self.whole_year else f"{self.day:%Y-%m}"

    def _work_out(self) -> None:
        """Have the figures of the selected month computed, if they are missing or out of date."""
        first = self.day.replace(day=1)
        if first not in self._failed and self.review.known(first) is None:
            self._worked_out(first)

    @work(name="month", exclusive=True, exit_on_error=False)
    async def _worked_out(self, first: date) -> None:
        try:
            await self.session.analyst.month(first.isoformat())
        except (ShopdayError, OSError, TimeoutError) as error:
            self._failed.add(first)
            if self.is_up:
                self.tell(say("The current figures are not available: {why}", why=words_of(error)), "watch")
            return
        if self.review.known(first) is None:
            self._failed.add(first)  # the result cannot be stored; do not try again
        if self.is_up:
            self.redraw()

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk; after an import, try again months whose figures failed."""
        if parts & {"facts", "settings"}:
            self._failed.clear()
        super().changed(parts)

    def on_resize(self) -> None:
        """Explain the colours if there is room now."""
        self.attempt(self.redraw)

    # -- keys ------------------------------------------------------------------------------------

    @on(Calendar.Moved)
    def _clicked(self, event: Calendar.Moved) -> None:
        self.go(event.day)

    def go(self, day: date) -> None:
        """Select a day."""
        self.day = min(max(day, date(1970, 1, 1)), date(9999, 11, 30))
        self.redraw()
        self.draw_keys()

    def do_present(self) -> None:
        """Select today."""
        self.go(self.review.today)

    def do_year(self) -> None:
        """Switch between the year and the month."""
        self.whole_year = not self.whole_year
        self.redraw()

    def do_open(self) -> None:
        """Open the day's log; in the year view show the day's month first."""
        if self.whole_year:
            self.do_year()
            return
        from tui.screens.past.day import PastDay

        self.app.push_screen(PastDay(self.review, self.day), self._came_back)

    def do_team(self) -> None:
        """Open the list of who handed in reports."""
        from tui.screens.past.team import TeamReports

        self.app.push_screen(TeamReports(self.review, self.day), self._came_back)

    def do_beside(self) -> None:
        """Compare the day with the one a week before."""
        from tui.screens.past.compare import CompareDays

        self.app.push_screen(CompareDays(self.review, self.day, self.day - WEEK))

    def do_take_up(self) -> None:
        """Open the selected day for writing."""
        self.navigator.take_up(self.day)

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work on the selected day; None if it works."""
        if self.whole_year and does == "open":
            return None
        return why_not_open(self.review, self.day, does)

    def _came_back(self, day: date | None) -> None:
        """Select the day that the closed screen had shown last."""
        if day is not None:
            self.go(day)
