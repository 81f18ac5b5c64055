"""Which days are usable as ordinary days, and how many ordinary days the coming days amount to.

Days with a calendar multiplier are usable, unlike in ``core.measures.baseline`` (same weekday, no event at
all), because otherwise rates over several weeks would have no days left around a 双11.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from datetime import date, timedelta
from functools import lru_cache

from core.shop.settings import CalendarDay, Shop

BIG = 1.5
"""A day with more than this multiple of ordinary sales is not representative (a judgement)."""
FAR = 400
"""Maximum number of days ahead that are considered."""


def size(shop: Shop, day: date) -> float:
    """Return the day's size as a multiple of an ordinary day.

    It is infinite for a campaign without a multiplier.
    """
    special = shop.special(day)
    if special is None:
        return 1.0
    return math.inf if special.multiplier is None else special.multiplier


def usable(days: Collection[date], shop: Shop) -> list[date]:
    """Return the days, oldest first, without closed days, big campaigns and campaigns of unknown size."""
    return [day for day in sorted(days) if 0 < size(shop, day) <= BIG]


def usable_or_all(days: Collection[date], shop: Shop, fewest: int) -> list[date]:
    """Return the usable days (see :func:`usable`); if fewer than ``fewest``, all days of known size."""
    good = usable(days, shop)
    return good if len(good) >= fewest else [day for day in sorted(days) if 0 < size(shop, day) < math.inf]


def sizes(shop: Shop, start: date, days: float) -> tuple[float, ...]:
    """Return the sizes of the ``days`` days from ``start``, as multiples of an ordinary day.

    If ``days`` has a fraction, the last size is that fraction of the day's. Results are cached per calendar.
    """
    memo = _memo(shop.calendar)
    if (start, days) not in memo:
        memo[start, days] = _sizes(shop, start, days)
    return memo[start, days]


@lru_cache(maxsize=8)
def _memo(calendar: tuple[CalendarDay, ...]) -> dict[tuple[date, float], tuple[float, ...]]:
    """Return the cache of :func:`sizes` for a calendar."""
    del calendar
    return {}


def _sizes(shop: Shop, start: date, days: float) -> tuple[float, ...]:
    whole = min(int(days), FAR)
    found = [shop.multiplier(start + timedelta(days=n)) for n in range(whole)]
    if days > whole and whole < FAR:
        found.append((days - whole) * shop.multiplier(start + timedelta(days=whole)))
    return tuple(found)
