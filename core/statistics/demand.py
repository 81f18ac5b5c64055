"""Estimate the daily demand of an item, its trend, and the days that do not represent demand.

Level and slope come from a robust quasi-Poisson fit; the demand of coming days is negative binomial. Counts
are units sold on days on which the item was available.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import numpy as np

from core.statistics import distributions
from core.statistics.demand_total import Total
from core.statistics.returning_goods import ReturningGoods

WINDOW = 42
"""The number of past days used."""
HALF_LIFE = 28.0
"""The half-life, in days, of the weight of past days."""
FEWEST = 14
"""The minimum number of known days for fitting a slope; with fewer, only the mean is used."""
SLOPE_SD = 0.02
"""The prior sd of the slope: the daily change of the logarithm of demand."""
DAMPING = 0.97
"""The factor by which the slope shrinks with each coming day."""
DRIFT = 1.6e-6
"""The relative variance caused by drift of the slope, times h³ for a demand over h days; h is capped at
WINDOW."""
USUAL_DISPERSION, DISPERSION_DAYS, SMALLEST_DISPERSION = 1.4, 7.0, 1.05
"""The prior value of variance over mean, the weight of that prior in days, and the minimum."""
WIDER = 1.15
"""The factor by which the covariance of level and slope is enlarged (measured)."""
WINSOR, SMALLEST_CLIP = 0.995, 4.0
STEPS, CLOSE = 14, 1e-9
RARE, RARE_LATELY, LATELY = 1e-4, 3e-3, 3
"""Sales of a lower probability than RARE make a day odd; for the last LATELY days the limit is
RARE_LATELY."""
ODD_TIMES, ODD_UNITS = 2.5, 8.0
"""An odd day must also sell this many times, and this many units more than, the expected figure."""
ONE_IN = 14
"""If more than one day in this many is odd, the pattern is regular and the days are kept.

Consecutive odd days count as one.
"""
CLEAR, CLEAR_SLOPE = 3.0, 0.01
"""A slope is reported only from this many standard errors and this daily change on (a judgement)."""
SHARE_STRENGTH = 10.0
"""SKU shares are shrunk to equal shares as if this many more units had been sold evenly."""
SETTLES, SETTLED_SD = 4, 3.0
"""An odd day starts a new level if at least SETTLES days follow it whose median is SETTLED_SD sds above the
old level."""


class Sold(NamedTuple):
    """The sales of one known day: age in days (yesterday is 1), units, and size (1 for an ordinary day)."""

    age: int
    units: float
    size: float = 1.0


class Peak(NamedTuple):
    """A day with odd sales, which does not count as a measure of demand until a person explains it."""

    age: int
    units: float
    usual: float
    """The units expected on that day."""


@dataclass(frozen=True, slots=True)
class Demand:
    """The estimated daily demand of an item; ``mean`` is None if no day is known."""

    mean: float | None
    """Units on a usual day, as of yesterday."""
    dispersion: float
    """The variance of a day's units divided by their mean."""
    days: int
    units: float
    high: float | None
    """If nothing was sold, the upper limit of the mean (3 / days); else None."""
    slope: float = 0.0
    """The daily change of the logarithm of demand; it is damped over the coming days."""
    covariance: tuple[float, float, float] | None = None
    """(variance of the log level, covariance, variance of the slope); None for a plain mean of the days."""
    odd: tuple[Peak, ...] = ()
    returning: ReturningGoods | None = None
    """What becomes of the pieces sold; None: all of them leave and none comes back."""

    @property
    def moves(self) -> bool:
        """Return whether there is a clear trend: at least three standard errors and 1 % per day."""
        if self.covariance is None or self.covariance[2] <= 0:
            return False
        return abs(self.slope) >= max(CLEAR_SLOPE, CLEAR * math.sqrt(self.covariance[2]))

    def with_mean(self, mean: float) -> Demand:
        """Return the same demand with its mean replaced by ``mean``, which is treated as known exactly."""
        return replace(self, mean=mean, covariance=(0.0, 0.0, 0.0))

    def with_share(self, share: float, sold: float) -> Demand:
        """Return the demand of an SKU with this share π of the item's, estimated from N units (``sold``).

        The variance of the share, (1 − π) / ((N + 10) π), is added; 10 is the constant of :func:`sku_shares`.
        """
        if self.mean is None:
            return self
        split = (1.0 - share) / ((sold + SHARE_STRENGTH) * share) if share > 0 else 0.0
        level, both, slope = self.covariance or (self.dispersion / max(self.units, 0.5), 0.0, 0.0)
        back = None if self.returning is None else self.returning.scaled(share)
        return replace(self, mean=self.mean * share, covariance=(level + split, both, slope), returning=back)


