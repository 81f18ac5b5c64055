"""The cost of a visitor and the return on additional ad spend."""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

from core.statistics import distributions

FEWEST_SPEND_DAYS = 8
USUAL_ELASTICITY = 0.7
USUAL_ELASTICITY_SD = 0.2


class CostPerVisitor(NamedTuple):
    """Yuan per visitor with confidence limits; "wasted" means that money was spent without any visitors."""

    state: Literal["paid", "free", "wasted", "unknown"]
    value: float | None
    low: float | None
    high: float | None


class Elasticity(NamedTuple):
    """Percent more sales per percent more spend, its standard error (0 if unknown) and number of days."""

    value: float
    error: float
    days: int


def cost_per_visitor(cost: float | None, visitors: float | None, level: float = 0.95) -> CostPerVisitor:
    """Return cost per visitor with Garwood confidence limits; state "free" if nothing was spent.

    The uncertainty is that of the number of visitors.
    """
    if cost is None or visitors is None:
        return CostPerVisitor("unknown", None, None, None)
    if cost <= 0:
        return CostPerVisitor("free", 0.0, 0.0, 0.0)
    few, many = distributions.garwood(visitors, level)
    if visitors <= 0:
        return CostPerVisitor("wasted", None, cost / many, None)
    return CostPerVisitor("paid", cost / visitors, cost / many, cost / few)


def elasticity(spend: Sequence[float], gmv: Sequence[float]) -> Elasticity | None:
    """Return the slope of log sales on log spend by least squares over days with both above 0.

    None if there are fewer than two spend levels. The estimate is observational and biased upward, because
    spend rises on days when demand rises.
    """
    points = [(math.log(x), math.log(y)) for x, y in zip(spend, gmv, strict=True) if x > 0 and y > 0]
    n = len(points)
    if n < 2 or len({x for x, _ in points}) < 2:
        return None
    mean_x, mean_y = math.fsum(x for x, _ in points) / n, math.fsum(y for _, y in points) / n
    square = math.fsum((x - mean_x) ** 2 for x, _ in points)
    slope = math.fsum((x - mean_x) * (y - mean_y) for x, y in points) / square
    left = math.fsum((y - mean_y - slope * (x - mean_x)) ** 2 for x, y in points)
    return Elasticity(slope, math.sqrt(left / (n - 2) / square) if n > 2 else 0.0, n)


def believed_elasticity(measured: Elasticity | None) -> float:
    """Return the elasticity to use, 0..1: the measured one shrunk towards the usual 0.7 ± 0.2.

    It is 0.7 if it was measured over fewer than 8 days.
    """
    if measured is None or measured.days < FEWEST_SPEND_DAYS:
        return USUAL_ELASTICITY
    precision, usual = 1.0 / max(measured.error, 1e-9) ** 2, 1.0 / USUAL_ELASTICITY_SD**2
    value = (measured.value * precision + USUAL_ELASTICITY * usual) / (precision + usual)
    return min(1.0, max(0.0, value))


def marginal_roi(average: float, slope: float) -> float:
    """Return the sales brought by the next yuan of ad spend: elasticity times average ROI."""
    return slope * average
