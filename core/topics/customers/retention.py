"""Repeat rates, the value of a new customer, and customer scores."""

from collections.abc import Sequence
from typing import NamedTuple

from core.statistics import distributions


class Buyer(NamedTuple):
    """A buyer's days of observation since the first order, and days from it to the second (None if none)."""

    followed_days: float
    repeated_after: float | None


class RepeatRate(NamedTuple):
    """The repeat rate in a window: of buyers followed for all of it, and of all buyers (``naive``).

    The latter is too low, because recent buyers have had less time to return.
    """

    mature: distributions.Rate | None
    naive: float | None


class CostRatio(NamedTuple):
    """The cost of a new customer as a multiple of that of a returning one."""

    ratio: float
    low: float
    high: float


def repeat_rate(buyers: Sequence[Buyer], window_days: float = 90.0, level: float = 0.95) -> RepeatRate:
    """Return the share of buyers who return within the window, among those followed for all of it."""
    back = [b.repeated_after is not None and b.repeated_after <= window_days for b in buyers]
    mature = [came for buyer, came in zip(buyers, back, strict=True) if buyer.followed_days >= window_days]
    return RepeatRate(
        distributions.rate(sum(mature), len(mature), level), sum(back) / len(back) if back else None
    )


def scores(values: Sequence[float], groups: int = 5) -> tuple[int, ...]:
    """Return scores 1..groups by mean rank, ceil(groups (rank - 1/2) / n); equal values score equally."""
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
    """Return the cost per new customer over the cost per old one, with an exact interval by the counts.

    Costs are in yuan; how ad spend is divided between new and old customers is an assumption that must be
    stated. None if there is no old or no new customer, or no cost of old ones. Clopper-Pearson on new / (new
    + old).
    """
    if not new or not old or cost_old <= 0:
        return None
    costs = cost_new / cost_old
    low, high = distributions.clopper_pearson(new, new + old, level)
    return CostRatio(costs * old / new, costs * (1.0 - high) / high, costs * (1.0 - low) / low)


def new_buyer_value(order_margin: float, repeat: float | None) -> float:
    """Return the value of a new customer in yuan: what the first order and the expected repeat leave.

    This is also the most a new customer may cost. ``repeat`` is the share that returns; None counts as 0.
    """
    return order_margin * (1.0 + (repeat or 0.0))
