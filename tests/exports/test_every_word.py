"""Every word the platforms write for a value of ours: none of a list is left to chance."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from core.exports import cells
from core.exports.kinds.ads import PARTITIONS
from core.exports.kinds.orders import province
from core.exports.kinds.reviews import mood
from core.exports.kinds.sources import current_name
from core.exports.reading.filenames import NameDates, dates_in
from core.exports.reading.headings import factor_of
from core.exports.reading.layout_checks import KINDS
from core.exports.reading.own_rows import is_ours, is_shop_name
from core.exports.sheet import Column, Kind
from tests.exports.files import LANTING, reading

MISSING = """
- -- --- — —— – / nan NaN null NULL none nil \\N n/a #N/A #DIV/0! 延迟统计 0000-00-00
暂无 暂无数据 无退款申请 无数据
"""
TOTALS = """
总计 合计 汇总 小计 共计 总和 平均值 平均 汇总值 全店汇总值 全店平均值 全店汇总
同行同层优秀 同行同层均值 同行均值 同行优秀 total Total sum
本月合计 本周合计 本日合计 本年合计 当月合计 当周合计 当日合计 当年合计 全合计 全店合计 全部合计
分类合计 分组小计 累计 总量 合计值 合计数 合计: GrandTotal overall 均值 日均 周均 月均 average
"""
PROVINCES = """
北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北
湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 内蒙古 广西 西藏 宁夏 新疆 香港 澳门
"""


@pytest.mark.parametrize("word", [*MISSING.split(), "", " ", "0000-00-00 00:00:00"])
def test_no_figure(word: str) -> None:
    assert cells.is_missing(word)
    assert cells.moment(word) is None


@pytest.mark.parametrize("word", TOTALS.split())
def test_a_totals_row(word: str) -> None:
    assert cells.is_total(word)


@pytest.mark.parametrize(
    ("word", "summed"),
    [
        ("合计", True),
        ("本月总计:", True),
        ("累计", True),
        ("日均", False),
        ("全店平均值", False),
        ("开衫", False),
    ],
)
def test_an_average_is_no_sum(word: str, *, summed: bool) -> None:
    assert cells.is_sum(word) is summed


@pytest.mark.parametrize("word", PROVINCES.split())
def test_a_province(word: str) -> None:
    assert province(f"{word}省 某某市 某某路 1 号") == word
    assert province(f"中国 {word}某某市") == word


@pytest.mark.parametrize(
    ("address", "found"),
    [("新立省 某市", "新立"), ("某市", ""), ("很长很长很长的一省 某市", ""), ("", ""), ("省 某", "")],
)
def test_an_address_of_no_known_province(address: str, found: str) -> None:
    assert province(address) == found


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("11", "positive"), ("12", "neutral"), ("13", "negative"), ("正面评价", "positive"),
        ("正", "positive"),
        ("中性", "neutral"), ("中评", "neutral"), ("负面", "negative"), ("差评", "negative"),
        ("好评", "positive"), ("14", ""), ("", ""), ("不知道", ""),
    ],
)  # fmt: skip
def test_a_mood(word: str, found: str) -> None:
    assert mood(word) == found


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("直通车", "关键词推广"), ("引力魔方", "精准人群推广"), ("钻石展位", "精准人群推广"),
        ("超级推荐", "精准人群推广"), ("万相台", "智能场景"), ("关键词推广(原直通车)", "关键词推广"),
        ("手淘搜索", "手淘搜索"), ("直通车（原竞价）", "关键词推广"),
    ],
)  # fmt: skip
def test_a_source_under_its_name_of_today(then: str, now: str) -> None:
    assert current_name(then) == now


@pytest.mark.parametrize(
    ("kind", "unit", "factor"),
    [
        ("money", "分", 0.01), ("money", "单位:分", 0.01), ("money", "万元", 10_000.0),
        ("seconds", "分钟", 60.0),
        ("money", "元", 1.0), ("money", "", 1.0), ("count", "分", 1.0), ("ratio", "分", 1.0),
    ],
)  # fmt: skip
def test_the_unit_in_a_header(kind: Kind, unit: str, factor: float) -> None:
    assert factor_of(Column("x", kind, "花费"), unit) == factor


@pytest.mark.parametrize(
    "name", ["本店", "我的店铺", "我的店", "本店铺", "兰亭女装旗舰店", "兰亭女装 官方旗舰店"]
)
def test_our_own_shop(name: str) -> None:
    assert is_ours(name, LANTING)
    assert is_ours(name.replace("女", "男"), LANTING) is ("女" not in name)


@pytest.mark.parametrize(
    ("name", "certain"),
    [("某旗舰店", True), ("某专卖店", True), ("某专营店", True), ("某小店", False), ("旗舰店铺", False)],
)
def test_a_name_that_is_certainly_a_shops(name: str, *, certain: bool) -> None:
    assert is_shop_name(name) is certain


def test_what_splits_a_plans_day() -> None:
    assert PARTITIONS == (
        "hour", "terminal", "slot", "region", "match", "unit", "scene",
        "原二级场景ID", "原二级场景名字", "流量来源",
    )  # fmt: skip


def test_every_kind_of_column_has_a_name() -> None:
    assert KINDS == {
        "id": "ids", "text": "texts", "date": "days", "time": "times", "hour": "hours", "money": "amounts",
        "count": "whole numbers", "rate": "rates", "ratio": "ratios", "seconds": "durations",
        "range": "ranges", "flag": "yes or no",
    }  # fmt: skip


DAY, NEXT = date(2026, 6, 18), date(2026, 6, 19)


@pytest.mark.parametrize(
    ("name", "dates"),
    [
        ("商品_2026-06-18_2026-06-18.xls", NameDates(DAY, DAY, spanned=True)),
        ("商品2026-06-18~2026-06-19.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品2026年6月18日至2026年6月19日.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品2026.6.18到2026.6.19.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品20260618--20260619.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品2026-06-18 - 2026-06-19.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品20260618-20260619.xls", NameDates(DAY, NEXT, spanned=True)),
        ("商品2026-06-19_2026-06-18.xls", NameDates(NEXT, NEXT)),
        ("报表_20260619_110309.csv", NameDates(NEXT, NEXT, downloaded=True)),
        ("报表_20260619-1103.csv", NameDates(NEXT, NEXT, downloaded=True)),
        ("报表202606191103.csv", NameDates(NEXT, NEXT, downloaded=True)),
        ("报表 2026-06-19 3.csv", NameDates(NEXT, NEXT)),
        ("报表_20261399_20260619.csv", NameDates(NEXT, NEXT)),
        ("报表.csv", NameDates()),
    ],
)
def test_the_days_in_a_files_name(name: str, dates: NameDates) -> None:
    assert dates_in(name) == dates
    assert dates.day == (dates.first if dates.first == dates.last and not dates.downloaded else None)
    assert dates.many is (dates.first != dates.last)


BEGINNINGS = {
    "PDF": b"%PDF-1.7", "RAR": b"Rar!\x1a\x07", "7z": b"7z\xbc\xaf\x27\x1c", "gzip": gzip.compress(b"a,b"),
    "PNG": b"\x89PNG\r\n", "JPEG": b"\xff\xd8\xff\xe0", "GIF": b"GIF89a", "SQLite": b"SQLite format 3\0",
    "ELF": b"\x7fELF\x02", "EXE": b"MZ\x90\x00",
}  # fmt: skip


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_a_file_of_another_kind_is_called_by_its_name(kind: str, tmp_path: Path) -> None:
    file = tmp_path / "报表.csv"
    file.write_bytes(BEGINNINGS[kind] + bytes(range(256)))
    (problem,) = reading(file).problems
    assert (problem.level, kind in problem.what) == ("refused", True)


@pytest.mark.parametrize("ending", [".part", ".crdownload", ".download", ".tmp", ".filepart", ".CRDOWNLOAD"])
def test_a_file_that_is_still_being_written_is_left_alone(ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"报表.csv{ending}"
    file.write_text("日期,访客数\n2026-06-18,1\n", encoding="utf-8")
    (problem,) = reading(file).problems
    assert problem.what == "The browser has not finished downloading this file. Wait, or download it again."
