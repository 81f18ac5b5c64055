"""The table widget: aligned columns, also for Chinese text, and fast even for 100,000 rows.

The first columns stay in place while the others scroll sideways, one whole column at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from tui.text.sanitize import fit, safe, width
from tui.widgets.column_window import GAP, Columns, ColumnWindow
from tui.widgets.rows import Parts, Rows

_SAMPLE = 200
_WIDEST = 36
_LAST = 160
"""Maximum width in cells of the last column, which may take up the rest of the line."""
_READ_ON = 16
"""Cells by which one key press scrolls within a last column that is wider than the screen."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """One column of the widget: its title, its alignment and the name of its style (``look``)."""

    title: str
    right: bool = False
    look: str = ""
    least: int = 1
    """The smallest width in cells, for a column whose cells become wider while it is shown."""


class TableView(Rows):
    """A table with a header line and a cursor, for any number of rows, as only visible ones are painted."""

    heads = 1

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.columns: tuple[ViewColumn, ...] = ()
        self.rows: Sequence[Sequence[object]] = ()
        self.words: Callable[[int, int], str] = self._plain
        self.look: Callable[[int, int], str] = lambda _row, _column: ""
        self.foot: Sequence[str] = ()
        """The cells of the line below the rows, such as totals; empty if there is none."""
        self._across = Columns()
        self._start = 1
        """Index of the first column shown after the fixed ones."""
        self._past = 0
        """Cells of the last column that are hidden because the user has scrolled within it."""
        self.at = -1
        """Index of the column under the cursor; -1 if the cursor covers the whole row."""

    def load(
        self,
        columns: Sequence[ViewColumn],
        rows: Sequence[Sequence[object]],
        *,
        words: Callable[[int, int], str] | None = None,
        look: Callable[[int, int], str] | None = None,
        fixed: int = 1,
        cells: bool = False,
        foot: Sequence[str] = (),
    ) -> None:
        """Show these columns and rows; ``words`` and ``look`` return a cell's text and style by its indices.

        The first ``fixed`` columns stay in place when the others scroll. With ``cells`` the cursor is on one
        cell instead of the whole row. ``foot`` is a line below the rows, one text for each column.
        """
        self.columns, self.foot = tuple(columns), tuple(foot)
        self.feet = 1 if self.foot else 0
        self.rows = rows
        self.words = words or self._plain
        self.look = look or (lambda _row, _column: "")
        self._across = Columns(
            tuple(self._width(number) for number in range(len(self.columns))),
            frozenset(number for number, column in enumerate(self.columns) if not column.right),
            fixed=max(1, min(fixed, len(self.columns))),
        )
        self._start, self._past = max(self._across.fixed, min(self._start, len(self.columns) - 1)), 0
        self.at = max(0, min(self.at, len(self.columns) - 1)) if cells else -1
        self.redraw()

    def count(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def head(self, line: int) -> Parts:  # noqa: ARG002 - there is only one header line
        """Return the titles of the visible columns, and ``+n▸`` if n columns are hidden on the right."""
        shown = self._window()
        titles = [
            (
                fit(self.columns[column].title, size, right=self.columns[column].right) + GAP,
                self._head_look(column),
            )
            for column, size in zip(shown.columns, shown.sizes, strict=True)
        ]
        if shown.before:
            stays = self._across.fixed - 1
            titles[stays] = (titles[stays][0][:-1] + "◂", titles[stays][1])
        more = [(f"+{shown.behind}▸", "head")] if shown.behind else []
        return [("  ", "head"), *titles, *more]

    def _head_look(self, column: int) -> str:
        return "now" if column == self.at and self.has_focus else "head"

    def parts(self, row: int) -> Parts:
        """Return the cells of a row, preceded by the cursor mark."""
        mark = "> " if row == self.cursor and self.has_focus else "  "
        shown = self._window()
        return [(mark, ""), *(self._cell(row, *one) for one in zip(shown.columns, shown.sizes, strict=True))]

    def _cell(self, row: int, number: int, size: int) -> tuple[str, str]:
        column, words = self.columns[number], self.words(row, number)
        if self._past and number == len(self.columns) - 1:
            words = behind(words, self._past)
        return fit(words, size, right=column.right) + GAP, self.look(row, number) or column.look

    def foot_parts(self) -> Parts:
        """Return the cells of the line below the rows that are in visible columns."""
        shown = self._window()
        cells = [
            fit(self.foot[number], size, right=self.columns[number].right) + GAP
            for number, size in zip(shown.columns, shown.sizes, strict=True)
        ]
        return [("  ", ""), *((words, "head") for words in cells)]

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths of all columns in cells."""
        return self._across.widths

    def action_move(self, where: str) -> None:
        """Move the cursor to another row, or scroll one column if ``where`` is "left" or "right"."""
        if where in ("left", "right"):
            self._move_across(1 if where == "right" else -1)
        else:
            super().action_move(where)

    def _move_across(self, way: int) -> None:
        """Scroll one column, right if ``way`` is 1, else left; a cut-off last column is scrolled within."""
        last = self._across.last_start(self._room())
        hidden = self.widths[-1] - self._window().sizes[-1] - self._past if self.widths else 0
        if self.at >= 0 and 0 <= self.at + way < len(self.columns) and not (way < 0 and self._past):
            self._go_to_column(self.at + way)
        elif way > 0 and self._start >= last:
            self._past += _READ_ON if hidden > 0 else 0
        elif way < 0 and self._past:
            self._past -= _READ_ON
        else:
            self._start = max(self._across.fixed, min(last, self._start + way))
        self.refresh()

    def _go_to_column(self, column: int) -> None:
        """Put the cursor on a column, and scroll the other columns until it is visible."""
        self.at = column
        if column >= self._across.fixed:
            self._start = min(self._start, column)
        while column not in self._window().columns:
            self._start += 1

    def _window(self) -> ColumnWindow:
        return self._across.window(self._start, self._room())

    def _room(self) -> int:
        """Return the width in cells available for columns; before the widget has a size, the width of all."""
        inside = self.scrollable_content_region.width
        return inside - 2 if inside else sum(self.widths) + len(GAP) * len(self.widths)

    def _plain(self, row: int, column: int) -> str:
        return safe(self.rows[row][column])

    def _width(self, column: int) -> int:
        """Return a column's width from its title and a sample of its cells; measuring all is too slow."""
        total = len(self.rows)
        sample = (
            range(total)
            if total <= _SAMPLE
            else [*range(_SAMPLE // 2), *range(0, total, total // (_SAMPLE // 2))]
        )
        widest = max((width(self.words(row, column)) for row in sample), default=0)
        if self.foot:
            widest = max(widest, width(safe(self.foot[column])))
        limit = _LAST if column == len(self.columns) - 1 else _WIDEST
        return min(limit, max(widest, width(safe(self.columns[column].title)), self.columns[column].least))


def behind(words: str, cells: int) -> str:
    """Return the text without its first ``cells`` cells; a wide character cut in half is dropped."""
    while words and cells > 0:
        cells -= width(words[0])
        words = words[1:]
    return words
