"""The totals row of an answer's table: sums of the shown rows, and rates of these sums."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import Cell, Table, TableColumn, number_in

FEWEST = 2
"""The number of shown rows from which a table has a totals row."""


def totals(table: Table, rows: Sequence[int]) -> tuple[Cell, ...] | None:
    """Return the total of each column over the rows with these indices; None if the table has no totals.

    What a column's total is, the column declares. It is None where it makes no sense or nothing is known. A
    rate is a ratio of sums over the rows in which both are known, never the mean of the rows' rates.
    """
    if len(rows) < FEWEST or not any(column.total for column in table.columns):
        return None
    places = {column.id: place for place, column in enumerate(table.columns)}
    shown = [table.rows[row] for row in rows]
    return tuple(_total(column, place, places, shown) for place, column in enumerate(table.columns))


def _total(
    column: TableColumn, place: int, places: dict[str, int], rows: Sequence[tuple[Cell, ...]]
) -> float | None:
    if column.total == "sum":
        known = [value for row in rows if (value := number_in(row[place])) is not None]
        return sum(known) if known else None
    _, _, names = column.total.partition("ratio:")
    part, _, whole = names.partition("/")
    if part not in places or whole not in places:
        return None
    pairs = [(number_in(row[places[part]]), number_in(row[places[whole]])) for row in rows]
    known_pairs = [(top, bottom) for top, bottom in pairs if top is not None and bottom is not None]
    below = sum(bottom for _, bottom in known_pairs)
    return sum(top for top, _ in known_pairs) / below if below else None
