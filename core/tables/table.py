"""A table as plain values, from which the workbook, CSV and markdown are rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeVar

from core.language.wording import say

Kind: TypeAlias = Literal["text", "date", "money", "count", "rate", "ratio", "seconds", "minutes"]
Cell: TypeAlias = str | float | date | None
"""None means unknown and is shown as an empty cell, not as 0."""
Row: TypeAlias = tuple[Cell, ...]
R = TypeVar("R")
Declared: TypeAlias = tuple[str, str, Kind, Callable[[R], object]]
"""A column before its cells are computed: id, heading, kind, and a function from a row object to its cell."""


@dataclass(frozen=True, slots=True)
class ShopColumn:
    """A column: its id, its heading in the reader's language, and the kind of its cells."""

    id: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart over the values of the column ``along``: bars, and lines on a second axis."""

    title: str
    along: str
    """The column for the x axis."""
    bars: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopTable:
    """A table that is ready to be rendered."""

    id: str
    title: str
    span: str
    """The days covered, as text."""
    columns: tuple[ShopColumn, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """Notes on how to interpret the figures."""
    chart: Chart | None = None
    totals: Row = ()
    """The cells of the totals row, in the order of the columns; empty if the table has none."""

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column from top to bottom; raise KeyError if the table does not have it."""
        places = {column.id: place for place, column in enumerate(self.columns)}
        return [row[places[name]] for row in self.rows]


def build(
    name: str,
    title: str,
    span: str,
    columns: Sequence[Declared[R]],
    rows: Iterable[R],
    *,
    notes: Iterable[str] = (),
    chart: Chart | None = None,
) -> ShopTable:
    """Return the table with one row for each object in ``rows``, without columns that have no values.

    NaN and empty text count as unknown. Columns left out are also left out of the chart, and a chart without
    bars is left out altogether.
    """
    cells = [tuple(as_cell(get(row)) for *_, get in columns) for row in rows]
    held = [place for place in range(len(columns)) if any(row[place] is not None for row in cells)]
    heads = [ShopColumn(column, words, kind) for column, words, kind, _ in columns]
    kept = tuple(heads[place] for place in held) or tuple(heads)
    shown = tuple(tuple(row[place] for place in held) for row in cells)
    return ShopTable(name, title, span, kept, shown, tuple(dict.fromkeys(notes)), _drawn(chart, kept, shown))


def yes_no(value: object) -> str:
    """Return "yes" or "no" in the reader's language; empty if the value is None."""
    return "" if value is None else say("yes") if value else say("no")


def as_cell(value: object) -> Cell:
    """Return the value as a cell; NaN, an empty text and a truth value become None."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = float(value)
        return number if number == number and abs(number) != float("inf") else None  # noqa: PLR0124 - NaN
    if isinstance(value, date):
        return value
    return str(value) or None


def _drawn(chart: Chart | None, columns: Sequence[ShopColumn], rows: Sequence[Row]) -> Chart | None:
    """Return the chart without columns that the table lacks.

    None if it then has no bars, or if the table has fewer than two rows.
    """
    there = {column.id for column in columns}
    if chart is None or len(rows) < 2 or chart.along not in there:  # noqa: PLR2004 - a chart needs at least two points
        return None
    bars = tuple(name for name in chart.bars if name in there)
    return (
        Chart(chart.title, chart.along, bars, tuple(n for n in chart.lines if n in there)) if bars else None
    )