def mean_demand(units: Sequence[float]) -> Demand:
    """Return the demand as the plain mean of the days, with dispersion max(1, variance / mean)."""
    days, whole = len(units), math.fsum(units)
    mean = whole / days if days else None
    dispersion = max(1.0, distributions.standard_deviation(units) ** 2 / mean) if mean else 1.0
    return Demand(mean, dispersion, days, whole, 3.0 / days if days and whole <= 0 else None)


def fit(days: Sequence[Sold], *, left_out: Collection[int] = (), since: int | None = None) -> Demand:
    """Fit level and slope to the days; odd days are excluded and returned in ``odd``.

    ``ln m = a + b t`` by quasi-Poisson with weights ½^(age/28), the slope shrunk to 0, counts winsorised at
    the 99.5 % point. ``left_out``: ages of the days that a person marked as no measure of demand; ``since``:
    the age of the day on which, according to a person, a new level began. With under 14 known days, or
    without a sale, the plain mean is used.
    """
    known = [day for day in days if day.size > 0 and (since is None or day.age <= since)]
    told = [day for day in known if day.age not in left_out]
    odd, restart = _odd(told, asked_from=since)
    if restart is not None:
        return fit([day for day in told if day.age <= restart], since=restart)
    out = {day.age for day in odd}
    return _fitted([day for day in told if day.age not in out], odd)


def total(demand: Demand, sizes: Sequence[float]) -> Total:
    """Return the demand of the next days, given their sizes as multiples of an ordinary day.

    M = Σ size · exp(a + b Σ .97^i); variance φ M + M² (c' Cov c + 1.6e-6 h³), c = (1, weighted mean of the
    damped days). Without a covariance the relative variance of a plain mean, φ / units, is used. Pieces
    refunded before dispatch are not demand; returned pieces already on their way back are subtracted, and
    their number is added to the variance.
    """
    if not demand.mean or demand.mean <= 0 or not sizes:
        return Total(0.0, 0.0)
    parts, ahead = _coming(demand, demand.mean, sizes)
    mean = float(parts.sum())
    if mean <= 0:
        return Total(0.0, 0.0)
    if demand.covariance is None:
        doubt = demand.dispersion / max(demand.units, 0.5)
    else:
        level, both, slope = demand.covariance
        reach = float((parts * ahead).sum()) / mean
        doubt = level + 2.0 * reach * both + reach * reach * slope + DRIFT * min(len(sizes), WINDOW) ** 3
    variance = demand.dispersion * mean + mean * mean * doubt
    if demand.returning is None:
        return Total(mean, variance)
    left, scatter = demand.returning.leaving(mean, variance)
    back = float(demand.returning.arriving(parts).sum())
    return Total(left, scatter + math.fsum(demand.returning.known[: len(parts)]), back)


def _coming(demand: Demand, mean: float, sizes: Sequence[float]) -> tuple[np.ndarray, np.ndarray]:
    """Return the expected sales of each coming day, and the sum of the damped trend days up to that day."""
    ahead = np.cumsum(DAMPING ** np.arange(1, len(sizes) + 1))
    return mean * np.exp(demand.slope * ahead) * np.asarray(sizes, dtype=float), ahead


def mean_days(demand: Demand, stock: float, sizes: Sequence[float]) -> float | None:
    """Return the number of days until the stock runs out at the expected demand.

    None if the stock outlasts the days in ``sizes``, or without demand.
    """
    if not demand.mean or demand.mean <= 0:
        return None
    parts, _ = _coming(demand, demand.mean, sizes)
    if demand.returning is not None:
        parts = parts * (1.0 - demand.returning.before) - demand.returning.arriving(parts)
    left = max(0.0, stock) - np.concatenate([[0.0], np.cumsum(parts)])
    over = np.flatnonzero(left[1:] <= 1e-9)
    if not len(over):
        return None
    n = int(over[0])
    return n + (float(left[n]) / float(parts[n]) if parts[n] else 0.0)


