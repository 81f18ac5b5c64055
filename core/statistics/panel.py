"""Which of many objects (items, sources, words, agents) left their usual rate in the last days?

Each object's counts are held against its own four weeks before, after what moved the whole panel on a day is
taken out. What the model does not know (drift, days that hang together) is measured by running the same scan
on ends long before, and the result is divided by it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from core.statistics.count_shift import signed_root
from core.statistics.medians import medians

WINDOWS: Final = (1, 2, 3, 5, 7, 10, 14)
"""Days back from the end that are looked at together."""
BASE_DAYS = 28
FEWEST_BASE = 14
"""Fewer days before a window than this: no verdict."""
FEWEST_PLACEBO = 3
PLACEBO_ENDS: Final = tuple(range(15, 43, 3))
"""Days back at which nothing of a running trouble is in the window any more."""
LONGEST_START = 21
SUPPORT = 4.0
"""Drop of the log likelihood ratio within which a start day is as good as the best."""
HUBER = 1.5
STEPS = 6


def day_factors(
    expected: np.ndarray, observed: np.ndarray, kappa: float, huber: float = HUBER, steps: int = STEPS
) -> np.ndarray:
    """What moved the whole panel on each day: a robust ratio, so that one object's collapse is not a bad day.

    Two arrays objects x days; unknown counts are NaN. 1 on a day without anything expected. Iterated Huber
    weights (Huber 1964) of a ratio of sums whose counts scatter by m + kappa m^2.
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
    """Each object's squared coefficient of variation of a day beyond counting, drawn towards ``prior``.

    Arrays objects x days, unknown counts NaN. Days more than 3.5 scatters out are left aside; twenty days'
    worth of prior; a small object's days say little and are counted so.
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
    """What an object's counts did since a day, against the base before it."""

    start: int
    """Place of the likeliest first day."""
    earliest: int
    latest: int
    seen: float
    """Over the days since the start."""
    expected: float
    """The same, had its rate stayed."""
    exposure: float
    """The same, without the day's factor: visitors, clicks, inquiries."""
    days: int
    wide: float
    """How much the variance of the expectation exceeds counting's; at least 1."""
    open_start: bool
    """It may have begun before the longest look back."""


@dataclass(frozen=True, eq=False)
class Panel:
    """Counts and exposures of objects x days, prepared for testing; the last column is the newest day."""

    counts: np.ndarray
    exposure: np.ndarray
    """Before the day's factor; NaN where unknown."""
    plain: np.ndarray
    """Days that may stand in a base."""
    rough: np.ndarray
    """Added by day to the objects' squared coefficient of variation: they take campaigns unequally."""
    prior: float
    factors: np.ndarray
    kappa: np.ndarray
    adjusted: np.ndarray = field(repr=False)
    """Exposure times the day's factor, 0 where unknown."""
    sums: _Sums = field(repr=False)

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return len(self.plain)


@dataclass(frozen=True, eq=False)
class _Sums:
    """Running sums from the left, so that any window is one difference."""

    window: np.ndarray
    """Count, adjusted exposure, kappa x its square, exposure: 4 x objects x (days + 1)."""
    base: np.ndarray
    """The same over plain days only, and how many of them the object has: 5 x objects x (days + 1)."""
    places: np.ndarray
    """Plain days before each place."""

    def of_window(self, end: int, length: int) -> np.ndarray:
        difference: np.ndarray = self.window[:, :, end + 1] - self.window[:, :, end + 1 - length]
        return difference

    def of_base(self, start: int) -> np.ndarray:
        """Sum the last :data:`BASE_DAYS` plain days before the start."""
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
    """Prepare counts and exposures, objects x days; ``factors``: the day's, where they are known."""
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
    """Each object's signed root of the days up to ``end`` against its base; NaN where nothing can be said."""
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
    """How much wider than the model the panel scatters when nothing happens."""

    windows: np.ndarray
    """By window; at least 1."""
    own: np.ndarray
    """By object; at least 1."""
    ends: int
    """Earlier ends it was measured on."""

    @property
    def measured(self) -> bool:
        """Tell whether there was history enough to measure it."""
        return self.ends >= FEWEST_PLACEBO


def placebo_scale(data: Panel) -> Scale:
    """Measure the scatter of the same scan on ends 15 to 42 days back."""
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
    """Return the median of each row, NaN left aside; 0 of a row without any."""
    middle = medians(values, axis=1)
    return np.where(np.isnan(middle), 0.0, middle)


def scan(data: Panel, scale: Scale, end: int, windows: tuple[int, ...] = WINDOWS) -> np.ndarray:
    """Return the scaled signed root, windows x objects, of the days up to ``end``."""
    return np.stack(
        [
            window_z(data, end, length) / (scale.windows[WINDOWS.index(length)] * scale.own)
            for length in windows
        ]
    )


def shift_of(data: Panel, place: int, sign: int, end: int | None = None) -> Shift | None:
    """Say since when the object's rate is lower (sign -1) or higher (1), with all starts that are as likely.

    The interval holds every start whose likelihood ratio lies within :data:`SUPPORT` of the best (Siegmund
    1985). None where no window can be judged.
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
