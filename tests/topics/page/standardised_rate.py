"""A rate with the mix of its groups held still: what the mix of visitors does to it (section 5)."""

import math
from collections.abc import Sequence
from typing import NamedTuple

SMALLEST_GROUP = 30
"""Trials under which a group is merged with the next smallest."""


class Group(NamedTuple):
    """One kind of visitors (a source, old or new ones): hits of trials."""

    hits: float
    trials: float


def standardised_rate(groups: Sequence[Group], reference: Sequence[float]) -> float | None:
    """Return the rate at fixed reference shares of its groups, so that only the page can move it.

    None without trials. Groups under 30 trials are merged with the next smallest. Direct standardisation,
    Kitagawa 1955.
    """
    parts = [(group, weight) for group, weight in zip(groups, reference, strict=True)]
    while len(parts) > 1 and min(group.trials for group, _ in parts) < SMALLEST_GROUP:
        parts.sort(key=lambda part: part[0].trials)
        (first, weight1), (second, weight2) = parts[:2]
        parts[:2] = [(Group(first.hits + second.hits, first.trials + second.trials), weight1 + weight2)]
    whole = math.fsum(weight for _, weight in parts)
    if not parts or whole <= 0 or parts[0][0].trials <= 0:
        return None
    return math.fsum(weight * group.hits / group.trials for group, weight in parts) / whole
