"""How a day usually runs by hour: shares of orders and ad spend, and the evening's conversion."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures import usual_days as measures_usual_days
from core.measures.shop_level import odd_days
from core.shop.settings import Shop
from core.topics.evening.intraday import Profile, intraday_profile

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28
FEWEST = 4
"""The minimum number of days for a usual course."""
SAME_CLASS = 8
"""With this many days of the same class (weekday or weekend), only those are used."""
HOURS = 24

ByHour = Mapping[date, Sequence[float]]


@dataclass(frozen=True, slots=True)
class UsualCourse:
    """How a figure usually runs over the hours of a day."""

    profile: Profile
    days: tuple[date, ...]

    def share(self, hour: float) -> float:
        """Return the share of the day's figure usually reached by a decimal hour."""
        whole = min(math.floor(hour), HOURS)
        low, high = self.profile.shares[whole], self.profile.shares[min(whole + 1, HOURS)]
        return low + (high - low) * (hour - whole)

    def dispersion(self, hour: float) -> float:
        """Return the dispersion between days of the share reached by an hour, at the nearest full hour.

        It is the variance as a multiple of that expected by chance.
        """
        return self.profile.dispersions[min(round(hour), HOURS)]


def usual_days(known: Collection[date], shop: Shop, today: date) -> list[date]:
    """Return the latest days without big campaigns.

    If there are enough, only those of today's kind: weekend days or other days.
    """
    days = measures_usual_days.usable_or_all([day for day in known if day < today], shop, FEWEST)
    same = [day for day in days if baseline.is_weekend(day) == baseline.is_weekend(today)]
    return (same if len(same) >= SAME_CLASS else days)[-DAYS:]


def usual(by_hour: ByHour, shop: Shop, today: date) -> UsualCourse | None:
    """Return how a figure usually runs over a day; None if there are fewer than four usable days.

    Days with an unusual total are left out.
    """
    whole = {day: math.fsum(hours) for day, hours in by_hour.items()}
    odd = odd_days(whole, shop, today - timedelta(days=1))
    days = [day for day in usual_days(by_hour, shop, today) if whole[day] > 0 and day not in odd]
    profile = intraday_profile([by_hour[day] for day in days])
    return UsualCourse(profile, tuple(days)) if profile is not None and len(days) >= FEWEST else None


def of_hours(frame: pd.DataFrame, name: str) -> dict[date, list[float]]:
    """Return a column of the hourly figures as 24 values by day; days without figures are left out."""
    found: dict[date, list[float]] = {}
    for when, hour, value in frame[["date", "hour", name]].dropna().itertuples(index=False):
        if 0 <= hour < HOURS:
            found.setdefault(when.date(), [0.0] * HOURS)[int(hour)] += float(value)
    return found


def of_orders(frame: pd.DataFrame) -> dict[date, list[float]]:
    """Return the number of paid orders as 24 hourly values by day."""
    found: dict[date, list[float]] = {}
    for paid in frame["paid"].dropna():
        found.setdefault(paid.date(), [0.0] * HOURS)[paid.hour] += 1.0
    return found


def evening_factor(frame: pd.DataFrame, hour: float, shop: Shop, today: date) -> float | None:
    """Return the conversion from this hour on, relative to the whole day's; None if unknown."""
    visitors, buyers = of_hours(frame, "visitors"), of_hours(frame, "buyers")
    days = [day for day in usual_days(visitors, shop, today) if day in buyers]
    start = math.floor(hour)
    late = math.fsum(math.fsum(visitors[day][start:]) for day in days)
    whole = math.fsum(math.fsum(visitors[day]) for day in days)
    bought = math.fsum(math.fsum(buyers[day]) for day in days)
    if len(days) < FEWEST or late <= 0 or bought <= 0:
        return None
    return (math.fsum(math.fsum(buyers[day][start:]) for day in days) / late) / (bought / whole)
