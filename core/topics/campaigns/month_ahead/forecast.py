"""What the month would bring if days go on as usual and the calendar is right; the chance of its target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.measures.shop_level import odd_days, shop_level
from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.statistics import level as levels
from core.statistics.distributions import normal_cdf, normal_quantile
from core.statistics.level import Level
from core.topics.sales.daily_targets import days_of_month
from core.topics.sales.month.plan import daily_spread, month_pace, month_plan, weekday_shape
from core.topics.sales.run_rate import Spread

LEVEL_DAYS = 56
LEVEL_NEWEST = 28
"""Ordinary days whose mean is today's level."""
FEWEST = 14
LATE = 15
"""From the day after this one it is the next month that is planned."""
DRIFT = 0.10
"""How far one month's level lies from the last one's, one standard deviation [judgement]."""

WIDEST = 0.5
"""A range of more than half the month to either side says nothing [judgement]."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The month as usual days and the calendar would have it, in yuan."""

    month: date
    total: float
    sd: float
    days: int
    """Ordinary days the level was learnt from."""
    level: float
    """What an ordinary day brings."""
    paced: bool = False
    """The month is under way: its own days say where it heads, as the target step does."""

    @property
    def low(self) -> float:
        """Return the low end of the middle 80 %."""
        return self.total - normal_quantile(0.9) * self.sd

    @property
    def high(self) -> float:
        """Return the high end of the middle 80 %."""
        return self.total + normal_quantile(0.9) * self.sd

    def chance(self, target: float) -> float:
        """Return the chance of reaching so much without doing more than usual."""
        return 1.0 - normal_cdf((target - self.total) / self.sd)


def month_ahead(today: date) -> date:
    """Return the first of the month that is planned today: this one, in its second half the next."""
    first = today.replace(day=1)
    return first if today.day <= LATE else (first + timedelta(days=32)).replace(day=1)


def expected(sales: Mapping[date, float], shop: Shop, month: date, today: date) -> Expected | None:
    """Return what the month brings as usual; None for under two weeks of ordinary days.

    None also where days scatter so widely that the range says nothing. A month under way heads
    where its own days say, as the target step tells it.
    """
    factors, _ = weekday_shape(sales, shop)
    since = today - timedelta(days=LEVEL_DAYS)
    yesterday = today - timedelta(days=1)
    odd = odd_days(sales, shop, yesterday, factors)
    plain = [day for day in sales if since <= day < today and day not in odd]
    ordinary = usable(plain, shop)[-LEVEL_NEWEST:]
    spread = daily_spread(sales, shop, factors, yesterday)
    if spread is None or len(ordinary) < FEWEST:
        return None

    def size(day: date) -> float:
        return factors[day.weekday()] * shop.multiplier(day)

    level = math.fsum(sales[day] for day in ordinary) / math.fsum(size(day) for day in ordinary)
    all_days = days_of_month(month.year, month.month)
    gone = [day for day in all_days if day < today and day in sales]
    rest = [size(day) for day in all_days if day not in gone]
    total = math.fsum(sales[day] for day in gone) + level * math.fsum(rest)
    sd = level * _sd(rest, spread, len(ordinary))
    drifting = shop_level(sales, shop, yesterday, factors)
    if drifting is not None:
        coming, sd = _ahead(drifting, {day: size(day) for day in all_days if day not in gone}, today)
        total = math.fsum(sales[day] for day in gone) + coming
    paced = _paced(sales, shop, month, gone)
    if paced is not None:
        total, sd = paced
    if level <= 0 or sd <= 0 or normal_quantile(0.9) * sd > WIDEST * total:
        return None
    return Expected(month, total, sd, len(ordinary), level, paced is not None)


def _ahead(level: Level, sizes: Mapping[date, float], today: date) -> tuple[float, float]:
    """Return the days with the drift of the last six weeks in it, and months' own scatter in its width."""
    last = max(sizes, default=today)
    ahead = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    rest = levels.rest(level, [sizes.get(day, 0.0) for day in ahead])
    missed = math.fsum(level.day(0, size) for day, size in sizes.items() if day < today)
    return rest.mean + missed, math.hypot(rest.sd, DRIFT * rest.mean)


def _paced(
    sales: Mapping[date, float], shop: Shop, month: date, gone: list[date]
) -> tuple[float, float] | None:
    """Where the month's own days head, and how far off that may be; None before its first day is in."""
    plan = month_plan(sales, shop, month) if gone else None
    pace = None if plan is None else month_pace(sales, shop, plan, max(gone))[0]
    return None if pace is None or pace.forecast is None or not pace.sd else (pace.forecast, pace.sd)


def _sd(rest: list[float], spread: Spread, days: int) -> float:
    """Scatter of the days, of the level they were learnt from, and of months against each other."""
    whole = math.fsum(rest)
    variance = spread.sd**2 * spread.inflation
    return math.sqrt(
        variance * math.fsum(one * one for one in rest) + whole**2 * (variance / days + DRIFT**2)
    )
