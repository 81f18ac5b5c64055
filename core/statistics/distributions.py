"""Probability distributions, intervals and verdicts; the only module that imports scipy.

Every probability the product prints is computed here with `scipy.special` (scipy.stats takes half a second to
import and adds nothing needed). Gamma distributions are given by shape and rate, negative binomials by size
and probability as in scipy.
"""

import math
import sys
from collections.abc import Callable, Sequence
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np


def _when_used(name: str) -> ModuleType:
    """Return the module of this name, which is imported only when one of its functions is first used."""
    spec = find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if TYPE_CHECKING:
    from scipy import special
else:
    special = _when_used("scipy.special")

Side = Literal["above", "below"]
Verdict = Literal["pass", "fail", "unclear"]


class Interval(NamedTuple):
    """A lower and an upper limit, low <= high, in the unit of the estimated value."""

    low: float
    high: float


class Rate(NamedTuple):
    """A rate for display: hits, trials, hits / trials, and the limits of its confidence interval."""

    hits: float
    trials: float
    value: float
    low: float
    high: float


# ---- distributions


def normal_cdf(x: float) -> float:
    """P(Z <= x) for a standard normal."""
    return float(special.ndtr(x))


def normal_quantile(p: float) -> float:
    """The z with P(Z <= z) = p."""
    return float(special.ndtri(p))


def normal_tails(z: np.ndarray) -> np.ndarray:
    """P(Z <= z) for every element."""
    return np.asarray(special.ndtr(z), dtype=float)


def student_as_normal(t: np.ndarray, degrees: np.ndarray) -> np.ndarray:
    """Return the standard normal z with the same tail probability as ``t`` at these degrees of freedom.

    NaN stays NaN.
    """
    tail = special.stdtr(degrees, -np.abs(t))
    return np.asarray(-np.sign(t) * special.ndtri(np.maximum(tail, 1e-300)), dtype=float)


def student_cdf(x: float, degrees: float) -> float:
    """P(T <= x) for Student's t with the given degrees of freedom."""
    return float(special.stdtr(degrees, x))


def student_quantile(p: float, degrees: float) -> float:
    """The t with P(T <= t) = p."""
    return float(special.stdtrit(degrees, p))


def beta_cdf(x: float, a: float, b: float) -> float:
    """P(X <= x) for Beta(a, b); x outside 0..1 is clipped."""
    return float(special.betainc(a, b, min(1.0, max(0.0, x))))


def beta_sf(x: float, a: float, b: float) -> float:
    """P(X > x) for Beta(a, b), without losing the small tail."""
    return float(special.betaincc(a, b, min(1.0, max(0.0, x))))


def beta_quantile(p: float, a: float, b: float) -> float:
    """The x with P(X <= x) = p for Beta(a, b)."""
    return float(special.betaincinv(a, b, p))


def gamma_cdf(x: float, shape: float, rate: float) -> float:
    """P(X <= x) for Gamma(shape, rate); 0 below 0."""
    return float(special.gammainc(shape, max(0.0, x) * rate))


def gamma_sf(x: float, shape: float, rate: float) -> float:
    """P(X > x) for Gamma(shape, rate)."""
    return float(special.gammaincc(shape, max(0.0, x) * rate))


def gamma_quantile(p: float, shape: float, rate: float) -> float:
    """The x with P(X <= x) = p for Gamma(shape, rate)."""
    return float(special.gammaincinv(shape, p)) / rate


def binomial_cdf(k: float, n: int, p: float) -> float:
    """P(X <= k) for k hits in n trials with success probability p."""
    if k < 0:
        return 0.0
    return 1.0 if k >= n else float(special.bdtr(math.floor(k), n, p))


def binomial_sf(k: float, n: int, p: float) -> float:
    """P(X > k) for k hits in n trials with success probability p."""
    if k < 0:
        return 1.0
    return 0.0 if k >= n else float(special.bdtrc(math.floor(k), n, p))


