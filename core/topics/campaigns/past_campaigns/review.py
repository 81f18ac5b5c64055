"""The review of a campaign: additional sales net of the quiet days, discount given, profit."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, TypeAlias

from core.measures import baseline
from core.measures.ad_report import one_report
from core.measures.net_sales import NetSales
from core.measures.order_value import (
    OrderValue,
    RefundShares,
    ShopRefunds,
    costs_of,
    refunds_of,
    typed_refunds,
)
from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.topics.campaigns.past_campaigns.after_refunds import KeptUplift, kept_uplift
from core.topics.campaigns.past_campaigns.finished import Finished
from core.topics.campaigns.uplift import Uplift, weekday_matched_uplift

if TYPE_CHECKING:
    import pandas as pd

Prices: TypeAlias = Mapping[str, tuple[float, float]]
"""Sales in yuan and units by item."""
CLEAN_WEEKS = 8
REFUND_DAYS = 15
"""The number of days after a campaign until most refunds have been applied for."""
FEWEST_UNITS = 5
"""The minimum number of units in each period for an item's price to count."""
PRICED = 0.5
"""The share of the campaign's sales for which the usual price must be known."""


@dataclass(frozen=True, slots=True)
class CampaignReview:
    """The result of a finished campaign, computed from the exports; fields are None if unknown."""

    campaign: Finished
    window: Uplift
    """The additional sales of the campaign's own days, over the same weekdays of weeks without a campaign."""
    net: Uplift
    """The additional sales including the quiet days before and after."""
    quiet_seen: int
    price_index: float | None
    """Prices paid in the campaign, as a fraction of the usual prices."""
    given_away: float | None
    """The discount in yuan on sales that would have happened anyway."""
    extra_ads: float | None
    """The ad cost in yuan beyond that of as many ordinary days."""
    refunds: float | None
    """The share of the campaign's sales refunded so far."""
    refunds_final: bool
    profit: float | None
    low: float | None
    high: float | None
    kept: KeptUplift | None = None
    """The uplift after refunds; None without a refund list of these days."""


def review(  # noqa: PLR0913 - all that is known of it
    one: Finished,
    sales: baseline.Values,
    shop: Shop,
    today: date,
    *,
    items: pd.DataFrame | None = None,
    ads: pd.DataFrame | None = None,
    refunds: pd.DataFrame | None = None,
    fees: float = 0.0,
    net_of_days: NetSales | None = None,
    measured: ShopRefunds | None = None,
) -> CampaignReview | None:
    """Return the campaign's review.

    None while one of its days is missing, or if there is no week to compare with. ``net_of_days`` are the
    shop's net sales, ``measured`` its usual refund shares.
    """
    around = [day for day in (*one.before, *one.after) if day in sales]
    window = window_uplift(one, one.days, sales, shop)
    net = window_uplift(one, sorted((*around, *one.days)), sales, shop)
    if window is None or net is None:
        return None
    index = None if items is None else price_index(items, one, shop)
    given = None if index is None else window.baseline * (1.0 - index)
    extra = None if ads is None else _extra_ads(ads, one, shop)
    back = None if refunds is None else _refunded(refunds, one, window.actual, today)
    kept = kept_uplift(one, window, net, net_of_days)
    final = (today - one.last).days > REFUND_DAYS if kept is None else kept.final
    own = kept.rate if kept is not None else back if final else None
    usual = refunds_of(shop, refunds=measured)
    profit, low, high = (
        _profit(value, window, shop, index, given, extra, usual, own, fees)
        for value in (net.uplift, net.low, net.high)
    )
    seen = sum(day in sales for day in one.after)
    shown = back if kept is None else kept.rate
    return CampaignReview(one, window, net, seen, index, given, extra, shown, final, profit, low, high, kept)


def window_uplift(one: Finished, days: Sequence[date], sales: baseline.Values, shop: Shop) -> Uplift | None:
    """Return the additional sales of ``days`` over ordinary days of the same weekdays before the campaign.

    None while a day is missing, or if there is no week to compare with.
    """
    if any(day not in sales for day in days):
        return None
    return weekday_matched_uplift(weeks_before(one, days, sales, shop), [sales[day] for day in days])


