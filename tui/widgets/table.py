"""The table widget: aligned columns, also for Chinese text, and fast even for 100,000 rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from core.answers.answer import Cell, CellKind, named
from core.answers.answer import Table as TableEvidence
from core.language.message import DASH
from core.language.money import money
from core.language.numbers import count, number, percent, ratio
from core.language.wording import say
from tui.text.sanitize import fit, safe, width
from tui.widgets.rows import Parts, Rows

LEFT: frozenset[CellKind] = frozenset({"text", "date", "word"})
"""The kinds of columns that are aligned left; numbers are aligned right."""
_SAMPLE = 200
_WIDEST = 36
_LAST = 160
"""Maximum width of the last column, which fills the line and may need horizontal scrolling."""
_GAP = "  "


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """A column; ``right`` aligns it right, ``look`` is its style."""

    title: str
    right: bool = False
    look: str = ""


class TableView(Rows):
    """A table; its rows may be a sequence of any length."""

    heads = 1

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the widget's id and classes
        super().__init__(**settings)
        self.columns: tuple[ViewColumn, ...] = ()
        self.rows: Sequence[Sequence[object]] = ()
        self.words: Callable[[int, int], str] = self._plain
        self.look: Callable[[int, int], str] = lambda _row, _column: ""
        self.widths: list[int] = []

    def load(
        self,
        columns: Sequence[ViewColumn],
        rows: Sequence[Sequence[object]],
        *,
        words: Callable[[int, int], str] | None = None,
        look: Callable[[int, int], str] | None = None,
    ) -> None:
        """Show these rows; ``words`` and ``look`` return a cell's text and style, given row and column."""
        self.columns = tuple(columns)
        self.rows = rows
        self.words = words or self._plain
        self.look = look or (lambda _row, _column: "")
        self.widths = [self._width(number) for number in range(len(self.columns))]
        self.redraw()

    def count(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def full_width(self) -> int:
        """Return the width of a row in cells."""
        return sum(self.widths) + len(_GAP) * len(self.widths) + 2

    def head(self, line: int) -> Parts:  # noqa: ARG002 - there is only one header line
        """Return the column titles."""
        cells = zip(self.columns, self.widths, strict=True)
        return [("  ", "head"), *((fit(c.title, size, right=c.right) + _GAP, "head") for c, size in cells)]

    def parts(self, row: int) -> Parts:
        """Return the cells of a row, preceded by the cursor mark."""
        mark = "> " if row == self.cursor and self.has_focus else "  "
        cells = [
            (
                fit(self.words(row, number), size, right=column.right) + _GAP,
                self.look(row, number) or column.look,
            )
            for number, (column, size) in enumerate(zip(self.columns, self.widths, strict=True))
        ]
        return [(mark, ""), *cells]

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
        limit = _LAST if column == len(self.columns) - 1 else _WIDEST
        return min(limit, max(widest, width(safe(self.columns[column].title)), 1))


def show_evidence(table: TableView, evidence: TableEvidence) -> None:
    """Show a table of an answer in the widget."""
    kinds = [column.kind for column in evidence.columns]
    table.load(
        [ViewColumn(column.name, right=column.kind not in LEFT) for column in evidence.columns],
        evidence.rows,
        words=lambda row, column: cell(
            named(evidence.columns[column], evidence.rows[row][column]), kinds[column]
        ),
        look=lambda row, column: "watch" if _falls(evidence.rows[row][column], kinds[column]) else "",
    )


def cell(value: Cell, kind: CellKind) -> str:
    """Return a cell's text, formatted by its column's kind; a dash if it is unknown.

    Ids in columns of kind ``word`` must be replaced first, with :func:`core.answers.answer.named`.
    """
    if value is None:
        return "-"
    if isinstance(value, bool):
        return say("yes") if value else say("no")
    if isinstance(value, str):
        return safe(value)
    words = {
        "money": money,
        "count": count,
        "rate": percent,
        "ratio": ratio,
        "days": lambda days: ratio(days, 1),
    }.get(kind, number)(value)
    return "-" if words == DASH else words


def _falls(value: Cell, kind: CellKind) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and kind == "money" and value < 0
