"""The gap by item: the five largest, new and vanished items, and the rest pooled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from core.measures import baseline
from core.shop.settings import Shop
from core.statistics.split import Effects, Trade, comparison_base, split_gmv
from core.topics.sales.variance.effects import sized

if TYPE_CHECKING:
    import pandas as pd

NAMED = 5
NOTHING = Trade(0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item, or the pooled rest, compared with its usual days."""

    item: str
    """The item's id; empty for the pooled rest."""
    title: str
    state: Literal["usual", "new", "gone"]
    now: Trade
    expected: Trade
    effects: Effects


@dataclass(frozen=True, slots=True)
class ItemGap:
    """The gap by item; the lines add up to the whole."""

    lines: tuple[ItemLine, ...]
    usual: baseline.Baseline


def item_gap(frame: pd.DataFrame, shop: Shop, day: date) -> ItemGap | None:
    """Return the gap by item; None if the day or its usual days are not in the export."""
    known = {when for when in frame["date"].dt.date if isinstance(when, date)}
    usual = baseline.usual_days(known, day, shop, need=baseline.DAYS_COMPARED)
    if day not in known or not usual.days:
        return None
    wanted = frame[frame["date"].dt.date.isin([day, *usual.days])]
    titles = dict(zip(wanted["item"], wanted["title"], strict=True))
    by_item = _by_item(wanted)
    pairs = {item: _pair(own, usual, shop, day) for item, own in by_item.items()}
    ranked = sorted(pairs, key=lambda item: -abs((pairs[item][1].gmv or 0.0) - (pairs[item][0].gmv or 0.0)))
    named, rest = ranked[:NAMED], ranked[NAMED:]
    lines = [_line(item, shop.item(item).name or titles[item], *pairs[item]) for item in named]
    if rest:
        pooled = [_sum([pairs[item][period] for item in rest]) for period in (0, 1)]
        lines.append(_line("", "", *pooled))
    return ItemGap(tuple(line for line in lines if line is not None), usual)


def _by_item(frame: pd.DataFrame) -> dict[str, dict[date, Trade]]:
    found: dict[str, dict[date, Trade]] = {}
    for when, item, *figures in frame[["date", "item", "visitors", "buyers", "gmv"]].itertuples(index=False):
        values = [None if value != value else float(value) for value in figures]  # noqa: PLR0124 - NaN is unknown
        found.setdefault(str(item), {})[when.date()] = Trade(*values)
    return found


def _pair(own: Mapping[date, Trade], usual: baseline.Baseline, shop: Shop, day: date) -> tuple[Trade, Trade]:
    base = comparison_base([own.get(when, NOTHING) for when in usual.days])
    return sized(base, shop.multiplier(day)), own.get(day, NOTHING)


def _sum(trades: list[Trade]) -> Trade:
    return Trade(*(sum(value or 0.0 for value in column) for column in zip(*trades, strict=True)))


def _line(item: str, title: str, expected: Trade, now: Trade) -> ItemLine | None:
    effects = split_gmv(expected, now)
    if effects is None:
        return None
    state: Literal["usual", "new", "gone"] = "usual"
    if not expected.visitors and not expected.gmv:
        state = "new"
    elif not now.visitors and not now.gmv:
        state = "gone"
    return ItemLine(item, title, state, now, expected, effects)
