"""The gap by traffic source in yuan, with the cost of each source's visitors.

A visitor may come from several sources, so one line of the gap remains unattributed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures.source_names import cost_column
from core.shop.settings import Shop
from core.statistics.split import Effects, SourceSplit, Trade, comparison_base, split_by_source
from core.topics.sales.traffic import CostPerVisitor, cost_per_visitor
from core.topics.sales.variance.effects import sized

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One traffic source on the day, compared with its usual visitors."""

    name: str
    visitors: float
    usual: float | None
    """The usual number of visitors; None for a new source."""
    effect: Effects | None
    cost: CostPerVisitor
    spent: float | None

    @property
    def yuan(self) -> float:
        """Return the source's whole effect on the day's sales in yuan."""
        return 0.0 if self.effect is None else self.effect.total

    @property
    def lost(self) -> float:
        """Return the part of the effect that is due to the number of visitors."""
        return 0.0 if self.effect is None else self.effect.visitors


@dataclass(frozen=True, slots=True)
class SourceGap:
    """The day's gap by source, the largest effect of the number of visitors first."""

    lines: tuple[SourceLine, ...]
    split: SourceSplit
    usual: baseline.Baseline


def source_gap(
    frame: pd.DataFrame, days: Mapping[date, Trade], shop_days: pd.DataFrame, shop: Shop, day: date
) -> SourceGap | None:
    """Return the gap by source, compared with usual days that both exports cover.

    None if the day is missing from either export, or if there are too few such usual days.
    """
    rows = baseline.source_days(frame, shop)
    known = {when for when in rows["date"].dt.date if when in days} if len(rows) else set()
    if day not in known or day not in days:
        return None
    usual = baseline.usual_days(known, day, shop, need=baseline.DAYS_COMPARED)
    if not usual.days:
        return None
    multiplier = shop.multiplier(day)
    pairs = {}
    for name, own in _by_source(rows).items():
        past = [own.get(when, Trade(0.0, 0.0, 0.0)) for when in usual.days]
        pairs[name] = (sized(comparison_base(past), multiplier), own.get(day, Trade(0.0, 0.0, 0.0)))
    pairs = {name: pair for name, pair in pairs.items() if any(pair[0]) or any(pair[1])}
    store = sized(comparison_base([days[when] for when in usual.days]), multiplier)
    split = split_by_source(pairs, store.gmv or 0.0, days[day].gmv or 0.0)
    lines = [_line(name, *pair, split, shop_days, day) for name, pair in pairs.items()]
    return SourceGap(tuple(sorted(lines, key=lambda line: -abs(line.lost))), split, usual)


def _by_source(rows: pd.DataFrame) -> dict[str, dict[date, Trade]]:
    found: dict[str, dict[date, Trade]] = {}
    filled = rows[["date", "source", "visitors", "buyers", "gmv"]]
    for when, name, *figures in filled.itertuples(index=False):
        visitors, buyers, gmv = (None if value != value else float(value) for value in figures)  # noqa: PLR0124 - NaN
        found.setdefault(str(name), {})[when.date()] = Trade(visitors, buyers, gmv)
    return found


def _line(
    name: str, expected: Trade, now: Trade, split: SourceSplit, shop_days: pd.DataFrame, day: date
) -> SourceLine:
    column = cost_column(name)
    spent = baseline.column(shop_days, column).get(day) if column else None
    visitors = now.visitors or 0.0
    return SourceLine(
        name,
        visitors,
        expected.visitors or None,
        split.sources.get(name),
        cost_per_visitor(spent, visitors),
        spent,
    )
