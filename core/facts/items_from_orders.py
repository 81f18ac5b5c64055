"""Daily figures of every item computed from the order list, for shops that import no item report.

Only orders that name their items are used. Visitors, carts and buyers remain unknown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders

if TYPE_CHECKING:
    import pandas as pd


def names_items(orders: Orders) -> bool:
    """Return whether any order names the items in it."""
    return bool((orders.frame["goods"] != "").any())


def item_days(orders: Orders) -> Items:
    """Return one row for each item and day of payment, computed from the paid orders.

    The rows of an item begin with its first sale. ``units`` and ``gmv`` are summed over the order lines of
    the item (later refunds do not change them); ``gmv`` is unknown on a day with an order of several goods
    whose amount is the whole order's. On a day with orders of other items only, the item's figures are 0; a
    day without any order has no rows.
    """
    import pandas as pd

    paid = orders.frame[orders.frame["paid"].notna() & (orders.frame["goods"] != "")]
    lines = paid["goods"].str.split(";").explode()
    parts = lines.str.split(":", expand=True).reindex(columns=range(3))
    sold = pd.DataFrame(
        {
            "date": paid["paid"].dt.normalize().loc[parts.index].to_numpy(),
            "item": parts[0].to_numpy(),
            "title": paid["titles"].loc[parts.index].to_numpy(),
            "units": pd.to_numeric(parts[1], errors="coerce").to_numpy(),
            "gmv": pd.to_numeric(parts[2], errors="coerce").to_numpy(),
        }
    )
    alone = (lines.index.value_counts().loc[parts.index] == 1).to_numpy()
    days = _every_day(sold)
    found = Items(Items.shaped(days.assign(title=days["item"].map(_titles(sold[alone])).fillna(""))))
    found.batches = orders.batches
    return found


def _every_day(sold: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each item and each day with any order, from the item's first sale on.

    Figures are 0 on days without a sale of the item, and NaN where a part of the sum is unknown.
    """
    import pandas as pd

    summed = sold.groupby(["date", "item"])[["units", "gmv"]].agg(_whole)
    days = pd.MultiIndex.from_product([sorted(sold["date"].unique()), sorted(sold["item"].unique())])
    grid = summed.reindex(days.set_names(["date", "item"]))
    grid.loc[~grid.index.isin(summed.index)] = 0.0
    grid = grid.reset_index()
    return grid[grid["date"] >= grid["item"].map(sold.groupby("item")["date"].min())]


def _whole(figures: pd.Series) -> float:
    """Return the sum; NaN if a part of it is unknown."""
    return float(figures.sum(skipna=False))


def _titles(sold: pd.DataFrame) -> dict[str, str]:
    """Return each item's newest title.

    ``sold``: sales from orders of a single item, because the titles of an order of several cannot be told
    apart.
    """
    ordered = sold.sort_values("date", kind="stable")
    return dict(zip(ordered["item"], ordered["title"], strict=True))
