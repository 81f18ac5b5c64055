"""What Today shows besides its agenda: news of past days, and the ways to them."""

from __future__ import annotations

from core.language.wording import say
from tui.screens.base_screen import Desk
from tui.text.text_layout import Block, hang


class Morning(Desk):
    """A screen with the news of the morning on it; :mod:`tui.runtime.morning_news` knows them."""

    def look_for_news(self) -> None:
        """Look again; the screen is drawn again when there is something else to say."""
        if self.stands:
            self.run_worker(self._news(), name="news", group="news", exclusive=True, exit_on_error=False)

    async def _news(self) -> None:
        if await self.session.news.look() and self.stands:
            self.renew()

    def changed(self, parts: frozenset[str]) -> None:
        """Something changed on disk: there may be news."""
        super().changed(parts)
        if parts & {"facts", "journal", "settings"}:
            self.look_for_news()

    def news_rows(self) -> list[Block]:
        """Return the news, one paragraph each, with the key that leads further."""
        rows: list[Block] = [
            hang(" ", (words, "$level-watch"), "  ", (key, "bold $key"))
            for words, key in self.session.news.lines
        ]
        if self.session.past:
            late = say("This day is over: what you write is marked late. c and o lead back to today.")
            rows.append(hang(" ", (late, "$level-watch")))
        return rows

    def do_review(self) -> None:
        """Open the calendar of past days."""
        from routines.past.review import Review
        from tui.screens.past.review import ReviewScreen

        self.app.push_screen(ReviewScreen(Review(self.workday)))

    def do_handover(self) -> None:
        """Cover for somebody, or see what is left of it."""
        from tui.screens.handover import HandoverScreen

        self.app.push_screen(HandoverScreen(), lambda _: self.look_for_news())
