"""The lines on the Today screen about past days: the morning's news, kept up to date."""

from __future__ import annotations

from core.language.wording import say
from routines.plan.calendar import unknown_year
from tui.screens.base_screen import BaseScreen
from tui.text.text_layout import Block, hang


class PastDaysPanel:
    """Checks for news about past days in the background, and redraws the screen if there is any."""

    def __init__(self, screen: BaseScreen) -> None:
        self._screen = screen

    def look(self) -> None:
        """Check for news in the background."""
        if self._screen.is_up:
            self._screen.run_worker(
                self._look(), name="news", group="news", exclusive=True, exit_on_error=False
            )

    async def _look(self) -> None:
        if await self._screen.session.news.look() and self._screen.is_up:
            self._screen.redraw()

    def rows(self) -> list[Block]:
        """Return the news, each as a paragraph with the key that shows more, and warnings about the day."""
        session = self._screen.session
        rows: list[Block] = [
            hang(" ", (words, "$level-watch"), "  ", (key, "bold $key")) for words, key in session.news.lines
        ]
        if session.past:
            late = say(
                "This day is over: what you write now is marked late. c and then o lead back to today."
            )
            rows.append(hang(" ", (late, "$level-watch")))
        if unknown := unknown_year(self._screen.workday.day.year):
            rows.append(hang(" ", (unknown, "$level-watch")))
        return rows
