# ruff: noqa: E501 - the tables are as wide as the files
from __future__ import annotations

import io
from pathlib import Path

import pytest

from core.exports.reading.reader import read
from core.shop.settings import Shop
from tests.exports.files import LANTING, TODAY, column, csv, raw, reading, said, xls, xlsx, zipped

ITEMS_DAY = """
下载数据最多5000条，超出部分会被截断！
收藏网址：d.alibaba.com，让数据帮您生意参谋！点此进入>>


统计日期   | 商品ID       | 商品名称 | 商品访客数 | 平均停留时长 | 商品详情页跳出率 | 支付件数 | 支付金额  | 支付买家数
2026-11-15 | 736500100101 | 开衫     | 6,069      | 8.38         | 89.45%           | 320      | 12,186.70 | 295
20261115   | 736500100102 | 牛仔裤   | 0          | -            | 0.00%            | 0        | 0.00      | 0
2026-11-15 | -            | 已删除   | 12         | 1.00         | 1.00%            | 0        | 0.00      | 0
"""


def test_an_item_ranking_comes_in_whole(tmp_path: Path) -> None:
    result = reading(xls(tmp_path / "【生意参谋平台】商品_全部_2026-11-15_2026-11-15.xls", 商品=ITEMS_DAY))
    assert result.sheet is not None
    assert result.sheet.id == "items"
    assert column(result, "item") == ["736500100101", "736500100102"]
    assert column(result, "gmv") == [12186.70, 0.0]
    assert column(result, "bounce_rate") == [pytest.approx(0.8945), 0.0]
    assert column(result, "date") == ["2026-11-15", "2026-11-15"]


def test_missing_is_never_zero_and_zero_is_never_missing(tmp_path: Path) -> None:
    result = reading(xls(tmp_path / "商品_全部.xls", 商品=ITEMS_DAY))
    assert column(result, "seconds") == [8.38, None]
    assert column(result, "visitors") == [6069.0, 0.0]
    assert column(result, "cart_buyers") == [None, None], "a column that is not in the file is missing, not 0"


def test_a_row_about_no_item_is_left_out_and_said(tmp_path: Path) -> None:
    result = reading(xls(tmp_path / "商品_全部.xls", 商品=ITEMS_DAY))
    assert "1 row without 商品ID was left out." in said(result)


def test_a_shifted_row_is_set_aside_with_its_number(tmp_path: Path) -> None:
    shifted = ITEMS_DAY + "2026-11-15 | 736500100103 | 裙 | 100 | 92.96% | 9 | 8 | 7 | 6\n"
    result = reading(xls(tmp_path / "商品_全部.xls", 商品=shifted))
    assert len(result.frame) == 2
    bad = next(problem for problem in result.problems if problem.level == "row")
    assert (bad.row, bad.column) == (9, "平均停留时长")
    assert "92.96%" in bad.what


def test_the_same_table_in_every_container_reads_the_same(tmp_path: Path) -> None:
    drawn = "日期 | 计划ID | 计划名字 | 展现量 | 点击量 | 花费 | 总成交金额 | 总成交笔数\n"
    drawn += "2026-11-15 | 82520659557 | 外套 | 235 | 18 | 81.91 | 200 | 2\n"
    gbk = csv(tmp_path / "gbk.csv", drawn)
    rows = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    page = f'<html><meta charset="gb18030"><table>{cells}</table></html>'
    files = [
        gbk,
        csv(tmp_path / "utf8.csv", drawn, "utf-8"),
        csv(tmp_path / "bom.csv", drawn, "utf-8-sig"),
        raw(tmp_path / "wide.csv", drawn.replace(" | ", "\t").encode("utf-16")),
        raw(tmp_path / "tabs.txt", drawn.replace(" | ", "\t").encode("gb18030")),
        xls(tmp_path / "true.xls", 计划=drawn),
        xlsx(tmp_path / "true.xlsx", rows),
        raw(tmp_path / "xlsx_inside.xls", (tmp_path / "true.xlsx").read_bytes()),
        raw(tmp_path / "page.xls", page.encode("gb18030")),
        zipped(tmp_path / "packed.zip", plan__csv=gbk.read_bytes()),
        zipped(tmp_path / "packed_xlsx.zip", plan__xlsx=(tmp_path / "true.xlsx").read_bytes()),
    ]
    frames = [reading(file).frame for file in files]
    for file, frame in zip(files, frames, strict=True):
        assert frame.equals(frames[0]), file.name
    assert frames[0]["plan"].tolist() == ["外套"]
    assert frames[0]["cost"].tolist() == [81.91]


