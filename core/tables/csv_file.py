"""A table as CSV for Excel: UTF-8 with a byte order mark, and protected against formula injection."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from core.language.sanitize import safe
from core.tables.table import Cell, Kind, ShopTable

STARTS = frozenset("=+-@\t\r＝＋－＠")
"""Characters that make a spreadsheet treat a text as a formula, including full-width ones."""


def render(table: ShopTable) -> bytes:
    """Return the table as CSV with a header row.

    Unknown values are empty, rates in percent, dates in ISO format.
    """
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)])
    return held.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """Return the text so that a spreadsheet shows it literally instead of computing it."""
    plain = safe(text)
    return f"'{plain}" if plain.lstrip()[:1] in STARTS and plain.strip() else plain


def _cell(cell: Cell, kind: Kind) -> str:
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return harmless(cell)
    return number(cell, kind)


def number(value: float, kind: Kind) -> str:
    """Return a number without thousands separators, formatted for its column kind."""
    match kind:
        case "rate":
            return f"{value * 100:.2f}%"
        case "count" | "seconds":
            return f"{value:.0f}"
        case "minutes":
            return f"{value:.1f}"
        case _:
            return f"{value:.2f}"
