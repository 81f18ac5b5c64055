"""When to order again, how much, in which sizes, and what not to order at all."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from core.statistics import distributions
from core.statistics.demand import Demand, Total


class ReorderPoint(NamedTuple):
    """Order when the position is at or below `point`; units."""

    point: int
    lead_mean: float
    lead_sd: float
    safety: float


class SingleOrder(NamedTuple):
    """The one order of a season: the chance of not selling out to aim at, and its stock."""

    critical_ratio: float
    quantity: float


def reorder_point(lead_demand: Total, service: float = 0.95) -> ReorderPoint:
    """Return the stock that lasts over lead time and review with the service level 0..1.

    The quantile of the negative binomial with the demand's mean and variance; the doubt about demand and lead
    time is in that variance.
    """
    point = lead_demand.quantile(service)
    return ReorderPoint(point, lead_demand.mean, math.sqrt(lead_demand.variance), point - lead_demand.mean)


def order_quantity(position: float, point: ReorderPoint, wanted: float, pack: int = 1) -> int:
    """Units to order in whole packs: 0 above the point, else up to the demand wanted and the safety."""
    if position > point.point:
        return 0
    return max(0, math.ceil((wanted + point.safety - position) / pack)) * pack


def split_order(quantity: int, on_hand: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, int]:
    """Split an order over SKUs so that all last equally long; whole units that add up to the order.

    Fills up the emptiest first: the SKUs that get none are those that last longer than all others will.
    Fractions go by the largest remainder.
    """
    names = [sku for sku in on_hand if shares.get(sku, 0.0) > 0]
    if quantity <= 0 or not names:
        return {}
    filled = sorted(names, key=lambda sku: max(0.0, on_hand[sku]) / shares[sku])
    level = 0.0
    while filled:
        level = (quantity + math.fsum(max(0.0, on_hand[sku]) for sku in filled)) / math.fsum(
            shares[sku] for sku in filled
        )
        if max(0.0, on_hand[filled[-1]]) <= level * shares[filled[-1]]:
            break
        filled.pop()
    exact = {sku: level * shares[sku] - max(0.0, on_hand[sku]) for sku in filled}
    whole = {sku: math.floor(units + 1e-9) for sku, units in exact.items()}
    rest = sorted(exact, key=lambda sku: whole[sku] - exact[sku])
    for sku in rest[: quantity - sum(whole.values())]:
        whole[sku] += 1
    return {sku: whole[sku] for sku in names if whole.get(sku)}


def is_dead(days: float | None, demand: Demand, longest_cover: float = 90.0, silent_days: int = 28) -> bool:
    """Stop or clear: cover beyond 90 days, or no sale in 28 in-stock days."""
    if demand.units <= 0 and demand.days >= silent_days:
        return True
    return days is not None and days > longest_cover


def critical_ratio(price: float, cost: float, salvage: float = 0.0) -> float | None:
    """(price - cost) / (price - salvage) for a season's last order; None when price is not above salvage."""
    return (price - cost) / (price - salvage) if price > salvage else None


def single_order(mean: float, sd: float, ratio: float) -> SingleOrder:
    """Newsvendor with normal demand: the stock that sells out with chance 1 - ratio.

    Ratio = underage / (underage + overage), as `critical_ratio` gives it.
    """
    return SingleOrder(ratio, mean + sd * distributions.normal_quantile(ratio))
