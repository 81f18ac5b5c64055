"""How much of an item is asked for a day, where that is heading, and which days do not tell.

A quasi-Poisson level and slope, fitted so that one day cannot move it, and the demand of coming days as a
negative binomial. Counts are units of days on which the item was there.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import NamedTuple

import numpy as np

from core.statistics import distributions

WINDOW = 42
"""Days back that say something."""
HALF_LIFE = 28.0
"""A day so many days old counts half."""
FEWEST = 14
"""Known days from where a slope is learnt; below only a mean."""
SLOPE_SD = 0.02
"""Before any data: how far the logarithm of demand moves a day."""
DAMPING = 0.97
"""What is left of the slope each day on."""
DRIFT = 1.6e-6
"""Variance by which the slope itself wanders, in h cubed; no further than the days it was learnt from."""
USUAL_DISPERSION, DISPERSION_DAYS, SMALLEST_DISPERSION = 1.4, 7.0, 1.05
"""What variance over mean is shrunk to, how strongly, and its floor."""
WIDER = 1.15
"""The doubt about level and slope is this much wider than the formula says (measured)."""
WINSOR, SMALLEST_CLIP = 0.995, 4.0
STEPS, CLOSE = 14, 1e-9
RARE, RARE_LATELY, LATELY = 1e-4, 3e-3, 3
"""A day's sales rarer than this are odd; the last three days are asked about sooner."""
ODD_TIMES, ODD_UNITS = 2.5, 8.0
"""An odd day also sells so many times the usual and so many units more."""
ONE_IN = 14
"""More odd days than one in so many are a pattern, and are kept; days in a row are one."""
CLEAR, CLEAR_SLOPE = 3.0, 0.01
"""A slope is worth a word from so many standard errors and so much a day on [judgement]."""
SHARE_STRENGTH = 10.0
"""Shares of sizes are shrunk to equal ones as if so many units had been sold evenly."""
SETTLES, SETTLED_SD = 4, 3.0
"""After so many further days so far above what was usual, an odd day was the first of a new level."""


class Sold(NamedTuple):
    """One known day: how many days before today, units, and its size as a multiple of a usual day."""

    age: int
    units: float
    size: float = 1.0


class Peak(NamedTuple):
    """A day that is no measure of demand until somebody says what it was."""

    age: int
    units: float
    usual: float
    """What such a day was expected to sell."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Units on a usual day from now on. ``mean`` None = no day known."""

    mean: float | None
    """As of yesterday."""
    dispersion: float
    """Variance of a day's units over their mean."""
    days: int
    units: float
    high: float | None
    """With no sale at all: the mean is below this (3 / days)."""
    slope: float = 0.0
    """Change of the logarithm a day; it dies down."""
    covariance: tuple[float, float, float] | None = None
    """Of the logarithm of the level and the slope: variance, covariance, variance. None: mean of the days."""
    odd: tuple[Peak, ...] = ()

    @property
    def moves(self) -> bool:
        """Tell whether the slope is clearly none: three standard errors, and 1 % a day."""
        if self.covariance is None or self.covariance[2] <= 0:
            return False
        return abs(self.slope) >= max(CLEAR_SLOPE, CLEAR * math.sqrt(self.covariance[2]))

    def with_mean(self, mean: float) -> Demand:
        """Return the demand at another level, its level taken as known."""
        return replace(self, mean=mean, covariance=(0.0, 0.0, 0.0))

    def with_share(self, share: float, sold: float) -> Demand:
        """Return the demand of an SKU with this share π of the item's, known from so many units N sold.

        The doubt about the share, (1 − π) / ((N + 10) π), comes on top; 10 is what :func:`sku_shares` adds.
        """
        if self.mean is None:
            return self
        split = (1.0 - share) / ((sold + SHARE_STRENGTH) * share) if share > 0 else 0.0
        level, both, slope = self.covariance or (self.dispersion / max(self.units, 0.5), 0.0, 0.0)
        return replace(self, mean=self.mean * share, covariance=(level + split, both, slope))


