"""Files that look right and are not: totals without a label, merged cells, two columns of one name, packs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from core.exports.reading.reader import read
from core.exports.reading.result import Reading
from tests.exports.files import LANTING, column, csv, said

SUNDAY = date(2026, 11, 29)
HEAD = "统计日期 | 访客数 | 支付金额 | 支付买家数"
DAYS = "2026-11-27 | 100 | 1000 | 10\n2026-11-28 | 200 | 2000 | 20"


def book(path: Path, rows: Sequence[Sequence[object]], *, hidden: tuple[int, ...] = ()) -> Path:
    made = openpyxl.Workbook()
    page = made.worksheets[0]
    for row in rows:
        page.append(list(row))
    for number in hidden:
        page.row_dimensions[number].hidden = True
    made.save(path)
    return path


def opened(path: Path) -> Reading:
    return read(path, today=SUNDAY, shop=LANTING)


@pytest.mark.parametrize("total", [" | 全部计划", " | ", "- | 账户"])
def test_a_total_whose_plan_is_blank_is_left_out(tmp_path: Path, total: str) -> None:
    drawn = "日期 | 计划ID | 计划名字 | 展现量 | 点击量 | 花费\n"
    rows = "2026-11-28 | 1 | a | 50 | 1 | 10.10\n2026-11-28 | 2 | b | 70 | 2 | 20.20\n"
    result = opened(csv(tmp_path / "计划报表.csv", f"{drawn}{rows}2026-11-28 | {total} | 120 | 3 | 30.30\n"))
    assert column(result, "cost") == [10.1, 20.2]
    assert "1 row is the sum of all others and was left out" in said(result)
    other = opened(csv(tmp_path / "b.csv", f"{drawn}{rows}2026-11-28 | {total} | 121 | 3 | 30.30\n"))
    assert other.rows == 3, "figures that are no sum are those of ads without a plan"


def test_a_subtotal_of_each_plan_is_left_out(tmp_path: Path) -> None:
    rows = "".join(
        f"2026-11-28 | {plan} | p | {item} | {9 * n} | {n} | {3 * n}\n"
        for plan in (1, 2)
        for item, n in (("", 30 * plan), ("610000000001", 10 * plan), ("610000000002", 20 * plan))
    )
    head = "日期 | 计划ID | 计划名字 | 主体ID | 展现量 | 点击量 | 花费\n"
    result = opened(csv(tmp_path / "商品报表.csv", head + rows))
    assert column(result, "clicks") == [10.0, 20.0, 20.0, 40.0]


@pytest.mark.parametrize("label", ["本页合计", "11月合计", "12月份小计", "以上合计:", "店铺汇总"])
def test_totals_of_a_page_or_a_month_are_totals(tmp_path: Path, label: str) -> None:
    result = opened(csv(tmp_path / "日报.csv", f"{HEAD}\n{DAYS}\n{label} | 300 | 3000 | 30\n"))
    assert column(result, "gmv") == [1000.0, 2000.0]
    assert f"1 row of totals ({label}) was left out" in said(result)


@pytest.mark.parametrize("team", ["客服汇总", "团队", "全部客服", "团队合计"])
def test_the_team_is_no_agent(tmp_path: Path, team: str) -> None:
    drawn = f"旺旺昵称 | 询单人数 | 销售额\n小禾 | 10 | 100\n小麦 | 20 | 200\n{team} | 30 | 300\n"
    result = opened(csv(tmp_path / "客服绩效_20261128.csv", drawn))
    assert dict(zip(column(result, "agent"), column(result, "benchmark"), strict=True)) == {
        "小禾": False, "小麦": False, team: True,
    }  # fmt: skip


def test_two_columns_of_one_header_are_told_where_they_differ(tmp_path: Path) -> None:
    head = "统计日期 | 访客数 | 支付金额 | 支付金额 | 支付买家数"
    other = opened(csv(tmp_path / "a.csv", f"{head}\n2026-11-28 | 200 | 6 | 2000 | 20\n"))
    assert (
        "支付金额 appears in two columns with different figures (6 and 2,000): which one counts cannot be"
        in said(other)
    )
    same = opened(csv(tmp_path / "b.csv", f"{head}\n2026-11-28 | 200 | 2000 | 2,000.00 | 20\n"))
    assert column(same, "gmv") == [2000.0]
    periods: list[list[object]] = [
        ["统计日期", "上期", None, "本期", None],
        [None, *["支付金额", "访客数"] * 2],
        ["2026-11-28", 1, 2, 3, 4],
    ]
    assert "appears in two columns" in said(opened(book(tmp_path / "c.xlsx", periods)))


def test_a_shop_named_once_in_merged_cells_is_that_of_the_rows_below(tmp_path: Path) -> None:
    head: list[object] = ["店铺名称", *HEAD.split(" | ")]
    ours: list[list[object]] = [
        ["兰亭女装旗舰店", "2026-11-25", 100, 1000, 10],
        [None, "2026-11-26", 200, 2000, 20],
    ]
    theirs: list[list[object]] = [["云裳旗舰店", "2026-11-27", 9, 90, 9], [None, "2026-11-28", 9, 90, 9]]
    result = opened(book(tmp_path / "a.xlsx", [head, *ours, *theirs]))
    assert column(result, "gmv") == [1000.0, 2000.0]
    again: list[list[object]] = [head, *ours, *theirs, ["兰亭女装旗舰店", "2026-11-24", 1, 1, 1]]
    unsure = opened(book(tmp_path / "b.xlsx", again))
    assert "店铺名称 is empty in 2 rows, and the file is about several shops" in said(unsure)


@pytest.mark.parametrize(
    ("dated", "sentence"),
    [
        ("", "The figures are totals over several days, and there is no date column."),
        ("2026-11-28 | ", "every row is dated 28 Nov: it is probably a total over 28 days."),
    ],
)
def test_a_period_above_the_table_makes_its_rows_sums(tmp_path: Path, dated: str, sentence: str) -> None:
    head = f"{'统计日期 | ' if dated else ''}商品ID | 商品名称 | 商品访客数 | 支付金额"
    drawn = f"统计时间：2026-11-01 至 2026-11-28\n{head}\n{dated}610000000001 | a | 1 | 10\n"
    result = opened(csv(tmp_path / "商品_全部_20261128.csv", drawn))
    assert result.refused
    assert sentence in said(result)


def test_rows_a_week_or_a_month_apart_are_no_days(tmp_path: Path) -> None:
    weeks = "\n".join(f"2026-11-{day:02} | 700 | 7000 | 70" for day in (1, 8, 15, 22))
    months = "\n".join(f"2026-{month:02}-01 | 700 | 7000 | 70" for month in (8, 9, 10, 11))
    for rows in (weeks, months):
        assert "are all a week or a month apart" in said(opened(csv(tmp_path / "a.csv", f"{HEAD}\n{rows}")))


def test_packs_and_damaged_goods_are_no_pieces_to_sell(tmp_path: Path) -> None:
    drawn = "商品ID | 商品名称 | {} | 数量\n610000000001 | a | {} | 10\n610000000001 | a | {} | 20\n"
    sound = opened(csv(tmp_path / "库存_20261128.csv", drawn.format("仓库", "主仓", "残次仓")))
    assert column(sound, "on_hand") == [10.0]
    assert "1 row of damaged goods (20 pieces) was left out." in said(sound)
    packs = csv(tmp_path / "库存_20261128b.csv", "商品ID | 单位 | 数量\n610000000001 | 箱 | 5\n")
    assert [one.level for one in opened(packs).problems if "count packs" in one.what] == ["doubt"]


def test_rows_that_a_filter_hides_are_counted_and_told(tmp_path: Path) -> None:
    rows: list[list[object]] = [[*line.split(" | ")] for line in (HEAD, *DAYS.splitlines())]
    result = opened(book(tmp_path / "a.xlsx", rows, hidden=(2,)))
    assert column(result, "gmv") == [1000.0, 2000.0]
    assert "1 row is hidden in the file, by a filter or by hand; it is counted too." in said(result)


@pytest.mark.parametrize("mark", ["内部订单号", "线上订单号", "付款日期"])
def test_a_list_of_sold_goods_is_no_stock_list(tmp_path: Path, mark: str) -> None:
    drawn = (
        f"商品编码 | 商品名称 | 颜色规格 | 数量 | 成本价 | {mark}\nLT-1 | 开衫 | 米 | 2 | 58 | 2026-11-28\n"
    )
    assert opened(csv(tmp_path / "订单商品明细_20261128.csv", drawn)).refused


def test_another_currency_is_told(tmp_path: Path) -> None:
    drawn = f"币种 | {HEAD}\nUSD | 2026-11-28 | 200 | 2000 | 20\n"
    assert "币种 says USD, and amounts are shown in ¥." in said(opened(csv(tmp_path / "a.csv", drawn)))
    dollars = LANTING._replace(currency="$")
    assert "币种" not in said(read(csv(tmp_path / "b.csv", drawn), today=SUNDAY, shop=dollars))
    assert "币种" not in said(opened(csv(tmp_path / "c.csv", drawn.replace("USD", "人民币"))))


@pytest.mark.parametrize(
    ("above", "sentence"),
    [
        ("店铺名称 | 云裳旗舰店", "The file is from the shop “云裳旗舰店”"),
        ("卖家：云裳旗舰店 导出时间：2026-11-29", "The file is from the shop “云裳旗舰店”"),
        ("终端：无线端", "The lines above the table say 终端 = 无线端: this is a part of the shop."),
        ("统计日期 2026-11-28 渠道：手淘搜索", "say 渠道 = 手淘搜索: this is a part of the shop."),
    ],
)
def test_lines_above_the_table_are_about_all_its_rows(tmp_path: Path, above: str, sentence: str) -> None:
    assert sentence in said(opened(csv(tmp_path / "a.csv", f"{above}\n{HEAD}\n{DAYS}\n")))
    whole = opened(csv(tmp_path / "b.csv", f"终端：全部 店铺：兰亭女装旗舰店\n{HEAD}\n{DAYS}\n"))
    assert column(whole, "gmv") == [1000.0, 2000.0]


@pytest.mark.parametrize("line", ["店铺：云裳旗舰店", "云裳旗舰店"])
def test_a_second_shops_table_below_is_not_added(tmp_path: Path, line: str) -> None:
    first, second = DAYS.split("\n")
    drawn = f"{HEAD}\n{first}\n{line}\n{HEAD}\n{second}\n"
    assert "Further down in the file is another table, which is of the shop “云裳旗舰店”." in said(
        opened(csv(tmp_path / "a.csv", drawn))
    )


def test_another_shops_name_in_the_files_name_is_a_doubt(tmp_path: Path) -> None:
    other = opened(csv(tmp_path / "云裳旗舰店_店铺日报.csv", f"{HEAD}\n{DAYS}\n"))
    assert [one.level for one in other.problems if "云裳旗舰店" in one.what] == ["doubt"]
    ours = opened(csv(tmp_path / "兰亭女装旗舰店_店铺日报.csv", f"{HEAD}\n{DAYS}\n"))
    assert "name says" not in said(ours)


def test_days_in_a_column_nobody_knows_are_not_all_the_day_of_the_name(tmp_path: Path) -> None:
    drawn = "数据日期 | 商品ID | 商品名称 | 商品访客数 | 支付金额\n"
    rows = "2026-11-27 | 610000000001 | a | 1 | 10\n2026-11-28 | 610000000002 | b | 2 | 20\n"
    result = opened(csv(tmp_path / "商品_全部_2026-11-28.csv", drawn + rows))
    assert (
        "数据日期 contains dates (2026-11-27, 2026-11-28 …), but shopday does not know this header as a date "
        "column." in said(result)
    )
