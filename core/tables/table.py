"""One kept table as plain values, so that a workbook, a csv and a page all say the same."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, TypeVar

from core.language.wording import say

Kind: TypeAlias = Literal["text", "date", "money", "count", "rate", "ratio", "seconds", "minutes"]
Cell: TypeAlias = str | float | date | None
"""None is unknown: it stays empty, never 0."""
Row: TypeAlias = tuple[Cell, ...]
R = TypeVar("R")
Declared: TypeAlias = tuple[str, str, Kind, Callable[[R], object]]
"""A column as a table declares it: id, heading, kind, and how its cell is read from what a row is made of."""


@dataclass(frozen=True, slots=True)
class ShopColumn:
    """One column: its id, its heading in the reader's language, how its cells are written."""

    id: str
    title: str
    kind: Kind = "text"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of some columns over the first one: bars, and lines on an axis of their own."""

    title: str
    along: str
    """The column whose cells stand below the picture."""
    bars: tuple[str, ...]
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ShopTable:
    """A table as it leaves the house."""

    id: str
    title: str
    span: str
    """Which days it covers, in words."""
    columns: tuple[ShopColumn, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    """What a reader must know to trust it."""
    chart: Chart | None = None

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column, top to bottom; KeyError when the table does not have it."""
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
    """Return the table with one row for each of ``rows``; a column nobody has anything for is left out.

    NaN and empty text are unknown. A chart loses what is not there, and goes with its last bar.
    """
    cells = [tuple(_cell(get(row)) for *_, get in columns) for row in rows]
    held = [place for place in range(len(columns)) if any(row[place] is not None for row in cells)]
    heads = [ShopColumn(column, words, kind) for column, words, kind, _ in columns]
    kept = tuple(heads[place] for place in held) or tuple(heads)
    shown = tuple(tuple(row[place] for place in held) for row in cells)
    return ShopTable(name, title, span, kept, shown, tuple(dict.fromkeys(notes)), _drawn(chart, kept, shown))


def yes_no(value: object) -> str:
    """Return a yes or a no in words; nothing for what is not known."""
    return "" if value is None else say("yes") if value else say("no")


def _cell(value: object) -> Cell:
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        number = float(value)
        return number if number == number and abs(number) != float("inf") else None  # noqa: PLR0124 - NaN
    if isinstance(value, date):
        return value
    return str(value) or None


def _drawn(chart: Chart | None, columns: Sequence[ShopColumn], rows: Sequence[Row]) -> Chart | None:
    """Keep what the chart can show; a picture of one row says no more than the row."""
    there = {column.id for column in columns}
    if chart is None or len(rows) < 2 or chart.along not in there:  # noqa: PLR2004 - a line needs two points
        return None
    bars = tuple(name for name in chart.bars if name in there)
    return (
        Chart(chart.title, chart.along, bars, tuple(n for n in chart.lines if n in there)) if bars else None
    )
