# ruff: noqa: E501 - tables as they are
"""Tables read as a layout says: rows that do not count, blank cells, sums, values, days written another way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.exports.layouts.file_layout import Layouts
from core.exports.layouts.layout_file import layouts_in
from core.exports.reading import fast_csv, raw_table
from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from tests.exports.files import csv, said, table, xlsx

SUNDAY = date(2026, 11, 29)
HEAD = 'version = 1\n[[layout]]\nid = "one"\ntitle = "一种"\n'
ORDERS = """
单 | 下单 | 付款 | 货 | 钱 | 件
#1 | 2026-11-28 09:00:00 | 2026-11-28 09:01:00 | 杯 | 50 | 1
#1 |  |  | 盘 |  | 1
#2 | 2026-11-28 10:00:00 |  | 杯 | 30 | 1
#3 | 2026-11-28 11:00:00 | 2026-11-28 11:01:00 | 碗 | 20 | 2
"""
TAUGHT_ORDERS = """sheet = "orders"
requires = ["单", "下单", "钱"]
amount_per = "order"
[layout.columns]
order = "单"
created = "下单"
paid = "付款"
titles = "货"
amount = "钱"
units = "件"
[layout.rows]
fill_down = [{filled}]
"""


def opened(path: Path, lesson: str) -> Reading:
    return read(path, today=SUNDAY, layouts=Layouts(layouts_in("columns.toml", (HEAD + lesson).encode())))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("rows", [2, 50_000])
def test_blank_cells_mean_the_cell_above_of_the_same_order_only(
    kind: str, rows: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(raw_table, "PIECE", rows)
    monkeypatch.setattr(raw_table, "_SOME", min(rows, 1_000))
    monkeypatch.setattr(fast_csv, "ROWS", rows)
    path = tmp_path / f"orders.{kind}"
    path = csv(path, ORDERS, "utf-8") if kind == "csv" else xlsx(path, table(ORDERS))
    result = opened(path, TAUGHT_ORDERS.replace("{filled}", '"下单", "付款"'))
    frame = result.frame
    assert frame["order"].tolist() == ["#1", "#2", "#3"], said(result)
    assert frame["units"].tolist() == [2.0, 1.0, 2.0]
    assert frame["amount"].tolist() == [50.0, 30.0, 20.0]
    assert frame["paid"].isna().tolist() == [False, True, False]


def test_cells_merged_over_the_lines_of_an_order_are_filled_with_their_order(tmp_path: Path) -> None:
    merged = ORDERS.replace("#1 |  |  |", " |  |  |")
    plain = opened(csv(tmp_path / "a.csv", merged, "utf-8"), TAUGHT_ORDERS.replace("{filled}", ""))
    assert plain.frame["units"].tolist() == [1.0, 1.0, 2.0]
    filled = TAUGHT_ORDERS.replace("{filled}", '"单", "下单", "付款"')
    frame = opened(csv(tmp_path / "b.csv", merged, "utf-8"), filled).frame
    assert frame["order"].tolist() == ["#1", "#2", "#3"]
    assert frame["units"].tolist() == [2.0, 1.0, 2.0]
    assert frame["paid"].isna().tolist() == [False, True, False]


DAYS = """
哪天 | 状态 | 线上 | 线下 | 退 | 人
11/27/2026 | 正常 | 100 | 20 | 10 | 5
11/28/2026 | 正常 | 200 | 30 | x | 6
11/28/2026 | 作废 | 900 | 90 | 90 | 9
"""
TAUGHT_DAYS = """sheet = "shop_day"
requires = ["哪天", "线上", "线下"]
date_format = "%m/%d/%Y"
[layout.columns]
date = "哪天"
gmv = { sum = ["线上", "线下", "-退"] }
buyers = "人"
[layout.rows]
"""


@pytest.mark.parametrize("rule", ['keep = { "状态" = ["正常"] }', 'drop = { "状态" = ["作废"] }'])
def test_rows_that_do_not_count_are_left_out_and_columns_are_added_up(rule: str, tmp_path: Path) -> None:
    fine = DAYS.replace("| x |", "| - |")
    result = opened(csv(tmp_path / "days.csv", fine, "utf-8"), TAUGHT_DAYS + rule)
    frame = result.frame
    assert frame["date"].dt.date.tolist() == [date(2026, 11, 27), date(2026, 11, 28)], said(result)
    assert frame["gmv"].tolist() == [110.0, 230.0]
    assert frame["buyers"].tolist() == [5.0, 6.0]
    assert "1 row is ignored by this layout and was left out." in said(result)


def test_a_part_of_a_sum_that_is_no_number_spoils_its_row_and_too_many_refuse_the_file(
    tmp_path: Path,
) -> None:
    result = opened(csv(tmp_path / "days.csv", DAYS, "utf-8"), TAUGHT_DAYS + 'keep = { "状态" = ["正常"] }')
    assert result.refused
    assert (
        "According to the layout “一种”, 线上 + 线下 + 退 must contain amounts, but 1 of 2 "
        "cells do not (the first: “x”)."
    ) in said(result)


def test_without_one_of_its_parts_a_sum_is_not_there(tmp_path: Path) -> None:
    left = "\n".join(line.rpartition(" | ")[0].rpartition(" | ")[0] for line in DAYS.strip().splitlines())
    result = opened(csv(tmp_path / "days.csv", left, "utf-8"), TAUGHT_DAYS)
    assert result.refused, "the layout has no sales without the refunds"


@pytest.mark.parametrize(("unit", "yuan"), [("yuan", 1234.0), ("fen", 12.34), ("wan", 12_340_000.0)])
def test_figures_are_in_the_unit_that_was_said(unit: str, yuan: float, tmp_path: Path) -> None:
    lesson = (
        'sheet = "shop_day"\nrequires = ["日", "卖"]\n[layout.columns]\ndate = "日"\n'
        f'gmv = {{ headers = ["卖"], unit = "{unit}" }}\n'
    )
    path = csv(tmp_path / "days.csv", "日 | 卖\n2026-11-28 | 1234", "utf-8")
    assert opened(path, lesson).frame["gmv"].tolist() == [pytest.approx(yuan)]


def test_words_of_the_file_become_ours(tmp_path: Path) -> None:
    lesson = TAUGHT_ORDERS.replace("{filled}", "").replace(
        "[layout.rows]", 'status = { headers = ["态"], values = { "成" = "交易成功" } }\n[layout.rows]'
    )
    drawn = "单 | 下单 | 付款 | 货 | 钱 | 件 | 态\n#1 | 2026-11-28 09:00:00 | 2026-11-28 09:01:00 | 杯 | 50 | 1 | 成"
    assert opened(csv(tmp_path / "o.csv", drawn, "utf-8"), lesson).frame["status"].tolist() == ["交易成功"]
