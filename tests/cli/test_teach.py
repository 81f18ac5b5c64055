"""Files that nobody knows, taught on the command line: used the next day without a question."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.errors import BadInput
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.exports.layouts.shop_layouts import taught_in
from core.facts.ledger import Ledger
from core.facts.window import load
from routines.io import teaching
from tests.cli.conftest import NINE, Run, bytes_in
from tests.exports.files import csv

HAND = """
日期 | 访客 | 成交 | 买家 | 推广 | 备注
2026-11-14 | 1000 | 5000 | 50 | 300 | 阴
2026-11-15 | 1100 | 6000 | 55 | 320 | 晴
"""
NEXT = """
备注 | 日期 | 访客 | 成交 | 买家 | 推广 | 天气好不好
雨 | 2026-11-16 | 900 | 4000 | 40 | 280 | 好
"""
SHELF = """
编码 | 款号 | 品名 | 规格 | 实盘数量 | 可卖 | 占用 | 在途 | 进价 | 仓管姓名 | 仓
LT-001-M | LT-001 | 针织开衫 | 米 M | 100 | 80 | 20 | 50 | 58 | 王五 | 东仓
LT-001-M | LT-001 | 针织开衫 | 米 M | 20 | 10 | 10 | 0 | 58 | 王五 | 西仓
LT-002-S | LT-002 | 半身裙 | 黑 S | 12 | 12 | 0 | 100 | 41.5 | 王五 | 东仓
"""
TOMORROW = NINE + timedelta(days=1)


@pytest.fixture
def hand(tmp_path: Path) -> Path:
    return csv(tmp_path / "手工日报_20261115.csv", HAND, "utf-8")


def test_a_table_kept_by_hand_is_taught_once_and_read_ever_after(
    shop: Path, hand: Path, tmp_path: Path, run: Run
) -> None:
    refused = run("import", shop, hand)
    assert refused.exit_code == 3
    assert (
        "Or teach shopday this kind of file once: press t in Import, or run shopday teach."
    ) in refused.stderr

    taught = run("teach", shop, hand, "--yes")
    assert taught.exit_code == 0, taught.output
    assert "Layout saved: 手工日报 (" in taught.stdout
    (batch,) = Ledger(shop).batches()
    (layout,) = taught_in(shop)
    assert (batch.sheet, batch.rows, batch.layout) == ("shop_day", 2, layout.edition)
    assert layout.taught is not None
    assert (layout.taught.by, layout.taught.file) == ("沈岚", hand.name)

    later = csv(tmp_path / "随便什么名字.csv", NEXT, "utf-8")
    again = run("import", shop, later, clock=TOMORROW)
    assert again.exit_code == 0, again.output
    assert "Read with the layout “手工日报” (version 1, taught by 沈岚 on 16 Nov)." in again.stdout
    days = load(shop, ShopDay, date(2026, 11, 1), date(2026, 11, 30)).frame
    assert days["gmv"].tolist() == [5_000.0, 6_000.0, 4_000.0]


def test_it_is_shown_before_it_is_kept(shop: Path, hand: Path, run: Run) -> None:
    before = bytes_in(shop)
    shown = run("teach", shop, hand, "--dry-run")
    assert shown.exit_code == 0, shown.output
    for words in ("Shop by day", "成交", "支付金额 (gmv)", "2 rows, 支付金额 11,000", "备注"):
        assert words in shown.stdout
    view = json.loads(run("teach", shop, hand, "--dry-run", "--json").stdout)
    assert view["draft"]["columns"] == {"date": "日期", "visitors": "访客", "gmv": "成交", "buyers": "买家"}
    assert (view["blocked"], view["rows"], view["days"]) == ("", 2, ["2026-11-14", "2026-11-15"])
    assert bytes_in(shop) == before


def test_without_a_terminal_nothing_is_kept_unless_it_is_said(shop: Path, hand: Path, run: Run) -> None:
    before = bytes_in(shop)
    result = run("teach", shop, hand)
    assert (result.exit_code, result.stderr) == (3, "Nothing was saved: add --yes to save the layout.\n")
    assert bytes_in(shop) == before


def test_a_stock_list_is_added_up_over_its_places_and_names_of_people_are_never_shown(
    shop: Path, tmp_path: Path, run: Run
) -> None:
    list_ = csv(tmp_path / "仓库_20261115.csv", SHELF, "utf-8")
    shown = run("teach", shop, list_, "--dry-run", "--add-over", "仓")
    assert "王五" not in shown.stdout
    assert "仓管姓名  …" in shown.stdout
    taught = run("teach", shop, list_, "--add-over", "仓", "--title", "仓库表", "--yes")
    assert taught.exit_code == 0, taught.output
    assert "Layout saved: 仓库表" in taught.stdout
    assert Ledger(shop).batches()[0].rows == 2
    words = (shop / "columns.toml").read_text(encoding="utf-8")
    assert "王五" not in words
    assert 'add_over = ["仓"]' in words


def test_what_the_file_does_not_show_can_be_said(shop: Path, hand: Path, run: Run) -> None:
    result = run("teach", shop, hand, "--column", "ads_keyword=推广", "--column", "buyers=", "--yes")
    assert result.exit_code == 0, result.output
    (layout,) = taught_in(shop)
    assert sorted(layout.columns) == ["ads_keyword", "date", "gmv", "visitors"]
    assert "买家" in layout.ignored


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as", "stok"), "There is no kind of file “stok”. Available: shop_day"),
        (("--column", "gvm=成交"), "There is no “gvm” here. Available: "),
        (("--column", "gmv=销售"), "There is no “销售” here. Available: 日期"),
        (("--column", "gmv"), "“gmv” must be written as two words with = between them."),
        (("--unit", "gmv=pound"), "There is no “pound” here. Available: yuan, fen, wan"),
        (("--amount-per", "week"), "There is no “week” here. Available: order, line"),
    ],
)
def test_a_word_nobody_knows_is_said_and_nothing_is_kept(
    shop: Path, hand: Path, run: Run, words: tuple[str, ...], said: str
) -> None:
    before = bytes_in(shop)
    result = run("teach", shop, hand, "--yes", *words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert bytes_in(shop) == before


def test_what_is_missing_is_said_and_nothing_is_kept(shop: Path, hand: Path, run: Run) -> None:
    before = bytes_in(shop)
    result = run("teach", shop, hand, "--as", "stock", "--yes")
    assert result.exit_code == 3
    assert "No column of the file was chosen for 主仓实际库存数 or 可用数, 商品ID or " in result.stderr
    assert "款式编码 yet. No layout was saved." in result.stderr
    assert bytes_in(shop) == before


def test_a_required_column_that_is_gone_is_named(shop: Path, hand: Path, tmp_path: Path, run: Run) -> None:
    run("teach", shop, hand, "--yes")
    renamed = csv(tmp_path / "later.csv", HAND.replace("成交", "流水"), "utf-8")
    before = Ledger(shop).batches()
    result = run("import", shop, renamed)
    assert result.exit_code == 3
    assert "The file almost fits the layout “手工日报”, but 成交 is missing and 流水 is new." in result.stderr
    assert Ledger(shop).batches() == before
    mended = run("teach", shop, renamed, "--column", "gmv=流水", "--yes")
    assert mended.exit_code == 0, mended.output
    assert taught_in(shop)[0].columns["gmv"].headers == ("流水", "成交")
    both = [csv(tmp_path / f"{word}.csv", NEXT.replace("成交", word), "utf-8") for word in ("流水", "成交")]
    assert run("import", shop, *both, clock=TOMORROW).exit_code == 0


def test_figures_that_are_a_hundred_times_as_large_are_asked_about_once(
    shop: Path, hand: Path, tmp_path: Path, run: Run
) -> None:
    run("teach", shop, hand, "--yes")
    fen = csv(tmp_path / "fen.csv", HAND.replace("5000", "510000").replace("6000", "620000"), "utf-8")
    result = run("import", shop, fen)
    assert result.exit_code == 3
    assert (
        "Since 手工日报_20261115.csv, the figures in 成交 are about 103 times as large: "
        "is the unit yuan or fen"
    ) in result.stderr
    assert len(Ledger(shop).batches()) == 1
    assert (
        "支付金额 seems to be in fen (1/100 yuan): choose its unit."
        in run("teach", shop, fen, "--yes").stderr
    )
    said = run("teach", shop, fen, "--unit", "gmv=fen", "--yes")
    assert said.exit_code == 0, said.output
    assert [batch.layout[-2:] for batch in Ledger(shop).batches()] == ["@1", "@2"]
    assert taught_in(shop)[0].columns["gmv"].unit == "fen"


@pytest.mark.parametrize(
    ("times", "said"),
    [
        (33, ""),
        (34, "about 34 times as large"),
        (300, "about 300 times as large"),
        (301, ""),
        (1 / 33, ""),
        (1 / 34, "about 1/34 of what it was"),
        (1 / 300, "about 1/300 of what it was"),
        (1 / 301, ""),
    ],
)
def test_the_unit_is_asked_about_from_a_thirtieth_to_three_times_a_hundred(
    shop: Path, tmp_path: Path, run: Run, times: float, said: str
) -> None:
    def drawn(day: float) -> str:
        return HAND.replace("5000", f"{day:.2f}").replace("6000", f"{day * 1.2:.2f}")

    first = 306_306_00.0
    run("teach", shop, csv(tmp_path / "a.csv", drawn(first), "utf-8"), "--yes")
    result = run("import", shop, csv(tmp_path / "b.csv", drawn(first * times), "utf-8"))
    assert (result.exit_code == 3) is bool(said), result.output
    assert said in result.stderr


def test_figures_that_were_or_are_nought_tell_nothing_about_the_unit(
    shop: Path, hand: Path, tmp_path: Path, run: Run
) -> None:
    run("teach", shop, hand, "--yes")
    for number, (one, other) in enumerate([("0", "0"), ("0", "6100"), ("5100", "6200")]):
        file = csv(tmp_path / f"{number}.csv", HAND.replace("5000", one).replace("6000", other), "utf-8")
        assert run("import", shop, file).exit_code == 0, number


@pytest.mark.parametrize("times", [9, 20])
def test_a_campaign_day_is_no_other_unit(
    shop: Path, hand: Path, tmp_path: Path, run: Run, times: int
) -> None:
    run("teach", shop, hand, "--yes")
    big = HAND.replace("5000", str(5000 * times)).replace("6000", str(6000 * times))
    assert run("import", shop, csv(tmp_path / "双11.csv", big, "utf-8")).exit_code == 0


def test_a_column_that_holds_something_else_now_is_refused(
    shop: Path, hand: Path, tmp_path: Path, run: Run
) -> None:
    run("teach", shop, hand, "--yes")
    moved = HAND.replace("| 5000", "| 五千").replace("| 6000", "| 六千")
    result = run("import", shop, csv(tmp_path / "moved.csv", moved, "utf-8"))
    assert result.exit_code == 3
    assert (
        "According to the layout “手工日报”, 成交 must contain amounts, but 2 of 2 cells do "
        "not (the first: “五千”)."
    ) in result.stderr


def test_a_file_taught_again_is_the_next_version_and_is_read_again(shop: Path, hand: Path, run: Run) -> None:
    run("teach", shop, hand, "--yes")
    run("teach", shop, hand, "--column", "ads_keyword=推广", "--yes")
    (layout,) = taught_in(shop)
    assert layout.version == 2
    assert [(batch.live, batch.layout[-2:]) for batch in Ledger(shop).batches()] == [
        (False, "@1"),
        (True, "@2"),
    ]
    assert [path.name for path in (shop / "columns.d").iterdir()] == [f"{layout.id}.1.toml"]


def test_what_two_people_teach_at_once_is_not_written_over(shop: Path, hand: Path, run: Run) -> None:
    seen = teaching.look(shop, hand, None, today=NINE.date())
    run("teach", shop, hand, "--yes")
    with pytest.raises(BadInput) as late:
        teaching.teach(shop, hand, seen["draft"], who="lan", at=NINE)
    assert "A layout for such files exists already: “手工日报” (version 1, 沈岚)." in str(late.value)
    assert taught_in(shop)[0].version == 1


def test_what_a_person_wrote_into_a_layout_outlives_the_next_lesson(shop: Path, hand: Path, run: Run) -> None:
    run("teach", shop, hand, "--id", "hand-day", "--yes")
    file = shop / "columns.toml"
    words = file.read_text(encoding="utf-8")
    mine = words.replace('buyers = "买家"', 'buyers = "买家"\ncart_units = { sum = ["推广", "-买家"] }')
    file.write_text(f'{mine}\n[layout.rows]\ndrop = {{ "备注" = ["晴"] }}\n', encoding="utf-8")
    assert run("teach", shop, hand, "--yes").exit_code == 0
    (layout,) = taught_in(shop)
    assert layout.rows.drop == {"备注": ("晴",)}
    assert layout.columns["cart_units"].sum == ("推广", "-买家")
    days = load(shop, ShopDay, date(2026, 11, 1), date(2026, 11, 30)).frame
    assert days["cart_units"].tolist() == [250.0]


def test_files_read_by_an_earlier_version_are_read_again_when_asked(shop: Path, hand: Path, run: Run) -> None:
    run("teach", shop, hand, "--id", "hand-day", "--yes")
    (shop / "inbox").mkdir(exist_ok=True)
    later = csv(
        shop / "inbox" / "后一天.csv", NEXT.replace(" | 天气好不好", "").replace(" | 好", ""), "utf-8"
    )
    run("import", shop, later, clock=TOMORROW)
    changed = run("teach", shop, hand, "--column", "ads_keyword=推广", "--yes", clock=TOMORROW)
    assert "1 file was read with an earlier version; to read it again: shopday layouts" in changed.stdout
    again = run("layouts", shop, "reread", "hand-day", clock=TOMORROW)
    assert again.stdout == "Reloaded: 后一天.csv (1 row).\n"
    days = load(shop, ShopDay, date(2026, 11, 1), date(2026, 11, 30)).frame
    assert days["ads_keyword"].tolist() == [300.0, 320.0, 280.0]
    nothing = run("layouts", shop, "reread", "hand-day", clock=TOMORROW)
    assert nothing.stdout == "No file in inbox/ was read with an earlier version.\n"


def test_layouts_are_listed_shown_tried_and_forgotten(shop: Path, hand: Path, run: Run) -> None:
    assert "This shop has not been taught any layout yet." in run("layouts", shop).stdout
    run("teach", shop, hand, "--id", "hand-day", "--yes")
    assert run("layouts", shop).stdout.split() == [
        "hand-day", "shop_day", "手工日报", "沈岚", "1", "file", hand.name,
    ]  # fmt: skip
    (one,) = json.loads(run("layouts", shop, "list", "--json").stdout)
    assert (one["id"], one["files"], one["taught_on"]) == ("hand-day", 1, "2026-11-16")
    shown = run("layouts", shop, "show", "hand-day").stdout
    assert 'gmv = "成交"' in shown
    assert "hand-day@1" in shown
    assert "2 rows, 支付金额 11,000" in run("layouts", shop, "test", "hand-day", hand).stdout
    gone = run("layouts", shop, "forget", "hand-day")
    assert f"The figures of this file are kept: {hand.name} (14 Nov - 15 Nov)." in gone.stdout
    assert taught_in(shop) == ()
    missing = run("layouts", shop, "forget", "hand-day")
    assert (missing.exit_code, missing.stderr) == (
        3,
        "There is no layout “hand-day”: this shop has not been taught any.\n",
    )
    run("teach", shop, hand, "--id", "hand-day", "--yes")
    back = run("layouts", shop, "forget", "hand-day", "--figures")
    assert f"Import undone: {hand.name}" in back.stdout
    assert not [batch for batch in Ledger(shop).batches() if batch.live]


def test_a_layout_is_passed_on_without_what_it_was_taught_from(
    shop: Path, hand: Path, tmp_path: Path, run: Run
) -> None:
    run("teach", shop, hand, "--id", "hand-day", "--yes")
    shared = tmp_path / "shared.toml"
    assert run("layouts", shop, "export", "hand-day", "-o", shared).exit_code == 0
    words = shared.read_text(encoding="utf-8")
    assert "沈岚" not in words
    assert hand.name not in words
    twice = run("layouts", shop, "import", shared)
    assert (twice.exit_code, "This shop already has a layout for such files" in twice.stderr) == (3, True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "shop.toml").write_text('name = "别家"\n', encoding="utf-8")
    assert "Layout added: 手工日报 (hand-day)." in run("layouts", other, "import", shared).stdout
    assert run("import", other, hand).exit_code == 0
    assert Ledger(other).batches()[0].rows == 2


def test_a_lesson_that_cannot_be_meant_stops_the_import_with_its_line(
    shop: Path, hand: Path, run: Run
) -> None:
    run("teach", shop, hand, "--yes")
    file = shop / "columns.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("gmv =", "gvm ="), encoding="utf-8")
    before = Ledger(shop).batches()
    result = run("import", shop, hand.rename(hand.with_name("again.csv")))
    assert (result.exit_code, Ledger(shop).batches()) == (0, before), "these bytes are in already"
    other = csv(hand.with_name("other.csv"), NEXT, "utf-8")
    refused = run("import", shop, other, clock=TOMORROW)
    assert refused.exit_code == 3
    assert "there is no “gvm”. Did you mean “gmv”?" in refused.stderr
    assert refused.stderr.startswith("columns.toml:")
    assert Ledger(shop).batches() == before
    assert run("ask", shop, "target").exit_code in (0, 4), "what is in stays readable"


def test_what_splits_the_rows_can_be_said_where_it_is_refused(shop: Path, tmp_path: Path, run: Run) -> None:
    drawn = """
