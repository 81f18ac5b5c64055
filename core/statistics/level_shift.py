"""A test of whether a daily figure of the whole shop left its level in the last days.

The last days are compared with the four weeks before them. The level may drift: a slope is fitted with a
prior that keeps it small, and it is damped when extrapolated.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from core.statistics.distributions import student_as_normal
from core.statistics.panel import BASE_DAYS, FEWEST_PLACEBO, PLACEBO_ENDS, WINDOWS

SLOPE_SD = 0.008
"""The prior standard deviation of the drift per day, on the log scale."""
DAMPED = 0.9
HUBER = 2.0
CALLED: Final = -3.9
"""A figure of the shop is reported if its z on the bad side is this or lower; from simulations with drift."""
LEAST_SCATTER = 0.01
FEWEST = 14


class LevelShift(NamedTuple):
    """The mean of the last days compared with its expected value, on the log scale."""

    z: float
    """The deviation as a z-score (standard normal)."""
    change: float
    sd: float
    days: int


def without_weekdays(values: np.ndarray, weekdays: np.ndarray, usable: np.ndarray) -> np.ndarray:
    """Return the values without their weekday pattern.

    The median distance of each weekday from the centred 7-day mean is subtracted, shrunk towards 0 as if four
    more weeks had shown no such distance.
    """
    week = np.array([_mean(values[max(0, day - 3) : day + 4]) for day in range(len(values))])
    away = np.where(usable, values - week, np.nan)
    cleaned = values.copy()
    for weekday in range(7):
        own = away[(weekdays == weekday) & np.isfinite(away)]
        if len(own):
            cleaned[weekdays == weekday] -= float(np.median(own)) * len(own) / (len(own) + 4.0)
    return cleaned


def _mean(values: np.ndarray) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else float("nan")


@dataclass(frozen=True, slots=True, eq=False)
class _Base:
    """Level and slope fitted to the plain (ordinary) days before a window."""

    days: int
    fit: np.ndarray
    inverse: np.ndarray
    scatter: float
    hangs: float


def level_shift(
    values: np.ndarray, plain: np.ndarray, end: int, length: int, doubt: np.ndarray | None = None
) -> LevelShift | None:
    """Compare the mean of the ``length`` days up to ``end`` with the plain days before them.

    Level and slope of the plain days are fitted by ridge regression with a normal prior on the slope, Huber
    weights, and autocorrelated residuals. ``plain`` marks the ordinary days. ``doubt`` is, by day, the
    standard deviation of the calendar effect assumed in the values, NaN where the effect is unknown; without
    it only plain days of the window are used. None if there are fewer than 14 base days, or if no day of the
    window can be used.
    """
    believed = np.where(plain, 0.0, np.nan) if doubt is None else doubt
    return _shift(values, end, length, believed, _base(values, plain, end + 1 - length))


def _base(values: np.ndarray, plain: np.ndarray, start: int) -> _Base | None:
    base = np.flatnonzero((plain & np.isfinite(values))[: max(0, start)])[-BASE_DAYS:]
    if len(base) < FEWEST:
        return None
    times, seen = (base - start + 1).astype(float), values[base]
    fit, inverse, scatter = _fit(times, seen)
    return _Base(len(base), fit, inverse, scatter, _hanging(seen - fit[0] - fit[1] * times))


def _shift(
    values: np.ndarray, end: int, length: int, believed: np.ndarray, base: _Base | None
) -> LevelShift | None:
    start = end + 1 - length
    inside = np.arange(max(0, start), end + 1)
    inside = inside[np.isfinite(values[inside]) & np.isfinite(believed[inside])]
    if base is None or not len(inside):
        return None
    ahead = inside - start + 1
    damped = DAMPED * (1.0 - DAMPED**ahead) / (1.0 - DAMPED)
    carried = np.array([1.0, float(damped.mean())])
    change = float(values[inside].mean() - carried @ base.fit)
    apart = np.abs(inside[:, None] - inside[None, :])
    inflation = (1.0 + base.hangs) / (1.0 - base.hangs)
    variance = base.scatter**2 * (
        float((base.hangs**apart).sum()) / len(inside) ** 2
        + inflation * float(carried @ base.inverse @ carried)
    )
    sd = float(np.sqrt(variance + float(believed[inside].mean()) ** 2))
    freedom = max(4.0, (base.days - 2) / inflation)
    z = student_as_normal(np.array([change / sd]), np.array([freedom]))
    return LevelShift(float(z[0]), change, sd, length)


def _fit(times: np.ndarray, seen: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
    """Return level and slope, their covariance in units of the squared residual sd, and the residual sd."""
    middle, squares = float(np.median(seen)), times**2
    scatter = max(LEAST_SCATTER, 1.4826 * float(np.median(np.abs(seen - middle))))
    fit, inverse, residual = np.array([middle, 0.0]), np.eye(2), seen - middle
    for _ in range(6):
        weight = np.minimum(1.0, HUBER * scatter / np.maximum(np.abs(residual), 1e-12))
        level, both = float(weight.sum()), float(weight @ times)
        slope = float(weight @ squares) + (scatter / SLOPE_SD) ** 2
        # A 2 × 2 matrix inverted by hand, because a morning's analyses run this fit thousands of times.
        inverse = np.array([[slope, -both], [-both, level]]) / (level * slope - both**2)
        fit = inverse @ np.array([weight @ seen, weight @ (times * seen)])
        residual = seen - fit[0] - fit[1] * times
        clipped = np.minimum(np.abs(residual), HUBER * scatter)
        scatter = max(LEAST_SCATTER, float(np.sqrt(clipped @ clipped / (len(seen) - 2.0))) * 1.05)
    return fit, inverse, scatter


def _hanging(residual: np.ndarray) -> float:
    """Return the autocorrelation from one day to the next, corrected for few days and clipped to 0..0.8."""
    whole = float((residual**2).sum())
    if whole <= 0:
        return 0.0
    return float(np.clip((residual[1:] * residual[:-1]).sum() / whole + 1.5 / len(residual), 0.0, 0.8))


def window_scales(values: np.ndarray, plain: np.ndarray) -> dict[int, float]:
    """Return for each window length the factor (1 to 3) by which the figure varies more than the model says.

    It is measured with the same test on windows that ended 15 to 42 days ago; 1 if too few could be tested.
    """
    scales = {}
    ends = [len(values) - 1 - back for back in PLACEBO_ENDS]
    believed = np.where(plain, 0.0, np.nan)
    base = cache(lambda start: _base(values, plain, start))  # many windows begin on the same day
    for length in WINDOWS:
        past = [_shift(values, end, length, believed, base(end + 1 - length)) for end in ends]
        sizes = [abs(one.z) for one in past if one is not None]
        enough = len(sizes) >= FEWEST_PLACEBO
        scales[length] = float(np.clip(1.4826 * np.median(sizes), 1.0, 3.0)) if enough else 1.0
    return scales


def farthest(
    values: np.ndarray,
    plain: np.ndarray,
    end: int,
    sign: int,
    scales: Mapping[int, float],
    doubt: np.ndarray | None = None,
) -> LevelShift | None:
    """Return the window ending at ``end`` that deviates most in the direction ``sign`` (+1 up, −1 down).

    Each window's z is divided by the scale of its length, see :func:`window_scales`. None if no window can be
    judged.
    """
    looked = (level_shift(values, plain, end, length, doubt) for length in WINDOWS)
    found = [one for one in looked if one is not None]
    scaled = [one._replace(z=one.z / scales[one.days], sd=one.sd * scales[one.days]) for one in found]
    return max(scaled, key=lambda one: sign * one.z, default=None)
