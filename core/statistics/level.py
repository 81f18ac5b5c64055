"""A shop's level and its drift from daily sales, robust to odd days, and what the days ahead bring."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from core.statistics import distributions

WINDOW = 42
"""Days back that say something."""
FEWEST = 14
"""Known days from where a level with a drift is told."""
SLOPE_SD = 0.008
"""Before any data: how far the logarithm of the level drifts a day."""
CLIP, ODD = 2.5, 4.0
"""Robust deviations from where a day counts less (Huber), and from where it is odd and counts for nothing."""
SMALLEST_ODD = 0.4
"""Of a very steady shop a day half as high again is odd, not one a few percent off [judgement]."""
ONE_IN = 14
"""More odd days than one in so many are a pattern, and are kept; days in a row are one."""
SMALLEST_SD = 0.02
TWO_SHOPS = 2.0
"""Days that bring so many times what the line says, on average, are not of one kind [judgement]."""
DAMPING = 0.985
"""What is left of the drift each day on."""
WALK = 0.012
"""The level itself wanders by this standard deviation a day."""
LARGEST_AUTOCORRELATION = 0.8
STEPS, LOOKS = 12, 3
WEEK, CLEAR_STEP = 7, 14.0
"""A step tells the days better than a drift from this on: chance alone gives it once in a hundred."""
SETTLES = 4
"""After so many further days at the new height, an odd day was the first of a new level."""


class DayRatio(NamedTuple):
    """One known day: its age (1 = the last day gone) and the logarithm of its sales over its size."""

    age: int
    log: float


class OddRatio(NamedTuple):
    """A day that is no measure of the level until somebody says what it was."""

    age: int
    times: float
    """Its sales as a multiple of what such a day brings."""


@dataclass(frozen=True, slots=True)
class Level:
    """What a day of size 1 brings, as a logarithm at the last day gone, and how it drifts."""

    level: float
    slope: float
    sd: float
    """Of a day's logarithm around the line."""
    autocorrelation: float
    last: float
    """How far the last day lay from the line; 0 where it was odd or is not known."""
    covariance: tuple[float, float, float]
    """Of level and slope: variance, covariance, variance; autocorrelation in it."""
    days: int
    odd: tuple[OddRatio, ...] = ()

    @property
    def degrees(self) -> float:
        """Return the degrees of freedom: neighbouring days that are alike tell less."""
        phi = self.autocorrelation
        return max(4.0, (self.days - 2.0) * (1.0 - phi) / (1.0 + phi))

    def at(self, times: float) -> Level:
        """Return the level if it were so many times as high, without a drift."""
        return replace(self, level=self.level + math.log(times), slope=0.0, last=0.0)

    def day(self, ahead: int, size: float) -> float:
        """Return what the so-many-th day ahead is expected to bring."""
        reach = DAMPING * (1.0 - DAMPING**ahead) / (1.0 - DAMPING)
        return size * math.exp(self.level + self.slope * reach + self.sd**2 / 2.0)


class Rest(NamedTuple):
    """What coming days bring together: mean and standard deviation, in the unit of the sales."""

    mean: float
    sd: float

    def quantile(self, p: float, degrees: float) -> float:
        """Return the sum that is not exceeded with this chance."""
        return self.mean + distributions.student_quantile(p, degrees) * self.sd

    def chance_of(self, wanted: float, degrees: float) -> float:
        """Return the chance that they bring at least so much."""
        if self.sd <= 0:
            return 1.0 if self.mean >= wanted else 0.0
        return distributions.student_cdf((self.mean - wanted) / self.sd, degrees)


def fit(
    days: Sequence[DayRatio], *, left_out: Collection[int] = (), since: int | None = None
) -> Level | None:
    """Return level and slope of the last 42 days by ridge and Huber weights; None for under two weeks.

    None also for days of two kinds, of which the logarithms' line tells only the usual one.
    ``left_out`` are ages somebody said are no measure; ``since`` the age from which a new level holds.
    Residual autocorrelation is the clipped and bias-corrected one of neighbouring days.
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
    """Return what the coming days bring together, given their sizes.

    μ_h = size exp(level + slope Σ .985^i + s²/2 + φ^h e); variance of the sum over its square: c' Cov c, the
    autocorrelated scatter of the days, and a level that wanders by 1.2 % a day.
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
    """Fit level and slope, the slope shrunk to 0, by Huber's weights; and the covariance of both."""
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
    """1.4826 MAD around 0 with the two fitted values in it; of few or equal days the plain one."""
    n = len(residuals)
    wide = math.sqrt(n / max(1.0, n - 2.0))
    found = 1.4826 * float(np.median(np.abs(residuals))) * wide
    return found or math.sqrt(float((residuals**2).mean())) * wide


def _few(ages: np.ndarray, days: int) -> bool:
    """Tell whether the odd days are at most one event in 14 days; neighbours are one."""
    there = set(ages.astype(int).tolist())
    return sum(age + 1 not in there for age in there) <= max(1, days // ONE_IN)


def _new_level(age: np.ndarray, residuals: np.ndarray, odd: np.ndarray, sd: float) -> int | None:
    """The oldest odd day most of whose later days stayed on its side."""
    for n in sorted(np.flatnonzero(odd), key=lambda one: -age[one]):
        after = residuals[age < age[n]]
        if len(after) >= SETTLES and float(np.median(after)) * math.copysign(1.0, residuals[n]) > 3.0 * sd:
            return int(age[n])
    return None


def _step(age: np.ndarray, logs: np.ndarray, beta: np.ndarray) -> int | None:
    """Return the age from which another level holds, where one step tells the days better than the line.

    By the ratio of the sums of squares, n ln(line / step) beyond what the best of all splits gives by chance;
    the squares are cut at 2.5 deviations. Under a week on either side is no level.
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
    """Of neighbouring days, corrected for the few there are: clip(r + 1.5 / n, 0, .8)."""
    by_age = dict(zip(age.astype(int).tolist(), residuals.tolist(), strict=True))
    square = math.fsum(one * one for one in by_age.values())
    if square <= 0:
        return 0.0
    pairs = [one * by_age[at + 1] for at, one in by_age.items() if at + 1 in by_age]
    found = math.fsum(pairs) / square + 1.5 / len(by_age)
    return min(LARGEST_AUTOCORRELATION, max(0.0, found))
