"""The daily plan of a month's target and the progress against it, shared by all target screens."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.measures import baseline
from core.measures.festivals.drafts import unconfirmed
from core.measures.festivals.shape import RELATIVE_SD
from core.measures.shop_level import odd_days, shop_level
from core.shop.settings import Shop
from core.statistics import level as levels
from core.statistics.level import Level
from core.topics.sales import daily_targets, run_rate

SPREAD_DAYS = 56
"""The number of past days whose ratios of sales to targets give the scatter of daily results."""

FEWEST_DAYS = 7
"""The fewest days of this month that allow a forecast without earlier history (a judgement)."""


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
    unconfirmed: tuple[date, ...] = ()
    """Days whose multiplier comes from a calendar draft that nobody has confirmed."""

    def upto(self, day: date) -> int:
        """Return the target from the first day of the month through ``day``."""
        return sum(target for when, target in self.by_day.items() if when <= day)


def month_plan(sales: Mapping[date, float], shop: Shop, month: date) -> MonthPlan | None:
    """Return the month's plan by weekday and calendar; None if the month has no target."""
    total = shop.target_of(month)
    if not total:
        return None
    factors, learnt = weekday_shape(sales, shop)
    days = daily_targets.days_of_month(month.year, month.month)
    multipliers = {day: shop.multiplier(day) for day in days}
    unsized = tuple(day for day in days if (own := shop.special(day)) is not None and own.multiplier is None)
    if not any(multipliers.values()):
        multipliers = {}
    split = daily_targets.daily_targets(round(total), days, factors, multipliers)
    drafts = tuple(day for day in days if unconfirmed(shop, day) is not None)
    return MonthPlan(total, dict(zip(days, split, strict=True)), learnt, unsized, factors, drafts)