def mean_range(demand: Demand, level: float = 0.8) -> tuple[float, float]:
    """Return a ``level`` interval for the mean daily demand, ignoring any trend.

    Its limits are gamma quantiles of the units sold, widened by the dispersion.
    """
    shape, rate = (max(0.0, demand.units) + 0.5) / demand.dispersion, demand.days / demand.dispersion
    tail = (1.0 - level) / 2.0
    low, high = (distributions.gamma_quantile(p, shape, rate) for p in (tail, 1.0 - tail))
    return low, high


def widened(whole: Total, a_day: float, lead_sd: float) -> Total:
    """Return the total with the variance of the lead time added: (daily mean)² · sd²."""
    return whole._replace(variance=whole.variance + (a_day * lead_sd) ** 2)


def lasts(demand: Demand, stock: float, sizes: Sequence[float], chance: float) -> int | None:
    """Return the number of days after which the stock is sold out with probability ``chance`` or more.

    0 without stock; None if that does not happen within ``sizes``.
    """
    if stock <= 0:
        return 0
    low, high = 0, len(sizes)
    if not high or total(demand, sizes).chance_of(stock) < chance:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (
            (low, middle) if total(demand, sizes[:middle]).chance_of(stock) >= chance else (middle, high)
        )
    return high


def sku_shares(sold: Mapping[str, float], strength: float = SHARE_STRENGTH) -> dict[str, float]:
    """Return each SKU's share of an item's sales, shrunk to equal shares: (n + s/J) / (N + s)."""
    whole = math.fsum(sold.values())
    return {sku: (n + strength / len(sold)) / (whole + strength) for sku, n in sold.items()}


