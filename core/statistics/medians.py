"""Medians of many rows or columns at once."""

from __future__ import annotations

import numpy as np


def medians(values: np.ndarray, axis: int) -> np.ndarray:
    """Return the medians along an axis, ignoring NaN; NaN where all values are NaN.

    The result is that of ``np.nanmedian``, which is many times slower on small tables.
    """
    if not values.shape[axis]:
        return np.full(np.delete(values.shape, axis), np.nan)
    ordered = np.sort(values, axis=axis)  # NaN comes last
    number = np.sum(~np.isnan(ordered), axis=axis, keepdims=True)
    low, high = (
        np.take_along_axis(ordered, np.maximum(place, 0), axis=axis)
        for place in ((number - 1) // 2, number // 2)
    )
    return np.squeeze(np.where(number > 0, (low + high) / 2.0, np.nan), axis=axis)
