"""A table as csv that Excel opens rightly: UTF-8 with its mark, and no text that begins a formula."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO

from core.language.sanitize import safe
from core.tables.table import Cell, Kind, ShopTable

STARTS = frozenset("=+-@\t\r＝＋－＠")
"""What makes a spreadsheet compute a text, the full-width signs included."""


def render(table: ShopTable) -> bytes:
    """Return the table with its header row; unknown is empty, rates are percents, dates ISO."""
    held = StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow([harmless(column.title) for column in table.columns])
    for row in table.rows:
        writer.writerow([_cell(cell, column.kind) for cell, column in zip(row, table.columns, strict=True)])
    return held.getvalue().encode("utf-8-sig", "replace")


def harmless(text: str) -> str:
    """Return the text so that a spreadsheet shows it and computes nothing."""
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
    """Return a figure without thousands separators, as a spreadsheet reads it."""
    match kind:
        case "rate":
            return f"{value * 100:.2f}%"
        case "count" | "seconds":
            return f"{value:.0f}"
        case "minutes":
            return f"{value:.1f}"
        case _:
            return f"{value:.2f}"
