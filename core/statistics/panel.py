"""Which of many objects (items, sources, keywords, agents) left their usual rate in the last days?

Each object's counts are compared with its own four weeks before, after the effect that all objects share on a
day is removed. What the model leaves out (drift, autocorrelation) is measured by running the same test on
windows that ended long before; results are divided by that factor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from core.statistics.count_shift import signed_root
from core.statistics.medians import medians

WINDOWS: Final = (1, 2, 3, 5, 7, 10, 14)
"""The lengths in days of the windows that are tested together; all end on the same day."""
BASE_DAYS = 28
FEWEST_BASE = 14
"""The minimum number of base days before a window for a verdict."""
FEWEST_PLACEBO = 3
PLACEBO_ENDS: Final = tuple(range(15, 43, 3))
"""How many days back the trial (placebo) windows end: long enough to be free of a problem still going on."""
LONGEST_START = 21
SUPPORT = 4.0
"""Start days whose z² (twice the log likelihood ratio) is within this of the best count as equally likely."""
HUBER = 1.5
STEPS = 6


def day_factors(
    expected: np.ndarray, observed: np.ndarray, kappa: float, huber: float = HUBER, steps: int = STEPS
) -> np.ndarray:
    """Return for each day the factor by which the whole panel was above or below its expectation.

    It is a robust ratio, so that the collapse of one object does not look like a bad day. Arrays have the
    shape (objects, days); unknown counts are NaN. 1 on a day on which nothing was expected. Iterated Huber
    weights (Huber 1964) of a ratio of sums, for counts of variance m + kappa m^2.
    """
    known = np.isfinite(observed) & np.isfinite(expected) & (expected > 0)
    usual, seen = np.where(known, expected, 0.0), np.where(known, observed, 0.0)
    factor = np.ones(usual.shape[1])
    for _ in range(steps):
        mean = np.maximum(factor * usual, 1e-12)
        scatter = np.sqrt(mean + kappa * mean * mean)
        away = np.maximum(np.abs(seen - mean) / scatter, 1e-12)
        weight = np.where(known, np.minimum(1.0, huber / away) * mean / scatter**2, 0.0)
        whole = (weight * usual).sum(axis=0)
        factor = np.where(whole > 0, (weight * seen).sum(axis=0) / np.maximum(whole, 1e-12), 1.0)
    return np.maximum(factor, 1e-6)


def dispersions(observed: np.ndarray, mean: np.ndarray, prior: float) -> np.ndarray:
    """Return each object's squared coefficient of variation of a day beyond Poisson, shrunk to ``prior``.

    Arrays have the shape (objects, days); unknown counts are NaN. Days that deviate by more than 3.5 standard
    deviations are ignored. The prior counts as twenty days; days of a small object carry little information
    and count as less.
    """
    m = np.where(np.isfinite(observed) & (mean > 0), mean, np.nan)
    with np.errstate(invalid="ignore", divide="ignore"):
        near = np.abs(observed - m) < 3.5 * np.sqrt(m + prior * m * m)
        q = ((observed - m) ** 2 - m) / (m * m)
        weight = np.where(near, m**4 / (m + prior * m * m) ** 2, 0.0)
        told = np.where(near, (prior * m / (1.0 + prior * m)) ** 2, 0.0)
    weight, told, q = (np.nan_to_num(one) for one in (weight, told, q))
    own = (weight * q).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-12)
    days = told.sum(axis=1)
    drawn = (20.0 * prior + days * own) / (20.0 + days)
    return np.asarray(np.clip(drawn, 0.2 * prior, 9.0 * prior + 0.05))


class Shift(NamedTuple):
    """How the counts of one object changed since a day, compared with the base days before it."""

    start: int
    """Index of the most likely first day of the change."""
    earliest: int
    latest: int
    seen: float
    """The count since the start."""
    expected: float
    """The count that was expected since the start at the usual rate."""
    exposure: float
    """The exposure since the start without the day factors: visitors, clicks or inquiries."""
    days: int
    wide: float
    """The variance of the expectation as a multiple of the Poisson variance; at least 1."""
    open_start: bool
    """Whether the change may have begun before the earliest start that was tested."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Counts and exposures of objects x days, prepared for testing; the last column is the newest day."""

    counts: np.ndarray
    exposure: np.ndarray
    """Exposure before the day factors are applied; NaN where unknown."""
    plain: np.ndarray
    """Marks the days that may be base days."""
    rough: np.ndarray
    """By day, what is added to the objects' squared coefficient of variation because campaigns affect them
    unequally."""
    prior: float
    factors: np.ndarray
    kappa: np.ndarray
    adjusted: np.ndarray = field(repr=False)
    """Exposure times the day factor; 0 where unknown."""
    sums: _Sums = field(repr=False)

    @property
    def days(self) -> int:
        """Return the number of days."""
        return len(self.plain)


