"""Which character stands between the cells of a csv is told by its rows, not by what cells hold."""

from __future__ import annotations

import csv
import io
from random import Random

import pytest

from core.exports.reading.delimited import MARKS, CsvPage

WORDS = ("卫衣", "颜色:红;尺码:M;货号:A1", "1,234.50", "a;b;c;d;e;f;g", "米\t白", "备注，无", "")


def top(data: bytes, rows: int = 30) -> list[list[str]]:
    return CsvPage(lambda: io.BytesIO(data), rows).top


def written(rows: list[list[str]], mark: str) -> bytes:
    held = io.StringIO()
    csv.writer(held, delimiter=mark).writerows(rows)
    return held.getvalue().encode()


@pytest.mark.parametrize("mark", MARKS)
def test_cells_full_of_other_delimiters_decide_nothing(mark: str) -> None:
    for number in range(60):
        dice = Random(number)
        width = dice.randint(3, 8)
        header = [f"列{place}" for place in range(width)]
        rows = [header, *([dice.choice(WORDS) for _ in header] for _ in range(dice.randint(2, 20)))]
        assert top(written(rows, mark)) == rows, number


def test_a_list_of_properties_in_each_row_is_one_cell() -> None:
    rows = ["订单编号,商品属性,金额", *(f"{n},颜色:红;尺码:M;季节:秋;货号:{n};厚薄:薄,59" for n in range(5))]
    assert [len(row) for row in top("\n".join(rows).encode())] == [3] * 6


def test_figures_with_commas_between_semicolons() -> None:
    rows = ["日期;支付金额;访客数", *(f"2026-11-{n};1,50;2,{n}" for n in range(10, 15))]
    assert [len(row) for row in top("\n".join(rows).encode())] == [3] * 6


def test_one_column_has_no_delimiter() -> None:
    assert top("搜索词\n卫衣\n开衫\n".encode()) == [["搜索词"], ["卫衣"], ["开衫"]]
