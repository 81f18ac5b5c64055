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


def sizes(shop: Shop, start: date, days: float) -> list[float]:
    """Return the next days as multiples of an ordinary one, by the calendar; a part of a day as a part."""
    whole = min(int(days), FAR)
    found = [shop.multiplier(start + timedelta(days=n)) for n in range(whole)]
    if days > whole and whole < FAR:
        found.append((days - whole) * shop.multiplier(start + timedelta(days=whole)))
    return found