@dataclass(frozen=True, eq=False)
class _Sums:
    """Cumulative sums over the days, so that the sum over any window is one difference."""

    window: np.ndarray
    """Cumulative count, adjusted exposure, kappa × its square, and exposure; shape (4, objects, days + 1)."""
    base: np.ndarray
    """The same over plain days only, and the number of the object's plain days; shape (5, objects, days +
    1)."""
    places: np.ndarray
    """The number of plain days before each day."""

    def of_window(self, end: int, length: int) -> np.ndarray:
        difference: np.ndarray = self.window[:, :, end + 1] - self.window[:, :, end + 1 - length]
        return difference

    def of_base(self, start: int) -> np.ndarray:
        """Return the sums over the last :data:`BASE_DAYS` plain days before ``start``."""
        first = (
            int(np.searchsorted(self.places, max(0, int(self.places[start]) - BASE_DAYS), side="right")) - 1
        )
        difference: np.ndarray = self.base[:, :, start] - self.base[:, :, max(0, first)]
        return difference


def panel(
    counts: np.ndarray,
    exposure: np.ndarray,
    plain: np.ndarray,
    rough: np.ndarray,
    *,
    prior: float,
    factors: np.ndarray | None = None,
) -> Panel:
    """Return the panel of counts and exposures of the shape (objects, days).

    ``plain`` marks the days that may be base days; ``rough`` is the extra variance of each day between
    objects. ``factors`` are the day factors; without them they are estimated. ``prior`` is the squared
    coefficient of variation of a day to which the objects' own are shrunk.
    """
    known = np.isfinite(counts) & np.isfinite(exposure) & (exposure > 0)
    x, e = np.where(known, counts, 0.0), np.where(known, exposure, 0.0)
    usable = plain if int(plain.sum()) >= FEWEST_BASE + 10 else np.ones_like(plain)
    on = e * usable
    common = np.ones(x.shape[1]) if factors is None else factors
    if factors is None:
        for _ in range(2):
            alone = np.where(known, _rates(x * usable, on * common) * e, np.nan)
            common = day_factors(alone, np.where(known, x, np.nan), prior)
    mean = _rates(x * usable, on * common) * e * common
    kappa = dispersions(np.where(known & usable, x, np.nan), mean, prior)
    adjusted = e * common
    by_day = kappa[:, None] + rough[None, :]
    stacked = np.stack([x, adjusted, by_day * adjusted**2, e])
    window = _running(stacked)
    based = np.concatenate([stacked, known[None].astype(float)]) * usable
    places = np.concatenate([[0], np.cumsum(usable)])
    return Panel(
        np.where(known, counts, np.nan),
        np.where(known, exposure, np.nan),
        usable,
        rough,
        prior,
        common,
        kappa,
        adjusted,
        _Sums(window, _running(based), places),
    )


