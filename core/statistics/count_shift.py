"""Did a count leave what its base lets expect: the signed likelihood root, and what it cannot see.

All bands come from what was expected, never from what was seen, so that no count at all is judged like any
other count.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from core.statistics import distributions

LOOKS = 4.0
"""How many independent looks the seven windows of a scan amount to [judgement, simulated]."""
CALLED_Z = 4.1
"""Scatters a single object of a usual shop has to lie out to be called."""


def signed_root(
    x1: ArrayLike, e1: ArrayLike, x0: ArrayLike, e0: ArrayLike, k1: ArrayLike, k0: ArrayLike
) -> np.ndarray:
    """The signed root of the likelihood ratio of two rates, x1 of exposure e1 against x0 of e0; < 0: fewer.

    Two Poisson counts, the variance widened for scatter beyond counting: k1 and k0 are the squared
    coefficients of variation of the two means. Shapes broadcast. NaN without a base or without any count.
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
    """The chance that the farthest of several windows lies so far out on one side; 1 where z is NaN.

    ``z``: scatters out on the side that is asked for, positive.
    """
    z = np.asarray(z, dtype=float)
    return np.where(np.isnan(z), 1.0, np.minimum(1.0, looks * distributions.normal_tails(-z)))


def expected_needed(loss: float, z: float = CALLED_Z) -> float:
    """How many buyers have to be expected before a loss of this share lies z scatters out.

    The base is taken as known and the days as not scattering beyond counting: no method can do with fewer.
    """
    kept = 1.0 - loss
    per_buyer = 2.0 * ((kept * math.log(kept) if kept > 0 else 0.0) + loss)
    return z * z / per_buyer


def days_needed(a_day: float, loss: float, kappa: float, z: float = CALLED_Z, most: int = 1000) -> int | None:
    """Days until a loss of this share of ``a_day`` expected buyers lies z scatters out; None beyond ``most``.

    ``kappa``: squared coefficient of variation of a day beyond counting.
    """
    if a_day <= 0 or loss <= 0:
        return None
    need = expected_needed(loss, z)
    for days in range(1, most + 1):
        expected = a_day * days
        if expected / (1.0 + kappa / days * expected) >= need:
            return days
    return None
