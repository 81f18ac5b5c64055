"""The reports of a month: who finished each day's report and when, and which were late or missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widget import Widget

from core.language.wording import N_, say
from routines.past.review import DayCell, Review
from tui.keymap import keys, past_keys
from tui.screens.base_screen import BaseScreen
from tui.screens.past.navigation import months_on, why_not_open
from tui.text.past_days import handed_row, handed_titles, month_words, people_words, state_words
from tui.text.text_layout import Prose, hang
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

_STATE, _LATE = 1, 5


class TeamReports(BaseScreen):
    """The screen with a month's daily reports: one line per day, the newest first."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.TEAM, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.TEAM, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Who finished each day's report, and when. Late means finished or written after 04:00 of "
        "the next day."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self, review: Review, day: date) -> None:
        super().__init__()
        self.review = review
        self.day = day
        self.shown: list[DayCell] = []

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Who handed in")

    def body(self) -> Iterable[Widget]:
        """Yield the totals and the table."""
        yield Words(id="top")
        yield TableView(id="handed")

    def redraw(self) -> None:
        """Draw the totals and the table of the month."""
        cells = self.review.calendar(self.day)
        top = [hang(" ", (f"{self.day:%Y-%m}  ", "bold"), (month_words(cells), "$quiet"))]
        if people := people_words(self.review.submitted(cells)):
            top.append(hang(" ", people))
        self.query_one("#top", Words).put(Prose(top))
        self.shown = [cell for cell in reversed(cells) if cell.state not in ("before", "future")]
        table = self.query_one(TableView)
        table.load(
            [ViewColumn(title, right=number in (4, 5, 6, 7)) for number, title in enumerate(handed_titles())],
            [handed_row(cell) for cell in self.shown],
            look=self._look,
        )
        table.go(next((n for n, cell in enumerate(self.shown) if cell.day <= self.day), 0))

    def _look(self, row: int, column: int) -> str:
        cell = self.shown[row]
        if column == _STATE:
            return state_words(cell)[1]
        late = cell.digest.late if cell.digest else 0
        return "watch" if column == _LATE and late else "quiet" if cell.state == "empty" else ""

    @on(Rows.Chosen)
    async def _chosen(self) -> None:
        await self.action_do("open")

    @property
    def picked(self) -> date:
        """The selected day."""
        at = self.query_one(TableView).cursor
        return self.shown[at].day if 0 <= at < len(self.shown) else self.day

    def why_not(self, does: str) -> str | None:
        """Return why the log of the selected day cannot be opened; None if it can."""
        return why_not_open(self.review, self.picked, does)

    def do_open(self) -> None:
        """Open the log of the selected day."""
        from tui.screens.past.day import PastDay

        self.app.push_screen(PastDay(self.review, self.picked))

    def do_back_far(self) -> None:
        """Go back one month."""
        self._show(months_on(self.day, -1))

    def do_on_far(self) -> None:
        """Go forward one month."""
        self._show(months_on(self.day, 1))

    def _show(self, day: date) -> None:
        self.day = day
        self.redraw()

    def do_back(self) -> None:
        """Close the screen and return the selected day."""
        self.dismiss(self.picked)
