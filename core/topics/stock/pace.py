"""How fast an item sells while it is there: sold-out days are no demand, campaign days are taken to size."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.usual_days import size, usable_or_all
from core.shop.settings import Shop
from core.topics.stock.reorder import Demand, daily_demand
from core.topics.stock.stock_count import StockCount

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28
"""Usable days the pace rests on (analysis 7)."""
FEWEST = 7
RECENT = 7
CLEAR_SHIFT = 3.0
"""Standard errors between the last week and those before from where only the last counts [judgement]."""
RARE = 1e-4
"""A run of days without a sale that would be rarer than this by chance means: not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Units on an ordinary day, from the days that can say something."""

    demand: Demand
    first_seen: date | None
    """First day with the item in the files; None when it was never on sale in them."""
    days_empty: int = 0
    """Days taken out because the item was not there."""
    shifted: bool = False
    """The last week differs clearly from before; only that week counts."""
    price: float | None = None
    """Mean price paid per unit."""


def paces(
    frame: pd.DataFrame, empty: Mapping[str, Collection[date]], shop: Shop, today: date
) -> dict[str, Pace]:
    """Return every item's pace; a day without a row of it, after its first one, counts as no sale."""
    rows = frame[frame["date"].dt.date < today]
    days = {when for when in rows["date"].dt.date if isinstance(when, date)}
    chosen = usable_or_all(days, shop, FEWEST)
    found: dict[str, Pace] = {}
    for item, own in rows.groupby("item", sort=False):
        sold = dict(zip(own["date"].dt.date, own["units"].astype(float), strict=True))
        sold = {when: units for when, units in sold.items() if isinstance(when, date)}
        found[str(item)] = _pace(sold, chosen, empty.get(str(item), ()), shop, _price(own))
    return found


def _pace(
    sold: Mapping[date, float], days: Sequence[date], empty: Collection[date], shop: Shop, price: float | None
) -> Pace:
    first = min(sold, default=None)
    seen = [day for day in days if first is not None and day >= first][-DAYS:]
    units = [sold.get(day, 0.0) for day in seen]
    sized = [None if math.isnan(n) else n / size(shop, day) for n, day in zip(units, seen, strict=True)]
    there = _there(seen, sized, empty)
    shifted = _shifted([n for n, ok in zip(sized, there, strict=True) if ok and n is not None])
    part = slice(-RECENT, None) if shifted else slice(None)
    demand = daily_demand(sized[part], there[part])
    return Pace(demand=demand, first_seen=first, days_empty=there.count(False), shifted=shifted, price=price)


def _there(days: Sequence[date], sold: Sequence[float | None], empty: Collection[date]) -> list[bool]:
    """Tell per day if the item was there: silence beside an empty count, or too long for chance, is not."""
    mean = math.fsum(n or 0.0 for n in sold) / max(1, len(days))
    there = [True] * len(days)
    start = 0
    while start < len(days):
        end = start
        while end < len(days) and sold[end] == 0:
            end += 1
        run = range(start, end)
        counted = any(days[n] in empty or days[n] - timedelta(days=1) in empty for n in run)
        if run and (counted or math.exp(-mean * len(run)) < RARE):
            for n in run:
                there[n] = False
        start = max(end, start + 1)
    return there


def _shifted(sold: Sequence[float]) -> bool:
    before, last = sold[:-RECENT], sold[-RECENT:]
    if len(before) < RECENT:
        return False
    mean = math.fsum(sold) / len(sold)
    if mean <= 0:
        return False
    usual = math.fsum(before) / len(before)
    noise = max(1.0, math.fsum((n - usual) ** 2 for n in before) / (len(before) - 1) / mean)
    gap = math.fsum(last) / len(last) - usual
    return abs(gap) > CLEAR_SHIFT * math.sqrt(noise * mean * (1 / len(last) + 1 / len(before)))


def _price(rows: pd.DataFrame) -> float | None:
    known = rows[rows["units"].notna() & rows["gmv"].notna() & (rows["units"] > 0)]
    units = float(known["units"].sum())
    return float(known["gmv"].sum()) / units if units else None


@dataclass(frozen=True, slots=True)
class Gone:
    """What left the shelf since the count."""

    units: float
    guessed_days: int = 0
    """Days whose sales are not imported; taken at the item's pace and the calendar's size."""


def sold_since(frame: pd.DataFrame, shelf: StockCount, pace: Pace | None, shop: Shop, today: date) -> Gone:
    """Return the units sold on the days after the count's day up to yesterday.

    A guess never empties a shelf: that an item is sold out has to be seen.
    """
    days = frame["date"].dt.date
    later = frame[(days > shelf.counted) & (days < today)]
    there = set(later["date"].dt.date)
    between = [shelf.counted + timedelta(days=n) for n in range(1, (today - shelf.counted).days)]
    missing = [day for day in between if day not in there]
    known = float(later[later["item"] == shelf.item]["units"].sum())
    mean = 0.0 if pace is None else pace.demand.mean or 0.0
    left = max(0.0, (shelf.on_hand or 0.0) - shelf.reserved - known - 1.0)
    return Gone(known + min(left, mean * math.fsum(shop.multiplier(day) for day in missing)), len(missing))
