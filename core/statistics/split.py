"""Why GMV differs: exact effects of visitors, conversion and AOV, also by source (section 2)."""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple, TypeVar

Factor = TypeVar("Factor")


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


def shapley(
    before: Sequence[Factor], after: Sequence[Factor], value: Callable[[Sequence[Factor]], float]
) -> tuple[float, ...]:
    """Shapley effects of any number of factors (numbers or vectors) of any function; they sum to its change.

    2^k evaluations; for a product this is Das Gupta's symmetric decomposition. Shapley 1953, Das Gupta 1993.
    """
    k = len(before)
    worth = {
        chosen: value([after[place] if place in chosen else before[place] for place in range(k)])
        for size in range(k + 1)
        for chosen in map(frozenset, combinations(range(k), size))
    }
    return tuple(
        math.fsum(
            (worth[chosen | {place}] - worth[chosen]) / (k * math.comb(k - 1, len(chosen)))
            for chosen in worth
            if place not in chosen
        )
        for place in range(k)
    )


def shapley_three(before: Sequence[float], after: Sequence[float]) -> tuple[float, float, float]:
    """Shapley effects of a product of three factors in closed form; zero and negative values are fine."""

    def effect(a: int, b: int, c: int) -> float:
        same = before[b] * before[c] + after[b] * after[c]
        crossed = before[b] * after[c] + after[b] * before[c]
        return (after[a] - before[a]) * (same / 3.0 + crossed / 6.0)

    return effect(0, 1, 2), effect(1, 2, 0), effect(2, 0, 1)


def lmdi(before: Sequence[float], after: Sequence[float]) -> tuple[float, ...]:
    """Additive LMDI-I effects of a product of factors, the cross-check of Shapley; they sum to its change.

    A factor that is zero in one period takes the whole change and, should several be zero, they share it
    (the published limit counted for each would count twice; see `carried`). Raises ValueError for negative
    factors: use Shapley. Ang 2005, Ang and Liu 2007.
    """
    if min(*before, *after) < 0:
        raise ValueError("LMDI knows no negative factors: use shapley, which needs no logarithms")
    start, end = math.prod(before), math.prod(after)
    zeros = [
        place for place, pair in enumerate(zip(before, after, strict=True)) if 0 in pair and pair != (0, 0)
    ]
    if start == 0 or end == 0:
        share = (end - start) / len(zeros) if zeros else 0.0
        return tuple(share if place in zeros else 0.0 for place in range(len(before)))
    weight = log_mean(end, start)
    return tuple(weight * math.log(x1 / x0) for x0, x1 in zip(before, after, strict=True))


def log_mean(p: float, q: float) -> float:
    """Logarithmic mean of two positive numbers; L(p, p) = p."""
    gap = math.log(p / q)
    return (p - q) / gap if abs(gap) > 1e-12 else p  # below it the ratio has no digits left


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


def scaled_to_plan(base: Trade, plan_gmv: float) -> tuple[Trade, float] | None:
    """The base with visitors, buyers and GMV scaled to a planned GMV, and that "plan growth" in yuan."""
    if None in base or not base.gmv:
        return None
    scale = plan_gmv / base.gmv
    return Trade(*(None if x is None else x * scale for x in base)), plan_gmv - base.gmv


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


def chain_by_source(
    sources: Mapping[str, tuple[Trade, Trade]], store_visitors: tuple[float, float]
) -> Mapping[str, tuple[float, ...]] | None:
    """Per source the LMDI effects of store visitors, overlap, share, conversion and AOV.

    None if a figure is missing. Overlap = sum of source visitors / store visitors. The columns sum to the
    store's effects, all to the change of the summed source GMV. Sources without visitors in a period need
    `split_by_source`.
    """
    pairs = {name: carried(*pair) for name, pair in sources.items()}
    sums = [math.fsum(trade[period].visitors or 0.0 for trade in sources.values()) for period in (0, 1)]
    if any(pair is None for pair in pairs.values()) or not all((*sums, *store_visitors)):
        return None
    return {
        name: lmdi(
            *(
                (store, summed / store, own[0] / summed, own[1], own[2])
                for store, summed, own in zip(store_visitors, sums, pair, strict=True)
            )
        )
        for name, pair in pairs.items()
        if pair is not None
    }
