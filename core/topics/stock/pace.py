"""The pace of an item's sales while it is in stock, without sold-out days and days of unusual sales."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from core.measures.usual_days import size, usable_or_all
from core.shop.settings import OddDay, Shop
from core.statistics import demand as demands
from core.statistics.demand import Demand, Sold
from core.topics.stock.stock_count import StockCount

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 7
RARE = 1e-4
"""A run of days without sales or visitors less likely than this means the item was unavailable."""
RELISTED_AFTER = 14
"""An item that is back after this many days out of the files counts as newly listed."""
VISITS_DAYS = 28


@dataclass(frozen=True, slots=True, kw_only=True)
class OddSale:
    """A day on which the item sold far more than usual.

    The day is left out of the item's demand until it is explained.
    """

    day: date
    units: float
    usual: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """The units sold on an ordinary day, estimated from the usable days."""

    demand: Demand
    first_seen: date | None
    """The first day of the present listing; None if the item was never on sale in the files."""
    since_first_file: bool = False
    """Whether the item is seen from the first imported day on, so that it may be older than the files."""
    days_empty: int = 0
    """Days left out because the item was not available."""
    hidden_since: date | None = None
    """The first day of the present run of days without a row or a visitor; None if the item is seen."""
    odd: tuple[OddSale, ...] = ()
    """Unexplained days of unusual sales, left out of the demand, oldest first."""
    raised: Demand | None = None
    """The demand if the last unusual day began a new level; None if later days show that it did not."""
    price: float | None = None
    """The mean price paid per unit."""


class _Row(NamedTuple):
    """One item's figures of one day; NaN for a figure that the file does not have."""

    units: float
    gmv: float
    visitors: float


@dataclass(frozen=True, slots=True)
class _Days:
    """What all items share: the days of the files, the usable days, and each day's calendar multiplier."""

    all: Sequence[date]
    """All days of the files, oldest first."""
    usable: Sequence[date]
    sizes: Mapping[date, float]
    today: date


def paces(
    frame: pd.DataFrame, empty: Mapping[str, Collection[date]], shop: Shop, today: date
) -> dict[str, Pace]:
    """Return the pace of every item.

    A day without a row for an item counts as a day without a sale, if the item had a row before.
    """
    columns = [name for name in ("item", "date", "units", "gmv", "visitors") if name in frame]
    rows = frame.loc[frame["date"].dt.date < today, columns]
    known = sorted({when for when in rows["date"].dt.date if isinstance(when, date)})
    usable = usable_or_all(known, shop, FEWEST)
    days = _Days(known, usable, {day: size(shop, day) for day in usable}, today)
    said_of_all = shop.told_days()
    return {
        item: _pace(own, days, empty.get(item, ()), said_of_all | shop.told_days(item))
        for item, own in _by_item(rows).items()
    }


def _by_item(rows: pd.DataFrame) -> dict[str, dict[date, _Row]]:
    figures = [rows[name].astype(float) if name in rows else [math.nan] * len(rows) for name in _Row._fields]
    found: dict[str, dict[date, _Row]] = {}
    for item, when, *own in zip(rows["item"], rows["date"].dt.date, *figures, strict=True):
        found.setdefault(str(item), {})[when] = _Row(*own)
    return found


def _pace(
    own: Mapping[date, _Row], days: _Days, empty: Collection[date], told: Mapping[date, OddDay]
) -> Pace:
    sold = {day: row.units for day, row in own.items()}
    visits = {day: row.visitors for day, row in own.items()}
    seen = [day for day in days.all if _is_seen(sold.get(day), visits.get(day, math.nan))]
    first = _listed(seen, days.all)
    chosen = [day for day in days.usable if first is not None and day >= first][-demands.WINDOW :]
    units = [sold.get(day, 0.0) for day in chosen]
    sized = [None if math.isnan(n) else n / days.sizes[day] for n, day in zip(units, chosen, strict=True)]
    there = _there(chosen, sized, empty)
    counted = [
        Sold((days.today - day).days, n, days.sizes[day])
        for day, n, ok in zip(chosen, units, there, strict=True)
        if ok and not math.isnan(n)
    ]
    fitted, raised = _fitted(counted, told, days.today)
    return Pace(
        demand=fitted,
        first_seen=first,
        since_first_file=first is not None and first == days.all[0],
        days_empty=there.count(False),
        hidden_since=_hidden_since(seen, days.all, visits, sold),
        odd=tuple(
            OddSale(day=days.today - timedelta(days=one.age), units=one.units, usual=one.usual)
            for one in reversed(fitted.odd)
        ),
        raised=raised,
        price=_price(own.values()),
    )


