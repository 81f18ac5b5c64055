"""The table of key figures in the answer of the day's summary, found by the ids of its columns."""

from __future__ import annotations

from typing import Any, Final

from core.answers.answer import Answer, Cell, Table

COLUMNS: Final = ("key_figure", "seen", "week_before", "change", "aim", "share", "state", "comparable")
"""The column ids of the table, by which it is recognised."""


def key_table(answer: Answer[Any] | None) -> Table[Any] | None:
    """Return the table of key figures; None if the answer has none, e.g. because nothing is imported."""
    evidence = () if answer is None else answer.evidence
    return next((one for one in evidence if isinstance(one, Table) and _ids(one) == COLUMNS), None)


def rows_of(table: Table[Any]) -> list[dict[str, Cell]]:
    """Return the table's rows, each as a mapping of column id to cell."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]


def _ids(table: Table[Any]) -> tuple[str, ...]:
    return tuple(column.id for column in table.columns)
