"""Stock lists that know goods by codes: each line finds its item, or is said to belong to none."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.exports.kinds.stock import Stock
from core.facts.imports import commit, preview
from core.facts.joined_rows import load_joined
from core.facts.stock_items import known_codes
from routines.answers.compute_answer import ask
from tests.exports.files import csv
from tests.routines.days import CHINA

TODAY = date(2026, 11, 29)
AT = datetime(2026, 11, 29, 9, 0, tzinfo=CHINA)
ERP = """
商品编码 | 款式编码 | 商品名称 | 实际库存数 | 订单占有数 | 可用数
LT-001-M | LT-001 | 针织开衫 | 100 | 40 | 60
LT-001-L | LT-001 | 针织开衫 | 60 | 20 | 40
LT-002-S | LT-002 | 半身裙 | 12 | 0 | 12
"""
COAT, SKIRT = "610000000001", "610000000002"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    folder.mkdir()
    (folder / "shop.toml").write_text('name = "兰亭女装旗舰店"\nlead_days = 9\n', encoding="utf-8")
    return folder


def take(shop: Path, name: str, drawn: str) -> list[str]:
    """Import the table and return what was said of it."""
    looked = preview(shop, csv(shop / name, drawn, "utf-8"), today=TODAY)
    commit(shop, looked, who="lan", at=AT)
    return [problem.what for problem in looked.problems]


def items_of(shop: Path) -> dict[str, str]:
    frame = load_joined(shop, Stock, date(2026, 11, 1), TODAY).frame
    return dict(zip(frame["sku"], frame["item"], strict=True))


def sold(*items: tuple[str, str, int], days: int = 28) -> str:
    """Draw the items' days: id, article number, pieces a day."""
    rows = [
        f"2026-11-{day:02} | {item} | {code} | {item[-1]} | 100 | {pieces * 100} | {pieces} | {pieces} | 5"
        for day in range(29 - days, 29)
        for item, code, pieces in items
    ]
    head = (
        "统计日期 | 商品ID | 货号 | 商品名称 | 商品访客数 | 支付金额 | 支付件数 | 支付买家数 | 商品加购人数"
    )
    return "\n".join([head, *rows])


def test_a_code_nobody_knows_is_told_with_its_pieces_and_a_code_that_is_known_is_not(shop: Path) -> None:
    said = take(shop, "库存_20261128.csv", ERP)
    assert "3 codes (172 pieces) are not matched to items yet: LT-001-M, LT-001-L, LT-002-S." in said
    assert set(items_of(shop).values()) == {""}
    take(shop, "商品排行.csv", sold((COAT, "LT-001", 10)))
    later = take(shop, "库存_20261129.csv", ERP.replace("| 60 | 20 |", "| 59 | 19 |"))
    assert "1 code (12 pieces) is not matched to an item yet: LT-002-S." in later
    assert items_of(shop) == {"LT-001-M": COAT, "LT-001-L": COAT, "LT-002-S": ""}


@pytest.mark.parametrize("code", ["LT-001-M", "lt-001-m", "ＬＴ-001-M", '="LT-001-M"', "'LT-001-M"])
def test_a_catalogue_kept_by_hand_says_it_however_the_code_is_written(shop: Path, code: str) -> None:
    take(shop, "库存_20261128.csv", ERP)
    quoted = code.replace('"', '""')
    (shop / "catalogue.csv").write_text(f'code,item\n"{quoted}",{COAT}\n', encoding="utf-8")
    commit(shop, preview(shop, shop / "catalogue.csv", today=TODAY), who="lan", at=AT)
    assert items_of(shop) == {"LT-001-M": COAT, "LT-001-L": "", "LT-002-S": ""}


