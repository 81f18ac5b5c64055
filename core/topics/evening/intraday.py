"""The forecast of a day's orders from any hour: the day's plan, updated by the orders so far."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from core.statistics import distributions
from core.statistics.distributions import Interval


class Profile(NamedTuple):
    """The usual course of a day: share of the orders placed before each hour 0..24, and its dispersion."""

    shares: tuple[float, ...]
    dispersions: tuple[float, ...]
    days: int


class DayEnd(NamedTuple):
    """The forecast of the orders at the end of the day."""

    naive: float | None
    """Orders so far divided by their usual share, for comparison only; None if the share is 0."""
    rate: float
    rest: float
    final: float
    sd: float
    low: float
    high: float


def intraday_profile(days: Sequence[Sequence[float]]) -> Profile | None:
    """Return the usual course of a day from days of 24 hourly order counts; None if there are no orders.

    Shares are ratios of sums; the dispersion is max(1, mean squared Pearson residual of the split before and
    after the hour).
    """
    used = [hours for hours in days if math.fsum(hours) > 0]
    if not used:
        return None
    totals = [math.fsum(hours) for hours in used]
    shares, dispersions = [], []
    for hour in range(25):
        before = [math.fsum(hours[:hour]) for hours in used]
        share = math.fsum(before) / math.fsum(totals)
        shares.append(share)
        inner = 1e-9 < share < 1.0 - 1e-9
        squares = (
            [(y - share * t) ** 2 / (t * share * (1.0 - share)) for y, t in zip(before, totals, strict=True)]
            if inner
            else []
        )
        dispersions.append(max(1.0, math.fsum(squares) / len(used)))
    return Profile(tuple(shares), tuple(dispersions), len(used))


def day_end(
    orders: float,
    share: float,
    prior_mean: float,
    prior_cv: float,
    dispersion: float = 1.0,
    level: float = 0.8,
) -> DayEnd:
    """Return the forecast of the orders by midnight.

    The ``orders`` so far and their usual ``share`` by now (0..1) are combined, in a quasi gamma-Poisson
    update, with the orders planned for the day (``prior_mean``) and their coefficient of variation. Limits
    come from the negative binomial with the same mean and variance, which is exact at dispersion 1. Raise
    ValueError if the plan is not positive or the share is outside 0..1.
    """
    if prior_mean <= 0 or prior_cv <= 0 or not 0 <= share <= 1:
        raise ValueError(
            "a day forecast needs a plan above 0 with a cv above 0 and a usual share from 0 to 1"
        )
    shape = 1.0 / prior_cv**2 + orders / dispersion
    exposure = 1.0 / (prior_cv**2 * prior_mean) + share / dispersion
    rate = shape / exposure
    rest = rate * (1.0 - share)
    sd = math.sqrt((1.0 - share) ** 2 * shape / exposure**2 + dispersion * rest)
    limits = rest_limits(rest, sd, level)
    naive = orders / share if share > 0 else None
    return DayEnd(naive, rate, rest, orders + rest, sd, orders + limits.low, orders + limits.high)


def rest_limits(rest: float, sd: float, level: float = 0.8) -> Interval:
    """Return the limits of the number of orders still to come, from its mean ``rest`` and its sd."""
    if rest <= 0:
        return Interval(0.0, 0.0)
    size, p = _matched(rest, sd)
    tail = (1.0 - level) / 2.0
    low, high = (distributions.negative_binomial_quantile(q, size, p) for q in (tail, 1.0 - tail))
    return Interval(float(low), float(high))


def chance_of_more(end: DayEnd, needed: float) -> float:
    """Return P(at least ``needed`` more orders come today)."""
    if needed <= 0:
        return 1.0
    if end.rest <= 0:
        return 0.0
    return distributions.negative_binomial_sf(math.ceil(needed) - 1, *_matched(end.rest, end.sd))


def _matched(mean: float, sd: float) -> tuple[float, float]:
    """Return size and probability of the negative binomial with this mean and sd (sd^2 > mean)."""
    variance = max(sd * sd, mean * (1.0 + 1e-9))
    return mean * mean / (variance - mean), mean / variance


def day_end_gmv(
    gmv: float, end: DayEnd, aov: float, aov_sd: float, level: float = 0.8
) -> tuple[float, Interval]:
    """Return the forecast of the sales by midnight in yuan, and its limits by a normal distribution.

    Computed from sales so far, orders expected, and the usual order value with its sd.
    """
    final = gmv + end.rest * aov
    half = distributions.normal_quantile(0.5 + level / 2.0) * math.sqrt(
        end.rest * aov_sd**2 + aov**2 * end.sd**2
    )
    return final, Interval(max(gmv, final - half), final + half)
