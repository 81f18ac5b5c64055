"""Detect changes of items: traffic, carts, conversion, payment, refunds and price, one test each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from core.shop.settings import Shop
from core.statistics import price_shift
from core.statistics.count_shift import scan_chance
from core.statistics.multiple_tests import size_weights
from core.statistics.price_shift import GATE, Prices, price_levels, prices
from core.topics.incidents.calling import standing
from core.topics.incidents.change import BUDGET, Loss, ObjectChange
from core.topics.incidents.grids import DayGrid, grid
from core.topics.incidents.watched_counts import KEPT, CountedFamily, CountTest, changes, counted

if TYPE_CHECKING:
    import pandas as pd

MOST = 200
"""The most items tested one by one; each one's share of the false-alarm budget falls with their number."""
SEEN_LEAST = 5.0
"""The visitors per day from which an item is tested by itself."""
POOLED_BELOW = 30.0
"""The visitors per day below which items are also tested together as one pooled row."""
POOL: Final = "small items"
"""The name of the pooled row; no item id contains a blank."""
FEWEST_POOLED = 3
WEEK = 7
COLUMNS = (
    "visitors",
    "search_visitors",
    "cart_buyers",
    "ordered_buyers",
    "buyers",
    "units",
    "gmv",
    "bounce_rate",
)
TESTS: Final = {
    "visitors": CountTest("item", "visitors", 0.03, drifts=True),
    "search_visitors": CountTest("item", "search_visitors", 0.03, drifts=True),
    "cart_rate": CountTest("item", "cart_rate", 0.01, power=0.0),
    "conversion": CountTest("item", "conversion", 0.01),
    "paid_share": CountTest("item", "paid_share", 0.01, power=0.0),
    "refunds": CountTest("item", "refunds", 0.02, 1, power=0.0),
}
"""The tests of items.

Their prior variances beyond Poisson correspond to a daily standard deviation of 17 % for traffic, 10 % for
conversion and carts, and 14 % for refunds.
"""


@dataclass(frozen=True, eq=False)
class ItemFamily:
    """The results of testing all items for changes, and other figures of these items."""

    grid: DayGrid
    """The items tested one by one, and last the pooled row if there is one."""
    titles: Mapping[str, str]
    tests: Mapping[str, CountedFamily]
    prices: Prices
    changes: tuple[ObjectChange, ...]
    index: np.ndarray
    """The shop's log price index by day."""
    every: DayGrid
    """All items, including those too small to test."""
    sales: float
    """The usual sales per day of all items together."""
    title_days: Mapping[str, date] = field(default_factory=dict)
    """The first day of an item's current title, if the title changed within the last three weeks."""


def item_family(
    frame: pd.DataFrame, refunds: pd.DataFrame | None, shop: Shop, today: date, scale: float
) -> ItemFamily | None:
    """Test every item for changes; None if there is no recent day.

    ``scale`` multiplies the false-alarm budget.
    """
    whole = grid(frame, "item", COLUMNS, shop, today)
    if whole is None:
        return None
    mean = whole.mean("visitors")
    usual_sales = np.nan_to_num(whole.mean("gmv"))
    large = [int(place) for place in np.argsort(-usual_sales) if mean[place] >= SEEN_LEAST][:MOST]
    chosen = _with_pool(whole, sorted(large), mean)
    back = _refunds(refunds, chosen, shop, today)
    value, sold = chosen.values, np.nan_to_num(chosen.mean("gmv"))
    buyers, visits = chosen.mean("buyers"), chosen.mean("visitors")
    aov = sold / np.maximum(buyers, 1e-9) * (buyers > 0)
    worth_visit = sold / np.maximum(visits, 1e-9) * (visits > 0)
    ones = np.where(np.isfinite(value["visitors"]), 1.0, np.nan)
    refund_worth = _refund_worth(refunds, chosen)
    inputs = {
        "visitors": (value["visitors"], ones, worth_visit),
        "search_visitors": (value["search_visitors"], ones, worth_visit),
        "cart_rate": (value["cart_buyers"], value["visitors"], np.zeros(len(aov))),
        "conversion": (value["buyers"], value["visitors"], aov),
        "paid_share": (value["buyers"], value["ordered_buyers"], aov),
    }
    if back is not None:
        inputs["refunds"] = (back, _week_before(value["units"]), refund_worth)
    used = {
        name: given
        for name, given in inputs.items()
        if np.isfinite(given[0]).any() and np.isfinite(given[1]).any()
    }
    alpha = BUDGET["item"] * scale / (len(used) + 1)
    tests = {
        name: counted(TESTS[name], chosen, counts, exposure, sizes=sold, worth=worth, alpha=alpha, shop=shop)
        for name, (counts, exposure, worth) in used.items()
    }
    told = [
        one
        for name, test in tests.items()
        for one in changes(
            test, shop, rate=name not in ("visitors", "search_visitors", "refunds"), items=True
        )
    ]
    alone = chosen.chosen([place for place, name in enumerate(chosen.names) if name != POOL])
    paid = prices(alone.values["gmv"], alone.values["units"], alone.plain)
    told += _price_changes(paid, alone, alpha)
    return ItemFamily(
        chosen,
        _titles(frame),
        tests,
        paid,
        tuple(told),
        price_levels(paid),
        whole,
        float(usual_sales.sum()),
        _title_days(frame, whole.last),
    )


