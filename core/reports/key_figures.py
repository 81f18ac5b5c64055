"""The table of key figures on the first page, from the answer of the day's summary."""

from __future__ import annotations

from core.answers.answer import Answer, Cell, TableColumn
from core.answers.key_figures import COLUMNS, key_table, rows_of
from core.language import numbers
from core.reports.day_report import KeyFigures

MARK = " *"
"""The mark after last week's value if the two days cannot be compared."""
_SHOWN = COLUMNS[:-1]


def key_figures(answer: Answer | None) -> KeyFigures | None:
    """Return the table; None if the answer has none, e.g. because nothing is imported."""
    table = key_table(answer)
    if table is None:
        return None
    rows = rows_of(table)
    return KeyFigures(
        tuple(column.name for column in table.columns if column.id in _SHOWN),
        tuple(tuple(_shown(row, column) for column in table.columns if column.id in _SHOWN) for row in rows),
        unfair=any(row["comparable"] == "no" for row in rows),
    )


def _shown(row: dict[str, Cell], column: TableColumn) -> str:
    cell = row[column.id]
    if column.kind == "word":
        return dict[Cell, str](column.words).get(cell, "")
    if column.kind == "rate":
        return numbers.percent(None if cell is None else float(cell), 0)
    mark = MARK if column.id == "week_before" and row["comparable"] == "no" else ""
    return f"{cell}{mark}"