class Total(NamedTuple):
    """Demand over some coming days: mean and variance of a negative binomial, units."""

    mean: float
    variance: float

    def quantile(self, p: float) -> int:
        """Return the units that are enough with this chance."""
        if self.mean <= 0:
            return 0
        size, hit = _negative_binomial(self.mean, self.variance)
        return distributions.negative_binomial_quantile(p, size, hit)

    def chance_of(self, units: float) -> float:
        """Return the chance that at least so many are asked for; 1 for none."""
        if units <= 0:
            return 1.0
        if self.mean <= 0:
            return 0.0
        size, hit = _negative_binomial(self.mean, self.variance)
        return distributions.negative_binomial_sf(math.ceil(units) - 1, size, hit)


def mean_demand(units: Sequence[float]) -> Demand:
    """Return the plain mean of days and their dispersion max(1, variance / mean)."""
    days, whole = len(units), math.fsum(units)
    mean = whole / days if days else None
    dispersion = max(1.0, distributions.standard_deviation(units) ** 2 / mean) if mean else 1.0
    return Demand(mean, dispersion, days, whole, 3.0 / days if days and whole <= 0 else None)


def fit(days: Sequence[Sold], *, left_out: Collection[int] = (), since: int | None = None) -> Demand:
    """Return level and slope of the days (the last 42 plain ones), odd days left out and named.

    ``ln m = a + b t`` by quasi-Poisson with weights ½^(age/28), the slope shrunk to 0, counts winsorised at
    the 99.5 % point. ``left_out`` are ages somebody said are no demand; ``since`` the age of the day from
    which somebody said a new level holds. Under 14 known days, or without a sale, the plain mean.
    """
    known = [day for day in days if day.size > 0 and (since is None or day.age <= since)]
    told = [day for day in known if day.age not in left_out]
    odd, restart = _odd(told, asked_from=since)
    if restart is not None:
        return fit([day for day in told if day.age <= restart], since=restart)
    out = {day.age for day in odd}
    return _fitted([day for day in told if day.age not in out], odd)


def total(demand: Demand, sizes: Sequence[float]) -> Total:
    """Return the demand of the next days, given their sizes as multiples of a usual day.

    M = Σ size · exp(a + b Σ .97^i); variance φ M + M² (c' Cov c + 1.6e-6 h³), c = (1, weighted mean of the
    damped days). Without a covariance that of a plain mean, φ / units.
    """
    if not demand.mean or demand.mean <= 0 or not sizes:
        return Total(0.0, 0.0)
    ahead = np.cumsum(DAMPING ** np.arange(1, len(sizes) + 1))
    parts = demand.mean * np.exp(demand.slope * ahead) * np.asarray(sizes, dtype=float)
    mean = float(parts.sum())
    if mean <= 0:
        return Total(0.0, 0.0)
    if demand.covariance is None:
        doubt = demand.dispersion / max(demand.units, 0.5)
    else:
        level, both, slope = demand.covariance
        reach = float((parts * ahead).sum()) / mean
        doubt = level + 2.0 * reach * both + reach * reach * slope + DRIFT * min(len(sizes), WINDOW) ** 3
    return Total(mean, demand.dispersion * mean + mean * mean * doubt)


def mean_days(demand: Demand, stock: float, sizes: Sequence[float]) -> float | None:
    """Return after how many of the coming days the stock is gone if all comes as expected; None: beyond."""
    if not demand.mean or demand.mean <= 0:
        return None
    ahead = np.cumsum(DAMPING ** np.arange(1, len(sizes) + 1))
    parts = demand.mean * np.exp(demand.slope * ahead) * np.asarray(sizes, dtype=float)
    left = max(0.0, stock) - np.concatenate([[0.0], np.cumsum(parts)])
    over = np.flatnonzero(left[1:] <= 1e-9)
    if not len(over):
        return None
    n = int(over[0])
    return n + (float(left[n]) / float(parts[n]) if parts[n] else 0.0)


def mean_range(demand: Demand, level: float = 0.8) -> tuple[float, float]:
    """Return the limits of the mean of plain days: gamma quantiles of the units, their dispersion in them."""
    shape, rate = (max(0.0, demand.units) + 0.5) / demand.dispersion, demand.days / demand.dispersion
    tail = (1.0 - level) / 2.0
    low, high = (distributions.gamma_quantile(p, shape, rate) for p in (tail, 1.0 - tail))
    return low, high


