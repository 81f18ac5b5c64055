"""A test of whether a count left its expected level (signed likelihood root), and its power.

Variances are computed from the expected counts, never from the observed ones, so that a count of 0 is judged
like any other.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.statistics import distributions

LOOKS = 4.0
"""The number of independent tests that the seven windows of a scan amount to [judgement, simulated]."""
CALLED_Z = 4.1
"""The number of standard deviations from which the change of one object in a typical shop is reported."""


def signed_root(
    x1: ArrayLike, e1: ArrayLike, x0: ArrayLike, e0: ArrayLike, k1: ArrayLike, k0: ArrayLike
) -> np.ndarray:
    """Return the signed root of the likelihood ratio of two rates; negative if the first rate is lower.

    ``x1`` events in exposure ``e1`` are compared with ``x0`` events in exposure ``e0``. Both are Poisson
    counts whose variance is widened by ``k1`` and ``k0``, the squared coefficients of variation of their
    means. Shapes broadcast. NaN if an exposure is 0 or there are no events at all.
    """
    x1, e1, x0, e0, k1, k0 = (np.asarray(one, dtype=float) for one in (x1, e1, x0, e0, k1, k0))
    with np.errstate(divide="ignore", invalid="ignore"):
        n = x1 + x0
        share = e1 / (e1 + e0)
        one, other = n * share, n * (1.0 - share)
        deviance = 2.0 * (_x_log(x1, one) + _x_log(x0, other))
        counting = 1.0 / one + 1.0 / other
        widened = (counting + k1 + k0) / counting
        z = np.sign(x1 - one) * np.sqrt(np.maximum(deviance, 0.0) / widened)
        return np.where((e0 > 0) & (e1 > 0) & (n > 0), z, np.nan)


def _x_log(x: np.ndarray, expected: np.ndarray) -> np.ndarray:
    return np.where(x > 0, x * np.log(np.where(x > 0, x, 1.0) / expected), 0.0)


def scan_chance(z: ArrayLike, looks: float = LOOKS) -> np.ndarray:
    """Return the chance that the most extreme of several windows deviates by ``z`` or more.

    ``z`` is in standard deviations, positive on the side that is tested; ``looks`` is the number of
    independent windows. The chance is 1 where z is NaN.
    """
    z = np.asarray(z, dtype=float)
    return np.where(np.isnan(z), 1.0, np.minimum(1.0, looks * distributions.normal_tails(-z)))


def expected_needed(loss: float, z: float = CALLED_Z) -> float:
    """Return how many buyers must be expected so that losing a share ``loss`` of them is noticed.

    It is noticed at ``z`` standard deviations. The expectation is taken as exactly known and the count as
    Poisson, so no method needs fewer.
    """
    kept = 1.0 - loss
    per_buyer = 2.0 * ((kept * math.log(kept) if kept > 0 else 0.0) + loss)
    return z * z / per_buyer


def days_needed(a_day: float, loss: float, kappa: float, z: float = CALLED_Z, most: int = 1000) -> int | None:
    """Return after how many days losing a share ``loss`` of the daily buyers is noticed.

    It is noticed at ``z`` standard deviations. ``a_day`` buyers a day are expected; ``kappa`` is the squared
    coefficient of variation of a day beyond Poisson. None if it takes more than ``most`` days, or if
    ``a_day`` or ``loss`` is not positive.
    """
    if a_day <= 0 or loss <= 0:
        return None
    need = expected_needed(loss, z)
    for days in range(1, most + 1):
        expected = a_day * days
        if expected / (1.0 + kappa / days * expected) >= need:
            return days
    return None
