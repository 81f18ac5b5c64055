"""Items about to sell out, for callers that must not send more buyers to them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.measures.order_value import ShopRefunds
from core.shop.settings import Shop
from core.topics.stock.cover import lines

if TYPE_CHECKING:
    import pandas as pd


def running_out(
    stock: pd.DataFrame, items: pd.DataFrame, shop: Shop, today: date, refunds: ShopRefunds | None = None
) -> dict[str, float]:
    """Return, by item, the days of cover of items that are sold out or will probably be so soon.

    Soon means before a new order arrives.
    """
    found: dict[str, float] = {}
    for line in lines(stock, items, shop, today, refunds=refunds)[0]:
        leans = line.chance is not None and line.chance >= shop.thresholds.leans
        if line.days is not None and line.state != "hidden" and (leans or line.state == "gone"):
            found[line.shelf.item] = line.days
    return found
