"""A limit on false alarms for many tests together: which of them are significant."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def size_weights(sizes: Sequence[float]) -> np.ndarray:
    """Return each test's share of the false-alarm limit.

    One half of the limit is divided in proportion to the square roots of the sizes, the other half equally.
    """
    roots = np.sqrt(np.maximum(np.asarray(sizes, dtype=float), 0.0))
    even = np.full(len(roots), 1.0 / max(1, len(roots)))
    return 0.5 * roots / roots.sum() + 0.5 * even if roots.sum() > 0 else even


def weighted_holm(p_values: Sequence[float], weights: Sequence[float], alpha: float) -> list[int]:
    """Return the indices of the significant tests.

    ``alpha`` is the probability that one or more of them are false alarms. Weighted step-down (Holm 1979): in
    order of p / weight, each p is compared with alpha × its weight / the weights not yet used.
    """
    left, called = float(sum(weights)), []
    order = sorted(range(len(p_values)), key=lambda place: p_values[place] / max(weights[place], 1e-12))
    for place in order:
        if p_values[place] > alpha * weights[place] / max(left, 1e-12):
            break
        called.append(place)
        left -= weights[place]
    return sorted(called)
