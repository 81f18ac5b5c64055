"""What an item sells a day that sells on few days only (section 7)."""

from collections.abc import Sequence
from typing import NamedTuple


class Intermittent(NamedTuple):
    """Mean demand a day of an item that sells on few days."""

    croston: float
    sba: float


def intermittent_demand(sold: Sequence[float], alpha: float = 0.1) -> Intermittent | None:
    """Croston's mean a day and the Syntetos-Boylan correction x (1 - alpha / 2).

    None if nothing was ever sold. For items with more than half of their in-stock days at zero.
    """
    size = gap = None
    waited = 0
    for units in sold:
        waited += 1
        if units > 0:
            size = units if size is None else size + alpha * (units - size)
            gap = float(waited) if gap is None else gap + alpha * (waited - gap)
            waited = 0
    if size is None or gap is None:
        return None
    return Intermittent(size / gap, (1.0 - alpha / 2.0) * size / gap)