def _fitted(
    counted: Sequence[Sold], told: Mapping[date, OddDay], today: date
) -> tuple[Demand, Demand | None]:
    """Return the demand, and the demand that holds if the last unusual day began a new level of sales.

    ``told`` are the operator's explanations of unusual days. The second value is None if there is no
    unexplained day or if later days show that it began no new level.
    """
    ages = {(today - day).days: one.what for day, one in told.items()}
    levels = [age for age, what in ages.items() if what == "level"]
    since = min(levels, default=None)
    out = {age for age, what in ages.items() if what != "level"}
    fitted = demands.fit(counted, left_out=out, since=since)
    if not fitted.odd:
        return fitted, None
    last = fitted.odd[0]
    later = [day.units / day.size for day in counted if day.age < last.age and day.age not in out]
    stayed = not later or min(later) > (last.units + last.usual) / 2
    return fitted, demands.fit(counted, left_out=out, since=last.age) if stayed else None


def _is_seen(units: float | None, visitors: float) -> bool:
    """Return whether a day's row shows that buyers could see the item: it has a sale or a visitor.

    A row in which the visitors are unknown counts as well.
    """
    return units is not None and not (visitors == 0 and not units > 0)


def _listed(seen: Sequence[date], known: Sequence[date]) -> date | None:
    """Return the first day on which the item was seen in its present listing; None if it was never seen.

    An item that was missing from the files for more than two weeks counts as newly listed.
    """
    if not seen:
        return None
    place = {day: n for n, day in enumerate(known)}
    first = seen[0]
    for before, after in pairwise(seen):
        if place[after] - place[before] > RELISTED_AFTER:
            first = after
    return first


def _hidden_since(
    seen: Sequence[date], known: Sequence[date], visits: Mapping[date, float], sold: Mapping[date, float]
) -> date | None:
    """Return the first day of the run of days, up to the newest, on which nobody saw the item.

    None if there is no such run, or if it may be chance.
    """
    if not seen or not known or seen[-1] == known[-1]:
        return None
    gone = [day for day in known if day > seen[-1]]
    before = seen[-VISITS_DAYS:]
    looked = [visits[day] for day in before if not math.isnan(visits.get(day, math.nan))]
    counted = looked or [sold[day] for day in before if not math.isnan(sold[day])]
    mean = math.fsum(counted) / len(counted) if counted else 0.0
    return gone[0] if math.exp(-mean * len(gone)) < RARE else None


def _there(days: Sequence[date], sold: Sequence[float | None], empty: Collection[date]) -> list[bool]:
    """Return, for each day, whether the item was available.

    It was not available in a run of days without sales if a stock count of 0 falls in the run, or if the run
    is too long to be chance.
    """
    there = [True] * len(days)
    some = sorted(n for n in sold if n is not None)
    if not some:
        return there
    cut = some[int(0.9 * (len(some) - 1))]
    mean = math.fsum(min(n, cut) for n in some) / len(some) or math.fsum(some) / len(some)
    start = 0
    while start < len(days):
        end = start
        while end < len(days) and sold[end] == 0:
            end += 1
        run = range(start, end)
        counted = any(days[n] in empty or days[n] - timedelta(days=1) in empty for n in run)
        if run and (counted or math.exp(-mean * len(run)) < RARE):
            for n in run:
                there[n] = False
        start = max(end, start + 1)
    return there


def _price(rows: Iterable[_Row]) -> float | None:
    known = [row for row in rows if row.units > 0 and not math.isnan(row.gmv)]
    units = math.fsum(row.units for row in known)
    return math.fsum(row.gmv for row in known) / units if units else None


@dataclass(frozen=True, slots=True)
class Gone:
    """The units sold since the stock count."""

    units: float
    guessed_days: int = 0
    """Days whose sales are not imported; estimated from the item's pace and the calendar."""


def sold_since(
    frame: pd.DataFrame, counts: Iterable[StockCount], paces: Mapping[str, Pace], shop: Shop, today: date
) -> dict[str, Gone]:
    """Return, by item, the units sold after the day of its stock count, up to yesterday.

    Days without sales figures count with usual sales. These estimated sales never empty the stock: an item
    counts as sold out only if that was observed.
    """
    sold: dict[str, dict[date, float]] = {}
    for item, when, units in zip(frame["item"], frame["date"].dt.date, frame["units"], strict=True):
        if when < today:
            sold.setdefault(item, {})[when] = units
    days = {when for own in sold.values() for when in own}
    found: dict[str, Gone] = {}
    for one in counts:
        between = [one.counted + timedelta(days=n) for n in range(1, (today - one.counted).days)]
        missing = [day for day in between if day not in days]
        own = sold.get(one.item, {})
        known = math.fsum(own[day] for day in own if day > one.counted and not math.isnan(own[day]))
        pace = paces.get(one.item)
        mean = 0.0 if pace is None else pace.demand.mean or 0.0
        left = max(0.0, (one.on_hand or 0.0) - one.reserved - known - 1.0)
        guessed = min(left, mean * math.fsum(shop.multiplier(day) for day in missing))
        found[one.item] = Gone(known + guessed, len(missing))
    return found
