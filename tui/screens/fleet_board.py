"""The board of many shops: one row per shop, read from what a worker stored; nothing is computed here."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import lru_cache
from typing import ClassVar, Final

from textual import on, work
from textual.binding import BindingType
from textual.widget import Widget
from textual.widgets import Input

from core.answers.answer import Cell, Table, TableColumn
from core.errors import ShopdayError, UsageError
from core.find.normalize import folded
from core.language.dates import clock
from core.language.dates import day as day_words
from core.language.message import Words as Text
from core.language.money import money
from core.language.numbers import percent
from core.language.wording import N_, listing, plural, say, text
from core.storage.system_errors import words_of
from routines.fleet.board_columns import BoardColumn, View, age_words, columns_of, row_text
from routines.fleet.board_row import BoardRow, speak_for
from routines.fleet.fleet_board import ORDERS, Board, Order, most_urgent
from tui.keymap import fleet_keys, keys
from tui.screens.base_screen import BaseScreen
from tui.text.dotline import dotline
from tui.text.sanitize import Shown, content, fit, line, safe, width
from tui.text.text_layout import Block, Prose, hang, titled
from tui.widgets.labels import Head, Words, badge
from tui.widgets.row_query import Filter, Sort, read_filter
from tui.widgets.rows import Rows
from tui.widgets.table import TableView, ViewColumn
from tui.widgets.text_input import OneLine

READ_EVERY: Final = 10.0
"""Seconds between two readings of the stored rows."""
URGENT: Final = 4
"""Headlines listed below the table, if the screen is high enough."""
_URGENT_FROM = 24
"""Minimum screen height in rows at which they are listed."""
_USUAL_FROM = 18
"""Minimum screen height in rows at which more is shown than the rows and their sum."""
_NAMED = 6
"""At most so many missing exports or steps are named."""
_ORDER_WORDS: Final[dict[Order, str]] = {
    "stake": N_("Most money at stake first."),
    "late": N_("Most late steps first."),
    "level": N_("Most urgent first."),
    "fleet": N_("As listed in fleet.toml."),
}


class FleetBoard(BaseScreen):
    """The board with a row for each shop the person may see, and more about the one under the cursor."""

    KEYS: ClassVar[tuple[keys.Key, ...]] = (*fleet_keys.BOARD, *keys.EVERYWHERE)
    BINDINGS: ClassVar[list[BindingType]] = keys.bindings(fleet_keys.BOARD)
    HELP: ClassVar[str] = N_(
        "All shops on one screen. The rows are computed by shopday worker and only read here, so each says "
        "how old it is. Money at stake is what the open findings may cost within seven days; a finding "
        "that several steps report counts once. The last column has one character for each step: ! act, "
        "~ watch, + good, - info, ? no data, . not computed."
    )
    AUTO_FOCUS: ClassVar[str | None] = "TableView"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (_USUAL_FROM, "-usual"), (30, "-roomy")]  # noqa: RUF012 - typed by Textual

    def __init__(
        self, read: Callable[[], Board], open_shop: Callable[[str], Awaitable[None]], *, who: str
    ) -> None:
        """``read`` returns the board as it is now, ``open_shop`` shows a shop's day until it is left."""
        super().__init__()
        self._read = read
        self._open_shop = open_shop
        self._who = who
        self.board: Board | None = None
        self.view: View = "work"
        self.order: Order = "stake"
        self._sort: Sort | None = None
        self._filter_text = ""
        self._filter = Filter()
        self.shown: list[BoardRow[Text]] = []

    def title_words(self) -> str:
        """Return the screen's name."""
        return say("My shops")

    def body(self) -> Iterable[Widget]:
        """Yield the summary, the shops, more about one of them, and the most urgent findings of all."""
        yield Words(id="top")
        yield TableView(id="shops")
        yield Words(id="bottom")
        yield Words(id="urgent")

    def on_mount(self) -> None:
        """Read the rows now and from time to time."""
        self.do_again()
        self.set_interval(READ_EVERY, self.do_again)

    # -- what differs from the screens of one shop -------------------------------------------------

    def may(self, does: str) -> bool:  # noqa: ARG002 - nothing is written here
        """Return True: every key works for everybody."""
        return True

    def draw(self) -> None:
        """Draw head, rows and key bar."""
        self.draw_head()
        self.redraw()
        self.draw_keys()

    def tell_failed(self, words: str) -> None:
        """Show why what a key should have done failed."""
        self.tell(words, "act")

    def draw_head(self) -> None:
        """Show how many shops there are, the day, the person and the time."""
        found = self.board
        if found is None:
            self.query_one("#head", Head).put(line(" ", (self.title_words(), "bold")), line(self._who, " "))
            return
        left = line(
            " ",
            (self.title_words(), "bold"),
            f"  {len(found.rows)}",
            "  ",
            (day_words(found.at.date()), "$quiet"),
        )
        right = line((f"{self._who}  ", "$quiet"), (clock(found.at), "bold"), " ")
        self.query_one("#head", Head).put(left, right)

    def do_palette(self) -> None:
        """Open the palette to go to a shop by its name."""
        from tui.screens.palette import Palette, PaletteEntry, key_entries

        rows = self.board.rows if self.board is not None else ()
        shops = [
            PaletteEntry(
                ("shop", row.key), line(row.key, ("  " + row.name, "$quiet")), f"{row.key} {row.name}"
            )
            for row in rows
        ]
        palette = Palette([*shops, *key_entries(self.KEYS)], hint=say("name of a shop or a key"))
        self.app.push_screen(palette, self._go)

    def _go(self, chosen: tuple[str, str] | None) -> None:
        if chosen is None:
            return
        kind, name = chosen
        if kind == "key":
            self.call_later(self.action_do, name)
            return
        if all(row.key != name for row in self.shown):
            self._clear_filter()
        self._load(keep=name)

    # -- reading and drawing -----------------------------------------------------------------------

    def do_again(self) -> None:
        """Read the rows again."""
        self._fetch()

    @work(name="rows", group="rows", exclusive=True, exit_on_error=False)
    async def _fetch(self) -> None:
        try:
            found = await asyncio.to_thread(self._read)
        except (ShopdayError, OSError) as error:
            if self.is_up:
                self.tell(words_of(error), "act")
            return
        self.board = found
        if self.is_up:
            self.draw()

    @property
    def selected(self) -> BoardRow[Text] | None:
        """The row under the cursor; None if no row is shown."""
        at = self.query_one(TableView).cursor
        return self.shown[at] if 0 <= at < len(self.shown) else None

    def redraw(self) -> None:
        """Draw the rows; the cursor stays on its shop."""
        selected = self.selected
        self._load(keep=selected.key if selected is not None else "")

    def _load(self, *, keep: str = "") -> None:
        found, view = self.board, self.query_one(TableView)
        if found is None:
            self.query_one("#top", Words).put(content(say("Reading the rows ..."), "$quiet"))
            return
        columns = columns_of(self.view)
        rows = self._sorted(found, columns)
        if self._filter != Filter():
            table = _table(found, rows, columns)
            rows = [
                row for row, cells in zip(rows, table.rows, strict=True) if self._filter.fits(table, cells)
            ]
        self.shown = rows

        @lru_cache(maxsize=4096)
        def cells(number: int) -> list[str]:
            row = rows[number]
            written = [safe(one) for one in row_text(found, row, columns)]
            return [
                dotline(row.recent) if column.id == "recent" else words
                for column, words in zip(columns, written, strict=True)
            ]

        view.load(
            [
                ViewColumn(self._title(number, column), right=not column.is_text)
                for number, column in enumerate(columns)
            ],
            [(row.key,) for row in rows],
            words=lambda number, column: cells(number)[column],
            look=lambda number, column: columns[column].look(found, rows[number]),
            cells=True,
        )
        if keep:
            view.go(next((at for at, row in enumerate(rows) if row.key == keep), view.cursor))
        self._draw_around()

    def _title(self, number: int, column: BoardColumn) -> str:
        title = say(column.title)
        if self._sort is not None:
            return title + ("▾" if self._sort.down else "▴") if self._sort.column == number else title
        return title + "▾" if column.id == self.order else title

    def _sorted(self, found: Board, columns: Sequence[BoardColumn]) -> list[BoardRow[Text]]:
        rows = found.in_order(self.order)
        if self._sort is None:
            return rows
        column = columns[self._sort.column]
        valued = [(column.value(found, row), row) for row in rows]
        known = [(value, row) for value, row in valued if value is not None]
        known.sort(key=lambda pair: _sort_key(pair[0]), reverse=self._sort.down)
        return [row for _, row in known] + [row for value, row in valued if value is None]

    def _draw_around(self) -> None:
        """Draw the lines above and below the table."""
        found = self.board
        if found is None:
            return
        self.query_one("#top", Words).put(Prose([hang("", *self._summary(found))]))
        self._draw_selected()
        urgent = self.query_one("#urgent", Words)
        urgent.display = self.size.height >= _URGENT_FROM
        rows = most_urgent(found.rows, URGENT) if urgent.display else []
        urgent.put(
            titled(say("Most urgent of all shops"), [lambda room: _urgent(rows, room)]) if rows else Prose()
        )

    def _summary(self, found: Board) -> list[tuple[str, str]]:
        parts: list[tuple[str, str]] = []
        counted = f"{len(self.shown)}/{len(found.rows)}" if self._filter_text else ""
        if counted:
            parts.append((f"/ {safe(self._filter_text)}  {counted}   ", "$now"))
        parts.append((_totals(found), "bold"))
        if self.size.height < _USUAL_FROM:
            return parts
        troubled = [row for row in found.rows if row.trouble]
        old = [row for row in found.rows if not row.trouble and found.is_old(row)]
        if troubled:
            failed = plural(
                "{n} shop could not be computed.", "{n} shops could not be computed.", len(troubled)
            )
            parts.append((f"  {failed}", "$level-act"))
        if old:
            parts.append((f"  {plural('{n} row is old.', '{n} rows are old.', len(old))}", "$level-watch"))
        if found.hidden:
            hidden = plural(
                "{n} shop is not shown: you are not in its team.",
                "{n} shops are not shown: you are not in their teams.",
                found.hidden,
            )
            parts.append((f"  {hidden}", "$quiet"))
        return parts

    def _draw_selected(self) -> None:
        row, found = self.selected, self.board
        bottom = self.query_one("#bottom", Words)
        if row is None or found is None:
            none = (
                say("No shop fits. Press Esc to see all.") if self._filter_text else say("There is no shop.")
            )
            bottom.put(content(none, "$quiet"))
            return
        bottom.put(Prose(_about(found, row)))

    def on_rows_moved(self, _: Rows.Moved) -> None:
        """Show more about the shop under the cursor."""
        self._draw_selected()

    async def on_rows_chosen(self, _: Rows.Chosen) -> None:
        """Open the shop that was clicked."""
        await self.action_do("open")

    # -- keys --------------------------------------------------------------------------------------

    def why_not(self, does: str) -> str | None:
        """Return why the key for ``does`` does not work now; None if it works."""
        if does in ("open", "copy") and self.is_mounted and self.selected is None:
            return say("There is no shop under the cursor.")
        return None

    async def do_open(self) -> None:
        """Open the day of the shop under the cursor, and come back to the same row afterwards."""
        row = self.selected
        if row is not None:
            await self._open_shop(row.key)
            self.do_again()

    def do_order(self) -> None:
        """Order the rows by the next criterion."""
        at = -1 if self._sort is not None else ORDERS.index(self.order)
        self._sort, self.order = None, ORDERS[(at + 1) % len(ORDERS)]
        self._load()
        self.tell(say(_ORDER_WORDS[self.order]))
        self.query_one(TableView).go(0)

    def do_view(self) -> None:
        """Switch between the view for work and the boss's view."""
        self._sort = None
        self.view = "owner" if self.view == "work" else "work"
        self._clear_filter()
        self.redraw()

    def do_sort(self) -> None:
        """Sort by the column under the cursor; again: reverse the order; once more: the usual order."""
        at = self.query_one(TableView).at
        column = columns_of(self.view)[at]
        first = not column.is_text
        if self._sort is None or self._sort.column != at:
            self._sort = Sort(at, down=first)
        else:
            self._sort = Sort(at, down=not first) if self._sort.down == first else None
        self._load()
        self.query_one(TableView).go(0)

    def do_filter(self) -> None:
        """Open a line to type the filter in."""
        if not self.query(OneLine):
            field = OneLine(self._filter_text, hint=say("words, or a column and a number: late>2"))
            self.query_one("#body").mount(field, before=self.query_one(TableView))
            field.focus()

    @on(Input.Submitted)
    def _filtered(self, event: Input.Submitted) -> None:
        event.stop()
        found = self.board
        if found is None:
            return
        try:
            self._filter = read_filter(event.value, _table(found, (), columns_of(self.view)))
        except UsageError as error:
            self.tell(words_of(error), "watch")
            return
        self._filter_text = event.value.strip()
        self._close_filter()
        self.redraw()

    def do_copy(self) -> None:
        """Copy the row under the cursor with the column titles, tab-separated for a spreadsheet."""
        row, found = self.selected, self.board
        if row is not None and found is not None:
            columns = columns_of(self.view)
            cells = [safe(one) for one in row_text(found, row, columns)]
            titles = [say(column.title) for column in columns]
            self.app.copy_to_clipboard("\t".join(titles) + "\n" + "\t".join(cells))
            self.tell(say("Copied: {words}", words=row.key), "good")

    def do_back(self) -> None:
        """Close the filter line, else show all shops again, else leave."""
        if self.query(OneLine):
            self._close_filter()
        elif self._filter_text:
            self._clear_filter()
            self.redraw()
        else:
            self.app.exit()

    def _clear_filter(self) -> None:
        self._filter, self._filter_text = Filter(), ""

    def _close_filter(self) -> None:
        self.query(OneLine).remove()
        self.query_one(TableView).focus()


