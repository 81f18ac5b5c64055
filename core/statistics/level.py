"""A shop's sales level and its drift, fitted robustly to daily sales, and the sales to expect from them."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from core.statistics import distributions

WINDOW = 42
"""The number of past days used."""
FEWEST = 14
"""The minimum number of known days for fitting a level with a drift."""
SLOPE_SD = 0.008
"""The prior standard deviation of the slope: the daily change of the logarithm of sales."""
CLIP, ODD = 2.5, 4.0
"""Distances from the line in robust standard deviations: beyond CLIP a day counts less (Huber), beyond ODD it
is odd and does not count."""
SMALLEST_ODD = 0.4
"""The minimum distance of an odd day on the log scale, so that a steady shop's small changes are not odd.

It corresponds to half as much again as expected (a judgement).
"""
ONE_IN = 14
"""If more than one day in this many is odd, the pattern is regular and the days are kept.

Consecutive odd days count as one.
"""
SMALLEST_SD = 0.02
TWO_SHOPS = 2.0
"""If the mean of sales over fitted sales exceeds this, the days are of two kinds: no level (a judgement)."""
DAMPING = 0.985
"""The factor by which the slope shrinks with each coming day."""
WALK = 0.012
"""The standard deviation of the daily random walk of the level itself, on the log scale."""
LARGEST_AUTOCORRELATION = 0.8
STEPS, LOOKS = 12, 3
WEEK, CLEAR_STEP = 7, 14.0
"""WEEK: the minimum number of days on either side of a step. CLEAR_STEP: the test statistic from which a step

fits the days better than a drift; chance alone reaches it once in a hundred times.
"""
SETTLES = 4
"""The number of days at the new height that must follow an odd day before it counts as the first of a new
level."""


class DayRatio(NamedTuple):
    """One known day: its age (1 = the last completed day) and the logarithm of its sales over its size."""

    age: int
    log: float


class OddRatio(NamedTuple):
    """A day with odd sales, which is not used as a measure of the level until a person explains it."""

    age: int
    times: float
    """Its sales as a multiple of the sales expected on that day."""


@dataclass(frozen=True, slots=True)
class Level:
    """The logarithm of an ordinary day's sales, as of the last completed day, and its daily drift."""

    level: float
    slope: float
    sd: float
    """The standard deviation of a day's logarithm around the line."""
    autocorrelation: float
    last: float
    """The distance of the last day from the line on the log scale; 0 if the day was odd or is unknown."""
    covariance: tuple[float, float, float]
    """(variance of the level, covariance, variance of the slope), widened for autocorrelation."""
    days: int
    odd: tuple[OddRatio, ...] = ()

    @property
    def degrees(self) -> float:
        """Return the degrees of freedom, reduced for autocorrelation; at least 4."""
        phi = self.autocorrelation
        return max(4.0, (self.days - 2.0) * (1.0 - phi) / (1.0 + phi))

    def at(self, times: float) -> Level:
        """Return this level multiplied by ``times`` and without drift."""
        return replace(self, level=self.level + math.log(times), slope=0.0, last=0.0)

    def day(self, ahead: int, size: float) -> float:
        """Return the expected sales of a day of this size, ``ahead`` days after the last completed one."""
        reach = DAMPING * (1.0 - DAMPING**ahead) / (1.0 - DAMPING)
        return size * math.exp(self.level + self.slope * reach + self.sd**2 / 2.0)


class Rest(NamedTuple):
    """The total sales of the coming days: mean and standard deviation, in the unit of the sales."""

    mean: float
    sd: float

    def quantile(self, p: float, degrees: float) -> float:
        """Return the total that is not exceeded with probability ``p``."""
        return self.mean + distributions.student_quantile(p, degrees) * self.sd

    def chance_of(self, wanted: float, degrees: float) -> float:
        """Return the probability that the total is at least ``wanted``."""
        if self.sd <= 0:
            return 1.0 if self.mean >= wanted else 0.0
        return distributions.student_cdf((self.mean - wanted) / self.sd, degrees)


