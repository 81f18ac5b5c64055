"""The search screen: finds past days by their journal entries and figures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.wording import N_, say
from core.storage.system_errors import words_of
from routines.analyst.analyst import Analyst
from routines.past.find_results import Result, ResultDay, ResultLine, count_words
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.text.find_text import figures_words
from tui.text.sanitize import content
from tui.text.text_layout import Prose, hang
from tui.widgets.find_results import FoundRows
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.text_input import OneLine


class Find(BaseScreen):
    """The screen with a search field, and the matching days below it."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.FIND, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.FIND, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Finds words that are in the same note, reply, decision, action, record or report; parts "
        "of words count, and “several words” in quotation marks must stand together. -word: "
        "without it. conversion<2%, gmv>50000, roi<=1.5: only days on which the figure was in "
        "this range. 2026-11, 2026-11-16, 2026-09..2026-11: only these days. After each figure, "
        "the same figure of the following day is shown."
    )
    AUTO_FOCUS: ClassVar[str | None] = "OneLine"

    def __init__(self) -> None:
        super().__init__()
        self.result: Result | None = None
        self._looking = ""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Find")

    def body(self) -> Iterable[Widget]:
        """Yield the search field, the query as it was understood, the results, and the selected one."""
        yield OneLine(self.session.last_search, hint=say("refunds conversion<2% 2026-11"), id="sought")
        yield Words(id="top")
        yield FoundRows(id="found")
        yield Words(id="bottom")

    def on_mount(self) -> None:
        """Start a separate analyst process, so that a search never waits for an import."""
        self.finder = Analyst(self.workday.folder, lang=self.workday.lang)
        self._draw_top()
        if self.session.last_search:
            self._look_for(self.session.last_search)

    async def on_unmount(self) -> None:
        """Stop the separate analyst process, as its index of many years takes memory."""
        await self.finder.close()

    @on(OneLine.Submitted)
    def _entered(self) -> None:
        self.do_look()

    def do_look(self) -> None:
        """Search for the text in the field, if there is any."""
        words = self.query_one(OneLine).value.strip()
        if words:
            self._look_for(words)

    def _look_for(self, words: str) -> None:
        self.session.last_search = self._looking = words
        self._draw_top()
        self._look(words)

    @work(name="find", exclusive=True, exit_on_error=False)
    async def _look(self, words: str) -> None:
        try:
            result = await self.finder.find(words, today=self.workday.day.isoformat())
        except (ShopdayError, OSError) as error:
            if self.is_up:
                self._looking = ""
                self._draw_top()
                self.tell(words_of(error), "watch")
            return
        if self.is_up:
            self.result, self._looking = result, ""
            self.query_one(FoundRows).load(result)
            self._draw_top()
            self._draw_bottom()
            if result.days:
                self.set_focus(self.query_one(FoundRows))
            self.draw_keys()

    # -- drawing ---------------------------------------------------------------------------------

    def _draw_top(self) -> None:
        top = self.query_one("#top", Words)
        if self._looking:
            top.put(content(say("Searching ..."), "$quiet"))
        elif self.result is None:
            top.put(content(say("Words, figures and dates can be combined; Enter searches."), "$quiet"))
        else:
            top.put(
                Prose([hang("", (count_words(self.result), "bold"), (f"  {self.result.asked}", "$quiet"))])
            )

    def _draw_bottom(self) -> None:
        rows = self.query_one(FoundRows)
        picked = rows.picked
        bottom = self.query_one("#bottom", Words)
        if isinstance(picked, ResultLine):
            came = [hang("-> ", rows.outcome)] if rows.outcome else []
            bottom.put(Prose([hang("", picked.text), *came]))
        elif isinstance(picked, ResultDay):
            bottom.put(
                Prose([hang("", figures_words(picked.figures) or say("There are no figures for this day."))])
            )
        else:
            bottom.put(content(""))

    @on(Rows.Moved)
    def _moved(self) -> None:
        self._draw_bottom()

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        typing = isinstance(self.focused, OneLine)
        if does == "again" and typing:
            return say("You are already in the search line; Enter searches.")
        if does == "open" and (typing or self.query_one(FoundRows).day is None):
            return say("The cursor is not on a day.")
        return None

    @on(Rows.Chosen)
    def do_open(self) -> None:
        """Open the log of the selected day."""
        from routines.past.review import Review
        from tui.screens.past.day import PastDay

        if (day := self.query_one(FoundRows).day) is not None:
            self.app.push_screen(PastDay(Review(self.workday), day))

    def do_again(self) -> None:
        """Go back to the search field."""
        self.set_focus(self.query_one(OneLine))
        self.draw_keys()
