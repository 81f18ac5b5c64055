from __future__ import annotations

from datetime import date

import pytest

from core.exports.header_keys import key_of
from core.exports.kinds.items import Items
from core.exports.kinds.registry import SHEETS
from core.exports.kinds.service import Service
from core.exports.kinds.stock import Stock
from core.exports.reading.filenames import dates_in
from core.exports.reading.headings import columns_of, find_heading, known_keys


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("【生意参谋平台】商品_全部_2026-06-18_2026-06-18.xls", date(2026, 6, 18)),
        ("自制报表-报表查看-客服绩效_20260809_20260809_全部.xlsx", date(2026, 8, 9)),
        ("【生意参谋】选词助手-引流搜索词-店外-无线-20260811.xls", date(2026, 8, 11)),
        ("关键词报表_20260803.csv", date(2026, 8, 3)),
        ("商品报表_20260619_110309.csv", None),
        ("ExportOrderList201905151650.csv", None),
        ("【生意参谋平台】商品_全部_2026-06-01_2026-06-30.xls", None),
        ("商品报表20260803至20260809.csv", None),
        ("736500100101.xls", None),
    ],
)
def test_the_day_in_a_file_name(name: str, day: date | None) -> None:
    assert dates_in(name).day == day


def test_a_span_and_a_download_are_told_apart() -> None:
    assert dates_in("商品报表20260803至20260809.csv").many
    assert dates_in("商品报表_20260619_110309.csv").downloaded


def test_headers_are_compared_without_width_spaces_and_case() -> None:
    assert key_of("首次响应时长（秒)") == key_of("首次响应时长(秒）")
    assert key_of("收货地址 ") == key_of("收货地址\t") == key_of("\ufeff收货地址")
    assert key_of("UV价值") == key_of("uv价值")
    assert key_of("词 ID/词包ID") == key_of("词ID/词包ID")


@pytest.mark.parametrize("preamble", [0, 2, 3, 4, 5, 7, 20])
def test_the_header_is_found_wherever_it_stands(preamble: int) -> None:
    top = [["数据说明：以下数据为您所选时间周期的相关指标"]] * preamble
    top += [["统计日期", "商品ID", "商品访客数"], ["2026-11-15", "736500100101", "6,069"]]
    heading = find_heading(top, known_keys(SHEETS.values()))
    assert heading is not None
    assert (heading.row, heading.body) == (preamble, preamble + 1)


def test_a_second_line_of_headers_is_no_row() -> None:
    top = [
        ["统计日期", "商品ID", "商品访客数"],
        ["", "编号", "人数"],
        ["2026-11-15", "736500100101", "6,069"],
    ]
    heading = find_heading(top, known_keys([Items]))
    assert heading is not None
    assert heading.body == 2


def test_money_in_fen_is_known_by_its_header() -> None:
    found = columns_of(SHEETS["ads"], ["日期", "商品id", "花费(分)", "总成交金额(分)", "点击量"])
    assert found["cost"].factor == found["gmv"].factor == 0.01
    assert found["clicks"].factor == 1


def test_the_second_of_two_equal_headers() -> None:
    headers = ["商品Id", "商家编码", "发货时间", "skuId", "数量", "商家编码"]
    assert columns_of(Stock, headers)["art_no"].at == 5
    assert columns_of(Stock, headers[:5])["art_no"].at == 1


def test_units_in_brackets_do_not_hide_a_column() -> None:
    found = columns_of(Service, ["旺旺昵称", "询单人数", "首次响应时长（秒)", "平均响应时长(分钟)"])
    assert found["first_response_s"].factor == 1
    assert found["average_response_s"].factor == 60