def fit(
    days: Sequence[DayRatio], *, left_out: Collection[int] = (), since: int | None = None
) -> Level | None:
    """Fit level and slope to the last 42 days by ridge regression with Huber weights.

    None if there are fewer than 14 known days (4 if ``since`` is given), or if the days are of two kinds and
    a line through the logarithms describes only the more common one. ``left_out``: ages of the days that a
    person marked as no measure of the level; ``since``: the age from which a new level holds. The
    autocorrelation of the residuals of neighbouring days is corrected for bias and clipped.
    """
    known = [
        day
        for day in days
        if day.age <= WINDOW and day.age not in left_out and (since is None or day.age <= since)
    ]
    if len(known) < (FEWEST if since is None else SETTLES):
        return None
    age = np.array([day.age for day in known], dtype=float)
    logs = np.array([day.log for day in known], dtype=float)
    t = 1.0 - age
    odd = np.zeros(len(known), dtype=bool)
    beta, sd, covariance = _line(t, logs)
    for _ in range(LOOKS):
        away = np.abs(logs - beta[0] - beta[1] * t) > max(ODD * sd, SMALLEST_ODD)
        if not _few(age[away], len(known)):
            away = np.zeros(len(known), dtype=bool)
        if (away == odd).all():
            break
        odd = away
        beta, sd, covariance = _line(t[~odd], logs[~odd])
    restart = _new_level(age, logs - beta[0] - beta[1] * t, odd, sd) or _step(age[~odd], logs[~odd], beta)
    if restart is not None and since is None:
        again = fit(known, since=restart)
        if again is not None:
            return again
    residuals = logs - beta[0] - beta[1] * t
    if float(np.exp(residuals[~odd]).mean()) > TWO_SHOPS * math.exp(sd**2 / 2.0):
        return None
    phi = _autocorrelation(age[~odd], residuals[~odd])
    inflated = covariance * (1.0 + phi) / (1.0 - phi)
    newest = int(age.argmin())
    return Level(
        float(beta[0]),
        float(beta[1]),
        sd,
        phi,
        float(residuals[newest]) if age[newest] == 1 and not odd[newest] else 0.0,
        (float(inflated[0, 0]), float(inflated[0, 1]), float(inflated[1, 1])),
        int((~odd).sum()),
        tuple(sorted(OddRatio(int(age[n]), math.exp(float(residuals[n]))) for n in np.flatnonzero(odd))),
    )


def rest(level: Level, sizes: Sequence[float]) -> Rest:
    """Return the total sales of the coming days, given their sizes as multiples of an ordinary day.

    Mean of day h: size · exp(level + slope Σ .985^i + sd²/2 + φ^h · last). The relative variance of the total
    is the sum of three: c' Cov c of level and slope, the autocorrelated variation of the days, and the random
    walk of the level by 1.2 % a day.
    """
    n = len(sizes)
    if not n:
        return Rest(0.0, 0.0)
    steps = np.arange(1, n + 1)
    reach = np.cumsum(DAMPING**steps)
    phi, spread = level.autocorrelation, level.sd**2
    carried = phi**steps * level.last
    means = np.asarray(sizes, dtype=float) * np.exp(
        level.level + level.slope * reach + spread / 2.0 + carried
    )
    whole = float(means.sum())
    if whole <= 0:
        return Rest(0.0, 0.0)
    weights = means / whole
    far = float((weights * reach).sum())
    first, both, second = level.covariance
    doubt = first + 2.0 * far * both + far * far * second
    apart = np.abs(steps[:, None] - steps[None, :])
    scatter = float(weights @ (spread * phi**apart) @ weights)
    walk = WALK**2 * float(weights @ np.minimum(steps[:, None], steps[None, :]) @ weights)
    return Rest(whole, whole * math.sqrt(doubt + scatter + walk))


