"""Writes exports the way a test tells them: a table as a person would draw it, in any container."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from csv import writer
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import xlwt

from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from core.shop.settings import Shop

TODAY = date(2026, 11, 16)
LANTING = Shop(name="兰亭女装旗舰店")


def table(text: str) -> list[list[str]]:
    """Return the cells of a drawn table; cells are split by ``|``, blank lines are rows without cells."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip("\n").splitlines()]


def csv(path: Path, text: str, encoding: str = "gb18030") -> Path:
    """Write a drawn table as csv."""
    held = io.StringIO()
    writer(held).writerows(table(text))
    path.write_bytes(held.getvalue().encode(encoding))
    return path


def raw(path: Path, data: bytes) -> Path:
    """Write bytes as they are."""
    path.write_bytes(data)
    return path


def xls(path: Path, **pages: str) -> Path:
    """Write a true BIFF8 workbook, every cell a text."""
    book = xlwt.Workbook(encoding="utf-8")
    for name, text in pages.items():
        page = book.add_sheet(name)
        for row, cells in enumerate(table(text)):
            for column, cell in enumerate(cells):
                if cell:
                    page.write(row, column, cell)
    book.save(str(path))
    return path


def xlsx(path: Path, rows: Sequence[Sequence[object]], name: str = "Sheet1") -> Path:
    """Write an .xlsx with the cells' own types."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def zipped(path: Path, **members: bytes) -> Path:
    """Write a zip; ``__`` in a name stands for a dot."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "."), data)
    return raw(path, held.getvalue())


def reading(path: Path, shop: Shop | None = None) -> Reading:
    """Read the file as an operator would on 2026-11-16."""
    return read(path, today=TODAY, shop=shop)


def said(result: Reading) -> str:
    """Return everything that was said of the file, one sentence a line."""
    return "\n".join(problem.sentence() for problem in result.problems)


def column(result: Reading, name: str) -> list[object]:
    """Return a column; missing figures as None, days as ISO text."""
    values: list[object] = []
    for value in result.frame[name].tolist():
        if pd.isna(value):
            values.append(None)
        else:
            values.append(value.date().isoformat() if hasattr(value, "date") else value)
    return values