def binomial_quantile(probability: float, n: int, p: float) -> int:
    """The smallest count k with P(X <= k) >= probability, for n trials with success probability p."""
    return _smallest(lambda k: binomial_cdf(k, n, p), probability, n * p)


def negative_binomial_cdf(k: float, size: float, p: float) -> float:
    """P(X <= k) for a negative binomial with any real size > 0; its mean is size * (1 - p) / p."""
    return 0.0 if k < 0 else float(special.betainc(size, math.floor(k) + 1, p))


def negative_binomial_sf(k: float, size: float, p: float) -> float:
    """P(X > k) for a negative binomial."""
    return 1.0 if k < 0 else float(special.betainc(math.floor(k) + 1, size, 1.0 - p))


def negative_binomial_quantile(probability: float, size: float, p: float) -> int:
    """The smallest count k with P(X <= k) >= probability, for a negative binomial."""
    return _smallest(lambda k: negative_binomial_cdf(k, size, p), probability, size * (1.0 - p) / p)


def _smallest(cdf: Callable[[int], float], p: float, guess: float) -> int:
    """Return the smallest k >= 0 with cdf(k) >= p, by doubling and bisection."""
    if not 0.0 <= p < 1.0:
        raise ValueError(f"a quantile of a count needs a probability of at least 0 and below 1, not {p}")
    below, above = -1, max(1, math.ceil(guess))
    while cdf(above) < p:
        below, above = above, above * 2
    while above - below > 1:
        middle = (below + above) // 2
        below, above = (middle, above) if cdf(middle) < p else (below, middle)
    return above


# ---- intervals and verdicts


def wilson(hits: float, trials: float, level: float = 0.95) -> Interval:
    """Wilson's score interval of a proportion, within 0..1; (0, 1) if there were no trials.

    Wilson 1927, Newcombe 1998 (method 3). Raises ValueError if hits are not within 0..trials.
    """
    _check_counts(hits, trials)
    if trials == 0:
        return Interval(0.0, 1.0)
    z = normal_quantile(0.5 + level / 2.0)
    p, shrink = hits / trials, 1.0 + z * z / trials
    centre = (p + z * z / (2.0 * trials)) / shrink
    half = z * math.sqrt(p * (1.0 - p) / trials + z * z / (4.0 * trials * trials)) / shrink
    low = 0.0 if hits == 0 else max(0.0, min(centre - half, p))
    high = 1.0 if hits == trials else min(1.0, max(centre + half, p))
    return Interval(low, high)


def rate(hits: float, trials: float, level: float = 0.95) -> Rate | None:
    """Return hits / trials with its Wilson interval; None (unknown, not 0) if there were no trials."""
    low, high = wilson(hits, trials, level)
    return None if trials == 0 else Rate(hits, trials, hits / trials, low, high)


def clopper_pearson(hits: float, trials: float, level: float = 0.95) -> Interval:
    """Exact interval of a proportion by beta quantiles (Clopper and Pearson 1934); (0, 1) with no trials."""
    _check_counts(hits, trials)
    tail = (1.0 - level) / 2.0
    low = 0.0 if hits == 0 else beta_quantile(tail, hits, trials - hits + 1)
    high = 1.0 if hits == trials else beta_quantile(1.0 - tail, hits + 1, trials - hits)
    return Interval(low, high)


def garwood(count: float, level: float = 0.95) -> Interval:
    """Exact interval of the mean of a Poisson count (Garwood 1936); a count of 0 gives (0, upper)."""
    if count < 0:
        raise ValueError(f"a count of {count} cannot be: counts start at 0")
    tail = (1.0 - level) / 2.0
    low = 0.0 if count == 0 else gamma_quantile(tail, count, 1.0)
    return Interval(low, gamma_quantile(1.0 - tail, count + 1.0, 1.0))


