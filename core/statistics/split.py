"""Why GMV differs: exact effects of visitors, conversion and AOV, also by source (section 2)."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple


class Trade(NamedTuple):
    """What one day, source or item sold; means over several days are welcome. None = not known."""

    visitors: float | None
    buyers: float | None
    gmv: float | None


class Effects(NamedTuple):
    """A change of GMV in yuan: three effects, and what they leave over (refunds without buyers)."""

    visitors: float
    conversion: float
    aov: float
    rest: float = 0.0

    @property
    def total(self) -> float:
        """The whole change."""
        return self.visitors + self.conversion + self.aov + self.rest


class SourceSplit(NamedTuple):
    """A store's change of GMV by source, with the line that makes the sum right."""

    sources: Mapping[str, Effects]
    unattributed: float
    total: float
    unknown: tuple[str, ...]
    """Sources with a missing figure; their change sits in `unattributed`."""


def shapley_three(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    """Shapley effects of a product of three factors in closed form; zero and negative values are fine."""

    def effect(a: int, b: int, c: int) -> float:
        same = before[b] * before[c] + after[b] * after[c]
        crossed = before[b] * after[c] + after[b] * before[c]
        return (after[a] - before[a]) * (same / 3.0 + crossed / 6.0)

    return effect(0, 1, 2), effect(1, 2, 0), effect(2, 0, 1)


def carried(
    before: Trade, after: Trade
) -> tuple[tuple[float, float, float], tuple[float, float, float]] | None:
    """Visitors, conversion and AOV of both periods, 0/0 filled with the other period's value (section 2.4).

    Both undefined: 0 in both, so the effect is 0. None when a count is unknown.
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
    """Fill an undefined rate with the other period's; both undefined: 0 and 0."""
    if before is None:
        before = after
    if after is None:
        after = before
    return before or 0.0, after or 0.0


def split_gmv(before: Trade, after: Trade) -> Effects | None:
    """GMV change in yuan by visitors, conversion and AOV (Shapley); None when a figure is unknown.

    Without visitors in one period everything is the visitors' effect: show such an item as one line, new or
    gone.
    """
    factors = carried(before, after)
    if factors is None or before.gmv is None or after.gmv is None:
        return None
    effects = shapley_three(*factors)
    return Effects(*effects, rest=after.gmv - before.gmv - math.fsum(effects))


def comparison_base(days: Sequence[Trade]) -> Trade:
    """Mean of the comparison days by ratio of sums, so that visitors x conversion x AOV is their mean GMV.

    Days with an unknown figure are left out; all None when no day is left.
    """
    known = [[float(x) for x in day if x is not None] for day in days if None not in day]
    if not known:
        return Trade(None, None, None)
    return Trade(*(math.fsum(column) / len(known) for column in zip(*known, strict=True)))


def split_by_source(
    sources: Mapping[str, tuple[Trade, Trade]], store_gmv_before: float, store_gmv_after: float
) -> SourceSplit:
    """Effects per source on its own visitors, and one unattributed line that makes the sum right.

    Visitors of sources overlap, so no shares are used: each effect reads "search brought 600 fewer visitors".
    """
    splits = {name: split_gmv(*pair) for name, pair in sources.items()}
    known = {name: effects for name, effects in splits.items() if effects is not None}
    total = store_gmv_after - store_gmv_before
    explained = math.fsum(effects.total for effects in known.values())
    return SourceSplit(known, total - explained, total, tuple(name for name in splits if name not in known))