def _rates(counts: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """Return each object's own rate over all its base days, as a column."""
    whole = np.maximum(exposure.sum(axis=1, keepdims=True), 1e-12)
    return np.asarray(counts.sum(axis=1, keepdims=True) / whole, dtype=float)


def _running(values: np.ndarray) -> np.ndarray:
    empty = np.zeros((*values.shape[:2], 1))
    return np.concatenate([empty, np.cumsum(values, axis=2)], axis=2)


def window_z(data: Panel, end: int, length: int, fewest: int = FEWEST_BASE) -> np.ndarray:
    """Return each object's signed likelihood root of the ``length`` days up to ``end`` against its base days.

    NaN if there are fewer than ``fewest`` base days.
    """
    start = end + 1 - length
    if start <= 0:
        return np.full(len(data.counts), np.nan)
    x1, e1, k1, _ = data.sums.of_window(end, length)
    x0, e0, k0, _, days = data.sums.of_base(start)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = signed_root(x1, e1, x0, e0, k1 / e1**2, k0 / e0**2)
    return np.where(days >= fewest, z, np.nan)


@dataclass(frozen=True, eq=False)
class Scale:
    """The factors by which the panel varies more than the model says while nothing special happens."""

    windows: np.ndarray
    """By window length; at least 1."""
    own: np.ndarray
    """By object; at least 1."""
    ends: int
    """The number of earlier end days on which the factors were measured."""

    @property
    def measured(self) -> bool:
        """Return whether there was enough history to measure the factors."""
        return self.ends >= FEWEST_PLACEBO


def placebo_scale(data: Panel) -> Scale:
    """Return the scale measured with the same test on windows that ended 15 to 42 days ago.

    All factors are 1 if there is too little history.
    """
    ends = [data.days - 1 - back for back in PLACEBO_ENDS if data.days - 1 - back > 10]
    objects = len(data.counts)
    past = np.full((len(ends), len(WINDOWS), objects), np.nan)
    for place, end in enumerate(ends):
        for which, length in enumerate(WINDOWS):
            past[place, which] = window_z(data, end, length, fewest=10)
    useful = [place for place in range(len(ends)) if np.isfinite(past[place]).any()]
    if len(useful) < FEWEST_PLACEBO:
        return Scale(np.ones(len(WINDOWS)), np.ones(objects), len(useful))
    size = np.abs(past[useful])
    windows = np.clip(1.4826 * _medians(size.transpose(1, 0, 2).reshape(len(WINDOWS), -1)), 1.0, 3.0)
    scaled = (size / windows[None, :, None]).transpose(2, 0, 1).reshape(objects, -1)
    n = np.isfinite(scaled).sum(axis=1)
    ratio = 1.4826 * _medians(scaled)
    own = np.sqrt((n / 4.0 * ratio**2 + 3.0) / (n / 4.0 + 3.0))
    return Scale(windows, np.maximum(1.0, np.where(n > 0, own, 1.0)), len(useful))


def _medians(values: np.ndarray) -> np.ndarray:
    """Return the median of each row, ignoring NaN; 0 for a row without values."""
    middle = medians(values, axis=1)
    return np.where(np.isnan(middle), 0.0, middle)


def scan(data: Panel, scale: Scale, end: int, windows: tuple[int, ...] = WINDOWS) -> np.ndarray:
    """Return the signed likelihood roots of the windows that end at ``end``, divided by the scale.

    The shape is (windows, objects).
    """
    return np.stack(
        [
            window_z(data, end, length) / (scale.windows[WINDOWS.index(length)] * scale.own)
            for length in windows
        ]
    )


def shift_of(data: Panel, place: int, sign: int, end: int | None = None) -> Shift | None:
    """Return since when an object's rate has been lower (``sign`` −1) or higher (+1), and by how much.

    ``place`` is the object's index. The interval from earliest to latest start holds every start whose z² is
    within :data:`SUPPORT` of the largest z² (Siegmund 1985). None if no window deviates on that side.
    """
    last = data.days - 1 if end is None else end
    support = np.full(LONGEST_START, -np.inf)
    for length in range(1, min(LONGEST_START, last) + 1):
        z = float(window_z(data, last, length, fewest=10)[place])
        if np.isfinite(z) and z * sign > 0:
            support[length - 1] = z * z
    if not np.isfinite(support).any():
        return None
    best = int(np.argmax(support)) + 1
    near = np.flatnonzero(support >= support[best - 1] - SUPPORT) + 1
    start = last + 1 - best
    x1, e1, k1, plain_exposure = data.sums.of_window(last, best)[:, place]
    x0, e0, k0, _, _ = data.sums.of_base(start)[:, place]
    expected = x0 / e0 * e1
    extra = k1 / e1**2 + k0 / e0**2
    wide = 1.0 + extra / (1.0 / max(expected, 1e-9) + 1.0 / max(x0, 0.5))
    return Shift(
        start,
        last + 1 - int(near.max()),
        last + 1 - int(near.min()),
        float(x1),
        float(expected),
        float(plain_exposure),
        best,
        float(wide),
        bool(near.max() >= LONGEST_START),
    )
