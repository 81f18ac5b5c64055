# ruff: noqa: E501 - names and sentences as they are
"""Files as operators have them: each is read to the right figures, or refused with the reason.

The values are invented, the header words are real. The shop is 兰亭女装旗舰店 unless a file is about 甲店.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from core.shop.settings import Shop
from tests.exports.files import LANTING, said

FILES = Path(__file__).with_name("operator_files")
SUNDAY = date(2026, 11, 29)
JIA = Shop(name="甲店")
WHOLE = {"gmv": 450_429.0, "visitors": 87_780.0}
"""The base shop's 28 days."""


class Right(NamedTuple):
    """What a file reads to."""

    sheet: str
    rows: int
    sums: dict[str, float]
    unknown: tuple[str, ...] = ()
    """Figures that nobody can know from the file."""
    told: tuple[str, ...] = ()
    shop: Shop = LANTING


READ = {
    "b01_qn_2025.xlsx": Right("orders", 60, {"amount": 4_770, "paid_amount": 4_000, "refund_amount": 468}),
    "b02_qn_nine.xlsx": Right(
        "orders",
        32,
        {"paid_amount": 1_600},
        told=("8 orders without a payment time were left out because they were not paid.",),
        shop=Shop(name="兰亭小铺"),
    ),
    "b05_doudian_orders.csv": Right(
        "orders", 20, {"amount": 1_180, "units": 20}, told=("Read with the layout “抖店 订单导出”.",)
    ),
    "b06_pdd_orders.csv": Right("orders", 20, {"amount": 356, "paid_amount": 356, "units": 20}),
    "b09_jd_sku.xlsx": Right("items", 21, {"gmv": 4_200, "visitors": 2_100, "units": 42}),
    "b12_two_shops_day.xlsx": Right(
        "shop_day",
        28,
        {"gmv": 140_000, "visitors": 28_000},
        told=("28 rows of other shops (乙店) were left out.",),
        shop=JIA,
    ),
    "b14_jst_stock_20261128.xlsx": Right(
        "stock",
        2,
        {"physical": 180, "available": 40, "in_transit": 50},
    ),
    "b16_wdt_stock_20261128.xlsx": Right(
        "stock",
        1,
        {"physical": 100, "available": 35},
    ),
    "b17_hand_stock_20261128.xlsx": Right("stock", 2, {"on_hand": 40}),
    "b18_reviews.xlsx": Right("reviews", 20, {"stars": 80}),
    "c09_mime.xls": Right("shop_day", 28, WHOLE),
    "c22_thousand_unquoted.csv": Right(
        "shop_day", 27, {"gmv": 24_673}, told=(":7: The row has more cells than the header",)
    ),
    "c23_date_int.xlsx": Right("shop_day", 28, WHOLE),
    "c23d_items_int.xlsx": Right("items", 28, {"visitors": 84_000, "gmv": 2_814}),
    "c23e_int.xls": Right("shop_day", 28, {"visitors": 84_000, "gmv": 2_814}),
    "c31_merged_head.xlsx": Right("shop_day", 28, {"visitors": 84_378, "gmv": 40_803}),
    "c31b_merged_2026-11-15.xlsx": Right("shop_day", 28, {"visitors": 84_378, "gmv": 40_803}),
    "c33_hidden_sheet.xlsx": Right(
        "shop_day", 28, WHOLE, told=("The hidden worksheet 旧数据 was left out.",)
    ),
    "c35_formula_nocache.xlsx": Right(
        "shop_day",
        28,
        {"visitors": 84_000},
        unknown=("gmv",),
        told=("支付金额 is empty in every row. If the column contains formulas",),
    ),
    "c50_bom_gbk.csv": Right("shop_day", 28, WHOLE),
    "c56_paren_neg.xlsx": Right(
        "shop_day",
        28,
        WHOLE,
        unknown=("refund_amount",),
        told=("成功退款金额 could not be read (“(300.00)”)",),
    ),
    "c61_hours_cum.xlsx": Right("hours", 24, {"gmv": 12_000}, unknown=("visitors", "buyers")),
    "c70_datetime_utc16.xlsx": Right(
        "shop_day", 28, WHOLE, told=("Times are in another time zone; they were converted to Asia/Shanghai.",)
    ),
    "d00_shop_day.xlsx": Right("shop_day", 59, {"gmv": 884_040, "visitors": 184_927}),
    "d01_items.xlsx": Right("items", 59, {"gmv": 59_000}),
    "d02_stock_net_20261128.xlsx": Right("stock", 1, {"physical": 160, "available": 100}),
    "d03_stock_gross_20261128.xlsx": Right("stock", 1, {"physical": 160, "available": 40, "reserved": 120}),
    "d11_two_shops_orders.csv": Right(
        "orders", 10, {"amount": 1_000}, told=("10 rows of other shops (乙店) were left out.",), shop=JIA
    ),
    "e1_plan_by_hour.xlsx": Right(
        "ads", 28, {"cost": 6_720}, told=("Rows that differ only in 时段 were added up.",)
    ),
    "e2_plan_by_slot.xlsx": Right(
        "ads", 28, {"cost": 2_520}, told=("Rows that differ only in 资源位名称 were added up.",)
    ),
    "e6_item_two_shops.xlsx": Right(
        "items", 28, {"gmv": 5_600}, told=("28 rows of other shops (乙店) were left out.",), shop=JIA
    ),
    "e8_kw_by_device.xlsx": Right(
        "keywords", 28, {"cost": 2_800}, told=("Rows that differ only in 终端 were added up.",)
    ),
    "e9_stock_by_warehouse_20261128.xlsx": Right(
        "stock", 1, {"on_hand": 100}, told=("Rows that differ only in 仓库 were added up.",)
    ),
    "e10_sources_two_carriers_2026-11-28.xlsx": Right("sources", 1, {"visitors": 500, "gmv": 2_000}),
    "f1_orders_by_line.xlsx": Right("orders", 28, {"amount": 6_160, "units": 56}),
    "g1b_店铺来源_2026-11-28.xlsx": Right("sources", 2, {"visitors": 900, "gmv": 4_000}),
    "n01_items_channel_whole.csv": Right(
        "items",
        4,
        {"visitors": 2_400, "units": 104, "gmv": 12_480},
        told=("Only the rows with 渠道 = 全部 were used; the other rows are parts of them.",),
    ),
    "n03_day_all_terminals.csv": Right("shop_day", 9, {"visitors": 19_116, "gmv": 90_720}),
    "n05_plans_total_in_name.csv": Right(
        "ads", 4, {"cost": 800, "gmv": 3_100}, told=("2 rows of totals (合计) were left out",)
    ),
    "n06_words_total_row.csv": Right(
        "keywords", 2, {"cost": 72, "gmv": 240}, told=("1 row of totals (总计) was left out",)
    ),
    "n07_items_twice_the_same.csv": Right(
        "items",
        2,
        {"gmv": 2_280},
        told=("2 rows appear twice with the same figures; each was counted once.",),
    ),
    "n09_day_harmless_columns.csv": Right("shop_day", 3, {"gmv": 31_920}),
    "n10_hours_cumulative.csv": Right(
        "hours",
        9,
        {"gmv": 4_320},
        unknown=("visitors", "buyers"),
        told=(("The hourly figures are running totals (from 00:00); they were converted to single hours."),),
    ),
    "n11_orders_utc.csv": Right(
        "orders",
        3,
        {"amount": 600},
        told=("Times are in another time zone; they were converted to Asia/Shanghai.",),
    ),
    "n12_orders_ids_16_digits.csv": Right("orders", 20, {"amount": 1_000}),
    "n14_orders_amount_on_every_line.csv": Right(
        "orders",
        4,
        {"amount": 1_160, "units": 10},
        told=("Orders with several lines repeat the order's amount on each line; it was counted once.",),
    ),
    "n15_orders_tab_per_month.xlsx": Right("orders", 10, {"amount": 1_000}),
    "n16a_items_2026-11-28.csv": Right("items", 10, {"gmv": 26_400}),
    "n16b_items_2026-11-28 (1).csv": Right("items", 4, {"gmv": 15_980}),
    "n17_hidden_old_copy.xlsx": Right(
        "shop_day", 4, {"gmv": 38_400}, told=("The hidden worksheet 备份 was left out.",)
    ),
    "n18_stock_good_and_damaged_20261128.csv": Right(
        "stock",
        2,
        {"on_hand": 112},
        told=(
            "1 row of damaged goods (9 pieces) was left out.",
            "Rows that differ only in 仓库 were added up.",
        ),
    ),
    "n19_stock_by_shelf_20261128.csv": Right(
        "stock", 2, {"on_hand": 112}, told=("Rows that differ only in 货位, 批次 were added up.",)
    ),
    "n21_pdd_orders.csv": Right("orders", 3, {"amount": 138.7, "paid_amount": 135.7, "units": 4}),
    "n22_douyin_compass_day.csv": Right(
        "shop_day",
        1,
        {"gmv": 12_000, "refunded_of_day": 1_400},
        unknown=("visitors", "buyers"),
        told=(
            "Rows that differ only in 载体类型 were added up.",
            "3 rows are ignored by this layout and were left out.",
        ),
    ),
    "n23_jd_sku_day.csv": Right(
        "items", 2, {"visitors": 1_800, "gmv": 5_770, "units": 71, "refund_amount": 180}
    ),
    "n20_erp_stock_20261128.csv": Right(
        "stock",
        3,
        {"available": 177, "physical": 212, "in_transit": 150},
    ),
}
REFUSED: dict[str, str] = {
    "b10_jd_items.csv": "商品编号 (J001, J002 …). Each row is only a part, so none is the total.",
    "b13_items_no_id.xlsx": "1 Nov has 3 rows, which differ by 商品名称 (开衫, 裙子 …).",
    "b40_region_day.xlsx": "1 Nov has 3 rows, which differ by 省份 (浙江, 江苏 …).",
    "b41_channel_day.xlsx": "1 Nov has 3 rows, which differ by 渠道 (搜索, 推荐 …).",
    "b42_live_day.xlsx": "1 Nov has 2 rows, which differ by 直播间 (A, B …).",
    "b43_crowd_day.xlsx": "1 Nov has 2 rows, which differ by 客群 (新客, 老客 …).",
    "c19b_ids_zeros.csv": "28 of 28 ids in 订单编号 were rounded by a spreadsheet program (“4812345678901200000”).",
    "c63.ods": "This is an OpenDocument file (.ods). Save it as .xlsx and import that.",
    "d14_shopday_monthly.csv": "“2026-09” is a total over several days, not one day.",
    "d16_items_2026-11-01_2026-11-28.csv": (
        "The file name says 1 Nov – 28 Nov, but every row is dated 1 Nov: it is probably "
        "a total over 28 days."
    ),
    "e3_item_source.xlsx": "610000000001 (1 Nov) has 3 rows, which differ by 一级来源 (搜索, 推荐 …).",
    "n02_day_wireless_only.csv": "Every row has 终端 = 无线端: the file covers only a part of the shop.",
    "n04_day_weekly.csv": "统计周期 is “自然周”, so a row is not the figures of one day.",
    "n08_day_twice_other_figures.csv": (
        "28 Nov appears in 2 rows with different figures (2,100 and 1,900), and no column explains the "
        "difference. Download the file again."
    ),
    "n13_orders_ids_rounded_19.csv": "12 of 12 ids in 订单编号 were rounded by a spreadsheet program",
}
OTHERS = {
    "b12_two_shops_day.xlsx": "The file contains several shops (甲店, 乙店), but none is called 兰亭女装旗舰店.",
    "d11_two_shops_orders.csv": "The file contains several shops (乙店, 甲店), but none is called 兰亭女装旗舰店.",
    "e6_item_two_shops.xlsx": "The file contains several shops (甲店, 乙店), but none is called 兰亭女装旗舰店.",
}
UNTAUGHT = {
    "b21_reviews.xlsx", "b22_service_20261128.xlsx", "b33_jst_sales.xlsx", "n24_shopify_orders.csv",
    "n25_amazon_business_2026-11-28.csv",
}  # fmt: skip
"""Layouts nobody knows: they are taught, and until then they must not be taken for anything else."""
PAIRS = {"d10_店铺日报.csv", "d10_店铺日报(1).csv"}
"""Two downloads of one table: which counts is tested where files meet."""


