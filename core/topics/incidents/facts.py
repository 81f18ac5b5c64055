"""Changes that files show directly: missing items, hours without buyers, sold-out sizes, listed prices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from core.measures import baseline
from core.shop.settings import Shop
from core.statistics.silence import silence_chance
from core.topics.incidents.change import Loss, ObjectChange
from core.topics.incidents.grids import DayGrid

if TYPE_CHECKING:
    import pandas as pd

SEEN_BEFORE = 5.0
"""The fewest visitors on the last day with a row for a missing row to be reported."""
USUAL_LEAST = 8.0
"""The fewest visitors per day in the week before for a missing row to be reported.

Smaller items have days without visitors anyway.
"""
WEEK = 7
RUNS = 24
"""The number of independent runs of hours assumed in a day, to correct for multiple tests.

Set by judgement.
"""
SILENT = 0.002
"""The p-value of a run of hours without buyers, corrected for :data:`RUNS`, up to which it is reported."""
FEWEST_DAYS = 14


def missing_rows(every: DayGrid) -> list[ObjectChange]:
    """Return the items that had visitors before and have no row in the newest file."""
    found = []
    told = np.flatnonzero(every.told)
    last = len(every.days) - 1
    visitors, sales = every.values["visitors"], every.values["gmv"]
    for place in np.flatnonzero(~every.held[:, last]):
        rows = told[every.held[place, told]]
        if not len(rows) or last - rows[-1] > WEEK:
            continue
        gone = int(rows[-1])
        before = [day for day in told if gone - WEEK < day <= gone]
        usual = float(np.nan_to_num(visitors[place, before]).mean())
        if float(np.nan_to_num(visitors[place, gone])) < SEEN_BEFORE or usual < USUAL_LEAST:
            continue
        first = int(told[told > gone][0])
        a_day = float(np.nan_to_num(sales[place, before]).mean())
        found.append(
            ObjectChange(
                family="item",
                metric="missing_row",
                name=every.names[place],
                start=every.days[first],
                earliest=every.days[first],
                latest=every.days[first],
                last=every.last,
                days=last - first + 1,
                seen=0.0,
                usual=usual,
                fact=True,
                first=every.days[first] + timedelta(days=1),
                loss=Loss(a_day, a_day * 0.7, a_day * 1.3),
                of_own=1.0,
            )
        )
    return found


def silent_hours(frame: pd.DataFrame, shop: Shop, today: date) -> ObjectChange | None:
    """Return yesterday's run of hours without a buyer in which the most buyers were expected.

    None if such a run may be chance, or if yesterday was not an ordinary day. The expected buyers of an hour
    are its mean over the ordinary days of the last four weeks.
    """
    day = today - timedelta(days=1)
    if "buyers" not in frame or frame["buyers"].isna().all():
        return None
    rows = frame[["date", "hour", "buyers", "visitors"]].dropna(subset=["hour", "buyers"])
    rows = rows.assign(hour=rows["hour"].astype(int))
    when = rows["date"].dt.date
    own = rows[when == day].set_index("hour")
    past = rows[(when < day) & (when >= day - timedelta(days=28))]
    past = past[[baseline.is_plain(shop, one) for one in past["date"].dt.date]] if len(past) else past
    days = past["date"].nunique()
    if own.empty or days < FEWEST_DAYS or not baseline.is_plain(shop, day):
        return None
    usual = past.groupby("hour")["buyers"].sum() / days
    hours = [hour for hour in sorted(usual.index) if hour <= own.index.max()]
    best: tuple[float, list[int]] = (0.0, [])
    run: list[int] = []
    for hour in [*hours, None]:
        if hour is not None and float(own["buyers"].get(hour, 0.0)) == 0:
            run.append(hour)
            continue
        expected = float(sum(usual[one] for one in run))
        best = max(best, (expected, run), key=lambda one: one[0])
        run = []
    expected, silent = best
    if not silent or silence_chance(expected) * RUNS > SILENT:
        return None
    seen = float(own["visitors"].reindex(silent).fillna(0.0).sum()) if "visitors" in own else 0.0
    return ObjectChange(
        family="shop",
        metric="silent_hours",
        name=f"{min(silent):02d}:00–{max(silent) + 1:02d}:00",
        start=day,
        earliest=day,
        latest=day,
        last=day,
        seen=0.0,
        usual=expected,
        exposure=seen,
        expected=expected,
        p=silence_chance(expected) * RUNS,
        called=True,
        first=today,
        of_own=1.0,
    )


def size_share(sold: float, item_sold: float, sizes: int, prior: float = 10.0) -> float:
    """Return a size's share of its item's sales, shrunk towards equal shares.

    The shrinkage is as if ``prior`` more pieces had been sold, equally many of each size.
    """
    return (sold + prior / sizes) / (item_sold + prior)


def empty_sizes(stock: pd.DataFrame) -> dict[str, float]:
    """Return the share of each item's SKUs that is sold out; items with none or all sold out are omitted.

    The stock list has no sales by size, so each SKU counts the same.
    """
    if stock.empty or "item" not in stock or "sku" not in stock:
        return {}
    listed = stock[stock["item"] != ""].groupby(["item", "sku"])["on_hand"].sum(min_count=1).dropna()
    found = {}
    for item, own in listed.groupby(level=0):
        empty, sizes = int((own <= 0).sum()), len(own)
        if 0 < empty < sizes:
            found[str(item)] = empty * size_share(0.0, 0.0, sizes)
    return found


def listed_prices(stock: pd.DataFrame) -> dict[str, float]:
    """Return the lowest listed price of each item's sizes and colours, in yuan by item id."""
    if stock.empty or not {"item", "price"} <= set(stock):
        return {}
    listed = stock[stock["price"] > 0].groupby("item")["price"].min()
    return {str(item): float(price) for item, price in listed.items()}