def weekday_shape(sales: Mapping[date, float], shop: Shop) -> tuple[tuple[float, ...], bool]:
    """Return the seven weekday factors (Monday first) and whether they are known.

    They are those entered in the settings, or are estimated from ordinary days.
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
    """Return the month's progress up to and including ``upto`` with a forecast, and the daily scatter.

    The month-end forecast comes from the level and trend of the last six weeks, even if these began before
    the month, without days of unusual sales. With less than two weeks of history it comes from the month's
    own days.
    """
    gone = [day for day in plan.by_day if day <= upto]
    rest = [float(target) for day, target in plan.by_day.items() if day > upto]
    spread = daily_spread(sales, shop, plan.factors, upto)
    found = run_rate.month_pace(
        [sales.get(day) for day in gone],
        [float(plan.by_day[day]) for day in gone],
        rest,
        plan.total,
        spread=None if spread is None else _of_targets(spread, sales, shop, plan, upto),
    )
    if found is not None and found.low is not None:
        found = found._replace(low=max(found.low, found.achieved))
    if found is not None and spread is None and sum(day in sales for day in gone) < FEWEST_DAYS:
        found = found._replace(sd=None, low=None, high=None, chance=None)
    level = shop_level(sales, shop, upto, plan.factors)
    if found is not None and level is not None and rest:
        found = _from_level(found, level, sales, shop, plan, upto)
    elif found is not None:
        found = _in_doubt(found, plan, upto)
    return found, spread


def _of_targets(
    spread: run_rate.Spread, sales: Mapping[date, float], shop: Shop, plan: MonthPlan, upto: date
) -> run_rate.Spread:
    """Return ``spread``, which is relative to usual sales, converted to be relative to the targets.

    The targets may be far from what such days usually bring.
    """
    days = [upto - timedelta(days=back) for back in range(SPREAD_DAYS)]
    known = [day for day in days if day in sales and 0 < _size(shop, plan, day) < math.inf]
    sized = math.fsum(_size(shop, plan, day) for day in known)
    month = math.fsum(_size(shop, plan, day) for day in plan.by_day)
    if not sized or not month or not plan.total:
        return spread
    usual = math.fsum(sales[day] for day in known) / sized * month
    return spread._replace(sd=spread.sd * usual / plan.total) if usual > 0 else spread


def _in_doubt(pace: run_rate.RunRate, plan: MonthPlan, upto: date) -> run_rate.RunRate:
    """Return ``pace`` with a wider range if coming days have a calendar multiplier that is not confirmed."""
    coming = math.fsum(plan.by_day[day] for day in plan.unconfirmed if day > upto)
    if not coming or not pace.sd or pace.forecast is None or pace.low is None or pace.high is None:
        return pace
    share = coming * (pace.ratio or 1.0) / pace.forecast
    sd = run_rate.unconfirmed_sd(pace.sd, pace.forecast, share, RELATIVE_SD)
    wider = sd / pace.sd
    return pace._replace(
        sd=sd,
        low=max(pace.achieved, pace.forecast - wider * (pace.forecast - pace.low)),
        high=pace.forecast + wider * (pace.high - pace.forecast),
        chance=run_rate.chance_above(plan.total, pace.forecast, sd),
    )


def _from_level(
    pace: run_rate.RunRate, level: Level, sales: Mapping[date, float], shop: Shop, plan: MonthPlan, upto: date
) -> run_rate.RunRate:
    """Return ``pace`` with a new month-end forecast, which is based on the level of sales.

    Past days of the month without figures are assumed to have sold at that level.
    """
    coming = levels.rest(level, [_size(shop, plan, day) for day in plan.by_day if day > upto])
    absent = [_size(shop, plan, day) for day in plan.by_day if day <= upto and day not in sales]
    mean = coming.mean + math.fsum(level.day(0, size) for size in absent)
    if not coming.mean or not mean:
        return pace
    doubtful = math.fsum(
        level.day((day - upto).days, _size(shop, plan, day)) for day in plan.unconfirmed if day > upto
    )
    sd = run_rate.unconfirmed_sd(coming.sd * mean / coming.mean, mean, doubtful / mean, RELATIVE_SD)
    whole = levels.Rest(mean, sd)
    missing = mean - coming.mean
    ahead = math.fsum(target for day, target in plan.by_day.items() if day > upto)
    return pace._replace(
        required_ratio=(plan.total - pace.achieved - missing) / ahead if ahead > 0 else None,
        ratio=coming.mean / ahead if ahead > 0 else None,
        forecast=pace.achieved + mean,
        sd=whole.sd,
        low=pace.achieved + max(0.0, whole.quantile(0.1, level.degrees)),
        high=pace.achieved + whole.quantile(0.9, level.degrees),
        chance=whole.chance_of(plan.total - pace.achieved, level.degrees),
    )


def if_raised(
    sales: Mapping[date, float], shop: Shop, plan: MonthPlan, upto: date
) -> tuple[dict[date, float], float | None]:
    """Return the unexplained unusual days, and the month-end forecast if sales stay as on the last of them.

    The days are given with the multiple of their usual sales. The forecast is None if there is no such day or
    if a later day was as usual.
    """
    level = shop_level(sales, shop, upto, plan.factors)
    if level is None or not level.odd:
        return {}, None
    odd = {upto - timedelta(days=one.age - 1): one.times for one in reversed(level.odd)}
    last = level.odd[0]
    later = [day for day in sales if upto - timedelta(days=last.age - 1) < day <= upto]
    if last.age > 1 and any(day not in odd for day in later):
        return odd, None
    coming = levels.rest(level.at(last.times), [_size(shop, plan, day) for day in plan.by_day if day > upto])
    gone = math.fsum(sales.get(day, 0.0) for day in plan.by_day if day <= upto)
    return odd, gone + coming.mean


def _size(shop: Shop, plan: MonthPlan, day: date) -> float:
    return plan.factors[day.weekday()] * shop.multiplier(day)


def daily_spread(
    sales: Mapping[date, float], shop: Shop, factors: tuple[float, ...], upto: date
) -> run_rate.Spread | None:
    """Return how the last eight weeks' days scatter around their expected sales.

    Expected sales follow from the weekday and the calendar; days of unusual sales are left out. None if fewer
    than two weeks of usable days remain.
    """
    days = [upto - timedelta(days=back) for back in range(SPREAD_DAYS - 1, -1, -1)]
    sized = [(day, factors[day.weekday()] * shop.multiplier(day)) for day in days if day in sales]
    sized = [(day, size) for day, size in sized if size > 0 and _is_sized(shop, day)]
    odd = odd_days(sales, shop, upto, factors)
    sized = [(day, size) for day, size in sized if day not in odd]
    level = sum(sales[day] for day, _ in sized) / sum(size for _, size in sized) if sized else 0.0
    if len(sized) < 2 * daily_targets.WEEKDAYS or level <= 0:
        return None
    return run_rate.ratio_spread([sales[day] / (level * size) for day, size in sized])


def _is_sized(shop: Shop, day: date) -> bool:
    special = shop.special(day)
    return special is None or special.multiplier is not None