def _sort_key(value: Cell) -> tuple[int, float, str]:
    return (0, float(value), "") if isinstance(value, int | float) else (1, 0.0, folded(str(value)))


def _table(found: Board, rows: Sequence[BoardRow[Text]], columns: Sequence[BoardColumn]) -> Table[str]:
    """Return the rows as a table for the filter: words as they are shown, figures as numbers."""
    return Table(
        "",
        tuple(
            TableColumn(say(column.title), "text" if column.is_text else column.kind, column.id)
            for column in columns
        ),
        tuple(
            tuple(
                words if column.is_text else column.value(found, row)
                for column, words in zip(columns, row_text(found, row, columns), strict=True)
            )
            for row in rows
        ),
    )


def _totals(found: Board) -> str:
    """Return yesterday's sales of all shops and their share of the targets; empty if they cannot be added."""
    months = [row.month for row in found.rows if row.month is not None]
    if not months or len({row.currency for row in found.rows if row.month is not None}) > 1:
        return ""
    speak_for(next(row for row in found.rows if row.month is not None))
    sold, target = sum(one.sold for one in months), sum(one.day_target for one in months)
    return say(
        "Yesterday all together {sold}, {share} of target.",
        sold=money(round(sold)),
        share=percent(sold / target if target else None, 0),
    )