def test_a_real_zip_has_its_name_in_gbk(tmp_path: Path) -> None:
    inside = csv(tmp_path / "x.csv", "日期 | 计划ID | 花费 | 点击量\n2026-11-15 | 1 | 2 | 3\n").read_bytes()
    name = "计划报表_20261116.csv".encode("gbk")
    packed = zipped(tmp_path / "ascii.zip", **{"~" * len(name): inside}).read_bytes()
    result = reading(raw(tmp_path / "p.zip", packed.replace(b"~" * len(name), name)))
    assert result.rows == 1


def test_totals_rows_are_left_out_and_counted(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "计划报表.csv",
        """
        日期       | 计划ID | 计划名字 | 点击量 | 花费
        总计       |        |          | 30     | 3
        2026-11-14 | 11     | a        | 10     | 1
        2026-11-15 | 11     | a        | 20     | 2
        合计       |        |          | 30     | 3
        """,
    )
    result = reading(file)
    assert column(result, "cost") == [1.0, 2.0]
    assert "row of totals (总计) was left out" in said(result)
    assert "row of totals (合计) was left out" in said(result)


def test_old_money_in_fen_meets_new_money_in_yuan(tmp_path: Path) -> None:
    old = csv(
        tmp_path / "直通车.csv",
        """
        日期       | 推广计划名称 | 宝贝名称 | 商品id       | 搜索类型 | 流量来源 | 展现量 | 点击量 | 花费(分) | 总成交金额(分)
        2019-08-11 | 爆款         | 开衫     | 736500100101 | 搜索     | 站内     | 100    | 10     | 1234     | 50000
        2019-08-11 | 爆款         | 开衫     | 736500100101 | 定向     | 站外     | 200    | 20     | 2000     | 10000
        """,
    )
    result = reading(old)
    assert column(result, "cost") == [pytest.approx(32.34)], "rows of a finer grain are added up"
    assert column(result, "gmv") == [600.0]
    assert column(result, "clicks") == [30.0]
    assert column(result, "scene") == ["关键词推广"]
    assert "in fen" in said(result)


def test_two_layouts_of_visitors_by_source_meet_in_one_frame(tmp_path: Path) -> None:
    old = xls(
        tmp_path / "【生意参谋平台】无线店铺流量来源-2023-11-12_2023-11-12.xls",
        无线流量来源="""
        一级来源 | 二级来源 | 三级来源 | 访客数 | 访客数变化 | 支付金额 | 支付买家数 | UV价值 | uv价值变化
        付费流量 | 汇总     | 汇总     | 652    | 59.02%     | 100.00   | 2          | 1      | -
                 | 关键词推广(原直通车) | 汇总 | 600 | 1% | 90.00 | 1 | 1 | -
        """,
    )
    new = xls(
        tmp_path / "【生意参谋平台】店铺流量来源-2026-11-12_2026-11-12.xls",
        全店流量来源="""
        流量载体 | 一级来源 | 二级来源 | 三级来源 | 四级来源 | 访客数 | 访客数环比 | 支付金额 | 支付买家数
        全店流量 | 付费推广 | 汇总     | 汇总     | 汇总     | 652    | 59.02%     | 100.00   | 2
        全店流量 | 付费推广 | 关键词推广 | 汇总   | 汇总     | 600    | 1%         | 90.00    | 1
        """,
    )
    first, second = reading(old), reading(new)
    assert list(first.frame.columns) == list(second.frame.columns)
    for result in (first, second):
        assert column(result, "level2") == ["", "关键词推广"]
        assert column(result, "subtotal") == [True, True]
        assert column(result, "visitors") == [652.0, 600.0]
    assert column(first, "level1") == ["付费流量", "付费流量"], "a merged cell counts for the rows below it"
    assert column(first, "carrier") == ["无线", "无线"]
    assert column(first, "date") == ["2023-11-12", "2023-11-12"]


