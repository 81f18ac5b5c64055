"""Slow changes that do not show on any single day: level shifts and moving scores."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

HALF_STEP = 0.005
"""The rounding error of scores, which are shown with two decimals."""


class ScoreDrop(NamedTuple):
    """Whether the falls of several scores have a common cause, and which scores fell."""

    kind: Literal["no fall", "general", "one process", "several"]
    names: tuple[str, ...]


def shift_place(values: Sequence[float]) -> int | None:
    """Return the index of the first value after the most likely level shift; None if the values are flat.

    This is where the cumulative deviation from the mean is largest.
    """
    if len(values) < 2:
        return None
    mean, total, best, place = math.fsum(values) / len(values), 0.0, 0.0, None
    for index, value in enumerate(values[:-1]):
        total += value - mean
        if abs(total) > best * (1.0 + 1e-9) + 1e-12:
            best, place = abs(total), index + 1
    return place


def one_star_ratings(score: float, ratings: int, reaching: float) -> int | None:
    """Return how many more one-star ratings lower the mean ``score`` of ``ratings`` ratings to ``reaching``.

    None if ``reaching`` is 1 or less.
    """
    if reaching <= 1.0:
        return None
    return max(0, math.ceil(ratings * (score - reaching) / (reaching - 1.0) - 1e-9))


def compare_drops(before: Mapping[str, float], after: Mapping[str, float]) -> ScoreDrop:
    """Return whether the scores fell together (a general cause), only one fell (one process), or several did.

    Falls that differ by no more than the rounding to two decimals count as equal.
    """
    falls = {name: before[name] - after[name] for name in before if name in after}
    slack = 2.0 * HALF_STEP + 1e-9
    fallen = tuple(name for name, fall in falls.items() if fall > slack - HALF_STEP)
    if not fallen:
        return ScoreDrop("no fall", ())
    if max(falls.values()) - min(falls.values()) <= slack and len(falls) > 1:
        return ScoreDrop("general", tuple(falls))
    return ScoreDrop("one process" if len(fallen) == 1 else "several", fallen)