def _with_pool(whole: DayGrid, places: list[int], mean: np.ndarray) -> DayGrid:
    """Return the grid of the individually tested items, with all small items summed in a last row."""
    chosen = whole.chosen(places)
    small = np.flatnonzero((mean < POOLED_BELOW) & (mean > 0))
    if len(small) < FEWEST_POOLED:
        return chosen
    values = {}
    for name, held in whole.values.items():
        own = held[small]
        pooled = np.where(np.isfinite(own).any(axis=0), np.nansum(own, axis=0), np.nan)
        values[name] = np.vstack([chosen.values[name], pooled[None, :]])
    row = np.asarray(whole.held[small].any(axis=0))[None, :]
    return DayGrid(
        (*chosen.names, POOL),
        chosen.days,
        values,
        chosen.told,
        np.vstack([chosen.held, row]),
        chosen.plain,
        chosen.rough,
    )


def _week_before(units: np.ndarray) -> np.ndarray:
    """Return the mean units sold in the seven days before each day, as refunds follow sales by some days."""
    found = np.full(units.shape, np.nan)
    for day in range(WEEK, units.shape[1]):
        week = units[:, day - WEEK : day]
        known = np.isfinite(week)
        found[:, day] = np.where(
            known.any(axis=1),
            np.where(known, week, 0.0).sum(axis=1) / np.maximum(known.sum(axis=1), 1),
            np.nan,
        )
    return np.asarray(np.where(found > 0, found, np.nan))


def _refunds(frame: pd.DataFrame | None, chosen: DayGrid, shop: Shop, today: date) -> np.ndarray | None:
    """Return refund requests by item and day.

    None if there is no refund list or if it ends before the grid's last day.
    """
    if frame is None or frame.empty or "item" not in frame or frame["date"].max().date() < chosen.last:
        return None
    counts = np.zeros((len(chosen.names), len(chosen.days)))
    first = frame["date"].min().date()
    place = {name: row for row, name in enumerate(chosen.names)}
    listed = frame.groupby(["item", "date"]).size().reset_index(name="n")
    for item, when, n in listed.itertuples(index=False):
        column = (when.date() - chosen.days[0]).days
        row = place.get(str(item), place.get(POOL))
        if row is not None and 0 <= column < len(chosen.days) and when.date() < today:
            counts[row, column] += n
    counts[:, [day < first for day in chosen.days]] = np.nan
    del shop
    return counts


def _refund_worth(frame: pd.DataFrame | None, chosen: DayGrid) -> np.ndarray:
    """Return the mean refund amount by item in yuan."""
    if frame is None or frame.empty or "item" not in frame:
        return np.zeros(len(chosen.names))
    each = frame.groupby("item")["amount"].mean()
    everyone = float(frame["amount"].mean())
    return np.asarray(np.nan_to_num([float(each.get(name, everyone)) for name in chosen.names]))


