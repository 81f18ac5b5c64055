"""Items with worse reviews or refunds than before, for callers that must not send more buyers to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.shop.settings import Shop
from core.topics.reviews.bad_reviews import BORROWED, FEWEST_BAD, SURE, USUAL_DAYS, WEEK, watch
from core.topics.reviews.review_statistics import bad_review_rises

if TYPE_CHECKING:
    import pandas as pd

Worse: TypeAlias = Literal["reviews", "refunds"]
FAULT = re.compile(r"质量|做工|瑕疵|破损|污渍|开线|起球|掉色|褪色|假冒|描述不符|与商品描述|少件|漏发")
"""Refund reasons that are about faults of the goods instead of a change of mind."""
SIZE = re.compile(r"尺[码寸]")
FORTNIGHT = 14
"""The days of sales a week's refunds are compared with, as goods take time to arrive [judgement]."""
FEWEST_BEFORE = 28
"""The days of refunds before the week that give the usual rate."""


def worsening(
    reviews: pd.DataFrame | None,
    refunds: pd.DataFrame | None,
    items: pd.DataFrame | None,
    shop: Shop,
    today: date,
) -> dict[str, Worse]:
    """Return the items with significantly more bad reviews, or more refunds for faults, this week.

    The items are the most visited ones, as in the review analysis; all are tested together. The week's
    refunds are compared with the units sold in two weeks, at the rate of the eight weeks before.
    """
    if items is None:
        return {}
    visitors = most_visited(items, shop, today)
    found: dict[str, Worse] = {}
    if refunds is not None and visitors:
        found |= dict.fromkeys(_more_refunds(refunds, items, visitors, today), "refunds")
    if reviews is not None and visitors:
        risen = [one.item for one in watch(reviews, visitors, {}, today) if one.risen]
        found |= dict.fromkeys(risen, "reviews")
    return found


def most_visited(frame: pd.DataFrame, shop: Shop, today: date) -> dict[str, float]:
    """Return the items with the most visitors of the last week, most first."""
    days = frame["date"].dt.date
    week = frame[(days >= today - timedelta(days=WEEK)) & (days < today) & (frame["item"] != "")]
    summed = week.groupby("item")["visitors"].sum().nlargest(shop.thresholds.top_items)
    return {str(item): float(n) for item, n in summed.items() if n > 0}


def _more_refunds(
    refunds: pd.DataFrame, items: pd.DataFrame, visitors: Mapping[str, float], today: date
) -> list[str]:
    start = today - timedelta(days=WEEK)
    if refunds.empty or min(refunds["date"].dt.date) > start - timedelta(days=FEWEST_BEFORE):
        return []
    faults = refunds[refunds["reason"].map(_is_fault)]
    applied = faults["date"].dt.date
    week = _by_item(faults[(applied >= start) & (applied < today)])
    before = _by_item(faults[(applied >= start - timedelta(days=USUAL_DAYS)) & (applied < start)])
    lately = _sold(items, today - timedelta(days=FORTNIGHT), today)
    earlier = _sold(items, start - timedelta(days=USUAL_DAYS), start)
    looked = 2.0  # each unit sold is in the two weeks before two weekly counts
    shop_rate = (sum(before.values()) + 0.5) / (looked * sum(earlier.values()) + 1.0)
    counts = {
        item: (min(week.get(item, 0), n), n) for item in visitors if (n := round(lately.get(item, 0.0)))
    }
    usual = {
        item: (before.get(item, 0) + BORROWED * shop_rate) / (looked * earlier.get(item, 0.0) + BORROWED)
        for item in counts
    }
    rises = bad_review_rises(counts, usual)
    return [
        item
        for item, rise in rises.items()
        if rise.q is not None and rise.q <= SURE and rise.bad >= FEWEST_BAD
    ]


def _is_fault(reason: object) -> bool:
    return bool(FAULT.search(str(reason))) and not SIZE.search(str(reason))


def _by_item(rows: pd.DataFrame) -> dict[str, int]:
    return {str(item): int(n) for item, n in rows.groupby("item").size().items()}


def _sold(items: pd.DataFrame, first: date, before: date) -> dict[str, float]:
    """Return the units sold by item from ``first`` up to but excluding ``before``."""
    days = items["date"].dt.date
    summed = items[(days >= first) & (days < before)].groupby("item")["units"].sum()
    return {str(item): float(n) for item, n in summed.items()}
