"""The tables screen: choose a table and a period, and save it as a file in reports/tables/."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.widget import Widget

from core.errors import ShopdayError
from core.language.wording import N_, plural, say
from core.storage.system_errors import words_of
from core.tables.registry import TABLES
from core.tables.span import By, Span, before, month, name_of, span
from tui.keymap import keys
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import AskLine
from tui.text.sanitize import content, line
from tui.widgets.labels import Words
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn

_BY: dict[By, str] = {"day": N_("by day"), "week": N_("by week"), "month": N_("by month")}


class Tables(BaseScreen):
    """The screen with the list of tables and the period for which they are saved."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*keys.TABLES, *keys.LEAVE, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(keys.TABLES, keys.LEAVE)
    HELP: ClassVar[str] = N_(
        "Tables for anybody who needs the figures: each is saved in the shop's reports/tables/ as "
        "an Excel file, csv or markdown. b changes between days, weeks and months, r changes the "
        "period, e sets any two dates. Unknown figures stay empty."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"

    def __init__(self) -> None:
        super().__init__()
        self.by: By = "day"
        self.spans: list[tuple[str, date, date]] = []
        self.at = 0
        self.busy = ""

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("Tables")

    def body(self) -> Iterable[Widget]:
        """Yield the period and the tables."""
        yield Words(id="top")
        yield TableView(id="tables")

    def on_mount(self) -> None:
        """Fill in the predefined periods; the first, the last 30 days, is selected."""
        self.spans = spans(self.workday.day)

    def redraw(self) -> None:
        """Draw the period and the tables."""
        self.query_one(TableView).load(
            [ViewColumn(say("table")), ViewColumn(say("contents"))],
            [(say(one.title), say(one.about)) for one in TABLES.values()],
        )
        self._draw_top()

    def _draw_top(self) -> None:
        name, first, last = self.spans[self.at]
        words = line((say(_BY[self.by]), "bold"), f"   {first} - {last}", (f"   {name}", "$quiet"))
        self.query_one("#top", Words).put(content(self.busy, "$quiet") if self.busy else words)

    # -- keys ------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("xlsx", "csv", "markdown") and self.busy:
            return say("Wait until this is done: {what}", what=self.busy)
        return None

    def do_by(self) -> None:
        """Switch between grouping by day, week and month."""
        order: list[By] = ["day", "week", "month"]
        self.by = order[(order.index(self.by) + 1) % len(order)]
        self._draw_top()

    def do_range(self) -> None:
        """Switch to the next predefined period."""
        self.at = (self.at + 1) % len(self.spans)
        self._draw_top()

    def do_dates(self) -> None:
        """Ask for the first and last day of the period."""
        _, first, last = self.spans[self.at]
        ask = AskLine(say("From which day to which day?"), [], f"{first} {last}")
        self.app.push_screen(ask, self._dated)

    def _dated(self, words: str | None) -> None:
        if words is None:
            return
        days = re.findall(r"\d{4}-\d{2}-\d{2}", words)
        try:
            first, last = (date.fromisoformat(day) for day in days)
            span(first, last)
        except ShopdayError as error:
            self.tell(words_of(error), "watch")
        except ValueError:
            self.tell(say("Write two dates, such as 2026-11-01 2026-11-15."), "watch")
        else:
            self.spans = [(say("own dates"), first, last), *self.spans]
            self.at = 0
            self._draw_top()

    def do_xlsx(self) -> None:
        """Save the selected table as an Excel workbook."""
        self._write("xlsx")

    def do_csv(self) -> None:
        """Save the selected table as csv."""
        self._write("csv")

    def do_markdown(self) -> None:
        """Save the selected table as Markdown."""
        self._write("md")

    async def on_rows_chosen(self, _: Rows.Chosen) -> None:
        """Save the clicked table as an Excel workbook."""
        await self.action_do("xlsx")

    def _write(self, kind: str) -> None:
        name = list(TABLES)[self.query_one(TableView).cursor]
        _, first, last = self.spans[self.at]
        self.busy = say("Saving “{table}” ...", table=say(TABLES[name].title))
        self._draw_top()
        self.run_worker(self._written(name, span(first, last, self.by), kind), exit_on_error=False)

    async def _written(self, name: str, of: Span, kind: str) -> None:
        try:
            made: dict[str, Any] = await self.session.write_table(name, of, kind)
        except (ShopdayError, OSError, TimeoutError) as error:
            self.tell(words_of(error), "act")
        else:
            rows = plural("{n} row", "{n} rows", made["rows"])
            if made["rows"]:
                self.tell(say("Saved: {file} ({rows})", file=made["file"], rows=rows), "good")
            else:
                self.tell(
                    say("There are no figures for this table and these days; nothing was saved."), "watch"
                )
        finally:
            self.busy = ""
            self._draw_top()
            self.draw_keys()


def spans(today: date) -> list[tuple[str, date, date]]:
    """Return the predefined periods, none ending after yesterday, as (name, first day, last day)."""
    last = today - timedelta(days=1)
    this = month(name_of(last, "month"))
    former = before(this)
    monday = today - timedelta(days=today.weekday() + 7)
    return [
        (say("the last 30 days"), last - timedelta(days=29), last),
        (say("last week"), monday, monday + timedelta(days=6)),
        (say("this month so far"), this.first, last),
        (say("last month"), former.first, former.last),
        (say("the last 90 days"), last - timedelta(days=89), last),
        (say("this year so far"), last.replace(month=1, day=1), last),
    ]
