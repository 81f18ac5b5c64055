"""Slow changes that no single day shows: smoothed values, shifts, moving scores (section 12)."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

HALF_STEP = 0.005
"""Scores are shown with two decimals: the truth lies this far on either side."""


class ScoreDrop(NamedTuple):
    """What the falls of several scores say together."""

    kind: Literal["no fall", "general", "one process", "several"]
    names: tuple[str, ...]


def shift_place(values: Sequence[float]) -> int | None:
    """Index of the first value after the likeliest shift (largest cumulated deviation from the mean).

    None if flat.
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
    """How many one-star ratings bring a mean score to `reaching` or below; None for a goal of 1 or less."""
    if reaching <= 1.0:
        return None
    return max(0, math.ceil(ratings * (score - reaching) / (reaching - 1.0) - 1e-9))


def compare_drops(before: Mapping[str, float], after: Mapping[str, float]) -> ScoreDrop:
    """Do the scores fall together (general displeasure) or one alone beyond rounding (that process)?

    Falls that differ by no more than two-decimal rounding count as one fall.
    """
    falls = {name: before[name] - after[name] for name in before if name in after}
    slack = 2.0 * HALF_STEP + 1e-9
    fallen = tuple(name for name, fall in falls.items() if fall > slack - HALF_STEP)
    if not fallen:
        return ScoreDrop("no fall", ())
    if max(falls.values()) - min(falls.values()) <= slack and len(falls) > 1:
        return ScoreDrop("general", tuple(falls))
    return ScoreDrop("one process" if len(fallen) == 1 else "several", fallen)
