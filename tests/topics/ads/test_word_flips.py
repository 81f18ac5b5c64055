"""A word that pays by margin and refunds alone is a loss once fees, parcels and returns count: lowered."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.topics.exported import TODAY, Json, SmallShop, ask

EXAMPLE = next(
    one
    for one in json.loads(
        (Path(__file__).parents[2] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
    if one["name"] == "bid.word_flips"
)
ITEM, WORD = "736500100101", "风衣女"
DAYS, CLICKS = 40, 100
CAREFUL = "[thresholds]\nkeyword_kappa = 0.9\n"
BY_MARGIN = f"margin = 0.55\nrefund_rate = 0.55\n[money]\nbase_fee = 0.0\n{CAREFUL}"
"""The formula of before: margin × (1 − refunds)."""
IN_FULL = f"""margin = 0.55
refund_rate = 0.55
[money]
base_fee = 0.006
category_fee = 0.05
ship = 7.5
insurance = 2.5
return_cost = 5.0
resale_loss = 0.03
{CAREFUL}[[items]]
id = "{ITEM}"
cost = 80.0
"""
"""The same dress with its own cost and all that an order costs besides."""


def keyword_report() -> list[Json]:
    """Return the daily report of one word: 100 clicks at 1.60 yuan and 3.8 orders of 200 yuan a day."""
    given, rows = EXAMPLE["input"], []
    orders = given["orders_per_click"] * CLICKS
    for age in range(DAYS, 0, -1):
        n = int(orders * (DAYS - age + 1)) - int(orders * (DAYS - age))
        rows.append(
            {
                "日期": (TODAY - timedelta(days=age)).isoformat(), "场景名字": "关键词推广", "计划ID": "9001",
                "计划名字": "风衣", "宝贝ID": ITEM, "宝贝名称": "风衣", "词类型": "关键词",
                "词名字/词包名字": WORD, "展现量": 2000, "点击量": CLICKS,
                "花费": CLICKS * given["cpc"], "总成交金额": n * given["aov"], "总成交笔数": n,
            }
        )  # fmt: skip
    return rows


def board(folder: Path, settings: str, language: str) -> tuple[Json, Json, list[str]]:
    """Return the word's row of the keyword board, its finding, and the limits, by the command line."""
    span = f"{TODAY - timedelta(days=DAYS):%Y%m%d}_{TODAY - timedelta(days=1):%Y%m%d}"
    SmallShop(
        units={ITEM: [20.0] * DAYS}, prices={ITEM: 200.0}, settings=settings, language=language,
        files={f"关键词报表_{span}.csv": keyword_report()},
    ).write(folder)  # fmt: skip
    answer = ask(folder, "paid")
    tables = [one for one in answer["evidence"] if "rows" in one]
    (row,) = [
        dict(zip((column["id"] for column in table["columns"]), cells, strict=True))
        for table in tables
        for cells in table["rows"]
        if WORD in cells and any(column["id"] == "decision" for column in table["columns"])
    ]
    found = [one for one in answer["findings"] if one["about"].get("word") == WORD]
    return row, (found or [{}])[0], [str(one) for one in answer["limits"]]


def test_by_margin_alone_the_word_is_kept(tmp_path: Path) -> None:
    row, found, _ = board(tmp_path / "shop", BY_MARGIN, "en")
    assert row["decision"] == "keep"
    assert not found
    assert EXAMPLE["expected"]["profit_per_click_old"] > 0


@pytest.mark.parametrize(
    ("language", "decision", "reason", "where"),
    [
        (
            "en",
            "lower",
            "Judged by margin alone, this keyword would pay: an order's margin is ¥54.00, but only ¥38.72",
            "calculated with the refund rate in the settings (55%)",
        ),
        (
            "zh",
            "降价",
            "只看毛利，这个词是赚的：一单毛利 ¥54.00，扣掉扣点、快递和退货只剩 ¥38.72。",
            "没有退款单：一单剩下的钱按设置里的退款率（55%）算。",
        ),
    ],
    ids=["en", "zh"],
)
def test_by_what_its_orders_really_leave_it_is_lowered_and_the_board_says_why(
    tmp_path: Path, language: str, decision: str, reason: str, where: str
) -> None:
    row, found, limits = board(tmp_path / "shop", IN_FULL, language)
    assert row["decision"] == decision
    assert found["kind"] == "lower"
    assert reason in found["text"]
    assert any(where in limit for limit in limits)
    assert EXAMPLE["expected"]["profit_per_click_new"] < 0
