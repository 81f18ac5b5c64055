"""Which days can tell of an ordinary day, and how many ordinary days the coming ones are worth.

Unlike ``core.measures.baseline`` (same weekday, nothing special at all) this keeps days whose size the
calendar knows: rates and paces over weeks would otherwise have no day left around a 双11.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, timedelta

from core.shop.settings import Shop

BIG = 1.5
"""A day of this many times its weekday says little about an ordinary one; left out [judgement]."""
FAR = 400
"""Days ahead beyond which nobody plans."""


def size(shop: Shop, day: date) -> float:
    """Return the day as a multiple of an ordinary one; infinite where a campaign's size was not written."""
    special = shop.special(day)
    if special is None:
        return 1.0
    return math.inf if special.multiplier is None else special.multiplier


def usable(days: Collection[date], shop: Shop) -> list[date]:
    """Return the days, oldest first, that are not a big or an unmeasured campaign."""
    return [day for day in sorted(days) if 0 < size(shop, day) <= BIG]


def usable_or_all(days: Collection[date], shop: Shop, fewest: int) -> list[date]:
    """Return the usable days; every day with a known size where those are too few."""
    good = usable(days, shop)
    return good if len(good) >= fewest else [day for day in sorted(days) if 0 < size(shop, day) < math.inf]


def worth(shop: Shop, start: date, days: float) -> float:
    """Return how many ordinary days the next ones are worth, by the calendar's multipliers."""
    whole = min(int(days), FAR)
    known = math.fsum(shop.multiplier(start + timedelta(days=n)) for n in range(whole))
    return known + (days - whole) * shop.multiplier(start + timedelta(days=whole))


def lasts(units: float, a_day: float | None, shop: Shop, start: date) -> float | None:
    """Return after how many calendar days the units are gone; None when that is more than a year away."""
    if a_day is None or a_day <= 0:
        return None
    left = max(0.0, units)
    for n in range(FAR):
        need = a_day * shop.multiplier(start + timedelta(days=n))
        if need >= left:
            return n + (left / need if need else 0.0)
        left -= need
    return None
