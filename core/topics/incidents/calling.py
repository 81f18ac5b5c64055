"""Which changes are called this morning, and since which morning: one budget, no flicker from day to day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import numpy as np

from core.statistics.multiple_tests import weighted_holm

MORNINGS: Final = 22
"""This morning and those before it, from which it is known what was called and still stands."""
STAYS = 10.0
"""A change stands until its chance exceeds so many times its share of the budget."""


def standing(
    chances: Callable[[int], np.ndarray], mornings: int, weights: np.ndarray, alpha: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return this morning's chances, which objects stand called, and how many mornings ago each first was.

    ``chances``: the chance of each object's scan so many mornings ago; earlier ones are only asked where
    something may stand.
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