def test_the_layout_of_2018_has_two_levels(tmp_path: Path) -> None:
    file = xls(
        tmp_path / "【生意参谋平台】PC店铺流量来源-2017-11-12_2017-11-12.xls",
        PC流量来源="""
        来源     | 来源明细 | 访客数 | 访客数变化 | 支付金额 | 支付买家数
        淘内免费 | 汇总     | 1,000  | -          | 10       | 1
        淘内免费 | 淘宝搜索 | 900    | -          | 10       | 1
        """,
    )
    result = reading(file)
    assert column(result, "carrier") == ["PC", "PC"]
    assert column(result, "level2") == ["", "淘宝搜索"]
    assert column(result, "subtotal") == [True, False]


def test_an_order_file_leaves_names_phones_and_addresses_outside(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "ExportOrderList202611160908.csv",
        """
        订单编号 | 买家会员名 | 买家支付宝账号 | 总金额 | 买家实际支付金额 | 订单状态 | 收货人姓名 | 收货地址  | 联系手机 | 订单创建时间 | 订单付款时间  | 店铺名称
        ="3300022694823026314" | 王小明88 | wang@example.com | 178.80 | 100.00 | 交易成功 | 王小明 | 浙江省 杭州市 西湖区 某路1号(310000) | '13900001111 | 2026-11-14 23:59:00 | 2026-11-15 00:01:00 | 兰亭女装旗舰店
        ="3300022694823026315" | 王小明88 | wang@example.com | 50.00 | | 等待买家付款 | 王小明 | 浙江省 杭州市 | '13900001111 | 2026-11-14 12:00:00 | | 兰亭女装旗舰店
        """,
    )
    result = reading(file, LANTING)
    everything = result.frame.to_csv() + said(result)
    for private in ("王小明", "wang@", "13900001111", "杭州", "某路"):
        assert private not in everything
    assert column(result, "order") == ["3300022694823026314", "3300022694823026315"]
    assert column(result, "date") == ["2026-11-15", "2026-11-14"], (
        "an unpaid order belongs to the day it was made"
    )
    assert column(result, "region") == ["浙江", "浙江"]
    assert result.frame["buyer"].nunique() == 1
    other_shop = read(file, today=TODAY, salt=b"another shop")
    assert other_shop.frame["buyer"][0] != result.frame["buyer"][0]


def test_a_shifted_order_is_told_without_quoting_whoever_bought(tmp_path: Path) -> None:
    drawn = "订单编号 | 联系手机 | 总金额 | 订单创建时间\n1 | 2 | 3 | 2026-11-15 10:00:00\n王小明 | 1 | 2 | 13900001111\n"
    result = reading(csv(tmp_path / "o.csv", drawn))
    assert [problem.row for problem in result.problems if problem.level == "row"] == [3]
    assert "“…” is not an id." in said(result)
    assert "王小明" not in said(result)
    assert "13900001111" not in said(result)


def test_another_shops_file_is_refused_by_name(tmp_path: Path) -> None:
    drawn = "订单编号 | 总金额 | 订单创建时间 | 店铺名称\n1 | 2 | 2026-11-15 10:00:00 | 别家女装旗舰店\n"
    file = csv(tmp_path / "o.csv", drawn)
    result = reading(file, LANTING)
    assert result.refused
    assert "别家女装旗舰店" in said(result)
    assert "shop.toml" in said(result)
    assert not reading(file, Shop(name="别家女装")).refused
    assert reading(file, Shop(name="Lanting")).refused, "names in two scripts are two names"
    assert not reading(file, Shop(name="Lanting", also=("别家女装旗舰店",))).refused, "until somebody says so"
    assert reading(file, Shop(name="别家女")).refused, "a name inside another is another shop"


