"""The days behind a row of a table: the figures by day of an item, keyword, traffic source or ad plan."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.wording import N_, say
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.table_keys import TableKeys, hidden_columns, table_in_focus
from tui.text.sanitize import content
from tui.text.text_layout import titled
from tui.widgets.charts import series_lines
from tui.widgets.evidence_table import EvidenceTable
from tui.widgets.labels import Words
from tui.widgets.table import TableView

if TYPE_CHECKING:
    from core.answers.answer import About, Answer, Series, Table

_TALL = 34
"""The number of screen rows from which the picture is shown below the table."""


class DaysOfRow(BaseScreen):
    """The screen with the figures by day of what a row is about; Enter opens the log of a day."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.DAYS_OF_ROW, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "The figures of this row by day, newest first. “Against usual” compares with the last "
        "comparable days, without campaigns. Enter opens the log of the day under the cursor; Esc "
        "goes back to the table."
    )

    def __init__(self, about: About, path: str) -> None:
        """``path`` is where the user came from, such as “Stock › jeans”, for the head line."""
        super().__init__()
        self.about = about
        self.path = path
        self._answer: Answer | None = None

    def title_words(self) -> str:
        """Return where the user came from."""
        return self.path

    def body(self) -> Iterable[Widget]:
        """Yield the state of the calculation, the table once it is there, and the picture."""
        yield Words(content(say("Calculating ..."), "$quiet"), id="top")
        yield Vertical(id="days")
        yield Words(id="course")

    def on_mount(self) -> None:
        """Have the figures computed."""
        self.run_worker(self._fetch(), exit_on_error=False)

    async def _fetch(self) -> None:
        try:
            self._answer = await self.session.days_of(self.about)
        except (ShopdayError, OSError, TimeoutError) as error:
            self.query_one("#top", Words).put(content(words_of(error), "$level-act"))
            return
        if not self.is_up:
            return
        table = self._table
        top = self.query_one("#top", Words)
        top.display = table is None
        if table is None:
            top.put(content(self._answer.verdict.text))
            return
        held = EvidenceTable(table, hidden=hidden_columns(self.workday.drafts, table))
        await self.query_one("#days", Vertical).mount(held)
        held.query_one(TableView).focus()
        self.redraw()

    @property
    def _table(self) -> Table | None:
        """The table of days, which comes first in the answer; None if there is none (yet)."""
        evidence = self._answer.evidence if self._answer else ()
        return cast("Table", evidence[0]) if evidence else None

    @property
    def _course(self) -> Series | None:
        """The first figure by day, which comes second in the answer; None if there is none (yet)."""
        evidence = self._answer.evidence if self._answer else ()
        return cast("Series", evidence[1]) if evidence else None

    def redraw(self) -> None:
        """Draw the picture of the first figure, if the screen is tall enough."""
        course = self._course
        picture = self.query_one("#course", Words)
        picture.display = course is not None and self.app.size.height >= _TALL
        if course is not None:
            high = self.app.size.height // 4
            picture.put(titled(course.name, [partial(series_lines, course, high=high)]))

    def on_resize(self) -> None:
        """Draw the picture as large as there is room for now."""
        self.attempt(self.redraw)

    async def action_do(self, does: str) -> None:
        """Do what a key in the key bar says; the table's keys are done by the table."""
        if (table := table_in_focus(self)) and any(key.does == does for key in keys.EVIDENCE_TABLE):
            await table.run_action(does)
        else:
            await super().action_do(does)

    @on(EvidenceTable.Asked)
    def _asked(self, event: EvidenceTable.Asked) -> None:
        TableKeys(self, self.path).answer(event)

    @on(EvidenceTable.Said)
    def _said(self, event: EvidenceTable.Said) -> None:
        self.tell(event.words, event.level)
