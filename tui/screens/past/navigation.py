"""Moving between past days: the handlers of the keys for it, and a check whether a day can be opened."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Protocol

from core.answers.answer import LevelName
from core.language.wording import say
from routines.past.review import Review

DAY = timedelta(days=1)
WEEK = timedelta(days=7)


class DayScreen(Protocol):
    """Interface of a screen that shows one day and can switch to another."""

    review: Review
    day: date

    def redraw(self) -> None:
        """Draw the day."""

    def draw_head(self) -> None:
        """Draw the title."""

    def tell(self, words: str, level: LevelName = "info") -> None:
        """Show a message at the bottom."""


class DayKeys:
    """Handlers of the keys that move by a day, week or month; in the year view by a day, month or year."""

    def __init__(
        self,
        day: Callable[[], date],
        go: Callable[[date], None],
        *,
        whole_year: Callable[[], bool] = lambda: False,
    ) -> None:
        """``day`` returns the day shown, ``go`` shows another; ``whole_year`` tells if a year is shown."""
        self._day = day
        self._go = go
        self._whole_year = whole_year

    @classmethod
    def of(cls, screen: DayScreen) -> DayKeys:
        """Return the handlers for a screen that shows one day; a day after today gives a message."""

        def go(day: date) -> None:
            if day > screen.review.today:
                screen.tell(say("That day is in the future."), "watch")
                return
            screen.day = day
            screen.redraw()
            screen.draw_head()

        return cls(lambda: screen.day, go)

    def do_day_before(self) -> None:
        """Go back one day."""
        self._go(self._day() - DAY)

    def do_day_after(self) -> None:
        """Go forward one day."""
        self._go(self._day() + DAY)

    def do_week_before(self) -> None:
        """Go back one week, in the year view one month."""
        self._go(months_on(self._day(), -1) if self._whole_year() else self._day() - WEEK)

    def do_week_after(self) -> None:
        """Go forward one week, in the year view one month."""
        self._go(months_on(self._day(), 1) if self._whole_year() else self._day() + WEEK)

    def do_back_far(self) -> None:
        """Go back one month, in the year view one year."""
        self._go(months_on(self._day(), -12 if self._whole_year() else -1))

    def do_on_far(self) -> None:
        """Go forward one month, in the year view one year."""
        self._go(months_on(self._day(), 12 if self._whole_year() else 1))


def why_not_open(review: Review, day: date, does: str) -> str | None:
    """Return why the key of the action ``does`` does not work on the day; None if it works."""
    if does in ("open", "take_up", "beside", "report") and day > review.today:
        return say("That day is in the future.")
    if does in ("open", "beside", "report") and not review.workday.book.stamp(day):
        return say("Nothing was written on that day; press o to work in it now (marked late).")
    return None


def months_on(day: date, months: int) -> date:
    """Return the same day of the month ``months`` later, or that month's last day if it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
