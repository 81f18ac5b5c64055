"""What runs out before a new order can arrive, how much to order, and what not to order again (section 7)."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from core.statistics import distributions

FEWEST_UNITS = 20
"""Below so many units expected over the days seen, counts are too small for a gamma: negative binomial."""
FEWEST_DAYS = 7
"""In-stock days from where the exact counting distribution of slow items may be used."""


class Demand(NamedTuple):
    """Units a day while in stock. `mean` None = no in-stock day."""

    mean: float | None
    dispersion: float
    days: int
    units: float
    high: float | None
    """With no sale at all: the mean is below this (3 / days)."""


class ReorderPoint(NamedTuple):
    """Order when the position is at or below `point`; units."""

    point: int
    lead_mean: float
    lead_sd: float
    quantile: float
    safety: float


class Cover(NamedTuple):
    """Days a stock lasts; None = it does not end at the present pace."""

    days: float | None
    low: float | None
    high: float | None


class SingleOrder(NamedTuple):
    """The one order of a season: the chance of not selling out to aim at, and its stock."""

    critical_ratio: float
    quantity: float


def daily_demand(sold: Sequence[float | None], in_stock: Sequence[bool]) -> Demand:
    """Return mean and dispersion max(1, var/mean) of sales on in-stock days.

    Sold-out days say nothing about demand; None = no figure for that day.
    """
    known = [units for units, there in zip(sold, in_stock, strict=True) if there and units is not None]
    days, units = len(known), math.fsum(known)
    mean = units / days if days else None
    dispersion = max(1.0, distributions.standard_deviation(known) ** 2 / mean) if mean else 1.0
    high = 3.0 / days if days and units <= 0 else None
    return Demand(mean, dispersion, days, units, high)


def reorder_point(
    demand: Demand,
    lead_days: float | None,
    *,
    lead_sd: float = 0.0,
    review_days: float = 0.0,
    service: float = 0.95,
    multiplier: float = 1.0,
) -> ReorderPoint | None:
    """The reorder point in units for a service level 0..1; None without a lead time or any idea of demand.

    Uncertainty of the mean and of the lead time (sd in days) is included; `multiplier` is a coming
    campaign's. Under 20 units seen and a fixed lead time: exact negative binomial, size sold + 1/2, p = n /
    (n + H).
    """
    if lead_days is None or demand.mean is None or (demand.days == 0 and demand.mean <= 0):
        return None
    horizon = (lead_days + review_days) * multiplier
    size, p = _slow(demand, horizon)
    if _is_slow(demand) and lead_sd <= 0:
        point = distributions.negative_binomial_quantile(service, size, p)
        mean, sd = size * (1.0 - p) / p, math.sqrt(size * (1.0 - p)) / p
        return ReorderPoint(point, mean, sd, float(point), point - mean)
    mean, variance = lead_demand(demand, horizon, lead_sd)
    if mean <= 0 or variance <= 0:
        return ReorderPoint(0, mean, 0.0, 0.0, 0.0)
    quantile = distributions.gamma_quantile(service, mean * mean / variance, mean / variance)
    return ReorderPoint(math.ceil(quantile), mean, math.sqrt(variance), quantile, quantile - mean)


def lead_demand(demand: Demand, horizon: float, lead_sd: float = 0.0) -> tuple[float, float]:
    """Mean and variance of demand over a horizon in days: noise, doubt about mean and lead time."""
    m, n = demand.mean or 0.0, max(1, demand.days)
    noise = demand.dispersion * (m * horizon + m * horizon * horizon / n)
    return m * horizon, noise + m * m * lead_sd * lead_sd


def stockout_chance(
    available: float, demand: Demand, lead_days: float | None, lead_sd: float = 0.0
) -> float | None:
    """P(demand before a new order could arrive exceeds on-hand plus arriving units).

    None without a lead time.
    """
    if lead_days is None or demand.mean is None:
        return None
    if available < 0:
        return 1.0
    if _is_slow(demand) and lead_sd <= 0 and demand.days > 0:
        return distributions.negative_binomial_sf(available, *_slow(demand, lead_days))
    mean, variance = lead_demand(demand, lead_days, lead_sd)
    return distributions.gamma_sf(available, mean * mean / variance, mean / variance) if variance > 0 else 0.0


def cover_days(position: float, demand: Demand, level: float = 0.8) -> Cover | None:
    """How many days a position lasts, with the limits that doubt about the mean leaves.

    None if demand is unknown.
    """
    if demand.mean is None:
        return None
    shape = (max(0.0, demand.units) or 0.5) / demand.dispersion
    rate = demand.days / demand.dispersion
    tail, stock = (1.0 - level) / 2.0, max(0.0, position)
    fast = distributions.gamma_quantile(1.0 - tail, shape, rate)
    slow = distributions.gamma_quantile(tail, shape, rate)
    unending = demand.mean <= 0
    return Cover(
        None if unending else stock / demand.mean,
        stock / fast if fast > 0 else None,
        None if unending or slow <= 0 else stock / slow,
    )


def order_quantity(
    position: float, point: ReorderPoint, demand: Demand, horizon: float, cycle_days: float, pack: int = 1
) -> int:
    """Units to order in whole packs: 0 above the point, else up to mean x (horizon + cycle) + safety."""
    if position > point.point:
        return 0
    wanted = (demand.mean or 0.0) * (horizon + cycle_days) + point.safety - position
    return max(0, math.ceil(wanted / pack)) * pack


def is_dead(cover: Cover | None, demand: Demand, longest_cover: float = 90.0, silent_days: int = 28) -> bool:
    """Stop or clear: cover beyond 90 days, or no sale in 28 in-stock days."""
    if demand.units <= 0 and demand.days >= silent_days:
        return True
    return cover is not None and cover.days is not None and cover.days > longest_cover


def critical_ratio(price: float, cost: float, salvage: float = 0.0) -> float | None:
    """(price - cost) / (price - salvage) for a season's last order; None when price is not above salvage."""
    return (price - cost) / (price - salvage) if price > salvage else None


def single_order(mean: float, sd: float, ratio: float) -> SingleOrder:
    """Newsvendor with normal demand: the stock that sells out with chance 1 - ratio.

    Ratio = underage / (underage + overage), as `critical_ratio` gives it.
    """
    return SingleOrder(ratio, mean + sd * distributions.normal_quantile(ratio))


def _is_slow(demand: Demand) -> bool:
    return demand.units < FEWEST_UNITS and demand.days >= FEWEST_DAYS


def _slow(demand: Demand, horizon: float) -> tuple[float, float]:
    days = max(1, demand.days)
    return demand.units + 0.5, days / (days + horizon)
