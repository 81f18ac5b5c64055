"""The month's sales expected from usual days and the calendar, and the probability of reaching its target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.measures.festivals.drafts import unconfirmed
from core.measures.festivals.shape import RELATIVE_SD
from core.measures.shop_level import odd_days, shop_level
from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.statistics import level as levels
from core.statistics.distributions import normal_cdf, normal_quantile
from core.statistics.level import Level
from core.topics.sales.daily_targets import days_of_month
from core.topics.sales.month.plan import daily_spread, month_pace, month_plan, weekday_shape
from core.topics.sales.run_rate import RunRate, Spread, unconfirmed_sd

LEVEL_DAYS = 56
LEVEL_NEWEST = 28
"""The number of newest ordinary days whose mean is the current level."""
FEWEST = 14
LATE = 15
"""After this day of the month, the next month is planned."""
DRIFT = 0.10
"""The standard deviation of the sales level from month to month, relative to the level (a judgement)."""

WIDEST = 0.5
"""The half-width of the range, relative to the total, above which the range is useless (a judgement)."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The month's sales in yuan as expected from usual days and the calendar."""

    month: date
    total: float
    sd: float
    days: int
    """The number of ordinary days from which the level was estimated."""
    level: float
    """The sales of an ordinary day in yuan."""
    pace: RunRate | None = None
    """The forecast by the month's own days, as in the step on the month's target; None before its first
    day."""

    @property
    def paced(self) -> bool:
        """Return whether the month has begun, so that the forecast uses its own days."""
        return self.pace is not None

    @property
    def low(self) -> float:
        """Return the lower limit of the 80 % range of the month's sales."""
        if self.pace is not None and self.pace.low is not None:
            return self.pace.low
        return self.total - normal_quantile(0.9) * self.sd

    @property
    def high(self) -> float:
        """Return the upper limit of the 80 % range of the month's sales."""
        if self.pace is not None and self.pace.high is not None:
            return self.pace.high
        return self.total + normal_quantile(0.9) * self.sd

    def chance(self, target: float) -> float:
        """Return the probability of reaching the month's target without doing more than usual."""
        if self.pace is not None and self.pace.chance is not None:
            return self.pace.chance
        return 1.0 - normal_cdf((target - self.total) / self.sd)


def month_ahead(today: date) -> date:
    """Return the first day of the month to plan: this month up to its 15th day, from the 16th on the next."""
    first = today.replace(day=1)
    return first if today.day <= LATE else (first + timedelta(days=32)).replace(day=1)


def expected(sales: Mapping[date, float], shop: Shop, month: date, today: date) -> Expected | None:
    """Return the expected sales of the month; None if under two weeks of days are ordinary.

    Also None if the days vary so much that the range is useless. For a month in progress it is the same
    forecast that the step on the month's target shows.
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
    doubtful = math.fsum(
        size(day) for day in all_days if day not in gone and unconfirmed(shop, day) is not None
    )
    sd = unconfirmed_sd(sd, total, level * doubtful / total if total > 0 else 0.0, RELATIVE_SD)
    paced = _paced(sales, shop, month, gone)
    if paced is not None:
        total, sd = paced.forecast or total, paced.sd or sd
    if level <= 0 or sd <= 0 or normal_quantile(0.9) * sd > WIDEST * total:
        return None
    return Expected(month, total, sd, len(ordinary), level, paced)


def _ahead(level: Level, sizes: Mapping[date, float], today: date) -> tuple[float, float]:
    """Return mean and sd of the coming days' sales, from the level with its drift over the last six weeks.

    ``sizes`` are the sizes of the days as multiples of an ordinary day. The sd includes the variation from
    month to month.
    """
    last = max(sizes, default=today)
    ahead = [today + timedelta(days=n) for n in range((last - today).days + 1)]
    rest = levels.rest(level, [sizes.get(day, 0.0) for day in ahead])
    missed = math.fsum(level.day(0, size) for day, size in sizes.items() if day < today)
    return rest.mean + missed, math.hypot(rest.sd, DRIFT * rest.mean)


def _paced(sales: Mapping[date, float], shop: Shop, month: date, gone: list[date]) -> RunRate | None:
    """Return the forecast that also uses the days of the month that are over (``gone``).

    None if there are no such days yet, or if they give no forecast.
    """
    plan = month_plan(sales, shop, month) if gone else None
    pace = None if plan is None else month_pace(sales, shop, plan, max(gone))[0]
    return None if pace is None or pace.forecast is None or not pace.sd else pace


def _sd(rest: list[float], spread: Spread, days: int) -> float:
    """Return the sd of the remaining days: daily variation, uncertain level, drift between months."""
    whole = math.fsum(rest)
    variance = spread.sd**2 * spread.inflation
    return math.sqrt(
        variance * math.fsum(one * one for one in rest) + whole**2 * (variance / days + DRIFT**2)
    )
