"""Today's sales so far and their forecast, from the hours so far and how a day usually runs."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures.shop_level import odd_days
from core.shop.settings import Shop
from core.statistics.swing import ASSUMED_AOV_CV
from core.topics.evening.day_so_far import HOURS, whole_hours
from core.topics.evening.intraday import day_end, day_end_gmv, intraday_profile
from core.topics.sales.month.plan import daily_spread, month_plan, weekday_shape

if TYPE_CHECKING:
    import pandas as pd

FEWEST_DAYS = 4
USUAL_DAYS = 28
PLAN_CV = 0.25
"""The relative standard deviation of a day's forecast if the shop's own is unknown."""


@dataclass(frozen=True, slots=True)
class Course:
    """Today's sales up to an hour, and the forecast of the day, in yuan."""

    hour: int
    """The number of hours of today with complete data."""
    gmv: float | None
    cost: float | None
    target: float | None
    budget: float | None
    final: float | None = None
    low: float | None = None
    high: float | None = None
    days: int = 0
    """The number of earlier days that the forecast is based on."""

    @property
    def behind(self) -> bool:
        """Return whether even the upper limit of the forecast is below the target."""
        return self.high is not None and self.target is not None and self.high < self.target

    @property
    def ahead(self) -> bool:
        """Return whether even the lower limit of the forecast reaches the target."""
        return self.low is not None and self.target is not None and self.low >= self.target


def course_of_day(
    hours: pd.DataFrame, days: pd.DataFrame | None, shop: Shop, today: date, now: datetime
) -> Course | None:
    """Return today's sales and forecast; None if no hour of today has data."""
    buyers, gmv, cost = (_by_hour(hours, name) for name in ("buyers", "gmv", "ad_cost"))
    if today not in gmv:
        return None
    rows = hours[hours["date"].dt.date == today]
    last = whole_hours(rows[rows["gmv"].notna()], today, now)
    sales = {} if days is None else baseline.column(days, "gmv")
    plan = month_plan(sales, shop, today)
    target = float(plan.by_day[today]) if plan is not None else None
    so_far = sum(value for hour, value in gmv[today].items() if hour < last)
    spent = sum(value for hour, value in cost[today].items() if hour < last) if today in cost else None
    known = Course(last, so_far, spent, target, shop.ads.daily_budget)
    whole = {day: math.fsum(by_hour.values()) for day, by_hour in buyers.items()}
    odd = odd_days(whole, shop, today - timedelta(days=1))
    usual = [
        day
        for day in sorted(buyers)
        if day < today and day not in odd and baseline.is_plain(shop, day) == baseline.is_plain(shop, today)
    ]
    usual = (
        usual[-USUAL_DAYS:]
        if len(usual) >= FEWEST_DAYS
        else [day for day in sorted(buyers) if day < today][-USUAL_DAYS:]
    )
    profile = intraday_profile([[buyers[day].get(hour, 0.0) for hour in range(HOURS)] for day in usual])
    if profile is None or profile.days < FEWEST_DAYS or today not in buyers:
        return known
    return _forecast(known, buyers, gmv, usual, sales, shop, today)


def _forecast(
    known: Course,
    buyers: dict[date, dict[int, float]],
    gmv: dict[date, dict[int, float]],
    usual: list[date],
    sales: dict[date, float],
    shop: Shop,
    today: date,
) -> Course:
    profile = intraday_profile([[buyers[day].get(hour, 0.0) for hour in range(HOURS)] for day in usual])
    ordered = [sum(buyers[day].values()) for day in usual]
    sold = sum(sum(gmv[day].values()) for day in usual if day in gmv)
    factors, _ = weekday_shape(sales, shop)
    sizes = [factors[day.weekday()] * shop.multiplier(day) for day in usual]
    mean = (
        sum(ordered) / sum(sizes) * factors[today.weekday()] * shop.multiplier(today)
        if sum(sizes) > 0
        else 0.0
    )
    if profile is None or mean <= 0 or sold <= 0:
        return known
    aov = sold / sum(ordered)
    spread = daily_spread(sales, shop, factors, today)
    so_far = sum(value for hour, value in buyers[today].items() if hour < known.hour)
    share, dispersion = profile.shares[known.hour], profile.dispersions[known.hour]
    end = day_end(so_far, share, mean, spread.sd if spread is not None else PLAN_CV, dispersion)
    final, band = day_end_gmv(known.gmv or 0.0, end, aov, aov * ASSUMED_AOV_CV)
    return Course(
        known.hour, known.gmv, known.cost, known.target, known.budget, final, band.low, band.high, len(usual)
    )


def _by_hour(frame: pd.DataFrame, name: str) -> dict[date, dict[int, float]]:
    found: dict[date, dict[int, float]] = defaultdict(dict)
    for when, hour, value in frame[["date", "hour", name]].dropna().itertuples(index=False):
        found[when.date()][int(hour)] = float(value)
    return dict(found)
