"""Run rate, forecast and probability of the month's target from daily ratios."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from core.statistics import distributions

SMALLEST_SPREAD = 0.05
LARGEST_AUTOCORRELATION = 0.8


class Spread(NamedTuple):
    """The scatter of the daily ratios of sales to target: sd, lag-1 autocorrelation, number of days."""

    sd: float
    autocorrelation: float
    days: int

    @property
    def inflation(self) -> float:
        """The factor by which autocorrelation widens the variance of a mean: (1 + phi) / (1 - phi)."""
        return (1.0 + self.autocorrelation) / (1.0 - self.autocorrelation)


class RatioPrior(NamedTuple):
    """The usual ratio of sales to target in earlier months, with its standard deviation."""

    mean: float
    sd: float


class RunRate(NamedTuple):
    """The progress and forecast of the month; money in yuan, probabilities 0..1, None if unknown."""

    achieved: float
    target_so_far: float
    achievement: float | None
    missing_days: int
    required_ratio: float | None
    """The factor by which every remaining day's target must be multiplied."""
    ratio: float | None
    """The ratio of sales to target used by the forecast: this month's mean, or the posterior with a prior."""
    forecast: float | None
    sd: float | None
    chance: float | None
    low: float | None
    high: float | None


def ratio_spread(ratios: Sequence[float]) -> Spread | None:
    """Return the scatter of the ratios: sd and bias-corrected lag-1 autocorrelation.

    None if there are fewer than two ratios. phi = clip(r1 + 1/H, 0, 0.8), with H the number of ratios; an sd
    of 0 becomes the floor 0.05.
    """
    days = len(ratios)
    if days < 2:
        return None
    mean = math.fsum(ratios) / days
    square = math.fsum((ratio - mean) ** 2 for ratio in ratios)
    if square <= 0.0:
        return Spread(SMALLEST_SPREAD, 0.0, days)
    lagged = math.fsum((a - mean) * (b - mean) for a, b in pairwise(ratios)) / square
    return Spread(
        math.sqrt(square / (days - 1)), min(LARGEST_AUTOCORRELATION, max(0.0, lagged + 1.0 / days)), days
    )


def month_pace(
    actual: Sequence[float | None],
    targets: Sequence[float],
    rest_targets: Sequence[float],
    month_target: float | None,
    *,
    prior: RatioPrior | None = None,
    spread: Spread | None = None,
    level: float = 0.8,
) -> RunRate | None:
    """Return achievement, required run rate, forecast, interval and probability of the target.

    ``actual`` and ``targets`` are the past days and ``rest_targets`` the days to come, all in yuan. A past
    day without a figure is None; it is forecast like a day to come, never counted as 0. ``spread`` comes from
    the last 8 weeks; if it is None, this month's own ratios are used, without autocorrelation. The result is
    None if there is no target, and has no probability if no days are left.
    """
    if not month_target or month_target <= 0:
        return None
    known = [(y, t) for y, t in zip(actual, targets, strict=True) if y is not None]
    achieved, so_far = math.fsum(y for y, _ in known), math.fsum(t for _, t in known)
    absent = [t for y, t in zip(actual, targets, strict=True) if y is None]
    coming = math.fsum(rest_targets)
    ratios = [y / t for y, t in known if t > 0]
    own = spread or (_own_spread(ratios) if len(ratios) >= 2 else None)
    level_now, variance = _level(ratios, own, prior)
    unknown = coming + math.fsum(absent)
    guessed = level_now * math.fsum(absent) if level_now is not None else 0.0
    forecast = achieved + level_now * unknown if level_now is not None else None
    sd = low = high = chance = None
    if forecast is not None and own is not None and variance is not None and unknown > 0:
        noise = own.sd**2 * own.inflation * math.fsum(t * t for t in [*rest_targets, *absent])
        sd = math.sqrt(noise + unknown**2 * variance)
        degrees = math.inf if prior else own.days - 1
        half = _quantile(0.5 + level / 2.0, degrees) * sd
        low, high = forecast - half, forecast + half
        chance = chance_above(month_target, forecast, sd, degrees)
    return RunRate(
        achieved=achieved,
        target_so_far=so_far,
        achievement=achieved / so_far if so_far > 0 else None,
        missing_days=len(absent),
        required_ratio=(month_target - achieved - guessed) / coming if coming > 0 else None,
        ratio=level_now,
        forecast=forecast,
        sd=sd,
        chance=chance if coming > 0 else None,
        low=low,
        high=high,
    )


def unconfirmed_sd(sd: float, forecast: float, share: float, relative: float) -> float:
    """Return the standard deviation of a forecast if some of its days are unconfirmed in the calendar.

    sqrt(sd² + (relative · share · forecast)²), where ``share`` is the unconfirmed days' part of the forecast
    and ``relative`` the relative sd of their multiplier.
    """
    return math.hypot(sd, relative * share * forecast)


def chance_above(wanted: float, forecast: float, sd: float, degrees: float = math.inf) -> float:
    """Return the chance that the result is at least ``wanted``.

    ``degrees`` are the degrees of freedom with which the sd was estimated.
    """
    return _upper((wanted - forecast) / sd, degrees)


def _own_spread(ratios: Sequence[float]) -> Spread:
    sd = distributions.standard_deviation(ratios)
    return Spread(sd if sd > 0 else SMALLEST_SPREAD, 0.0, len(ratios))


def _level(
    ratios: Sequence[float], spread: Spread | None, prior: RatioPrior | None
) -> tuple[float | None, float | None]:
    """Return the mean ratio of sales to target and the variance of this mean.

    With a prior, both are those of the posterior distribution.
    """
    n = len(ratios)
    mean = math.fsum(ratios) / n if n else None
    if prior is None:
        return mean, spread.sd**2 * spread.inflation / n if spread and n else None
    if mean is None or spread is None:
        return prior.mean, prior.sd**2
    weight_prior, weight_data = 1.0 / prior.sd**2, n / (spread.sd**2 * spread.inflation)
    whole = weight_prior + weight_data
    return (prior.mean * weight_prior + mean * weight_data) / whole, 1.0 / whole


def _quantile(p: float, degrees: float) -> float:
    return (
        distributions.normal_quantile(p)
        if math.isinf(degrees)
        else distributions.student_quantile(p, degrees)
    )


def _upper(x: float, degrees: float) -> float:
    return distributions.normal_cdf(-x) if math.isinf(degrees) else distributions.student_cdf(-x, degrees)
