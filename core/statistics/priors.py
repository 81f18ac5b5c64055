"""Prior distributions of rates, estimated from a family of similar objects (keywords, agents or items)."""

import math
from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from core.statistics import distributions

_Point: TypeAlias = tuple[float, float]
_CLOSE = 1e-6
"""The precision with which the maximum of a likelihood is located, on the log scale."""


class BetaPrior(NamedTuple):
    """A beta prior of a rate: Beta(mean * strength, (1 - mean) * strength)."""

    mean: float
    strength: float
    origin: Literal["fitted", "few groups", "on the bound", "given"] = "given"

    @property
    def hits(self) -> float:
        """The first beta parameter (pseudo-hits)."""
        return self.mean * self.strength

    @property
    def misses(self) -> float:
        """The second beta parameter (pseudo-misses)."""
        return (1.0 - self.mean) * self.strength


def fit_beta_prior(
    hits: Sequence[float],
    trials: Sequence[float],
    *,
    strengths: tuple[float, float] = (20.0, 2000.0),
    fallback_strength: float = 100.0,
    minimum_groups: int = 8,
) -> BetaPrior | None:
    """Maximum-likelihood beta-binomial prior of a family of rates; None if there were no trials at all.

    Two sequences of equal length, one entry per keyword or agent; groups without trials are left out. With
    fewer than ``minimum_groups`` groups, or if the best strength lies on a bound of ``strengths``, a fallback
    is returned: pooled mean, ``fallback_strength``, and ``origin`` giving the reason. Method: profile
    likelihood, Brent's search.
    """
    groups = [(k, n) for k, n in zip(hits, trials, strict=True) if n > 0]
    total_hits, total = math.fsum(k for k, _ in groups), math.fsum(n for _, n in groups)
    if total == 0:
        return None
    pooled = min(max(total_hits, 0.5), total - 0.5 if total > 1 else 0.5) / total
    if len(groups) < minimum_groups:
        return BetaPrior(pooled, fallback_strength, "few groups")
    family = distributions.beta_family([k for k, _ in groups], [n - k for k, n in groups])
    centre = math.log(pooled / (1.0 - pooled))

    def likelihood(logit: float, log_strength: float) -> float:
        strength, mean = math.exp(log_strength), 1.0 / (1.0 + math.exp(-logit))
        return family(mean * strength, (1.0 - mean) * strength)

    def best_logit(log_strength: float) -> float:
        return _highest(lambda logit: likelihood(logit, log_strength), centre - 2.0, centre + 2.0)

    low, high = math.log(strengths[0]), math.log(strengths[1])
    best = _highest(lambda s: likelihood(best_logit(s), s), low, high)
    if min(best - low, high - best) < 1e-3:
        return BetaPrior(pooled, fallback_strength, "on the bound")
    return BetaPrior(1.0 / (1.0 + math.exp(-best_logit(best))), math.exp(best), "fitted")


def _highest(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the maximum point of a unimodal function by Brent's method (Brent 1973, chapter 5)."""
    golden = (3.0 - math.sqrt(5.0)) / 2.0
    first = low + golden * (high - low)
    best = second = third = (first, function(first))
    step = before = 0.0
    while abs(best[0] - (low + high) / 2.0) > 2.0 * _CLOSE - (high - low) / 2.0:
        at, middle = best[0], (low + high) / 2.0
        peak = _peak(best, second, third)
        if peak is not None and abs(peak) < abs(before) / 2.0 and low < at + peak < high:
            near_edge = min(at + peak - low, high - at - peak) < 2.0 * _CLOSE
            step, before = math.copysign(_CLOSE, middle - at) if near_edge else peak, step
        else:
            before = (high if at < middle else low) - at
            step = golden * before
        where = at + (step if abs(step) >= _CLOSE else math.copysign(_CLOSE, step))
        tried = (where, function(where))
        if tried[1] >= best[1]:
            low, high = (at, high) if where >= at else (low, at)
            best, second, third = tried, best, second
        else:
            low, high = (where, high) if where < at else (low, where)
            if tried[1] >= second[1] or second == best:
                second, third = tried, second
            elif tried[1] >= third[1] or third in (best, second):
                third = tried
    return best[0]


def _peak(best: _Point, second: _Point, third: _Point) -> float | None:
    """Return the offset from ``best`` to the vertex of the parabola through the three points.

    None if there is none.
    """
    (at, value), (one, of_one), (two, of_two) = best, second, third
    left, right = (at - one) * (value - of_two), (at - two) * (value - of_one)
    below = 2.0 * (right - left)
    return -((at - two) * right - (at - one) * left) / below if below else None
