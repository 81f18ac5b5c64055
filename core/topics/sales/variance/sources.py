"""Which source rose or fell, by its yuan, with what it cost.

Sources overlap, so one line stays unattributed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from core.measures import baseline
from core.shop.settings import Shop
from core.statistics.split import Effects, SourceSplit, Trade, comparison_base, split_by_source
from core.topics.sales.traffic import (
    CostPerVisitor,
    SourceChange,
    SourceTest,
    cost_per_visitor,
    source_changes,
)
from core.topics.sales.variance.effects import sized

if TYPE_CHECKING:
    import pandas as pd

MOVED_Q = 0.10
"""Below this adjusted chance a source has moved (analysis 3)."""
LARGE = 50
FEWEST_LARGE = 5
"""So many sources of so many visitors tell how high the tide of an unusual day stands [judgement]."""
GONE = 0.2
"""A source with less than this share of its usual visitors has stopped."""
SMALLEST_EFFECT = 0.01
"""Effects under this share of the day's usual GMV are not worth a sentence [judgement]."""
COSTS = (
    (re.compile(r"关键词|直通车"), "ads_keyword"),
    (re.compile(r"人群|引力魔方|超级推荐"), "ads_crowd"),
    (re.compile(r"全站"), "ads_whole"),
    (re.compile(r"智能场景|万相台"), "ads_scene"),
    (re.compile(r"淘宝客"), "taoke_fee"),
)
"""Which column of the shop's day tells what a source cost."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One source of the day."""

    name: str
    visitors: float
    usual: float | None
    effect: Effects | None
    change: SourceChange
    cost: CostPerVisitor
    spent: float | None
    since: date | None
    """First day of a stop that still lasts."""

    @property
    def moved(self) -> bool:
        """Tell whether its visitors left the usual swing, all sources tested together."""
        return self.change.q is not None and self.change.q < MOVED_Q

    @property
    def yuan(self) -> float:
        """Return its whole effect on the day's GMV."""
        return 0.0 if self.effect is None else self.effect.total

    @property
    def lost(self) -> float:
        """Return the part of its effect that its visitors made; the rest is how they bought."""
        return 0.0 if self.effect is None else self.effect.visitors


@dataclass(frozen=True, slots=True)
class SourceGap:
    """The day's gap by source, largest yuan effect first."""

    lines: tuple[SourceLine, ...]
    split: SourceSplit
    test: SourceTest
    usual: baseline.Baseline
    worth: float
    """Yuan from which an effect is worth a sentence."""
    shape_known: bool = True
    """False on a campaign day: what it does to each source nobody knows."""

    @property
    def told(self) -> list[SourceLine]:
        """Return the sources worth a sentence: moved beyond chance; on a campaign day only stopped ones."""
        moved = [line for line in self.lines if line.moved and abs(line.lost) >= self.worth]
        return moved if self.shape_known else [line for line in moved if line.since is not None]


def source_gap(
    frame: pd.DataFrame, days: Mapping[date, Trade], shop_days: pd.DataFrame, shop: Shop, day: date
) -> SourceGap | None:
    """Return the gap by source against days both exports know.

    None when the day or four such days are not there.
    """
    rows = baseline.source_days(frame, shop)
    known = {when for when in rows["date"].dt.date if when in days} if len(rows) else set()
    if day not in known or day not in days:
        return None
    usual = baseline.usual_days(known, day, shop, need=baseline.DAYS_COMPARED)
    if not usual.days:
        return None
    multiplier = shop.multiplier(day)
    by_source = _by_source(rows)
    pairs, past_visitors, today = {}, {}, {}
    for name, own in by_source.items():
        past = [own.get(when, Trade(0.0, 0.0, 0.0)) for when in usual.days]
        now = own.get(day, Trade(0.0, 0.0, 0.0))
        pairs[name] = (sized(comparison_base(past), multiplier), now)
        past_visitors[name] = [trade.visitors or 0.0 for trade in past]
        today[name] = now.visitors or 0.0
    pairs = {name: pair for name, pair in pairs.items() if any(pair[0]) or any(pair[1])}
    size = 1.0 if baseline.is_plain(shop, day) else tide(past_visitors, today, multiplier**0.5)
    history = {
        name: [one * size for one in past_visitors[name]] for name in pairs if any(past_visitors[name])
    }
    test = source_changes(history, {name: today[name] for name in pairs})
    store = sized(comparison_base([days[when] for when in usual.days]), multiplier)
    split = split_by_source(pairs, store.gmv or 0.0, days[day].gmv or 0.0)
    lines = [_line(name, test.sources[name], split, by_source[name], shop_days, day) for name in pairs]
    ranked = tuple(sorted(lines, key=lambda line: -abs(line.lost)))
    worth = SMALLEST_EFFECT * (store.gmv or 0.0)
    return SourceGap(ranked, split, test, usual, worth, baseline.shape_known(shop, day))


def tide(history: Mapping[str, Sequence[float]], today: Mapping[str, float], planned: float) -> float:
    """How high all sources stand on a day that is not a usual one.

    The median of those large enough, else as planned.

    The calendar's size is a guess; a source is then held against how the others stand that day.
    """
    means = {name: sum(past) / len(past) for name, past in history.items()}
    ratios = [today[name] / mean for name, mean in means.items() if mean >= LARGE]
    return median(ratios) if len(ratios) >= FEWEST_LARGE else planned


def _by_source(rows: pd.DataFrame) -> dict[str, dict[date, Trade]]:
    found: dict[str, dict[date, Trade]] = {}
    filled = rows[["date", "source", "visitors", "buyers", "gmv"]]
    for when, name, *figures in filled.itertuples(index=False):
        visitors, buyers, gmv = (None if value != value else float(value) for value in figures)  # noqa: PLR0124 - NaN
        found.setdefault(str(name), {})[when.date()] = Trade(visitors, buyers, gmv)
    return found


def _line(
    name: str,
    change: SourceChange,
    split: SourceSplit,
    own: Mapping[date, Trade],
    shop_days: pd.DataFrame,
    day: date,
) -> SourceLine:
    column = next((column for pattern, column in COSTS if pattern.search(name)), "")
    spent = baseline.column(shop_days, column).get(day) if column else None
    visitors = change.today
    return SourceLine(
        name,
        visitors,
        change.mean,
        split.sources.get(name),
        change,
        cost_per_visitor(spent, visitors),
        spent,
        _since(own, change, day),
    )


def _since(own: Mapping[date, Trade], change: SourceChange, day: date) -> date | None:
    """Go back from the day while the source brings next to nothing; None when it still runs or never did."""
    if not change.mean or change.today >= GONE * change.mean:
        return None
    first = day
    while (before := own.get(first - timedelta(days=1))) is not None and (
        before.visitors or 0.0
    ) < GONE * change.mean:
        first -= timedelta(days=1)
    return first
