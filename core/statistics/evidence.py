"""Does a figure speak for a goal or for "as usual", how many days tell, and how good was the prediction?"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple, TypeAlias

from core.statistics import distributions

Told: TypeAlias = Literal["kept", "not kept", "cannot tell"]
TELLS: Final = math.log(4.0)
"""The log likelihood ratio from which one of two statements is told: four to one."""
SEPARATION: Final = 2.71
"""The distance of goal and usual, in standard deviations, at which 80 % of promises can be told."""


class Evidence(NamedTuple):
    """What a figure says between a goal and the usual."""

    told: Told
    log_ratio: float
    """log likelihood of "goal reached" over "as usual"; negative: rather as usual."""
    separation: float
    """Standard deviations between usual and goal, in the promised direction."""


def weigh(value: float, usual: float, goal: float, sd: float, way: int) -> Evidence:
    """Weigh a figure between ``goal`` and ``usual``; ``way`` is +1 up, −1 down; ``sd`` of the figure, > 0.

    d = way (g − m) / s, l = d (way (y − m) / s − d / 2); told from a ratio of 4 to 1 on, either way alike.
    A goal no better than the usual cannot be kept; it is missed where the figure lies clearly beyond both.
    """
    separation = way * (goal - usual) / sd
    log_ratio = separation * (way * (value - usual) / sd - separation / 2.0)
    if separation <= 0:
        missed = weigh_move(value, goal, sd, way).told == "not kept"
        return Evidence("not kept" if missed else "cannot tell", log_ratio, separation)
    return Evidence(_told(log_ratio), log_ratio, separation)


def weigh_move(value: float, usual: float, sd: float, way: int) -> Evidence:
    """Weigh a promise that names a direction and no goal, against the same move the other way.

    The generalised ratio: the best goal in the promised direction against none, z² / 2 with the sign of z.
    """
    z = way * (value - usual) / sd
    log_ratio = math.copysign(z * z / 2.0, z)
    return Evidence(_told(log_ratio), log_ratio, abs(z))


def weigh_hold(value: float, level: float, sd: float, band: float) -> Evidence:
    """Weigh "stays at the level" against "moved by ``band``" to the side on which the figure lies."""
    separation = band / sd
    log_ratio = separation * (separation / 2.0 - abs(value - level) / sd)
    return Evidence(_told(log_ratio), log_ratio, separation)


def days_needed(usual: float, goal: float, sd_day: float, autocorrelation: float = 0.0) -> int | None:
    """Return how many days of the figure tell 80 % of such promises; None if the goal is the usual.

    ⌈(1 + φ) / (1 − φ) · (2.71 s / |g − m|)²⌉, at least 1; ``sd_day`` of one day, autocorrelation φ < 1.
    """
    if goal == usual:
        return None
    inflation = (1.0 + autocorrelation) / (1.0 - autocorrelation)
    return max(1, math.ceil(inflation * (SEPARATION * sd_day / abs(goal - usual)) ** 2 - 1e-9))


def crps(value: float, mean: float, sd: float) -> float:
    """Return the continuous ranked probability score of a normal prediction, in the value's unit; 0 is best.

    s [z (2 Φ(z) − 1) + 2 φ(z) − 1/√π], z = (y − m) / s (Gneiting & Raftery 2007).
    """
    z = (value - mean) / sd
    density = math.exp(-z * z / 2.0) / math.sqrt(2.0 * math.pi)
    return sd * (z * (2.0 * distributions.normal_cdf(z) - 1.0) + 2.0 * density - 1.0 / math.sqrt(math.pi))


def score(value: float, usual: float, goal: float, sd: float) -> float:
    """Return how much better the goal predicted the figure than the usual did, in standard deviations.

    It is proper: whoever states what they expect scores best on average; a small promise scores about 0.
    """
    return (crps(value, usual, sd) - crps(value, goal, sd)) / sd


def _told(log_ratio: float) -> Told:
    if log_ratio >= TELLS:
        return "kept"
    return "not kept" if log_ratio <= -TELLS else "cannot tell"