def opened(name: str, shop: Shop = LANTING) -> Reading:
    return read(FILES / name, today=SUNDAY, shop=shop)


@pytest.mark.parametrize(("name", "right"), READ.items())
def test_a_file_reads_to_the_right_figures(name: str, right: Right) -> None:
    result = opened(name, right.shop)
    assert result.sheet is not None, said(result)
    assert (result.sheet.id, result.rows) == (right.sheet, right.rows), said(result)
    frame = result.frame
    found: dict[str, Any] = {column: float(frame[column].sum()) for column in right.sums}
    assert found == pytest.approx(right.sums)
    assert [column for column in right.unknown if frame[column].notna().any()] == []
    for sentence in right.told:
        assert sentence in said(result)


@pytest.mark.parametrize(("name", "sentence"), {**REFUSED, **OTHERS}.items())
def test_a_file_that_is_no_such_table_is_refused_with_the_reason(name: str, sentence: str) -> None:
    result = opened(name)
    assert result.refused
    assert result.rows == 0
    assert sentence in said(result)


@pytest.mark.parametrize("name", sorted(UNTAUGHT))
def test_a_layout_nobody_knows_becomes_nothing_else(name: str) -> None:
    assert opened(name).refused


def test_every_file_is_looked_at() -> None:
    names = {path.name for path in FILES.iterdir()}
    assert names == {*READ, *REFUSED, *OTHERS, *UNTAUGHT, *PAIRS}


def test_days_and_hours_are_told_apart_one_by_one() -> None:
    utc = opened("n11_orders_utc.csv").frame
    by_day = utc.groupby(utc["date"].dt.date)["amount"].sum().to_dict()
    assert by_day == {date(2026, 11, 28): 400.0, date(2026, 11, 29): 200.0}
    hours = opened("n10_hours_cumulative.csv").frame
    assert hours["hour"].tolist() == [float(hour) for hour in range(9)]
    assert hours["gmv"].tolist() == [480.0] * 9
    shelves = opened("n19_stock_by_shelf_20261128.csv").frame
    assert dict(zip(shelves["sku"], shelves["on_hand"], strict=True)) == {"8801": 100.0, "8802": 12.0}
    tabs = opened("g1b_店铺来源_2026-11-28.xlsx").frame
    assert dict(zip(tabs["date"].dt.day, tabs["visitors"], strict=True)) == {27: 400.0, 28: 500.0}
    lines = opened("n14_orders_amount_on_every_line.csv").frame
    assert lines["titles"].tolist()[0] == "针织开衫，半身裙，袜子"
