"""Decompose a difference in sales into effects of visitors, conversion and order value."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Trade(NamedTuple):
    """Visitors, buyers and sales of a day, source or item, or means over days; a field is None if unknown."""

    visitors: float | None
    buyers: float | None
    gmv: float | None


class Effects(NamedTuple):
    """A change of sales in yuan: three effects, and the unexplained rest (refunds without buyers)."""

    visitors: float
    conversion: float
    aov: float
    rest: float = 0.0

    @property
    def total(self) -> float:
        """Return the whole change of sales in yuan."""
        return self.visitors + self.conversion + self.aov + self.rest


class SourceSplit(NamedTuple):
    """A shop's change of sales by traffic source; the sources and ``unattributed`` add up to ``total``."""

    sources: Mapping[str, Effects]
    unattributed: float
    total: float
    unknown: tuple[str, ...]
    """Sources with an unknown figure; their change is part of ``unattributed``."""


def shapley_three(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    """Return the Shapley effects of three factors on the change of their product, in closed form.

    Factors may be zero or negative.
    """

    def effect(a: int, b: int, c: int) -> float:
        same = before[b] * before[c] + after[b] * after[c]
        crossed = before[b] * after[c] + after[b] * before[c]
        return (after[a] - before[a]) * (same / 3.0 + crossed / 6.0)

    return effect(0, 1, 2), effect(1, 2, 0), effect(2, 0, 1)


def carried(
    before: Trade, after: Trade
) -> tuple[tuple[float, float, float], tuple[float, float, float]] | None:
    """Return (visitors, conversion, order value) of both periods.

    An undefined rate (0/0) takes the other period's value; if both are undefined, 0 in both, so that its
    effect is 0. None if a count is unknown.
    """
    if None in before or None in after:
        return None
    v0, b0, g0, v1, b1, g1 = (float(x) for x in (*before, *after) if x is not None)
    conversion = carry(_over(b0, v0), _over(b1, v1))
    aov = carry(_over(g0, b0), _over(g1, b1))
    return (v0, conversion[0], aov[0]), (v1, conversion[1], aov[1])


def _over(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def carry(before: float | None, after: float | None) -> tuple[float, float]:
    """Replace an undefined rate with the other period's; if both are undefined, return 0 and 0."""
    if before is None:
        before = after
    if after is None:
        after = before
    return before or 0.0, after or 0.0


def split_gmv(before: Trade, after: Trade) -> Effects | None:
    """Split a change of sales in yuan by visitors, conversion and order value (Shapley).

    None if a figure is unknown. Without visitors in one period the whole change is the visitors' effect; such
    an item is to be shown as new or gone, in one line.
    """
    factors = carried(before, after)
    if factors is None or before.gmv is None or after.gmv is None:
        return None
    effects = shapley_three(*factors)
    return Effects(*effects, rest=after.gmv - before.gmv - math.fsum(effects))


def comparison_base(days: Sequence[Trade]) -> Trade:
    """Return the mean of the comparison days, so that visitors x conversion x order value = mean sales.

    Rates are ratios of sums. Days with an unknown figure are left out; all None if no day is left.
    """
    known = [[float(x) for x in day if x is not None] for day in days if None not in day]
    if not known:
        return Trade(None, None, None)
    return Trade(*(math.fsum(column) / len(known) for column in zip(*known, strict=True)))


def split_by_source(
    sources: Mapping[str, tuple[Trade, Trade]], store_gmv_before: float, store_gmv_after: float
) -> SourceSplit:
    """Return for each source the effects on its sales, and the remainder that no source explains.

    Visitors of sources overlap, so no shares are used: each effect reads "search brought 600 fewer visitors".
    """
    splits = {name: split_gmv(*pair) for name, pair in sources.items()}
    known = {name: effects for name, effects in splits.items() if effects is not None}
    total = store_gmv_after - store_gmv_before
    explained = math.fsum(effects.total for effects in known.values())
    return SourceSplit(known, total - explained, total, tuple(name for name in splits if name not in known))