def weeks_before(
    one: Finished, days: Sequence[date], sales: baseline.Values, shop: Shop
) -> list[list[float | None]]:
    """Return the sales on the same weekdays in each of the eight weeks before the campaign, oldest first.

    The value of an unusual or unknown day is None.
    """
    weeks: list[list[float | None]] = []
    for back in range(CLEAN_WEEKS, 0, -1):
        same = [one.start + timedelta(days=(day - one.start).days % 7 - 7 * back) for day in days]
        weeks.append([sales.get(day) if baseline.is_plain(shop, day) else None for day in same])
    return weeks


def price_index(frame: pd.DataFrame, one: Finished, shop: Shop) -> float | None:
    """Return the prices paid during the campaign as a fraction of the usual ones, at most 1.

    None if too few prices are known.
    """
    usual, sold = usual_and_paid(frame, one, shop)
    both = [item for item in sold if item in usual]
    paid = math.fsum(sold[item][0] for item in both)
    if not both or paid < PRICED * math.fsum(gmv for gmv, _ in sold.values()):
        return None
    full = math.fsum(sold[item][1] * usual[item][0] / usual[item][1] for item in both)
    return min(1.0, paid / full)


def usual_and_paid(frame: pd.DataFrame, one: Finished, shop: Shop) -> tuple[Prices, Prices]:
    """Return sales and units by item on ordinary days before the campaign, and on the campaign's days."""
    when = frame["date"].dt.date
    plain = set(usable({day for day in when if day < one.start}, shop)[-28:])
    return _prices(frame[when.isin(plain)]), _prices(frame[when.isin(set(one.days))])


def _prices(rows: pd.DataFrame) -> Prices:
    """Return sales and units by item, for items that sold enough units to compute a price."""
    summed = rows.groupby("item")[["gmv", "units"]].sum()
    found = zip(summed.index, summed["gmv"], summed["units"], strict=True)
    return {str(item): (float(gmv), float(n)) for item, gmv, n in found if n >= FEWEST_UNITS and gmv > 0}


def _extra_ads(frame: pd.DataFrame, one: Finished, shop: Shop) -> float | None:
    cost = baseline.totals(one_report(frame), "cost")
    plain = usable([day for day in cost if day < one.start], shop)[-28:]
    if len(plain) < baseline.SMALLEST_BAND or any(day not in cost for day in one.days):
        return None
    usual = math.fsum(cost[day] for day in plain) / len(plain)
    return math.fsum(cost[day] for day in one.days) - usual * len(one.days)


def _refunded(frame: pd.DataFrame, one: Finished, sold: float, today: date) -> float | None:
    """Return the share of the sales on the campaign's days that was refunded so far; None if unknown."""
    if "paid" not in frame or not sold or frame["paid"].isna().all():
        return None
    mine = frame[frame["paid"].dt.date.isin(set(one.days)) & (frame["date"].dt.date < today)]
    return float(mine["amount"].sum()) / sold


def _profit(  # noqa: PLR0913, PLR0917 - all that is known of it
    net: float | None,
    window: Uplift,
    shop: Shop,
    index: float | None,
    given: float | None,
    extra: float | None,
    usual: RefundShares,
    back: float | None,
    fees: float,
) -> float | None:
    """Return the additional profit of the campaign in yuan, compared with the same days without it.

    None if margin, prices or ad cost are unknown. Sales on the campaign's days earn what its lowered prices
    and its own refund rate allow. The sales that would have come anyway, and those missing on the days around
    it, are valued at the usual prices and refund rate.
    """
    if net is None or shop.margin is None or index is None or given is None or extra is None:
        return None
    costs = costs_of(shop)._replace(ship=0.0, insurance=0.0, return_cost=0.0)
    full = OrderValue(1.0, 1.0 - shop.margin, usual, costs)
    own = usual if back is None else typed_refunds(min(1.0, back))
    lowered = OrderValue(1.0, (1.0 - shop.margin) / index, own, costs)
    around = net - window.uplift
    return window.actual * lowered.share + (around - window.baseline) * full.share - extra - fees


def columns_of(frame: pd.DataFrame) -> Mapping[date, float]:
    """Return the shop's sales by day."""
    return baseline.column(frame, "gmv")
