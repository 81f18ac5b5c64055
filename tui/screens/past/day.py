"""The log of one past day in order of time: what was shown and written, with past and present figures."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.language.dates import day as day_words
from core.language.wording import N_, say
from routines.past.review import Review
from tui.keymap import keys, past_keys
from tui.screens.base_screen import BaseScreen
from tui.screens.past.current_answers import CurrentAnswers
from tui.screens.past.navigation import WEEK, DayKeys, why_not_open
from tui.text.sanitize import content
from tui.text.text_layout import Prose
from tui.widgets.labels import Words
from tui.widgets.past_day import DayLog, day_blocks, moment_blocks


class PastDay(BaseScreen):
    """The screen with the log of one past day."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*past_keys.PAST_DAY, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(past_keys.PAST_DAY, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Everything of this day in order of time. If a later import changed a figure, both values "
        "are shown: as it was then and as it is now."
    )
    AUTO_FOCUS: ClassVar[str | None] = "DayLog"

    def __init__(self, review: Review, day: date, *, path: str = "") -> None:
        """``path`` is where the user came from and the day, for the head line; empty for the day alone."""
        super().__init__()
        self.path, self._first = path, day
        self.review = review
        self.day = day
        self.handlers = (DayKeys.of(self),)
        self._now = CurrentAnswers(self, review)
        self._shown: date | None = None

    def title_words(self) -> str:
        """Return the day shown, with its year; on the first day, where the user came from."""
        if self.path and self.day == self._first:
            return self.path
        return f"{self.day:%Y}  {day_words(self.day)}"

    def body(self) -> Iterable[Widget]:
        """Yield the summary of the day and its log."""
        yield Words(id="top")
        with DayLog(id="log"):
            yield Words(id="moments")

    def redraw(self) -> None:
        """Draw the summary and the log."""
        self.query_one("#top", Words).put(Prose(day_blocks(self.review.cell(self.day))))
        answers = self._now.of(self.day, again=self._shown != self.day)
        moments = self.review.log(self.day, answers)
        blocks = [block for moment in moments for block in moment_blocks(moment)]
        empty = [content(say("Nothing was written on this day."), "$quiet")]
        self.query_one("#moments", Words).put(Prose(blocks or empty))
        if self._shown != self.day:
            self._shown = self.day
            self.query_one(DayLog).scroll_home(animate=False)

    def changed(self, parts: frozenset[str]) -> None:
        """Redraw after a change on disk; after an import or a change of settings, recompute the answers."""
        if parts & {"facts", "settings"}:
            self._now.clear()
            self._shown = None
        super().changed(parts)

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work on the day shown; None if it works."""
        return why_not_open(self.review, self.day, does)

    def do_back(self) -> None:
        """Close the screen and return the day shown, for the calendar to select."""
        self.dismiss(self.day)

    def do_beside(self) -> None:
        """Compare the day with the one a week before."""
        from tui.screens.past.compare import CompareDays

        self.app.push_screen(CompareDays(self.review, self.day, self.day - WEEK))

    def do_take_up(self) -> None:
        """Open the day shown for writing."""
        self.navigator.take_up(self.day)

    def do_report(self) -> None:
        """Open the report of the day shown by this screen."""
        self.navigator.take_up(self.day, report=True)
