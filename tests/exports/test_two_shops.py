"""Exports of two shops in one file, in one workbook and in one inbox: only this shop's rows count.

Each kind of export that has, or can have, a column of shops; the other shop has the same days, items and
orders with other figures.
"""

from __future__ import annotations

import json
from csv import writer
from datetime import date
from pathlib import Path
from random import Random

import openpyxl
import pandas as pd
import pytest

from core.exports import dimensions
from core.exports.dimensions import verdict
from core.exports.header_keys import key_of
from core.exports.kinds.registry import SHEETS
from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from core.exports.sheet import Sheet
from tests.exports.files import LANTING, said
from tests.exports.layout_files import CELLS

THEIRS = "云裳女装旗舰店"
OURS = ("兰亭女装旗舰店", "兰亭女装官方旗舰店", "兰亭女装")
CAN = [sheet for sheet in SHEETS.values() if verdict(sheet, "店铺名称", frozenset()) == "own"]
HEADERS: list[str] = json.loads(Path(dimensions.__file__).with_suffix(".json").read_text("utf-8"))["headers"][
    "shop"
]
ROWS = 5
OTHER = 4
"""By how much the number in their cells differs from ours."""
Rows = list[list[str]]
SUNDAY = date(2026, 11, 29)


def tables_of(sheet: type[Sheet]) -> tuple[list[str], Rows, Rows]:
    """Return the header, our rows, and the other shop's rows of the same keys with other figures."""
    columns = [one for one in sheet.columns if one.headers and not one.inner]
    header = [one.headers[0].partition("#")[0] for one in columns]

    def row(n: int, more: int) -> list[str]:
        return [
            CELLS[one.kind].format(n=n if one.name in sheet.key or one.kind in ("date", "time") else n + more)
            for one in columns
        ]

    return header, [row(n, 0) for n in range(1, ROWS)], [row(n, OTHER) for n in range(1, ROWS)]


def written(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer(file).writerows(rows)
    return path


def opened(path: Path) -> Reading:
    return read(path, today=SUNDAY, shop=LANTING)


def same_rows(one: Reading, other: Reading, sheet: type[Sheet]) -> None:
    assert not one.refused, said(one)
    assert not other.refused, said(other)
    frames = [
        reading.frame.sort_values(list(sheet.key), ignore_index=True).astype(str) for reading in (one, other)
    ]
    pd.testing.assert_frame_equal(frames[0], frames[1])


def shop_headers(sheet: type[Sheet], dice: Random) -> str:
    known = {key_of(header) for column in sheet.columns for header in column.headers}
    return dice.choice([header for header in HEADERS if key_of(header) not in known])


def test_nearly_every_kind_of_export_can_have_a_column_of_shops() -> None:
    assert {sheet.id for sheet in SHEETS.values()} - {sheet.id for sheet in CAN} <= {"listings"}


@pytest.mark.parametrize("sheet", CAN, ids=lambda sheet: sheet.id)
def test_in_one_file_only_ours_counts(sheet: type[Sheet], tmp_path: Path) -> None:
    dice = Random(sheet.id)
    header, ours, theirs = tables_of(sheet)
    name, place = shop_headers(sheet, dice), dice.randint(0, len(header))
    mixed = [
        [*row[:place], shop, *row[place:]]
        for shop, rows in ((dice.choice(OURS), ours), (THEIRS, theirs))
        for row in rows
    ]
    dice.shuffle(mixed)
    whole = written(tmp_path / "一_2026-11-28.csv", [header, *ours])
    both = written(tmp_path / "二_2026-11-28.csv", [[*header[:place], name, *header[place:]], *mixed])
    found = opened(both)
    same_rows(opened(whole), found, sheet)
    assert THEIRS in said(found)


@pytest.mark.parametrize("sheet", CAN, ids=lambda sheet: sheet.id)
def test_in_one_workbook_only_our_sheet_counts(sheet: type[Sheet], tmp_path: Path) -> None:
    header, ours, theirs = tables_of(sheet)
    pages = {THEIRS: theirs, OURS[0]: ours}
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in (header, *rows):
            page.append(row)
    book.save(tmp_path / "两店_2026-11-28.xlsx")
    whole = written(tmp_path / "一_2026-11-28.csv", [header, *ours])
    found = opened(tmp_path / "两店_2026-11-28.xlsx")
    same_rows(opened(whole), found, sheet)
    assert THEIRS in said(found)


@pytest.mark.parametrize("sheet", CAN, ids=lambda sheet: sheet.id)
def test_in_one_inbox_the_other_shops_file_is_refused(sheet: type[Sheet], tmp_path: Path) -> None:
    header, ours, theirs = tables_of(sheet)
    mine, other = (
        written(tmp_path / f"{n}_2026-11-28.csv", [["店铺名称", *header], *([shop, *row] for row in rows)])
        for n, (shop, rows) in enumerate(((OURS[0], ours), (THEIRS, theirs)))
    )
    assert not opened(mine).refused
    refused = opened(other)
    assert refused.refused
    assert THEIRS in said(refused)
