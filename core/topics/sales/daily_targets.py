"""From a month's target to whole-yuan daily targets that add up, by weekday and calendar (1.1)."""

import math
from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from statistics import median
from typing import NamedTuple

WEEKDAYS = 7


class WeekdayFactors(NamedTuple):
    """How each weekday stands to the average day; Monday first, mean 1."""

    factors: tuple[float, ...]
    weeks: tuple[int, ...]
    """How many weeks each factor was learnt from."""
    learnt: bool
    """False when history is shorter than two weeks: all factors are 1, and the screen says so."""


def weekday_factors(
    values: Mapping[date, float | None], special_days: frozenset[date] = frozenset(), strength: float = 4.0
) -> WeekdayFactors:
    """Weekday factors by the median ratio to the centred 7-day mean, shrunk to 1 by n / (n + strength).

    Values per day in yuan (or orders); None, zero and negative days and days with a calendar multiplier are
    left out, and so is every day whose seven-day window holds one. Section 1.1; the strength is a judgement.
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
    """Every day of a month, in order."""
    return tuple(date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1))


def day_weights(
    days: Sequence[date], factors: Sequence[float], multipliers: Mapping[date, float] | None = None
) -> tuple[float, ...]:
    """Weekday factor times calendar multiplier (1 where the calendar is silent), one weight per day."""
    known = multipliers or {}
    return tuple(factors[day.weekday()] * known.get(day, 1.0) for day in days)


def daily_targets(
    total: int,
    days: Sequence[date],
    factors: Sequence[float],
    multipliers: Mapping[date, float] | None = None,
) -> tuple[int, ...]:
    """Whole-yuan targets, one per day, with every month-to-date sum right to half a yuan."""
    return cascade_round(total, day_weights(days, factors, multipliers))


def cascade_round(total: int, weights: Sequence[float]) -> tuple[int, ...]:
    """Split a whole total in order: differences of the half-up rounded cumulative shares.

    Raises ValueError for negative weights or weights that sum to 0. Decimal weights are taken as written
    (0.95 is 95/100), so ties round up as on paper. Source: cumulative ("cascade") rounding.
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
    """Split a whole total over people or sources (no order): floors, then the largest remainders (Hamilton).

    Equal remainders go to the earlier entry. Raises ValueError as `cascade_round` does.
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
