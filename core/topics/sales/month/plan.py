"""The daily plan of a month's target and the progress against it, shared by all target screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.measures import baseline
from core.shop.settings import Shop
from core.topics.sales import daily_targets, run_rate

SPREAD_DAYS = 56
"""The days whose ratios give the scatter of daily results (analysis 1.2)."""

FEWEST_DAYS = 7
"""The fewest days of this month for a forecast without earlier history [judgement]."""


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """Whole-yuan daily targets that add up to the month's target, and the factors they came from."""

    total: float
    by_day: Mapping[date, int]
    learnt: bool
    """Whether the weekday factors are known (typed or estimated); if False all weekdays count the same."""
    unsized: tuple[date, ...]
    """Special calendar days without a multiplier, planned like an ordinary weekday."""
    factors: tuple[float, ...]

    def upto(self, day: date) -> int:
        """Return the target from the first day of the month through ``day``."""
        return sum(target for when, target in self.by_day.items() if when <= day)


def month_plan(sales: Mapping[date, float], shop: Shop, month: date) -> MonthPlan | None:
    """Return the month's plan by weekday and calendar; None without a target."""
    total = shop.target(month)
    if not total:
        return None
    factors, learnt = weekday_shape(sales, shop)
    days = daily_targets.days_of_month(month.year, month.month)
    multipliers = {day: shop.multiplier(day) for day in days}
    unsized = tuple(day for day in days if (own := shop.special(day)) is not None and own.multiplier is None)
    if not any(multipliers.values()):
        multipliers = {}
    split = daily_targets.daily_targets(round(total), days, factors, multipliers)
    return MonthPlan(total, dict(zip(days, split, strict=True)), learnt, unsized, factors)


def weekday_shape(sales: Mapping[date, float], shop: Shop) -> tuple[tuple[float, ...], bool]:
    """Return the seven weekday factors (Monday first) and whether they are known.

    They are typed in the settings, or estimated from plain days.
    """
    if shop.weekday_weights:
        average = sum(shop.weekday_weights) / len(shop.weekday_weights)
        return tuple(weight / average for weight in shop.weekday_weights), True
    odd = frozenset(day for day in sales if not baseline.is_plain(shop, day))
    found = daily_targets.weekday_factors(sales, odd)
    return found.factors, found.learnt


def month_pace(
    sales: Mapping[date, float], shop: Shop, plan: MonthPlan, upto: date
) -> tuple[run_rate.RunRate | None, run_rate.Spread | None]:
    """Return the month's run rate through ``upto``, and the scatter of days it was computed with."""
    gone = [day for day in plan.by_day if day <= upto]
    rest = [float(target) for day, target in plan.by_day.items() if day > upto]
    spread = daily_spread(sales, shop, plan.factors, upto)
    found = run_rate.month_pace(
        [sales.get(day) for day in gone],
        [float(plan.by_day[day]) for day in gone],
        rest,
        plan.total,
        prior=_prior(sales, shop, upto),
        spread=spread,
    )
    if found is not None and spread is None and sum(day in sales for day in gone) < FEWEST_DAYS:
        found = found._replace(sd=None, low=None, high=None, chance=None)
    return found, spread


def daily_spread(
    sales: Mapping[date, float], shop: Shop, factors: tuple[float, ...], upto: date
) -> run_rate.Spread | None:
    """Return the scatter of daily results around their weekday and calendar size over eight weeks.

    None with less than two weeks.
    """
    days = [upto - timedelta(days=back) for back in range(SPREAD_DAYS - 1, -1, -1)]
    sized = [(day, factors[day.weekday()] * shop.multiplier(day)) for day in days if day in sales]
    sized = [(day, size) for day, size in sized if size > 0 and _is_sized(shop, day)]
    level = sum(sales[day] for day, _ in sized) / sum(size for _, size in sized) if sized else 0.0
    if len(sized) < 2 * daily_targets.WEEKDAYS or level <= 0:
        return None
    return run_rate.ratio_spread([sales[day] / (level * size) for day, size in sized])


def _is_sized(shop: Shop, day: date) -> bool:
    special = shop.special(day)
    return special is None or special.multiplier is not None


def _prior(sales: Mapping[date, float], shop: Shop, upto: date) -> run_rate.RatioPrior | None:
    """Return the prior from the achieved/target ratios of earlier complete months."""
    ratios = []
    month = upto.replace(day=1) - timedelta(days=1)
    while (target := shop.target(month)) is not None:
        days = daily_targets.days_of_month(month.year, month.month)
        if not all(day in sales for day in days):
            break
        ratios.append(sum(sales[day] for day in days) / target)
        month = days[0] - timedelta(days=1)
    return run_rate.ratio_prior(ratios[::-1])
