"""The totals row of a table: sums of the rows above it, and rates that are computed from sums."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from core.language.wording import say
from core.tables.table import Cell, Declared, ShopTable, as_cell

R = TypeVar("R")


def with_totals(
    table: ShopTable, sums: Collection[str], others: Mapping[str, object] | None = None
) -> ShopTable:
    """Return the table with a totals row; unchanged if it has fewer than two rows.

    ``sums``: ids of the columns whose total is the sum of their known cells. ``others``: totals that are no
    sums, e.g. rates, by column id. All other columns have no total.
    """
    if len(table.rows) < 2:  # noqa: PLR2004 - the total of one row is that row
        return table
    given = others or {}
    totals: list[Cell] = [
        _sum(table.column(column.id)) if column.id in sums else as_cell(given.get(column.id))
        for column in table.columns
    ]
    return replace(table, totals=(say("In total"), *totals[1:]))


def of_whole(columns: Iterable[Declared[R]], whole: R, names: Collection[str]) -> dict[str, object]:
    """Return the cells of these columns for one object that stands for all rows together."""
    return {name: get(whole) for name, _, _, get in columns if name in names}


def ratio(table: ShopTable, part: str, whole: str) -> float | None:
    """Return the sum of one column over the sum of another, for the rows in which both are known.

    None if the table lacks one of the columns or the second sum is 0.
    """
    if not {part, whole} <= {column.id for column in table.columns}:
        return None
    both = [
        (above, below)
        for above, below in zip(table.column(part), table.column(whole), strict=True)
        if isinstance(above, int | float) and isinstance(below, int | float)
    ]
    total = sum(below for _, below in both)
    return sum(above for above, _ in both) / total if total else None


def _sum(cells: Sequence[Cell]) -> float | None:
    known = [cell for cell in cells if isinstance(cell, int | float)]
    return float(sum(known)) if known else None
