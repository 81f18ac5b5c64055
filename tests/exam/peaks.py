"""One unlisted peak in a steady shop, by exports: how far does it move the plans, and is it asked about?"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any, Final, TypeAlias

import numpy as np

from tests.topics.exported import TODAY, Json, SmallShop, ask, item_ids, poisson

KINDS: Final = ("3 x", "8 x", "30 x", "presale balance", "one large order")
DAYS: Final = 60
_STOCK: Final = frozenset({"item", "on_hand", "a_day", "cover", "quantity"})
"""Columns by which the table of the stock step is known, whatever it is called."""
TARGET: Final = '[targets]\n"2026-06" = 210000\n'
Row: TypeAlias = dict[str, Any]


def peaked(folder: Path, seed: int, number: int) -> Row:
    """Draw a shop of three items of at least 8 a day, one peak on one of them, and compare the plans.

    Returns the kind; by how much pace, order-up-to level and the rest of the month moved, as shares; and
    whether the day was asked about (None where it lies too far back to ask).
    """
    chance = np.random.default_rng(seed)
    kind = KINDS[number % len(KINDS)]
    ids, ago = item_ids(3), int(chance.integers(1, 8))
    usual = {
        item: poisson(chance, mean, DAYS) for item, mean in zip(ids, chance.uniform(8, 30, 3), strict=True)
    }
    item = str(chance.choice(ids))
    mean = float(np.mean([one or 0.0 for one in usual[item]]))
    sold = {name: list(units) for name, units in usual.items()}
    times = {"3 x": 3.0, "8 x": 8.0, "30 x": 30.0, "presale balance": 12.0, "one large order": 10.0}[kind]
    sold[item][DAYS - ago] = float(round(times * mean))
    if kind == "presale balance" and ago > 1:
        sold[item][DAYS - ago + 1] = float(round(0.4 * times * mean))
    orders = _large_order(item, ago, round((times - 1.0) * mean)) if kind == "one large order" else ()
    made = {
        name: SmallShop(units, on_hand=dict.fromkeys(ids, 10.0), settings=TARGET, orders=rows).write(
            folder / name
        )
        for name, units, rows in (("usual", usual, ()), ("peaked", sold, orders))
    }
    stocks = {name: ask(place, "stock") for name, place in made.items()}
    was, now = (_row(stocks[name], item) for name in made)
    months = [_rest(ask(place, "target")) for place in made.values()]
    asked = [one for one in stocks["peaked"]["findings"] if one["kind"] == "odd_day"]
    return {
        "kind": kind,
        "pace": now["a_day"] / was["a_day"] - 1.0,
        "level": (now["quantity"] + 10) / (was["quantity"] + 10) - 1.0,
        "month": months[1] / months[0] - 1.0,
        "asked": any(one["about"].get("item") == item for one in asked),
        "words": [one["text"] for one in asked],
    }


def _row(answer: Json, item: str) -> Row:
    tables = [one for one in answer["evidence"] if one["kind"] == "table"]
    found = next(one for one in tables if {column["id"] for column in one["columns"]} >= _STOCK)
    ids = [column["id"] for column in found["columns"]]
    rows = [dict(zip(ids, cells, strict=True)) for cells in found["rows"]]
    return next(row for row in rows if row["item"] == f"商品{item[-3:]}")


def _rest(answer: Json) -> float:
    """Return what the rest of the month is forecast to bring."""
    told = {one["name"]: one.get("value") for one in answer["evidence"]}
    return float(told["Month-end forecast"]) - float(told["Month to date"])


def _large_order(item: str, ago: int, units: int) -> tuple[Json, ...]:
    day = TODAY - timedelta(days=ago)
    return (
        {
            "订单编号": f"26061{ago:05d}", "订单创建时间": f"{day} 10:00:00",
            "订单付款时间": f"{day} 10:05:00",
            "总金额": units * 100, "买家实际支付金额": units * 100, "订单状态": "买家已付款，等待卖家发货",
            "宝贝标题": f"商品{item[-3:]}", "宝贝种类": 1, "宝贝总数量": units, "买家会员名": "企业采购",
        },
    )  # fmt: skip
