"""Daily shop figures computed from the order list, used while the daily export is missing.

Only figures contained in orders are filled: sales, pieces, and buyers if the file names them. Visitors remain
unknown.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay

if TYPE_CHECKING:
    import pandas as pd


def shop_days(orders: Orders) -> ShopDay:
    """Return one row for each day on which orders were created, computed from the orders paid on that day.

    ``gmv`` is the full amount of the paid orders (支付金额: later refunds do not change it),
    ``ordered_amount`` the amount of the orders created. A day without any created order is left out: its data
    is more likely missing than zero.
    """
    import pandas as pd

    frame = orders.frame
    made, paid = frame["created"].dt.normalize(), frame["paid"].dt.normalize()
    made = made.fillna(paid)
    days = pd.DatetimeIndex(sorted(made.dropna().unique()))
    amount = frame["amount"] if frame["amount"].notna().any() else frame["paid_amount"]
    counted = pd.DataFrame({"date": days})
    counted["gmv"] = _sum(amount, paid, days)
    counted["ordered_amount"] = _sum(amount, made, days)
    counted["units"] = _sum(frame["units"], paid, days)
    counted["buyers"] = _people(frame, paid, days)
    counted["ordered_buyers"] = _people(frame, made, days)
    found = ShopDay(ShopDay.shaped(counted))
    found.batches = orders.batches
    return found


def gaps(days: ShopDay | Items, yesterday: date) -> tuple[str, ...]:
    """Return the days (ISO) from the second day of the data up to yesterday that have no row in ``days``."""
    held = {one.date() for one in days.frame["date"]}
    if not held:
        return ()
    span = (yesterday - min(held)).days
    after = (min(held) + timedelta(days=n) for n in range(1, span + 1))
    return tuple(day.isoformat() for day in after if day not in held)


def _sum(values: pd.Series, when: pd.Series, days: pd.DatetimeIndex) -> list[float]:
    """Return the sum for each day, 0 for days without a value; NaN for all days if every value is unknown."""
    summed = values.groupby(when).sum(min_count=1).reindex(days)
    return list(summed if values.isna().all() else summed.fillna(0.0))


def _people(frame: pd.DataFrame, when: pd.Series, days: pd.DatetimeIndex) -> list[float]:
    """Return the number of distinct buyers for each day; NaN if the file names no buyers."""
    named = frame["buyer"].replace("", None)
    counts = named.groupby(when).nunique().reindex(days).astype(float)
    return list(counts if named.notna().any() else counts * float("nan"))
