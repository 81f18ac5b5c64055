"""The arithmetic of the experience score: weighted metrics, what full marks would gain, rolling windows."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

FULL: Final = 5.0
LINE: Final = 4.8
"""From this score on, the platform does not step in for refund-only after receipt (rule of 2024-08-09)."""
FEWEST_ORDERS: Final = 30
"""With fewer valid paid orders in 30 days than this, a shop is not scored (rule of 2025-04)."""


class Metric(NamedTuple):
    """A metric's score, 0..5, and its weight within its dimension, 0..1."""

    weight: float
    score: float


class Lever(NamedTuple):
    """What full marks of one metric would add to the total score."""

    metric: str
    gain: float


def dimension_score(metrics: Sequence[Metric]) -> float | None:
    """Return the weighted mean score of a dimension's metrics; None if no weights are known."""
    whole = math.fsum(one.weight for one in metrics)
    return math.fsum(one.weight * one.score for one in metrics) / whole if whole > 0 else None


def total_score(
    weights: Mapping[str, float], dimensions: Mapping[str, Mapping[str, Metric]], extra: float = 0.0
) -> float | None:
    """Return the total score: Σ weight of a dimension × its score, plus the extra points, at most 5.

    None if a weighted dimension has no score.
    """
    scores = {name: dimension_score(list(metrics.values())) for name, metrics in dimensions.items()}
    parts = [(weight, scores.get(name)) for name, weight in weights.items()]
    known = [(weight, score) for weight, score in parts if score is not None]
    if not known or len(known) < len(parts):
        return None
    return min(FULL, math.fsum(weight * score for weight, score in known) + extra)


def levers(weights: Mapping[str, float], dimensions: Mapping[str, Mapping[str, Metric]]) -> list[Lever]:
    """Return what full marks of each metric would add, the largest first: W · w · (5 - score).

    W and w are the weights of dimension and metric. Metrics with full marks are left out.
    """
    found = [
        Lever(name, weights[dimension] * metric.weight * (FULL - metric.score))
        for dimension, metrics in dimensions.items()
        if dimension in weights
        for name, metric in metrics.items()
    ]
    return sorted((one for one in found if one.gain > 0), key=lambda one: -one.gain)


def late_left(due: int, late: int, line: float) -> int:
    """Return how many more parcels may be late before the share of parcels on time falls below ``line``."""
    return math.floor((1.0 - line) * due + 1e-9) - late


def rate_tomorrow(due: int, late: int, leaving: tuple[int, int], entering: tuple[int, int]) -> float | None:
    """Return the share of parcels on time after one day leaves the window of days and another enters it.

    ``leaving`` and ``entering`` are the parcels (due, late) of these two days. None if no parcel is due in
    the new window.
    """
    whole = due - leaving[0] + entering[0]
    return 1.0 - (late - leaving[1] + entering[1]) / whole if whole > 0 else None


def mean_if_closed(done: int, mean: float, open_hours: Sequence[float]) -> float | None:
    """Return the mean hours of all refunds if the open cases, now ``open_hours`` old, were closed.

    None if there are no refunds.
    """
    whole = done + len(open_hours)
    return (done * mean + math.fsum(open_hours)) / whole if whole else None


def is_scored(valid_orders: int, line: int = FEWEST_ORDERS) -> bool:
    """Return whether the platform scores a shop with this many valid paid orders in 30 days."""
    return valid_orders >= line
