"""Teaching files that nobody knows, key by key; the next day's files are imported without a question."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.exports.kinds.shop_day import ShopDay
from core.exports.layouts.shop_layouts import taught_in
from core.facts.ledger import Ledger
from core.facts.window import load
from routines.answers.compute_answer import ask
from routines.io.importing import commit_files
from tests.exports.files import csv, xlsx
from tests.routines.days import CHINA
from tests.terminal.keyboard import Operator, at_the_desk
from tests.tui.shop import make_shop

both = pytest.mark.parametrize("where", ["process", pytest.param("tmux", marks=pytest.mark.e2e)])
MORNING = datetime(2026, 11, 16, 8, 30, tzinfo=CHINA)
TOMORROW = datetime(2026, 11, 17, 8, 30, tzinfo=CHINA)
SHELF: list[list[object]] = [
    ["仓库货物清单"],
    ["编码", "款", "品名", "规格", "实盘", "能卖的", "被占", "路上", "进价", "保管员电话"],
    ["LT-001-M", "LT-001", "针织开衫", "米 M", 100, 60, 40, 0, 58, "13800000000"],
    ["LT-001-L", "LT-001", "针织开衫", "米 L", 60, 40, 20, 0, 58, "13800000000"],
    ["LT-002-S", "LT-002", "半身裙", "黑 S", 12, 12, 0, 100, 41.5, "13800000000"],
]
HAND = """
日子 | 进店人 | 卖了 | 几个人买 | 天
2026-11-14 | 1000 | 5000 | 50 | 阴
2026-11-15 | 1100 | 6000 | 55 | 晴
"""
COAT = "610000000001"
MOST = 25


class Counting:
    """An operator whose keys are counted; typed letters are keys too."""

    def __init__(self, operator: Operator) -> None:
        self.operator, self.keys = operator, 0

    async def press(self, *pressed: str) -> None:
        self.keys += len(pressed)
        await self.operator.press(*pressed)

    async def means(self, row: str, words: str, then: str) -> None:
        """Say that the column under the cursor, ``row``, is what the words find."""
        await self.press("enter")
        await self.operator.sees(f"{row} 是什么")
        self.keys += len(words) + 1
        await self.operator.types(words)
        await self.operator.press("enter")
        await self.operator.sees(then, "换一列")


def sold(*days: int) -> str:
    rows = [f"2026-11-{day:02} | {COAT} | LT-001 | 开衫 | 100 | 1000 | 10 | 10 | 5" for day in days]
    head = (
        "统计日期 | 商品ID | 货号 | 商品名称 | 商品访客数 | 支付金额 | 支付件数 | 支付买家数 | 商品加购人数"
    )
    return "\n".join([head, *rows])


@both
async def test_a_warehouse_list_is_taught_and_the_stock_step_says_what_it_covers(
    where: str, tmp_path: Path
) -> None:
    shop = make_shop(tmp_path)
    items = csv(tmp_path / "商品排行.csv", sold(*range(1, 16)), "utf-8")
    commit_files(shop, [items], today=MORNING.date(), who="lan", at=MORNING)
    xlsx(shop / "inbox" / "仓库货物清单_20261115.xlsx", SHELF)
    async with at_the_desk(where, shop, lang="zh") as lan:
        count = Counting(lan)
        await count.press("i")
        await lan.sees("仓库货物清单", "不能用")
        await count.press("t")
        await lan.sees("教它认文件", "编码", "将会读到")
        assert "13800000000" not in await lan.screen()
        if "库存" not in (await lan.screen()).splitlines()[1]:
            await count.press("tab")
            await lan.sees("是哪一种表")
            count.keys += 3
            await lan.types("库存")
            await lan.press("enter")
        await lan.sees("商家编码 art_no")
        await count.press("down")
        await count.means("款", "款式", "item_code")
        await count.press("down", "down", "down")
        await count.means("能卖的", "可用", "available")
        await lan.sees("可用数 112")
        await count.press("s")
        await lan.sees("已记住", "导入了 3 行")
    assert count.keys <= MOST, count.keys
    (layout,) = taught_in(shop)
    assert layout.columns["item_code"].headers == ("款",)
    assert "13800000000" not in (shop / "columns.toml").read_text(encoding="utf-8")
    answer = ask(shop, "stock", day=date(2026, 11, 16), now=MORNING, lang="zh")
    assert "开衫" in answer.verdict.text
    assert "只够卖 10 天" in answer.verdict.text

    xlsx(shop / "inbox" / "仓库货物清单_20261116.xlsx", [SHELF[1], *SHELF[2:4]])
    async with at_the_desk(where, shop, at=TOMORROW.isoformat(), lang="zh") as lan:
        await lan.press("i")
        await lan.sees("1 个文件")
        await lan.press("enter")
        await lan.sees("已导入 1 个文件")
    assert [batch.layout for batch in Ledger(shop).live("stock")] == [layout.edition] * 2


@both
async def test_a_daily_table_of_ones_own_is_taught(where: str, tmp_path: Path) -> None:
    shop = make_shop(tmp_path)
    csv(shop / "inbox" / "我的日报.csv", HAND, "utf-8")
    async with at_the_desk(where, shop, lang="zh") as lan:
        count = Counting(lan)
        await count.press("i")
        await lan.sees("我的日报", "不能用")
        await count.press("t")
        await lan.sees("教它认文件", "统计日期 date", "还没有选文件里的哪一列是支付金额 或 访客数。")
        await count.press("s", "down")
        await count.means("进店人", "访客数", "访客数 visitors")
        await count.means("卖了", "成交", "支付金额 gmv")
        await count.means("几个人买", "买家", "buyers")
        await lan.sees("2 行、支付金额 11,000")
        await count.press("p")
        await lan.sees("2026-11-14", "5,000", "6,000")
        await count.press("s")
        await lan.sees("已记住版式：我的日报", "导入了 2 行")
    assert count.keys <= MOST, count.keys
    csv(shop / "inbox" / "随便叫什么.csv", HAND.replace("-14", "-16").replace("-15", "-17"), "utf-8")
    async with at_the_desk(where, shop, at=TOMORROW.isoformat(), lang="zh") as lan:
        await lan.press("i")
        await lan.sees("1 个文件")
        await lan.press("enter")
        await lan.sees("已导入 1 个文件")
    days = load(shop, ShopDay, date(2026, 11, 1), date(2026, 11, 30)).frame
    assert days["gmv"].tolist() == [5_000.0, 6_000.0, 5_000.0, 6_000.0]
