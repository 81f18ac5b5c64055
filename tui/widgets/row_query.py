"""Which rows of an answer's table are shown, and in which order: a filter and a sort."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from core.answers.answer import Cell, Table, TableColumn, named
from core.errors import UsageError
from core.find.normalize import folded
from core.find.query import Condition, typed_conditions
from core.language.wording import listing, say
from tui.text.table_cells import LEFT, cell


@dataclass(frozen=True, slots=True)
class Sort:
    """A column to sort by, and the direction."""

    column: int
    down: bool
    """Whether the largest value comes first."""


@dataclass(frozen=True, slots=True)
class Filter:
    """The words that a row must contain and the conditions that it must meet to be shown."""

    words: tuple[str, ...] = ()
    """Folded words; each must occur in one of the row's cells as displayed."""
    conditions: tuple[Condition, ...] = ()
    """Conditions on columns, named by their number."""

    def fits(self, table: Table, row: Sequence[Cell]) -> bool:
        """Return whether the row is shown; an unknown value meets no condition."""
        for condition in self.conditions:
            value = row[int(condition.metric)]
            if isinstance(value, bool) or not isinstance(value, int | float) or not condition.fits(value):
                return False
        if not self.words:
            return True
        texts = [folded(shown(column, value)) for column, value in zip(table.columns, row, strict=True)]
        return all(any(word in text for text in texts) for word in self.words)


def read_filter(text: str, table: Table) -> Filter:
    """Parse words and conditions such as ``sales>1000``; an empty text lets every row pass.

    Raises UsageError if a condition names something other than a column of figures in the table.
    """
    figures = {
        str(number): folded(column.name)
        for number, column in enumerate(table.columns)
        if column.kind not in LEFT
    }

    def column_of(words: str) -> tuple[str, str]:
        parts = words.split()
        for start in range(len(parts)):
            name = " ".join(parts[start:])
            exact = [number for number, title in figures.items() if title == name]
            part = [number for number, title in figures.items() if name in title]
            if exact or part:
                return " ".join(parts[:start]), (exact or part)[0]
        raise UsageError(
            say(
                "This table has no column of figures called “{name}”. It has: {names}.",
                name=parts[-1],
                names=listing([table.columns[int(number)].name for number in figures]),
            )
        )

    rates = {number for number in figures if table.columns[int(number)].kind == "rate"}
    wanted = folded(text).replace("≤", "<=").replace("≥", ">=")
    rest, conditions = typed_conditions(wanted, column_of, rates)
    return Filter(tuple(rest.split()), tuple(conditions))


def rows_shown(table: Table, wanted: Filter, sort: Sort | None) -> list[int]:
    """Return the numbers of the rows that pass the filter, sorted; unknown values come last in any order."""
    found = [number for number, row in enumerate(table.rows) if wanted.fits(table, row)]
    if sort is None:
        return found
    column = table.columns[sort.column]
    known = [number for number in found if table.rows[number][sort.column] is not None]
    unknown = [number for number in found if table.rows[number][sort.column] is None]
    known.sort(key=lambda number: _sort_key(column, table.rows[number][sort.column]), reverse=sort.down)
    return known + unknown


def next_sort(table: Table, column: int, sort: Sort | None) -> Sort | None:
    """Return the sort order after one more press of the sort key on this column.

    The presses give in turn: largest or A first, the reverse, the original order (None).
    """
    first = table.columns[column].kind not in LEFT
    if sort is None or sort.column != column:
        return Sort(column, down=first)
    return Sort(column, down=not first) if sort.down == first else None


def shown(column: TableColumn, value: Cell) -> str:
    """Return the text of a cell as displayed."""
    return cell(named(column, value), column.kind)


def _sort_key(column: TableColumn, value: Cell) -> tuple[int, float, str]:
    if isinstance(value, int | float):
        return 0, float(value), ""
    return 1, 0.0, folded(shown(column, value))
