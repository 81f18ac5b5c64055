"""A table of an answer, which can be sorted, filtered, copied from and looked into while it has the focus."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from core.answers.answer import NOTHING, About, Cell, CellKind, LevelName, Table, named
from core.errors import UsageError
from core.language.wording import plural, say
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.text.sanitize import Part, line
from tui.text.table_cells import LEFT, cell
from tui.text.table_totals import totals
from tui.widgets.labels import Words
from tui.widgets.row_query import Filter, Sort, next_sort, read_filter, rows_shown, shown
from tui.widgets.table import TableView, ViewColumn
from tui.widgets.text_input import OneLine


class EvidenceTable(Vertical):
    """A table of an answer, with its name above."""

    DEFAULT_CSS = """
        EvidenceTable { height: auto; margin-bottom: 1; }
        EvidenceTable.-folded { margin-bottom: 0; }
        EvidenceTable.-folded:last-child { margin-bottom: 1; }
        EvidenceTable.-folded TableView { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(press, key.does, show=False)
            for key in keys.EVIDENCE_TABLE
            for press in key.press.split(",")
        ),
        Binding("escape", "leave", show=False),
    ]

    class Said(Message):
        """Posted with a sentence for the message line."""

        def __init__(self, words: str, level: LevelName) -> None:
            super().__init__()
            self.words = words
            self.level = level

    class Asked(Message):
        """Posted when a key needs another screen: ``open_row``, ``columns`` or ``export``."""

        def __init__(self, table: EvidenceTable, does: str) -> None:
            super().__init__()
            self.table = table
            self.does = does

    def __init__(self, evidence: Table, *, hidden: Collection[str] = (), folded: bool = False) -> None:
        """``hidden`` are the ids of the columns not to show; ``folded`` shows only the head line."""
        super().__init__(classes="evidence -folded" if folded else "evidence")
        self._evidence = evidence
        self._columns = columns_shown(evidence, hidden)
        self._filter = Filter()
        self._filter_text = ""
        self._sort: Sort | None = None
        self._rows: list[int] = list(range(len(evidence.rows)))

    def compose(self) -> ComposeResult:
        """Yield the head line and the table."""
        yield Words()
        yield TableView()

    def on_mount(self) -> None:
        """Fill the table."""
        self._load()

    def _load(self) -> None:
        table = self._evidence
        self._rows = rows_shown(table, self._filter, self._sort)
        for view in self.query(TableView):  # empty if the screen was closed at once
            show_evidence(view, table, self._rows, self._sort, self._columns)
        self._draw_head()

    def _draw_head(self) -> None:
        total = len(self._evidence.rows)
        counted = f"{total}" if len(self._rows) == total else f"{len(self._rows)}/{total}"
        parts: list[Part] = [(self._evidence.name, "bold $heading"), (f"  {counted}", "$quiet")]
        if left_out := len(self._evidence.columns) - len(self._columns):
            words = plural("{n} column not shown", "{n} columns not shown", left_out)
            parts.append((f"  {words}", "$quiet"))
        if self._filter_text:
            parts.append((f"  / {self._filter_text}", "$now"))
        if self.has_class("-folded"):
            parts.insert(0, ("▸ ", "$key"))
        for head in self.query(Words):
            head.put(line(*parts))

    # -- keys ------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Sort by the column under the cursor; again: reverse the order; once more: restore it."""
        view = self.query_one(TableView)
        self._sort = next_sort(self._evidence, self._columns[view.at], self._sort)
        self._load()
        view.go(0)

    def action_filter(self) -> None:
        """Open a line to type the filter in."""
        if not self.query(OneLine):
            field = OneLine(self._filter_text, hint=say("words, or a column and a number: sales>1000"))
            self.mount(field, before=self.query_one(TableView))
            field.focus()

    @on(Input.Submitted)
    def _filtered(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._filter = read_filter(event.value, self._evidence)
        except UsageError as error:
            self.post_message(self.Said(words_of(error), "watch"))
            return
        self._filter_text = event.value.strip()
        self._close_filter()
        self._load()
        self.query_one(TableView).go(0)
        self.call_after_refresh(self.scroll_visible, animate=False, top=True)
        if not self._rows:
            self.post_message(self.Said(say("No row fits. Press / and clear the line to see all."), "watch"))

    def action_leave(self) -> None:
        """Close the filter line, else clear the filter; if there is neither, let the screen handle Esc."""
        if self.query(OneLine):
            self._close_filter()
        elif self._filter_text:
            self._filter, self._filter_text = Filter(), ""
            self._load()
        else:
            raise SkipAction

    def _close_filter(self) -> None:
        self.query(OneLine).remove()
        self.query_one(TableView).focus()

    def action_copy_cell(self) -> None:
        """Copy the cell under the cursor."""
        view = self.query_one(TableView)
        if self._rows:
            self._copy(view.words(view.cursor, view.at))

    def action_copy_row(self) -> None:
        """Copy the column names and the row under the cursor, tab-separated for a spreadsheet."""
        view = self.query_one(TableView)
        if self._rows:
            names = [self._evidence.columns[column].name for column in self._columns]
            cells = [view.words(view.cursor, place) for place in range(len(names))]
            self._copy("\t".join(names) + "\n" + "\t".join(cells))

    def action_open_row(self) -> None:
        """Ask for the days behind the row under the cursor."""
        self.post_message(self.Asked(self, "open_row"))

    def action_columns(self) -> None:
        """Ask which columns to show."""
        self.post_message(self.Asked(self, "columns"))

    def action_export(self) -> None:
        """Ask to save the shown rows and columns as a file."""
        self.post_message(self.Asked(self, "export"))

    def unfold(self) -> None:
        """Show the rows, if only the line above them was shown."""
        self.remove_class("-folded")
        self._draw_head()

    # -- what the screen is told ------------------------------------------------------------------

    @property
    def evidence(self) -> Table:
        """The whole table, whatever is shown of it."""
        return self._evidence

    @property
    def shown_rows(self) -> tuple[int, ...]:
        """The indices of the rows shown, in their order."""
        return tuple(self._rows)

    @property
    def columns(self) -> tuple[int, ...]:
        """The indices of the columns shown."""
        return tuple(self._columns)

    @property
    def row(self) -> tuple[str, About]:
        """The name of the row under the cursor, and what it is about; empty if no row is shown."""
        at = self.query_one(TableView).cursor
        if not 0 <= at < len(self._rows):
            return "", NOTHING
        number = self._rows[at]
        about = self._evidence.about[number] if number < len(self._evidence.about) else NOTHING
        return shown(self._evidence.columns[0], self._evidence.rows[number][0]), about

    def hide(self, hidden: Collection[str]) -> None:
        """Show all columns but those with these ids; the cursor stays on its row."""
        self._columns = columns_shown(self._evidence, hidden)
        if self._sort is not None and self._sort.column not in self._columns:
            self._sort = None
        self._load()

    def shown_table(self) -> dict[str, object]:
        """Return what is shown, for saving as a file: title, columns as (name, kind), and rows."""
        columns = [self._evidence.columns[column] for column in self._columns]
        rows = [
            [
                named(one, self._evidence.rows[row][place])
                for one, place in zip(columns, self._columns, strict=True)
            ]
            for row in self._rows
        ]
        if (total := totals(self._evidence, self._rows)) is not None:
            rows.append(
                [_total_name(self._evidence, self._rows), *(total[place] for place in self._columns[1:])]
            )
        return {
            "title": self._evidence.name,
            "columns": [[one.name, one.kind] for one in columns],
            "rows": rows,
        }

    def _copy(self, words: str) -> None:
        self.app.copy_to_clipboard(words)
        self.post_message(self.Said(say("Copied: {words}", words=words.rsplit("\n", maxsplit=1)[-1]), "good"))


def show_evidence(
    view: TableView,
    table: Table,
    rows: Sequence[int] | None = None,
    sort: Sort | None = None,
    columns: Sequence[int] | None = None,
) -> None:
    """Show rows and columns of a table in the widget (None: all, in their order); mark the sorted column.

    Below the rows stands the line of totals, if the table has one.
    """
    at = range(len(table.rows)) if rows is None else rows
    across = range(len(table.columns)) if columns is None else columns
    view.load(
        [
            ViewColumn(
                _title(table.columns[number].name, number, sort), right=table.columns[number].kind not in LEFT
            )
            for number in across
        ],
        table.rows if rows is None else [table.rows[number] for number in rows],
        words=lambda row, place: shown(table.columns[across[place]], table.rows[at[row]][across[place]]),
        look=lambda row, place: "watch" if _is_loss(table, at[row], across[place]) else "",
        cells=True,
        foot=_foot(table, at, across),
    )


def columns_shown(table: Table, hidden: Collection[str]) -> list[int]:
    """Return the indices of the columns to show: the first, and the others unless hidden or always empty."""
    return [
        place
        for place, column in enumerate(table.columns)
        if place == 0
        or (column.id not in hidden and (not table.rows or any(row[place] is not None for row in table.rows)))
    ]


def _foot(table: Table, rows: Sequence[int], columns: Sequence[int]) -> list[str]:
    """Return the line of totals as text; empty if the table has none."""
    found = totals(table, rows)
    if found is None:
        return []
    return [
        _total_name(table, rows),
        *(_total_words(found[place], table.columns[place].kind) for place in columns[1:]),
    ]


def _total_name(table: Table, rows: Sequence[int]) -> str:
    return say("Sum") if len(rows) == len(table.rows) else say("Sum (filtered)")


def _total_words(value: Cell, kind: CellKind) -> str:
    return "" if value is None else cell(value, kind)


def _title(name: str, number: int, sort: Sort | None) -> str:
    if sort is None or sort.column != number:
        return name
    return name + ("▾" if sort.down else "▴")


def _is_loss(table: Table, row: int, column: int) -> bool:
    value = table.rows[row][column]
    return table.columns[column].kind == "money" and isinstance(value, int | float) and value < 0
