"""Decide which changes are reported this morning, and since when each has been reported.

A change that was reported before stays reported under a less strict test, so that it does not come and go.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from core.statistics.multiple_tests import weighted_holm

MORNINGS: Final = 22
"""How many mornings, this one included, are recomputed to find which reported changes still hold."""
STAYS = 10.0
"""The multiple of its share of the false-alarm budget that a reported change's p-value may reach.

Above it, the change is no longer reported.
"""


def standing(
    chances: Callable[[int], np.ndarray], mornings: int, weights: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return this morning's p-values, which objects are reported, and how long each has been.

    The third array holds the number of mornings since the first report; 0 means this morning. ``chances``
    returns the p-value of each object for a given number of mornings ago. Earlier mornings are computed only
    if some object may be reported this morning.
    """
    now = chances(0)
    stands = np.zeros(len(weights), dtype=bool)
    since = np.zeros(len(weights), dtype=int)
    may = now <= STAYS * alpha * weights
    for back in range(min(MORNINGS, mornings) - 1 if may.any() else 0, -1, -1):
        then = now if back == 0 else chances(back)
        fresh = np.zeros(len(weights), dtype=bool)
        fresh[weighted_holm(list(then), list(weights), alpha)] = True
        stays = stands & (then <= STAYS * alpha * weights)
        since = np.where(fresh & ~stands, back, since)
        stands = stays | fresh
    return now, stands, np.where(stands, since, 0)