def newcombe(hits1: float, trials1: float, hits2: float, trials2: float, level: float = 0.95) -> Interval:
    """Interval of rate 1 - rate 2 from two Wilson intervals (Newcombe 1998, method 10).

    (-1, 1) if either rate has no trials.
    """
    first, second = wilson(hits1, trials1, level), wilson(hits2, trials2, level)
    if trials1 == 0 or trials2 == 0:
        return Interval(-1.0, 1.0)
    p1, p2 = hits1 / trials1, hits2 / trials2
    low = p1 - p2 - math.hypot(p1 - first.low, second.high - p2)
    return Interval(low, p1 - p2 + math.hypot(first.high - p1, p2 - second.low))


def student_interval(values: Sequence[float], level: float = 0.9) -> Interval | None:
    """Student's t interval of the mean of independent values; None if there are fewer than two values."""
    n = len(values)
    if n < 2:
        return None
    mean = math.fsum(values) / n
    half = student_quantile(0.5 + level / 2.0, n - 1) * standard_deviation(values) / math.sqrt(n)
    return Interval(mean - half, mean + half)


def standard_deviation(values: Sequence[float]) -> float:
    """Sample standard deviation (divisor n - 1); 0 for fewer than two values."""
    n = len(values)
    if n < 2:
        return 0.0
    mean = math.fsum(values) / n
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (n - 1))


def verdict(low: float, high: float, line: float, good: Side = "above") -> Verdict:
    """Return whether the whole interval is on the good side of ``line``, on the bad side, or contains it."""
    if good == "below":
        low, high, line = -high, -low, -line
    if low >= line:
        return "pass"
    return "fail" if high < line else "unclear"


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Return adjusted p-values in the given order; reject if adjusted <= q (Benjamini and Hochberg 1995)."""
    adjusted = [1.0] * len(p_values)
    smallest = 1.0
    for rank, place in sorted(
        enumerate(sorted(range(len(p_values)), key=p_values.__getitem__), 1), reverse=True
    ):
        smallest = min(smallest, p_values[place] * len(p_values) / rank)
        adjusted[place] = smallest
    return tuple(adjusted)


def beta_family(hits: Sequence[float], misses: Sequence[float]) -> Callable[[float, float], float]:
    """Return the log-likelihood of beta-binomial groups as a function of a and b, without its constant.

    The sum over the groups of ln B(a + hits, b + misses) / B(a, b); both sequences have the same length.
    """
    found, missed = np.asarray(hits, dtype=float), np.asarray(misses, dtype=float)

    def likelihood(a: float, b: float) -> float:
        updated = special.betaln(a + found, b + missed)
        return float(updated.sum() - len(found) * special.betaln(a, b))

    return likelihood


def probability_greater(a1: float, b1: float, a2: float, b2: float) -> float:
    """P(X2 > X1) for X1 ~ Beta(a1, b1), X2 ~ Beta(a2, b2), all parameters > 0, accurate to about 1e-10.

    Trapezoid rule on the logit scale, where the integrand is smooth and vanishes at both ends (agrees with
    Miller's closed form for whole-number parameters).
    """
    (low, high), (other_low, other_high) = _logit_range(a1, b1), _logit_range(a2, b2)
    if other_high - other_low < high - low:
        return 1.0 - probability_greater(a2, b2, a1, b1)
    grid = np.linspace(low - 1.0, high + 1.0, 2001)
    below, above = special.expit(grid), special.expit(-grid)
    greater = np.where(grid < 0, special.betaincc(a2, b2, below), special.betainc(b2, a2, above))
    log_density = a1 * special.log_expit(grid) + b1 * special.log_expit(-grid) - special.betaln(a1, b1)
    return min(1.0, float(np.sum(np.exp(log_density) * greater) * (grid[1] - grid[0])))


def _logit_range(a: float, b: float) -> Interval:
    """Return the interval, in logits, that contains Beta(a, b) except for 1e-15 on each side."""
    ends = (max(beta_quantile(1e-15, *sides), 1e-300) for sides in ((a, b), (b, a)))
    low, high = (math.log(end) - math.log1p(-end) for end in ends)
    return Interval(low, -high)


def _check_counts(hits: float, trials: float) -> None:
    if not 0 <= hits <= trials:
        raise ValueError(f"{hits} of {trials} is no proportion: if one trial can bring several, use garwood")
