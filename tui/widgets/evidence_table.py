"""A table of an answer, which can be sorted, filtered and copied from while it has the focus."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.actions import SkipAction
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input

from core.answers.answer import LevelName, Table
from core.errors import UsageError
from core.language.wording import say
from core.storage.system_errors import words_of
from tui.keymap import keys
from tui.text.sanitize import Part, line
from tui.text.table_cells import LEFT
from tui.widgets.labels import Words
from tui.widgets.row_query import Filter, Sort, next_sort, read_filter, rows_shown, shown
from tui.widgets.table import TableView, ViewColumn
from tui.widgets.text_input import OneLine


class EvidenceTable(Vertical):
    """A table of an answer, with its name above."""

    DEFAULT_CSS = "EvidenceTable { height: auto; margin-bottom: 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key.press, key.does, show=False) for key in keys.EVIDENCE_TABLE),
        Binding("escape", "leave", show=False),
    ]

    class Said(Message):
        """Posted with a sentence for the message line."""

        def __init__(self, words: str, level: LevelName) -> None:
            super().__init__()
            self.words = words
            self.level = level

    def __init__(self, evidence: Table) -> None:
        super().__init__(classes="evidence")
        self._evidence = evidence
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
            show_evidence(view, table, self._rows, self._sort)
        self._draw_head()

    def _draw_head(self) -> None:
        total = len(self._evidence.rows)
        counted = f"{total}" if len(self._rows) == total else f"{len(self._rows)}/{total}"
        parts: list[Part] = [(self._evidence.name, "bold $heading"), (f"  {counted}", "$quiet")]
        if self._filter_text:
            parts.append((f"  / {self._filter_text}", "$now"))
        for head in self.query(Words):
            head.put(line(*parts))

    # -- keys ------------------------------------------------------------------------------------

    def action_sort(self) -> None:
        """Sort by the column under the cursor; again: reverse the order; once more: restore it."""
        view = self.query_one(TableView)
        self._sort = next_sort(self._evidence, view.at, self._sort)
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
            names = [column.name for column in self._evidence.columns]
            cells = [view.words(view.cursor, column) for column in range(len(names))]
            self._copy("\t".join(names) + "\n" + "\t".join(cells))

    def _copy(self, words: str) -> None:
        self.app.copy_to_clipboard(words)
        self.post_message(self.Said(say("Copied: {words}", words=words.rsplit("\n", maxsplit=1)[-1]), "good"))


def show_evidence(
    view: TableView, table: Table, rows: Sequence[int] | None = None, sort: Sort | None = None
) -> None:
    """Show these rows of a table in the widget (None: all, in their order); mark the sorted column."""
    at = range(len(table.rows)) if rows is None else rows
    view.load(
        [
            ViewColumn(_title(column.name, number, sort), right=column.kind not in LEFT)
            for number, column in enumerate(table.columns)
        ],
        table.rows if rows is None else [table.rows[number] for number in rows],
        words=lambda row, column: shown(table.columns[column], table.rows[at[row]][column]),
        look=lambda row, column: "watch" if _is_loss(table, at[row], column) else "",
        cells=True,
    )


def _title(name: str, number: int, sort: Sort | None) -> str:
    if sort is None or sort.column != number:
        return name
    return name + ("▾" if sort.down else "▴")


def _is_loss(table: Table, row: int, column: int) -> bool:
    value = table.rows[row][column]
    return table.columns[column].kind == "money" and isinstance(value, int | float) and value < 0