def _about(found: Board, row: BoardRow[Text]) -> list[Block]:
    """Return more about one shop: its headline, what is missing, what to act on, and why its row is old."""
    speak_for(row)
    blocks: list[Block] = []
    if row.trouble:
        since = f"  {say('last computed {age} ago', age=age_words(found.age(row)))}" if row.computed else ""
        blocks.append(hang("", (text(row.trouble), "$level-act"), (since, "$quiet")))
    elif not row.computed:
        blocks.append(
            content(say("This shop has not been computed yet: shopday worker does it."), "$level-watch")
        )
    elif found.is_old(row):
        words = say("Computed {age} ago; figures may have changed.", age=age_words(found.age(row)))
        blocks.append(content(words, "$level-watch"))
    if row.computed:
        word, look = badge(row.level)
        blocks.append(hang([(f"{word} ", look)], (text(row.headline) or say("Nothing urgent."), "")))
        blocks.append(
            hang(
                "",
                (row.name, "$quiet"),
                *_named(
                    "  " + say("Missing: {names}", names="{names}"), [say(one.title) for one in row.missing]
                ),
                *_named(
                    "  " + say("Act on: {names}", names="{names}"),
                    [say(one.title) for one in row.steps if one.level == "act"],
                ),
            )
        )
    return blocks


def _named(sentence: str, names: Sequence[str]) -> list[tuple[str, str]]:
    """Return the sentence with the first of the names; nothing if there are none."""
    if not names:
        return []
    more = [f"+{len(names) - _NAMED}"] if len(names) > _NAMED else []
    return [(sentence.replace("{names}", listing([*names[:_NAMED], *more])), "")]


def _urgent(rows: Sequence[BoardRow[Text]], room: int) -> list[Shown]:
    """Return one line for each headline: the shop, the sentence, the money at stake."""
    names = min(16, max((width(safe(row.key)) for row in rows), default=0))
    stakes = []
    for row in rows:
        speak_for(row)
        stakes.append(money(round(row.headline_stake)) if row.headline_stake else "")
    side = max((width(one) for one in stakes), default=0)
    lines = []
    for row, stake in zip(rows, stakes, strict=True):
        speak_for(row)
        words = fit(safe(text(row.headline)), max(1, room - names - side - 4))
        lines.append(
            line(
                (fit(safe(row.key), names), "bold"),
                "  ",
                words,
                "  ",
                (fit(stake, side, right=True), "$level-watch"),
            )
        )
    return lines