统计日期 | 终端 | 访客数 | 支付金额 | 支付买家数
2026-11-14 | 无线端 | 90 | 400 | 4
2026-11-14 | PC端 | 10 | 100 | 1
2026-11-15 | 无线端 | 80 | 500 | 5
2026-11-15 | PC端 | 20 | 200 | 2
"""
    file = csv(tmp_path / "终端日报.csv", drawn, "utf-8")
    refused = run("import", shop, file)
    assert refused.exit_code == 3
    assert (
        "Download the file again without the column 终端. Or teach shopday this kind of file once: press t "
        "in Import, or run shopday teach."
    ) in refused.stderr
    taught = run("teach", shop, file, "--add-over", "终端", "--yes")
    assert taught.exit_code == 0, taught.output
    days = load(shop, ShopDay, date(2026, 11, 1), date(2026, 11, 30)).frame
    assert days["gmv"].tolist() == [500.0, 700.0]
    assert days["visitors"].isna().all(), "people of two terminals are not added up"
    again = csv(tmp_path / "终端日报2.csv", drawn.replace("2026-11-1", "2026-11-0"), "utf-8")
    assert run("import", shop, again).exit_code == 0


def test_whose_amount_stands_on_the_lines_of_an_order_can_be_said(
    shop: Path, tmp_path: Path, run: Run
) -> None:
    drawn = """
订单编号 | 订单创建时间 | 订单付款时间 | 总金额 | 买家实际支付金额 | 宝贝标题
4812345678901234567 | 2026-11-14 10:00:00 | 2026-11-14 10:01:00 | 300 | 300 | 开衫
4812345678901234567 | 2026-11-14 10:00:00 | 2026-11-14 10:01:00 | 300 | 300 | 裙子
4812345678901234568 | 2026-11-14 11:00:00 | 2026-11-14 11:01:00 | 100 | 100 | 裙子
"""
    file = csv(tmp_path / "订单.csv", drawn, "utf-8")
    refused = run("import", shop, file)
    assert "Download more days at a time. Or teach shopday this kind of file once" in refused.stderr
    for per, total in (("line", 700.0), ("order", 400.0)):
        assert run("teach", shop, file, "--amount-per", per, "--yes").exit_code == 0
        orders = load(shop, Orders, date(2026, 11, 1), date(2026, 11, 30)).frame
        assert orders["amount"].sum() == total
