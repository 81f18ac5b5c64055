"""What a campaign brought net of the quiet around it, what was given away, what was earned (section 9)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from core.measures import baseline
from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.topics.campaigns.past_campaigns.finished import Finished
from core.topics.campaigns.uplift import Uplift, weekday_matched_uplift

if TYPE_CHECKING:
    import pandas as pd

Prices: TypeAlias = Mapping[str, tuple[float, float]]
"""Sales in yuan and pieces by item."""
CLEAN_WEEKS = 8
REFUND_DAYS = 15
"""Days behind it until most of its refunds are applied for (analysis 9)."""
FEWEST_UNITS = 5
"""Pieces in each window from where an item's price counts."""
PRICED = 0.5
"""Share of the campaign's sales whose usual price must be known."""


@dataclass(frozen=True, slots=True)
class CampaignReview:
    """One finished campaign, as far as the exports reach; None = not known."""

    campaign: Finished
    window: Uplift
    """Its own days against the same weekdays of clean weeks."""
    net: Uplift
    """The same with the days before and behind it."""
    quiet_seen: int
    price_index: float | None
    """What pieces cost in it over what they usually cost."""
    given_away: float | None
    """Discount on sales that would have come anyway, yuan."""
    extra_ads: float | None
    """Ad cost beyond the same number of ordinary days, yuan."""
    refunds: float | None
    """Share of its sales that went back so far."""
    refunds_final: bool
    profit: float | None
    low: float | None
    high: float | None


def review(
    one: Finished,
    sales: baseline.Values,
    shop: Shop,
    today: date,
    *,
    items: pd.DataFrame | None = None,
    ads: pd.DataFrame | None = None,
    refunds: pd.DataFrame | None = None,
    fees: float = 0.0,
) -> CampaignReview | None:
    """Return what it came to; None while one of its days is missing, or without a clean week before it."""
    around = [day for day in (*one.before, *one.after) if day in sales]
    window = window_uplift(one, one.days, sales, shop)
    net = window_uplift(one, sorted((*around, *one.days)), sales, shop)
    if window is None or net is None:
        return None
    index = None if items is None else price_index(items, one, shop)
    given = None if index is None else window.baseline * (1.0 - index)
    extra = None if ads is None else _extra_ads(ads, one, shop)
    back = None if refunds is None else _refunded(refunds, one, window.actual, today)
    final = (today - one.last).days > REFUND_DAYS
    ends = [
        _profit(value, window, shop, index, given, extra, back if final else None, fees)
        for value in (net.uplift, net.low, net.high)
    ]
    seen = sum(day in sales for day in one.after)
    return CampaignReview(one, window, net, seen, index, given, extra, back, final, *ends)


def window_uplift(one: Finished, days: Sequence[date], sales: baseline.Values, shop: Shop) -> Uplift | None:
    """Return the days against the same weekdays of the plain weeks before the campaign and its waiting time.

    None while a day is missing, or without a clean week.
    """
    if any(day not in sales for day in days):
        return None
    return weekday_matched_uplift(weeks_before(one, days, sales, shop), [sales[day] for day in days])


def weeks_before(
    one: Finished, days: Sequence[date], sales: baseline.Values, shop: Shop
) -> list[list[float | None]]:
    """Return the same weekdays of the eight weeks before, oldest first; None for a day that is not plain."""
    weeks: list[list[float | None]] = []
    for back in range(CLEAN_WEEKS, 0, -1):
        same = [one.start + timedelta(days=(day - one.start).days % 7 - 7 * back) for day in days]
        weeks.append([sales.get(day) if baseline.is_plain(shop, day) else None for day in same])
    return weeks


def price_index(frame: pd.DataFrame, one: Finished, shop: Shop) -> float | None:
    """Return what the campaign's pieces cost over their usual price, at most 1; None for too few known."""
    usual, sold = usual_and_paid(frame, one, shop)
    both = [item for item in sold if item in usual]
    paid = math.fsum(sold[item][0] for item in both)
    if not both or paid < PRICED * math.fsum(gmv for gmv, _ in sold.values()):
        return None
    full = math.fsum(sold[item][1] * usual[item][0] / usual[item][1] for item in both)
    return min(1.0, paid / full)


def usual_and_paid(frame: pd.DataFrame, one: Finished, shop: Shop) -> tuple[Prices, Prices]:
    """Return sales and pieces by item over the plain days before, and over the campaign's own days."""
    when = frame["date"].dt.date
    plain = set(usable({day for day in when if day < one.start}, shop)[-28:])
    return _prices(frame[when.isin(plain)]), _prices(frame[when.isin(set(one.days))])


def _prices(rows: pd.DataFrame) -> Prices:
    """Sales and pieces by item with enough pieces to have a price."""
    summed = rows.groupby("item")[["gmv", "units"]].sum()
    found = zip(summed.index, summed["gmv"], summed["units"], strict=True)
    return {str(item): (float(gmv), float(n)) for item, gmv, n in found if n >= FEWEST_UNITS and gmv > 0}


def _extra_ads(frame: pd.DataFrame, one: Finished, shop: Shop) -> float | None:
    report = "item" if (frame["report"] == "item").any() else "plan"
    cost = baseline.totals(frame[frame["report"] == report], "cost")
    plain = usable([day for day in cost if day < one.start], shop)[-28:]
    if len(plain) < baseline.SMALLEST_BAND or any(day not in cost for day in one.days):
        return None
    usual = math.fsum(cost[day] for day in plain) / len(plain)
    return math.fsum(cost[day] for day in one.days) - usual * len(one.days)


def _refunded(frame: pd.DataFrame, one: Finished, sold: float, today: date) -> float | None:
    """Share of what was paid on its days that was applied back, so far."""
    if "paid" not in frame or not sold or frame["paid"].isna().all():
        return None
    mine = frame[frame["paid"].dt.date.isin(set(one.days)) & (frame["date"].dt.date < today)]
    return float(mine["amount"].sum()) / sold


def _profit(
    net: float | None,
    window: Uplift,
    shop: Shop,
    index: float | None,
    given: float | None,
    extra: float | None,
    back: float | None,
    fees: float,
) -> float | None:
    """Yuan earned beyond the same days without it; None without margin, prices or ad cost.

    Pieces of the campaign keep the margin of their lowered price; what is missing around it had the full one.
    """
    if net is None or shop.margin is None or index is None or given is None or extra is None:
        return None
    lowered = 1.0 - (1.0 - shop.margin) / index
    around = (net - window.uplift) * shop.margin
    usual = shop.refund_rate
    kept = (1.0 - usual) * ((window.uplift + given) * lowered + around - given)
    more_back = 0.0 if back is None else window.actual * (back - usual) * lowered
    return kept - more_back - extra - fees


def columns_of(frame: pd.DataFrame) -> Mapping[date, float]:
    """Return the shop's sales by day."""
    return baseline.column(frame, "gmv")
