"""Items with worse reviews or refunds than before, for callers that must not sell or order more of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.answers.incidents import Incidents
from core.shop.settings import Shop
from core.topics.reviews.bad_reviews import WEEK, watch

if TYPE_CHECKING:
    import pandas as pd

Fault: TypeAlias = Literal["reviews", "refunds"]
"""What got worse; "reviews" if both did."""


def faults(
    reviews: pd.DataFrame | None,
    items: pd.DataFrame | None,
    changed: Incidents | None,
    shop: Shop,
    today: date,
) -> dict[str, Fault]:
    """Return the items whose refunds rose, according to the morning's analysis, or whose bad reviews rose."""
    told = () if changed is None else changed.of(("item_refunds", "reason_refunds"))
    found: dict[str, Fault] = {one.about.item: "refunds" for one in told if one.about.item}
    return found | dict.fromkeys(worsening(reviews, items, shop, today), "reviews")


def worsening(
    reviews: pd.DataFrame | None, items: pd.DataFrame | None, shop: Shop, today: date
) -> frozenset[str]:
    """Return the items with more bad reviews this week than chance explains.

    Only the most visited items are tested, all of them together, as in the analysis of reviews.
    """
    if items is None or reviews is None:
        return frozenset()
    visitors = most_visited(items, shop, today)
    if not visitors:
        return frozenset()
    return frozenset(one.item for one in watch(reviews, visitors, {}, today) if one.risen)


def most_visited(frame: pd.DataFrame, shop: Shop, today: date) -> dict[str, float]:
    """Return the items with the most visitors in the last week, most first.

    If visitors are unknown, the pieces sold decide.
    """
    days = frame["date"].dt.date
    week = frame[(days >= today - timedelta(days=WEEK)) & (days < today) & (frame["item"] != "")]
    summed = week.groupby("item")[weighed_by(frame)].sum().nlargest(shop.thresholds.top_items)
    return {str(item): float(n) for item, n in summed.items() if n > 0}


def weighed_by(frame: pd.DataFrame) -> Literal["visitors", "units"]:
    """Return the figure by which items are ranked: visitors, or pieces sold if visitors are unknown."""
    return "visitors" if frame["visitors"].notna().any() else "units"
