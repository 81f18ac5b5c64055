"""Reads the exports with calamine, csv and zipfile alone, so that a shared mistake shows."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook


def workbook(path: Path, header_row: int, sheet: int = 0) -> list[dict[str, str]]:
    """Return the rows below a header row (counted from 1) as text by column name."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    header = [str(cell) for cell in rows[header_row - 1]]
    return [dict(zip(header, map(str, row), strict=False)) for row in rows[header_row:]]


def csv_rows(content: bytes, encoding: str) -> list[dict[str, str]]:
    """Return the csv's rows by column name."""
    return list(csv.DictReader(io.StringIO(content.decode(encoding), newline="")))


def zipped(path: Path) -> bytes:
    """Return the only member of a zip."""
    with zipfile.ZipFile(path) as archive:
        (name,) = archive.namelist()
        return archive.read(name)


def orders(folder: Path) -> list[dict[str, str]]:
    """Return every order line of the order lists."""
    rows = []
    for path in sorted((folder / "exports/orders").iterdir()):
        rows += csv_rows(zipped(path) if path.suffix == ".zip" else path.read_bytes(), "gbk")
    return rows


def shop_days(folder: Path) -> dict[str, dict[str, str]]:
    """Return the shop's days from both layouts, the newer one winning."""
    at = folder / "exports/shop_day"
    rows = workbook(next(at.glob("*.xls")), 4) + workbook(next(at.glob("*.xlsx")), 1)
    return {row["统计日期"]: row for row in rows}


def number(text: str) -> float:
    """Return a figure printed with separators or as a percentage."""
    if text in {"", "-"}:
        return 0.0
    return float(text.rstrip("%").replace(",", "")) / (100 if text.endswith("%") else 1)
