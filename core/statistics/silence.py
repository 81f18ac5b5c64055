"""How unlikely it is that so few came where more were expected: silent hours, new sources without buyers."""

from __future__ import annotations

import math

from core.statistics import distributions

KAPPA = 0.05
"""Squared coefficient of variation of an expectation that is not known exactly [judgement]."""


def silence_chance(expected: float, kappa: float = KAPPA) -> float:
    """The chance that nobody comes where so many were expected: (1 + kappa E)^(-1/kappa)."""
    if expected <= 0:
        return 1.0
    return math.exp(-expected) if kappa <= 0 else (1.0 + kappa * expected) ** (-1.0 / kappa)


def few_chance(seen: float, expected: float, kappa: float = KAPPA) -> float:
    """The chance of at most so many where so many were expected: a negative binomial with that scatter."""
    if expected <= 0:
        return 1.0
    size = 1.0 / kappa
    return distributions.negative_binomial_cdf(seen, size, size / (size + expected))