def test_an_id_rounded_by_excel_is_refused(tmp_path: Path) -> None:
    drawn = "订单编号 | 总金额 | 订单创建时间\n1.93E+18 | 2 | 2026-11-15 10:00:00\n"
    result = reading(csv(tmp_path / "o.csv", drawn))
    assert result.refused
    assert "rounded" in said(result)
    saved_again = xlsx(
        tmp_path / "o.xlsx", [["订单编号", "总金额", "订单创建时间"], [1930679858170647123, 2, "2026-11-15"]]
    )
    assert "rounded" in said(reading(saved_again))


def test_a_sum_over_days_is_never_filed_as_a_day(tmp_path: Path) -> None:
    by_column = "统计日期 | 商品ID | 商品访客数 | 支付金额\n2026-06-01 ~ 2026-06-30 | 736500100101 | 1 | 2\n"
    by_name = "旺旺昵称 | 询单人数 | 询单最终付款人数 | 询单最终付款金额\n小禾 | 10 | 3 | 300\n"
    assert "several days" in said(reading(csv(tmp_path / "items.csv", by_column)))
    file = csv(tmp_path / "客服绩效_20260801_20260809_全部.csv", by_name)
    assert "several days" in said(reading(file))
    assert (
        reading(csv(tmp_path / "客服绩效_20260809_20260809_全部.csv", by_name)).dates[0].isoformat()
        == "2026-08-09"
    )


def test_a_download_time_is_no_data_day(tmp_path: Path) -> None:
    file = csv(
        tmp_path / "商品报表_20260619_110309.csv",
        "主体ID | 主体名称 | 展现量 | 花费\n736500100101 | a | 1 | 2\n",
    )
    assert "when the file was downloaded" in said(reading(file))


def test_rows_from_the_future_stay_out(tmp_path: Path) -> None:
    drawn = "日期 | 访客数 | 支付金额 | 支付买家数\n2026-11-15 | 1 | 2 | 3\n2027-01-01 | 1 | 2 | 3\n"
    result = reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    assert column(result, "date") == ["2026-11-15"]
    assert "2027-01-01 is in the future." in said(result)


def test_days_without_figures_do_not_become_days_with_nothing(tmp_path: Path) -> None:
    drawn = "日期 | 访客数 | 浏览量 | 支付金额 | 支付买家数\n2026-11-14 | 0 | 0 | 0 | 0\n2026-11-15 | - | - | - | -\n"
    result = reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    assert column(result, "date") == ["2026-11-14"], "zeros are figures, dashes are not"
    assert "There are no figures for 15 Nov yet." in said(result)


def test_days_missing_inside_a_file_are_told(tmp_path: Path) -> None:
    drawn = "日期 | 访客数 | 支付金额 | 支付买家数\n2026-11-10 | 1 | 2 | 3\n2026-11-13 | 1 | 2 | 3\n"
    assert "The file has no rows for 11 Nov, 12 Nov." in said(
        reading(csv(tmp_path / "店铺整体日报.csv", drawn))
    )


def test_excel_dates_and_numbers_with_their_own_types(tmp_path: Path) -> None:
    from datetime import datetime

    rows: list[list[object]] = [
        ["统计日期", "访客数", "支付金额", "支付买家数"],
        [datetime(2026, 11, 14), 8203, 37459.72, 154],
        [46341, 1, 2, 3],
    ]
    result = reading(xlsx(tmp_path / "店铺整体日报.xlsx", rows))
    assert column(result, "date") == ["2026-11-14", "2026-11-15"]
    assert column(result, "gmv") == [37459.72, 2.0]