def test_a_catalogue_that_comes_later_heals_older_lists_and_its_newest_line_counts(shop: Path) -> None:
    take(shop, "库存_20261128.csv", ERP)
    take(shop, "catalogue.csv", f"编码 | 商品ID\nLT-002-S | {COAT}\nLT-001-M | {COAT}")
    take(shop, "catalogue2.csv", f"编码 | 商品ID\nLT-002-S | {SKIRT}")
    assert items_of(shop) == {"LT-001-M": COAT, "LT-001-L": "", "LT-002-S": SKIRT}


def test_the_platforms_own_template_joins_codes_and_its_figures_give_way(shop: Path) -> None:
    take(
        shop,
        "发布模板_20261128.csv",
        f"商品Id | 商品标题 | skuId | 属性对 | 价格 | 数量 | 商家编码\n"
        f"{COAT} | 针织开衫 | 8801 | 米;M | 99 | 500 | LT-001-M\n"
        f"{SKIRT} | 半身裙 | 8802 | 黑;S | 99 | 7 | QT-9",
    )
    take(shop, "库存_20261128.csv", ERP)
    assert items_of(shop) == {"LT-001-M": COAT, "8802": SKIRT, "LT-001-L": "", "LT-002-S": ""}


def test_what_shop_toml_says_of_an_item_comes_first(shop: Path) -> None:
    take(shop, "库存_20261128.csv", ERP)
    take(shop, "catalogue.csv", f"编码 | 商品ID\nLT-001-M | {SKIRT}")
    with (shop / "shop.toml").open("a", encoding="utf-8") as file:
        file.write(f'\n[[items]]\nid = "{COAT}"\ncodes = ["LT-001-M"]\n')
    assert items_of(shop)["LT-001-M"] == COAT


def test_a_code_that_stands_for_two_items_is_laid_to_neither(shop: Path) -> None:
    take(shop, "库存_20261128.csv", ERP)
    take(shop, "商品排行.csv", sold((COAT, "LT-001", 10), (SKIRT, "LT-001", 5)))
    assert known_codes(shop, TODAY)["LT-001"] == {COAT, SKIRT}
    assert items_of(shop)["LT-001-M"] == ""


def test_the_stock_step_says_the_cover_of_what_can_be_sold(shop: Path) -> None:
    take(shop, "商品排行.csv", sold((COAT, "LT-001", 10)))
    take(shop, "库存_20261128.csv", ERP)
    answer = ask(shop, "stock", day=TODAY, now=AT, lang="en")
    # 100 of the 160 pieces can be sold; the pace is 11 a day as the drafted quiet week after 双11 is in it
    assert "has 10 days of cover, but a new order takes 9 days" in answer.verdict.text
    assert (
        "1 code in the stock file (12 pieces) is not matched to an item yet and is left out." in answer.limits
    )


def test_a_count_without_any_item_says_what_to_do_and_is_asked_again_once_there_is_a_catalogue(
    shop: Path,
) -> None:
    take(shop, "商品排行.csv", sold((COAT, "", 10)))
    take(shop, "库存_20261128.csv", ERP)
    none = ask(shop, "stock", day=TODAY, now=AT, lang="zh")
    assert none.verdict.level == "nodata"
    assert "库存表里有 3 个编码（172 件）还没有对上商品" in none.verdict.text
    take(shop, "catalogue.csv", f"编码 | 商品ID\nLT-001-M | {COAT}\nLT-001-L | {COAT}")
    assert ask(shop, "stock", day=TODAY, now=AT, lang="zh").verdict.level != "nodata"


@pytest.mark.parametrize("swapped", [0, 1, 2])
def test_more_to_sell_than_there_is_in_more_than_a_row_in_twenty_is_said(shop: Path, swapped: int) -> None:
    rows = [f"C-{n} | {'5 | 9' if n < swapped else '9 | 5'}" for n in range(20)]
    told = take(shop, "库存_20261128.csv", "\n".join(["商品编码 | 实际库存数 | 可用数", *rows]))
    sentence = (
        "In 2 of 20 rows, the quantity for sale is larger than the quantity in stock: were both columns "
        "chosen correctly?"
    )
    assert (sentence in told) is (swapped == 2)
