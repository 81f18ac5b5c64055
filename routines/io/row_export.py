"""Save the rows of a step's table, as the screen shows them, as a file for a spreadsheet or a chat.

What is saved are the columns and rows in the order shown: sorted, filtered, without the hidden columns.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from core.language.speech import Language, language, speak
from core.storage.atomic_files import write_atomically
from core.tables.table import Cell, Kind, ShopColumn, ShopTable
from routines.io.table_export import FOLDER, rendered

_KINDS: Final[dict[str, Kind]] = {
    "money": "money",
    "count": "count",
    "rate": "rate",
    "ratio": "ratio",
    "days": "ratio",
    "date": "date",
}
"""The kinds of columns in files by those on screen; any other column is text."""
_LONGEST_NAME: Final = 60
"""The longest file name without its ending, in characters; a Chinese one of 60 has 180 bytes."""


def write_rows(
    folder: Path, table: Mapping[str, Any], kind: str, *, made: datetime, lang: Language
) -> dict[str, Any]:
    """Write the table into reports/tables/ and return ``{"file", "rows"}``; ``kind`` is xlsx, csv or md.

    ``table`` has ``title``, ``day`` (ISO date), ``columns`` (pairs of heading and kind) and ``rows``. In the
    rows, ids are already replaced by words, and dates are in ISO format.
    """
    if language() != lang:
        speak(lang)
    kinds = [_KINDS.get(one, "text") for _, one in table["columns"]]
    columns = tuple(
        ShopColumn(f"column{place}", title, kind_)
        for place, ((title, _), kind_) in enumerate(zip(table["columns"], kinds, strict=True))
    )
    rows = tuple(tuple(map(_cell, row, kinds)) for row in table["rows"])
    shown = ShopTable("rows", table["title"], table["day"], columns, rows)
    file = FOLDER / f"{file_name(table['title'])}_{date.fromisoformat(table['day'])}.{kind}"
    write_atomically(folder / file, rendered(shown, kind, made))
    return {"file": str(file), "rows": len(rows)}


def file_name(title: str) -> str:
    """Return the title with only letters, digits and hyphens, as a part of a file name."""
    words = "".join(char if char.isalnum() else " " for char in title).split()
    return "-".join(words)[:_LONGEST_NAME] or "table"


def _cell(value: object, kind: Kind) -> Cell:
    if value is None or value == "":
        return None
    if kind == "text":
        return str(value)
    if kind == "date":
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return str(value)
    return float(value) if isinstance(value, int | float) else str(value)
