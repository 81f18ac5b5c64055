"""Does a figure speak for the promised goal or for "as usual", and how many days does it take to tell?"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple, TypeAlias

from core.statistics import distributions

Told: TypeAlias = Literal["kept", "not kept", "cannot tell"]
TELLS: Final = math.log(4.0)
"""The log likelihood ratio from which a promise is called kept (or, if negative, not kept): four to one."""
SEPARATION: Final = 2.71
"""The distance between usual value and goal, in standard deviations, at which 80 % of promises can be
decided."""


class Evidence(NamedTuple):
    """Whether a figure speaks for "the goal was reached" or for "it stayed as usual"."""

    told: Told
    log_ratio: float
    """The log likelihood of "goal reached" over "as usual"; negative if "as usual" fits better."""
    separation: float
    """The distance from the usual value to the goal in standard deviations, positive in the promised
    direction."""


def weigh(value: float, usual: float, goal: float, sd: float, way: int) -> Evidence:
    """Return whether a figure speaks for its ``goal`` or for the ``usual`` value.

    ``way`` is +1 if a rise was promised, −1 if a fall; ``sd`` > 0 is the standard deviation of the figure.
    With d = way (goal − usual) / sd the log ratio is d (way (value − usual) / sd − d / 2). A decision for
    either side requires a ratio of at least 4 to 1. A goal that is no better than the usual value can never
    count as reached; it counts as missed if the figure is clearly worse than the goal.
    """
    separation = way * (goal - usual) / sd
    log_ratio = separation * (way * (value - usual) / sd - separation / 2.0)
    if separation <= 0:
        missed = weigh_move(value, goal, sd, way).told == "not kept"
        return Evidence("not kept" if missed else "cannot tell", log_ratio, separation)
    return Evidence(_told(log_ratio), log_ratio, separation)


def weigh_move(value: float, usual: float, sd: float, way: int) -> Evidence:
    """Return whether a figure moved in the promised direction (``way``), where no goal was promised.

    It is decided by the generalised log likelihood ratio of a move in that direction to a move in the other
    direction: z² / 2 with the sign of z.
    """
    z = way * (value - usual) / sd
    log_ratio = math.copysign(z * z / 2.0, z)
    return Evidence(_told(log_ratio), log_ratio, abs(z))


def weigh_hold(value: float, level: float, sd: float, band: float) -> Evidence:
    """Return whether a figure stayed at ``level``, or moved away from it by ``band``, up or down."""
    separation = band / sd
    log_ratio = separation * (separation / 2.0 - abs(value - level) / sd)
    return Evidence(_told(log_ratio), log_ratio, separation)


def days_needed(usual: float, goal: float, sd_day: float, autocorrelation: float = 0.0) -> int | None:
    """Return how many days of figures decide 80 % of promises; None if goal and usual value are equal.

    ⌈(1 + φ) / (1 − φ) · (2.71 s / |goal − usual|)²⌉, at least 1, where s = ``sd_day`` is the standard
    deviation of one day and φ < 1 the autocorrelation.
    """
    if goal == usual:
        return None
    inflation = (1.0 + autocorrelation) / (1.0 - autocorrelation)
    return max(1, math.ceil(inflation * (SEPARATION * sd_day / abs(goal - usual)) ** 2 - 1e-9))


def crps(value: float, mean: float, sd: float) -> float:
    """Return the continuous ranked probability score of a normal prediction, in the value's unit; 0 is best.

    sd [z (2 Φ(z) − 1) + 2 φ(z) − 1/√π], z = (value − mean) / sd (Gneiting & Raftery 2007).
    """
    z = (value - mean) / sd
    density = math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)
    return sd * (z * (2.0 * distributions.normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))


def score(value: float, usual: float, goal: float, sd: float) -> float:
    """Return how much better the goal predicted the figure than the usual value did, in standard deviations.

    It is a proper score: promising what one expects scores best on average; a small promise scores about 0.
    """
    return (crps(value, usual, sd) - crps(value, goal, sd)) / sd


def _told(log_ratio: float) -> Told:
    if log_ratio >= TELLS:
        return "kept"
    return "not kept" if log_ratio <= -TELLS else "cannot tell"
