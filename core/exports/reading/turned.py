"""Transpose tables with one column per day and one row per figure, as people keep them by hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from core.exports import cells
from core.exports.header_keys import key_of, without_unit
from core.exports.kinds.shop_day import ShopDay
from core.exports.reading.dictionary_column import Coded
from core.exports.reading.headings import LOOK, known_keys
from core.exports.reading.raw_table import GridPage, RawTable, text_of

_LEAST: Final = 3
"""The minimum number of days and figures for recognizing a transposed table."""
_WIDEST: Final = 400
_MOST_CELLS: Final = 200_000
"""The maximum number of cells; larger tables are not kept by hand."""


def turned(page: RawTable) -> RawTable | None:
    """Return the table transposed, with one row per day; None if its columns are not days."""
    head = next((number for number, row in enumerate(page.top[:LOOK]) if _days(row[1:]) >= _LEAST), None)
    if head is None or len(page.top[head]) > _WIDEST or page.cells > _MOST_CELLS:
        return None
    known = known_keys([ShopDay])
    names = [without_unit(key_of(row[0]))[0] for row in page.top[head + 1 :] if row]
    if sum(name in known for name in names) < _LEAST:
        return None
    width = len(page.top[head])
    wanted = list(range(width))
    columns: list[list[str]] = [[] for _ in wanted]
    for piece in page.pieces(wanted, frozenset(wanted), head + 1, width):
        for at in wanted:
            held = piece.columns[at]
            values = held.series() if isinstance(held, Coded) else held
            there = values.notna()
            columns[at] += [text_of(cell) if one else "" for cell, one in zip(values, there, strict=True)]
    days = zip(page.top[head][1:], columns[1:], strict=True)
    rows = [["日期", *columns[0]], *([day, *figures] for day, figures in days if day)]
    return GridPage(page.name, lambda: rows, LOOK + 10, width * len(columns[0]), hidden=page.hidden)


def _days(row: Sequence[str]) -> int:
    return sum(_is_day(cell) for cell in row)


def _is_day(text: str) -> bool:
    try:
        return bool(text) and cells.moment(text) is not None
    except cells.Unreadable:
        return False
