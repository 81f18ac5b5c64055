"""Cost and return of an item's ads by scene, compared with the break-even ROI."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from core.language.message import Words, say
from core.measures.judged_days import within
from core.measures.order_value import ShopRefunds, order_value, value_share
from core.shop.settings import Shop
from core.statistics import distributions

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

KEYWORD_SCENE = re.compile(r"关键词|直通车")
COUNTS = ["impressions", "clicks", "cost", "orders", "gmv"]
FEWEST_CLICKS = 60
"""The fewest clicks to judge an ROI (the same limit as for keywords)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spending:
    """One item in one scene over the judged days."""

    item: str
    name: Words
    scene: str
    impressions: float
    clicks: float
    cost: float
    orders: float
    gmv: float
    days: int
    low: float | None
    """The limits of the 90 % interval of the ROI; None without orders."""
    high: float | None
    share: float | None
    """What a yuan of its sales leaves; 0 or less: each order loses money. None without a margin."""
    chance_bad: float | None
    """The probability that the ROI is below break-even."""
    net_break_even: float | None = None
    """The net sales per yuan at zero profit; None as ``break_even``, or if the report has no net sales."""

    @property
    def break_even(self) -> float | None:
        """Return the ROI at zero profit; None without a margin, or if an order leaves nothing."""
        return 1.0 / self.share if self.share is not None and self.share > 0 else None

    @property
    def never_pays(self) -> bool:
        """Return whether an order loses money before any ad, so that no return is high enough."""
        return self.share is not None and self.share <= 0

    @property
    def scene_name(self) -> Words:
        """Return the scene, or simply ads where the report tells no scenes apart."""
        return self.scene or say("Ads")

    @property
    def roi(self) -> float | None:
        """Return sales per yuan of cost (ROI)."""
        return self.gmv / self.cost if self.cost else None

    @property
    def daily_loss(self) -> float | None:
        """Return the loss in yuan per day (negative for a profit); None without a margin."""
        if self.share is None or not self.days:
            return None
        return (self.cost - self.gmv * self.share) / self.days

    @property
    def by_keyword(self) -> bool:
        """Return whether these are keyword ads, whose keywords are judged one by one."""
        return bool(KEYWORD_SCENE.search(self.scene))


def spendings(
    frame: pd.DataFrame,
    days: Collection[date],
    shop: Shop,
    names: Mapping[str, Words],
    refunds: ShopRefunds | None = None,
) -> list[Spending]:
    """Return every item and scene with costs, the most expensive first; from one of the two reports only."""
    rows = within(frame, days)
    if "report" in rows.columns:
        rows = rows[rows["report"] == "item"]
    rows = rows[rows["item"] != ""]
    summed = rows.groupby(["item", "scene"], sort=True)[COUNTS].sum().reset_index()
    paid = _order_values(summed)
    made = [
        _spending(row, len(days), shop, names, paid.get(str(row["item"]), paid.get("")), refunds)
        for row in summed.to_dict("records")
        if row["cost"] > 0
    ]
    if "net_gmv" not in rows.columns or rows["net_gmv"].isna().all():
        made = [replace(one, net_break_even=None) for one in made]
    return sorted(made, key=lambda one: -one.cost)


def _order_values(rows: pd.DataFrame) -> dict[str, float]:
    """Return sales per order by item, with "" for all items; items without orders are left out."""
    summed = rows.groupby("item")[["gmv", "orders"]].sum()
    found = {
        str(item): float(gmv / orders)
        for item, gmv, orders in zip(summed.index, summed["gmv"], summed["orders"], strict=True)
        if orders > 0 and gmv > 0
    }
    orders = float(summed["orders"].sum())
    return found | ({"": float(summed["gmv"].sum()) / orders} if found else {})


def _spending(
    row: Mapping[Hashable, object],
    days: int,
    shop: Shop,
    names: Mapping[str, Words],
    paid: float | None,
    refunds: ShopRefunds | None,
) -> Spending:
    item = str(row["item"])
    impressions, clicks, cost, orders, gmv = (float(str(row[name])) for name in COUNTS)
    order = order_value(shop, paid, item, refunds)
    share = value_share(shop, item, refunds) if order is None else order.share
    low = high = chance = None
    shape, value = orders + 0.5, gmv / orders if orders else 0.0
    if orders and clicks >= FEWEST_CLICKS:
        low = distributions.gamma_quantile(0.05, shape, 1.0) * value / cost
        high = distributions.gamma_quantile(0.95, shape, 1.0) * value / cost
    if share is not None and share <= 0:
        chance = 1.0
    elif share is not None and low is not None:
        chance = distributions.gamma_cdf(cost / share / value, shape, 1.0)
    return Spending(
        item=item,
        name=names.get(item, item),
        scene=str(row["scene"]),
        impressions=impressions,
        clicks=clicks,
        cost=cost,
        orders=orders,
        gmv=gmv,
        days=days,
        low=low,
        high=high,
        share=share,
        net_break_even=None if order is None else order.net_break_even_roi,
        chance_bad=chance,
    )
