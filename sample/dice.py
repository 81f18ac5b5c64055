"""Seeded random numbers: one independent stream per name, identical on every machine and Python version.

Only ``random.Random`` is used, seeded with text, so that neither numpy's version nor hash randomisation can
change a single byte of the sample files.
"""

from __future__ import annotations

import math
import random
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

SEED = "lanting-2026"
KNUTH_LIMIT = 30.0

T = TypeVar("T")


class Dice:
    """A random stream for one purpose; its name determines the numbers, whatever else is drawn elsewhere."""

    def __init__(self, name: str, seed: str = SEED) -> None:
        self._random = random.Random(f"{seed}/{name}")

    def unit(self) -> float:
        """Return a random number in [0, 1)."""
        return self._random.random()

    def between(self, low: float, high: float) -> float:
        """Return a random number in [low, high)."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Return a random integer from ``low`` to ``high`` inclusive."""
        return low + int(self._random.random() * (high - low + 1))

    def bell(self, mean: float, sd: float) -> float:
        """Return a normally distributed number (Box-Muller, independent of any library's algorithm)."""
        first, second = 1.0 - self._random.random(), self._random.random()
        return mean + sd * math.sqrt(-2.0 * math.log(first)) * math.cos(2.0 * math.pi * second)

    def wobble(self, sd: float) -> float:
        """Return a lognormal factor with mean 1; ``sd`` is the standard deviation of its logarithm."""
        return math.exp(self.bell(-sd * sd / 2, sd))

    def poisson(self, mean: float) -> int:
        """Return a Poisson distributed count."""
        if mean <= 0:
            return 0
        if mean > KNUTH_LIMIT:
            return max(0, round(self.bell(mean, math.sqrt(mean))))
        limit, count, product = math.exp(-mean), 0, self._random.random()
        while product > limit:
            count += 1
            product *= self._random.random()
        return count

    def hits(self, tries: int, chance: float) -> int:
        """Return the number of successes in ``tries`` attempts."""
        return sum(self._random.random() < chance for _ in range(tries))

    def luck(self, chance: float) -> bool:
        """Return True with probability ``chance``."""
        return self._random.random() < chance

    def pick(self, things: Sequence[T], weights: Sequence[float] | None = None) -> T:
        """Return one of the things at random, weighted if weights are given."""
        if weights is None:
            return things[int(self._random.random() * len(things))]
        sums = list(accumulate(weights))
        return things[min(bisect(sums, self._random.random() * sums[-1]), len(things) - 1)]
