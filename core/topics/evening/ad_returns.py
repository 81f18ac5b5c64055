"""The return of ads on fully credited days: per click, per order, and of the next yuan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.measures.judged_days import Window, days_of, window, within
from core.measures.order_value import OrderValue, ShopRefunds, mixed, order_value
from core.shop.settings import Shop
from core.topics.sales.traffic import believed_elasticity, elasticity

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Returns:
    """Clicks, cost and sales of the ads over the last four weeks whose orders are fully credited."""

    days: Window
    clicks: float
    cost: float
    orders: float
    gmv: float
    order: OrderValue | None
    """The value of a credited order; None if no margin is known, or if an order earns nothing before ads."""
    elasticity: float
    by_item: dict[str, float]
    """The ad cost by item; empty if the report has no items."""

    @property
    def per_click(self) -> float:
        """Return credited orders per click."""
        return self.orders / self.clicks

    @property
    def cpc(self) -> float:
        """Return the cost per click in yuan."""
        return self.cost / self.clicks

    @property
    def roi(self) -> float:
        """Return the sales per yuan of ad spend."""
        return self.gmv / self.cost


def returns(
    frame: pd.DataFrame, shop: Shop, today: date, refunds: ShopRefunds | None = None
) -> Returns | None:
    """Return clicks, cost and sales of the ads on fully credited days.

    None if no day is fully credited yet or nothing was credited.
    """
    rows = ad_rows(frame)
    if rows is None:
        return None
    days = window(days_of(rows), shop, today)
    old = within(rows, days.judged)
    clicks, cost, orders, gmv = (float(old[name].sum()) for name in ("clicks", "cost", "orders", "gmv"))
    if min(clicks, cost, orders, gmv) <= 0:
        return None
    sold, spent = baseline.totals(old, "gmv"), baseline.totals(old, "cost")
    both = [day for day in spent if day in sold]
    slope = elasticity([spent[day] for day in both], [sold[day] for day in both])
    return Returns(
        days=days,
        clicks=clicks,
        cost=cost,
        orders=orders,
        gmv=gmv,
        order=_order(old, gmv / orders, shop, refunds),
        elasticity=believed_elasticity(slope),
        by_item=_costs(old),
    )


def _costs(rows: pd.DataFrame) -> dict[str, float]:
    named = rows[rows["item"] != ""]
    return {str(item): float(cost) for item, cost in named.groupby("item")["cost"].sum().items() if cost > 0}


def _order(rows: pd.DataFrame, aov: float, shop: Shop, refunds: ShopRefunds | None) -> OrderValue | None:
    """Return the order value averaged over the advertised items by sales; None if unknown or not above 0."""
    sold = rows.groupby("item")["gmv"].sum()
    parts = [
        (float(gmv), order_value(shop, aov, str(item), refunds)) for item, gmv in sold.items() if gmv > 0
    ]
    known = [(gmv, order) for gmv, order in parts if order is not None]
    if len(known) < len(parts):
        return None
    order = mixed(known, aov)
    return order if order is not None and order.value > 0 else None
