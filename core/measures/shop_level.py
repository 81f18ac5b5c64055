"""The shop's sales level: what an ordinary day sells, how that drifts, and which days are odd."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median

from core.measures.baseline import Values
from core.measures.usual_days import size
from core.shop.settings import Shop
from core.statistics import level as levels
from core.statistics.level import DayRatio, Level

EVEN = (1.0,) * 7
"""Weekday factors if all weekdays are alike."""
SMALLEST = 0.005
"""A day without sales counts as this fraction of usual sales, because 0 has no logarithm."""


def shop_level(
    sales: Values, shop: Shop, upto: date, factors: Sequence[float] = EVEN, *, told: bool = True
) -> Level | None:
    """Return an ordinary day's sales in yuan, from days up to ``upto``; None if too few days are known.

    ``factors`` are the weekdays' sales relative to their mean, Monday first. Days whose size in the calendar
    is unknown or 0 are left out. Unless ``told`` is false, days that a user marked as odd are left out; if a
    user reported a lasting change of the level, only days since then are used.
    """
    known = [
        (day, sales[day], sized)
        for day in (upto - timedelta(days=back) for back in range(levels.WINDOW))
        if day in sales and 0 < (sized := size(shop, day) * factors[day.weekday()]) < math.inf
    ]
    middle = median([value / sized for _, value, sized in known]) if known else 0.0
    if middle <= 0:
        return None
    ratios = [
        DayRatio((upto - day).days + 1, math.log(max(value / sized, SMALLEST * middle)))
        for day, value, sized in known
    ]
    said = shop.told_days() if told else {}
    ages = {(upto - day).days + 1: one.what for day, one in said.items() if day <= upto}
    new = [age for age, what in ages.items() if what == "level"]
    return levels.fit(
        ratios,
        left_out={age for age, what in ages.items() if what != "level"},
        since=min(new, default=None),
    )


def odd_days(sales: Values, shop: Shop, upto: date, factors: Sequence[float] = EVEN) -> dict[date, float]:
    """Return the days of the last six weeks with unusual sales, as multiples of the usual sales.

    Days that a user marked as not representative are included, with 0 if their multiple is not known.
    """
    found = shop_level(sales, shop, upto, factors)
    odd = {} if found is None else {upto - timedelta(days=one.age - 1): one.times for one in found.odd}
    said = {day: 0.0 for day, one in shop.told_days().items() if one.what != "level" and day <= upto}
    return said | odd
