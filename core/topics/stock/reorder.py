"""Reorder points, order quantities and their split over sizes."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from core.statistics import distributions
from core.statistics.demand import Demand
from core.statistics.demand_total import Total


class ReorderPoint(NamedTuple):
    """The reorder point: order if the stock position is at or below ``point``; all in units."""

    point: float
    lead_mean: float
    lead_sd: float
    safety: float


class SingleOrder(NamedTuple):
    """A season's single order: the critical ratio and the quantity it gives."""

    critical_ratio: float
    quantity: float


def reorder_point(lead_demand: Total, service: float = 0.95) -> ReorderPoint:
    """Return the stock that covers the demand in lead time and review period at the service level (0..1).

    It is a quantile of the negative binomial with the demand's mean and variance, which includes the
    uncertainty of demand and lead time, less the returned units that come back meanwhile.
    """
    point = lead_demand.quantile(service)
    return ReorderPoint(point, lead_demand.net, math.sqrt(lead_demand.variance), point - lead_demand.net)


def order_quantity(position: float, point: ReorderPoint, wanted: float, pack: int = 1) -> int:
    """Return the units to order, in whole packs; 0 if the stock position is above the reorder point.

    Otherwise the order raises the position to ``wanted`` plus the safety stock.
    """
    if position > point.point:
        return 0
    return max(0, math.ceil((wanted + point.safety - position) / pack)) * pack


def split_order(quantity: int, on_hand: Mapping[str, float], shares: Mapping[str, float]) -> dict[str, int]:
    """Split an order over SKUs so that all of them last equally long, in whole units that add up to it.

    The SKUs with the least cover are filled first. Fractions are rounded by the largest remainder.
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
    """Return whether an item should no longer be ordered: too many days of cover, or no sale for weeks.

    "No sale" needs at least ``silent_days`` days on which the item was in stock.
    """
    if demand.units <= 0 and demand.days >= silent_days:
        return True
    return days is not None and days > longest_cover


def critical_ratio(price: float, cost: float, salvage: float = 0.0) -> float | None:
    """Return (price - cost) / (price - salvage) for a single order; None unless the price exceeds salvage."""
    return (price - cost) / (price - salvage) if price > salvage else None


def single_order(mean: float, sd: float, ratio: float) -> SingleOrder:
    """Return the newsvendor order for normal demand: the stock that covers it with probability ``ratio``.

    ``ratio`` is underage / (underage + overage), see :func:`critical_ratio`.
    """
    return SingleOrder(ratio, mean + sd * distributions.normal_quantile(ratio))


def season_order(sold: float, sd: float, needed: float, ratio: float) -> SingleOrder:
    """Return the season's order if only ``needed`` of the ``sold`` pieces are not returned in time.

    The other pieces never leave the stock or come back in time to be sold again. Sales are taken as normally
    distributed with standard deviation ``sd``, which shrinks by the same share.
    """
    return single_order(needed, sd * needed / sold, ratio)
