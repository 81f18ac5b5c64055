"""How many come back, what a new buyer may cost, and fair customer scores (section 11)."""

from collections.abc import Sequence
from typing import NamedTuple

from core.statistics import distributions


class Buyer(NamedTuple):
    """Days since a buyer's first order, and after how many days the second came (None = not yet)."""

    followed_days: float
    repeated_after: float | None


class RepeatRate(NamedTuple):
    """Repeaters within the window: of buyers followed for all of it, and of all (too low)."""

    mature: distributions.Rate | None
    naive: float | None


class CostRatio(NamedTuple):
    """How many times the cost of an old customer a new one takes."""

    ratio: float
    low: float
    high: float


def repeat_rate(buyers: Sequence[Buyer], window_days: float = 90.0, level: float = 0.95) -> RepeatRate:
    """Share of buyers who come back within the window, counted only over those followed for all of it."""
    back = [b.repeated_after is not None and b.repeated_after <= window_days for b in buyers]
    mature = [came for buyer, came in zip(buyers, back, strict=True) if buyer.followed_days >= window_days]
    return RepeatRate(
        distributions.rate(sum(mature), len(mature), level), sum(back) / len(back) if back else None
    )


def scores(values: Sequence[float], groups: int = 5) -> tuple[int, ...]:
    """Scores 1..groups by average rank, ceil(groups (rank - 1/2) / n): equal values score equally."""
    ordered = sorted(values)
    n, rank = len(ordered), {}
    start = 0
    while start < n:
        end = start
        while end < n and ordered[end] == ordered[start]:
            end += 1
        rank[ordered[start]] = start + end
        start = end
    return tuple(-(-groups * rank[value] // (2 * n)) for value in values)


def cost_ratio(cost_new: float, new: int, cost_old: float, old: int, level: float = 0.95) -> CostRatio | None:
    """Cost per new over cost per old customer, with an exact conditional interval on the two counts.

    Costs in yuan; how paid cost is split between new and old is an allocation, to be said. None when there is
    no old or no new customer, or no cost of old ones. Clopper-Pearson on new / (new + old).
    """
    if not new or not old or cost_old <= 0:
        return None
    costs = cost_new / cost_old
    low, high = distributions.clopper_pearson(new, new + old, level)
    return CostRatio(costs * old / new, costs * (1.0 - high) / high, costs * (1.0 - low) / low)


def new_buyer_value(order_margin: float, repeat: float | None) -> float:
    """Return what a new buyer is worth, and so may cost: the margin of the first order and the repeat's.

    In yuan. ``repeat`` is the share that comes back; None counts as nobody.
    """
    return order_margin * (1.0 + (repeat or 0.0))
