"""A line of dots for a table's cell: one dot for each value, in four heights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_LEFT: Final = (0x40, 0x04, 0x02, 0x01)
_RIGHT: Final = (0x80, 0x20, 0x10, 0x08)
"""The bits of a braille pattern's left and right column, from the lowest dot to the highest."""
_EMPTY: Final = 0x2800


def dotline(values: Sequence[float | None]) -> str:
    """Return two values a cell, scaled from the smallest to the largest; no dot for an unknown value."""
    known = [value for value in values if value is not None]
    if not known:
        return ""
    low, high = min(known), max(known)
    cells = []
    for place in range(0, len(values), 2):
        bits = 0
        for value, column in zip(values[place : place + 2], (_LEFT, _RIGHT), strict=False):
            if value is not None:
                bits |= column[round(3 * (value - low) / (high - low)) if high > low else 0]
        cells.append(chr(_EMPTY + bits))
    return "".join(cells)
