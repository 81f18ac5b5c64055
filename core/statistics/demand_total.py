"""The demand of several coming days as a negative binomial, less the returned pieces that come back."""

from __future__ import annotations

import math
from typing import NamedTuple

from core.statistics import distributions


class Total(NamedTuple):
    """The demand over several coming days, in units: a negative binomial, less what comes back meanwhile."""

    mean: float
    """The units that leave."""
    variance: float
    back: float = 0.0
    """The returned units that come back."""

    @property
    def net(self) -> float:
        """Return the expected units that leave the stock, less those that come back to it."""
        return self.mean - self.back

    def quantile(self, p: float) -> float:
        """Return the smallest number of units that suffices with probability ``p``."""
        if self.mean <= 0:
            return -self.back
        size, hit = _negative_binomial(self.mean, self.variance)
        return distributions.negative_binomial_quantile(p, size, hit) - self.back

    def chance_of(self, units: float) -> float:
        """Return the probability of a demand of at least ``units``; 1 if ``units`` is 0 or less."""
        units += self.back
        if units <= 0:
            return 1.0
        if self.mean <= 0:
            return 0.0
        size, hit = _negative_binomial(self.mean, self.variance)
        return distributions.negative_binomial_sf(math.ceil(units) - 1, size, hit)


def _negative_binomial(mean: float, variance: float) -> tuple[float, float]:
    variance = max(variance, mean * (1.0 + 1e-6))
    return mean * mean / (variance - mean), mean / variance
