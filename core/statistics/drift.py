"""Slow changes that no single day shows: smoothed values, shifts, moving scores (section 12)."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

HALF_STEP = 0.005
"""Scores are shown with two decimals: the truth lies this far on either side."""


class Smoothed(NamedTuple):
    """Smoothed values with the limits beyond which the level has moved."""

    values: tuple[float, ...]
    low: float
    high: float


class NewMean(NamedTuple):
    """Mean of the ratings that came in, with what rounding allows."""

    value: float
    low: float
    high: float


class ScoreDrop(NamedTuple):
    """What the falls of several scores say together."""

    kind: Literal["no fall", "general", "one process", "several"]
    names: tuple[str, ...]


def smooth(
    values: Sequence[float], level: float, sd: float, weight: float = 0.3, width: float = 3.0
) -> Smoothed:
    """Exponentially weighted means from the level on, limits level +- width sd sqrt(w / (2 - w)).

    NIST/SEMATECH e-Handbook 6.3.2.4.
    """
    half = width * sd * math.sqrt(weight / (2.0 - weight))
    smoothed, current = [], level
    for value in values:
        current = weight * value + (1.0 - weight) * current
        smoothed.append(current)
    return Smoothed(tuple(smoothed), level - half, level + half)


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


def implied_new_mean(
    before: float, ratings_before: int, after: float, ratings_after: int, *, expired: int, expired_mean: float
) -> NewMean | None:
    """Mean of the ratings that entered a rolling score, from its balance; None when none came in.

    Limits from the two-decimal rounding of both scores, kept as computed: beyond 1..5 an input is wrong.
    """
    new = ratings_after - ratings_before + expired
    if new <= 0:
        return None
    value = (after * ratings_after - (before * ratings_before - expired * expired_mean)) / new
    half = HALF_STEP * (ratings_before + ratings_after) / new
    return NewMean(value, value - half, value + half)


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