def widened(whole: Total, a_day: float, lead_sd: float) -> Total:
    """Return the total with the doubt about the lead time in it: (daily mean)² · sd²."""
    return Total(whole.mean, whole.variance + (a_day * lead_sd) ** 2)


def lasts(demand: Demand, stock: float, sizes: Sequence[float], chance: float) -> int | None:
    """Return the first coming day by whose end the stock is gone with at least this chance; None: beyond."""
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


def _negative_binomial(mean: float, variance: float) -> tuple[float, float]:
    variance = max(variance, mean * (1.0 + 1e-6))
    return mean * mean / (variance - mean), mean / variance


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
    """A fitted level (yesterday's logarithm) and slope."""

    level: float
    slope: float
    dispersion: float
    covariance: tuple[float, float, float]

    @classmethod
    def of(cls, age: np.ndarray, units: np.ndarray, size: np.ndarray) -> _Line:
        """Fit by Newton's steps, each on the counts winsorised at the line so far."""
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
    """Pearson's, shrunk to the usual one."""
    free = max(1.0, len(units) - 2.0)
    pearson = float(((units - expected) ** 2 / np.maximum(expected, 1e-9)).sum()) / free
    shrunk = (free * pearson * 1.04 + DISPERSION_DAYS * USUAL_DISPERSION) / (free + DISPERSION_DAYS)
    return max(SMALLEST_DISPERSION, shrunk)


def _winsorised(units: np.ndarray, expected: np.ndarray, dispersion: float) -> np.ndarray:
    """Take counts down to the point they exceed once in 200; only those two deviations up can be over it."""
    clipped = units.copy()
    far = (units > SMALLEST_CLIP) & (units > expected + 2.0 * np.sqrt(dispersion * expected))
    for n in np.flatnonzero(far):
        point = Total(float(expected[n]), dispersion * float(expected[n])).quantile(WINSOR)
        clipped[n] = min(clipped[n], max(SMALLEST_CLIP, point))
    return clipped


def _start(units: np.ndarray) -> float:
    """A level that a peak cannot move: the mean below the largest tenth, else the plain mean."""
    clipped = np.minimum(units, np.quantile(units, 0.9))
    return float(clipped.mean()) or float(units.mean())


def _odd(days: Sequence[Sold], *, asked_from: int | None) -> tuple[tuple[Peak, ...], int | None]:
    """Return the odd days, and the age of the one that was the first of a new level.

    Large days are judged from the smallest up, each against a line of the days that are none: so that a few
    large days do not hide each other, and a demand that is lumpy by nature is seen to be. The day from which
    somebody said a new level holds is never odd.
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
    """What a day was expected to sell, by days that are not doubted."""

    level: float
    slope: float
    dispersion: float

    @classmethod
    def of(cls, days: Sequence[Sold]) -> _Usual:
        """Fit the line, or a level where it is too few days."""
        age, units, size = (np.array(column, dtype=float) for column in zip(*days, strict=True))
        if len(days) >= FEWEST and units.sum() > 0:
            line = _Line.of(age, units, size)
            return cls(line.level, line.slope, line.dispersion)
        mean = max(float((units / size).mean()), 1e-3)
        return cls(math.log(mean), 0.0, _dispersion(units, mean * size))

    def on(self, day: Sold) -> float:
        """Return the units expected of the day."""
        return day.size * math.exp(self.level + self.slope * (1.0 - day.age))

    def is_odd(self, day: Sold) -> bool:
        """Tell whether the day sold so much that chance does not."""
        usual = self.on(day)
        rare = Total(usual, self.dispersion * usual).chance_of(day.units)
        return rare < (RARE_LATELY if day.age <= LATELY else RARE) and _is_large(day, usual)


def _is_large(day: Sold, usual: float) -> bool:
    return day.units >= ODD_TIMES * usual and day.units - usual >= ODD_UNITS


def _new_level(days: Sequence[Sold], odd: Sequence[Peak], usual: _Usual) -> int | None:
    """The oldest odd day most of whose later days stayed up."""
    for one in sorted(odd, reverse=True):
        after = [day for day in days if day.age < one.age]
        if len(after) < SETTLES:
            continue
        mean = math.fsum(usual.on(day) for day in after) / len(after)
        line = mean + SETTLED_SD * math.sqrt(usual.dispersion * mean)
        if median(day.units for day in after) > line:
            return one.age
    return None
