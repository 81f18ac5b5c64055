"""Which source moved, what a visitor cost, and what the next yuan would bring (section 3)."""

import math
from collections.abc import Mapping, Sequence
from statistics import median
from typing import Literal, NamedTuple

from core.statistics import distributions

FEWEST_DAYS = 4
SMALLEST_EXPECTED = 5.0
FEWEST_SPEND_DAYS = 8
USUAL_ELASTICITY = 0.7
USUAL_ELASTICITY_SD = 0.2


class SourceChange(NamedTuple):
    """One source against its base days; z, p and q are None where no test is honest."""

    state: Literal["tested", "few days", "small", "new"]
    today: float
    mean: float | None
    z: float | None = None
    p: float | None = None
    q: float | None = None
    """Benjamini-Hochberg over all tested sources: colour where below 0.10."""


class SourceTest(NamedTuple):
    """Every source's change and what they share; `small` = the small sources taken together."""

    sources: Mapping[str, SourceChange]
    small: SourceChange | None
    dispersion: float


class CostPerVisitor(NamedTuple):
    """Yuan per visitor with its limits; "wasted" = money without visitors, value unknown."""

    state: Literal["paid", "free", "wasted", "unknown"]
    value: float | None
    low: float | None
    high: float | None


class Elasticity(NamedTuple):
    """Percent more GMV per percent more spend, its standard error (0 = not known) and its days."""

    value: float
    error: float
    days: int


def source_changes(history: Mapping[str, Sequence[float]], today: Mapping[str, float]) -> SourceTest:
    """Quasi-Poisson test of each source's visitors against same-class days, with one pooled dispersion.

    Sources missing from `history` are new; under 4 days: no z; under 5 expected visitors: pooled into
    `small`. z = (v - b) / sqrt(phi b (1 + 1/n)); p two-sided from t with the pooled degrees of freedom.
    """
    bases = {name: _mean(history.get(name, ())) for name in today}
    tested = [
        name
        for name, mean in bases.items()
        if len(history.get(name, ())) >= FEWEST_DAYS and (mean or 0) >= SMALLEST_EXPECTED
    ]
    ratios = [distributions.standard_deviation(history[name]) ** 2 / (bases[name] or 1.0) for name in tested]
    dispersion = max(1.0, median(ratios)) if ratios else 1.0
    degrees = sum(len(history[name]) - 1 for name in tested)
    found = {
        name: _tested(history[name], today[name], dispersion, degrees)
        if name in tested
        else _untested(history, name, today[name])
        for name in today
    }
    adjusted = distributions.benjamini_hochberg([found[name].p or 0.0 for name in tested])
    for name, q in zip(tested, adjusted, strict=True):
        found[name] = found[name]._replace(q=q)
    names = [name for name, change in found.items() if change.state == "small"]
    days = min((len(history[name]) for name in names), default=0)
    small = None
    if names and days >= FEWEST_DAYS:
        summed = [math.fsum(history[name][-day] for name in names) for day in range(days, 0, -1)]
        small = _tested(summed, math.fsum(today[name] for name in names), dispersion, max(degrees, days - 1))
    return SourceTest(found, small, dispersion)


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _tested(history: Sequence[float], today: float, dispersion: float, degrees: int) -> SourceChange:
    n = len(history)
    mean = math.fsum(history) / n
    if mean <= 0:
        return SourceChange("small", today, mean)
    z = (today - mean) / math.sqrt(dispersion * mean * (1.0 + 1.0 / n))
    return SourceChange("tested", today, mean, z, 2.0 * distributions.student_cdf(-abs(z), degrees))


def _untested(history: Mapping[str, Sequence[float]], name: str, today: float) -> SourceChange:
    days = history.get(name, ())
    if not any(days):
        return SourceChange("new", today, None)
    return SourceChange("few days" if len(days) < FEWEST_DAYS else "small", today, _mean(days))


def cost_per_visitor(cost: float | None, visitors: float | None, level: float = 0.95) -> CostPerVisitor:
    """Cost over visitors, limits from Garwood's limits of the visitors; nothing spent is "free"."""
    if cost is None or visitors is None:
        return CostPerVisitor("unknown", None, None, None)
    if cost <= 0:
        return CostPerVisitor("free", 0.0, 0.0, 0.0)
    few, many = distributions.garwood(visitors, level)
    if visitors <= 0:
        return CostPerVisitor("wasted", None, cost / many, None)
    return CostPerVisitor("paid", cost / visitors, cost / many, cost / few)


def elasticity(spend: Sequence[float], gmv: Sequence[float]) -> Elasticity | None:
    """Slope of log GMV on log spend by least squares over days with both above 0.

    None without two spend levels. Observational: spend rises on days demand rises, so it is biased upward.
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
    """The elasticity to act on: measured over at least 8 days, shrunk to 0.7 +- 0.2, within 0..1."""
    if measured is None or measured.days < FEWEST_SPEND_DAYS:
        return USUAL_ELASTICITY
    precision, usual = 1.0 / max(measured.error, 1e-9) ** 2, 1.0 / USUAL_ELASTICITY_SD**2
    value = (measured.value * precision + USUAL_ELASTICITY * usual) / (precision + usual)
    return min(1.0, max(0.0, value))


def marginal_roi(average: float, slope: float) -> float:
    """GMV the next yuan brings: elasticity x average ROI."""
    return slope * average
