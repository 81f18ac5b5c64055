"""Items that sold for less than they cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

RECENT = 3
"""The number of latest days whose prices count as current."""


@dataclass(frozen=True, slots=True)
class BelowCost:
    """An item that sold below cost on the last day it sold."""

    day: date
    paid: float
    """Yuan paid per unit."""
    cost: float
    units: float
    since: date
    """The first day of the current run of days below cost."""

    @property
    def lost(self) -> float:
        """Return the loss in yuan, before fees, on the last day on which the item sold."""
        return (self.cost - self.paid) * self.units


def below_cost(
    items: pd.DataFrame, stock: pd.DataFrame | None, shop: Shop, today: date
) -> dict[str, BelowCost]:
    """Return the items that sold below cost in the last three days, by item id.

    Only items with a known cost are included. It is the cost in shop.toml, or else the lowest cost of the
    item's SKUs in the stock list.
    """
    costs = _listed_costs(stock) | {one.id: one.cost for one in shop.items if one.cost is not None}
    since = today - timedelta(days=RECENT)
    when = items["date"].dt.date
    priced = (items["units"] > 0) & items["gmv"].notna() & items["item"].isin(list(costs))
    sold = items.loc[(when < today) & priced, ["item", "date", "units", "gmv"]]
    below = sold["gmv"] < sold["units"] * sold["item"].map(costs).astype(float)
    sold = sold[sold["item"].isin(sold.loc[below & (sold["date"].dt.date >= since), "item"].unique())]
    found: dict[str, BelowCost] = {}
    for item, own in sold.groupby("item", sort=False):
        cost, run = costs[str(item)], None
        for row in own.sort_values("date", ascending=False).itertuples(index=False):
            paid, day = float(row.gmv) / float(row.units), row.date.date()
            if paid >= cost or (run is None and day < since):
                break
            run = (
                BelowCost(day, paid, cost, float(row.units), day)
                if run is None
                else BelowCost(run.day, run.paid, cost, run.units, day)
            )
        if run is not None:
            found[str(item)] = run
    return found


def _listed_costs(stock: pd.DataFrame | None) -> dict[str, float]:
    if stock is None or "cost" not in stock:
        return {}
    known = stock[(stock["cost"] > 0) & (stock["item"] != "")]
    if known.empty:
        return {}
    newest = known[known["date"] == known.groupby("item")["date"].transform("max")]
    return {str(item): float(cost) for item, cost in newest.groupby("item")["cost"].min().items()}
