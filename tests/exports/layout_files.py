"""Files made of the header lists of real exports: each cell holds what its column holds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from csv import writer
from pathlib import Path

from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.layouts.file_layout import FileLayout
from core.exports.layouts.known_layouts import known_layouts
from core.exports.sheet import Kind

LISTS = json.loads(Path(__file__).with_name("layout_headers.json").read_text(encoding="utf-8"))
KNOWN: dict[str, list[str]] = LISTS["known"]
OTHERS: dict[str, list[str]] = LISTS["others"]
"""Of exports that nothing is known about."""
CELLS: dict[Kind, str] = {
    "id": "61000000{n:04}", "text": "开衫{n}", "date": "2026-11-2{n}", "time": "2026-11-28 09:0{n}:00",
    "money": "{n}00.50", "count": "{n}0", "rate": "3.{n}%", "ratio": "2.{n}", "seconds": "1{n}",
    "hour": "{n}", "range": "{n} ~ 9", "flag": "",
}  # fmt: skip
ROWS = 4


def layout_named(layout_id: str) -> FileLayout:
    """Return the layout that comes with the program."""
    return next(layout for layout in known_layouts() if layout.id == layout_id)


def rows_of(layout: FileLayout, headers: Iterable[str]) -> list[list[str]]:
    """Return a table of these headers, in which the layout's columns hold what they hold."""
    sheet = SHEETS[layout.sheet]
    kinds = {
        key_of(one): sheet.column(name).kind for name, rule in layout.columns.items() for one in rule.named
    }
    kept = {key_of(header): values[0] for header, values in layout.rows.keep.items()}
    named = list(headers)
    return [named, *([_cell(kinds, kept, header, n) for header in named] for n in range(1, ROWS + 1))]


def file_of(folder: Path, layout: FileLayout, headers: Iterable[str]) -> Path:
    """Write such a table as a file of one day."""
    path = folder / "导出_2026-11-28.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer(file).writerows(rows_of(layout, headers))
    return path


def _cell(kinds: dict[str, Kind], kept: dict[str, str], header: str, n: int) -> str:
    if key_of(header) in kept:
        return kept[key_of(header)]
    kind = kinds.get(key_of(header))
    return CELLS[kind].format(n=n) if kind else ""
