"""Daily targets in whole yuan that add up to the month's target, by weekday and calendar."""

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import NamedTuple

WEEKDAYS = 7


class WeekdayFactors(NamedTuple):
    """The ratio of each weekday to the average day; Monday first, mean 1."""

    factors: tuple[float, ...]
    weeks: tuple[int, ...]
    """The number of weeks each factor was estimated from."""
    learnt: bool
    """False with less than two weeks of history; all factors are then 1."""


def weekday_factors(
    values: Mapping[date, float | None], special_days: frozenset[date] = frozenset(), strength: float = 4.0
) -> WeekdayFactors:
    """Return weekday factors: median ratio to the centred 7-day mean, shrunk to 1 by n / (n + strength).

    ``values`` are yuan or orders per day. Days that are None, zero, negative or have a calendar multiplier
    are left out, as is every day whose seven-day window contains one of these. The default strength was set
    by judgement.
    """
    usable = {
        day: value
        for day, value in values.items()
        if value is not None and value > 0 and day not in special_days
    }
    ratios: list[list[float]] = [[] for _ in range(WEEKDAYS)]
    for day, value in usable.items():
        window = [usable.get(day + timedelta(days=offset)) for offset in range(-3, 4)]
        known = [near for near in window if near is not None]
        if len(known) == WEEKDAYS:
            ratios[day.weekday()].append(math.log(value * WEEKDAYS / math.fsum(known)))
    weeks = tuple(len(logs) for logs in ratios)
    if len(usable) < 2 * WEEKDAYS or sum(weeks) == 0:
        return WeekdayFactors((1.0,) * WEEKDAYS, weeks, learnt=False)
    shrunk = [math.exp(len(logs) / (len(logs) + strength) * median(logs)) if logs else 1.0 for logs in ratios]
    mean = math.fsum(shrunk) / WEEKDAYS
    return WeekdayFactors(tuple(factor / mean for factor in shrunk), weeks, learnt=True)


def days_of_month(year: int, month: int) -> tuple[date, ...]:
    """Return all days of a month, in order."""
    return tuple(date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def day_weights(
    days: Sequence[date], factors: Sequence[float], multipliers: Mapping[date, float] | None = None
) -> tuple[float, ...]:
    """Return the weight of each day: weekday factor times calendar multiplier (1 if none is set)."""
    known = multipliers or {}
    return tuple(factors[day.weekday()] * known.get(day, 1.0) for day in days)


def daily_targets(
    total: int,
    days: Sequence[date],
    factors: Sequence[float],
    multipliers: Mapping[date, float] | None = None,
) -> tuple[int, ...]:
    """Return whole-yuan targets, one per day; every month-to-date sum is exact to half a yuan."""
    return cascade_round(total, day_weights(days, factors, multipliers))


def cascade_round(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Split a whole total in order, as differences of the half-up rounded cumulative shares.

    Raise ValueError for negative weights or weights that sum to 0. Decimal weights are taken as written (0.95
    is 95/100), so ties round up as on paper. Source: cumulative ("cascade") rounding.
    """
    exact = _exact(weights)
    whole = sum(exact)
    result: list[int] = []
    cumulated, given = Fraction(0), 0
    for weight in exact:
        cumulated += weight
        prefix = math.floor(total * cumulated / whole + Fraction(1, 2))
        result.append(prefix - given)
        given = prefix
    return tuple(result)


def largest_remainder(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Split a whole total over unordered parts: floors, then the largest remainders (Hamilton).

    Equal remainders go to the earlier entry. Raise ValueError as :func:`cascade_round` does.
    """
    exact = _exact(weights)
    quotas = [total * weight / sum(exact) for weight in exact]
    result = [math.floor(quota) for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda place: result[place] - quotas[place])
    for place in by_remainder[: total - sum(result)]:
        result[place] += 1
    return tuple(result)


def _exact(weights: Sequence[float]) -> list[Fraction]:
    exact = [Fraction(str(weight)) for weight in weights]
    if min(exact, default=Fraction(0)) < 0 or sum(exact) <= 0:
        raise ValueError("weights must not be negative nor all 0: check weekday factors and day multipliers")
    return exact
