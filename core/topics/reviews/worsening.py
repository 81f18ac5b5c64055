"""Items with worse reviews or refunds than before, for callers that must not send more buyers to them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from core.shop.settings import Shop
from core.topics.reviews.bad_reviews import WEEK, watch

if TYPE_CHECKING:
    import pandas as pd


def worsening(
    reviews: pd.DataFrame | None, items: pd.DataFrame | None, shop: Shop, today: date
) -> frozenset[str]:
    """Return the items with more bad reviews than chance gives this week.

    Items are the most visited ones, as where reviews are read; all of them are tested together.
    """
    if items is None or reviews is None:
        return frozenset()
    visitors = most_visited(items, shop, today)
    if not visitors:
        return frozenset()
    return frozenset(one.item for one in watch(reviews, visitors, {}, today) if one.risen)


def most_visited(frame: pd.DataFrame, shop: Shop, today: date) -> dict[str, float]:
    """Return the items with the most visitors of the last week (else pieces sold), most first."""
    days = frame["date"].dt.date
    week = frame[(days >= today - timedelta(days=WEEK)) & (days < today) & (frame["item"] != "")]
    summed = week.groupby("item")[weighed_by(frame)].sum().nlargest(shop.thresholds.top_items)
    return {str(item): float(n) for item, n in summed.items() if n > 0}


def weighed_by(frame: pd.DataFrame) -> Literal["visitors", "units"]:
    """Return the figure by which items are ranked: visitors, or pieces sold where no export has visitors."""
    return "visitors" if frame["visitors"].notna().any() else "units"
