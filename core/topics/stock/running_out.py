"""Which items are about to be sold out: for those who must not send more buyers there."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.shop.settings import Shop
from core.topics.stock import pace, stock_count
from core.topics.stock.cover import judge

if TYPE_CHECKING:
    import pandas as pd


def running_out(stock: pd.DataFrame, items: pd.DataFrame, shop: Shop, today: date) -> dict[str, float]:
    """Return the days of cover of every item that is out, or leans to be before a new order can arrive."""
    counted = stock_count.last_count(stock)
    paces = pace.paces(items, stock_count.empty_days(stock), shop, today)
    found: dict[str, float] = {}
    for item, one in counted.items():
        gone = pace.sold_since(items, one, paces.get(item), shop, today)
        line = judge(one, paces.get(item), gone.units, shop, today, hero=False)
        leans = line.chance is not None and line.chance >= shop.thresholds.leans
        if line.days is not None and (leans or line.state == "gone"):
            found[item] = line.days
    return found
