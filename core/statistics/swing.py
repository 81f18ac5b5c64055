"""Judge whether the effects of a sales split exceed random variation."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from core.statistics import distributions
from core.statistics.distributions import Interval

ASSUMED_AOV_CV = 0.75
"""The assumed sd / mean of order values if there are no order lines; label results as "assumed"."""
SMALLEST_PLACEBO = 6

Likelihood = Literal["likely", "possible", "usual"]


class Swing(NamedTuple):
    """The standard deviation of each effect under chance alone, in yuan; None if it cannot be computed."""

    visitors: float | None
    conversion: float | None
    aov: float | None


class Counts(NamedTuple):
    """Visitors and buyers that determine the sampling variation, of the base days (sums) and of the day."""

    base_visitors: float
    base_buyers: float
    visitors: float
    buyers: float


def sampling_swing(
    counts: Counts, gmv: float, aov_cv: float = ASSUMED_AOV_CV, dispersion: float = 1.0
) -> Swing:
    """Return the standard deviation of the three effects by sampling alone, for sales of ``gmv`` yuan.

    Effects are None if one of the periods has no visitors or no buyers.
    """
    by_visitors = _both(counts.base_visitors, counts.visitors)
    by_buyers = _both(counts.base_buyers, counts.buyers)
    if by_visitors is None:
        return Swing(None, None, None)
    visitors = gmv * math.sqrt(dispersion * by_visitors)
    if by_buyers is None:
        return Swing(visitors, None, None)
    conversion = (counts.base_buyers + counts.buyers) / (counts.base_visitors + counts.visitors)
    return Swing(
        visitors, gmv * math.sqrt(max(0.0, 1.0 - conversion) * by_buyers), gmv * aov_cv * math.sqrt(by_buyers)
    )


def placebo_swing(past_effects: Sequence[float], level: float = 0.8) -> Interval | None:
    """Return the central 80 % (``level``) of the same effect on earlier normal days.

    None if there are fewer than six days. Each of these days was compared with its own base.
    """
    if len(past_effects) < SMALLEST_PLACEBO:
        return None
    tail = (1.0 - level) / 2.0
    return Interval(_quantile(past_effects, tail), _quantile(past_effects, 1.0 - tail))


def judge_effect(
    effect: float, swing: float | None, placebo: Interval | None, level: float = 0.8
) -> Likelihood:
    """Return "likely" if the effect is outside both ranges of chance, "possible" if outside one.

    Return "usual" if it is within both; then it is never to be named as the reason for a change. ``swing`` is
    the standard deviation by sampling, which gives one range; ``placebo`` is the range of the same effect on
    earlier days.
    """
    half = None if swing is None else distributions.normal_quantile(0.5 + level / 2.0) * swing
    beyond_sampling = half is not None and abs(effect) > half
    beyond_placebo = placebo is not None and not placebo.low <= effect <= placebo.high
    if beyond_sampling and beyond_placebo:
        return "likely"
    return "possible" if beyond_sampling or beyond_placebo else "usual"


def _both(first: float, second: float) -> float | None:
    return 1.0 / first + 1.0 / second if first > 0 and second > 0 else None


def _quantile(values: Sequence[float], p: float) -> float:
    """Return a quantile by linear interpolation between order statistics (the numpy default)."""
    ordered = sorted(values)
    place = p * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])