def _fitted(days: Sequence[Sold], odd: Sequence[Peak]) -> Demand:
    plain = mean_demand([day.units / day.size for day in days])
    if plain.mean is None or plain.units <= 0:
        return Demand(plain.mean, plain.dispersion, plain.days, plain.units, plain.high, odd=tuple(odd))
    age, units, size = (np.array(column, dtype=float) for column in zip(*days, strict=True))
    if plain.days < FEWEST:
        dispersion = _dispersion(units, plain.mean * size)
        return Demand(plain.mean, dispersion, plain.days, plain.units, None, odd=tuple(odd))
    line = _Line.of(age, units, size)
    return Demand(
        math.exp(line.level),
        line.dispersion,
        plain.days,
        float((units / size).sum()),
        None,
        line.slope,
        line.covariance,
        tuple(odd),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A fitted level (the logarithm of yesterday's demand) and slope."""

    level: float
    slope: float
    dispersion: float
    covariance: tuple[float, float, float]

    @classmethod
    def of(cls, age: np.ndarray, units: np.ndarray, size: np.ndarray) -> _Line:
        """Fit by Newton's method, winsorising the counts at the current fit in each step."""
        t, weights = 1.0 - age, 0.5 ** (age / HALF_LIFE)
        x = np.column_stack([np.ones_like(t), t])
        beta = np.array([math.log(max(_start(units / size), 1e-3)), 0.0])
        dispersion = _dispersion(units, _start(units / size) * size)
        inverse = np.eye(2)
        for _ in range(STEPS):
            expected = size * np.exp(np.clip(x @ beta, -20.0, 20.0))
            clipped = _winsorised(units, expected, dispersion)
            ridge = np.diag([0.0, dispersion / SLOPE_SD**2])
            inverse = np.linalg.inv(x.T @ (x * (weights * expected)[:, None]) + ridge + 1e-9 * np.eye(2))
            step = np.clip(inverse @ (x.T @ (weights * (clipped - expected)) - ridge @ beta), -1.0, 1.0)
            beta, before = beta + step, dispersion
            dispersion = _dispersion(clipped, expected)
            if np.abs(step).max() < CLOSE and abs(dispersion - before) < CLOSE:
                break
        covariance = WIDER * dispersion * inverse
        return cls(
            float(beta[0]),
            float(beta[1]),
            dispersion,
            (float(covariance[0, 0]), float(covariance[0, 1]), float(covariance[1, 1])),
        )


def _dispersion(units: np.ndarray, expected: np.ndarray) -> float:
    """Return Pearson's dispersion estimate, shrunk to USUAL_DISPERSION."""
    free = max(1.0, len(units) - 2.0)
    pearson = float(((units - expected) ** 2 / np.maximum(expected, 1e-9)).sum()) / free
    shrunk = (free * pearson * 1.04 + DISPERSION_DAYS * USUAL_DISPERSION) / (free + DISPERSION_DAYS)
    return max(SMALLEST_DISPERSION, shrunk)


def _winsorised(units: np.ndarray, expected: np.ndarray, dispersion: float) -> np.ndarray:
    """Cap counts at their 99.5 % quantile; only counts two sds above expectation are checked."""
    clipped = units.copy()
    far = (units > SMALLEST_CLIP) & (units > expected + 2.0 * np.sqrt(dispersion * expected))
    for n in np.flatnonzero(far):
        point = Total(float(expected[n]), dispersion * float(expected[n])).quantile(WINSOR)
        clipped[n] = min(clipped[n], max(SMALLEST_CLIP, point))
    return clipped


def _start(units: np.ndarray) -> float:
    """Return a robust start level: the mean of counts capped at their 90 % quantile, else the plain mean."""
    clipped = np.minimum(units, np.quantile(units, 0.9))
    return float(clipped.mean()) or float(units.mean())


def _odd(days: Sequence[Sold], *, asked_from: int | None) -> tuple[tuple[Peak, ...], int | None]:
    """Return the odd days, and the age of the day on which a new level started (None if there is none).

    Large days are tested from the smallest up, each against a fit of the days not suspected, so that several
    large days do not hide each other and naturally lumpy demand is recognized. The day of age ``asked_from``,
    on which a new level began according to a person, is never odd.
    """
    if len(days) <= SETTLES:
        return (), None
    sized = np.array([day.units / day.size for day in days])
    start = _start(np.delete(sized, int(sized.argmax())))
    suspects = sorted(
        (day for day in days if day.age != asked_from and _is_large(day, start * day.size)),
        key=lambda day: day.units / day.size,
    )[-(len(days) // 2) :]
    plain = [day for day in days if day not in suspects]
    if not suspects or not plain:
        return (), None
    usual = _Usual.of(plain)
    while suspects and not usual.is_odd(suspects[0]):
        plain.append(suspects.pop(0))
        usual = _Usual.of(plain)
    odd = [Peak(day.age, day.units, usual.on(day)) for day in suspects if usual.is_odd(day)]
    if restart := _new_level(days, odd, usual):
        return (), restart
    events = sum(one.age + 1 not in {other.age for other in odd} for one in odd)
    return (() if events > max(1, len(days) // ONE_IN) else tuple(sorted(odd))), None


@dataclass(frozen=True, slots=True)
class _Usual:
    """The expected sales of a day, fitted to the days that are not suspected."""

    level: float
    slope: float
    dispersion: float

    @classmethod
    def of(cls, days: Sequence[Sold]) -> _Usual:
        """Fit level and slope, or the level only if there are too few days."""
        age, units, size = (np.array(column, dtype=float) for column in zip(*days, strict=True))
        if len(days) >= FEWEST and units.sum() > 0:
            line = _Line.of(age, units, size)
            return cls(line.level, line.slope, line.dispersion)
        mean = max(float((units / size).mean()), 1e-3)
        return cls(math.log(mean), 0.0, _dispersion(units, mean * size))

    def on(self, day: Sold) -> float:
        """Return the units expected on that day."""
        return day.size * math.exp(self.level + self.slope * (1.0 - day.age))

    def is_odd(self, day: Sold) -> bool:
        """Return whether the day sold too much to be explained by chance."""
        usual = self.on(day)
        rare = Total(usual, self.dispersion * usual).chance_of(day.units)
        return rare < (RARE_LATELY if day.age <= LATELY else RARE) and _is_large(day, usual)


def _is_large(day: Sold, usual: float) -> bool:
    return day.units >= ODD_TIMES * usual and day.units - usual >= ODD_UNITS


def _new_level(days: Sequence[Sold], odd: Sequence[Peak], usual: _Usual) -> int | None:
    """Return the age of the oldest odd day after which sales stayed high; None if there is none."""
    for one in sorted(odd, reverse=True):
        after = [day for day in days if day.age < one.age]
        if len(after) < SETTLES:
            continue
        mean = math.fsum(usual.on(day) for day in after) / len(after)
        line = mean + SETTLED_SD * math.sqrt(usual.dispersion * mean)
        if median(day.units for day in after) > line:
            return one.age
    return None
