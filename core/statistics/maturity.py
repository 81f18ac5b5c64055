"""How much of an ad day's result is credited by its age: young clicks are not judged as old ones (4.6)."""

import math
from collections.abc import Sequence

MATURE_FROM = 0.9


def maturity_by_age(days: Sequence[Sequence[float]]) -> tuple[float | None, ...]:
    """Share of the final GMV credited by age 0, 1, ... days, from the shop's own repeated exports.

    Each day is its GMV as first exported, exported a day later, and so on to the final figure; ratio of sums
    over days of the same, longest length. None where nothing was sold in the end.
    """
    longest = max((len(day) for day in days), default=0)
    full = [day for day in days if len(day) == longest]
    final = math.fsum(day[-1] for day in full) if longest else 0.0
    return tuple(math.fsum(day[age] for day in full) / final if final > 0 else None for age in range(longest))


def matured(value: float, maturity: float | None) -> float | None:
    """A young figure (GMV, ROI) brought to its final size; None when nothing is known of its age."""
    return value / maturity if maturity else None


def is_mature(maturity: float | None, line: float = MATURE_FROM) -> bool:
    """Whether a day of this maturity may be judged as it stands."""
    return maturity is not None and maturity >= line
