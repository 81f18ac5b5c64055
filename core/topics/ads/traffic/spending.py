"""Cost and return of an item's ads by scene, compared with the break-even ROI."""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.language.message import Words, say
from core.measures.judged_days import within
from core.shop.settings import Shop
from core.statistics import distributions
from core.topics.ads.bids import break_even_roi

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
    break_even: float | None
    chance_bad: float | None
    """The probability that the ROI is below break-even."""

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
        if self.break_even is None or not self.days:
            return None
        return (self.cost - self.gmv / self.break_even) / self.days

    @property
    def by_keyword(self) -> bool:
        """Return whether these are keyword ads, whose keywords are judged one by one."""
        return bool(KEYWORD_SCENE.search(self.scene))


def spendings(
    frame: pd.DataFrame, days: Collection[date], shop: Shop, names: Mapping[str, Words]
) -> list[Spending]:
    """Return every item and scene with costs, the most expensive first; from one of the two reports only."""
    rows = within(frame, days)
    if "report" in rows.columns:
        rows = rows[rows["report"] == "item"]
    rows = rows[rows["item"] != ""]
    summed = rows.groupby(["item", "scene"], sort=True)[COUNTS].sum().reset_index()
    made = [_spending(row, len(days), shop, names) for row in summed.to_dict("records") if row["cost"] > 0]
    return sorted(made, key=lambda one: -one.cost)


def _spending(row: Mapping[Hashable, object], days: int, shop: Shop, names: Mapping[str, Words]) -> Spending:
    item = str(row["item"])
    impressions, clicks, cost, orders, gmv = (float(str(row[name])) for name in COUNTS)
    even = break_even_roi(shop.margin_of(item), shop.refund_rate)
    low = high = chance = None
    if orders and clicks >= FEWEST_CLICKS:
        shape, value = orders + 0.5, gmv / orders
        low = distributions.gamma_quantile(0.05, shape, 1.0) * value / cost
        high = distributions.gamma_quantile(0.95, shape, 1.0) * value / cost
        chance = None if even is None else distributions.gamma_cdf(even * cost / value, shape, 1.0)
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
        break_even=even,
        chance_bad=chance,
    )
