"""The shares of paid orders refunded before and after dispatch, for the shop and for each item.

The fewer orders an item has, the more its rate is shrunk to the shop's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.measures.net_sales import NetSales, applications
from core.measures.order_value import RefundShares, typed_refunds

if TYPE_CHECKING:
    import pandas as pd

ITEM_DAYS: Final = 28
FEWEST_KINDS: Final = 20
"""Minimum number of refunds with a known kind for using the shop's own share before dispatch."""


@dataclass(frozen=True, slots=True)
class Shares:
    """Refund shares of the shop and of its items."""

    shop: RefundShares
    by_item: Mapping[str, RefundShares]

    def of(self, item: str = "") -> RefundShares:
        """Return the item's shares; the shop's if the item has none of its own."""
        return self.by_item.get(item, self.shop)


def refund_shares(
    net: NetSales, refunds: pd.DataFrame | None, items: pd.DataFrame | None, today: date
) -> Shares:
    """Return the refund shares of the shop and its items.

    Without a refund list, the overall rate of the shop applies to all items.
    """
    if net.basis != "list" or refunds is None:
        return Shares(typed_refunds(net.rate), {})
    rows = applications(refunds, today)
    early = before_share(rows)
    whole = RefundShares(net.rate * early, net.rate * (1.0 - early))
    if items is None or net.upto is None:
        return Shares(whole, {})
    rates = item_rates(rows, items, net, today)
    return Shares(
        whole,
        {item: RefundShares(rate * early, rate * (1.0 - early)) for item, rate in rates.items()},
    )


def before_share(rows: pd.DataFrame) -> float:
    """Return the share of refunds that came before dispatch, by parcel number, goods state and refund kind.

    Refunds without any of these are left out; if too few are left, 40 % is assumed.
    """
    sent = rows["sent_number"] != ""
    returned = rows["kind"].str.contains("退货") | (rows["back_number"] != "")
    received = rows["goods_state"].str.contains("已收到|已签收")
    told = sent | returned | (rows["kind"] != "") | (rows["goods_state"] != "")
    weight = rows["weight"].where(told, 0.0)
    whole = float(weight.sum())
    if whole < FEWEST_KINDS:
        return typed_refunds(1.0).before
    return float(weight.where(~(sent | returned | received), 0.0).sum()) / whole


def item_rates(rows: pd.DataFrame, items: pd.DataFrame, net: NetSales, today: date) -> dict[str, float]:
    """Return each item's final refund rate from orders of the last four weeks, shrunk to the shop's rate."""
    import numpy as np

    from core.statistics import refund_development as development

    first = today - timedelta(days=ITEM_DAYS)
    when = items["date"].dt.date
    sold = items[(when >= first) & (when < today)]
    share = sold["date"].dt.date.map(lambda day: net.developed.get(day, 0.0)).astype(float)
    exposure = (sold["buyers"].fillna(0.0) * share).groupby(sold["item"]).sum()
    paid = rows[(rows["date_paid"] >= first) & (rows["item"] != "")]
    seen = paid.groupby("item")["weight"].sum()
    names = [str(item) for item in exposure.index]
    n = np.array([float(seen.get(item, 0.0)) for item in names])
    e = np.array([float(exposure[item]) for item in names])
    pool = float(n.sum() / e.sum()) if e.sum() > 0 else net.rate
    strength = development.item_strength(n, e, pool)
    scale = net.rate / pool if pool > 0 else 1.0
    return {
        item: min(0.98, scale * development.shrunk_rate(float(k), float(m), pool, strength))
        for item, k, m in zip(names, n, e, strict=True)
    }
