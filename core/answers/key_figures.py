"""The table of key figures in the answer of the day's summary, as the report and the agenda find it."""

from __future__ import annotations

from typing import Any, Final

from core.answers.answer import Answer, Cell, Table

COLUMNS: Final = ("key_figure", "seen", "week_before", "change", "aim", "share", "state", "comparable")
"""The ids of its columns."""


def key_table(answer: Answer[Any] | None) -> Table[Any] | None:
    """Return the table; None if the answer has none, e.g. because nothing is imported."""
    evidence = () if answer is None else answer.evidence
    return next((one for one in evidence if isinstance(one, Table) and _ids(one) == COLUMNS), None)


def rows_of(table: Table[Any]) -> list[dict[str, Cell]]:
    """Return its rows as cells by column id."""
    return [dict(zip(COLUMNS, row, strict=True)) for row in table.rows]


def _ids(table: Table[Any]) -> tuple[str, ...]:
    return tuple(column.id for column in table.columns)