def test_text_that_looks_like_a_number_stays_text(tmp_path: Path) -> None:
    drawn = "日期 | 计划ID | 词名字/词包名字 | 花费 | 点击量\n2026-11-15 | 007 | 2026 | 1 | 2\n2026-11-15 | 007 | 0012 | 1 | 2\n"
    result = reading(csv(tmp_path / "关键词报表.csv", drawn))
    assert column(result, "word") == ["2026", "0012"]
    assert column(result, "plan_id") == ["007", "007"]


def test_a_comma_inside_a_title_does_not_move_figures_unseen(tmp_path: Path) -> None:
    text = "订单编号,总金额,宝贝标题,订单创建时间\n1,10,开衫,2026-11-15 10:00:00\n2,20,开衫,牛仔裤,2026-11-15 10:00:00\n"
    result = reading(raw(tmp_path / "o.csv", text.encode("gb18030")))
    assert column(result, "order") == ["1"]
    assert result.problems[0].row == 3


def test_stray_commas_nuls_and_blank_lines_do_no_harm(tmp_path: Path) -> None:
    text = (
        "日期\t,计划ID,计划名字,花费,点击量\n2026-11-14\t,11,a\0b,1,2,,,\n\n2026-11-15\t,11,ab,3,4\t\n,,,,\n"
    )
    result = reading(raw(tmp_path / "计划报表.csv", text.encode("gb18030")))
    assert column(result, "plan") == ["ab", "ab"]
    assert column(result, "cost") == [1.0, 3.0]
    assert said(result).count("\n") == 0, said(result)


def test_a_quotation_mark_without_its_partner_swallows_nothing(tmp_path: Path) -> None:
    text = '日期,计划ID,计划名字,花费,点击量\n2026-11-14,11,"北欧风,1,2\n2026-11-15,11,ab,3,4\n'
    result = reading(raw(tmp_path / "计划报表.csv", text.encode("gb18030")))
    assert column(result, "cost") == [1.0, 3.0]


def test_a_download_that_broke_off_says_where(tmp_path: Path) -> None:
    text = "日期,计划ID,计划名字,花费,点击量\n2026-11-14,11,a,1,2\n2026-11-15,11,a,3"
    result = reading(raw(tmp_path / "计划报表.csv", text.encode("gb18030")))
    assert column(result, "cost") == [1.0]
    assert "the download is incomplete" in said(result)
    assert result.problems[0].row == 3


def test_exactly_five_thousand_rows_are_suspicious(tmp_path: Path) -> None:
    held = io.StringIO()
    held.write("统计日期,搜索词,访客数,支付金额,支付买家数\n")
    held.writelines(f"2026-11-15,词{n},1,1,1\n" for n in range(5000))
    result = reading(raw(tmp_path / "引流搜索词-店外-无线-20261115.csv", held.getvalue().encode("gb18030")))
    assert "5,000" in said(result)
    assert set(column(result, "place")) == {"店外-无线"}


def test_a_thousand_bad_rows_read_as_a_few_sentences(tmp_path: Path) -> None:
    good = "".join(f"2026-11-15,{n},词,1,1\n" for n in range(2000))
    bad = "".join(f"2026-11-15,{n},词,壹,1\n" for n in range(1000))
    text = f"日期,计划ID,关键词,花费,点击量\n{good}{bad}"
    result = reading(raw(tmp_path / "关键词报表.csv", text.encode("gb18030")))
    assert len(result.problems) < 25
    assert "980 more rows were left out." in said(result)
    assert result.rows == 2000