def _price_changes(paid: Prices, grid_: DayGrid, alpha: float) -> list[ObjectChange]:
    """Return the items whose price paid changed: falls are tested, rises are kept as possible causes."""
    if not len(grid_.names):
        return []
    last = len(grid_.days) - 1
    first = [price_shift.price_shift(paid, last, length) for length in price_shift.WINDOWS]

    def chances(back: int) -> np.ndarray:
        shifts = first
        if back:
            shifts = [price_shift.price_shift(paid, last - back, length) for length in price_shift.WINDOWS]
        z = np.stack([np.where(np.abs(one.size) >= GATE, -one.z, np.nan) for one in shifts])
        low = np.max(np.where(np.isfinite(z), z, -9.0), axis=0)
        return scan_chance(np.where(np.isfinite(z).any(axis=0), low, np.nan), price_shift.LOOKS)

    now, stands, since = standing(chances, last, size_weights(list(np.nan_to_num(grid_.mean("gmv")))), alpha)
    found = []
    for place in range(len(grid_.names)):
        of_item = [
            (length, float(one.z[place]), one)
            for length, one in zip(price_shift.WINDOWS, first, strict=True)
            if np.isfinite(one.z[place]) and abs(one.size[place]) >= GATE
        ]
        if not of_item:
            continue
        falls = bool(stands[place]) or now[place] <= KEPT
        if not falls and max(z for _, z, _ in of_item) < 3.0:  # noqa: PLR2004 - scatters
            continue
        best = min(of_item, key=lambda one: one[1]) if falls else max(of_item, key=lambda one: one[1])
        change = _price_change(paid, grid_, place, best)
        called = bool(stands[place]) and change.seen < change.usual
        found.append(
            replace(
                change,
                p=float(now[place]) if falls else 1.0,
                called=called,
                first=grid_.last + timedelta(days=1 - int(since[place])) if called else None,
                sure=max(0.5, 1.0 - float(now[place]) * len(grid_.names) / max(1, int(stands.sum()))),
            )
        )
    return found


def _price_change(
    paid: Prices, grid_: DayGrid, place: int, best: tuple[int, float, price_shift.PriceShift]
) -> ObjectChange:
    length, z, shift = best
    usual, seen = float(shift.usual[place]), float(shift.paid[place])
    days = grid_.days
    start = _price_start(paid, place, length, low=seen < usual)
    span = len(days) - start
    a_day = float(paid.units[place, start:].sum()) / max(1, span)
    lost = max(0.0, (usual - seen) * a_day)
    scatter = abs(lost / z) * 1.28 if z else 0.0
    return ObjectChange(
        family="item",
        metric="price",
        name=grid_.names[place],
        start=days[start],
        earliest=days[start],
        latest=days[start],
        last=days[-1],
        days=span,
        seen=seen,
        usual=usual,
        counted=a_day * span,
        z=-z,
        loss=Loss(lost, max(0.0, lost - scatter), lost + scatter, "margin") if lost else None,
        of_own=abs(seen - usual) / usual,
    )


def _price_start(paid: Prices, place: int, length: int, *, low: bool) -> int:
    """Return the position of the first day in the latest run of days with a price near the new one.

    Near means more than halfway from the usual to the new price. The run is followed back over at most 21
    days.
    """
    last = len(paid.plain) - 1
    shift = price_shift.price_shift(paid, last, length)
    line = float(np.log(shift.usual[place])) + float(shift.size[place]) / 2.0
    start = last + 1
    for day in range(last, max(-1, last - 21), -1):
        value = paid.logs[place, day]
        if np.isfinite(value) and (value > line if low else value < line):
            break
        if np.isfinite(value):
            start = day
    return min(start, last)


def _titles(frame: pd.DataFrame) -> dict[str, str]:
    if "title" not in frame:
        return {}
    named = frame[frame["title"] != ""]
    return dict(zip(named["item"].astype("str"), named["title"].astype("str"), strict=True))


def _title_days(frame: pd.DataFrame, last: date) -> dict[str, date]:
    """Return, by item, the day on which it got its current title, if within the last three weeks."""
    import pandas as pd

    if "title" not in frame:
        return {}
    rows = frame[(frame["title"] != "") & (frame["date"] >= pd.Timestamp(last - timedelta(days=28)))]
    rows = rows[["item", "date", "title"]].sort_values(["item", "date"], kind="stable")
    same = rows["item"].to_numpy()[1:] == rows["item"].to_numpy()[:-1]
    other = rows["title"].to_numpy()[1:] != rows["title"].to_numpy()[:-1]
    moved = rows.iloc[1:][same & other]
    days = dict(zip(moved["item"].astype("str"), moved["date"].dt.date, strict=True))
    return {item: day for item, day in days.items() if day > last - timedelta(days=21)}
