"""One small broken file for each message, and the message beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.exports.files import LANTING, reading, said

GALLERY = Path(__file__).parents[2] / "sample" / "broken"
REFUSED = {
    "empty": "The file is empty. Download it again.",
    "truncated": "The file is damaged or was not downloaded completely. Download it again.",
    "password": "The file is protected by a password. Open it, save it without the password",
    "zip-password": "The file is protected by a password.",
    "two-in-zip": "The zip contains 2 tables (商品报表_20261116_1.csv, 商品报表_20261116_2.csv …). Unpack it",
    "zip-empty": "The zip contains no table. Download it again.",
    "html-cut": "The file is damaged or was not downloaded completely. Download it again.",
    "login-page": "This is a web page without a table: your log-in had probably expired. Log in",
    "picture": ("This is a PNG file. Import the csv, .xls, .xlsx or zip file that the platform provides."),
    "half-downloaded": "The browser has not finished downloading this file. Wait, or download it again.",
    "wrong-encoding": "The text encoding is neither UTF-8 nor GBK.",
    "unknown": "This kind of file is unknown (日期, 主播昵称, 场次, 弹幕数 …), and no known file is similar.",
    "no-rows": "The file has a header but no rows. Choose a day with figures and download the file again.",
    "header-only": "The file has a header but no rows.",
    "no-date": "Neither the file nor its name says which day it is about. Put the day",
    "future": "2 of 2 rows cannot be used: 2026-12-24 is in the future. Check the date, and the clock",
    "other-shop": "The file is from the shop “别家女装旗舰店”, but this is “兰亭女装旗舰店”.",
    "rounded-ids": "was an id, but a spreadsheet program rounded it. Download the file again",
    "same-item-twice": "736500100101 (15 Nov) appears in 2 rows with different figures",
    "many-days": "“2026-11-01 ~ 2026-11-15” is a total over several days, not one day. Download the file",
    "many-days-no-date": "The figures are totals over several days, and there is no date column. Download",
}
TOLD = {
    "missing-column": (
        2,
        "支付金额 is missing, so analyses that need it cannot conclude anything. Select all columns",
    ),
    "shifted-row": (
        2,
        ":7:平均停留时长: “92.96%” does not belong in this column: the row is shifted by one column.",
    ),
    "totals-only": (
        6,
        ("The file contains only totals and benchmarks but no agents: select the agents before downloading."),
    ),
    "cut-at-5000": (
        5000,
        "The file has exactly 5,000 rows: the platform stops there, and the rest is missing.",
    ),
    "name-against-inside": (2, "The file name says 2026-11-14, the rows say 2026-11-15; the rows are used."),
    "fen": (6, "Amounts in this file are in fen (分, 1/100 yuan); they were converted to yuan."),
}
FINE = {"quoted-ids": 3, "same-again": 12}


def _file(folder: str) -> Path:
    (found,) = (path for path in (GALLERY / folder).iterdir() if path.is_file())
    return found


@pytest.mark.parametrize(("folder", "sentence"), REFUSED.items())
def test_a_file_that_cannot_be_used_is_refused_with_one_sentence(folder: str, sentence: str) -> None:
    result = reading(_file(folder), LANTING)
    assert result.refused
    assert len(result.problems) == 1
    assert len(result.frame) == 0
    assert sentence in said(result)


@pytest.mark.parametrize(("folder", "rows", "sentence"), [(name, *told) for name, told in TOLD.items()])
def test_a_file_with_a_flaw_comes_in_and_the_flaw_is_told(folder: str, rows: int, sentence: str) -> None:
    result = reading(_file(folder), LANTING)
    assert not result.refused
    assert result.rows == rows
    assert sentence in said(result)


@pytest.mark.parametrize(("folder", "rows"), FINE.items())
def test_a_file_that_is_not_broken_comes_in_without_a_word(folder: str, rows: int) -> None:
    result = reading(_file(folder), LANTING)
    assert (result.rows, said(result)) == (rows, "")


def test_nothing_in_the_gallery_is_forgotten() -> None:
    shown = {path.name for path in GALLERY.iterdir() if path.is_dir()}
    assert shown == {*REFUSED, *TOLD, *FINE}
