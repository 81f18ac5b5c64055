"""How unlikely is a count far below its expectation: silent hours, new sources without buyers?"""

from __future__ import annotations

import math

from core.statistics import distributions

KAPPA = 0.05
"""The squared coefficient of variation of an expected count that is not known exactly (a judgement)."""


def silence_chance(expected: float, kappa: float = KAPPA) -> float:
    """Return the chance that nobody comes although ``expected`` E were expected: (1 + kappa E)^(-1/kappa)."""
    if expected <= 0:
        return 1.0
    return math.exp(-expected) if kappa <= 0 else (1.0 + kappa * expected) ** (-1.0 / kappa)


def few_chance(seen: float, expected: float, kappa: float = KAPPA) -> float:
    """Return the chance that at most ``seen`` people come although ``expected`` were expected.

    Negative binomial; ``kappa`` is the squared coefficient of variation of the expected count.
    """
    if expected <= 0:
        return 1.0
    size = 1.0 / kappa
    return distributions.negative_binomial_cdf(seen, size, size / (size + expected))
