from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import BadInput
from core.exports.kinds.ads import Ads
from core.exports.kinds.orders import Orders
from core.exports.kinds.registry import SHEETS
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.facts.batch import runs
from core.facts.imports import undo
from core.facts.ledger import Ledger
from core.facts.window import load
from tests.facts.shops import AT, days, drop, take

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.id)
def test_a_shop_without_facts_has_empty_windows(tmp_path: Path, sheet: type[Sheet]) -> None:
    found = load(tmp_path, sheet, FIRST, LAST)
    assert isinstance(found, sheet)
    assert len(found.frame) == 0
    assert tuple(found.frame.columns) == sheet.names()
    assert Ledger(tmp_path).live(sheet.id) == ()


def test_a_window_holds_its_days_and_no_others(tmp_path: Path) -> None:
    batch = take(tmp_path, drop(tmp_path, "a.csv", days({f"2026-11-{day:02}": day for day in range(1, 16)})))
    found = load(tmp_path, ShopDay, date(2026, 11, 3), date(2026, 11, 5))
    assert found.frame["gmv"].tolist() == [3, 4, 5]
    assert found.batches == (batch.id,)
    assert found.frame.dtypes.equals(ShopDay.empty().dtypes)
    held = {day for batch in Ledger(tmp_path).live(ShopDay.id) for day in batch.dates}
    assert held == {date(2026, 11, day) for day in range(1, 16)}


def test_other_days_batches_are_not_even_opened(tmp_path: Path) -> None:
    old = take(tmp_path, drop(tmp_path, "a.csv", days({"2026-10-14": 2})))
    take(tmp_path, drop(tmp_path, "b.csv", days({"2026-11-14": 2})))
    Ledger(tmp_path).file_of(old).unlink()
    assert load(tmp_path, ShopDay, FIRST, LAST).frame["gmv"].tolist() == [2]


def test_damaged_rows_are_told_with_what_to_do(tmp_path: Path) -> None:
    batch = take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    Ledger(tmp_path).file_of(batch).write_bytes(b"PAR1 half")
    with pytest.raises(BadInput, match=f"Undo the import {batch.id}"):
        load(tmp_path, ShopDay, FIRST, LAST)
    undo(tmp_path, batch.id, who="lan", at=AT)
    assert len(load(tmp_path, ShopDay, FIRST, LAST).frame) == 0


def test_two_exports_of_one_day_complete_each_other(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", days({"2026-11-14": 2})))
    macro = "统计日期 | 支付金额 | 支付买家数 | 下单买家数 | 商品加购人数\n2026-11-14 | 5 | 3 | 4 | 39\n"
    take(tmp_path, drop(tmp_path, "宏观监控.csv", macro))
    row = load(tmp_path, ShopDay, FIRST, LAST).frame.iloc[0]
    assert (row["visitors"], row["gmv"], row["cart_buyers"]) == (100, 5, 39)


def test_an_order_paid_after_midnight_moves_and_is_not_told_twice(tmp_path: Path) -> None:
    head = "订单编号 | 总金额 | 订单创建时间 | 订单付款时间 | 订单状态\n"
    unpaid = head + "1 | 50 | 2026-11-14 23:59:00 | | 等待买家付款\n"
    paid = head + "1 | 50 | 2026-11-14 23:59:00 | 2026-11-15 00:01:00 | 买家已付款，等待卖家发货\n"
    take(tmp_path, drop(tmp_path, "a.csv", unpaid))
    take(tmp_path, drop(tmp_path, "b.csv", paid))
    assert len(load(tmp_path, Orders, date(2026, 11, 14), date(2026, 11, 14)).frame) == 0
    frame = load(tmp_path, Orders, date(2026, 11, 14), date(2026, 11, 15)).frame
    assert frame["status"].tolist() == ["买家已付款，等待卖家发货"]


def test_a_newer_tree_of_sources_replaces_the_whole_day(tmp_path: Path) -> None:
    head = "统计日期 | 流量载体 | 一级来源 | 二级来源 | 访客数 | 支付金额 | 支付买家数\n"
    old = head + "2026-11-14 | 全店流量 | 付费 | 旧渠道 | 5 | 1 | 1\n"
    old += "2026-11-14 | 全店流量 | 付费 | 搜索 | 5 | 1 | 1\n"
    new = head + "2026-11-14 | 全店流量 | 付费 | 搜索 | 9 | 1 | 1\n"
    take(tmp_path, drop(tmp_path, "a.csv", old))
    take(tmp_path, drop(tmp_path, "b.csv", new))
    frame = load(tmp_path, Sources, FIRST, LAST).frame
    assert frame[["level2", "visitors"]].to_numpy().tolist() == [["搜索", 9]]


def test_an_items_ads_are_never_counted_by_plan_and_as_a_whole(tmp_path: Path) -> None:
    by_plan = """
    日期 | 场景名字 | 计划ID | 计划名字 | 主体ID | 点击量 | 花费
    2026-11-14 | 关键词推广 | 1 | a | 736500100101 | 10 | 30
    2026-11-14 | 关键词推广 | 2 | b | 736500100101 | 5 | 20
    2026-11-14 | 关键词推广 | 2 | b | 736500100102 | 5 | 7
    """
    whole = "日期 | 主体ID | 点击量 | 花费\n2026-11-14 | 736500100101 | 16 | 51\n"
    take(tmp_path, drop(tmp_path, "plans.csv", by_plan))
    last = take(tmp_path, drop(tmp_path, "whole.csv", whole))
    frame = load(tmp_path, Ads, FIRST, LAST).frame
    assert frame.groupby("item")["cost"].sum().to_dict() == {"736500100101": 51, "736500100102": 7}
    undo(tmp_path, last.id, who="lan", at=AT)
    assert load(tmp_path, Ads, FIRST, LAST).frame["cost"].sum() == 57


def test_only_the_latest_stock_counts(tmp_path: Path) -> None:
    drawn = "商品Id | skuId | 数量 | 价格\n736500100101 | 58100 | {} | 1\n"
    take(tmp_path, drop(tmp_path, "发布模板_20261115.csv", drawn.format(30)))
    take(tmp_path, drop(tmp_path, "发布模板_20261108.csv", drawn.format(40)))
    assert load(tmp_path, Stock, FIRST, LAST).frame["on_hand"].tolist() == [30]
    assert load(tmp_path, Stock, FIRST, date(2026, 11, 10)).frame["on_hand"].tolist() == [40]


def test_a_year_of_days_is_one_line_in_the_ledger() -> None:
    year = [date.fromordinal(date(2026, 1, 1).toordinal() + n) for n in range(365)]
    assert runs(year) == [(date(2026, 1, 1), date(2026, 12, 31))]
    assert runs([year[0], year[2]]) == [(year[0], year[0]), (year[2], year[2])]
    assert runs([]) == []