def test_reviews_read_both_moods_and_make_an_id(tmp_path: Path) -> None:
    drawn = """
    评价ID | 评价内容 | 情感 | 评价时间 | 追评内容 | 追评情感 | 商品ID | 买家昵称
    1 | 好看 | 11 | 2026-11-14 10:00:00 | 洗了一次就开线 | 负面评价 | 736500100101 | w**
    2 | 一般 | 中性评价 | 2026-11-15 10:00:00 | | | 736500100101 | z**
    """
    result = reading(csv(tmp_path / "评价.csv", drawn))
    assert column(result, "sentiment") == ["negative", "neutral"]
    assert "w**" not in result.frame.to_csv()
    plug_in = "评论内容 | 追加评论 | 评分 | 日期 | SKU | 用户昵称\n好看 | | 5 | 2026-11-15 | 白 | w**\n"
    first, again = (reading(csv(tmp_path / name, plug_in, "utf-8-sig")) for name in ("a.csv", "b.csv"))
    assert column(first, "review") == column(again, "review")
    assert len(str(column(first, "review")[0])) == 16


def test_stock_without_any_date_is_as_of_the_file_and_says_so(tmp_path: Path) -> None:
    rows = [["发布模板"], [], ["商品Id", "商品标题", "商家编码", "skuId", "价格（元）", "数量", "商家编码"]]
    rows.append(["736500100101", "开衫", "LT2601", "581001010001", "129.00", "30", "LT2601-白-S"])
    rows.append(["736500100101", "开衫", "LT2601", "581001010002", "129.00", "0", ""])
    result = reading(xlsx(tmp_path / "发布模板.xlsx", rows, "发布模板"))
    assert column(result, "on_hand") == [30.0, 0.0]
    assert column(result, "art_no") == ["LT2601-白-S", "LT2601"]
    assert column(result, "price") == [129.0, 129.0]
    assert "There is no date" in said(result)
    assert result.dates == (TODAY,), "a file saved after today counts as of today"


def test_service_tail_rows_are_benchmarks(tmp_path: Path) -> None:
    drawn = """
    旺旺昵称 | 询单人数 | 询单最终付款人数 | 询单最终付款金额 | 首次响应时长（秒) | 客户满意率 | 旺旺回复率
    兰亭女装旗舰店:小禾 | 60 | 21 | 4,100.50 | 12.5 | 98.50% | 100.00%
    汇总值 | 60 | 21 | 4,100.50 | - | - | -
    同行同层优秀 | - | - | - | 9.1 | 99.00% | 99.9%
    """
    result = reading(csv(tmp_path / "客服绩效_20261115_20261115_全部.csv", drawn))
    assert column(result, "agent") == ["小禾", "汇总值", "同行同层优秀"]
    assert column(result, "benchmark") == [False, True, True]
    assert column(result, "inquiries") == [60.0, 60.0, None]


def test_an_export_nobody_knows_names_the_closest_if_one_is_close(tmp_path: Path) -> None:
    result = reading(csv(tmp_path / "x.csv", "主播 | 场次 | 观看人数\na | 1 | 2\n"))
    assert result.sheet is None
    assert "This kind of file is unknown (主播, 场次, 观看人数 …), and no known file is similar." in said(
        result
    )
    near = reading(csv(tmp_path / "y.csv", "统计日期 | 商品ID | 商品名称\n2026-11-15 | 736500100101 | a\n"))
    assert "The closest is “Items by day”, but 商品访客数 or 支付金额 is missing." in said(near)


def test_an_export_we_do_not_use_is_told_apart_from_a_broken_one(tmp_path: Path) -> None:
    drawn = "统计时间 | 访客数 | 浏览量 | 加购人数 | 支付买家数 | 支付金额\n2026-11-15 | 1 | 2 | 3 | 4 | 5\n"
    result = reading(csv(tmp_path / "trend.csv", drawn))
    assert result.sheet is None, "an item's trend must never be taken for the shop's day"
    assert "商品来源趋势" in said(result)


def test_a_crowd_report_is_not_the_item_report(tmp_path: Path) -> None:
    drawn = "日期 | 计划ID | 人群名字 | 主体ID | 花费 | 点击量\n2026-11-15 | 1 | 老客 | 2 | 3 | 4\n"
    assert "人群报表" in said(reading(csv(tmp_path / "人群报表.csv", drawn)))
