"""Pieces that come back: of those sold, some never leave, and some of the returned ones are sold again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True, slots=True)
class ReturningGoods:
    """What becomes of an item's sold pieces, and the pieces that are coming back already."""

    before: float
    """Share of the pieces sold that is refunded before dispatch and never leaves."""
    back: float
    """Share of the pieces sold that is returned and can be sold again."""
    days: int
    """Days from payment until a returned piece can be sold again."""
    known: tuple[float, ...] = ()
    """Pieces expected back on each coming day from orders already paid."""

    def scaled(self, share: float) -> ReturningGoods:
        """Return the same figures for an SKU that has this share of the item's sales."""
        return replace(self, known=tuple(n * share for n in self.known))

    def leaving(self, mean: float, variance: float) -> tuple[float, float]:
        """Return mean and variance of the pieces that leave, given those of the pieces sold."""
        share = 1.0 - self.before
        return share * mean, share * share * (variance - mean) + share * mean

    def arriving(self, sold: np.ndarray) -> np.ndarray:
        """Return the pieces that come back on each of the coming days; ``sold`` are those sold on each."""
        found = np.zeros(len(sold))
        known = self.known[: len(sold)]
        found[: len(known)] = known
        found[self.days :] += self.back * sold[: max(0, len(sold) - self.days)]
        return found


def returning(
    before: float, after: float, resale: float, days: int, sold: Mapping[int, float]
) -> ReturningGoods:
    """Return what becomes of the pieces sold.

    ``sold`` are the pieces by age of their day, 1 for yesterday; ``resale`` is the share of returned pieces
    that can be sold again. A piece comes back ``days`` days after payment; a piece due today counts as coming
    back on the first of the coming days.
    """
    known = [0.0] * max(1, days)
    for age, units in sold.items():
        if 1 <= age <= days:
            known[max(0, days - age - 1)] += units * after * resale
    return ReturningGoods(before, after * resale, days, tuple(known))
