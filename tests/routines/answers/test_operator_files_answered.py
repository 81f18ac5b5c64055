"""What the morning says of files as operators have them: cover, bad reviews, codes without an item."""

from __future__ import annotations

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from core.answers.answer import Answer
from core.exports.reading.reader import read
from routines.answers.compute_answer import ask
from routines.io.importing import commit_files
from tests.exports.files import said
from tests.routines.days import CHINA

FILES = Path(__file__).parents[2] / "exports" / "operator_files"
SUNDAY = date(2026, 11, 29)
NOW = datetime(2026, 11, 29, 8, 30, tzinfo=CHINA)
SETTINGS = 'name = "兰亭女装旗舰店"\nlead_days = 7\nmargin = 0.5\n'


def answered(folder: Path, step: str, *names: str) -> tuple[Answer, str]:
    """Return the answer from these files, and what was said when they were imported."""
    (folder / "shop.toml").write_text(SETTINGS, encoding="utf-8")
    told = commit_files(folder, [FILES / name for name in names], today=SUNDAY, who="lan", at=NOW)
    assert [one["state"] for one in told] == ["imported"] * len(names)
    sentences = "\n".join(problem["sentence"] for one in told for problem in one["problems"])
    return ask(folder, step, day=SUNDAY, now=NOW, lang="en"), sentences


@pytest.mark.parametrize(
    ("stock", "cover"),
    [
        ("d02_stock_net_20261128.xlsx", 10),
        ("d03_stock_gross_20261128.xlsx", 4),
        ("b14_jst_stock_20261128.xlsx", 4),
        ("b16_wdt_stock_20261128.xlsx", 3.5),
        ("b17_hand_stock_20261128.xlsx", 4),
    ],
)
def test_ten_a_day_are_sold_of_what_can_be_sold(tmp_path: Path, stock: str, cover: float) -> None:
    found, _ = answered(tmp_path, "stock", "d01_items.xlsx", stock)
    table = next(one for one in found.evidence if one.kind == "table")
    titles = [column.name for column in table.columns]
    (row,) = table.rows
    assert row[titles.index("Days of cover")] == pytest.approx(cover, abs=0.05)


def test_reviews_without_an_item_are_told_to_be_of_the_whole_shop(tmp_path: Path) -> None:
    found, _ = answered(tmp_path, "reviews", "d01_items.xlsx", "b18_reviews.xlsx")
    assert found.verdict.text == (
        "8 bad reviews wait for an answer; the file does not say which items they are about."
    )


def test_codes_of_an_erp_wait_for_a_catalogue(tmp_path: Path) -> None:
    _, told = answered(tmp_path, "stock", "n20_erp_stock_20261128.csv")
    assert "3 codes (212 pieces) are not matched to items yet" in told


def test_a_report_without_a_day_asks_for_it(tmp_path: Path) -> None:
    """Taught once, the day is still the file's to say."""
    nameless = shutil.copy(FILES / "b17_hand_stock_20261128.xlsx", tmp_path / "库存.xlsx")
    assert "There is no date in the file or its name;" in said(read(Path(nameless), today=SUNDAY))
