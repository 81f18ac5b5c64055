"""The share of a day's target that was reached: its words, and its class in the calendar's heat map."""

from __future__ import annotations

from math import nextafter
from typing import Final

from core.language.message import DASH
from core.language.numbers import percent

HEAT: Final = ("heat-worst", "heat-below", "heat-even", "heat-above", "heat-best")
"""The classes of days by share of their target, from far below to far above it."""
HEAT_WORDS: Final = ("<85%", "85-98%", "98-102%", "102-115%", ">115%")
_ENDS: Final = (0.85, 0.98, nextafter(1.02, 2), nextafter(1.15, 2))
"""The shares at which the next class begins; 102 % and 115 % still belong to the class before."""


def heat(share: float) -> str:
    """Return the class of a share of a target, one of :data:`HEAT`."""
    return next((look for end, look in zip(_ENDS, HEAT, strict=False) if share < end), HEAT[-1])


def share_words(share: float | None) -> str:
    """Return the share of a target that was reached as a percentage, never 100 % if the target was missed."""
    if share is None:
        return DASH
    return percent(min(share, 0.99) if share < 1 else share, 0)
