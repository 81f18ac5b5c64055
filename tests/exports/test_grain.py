# ruff: noqa: E501 - the tables are as wide as the files
"""What a row may be filed under: parts, wholes, copies, totals, shops, tabs, ids."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from core.exports import dimensions
from core.exports.kinds.registry import SHEETS
from core.exports.reading.own_rows import same_shop
from core.exports.reading.rounded_ids import rounded
from core.shop.settings import Shop
from tests.exports.files import LANTING, column, csv, reading, said, xlsx

DAY = (
    "统计日期 | 访客数 | 支付金额 | 支付买家数\n2026-11-14 | 100 | 1000 | 10\n2026-11-15 | 200 | 2000 | 20\n"
)


def workbook(path: Path, tabs: dict[str, str], hidden: str = "") -> Path:
    """Write tabs as drawn; the one named ``hidden`` is not shown."""
    book = openpyxl.Workbook()
    del book["Sheet"]
    for name, text in tabs.items():
        page = book.create_sheet(name)
        for line in text.strip("\n").splitlines():
            page.append([cell.strip() for cell in line.split("|")])
        page.sheet_state = "hidden" if name == hidden else "visible"
    book.save(path)
    return path


def test_an_average_rank_is_weighted_by_impressions(tmp_path: Path) -> None:
    result = reading(
        csv(
            tmp_path / "关键词报表.csv",
            """
            日期 | 计划ID | 关键词 | 投放设备 | 展现量 | 点击量 | 花费 | 平均展现排名
            2026-11-15 | 1 | 开衫 | 无线 | 300 | 3 | 3 | 1
            2026-11-15 | 1 | 开衫 | PC | 100 | 1 | 1 | 5
            """,
        )
    )
    assert column(result, "rank") == [2.0]
    assert column(result, "cost") == [4.0]


def test_people_are_never_added(tmp_path: Path) -> None:
    drawn = """
    日期 | 计划ID | 时段 | 花费 | 点击量 | 成交新客数
    2026-11-15 | 1 | 8 | 3 | 3 | 2
    2026-11-15 | 1 | 9 | 4 | 4 | 2
    """
    result = reading(csv(tmp_path / "计划报表.csv", drawn))
    assert column(result, "cost") == [7.0]
    assert column(result, "new_buyers") == [None]
    assert (
        "Rows that differ only in 时段 were added up. 成交新客数 cannot be summed and is left empty."
        in said(result)
    )


def test_a_total_that_says_more_than_the_rows_shows_that_rows_are_missing(tmp_path: Path) -> None:
    drawn = """
    日期 | 计划ID | 计划名字 | 点击量 | 花费
    2026-11-15 | 1 | a | 300 | 270
    2026-11-15 | 2 | b | 400 | 400
    合计 | | | 1000 | 800
    """
    result = reading(csv(tmp_path / "计划报表.csv", drawn))
    assert column(result, "cost") == [270.0, 400.0]
    assert "The file says that 点击量 totals 1,000, but its rows add up to 700: rows are missing." in said(
        result
    )
    assert [problem.level for problem in result.problems if "The file says that" in problem.what] == ["doubt"]
    agrees = csv(tmp_path / "b.csv", drawn.replace("1000", "700").replace("800", "670.5"))
    assert "The file says that" not in said(reading(agrees)), "fen of rounding are no missing rows"


def test_a_total_of_everything_shows_by_its_figures(tmp_path: Path) -> None:
    drawn = """
    日期 | 计划ID | 关键词 | 展现量 | 点击量 | 花费
    2026-11-15 | 1 | 全部 | 30 | 12 | 9
    2026-11-15 | 1 | 开衫 | 10 | 4 | 3
    2026-11-15 | 1 | 毛衣 | 20 | 8 | 6
    """
    result = reading(csv(tmp_path / "关键词报表.csv", drawn))
    assert column(result, "cost") == [3.0, 6.0]
    other = reading(csv(tmp_path / "关键词报表2.csv", drawn.replace("| 9", "| 5")))
    assert other.rows == 3, "a word that happens to be 全部 is a word"


def test_parts_without_their_whole_are_not_passed_over(tmp_path: Path) -> None:
    drawn = """
    统计日期 | 终端 | 访客数 | 支付金额 | 支付买家数
    2026-11-14 | 全部 | 100 | 1000 | 10
    2026-11-15 | 无线端 | 90 | 900 | 9
    2026-11-15 | PC | 20 | 100 | 1
    """
    result = reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    assert result.refused
    assert "15 Nov has 2 rows, which differ by 终端 (无线端, PC …)." in said(result)


def test_a_remark_on_some_days_splits_nothing(tmp_path: Path) -> None:
    drawn = "统计日期 | 活动 | 访客数 | 支付金额 | 支付买家数\n2026-11-14 | | 1 | 2 | 3\n2026-11-15 | 双11返场 | 4 | 5 | 6\n"
    assert column(reading(csv(tmp_path / "店铺整体日报.csv", drawn)), "gmv") == [2.0, 5.0]


def test_an_unknown_column_that_splits_rows_is_named(tmp_path: Path) -> None:
    drawn = """
    统计日期 | 战区 | 访客数 | 支付金额 | 支付买家数
    2026-11-15 | 东 | 1 | 2 | 3
    2026-11-15 | 西 | 4 | 5 | 6
    """
    assert "15 Nov has 2 rows, which differ by 战区 (东, 西 …)." in said(
        reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    )
    same = drawn.replace("4 | 5 | 6", "1 | 2 | 3")
    assert reading(csv(tmp_path / "b.csv", same)).refused, "equal figures of two parts are no copy"


def test_a_few_repeats_in_a_long_file_are_set_aside(tmp_path: Path) -> None:
    rows = "".join(f"2026-11-15,{736500100000 + n},a,{n},{n},{n}\n" for n in range(400))
    text = f"统计日期,商品ID,商品名称,商品访客数,支付金额,支付买家数\n{rows}2026-11-15,736500100007,a,8,9,9\n"
    path = tmp_path / "商品_全部.csv"
    path.write_bytes(text.encode("gb18030"))
    result = reading(path)
    assert result.rows == 399
    assert "736500100007 (15 Nov) appears in several rows with different figures." in said(result)


@pytest.mark.parametrize("turn", [1, -1])
def test_a_copy_of_all_rows_changes_nothing_but_a_note(tmp_path: Path, turn: int) -> None:
    head, *rows = DAY.strip().splitlines()
    once = reading(csv(tmp_path / "a.csv", DAY))
    twice = reading(csv(tmp_path / "b.csv", "\n".join([head, *rows, *rows[::turn]])))
    assert twice.frame.equals(once.frame)
    assert "2 rows appear twice with the same figures; each was counted once." in said(twice)


def test_refunds_and_orders_are_states_of_which_the_last_counts(tmp_path: Path) -> None:
    drawn = """
    退款编号 | 订单编号 | 退款申请时间 | 退款总额 | 退款状态
    1 | 7 | 2026-11-15 10:00:00 | 20 | 买家已经申请退款
    1 | 7 | 2026-11-15 10:00:00 | 20 | 退款成功
    """
    result = reading(csv(tmp_path / "退款单.csv", drawn))
    assert column(result, "status") == ["退款成功"]
    assert "1 row appears again with a newer status; the newest row counts." in said(result)
    split = drawn.replace("20 | 退款成功", "5 | 退款成功")
    assert "1 has 2 rows, which differ by 退款状态" in said(reading(csv(tmp_path / "b.csv", split)))


def test_two_orders_of_two_lines_do_not_show_what_the_amount_is(tmp_path: Path) -> None:
    drawn = """
    订单编号 | 宝贝标题 | 总金额 | 订单创建时间
    1 | 开衫 | 300 | 2026-11-15 10:00:00
    1 | 袜子 | 300 | 2026-11-15 10:00:00
    2 | 裙子 | 90 | 2026-11-15 10:00:00
    """
    assert (
        "It cannot be told whether the amount is per order or per line (only 1 order has several lines)."
    ) in said(reading(csv(tmp_path / "订单.csv", drawn)))


def test_running_totals_that_fall_are_refused(tmp_path: Path) -> None:
    drawn = "日期 | 时段 | 支付金额\n2026-11-15 | 00:00~00:59 | 500\n2026-11-15 | 00:00~01:59 | 400\n"
    assert "The running total of 支付金额 decreases at 01:59." in said(
        reading(csv(tmp_path / "分时.csv", drawn))
    )


def test_hidden_tabs_stay_out_and_a_hidden_table_alone_is_refused(tmp_path: Path) -> None:
    both = workbook(tmp_path / "a.xlsx", {"日报": DAY, "旧": DAY.replace("2000", "9")}, hidden="旧")
    assert column(reading(both), "gmv") == [1000.0, 2000.0]
    only = workbook(
        tmp_path / "b.xlsx", {"看板": "老板看板 |\n支付金额 | 1000\n", "数据": DAY}, hidden="数据"
    )
    assert "Only a hidden worksheet contains a table." in said(reading(only))


def test_tabs_of_one_day_count_once_and_must_not_differ(tmp_path: Path) -> None:
    same = reading(workbook(tmp_path / "a.xlsx", {"甲": DAY, "乙": DAY}))
    assert column(same, "gmv") == [1000.0, 2000.0]
    assert "2 rows appear twice" in said(same)
    other = reading(workbook(tmp_path / "b.xlsx", {"甲": DAY, "乙": DAY.replace("2000", "2001")}))
    assert (
        "The worksheets 甲 and 乙 have different figures for 15 Nov. Keep only one of the two worksheets."
        in said(other)
    )


def test_tabs_named_after_days_and_shops(tmp_path: Path) -> None:
    drawn = "商品ID | 商品名称 | 商品访客数 | 支付金额\n736500100101 | a | 1 | {}\n"
    days = workbook(tmp_path / "商品_2026-11-15.xlsx", {"14": drawn.format(3), "15": drawn.format(4)})
    result = reading(days)
    assert column(result, "date") == ["2026-11-14", "2026-11-15"]
    assert column(result, "gmv") == [3.0, 4.0]
    tabs = {"兰亭女装旗舰店": DAY, "兰亭童装旗舰店": DAY.replace("2000", "7")}
    result = reading(workbook(tmp_path / "shops.xlsx", tabs), LANTING)
    assert column(result, "gmv") == [1000.0, 2000.0]
    assert "The worksheet 兰亭童装旗舰店 is from another shop and was left out." in said(result)


_SHOPS = "统计日期 | 店铺名称 | {head}\n{rows}"
_SPLIT = {
    "shop_day": ("访客数 | 支付金额 | 支付买家数", "1 | 100 | 3"),
    "sources": ("一级来源 | 访客数 | 支付金额", "搜索 | 1 | 100"),
    "items": ("商品ID | 商品名称 | 商品访客数 | 支付金额", "736500100101 | a | 1 | 100"),
    "ads": ("计划ID | 计划名字 | 点击量 | 花费", "1 | a | 2 | 100"),
    "keywords": ("计划ID | 关键词 | 点击量 | 花费", "1 | 开衫 | 2 | 100"),
    "orders": ("订单编号 | 总金额 | 订单创建时间", "{n} | 100 | 2026-11-15 10:00:00"),
    "refunds": (
        "退款编号 | 退款总额 | 退款申请时间 | 退款状态",
        "{n} | 100 | 2026-11-15 10:00:00 | 退款成功",
    ),
    "service": ("客服 | 询单人数 | 销售额", "小禾 | 2 | 100"),
    "stock": ("商品ID | skuId | 数量", "736500100101 | 1 | 100"),
    "search_terms": ("搜索词 | 访客数 | 支付金额", "开衫 | 1 | 100"),
    "hours": ("时段 | 访客数 | 支付金额", "8 | 1 | 100"),
    "reviews": ("评价ID | 评价内容 | 评价时间 | 评分", "{n} | 好 | 2026-11-15 10:00:00 | 100"),
}
_FIGURE = {
    "shop_day": "gmv", "sources": "gmv", "items": "gmv", "ads": "cost", "keywords": "cost", "orders": "amount",
    "refunds": "amount", "service": "amount", "stock": "on_hand", "search_terms": "gmv", "hours": "gmv", "reviews": "stars",
}  # fmt: skip


@pytest.mark.parametrize("sheet", _SPLIT)
def test_of_two_shops_in_one_file_only_ours_counts_in_every_sheet(tmp_path: Path, sheet: str) -> None:
    head, row = _SPLIT[sheet]
    lines = [
        f"2026-11-15 | {name} | {row.format(n=n)}".replace("100", amount)
        for n, (name, amount) in enumerate((("兰亭女装旗舰店", "40"), ("兰亭童装旗舰店", "7")), 1)
    ]
    path = csv(tmp_path / "x.csv", _SHOPS.format(head=head, rows="\n".join(lines)))
    result = reading(path, LANTING)
    assert result.sheet is SHEETS[sheet], said(result)
    assert column(result, _FIGURE[sheet]) == [40.0]
    assert "1 row of another shop (兰亭童装旗舰店) was left out." in said(result)
    refused = reading(path, Shop(name="别家"))
    assert (
        "The file contains several shops (兰亭女装旗舰店, 兰亭童装旗舰店), but none is called 别家."
        in said(refused)
    )


def test_a_shop_goes_by_its_name_and_by_what_shop_toml_adds(tmp_path: Path) -> None:
    assert same_shop("兰亭女装旗舰店", "兰亭女装官方旗舰店")
    assert same_shop("（兰亭 女装）", "兰亭女装店")
    assert not same_shop("兰亭", "兰亭童装旗舰店")
    assert not same_shop("天猫皇莉诗旗舰店", "皇莉诗旗舰店")
    drawn = "统计日期 | 店铺ID | 访客数 | 支付金额 | 支付买家数\n2026-11-15 | 10020 | 1 | 2 | 3\n"
    first = reading(csv(tmp_path / "a.csv", drawn), LANTING)
    assert "From now on, shop id 10020 is taken to be this shop." in said(first)
    assert first.shop_id == "10020"
    two = csv(tmp_path / "b.csv", f"{drawn}2026-11-15 | 77 | 4 | 5 | 6\n")
    assert "The file contains several shops (10020, 77)" in said(reading(two, LANTING))
    assert column(reading(two, Shop(name="兰亭", shop_ids=("77",))), "gmv") == [5.0]
    line = csv(tmp_path / "c.csv", f"店铺：别家女装旗舰店\n{DAY}")
    assert "The file is from the shop “别家女装旗舰店”" in said(reading(line, LANTING))


def test_how_many_ids_with_zeros_are_no_chance() -> None:
    assert rounded(["4812345678901200000", "4812345678901300000"]).certain, (
        "two of two: one in a hundred million"
    )
    assert not rounded(["4812345678901200000"]).certain
    assert rounded(["4812345678901200000"]).many
    sixteen = [f"481234567890{n}230" for n in range(5)]
    assert rounded(sixteen).many
    assert not rounded(sixteen).certain
    assert rounded([*sixteen, "4812345678909230"]).certain
    assert not rounded([f"48123456789{n:05d}" for n in range(40)]).many


def test_stock_with_one_warehouse_says_what_it_is(tmp_path: Path) -> None:
    drawn = "仓库 | 商品ID | skuId | 数量\n杭州仓 | 736500100101 | 1 | 4\n"
    result = reading(csv(tmp_path / "库存_2026-11-15.csv", drawn))
    assert column(result, "on_hand") == [4.0]
    assert [problem.level for problem in result.problems if "杭州仓" in problem.what] == ["doubt"]


def test_a_column_of_two_currencies_is_refused(tmp_path: Path) -> None:
    drawn = "统计日期 | 币种 | 访客数 | 支付金额 | 支付买家数\n2026-11-14 | CNY | 1 | 2 | 3\n2026-11-15 | USD | 1 | 2 | 3\n"
    assert "币种 has several values (CNY, USD …), and such amounts cannot be added up." in said(
        reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    )


def test_negative_amounts_in_brackets_are_numbers(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "店铺整体日报.xlsx",
        [
            ["统计日期", "访客数", "支付金额", "支付买家数"],
            ["2026-11-14", 1, "(2.00)", 3],
            ["2026-11-15", 1, 4, 3],
        ],
    )
    assert "“(2.00)” is not a possible value here." in said(reading(path))


_VERDICTS = {
    # dimension: by sheet, in the order below; "." for ignore
    "terminal": "refuse refuse refuse sum sum . . refuse refuse refuse refuse .",
    "region": "refuse refuse refuse sum sum . . refuse refuse refuse refuse .",
    "crowd": "refuse refuse refuse refuse refuse . . refuse refuse refuse refuse .",
    "brand": "refuse refuse . . . . . refuse . refuse refuse .",
    "slot": "refuse refuse refuse sum sum . . refuse refuse refuse refuse .",
    "live": "refuse refuse refuse refuse refuse . . refuse refuse refuse refuse .",
    "warehouse": "refuse refuse refuse refuse refuse . . refuse sum refuse refuse .",
    "quality": "refuse refuse refuse refuse refuse . . refuse sound refuse refuse .",
    "metric": "refuse refuse refuse refuse refuse . . refuse refuse refuse refuse .",
    "platform": ". . . . . . . . . . . .",
    "period": " ".join(["period"] * 12),
    "shop": " ".join(["own"] * 12),
    "currency": " ".join(["one"] * 12),
}
_HEADERS = {
    "terminal": "终端", "region": "省份", "crowd": "人群", "brand": "品牌", "slot": "资源位", "live": "直播间",
    "warehouse": "仓库", "quality": "品质", "metric": "口径", "platform": "站点", "period": "统计周期", "shop": "店铺",
    "currency": "币种",
}  # fmt: skip


@pytest.mark.parametrize("dimension", _VERDICTS)
def test_what_a_dimension_means_for_each_sheet(dimension: str) -> None:
    sheets = ("shop_day", "sources", "items", "ads", "keywords", "orders", "refunds", "service", "stock", "search_terms", "hours", "reviews")  # fmt: skip
    assert dimensions.dimension_of(_HEADERS[dimension]) == dimension
    found = [dimensions.verdict(SHEETS[sheet], _HEADERS[dimension], frozenset()) for sheet in sheets]
    expected = ["ignore" if one == "." else one for one in _VERDICTS[dimension].split()]
    assert found == expected


def test_several_columns_of_wholes_are_taken_one_after_the_other(tmp_path: Path) -> None:
    drawn = """
    统计日期 | 店铺 | 渠道 | 终端 | 访客数 | 支付金额 | 支付买家数
    2026-11-15 | 兰亭女装旗舰店 | 全部 | 全部 | 9 | 90 | 3
    2026-11-15 | 兰亭女装旗舰店 | 全部 | 无线端 | 8 | 80 | 2
    2026-11-15 | 兰亭女装旗舰店 | 搜索 | 全部 | 4 | 40 | 1
    2026-11-15 | 兰亭女装旗舰店 | 搜索 | 无线端 | 3 | 30 | 1
    2026-11-15 | 兰亭童装旗舰店 | 全部 | 全部 | 7 | 70 | 1
    """
    result = reading(csv(tmp_path / "店铺整体日报.csv", drawn), LANTING)
    assert column(result, "gmv") == [90.0]
    assert said(result).count("were used; the other rows are parts of them.") == 2


def test_an_offset_that_no_clock_knows_is_one_bad_row(tmp_path: Path) -> None:
    drawn = (
        "订单编号 | 总金额 | 订单创建时间\n1 | 2 | 2026-11-15 10:00:00\n2 | 3 | 2026-11-15 10:00:00+99:99\n"
    )
    result = reading(csv(tmp_path / "o.csv", drawn))
    assert column(result, "order") == ["1"]
    assert [problem.row for problem in result.problems if problem.level == "row"] == [3]


def test_a_tab_with_another_table_is_named(tmp_path: Path) -> None:
    items = "统计日期 | 商品ID | 商品名称 | 商品访客数 | 支付金额\n2026-11-15 | 736500100101 | a | 1 | 2\n"
    result = reading(workbook(tmp_path / "a.xlsx", {"日报": DAY, "商品": items, "说明": "口径 | 见后台\n"}))
    assert result.sheet is SHEETS["items"] or result.sheet is SHEETS["shop_day"]
    left = "商品" if result.sheet is SHEETS["shop_day"] else "日报"
    assert f"The worksheet {left} contains another table and was not read." in said(result)


def test_a_table_with_its_days_across_is_read_by_column(tmp_path: Path) -> None:
    drawn = """
    指标 | 2026-11-13 | 2026-11-14 | 2026-11-15
    访客数 | 100 | 200 | 300
    支付金额 | 1,000 | 2,000 | -
    支付买家数 | 10 | 20 | 30
    """
    for file in (
        csv(tmp_path / "a.csv", drawn),
        workbook(tmp_path / "a.xlsx", {"日报": drawn.replace("    ", "")}),
    ):
        result = reading(file)
        assert result.sheet is SHEETS["shop_day"], said(result)
        assert column(result, "date") == ["2026-11-13", "2026-11-14", "2026-11-15"]
        assert column(result, "gmv") == [1000.0, 2000.0, None]
        assert "The table has its days in columns instead of rows; it was read that way." in said(result)
