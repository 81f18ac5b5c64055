"""The items of the month: share of best sellers, sales by price band, ending seasons, new items."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.usual_days import usable
from core.records.records import Recorded
from core.records.team import NewItem
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.sales.daily_targets import days_of_month

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 28
EDGES = (0, 100, 200, 300, 500, 800)
"""The lower limits of the price bands in yuan: round prices people search by (a judgement)."""


@dataclass(frozen=True, slots=True)
class Band:
    """The sales of one price band on the ordinary days of the last four weeks."""

    low: int
    high: int | None
    items: int
    visitors: float
    gmv: float
    share: float


@dataclass(frozen=True, slots=True)
class LineUp:
    """The sales by item and price band, and the items whose season ends."""

    heroes: float | None
    """The share of sales from best sellers; None if none are set."""
    names: tuple[str, ...]
    next_best: tuple[str, float] | None
    """The best-selling item not marked as best seller, with its share of sales; None if there is none."""
    bands: tuple[Band, ...]
    ending: tuple[tuple[str, date], ...]
    """Items on sale whose season ends in the month, with the day."""


def lineup(frame: pd.DataFrame, shop: Shop, first: date, today: date) -> LineUp | None:
    """Return sales by item and price band; None if there are no sales."""
    when = frame["date"].dt.date
    days = set(usable({day for day in when if today - timedelta(days=WEEKS) <= day < today}, shop))
    rows = frame[when.isin(days)]
    summed = rows.groupby("item")[["gmv", "units", "visitors"]].sum()
    sold = summed[(summed["units"] > 0) & (summed["gmv"] > 0)]
    total = float(sold["gmv"].sum())
    if not total:
        return None
    titles = dict(zip(rows["item"], rows["title"], strict=True))
    gmv = {str(item): float(value) for item, value in sold["gmv"].items()}
    heroes = [one.id for one in shop.items if one.hero]
    others = {item: value for item, value in gmv.items() if item not in heroes}
    best = max(others, key=lambda item: others[item], default=None)
    last = days_of_month(first.year, first.month)[-1]
    ending = [
        (item_name(shop, one.id, str(titles.get(one.id, ""))), one.season_end)
        for one in shop.items
        if one.season_end is not None
        and first <= one.season_end <= last
        and gmv.get(one.id, 0.0) > total / 50
    ]
    return LineUp(
        heroes=sum(gmv.get(item, 0.0) for item in heroes) / total if heroes else None,
        names=tuple(item_name(shop, item, str(titles.get(item, ""))) for item in heroes),
        next_best=None
        if best is None
        else (item_name(shop, best, str(titles.get(best, ""))), others[best] / total),
        bands=tuple(_bands(sold, total)),
        ending=tuple(ending),
    )


def _bands(sold: pd.DataFrame, total: float) -> list[Band]:
    price = sold["gmv"] / sold["units"]
    found = []
    for low, high in zip(EDGES, (*EDGES[1:], None), strict=True):
        mine = sold[(price >= low) & (price < (high or float("inf")))]
        if len(mine):
            gmv = float(mine["gmv"].sum())
            found.append(Band(low, high, len(mine), float(mine["visitors"].sum()), gmv, gmv / total))
    return found


@dataclass(frozen=True, slots=True)
class Launch:
    """A new item that is to be listed in the month."""

    name: str
    listed: date | None
    state: str


def arrivals(records: Iterable[Recorded[NewItem]] | None, shop: Shop, first: date) -> list[Launch]:
    """Return the new items to be listed in the month, and the unlisted ones that have no date yet."""
    newest = {one.value.item: one.value for one in records or ()}
    last = days_of_month(first.year, first.month)[-1]
    return [
        Launch(item_name(shop, one.item, one.item), one.listed, one.state)
        for one in newest.values()
        if one.state not in ("listed", "dropped") and (one.listed is None or first <= one.listed <= last)
    ]