def _line(t: np.ndarray, logs: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    """Return level and slope (Huber weights, the slope shrunk to 0), the residual sd and the covariance."""
    x = np.column_stack([np.ones_like(t), t])
    beta = np.array([float(np.median(logs)), 0.0])
    sd = SMALLEST_SD
    weights, inverse = np.ones_like(t), np.eye(2)
    for _ in range(STEPS):
        residuals = logs - x @ beta
        sd = max(SMALLEST_SD, _robust_sd(residuals))
        weights = np.minimum(1.0, CLIP * sd / np.maximum(np.abs(residuals), 1e-12))
        ridge = np.diag([0.0, sd**2 / SLOPE_SD**2])
        inverse = np.linalg.inv(x.T @ (x * weights[:, None]) + ridge)
        after = inverse @ (x.T @ (weights * logs))
        done = float(np.abs(after - beta).max()) < 1e-10
        beta = after
        if done:
            break
    return beta, sd, inverse * sd**2


def _robust_sd(residuals: np.ndarray) -> float:
    """Return a robust standard deviation: 1.4826 × the median distance of the residuals from 0.

    It is corrected for two fitted parameters; if it is 0, the plain standard deviation is returned.
    """
    n = len(residuals)
    wide = math.sqrt(n / max(1.0, n - 2.0))
    found = 1.4826 * float(np.median(np.abs(residuals))) * wide
    return found or math.sqrt(float((residuals**2).mean())) * wide


def _few(ages: np.ndarray, days: int) -> bool:
    """Return whether the odd days are at most one event in 14 days; consecutive days count as one event."""
    there = set(ages.astype(int).tolist())
    return sum(age + 1 not in there for age in there) <= max(1, days // ONE_IN)


def _new_level(age: np.ndarray, residuals: np.ndarray, odd: np.ndarray, sd: float) -> int | None:
    """Return the age of the oldest odd day after which sales stayed on its side of the fitted line.

    None if there is none. Sales stayed if the median of at least a few days is clearly on that side.
    """
    for n in sorted(np.flatnonzero(odd), key=lambda one: -age[one]):
        after = residuals[age < age[n]]
        if len(after) >= SETTLES and float(np.median(after)) * math.copysign(1.0, residuals[n]) > 3.0 * sd:
            return int(age[n])
    return None


def _step(age: np.ndarray, logs: np.ndarray, beta: np.ndarray) -> int | None:
    """Return the age from which a new level holds, if one step fits the days better than the line; else None.

    The statistic is n ln(squares around the line / squares around the step), with residuals cut at 2.5
    standard deviations; it must exceed :data:`CLEAR_STEP`. A level lasts at least a week.
    """
    order = np.argsort(-age)
    ages, values = age[order], logs[order]
    n = len(values)
    if n < 2 * WEEK:
        return None
    line = values - beta[0] - beta[1] * (1.0 - ages)
    sd = max(SMALLEST_SD, _robust_sd(line))
    most = (CLIP * sd) ** 2
    before = float(np.minimum(line**2, most).sum())
    best, at = before, None
    for split in range(WEEK, n - WEEK + 1):
        parts = [part - np.median(part) for part in (values[:split], values[split:])]
        after = float(sum(np.minimum(part**2, most).sum() for part in parts))
        if after < best:
            best, at = after, int(ages[split])
    clear = at is not None and n * math.log(max(before, 1e-12) / max(best, 1e-12)) > CLEAR_STEP
    return at if clear else None


def _autocorrelation(age: np.ndarray, residuals: np.ndarray) -> float:
    """Return the autocorrelation of neighbouring days, corrected for few days: r + 1.5 / n within 0..0.8."""
    by_age = dict(zip(age.astype(int).tolist(), residuals.tolist(), strict=True))
    square = math.fsum(one * one for one in by_age.values())
    if square <= 0:
        return 0.0
    pairs = [one * by_age[at + 1] for at, one in by_age.items() if at + 1 in by_age]
    found = math.fsum(pairs) / square + 1.5 / len(by_age)
    return min(LARGEST_AUTOCORRELATION, max(0.0, found))
