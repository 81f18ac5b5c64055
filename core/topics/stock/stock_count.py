"""The last stock count by item, with SKUs that are sold out or have a wrong count."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from core.facts.goods_on_the_way import ARRIVES

if TYPE_CHECKING:
    import pandas as pd


COUNTED_DAYS = 28
"""The days back over which counts tell which sizes sold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuCount:
    """One SKU of an item as last counted, in units."""

    sku: str
    name: str
    on_hand: float
    went: float = 0.0
    """Units that left between the counts of the last four weeks; arrivals in between are not visible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount:
    """One item as last counted, in units; None if the file has no figure."""

    item: str
    title: str
    counted: date
    on_hand: float | None
    """SKUs with a negative or empty count are left out; None if no SKU has a count."""
    reserved: float = 0.0
    in_transit: float = 0.0
    arrives: date | None = None
    """When goods in transit are expected; None if nobody said."""
    price: float | None = None
    cost: float | None = None
    out: tuple[str, ...] = ()
    """SKUs at 0 while others of the item are in stock."""
    negative: tuple[str, ...] = ()
    unknown: int = 0
    """The number of SKUs without a count."""
    skus: tuple[SkuCount, ...] = ()
    """The SKUs with a valid count."""

    @property
    def went(self) -> float:
        """Return the units of all SKUs that left between two counts; 0 if there is only one count."""
        return math.fsum(one.went for one in self.skus)


def last_count(frame: pd.DataFrame) -> dict[str, StockCount]:
    """Return the newest count of every item by item id."""
    shelves: dict[str, StockCount] = {}
    for item, rows in frame[frame["item"] != ""].groupby("item", sort=False):
        days = rows["date"].dt.date
        newest = rows[days == days.max()]
        went = _went(rows) if 1 < len(newest) < len(rows) else {}
        shelves[str(item)] = _shelf(str(item), newest, days.max(), went)
    return shelves


def _went(rows: pd.DataFrame) -> dict[str, float]:
    """Return the units that left between the counts of four weeks, by SKU."""
    since = rows["date"].max() - timedelta(days=COUNTED_DAYS)
    found: dict[str, float] = {}
    for sku, own in rows[rows["date"] >= since].groupby("sku", sort=False):
        held = own.sort_values("date")["on_hand"].dropna().to_numpy(dtype=float)
        found[str(sku)] = float(sum(max(0.0, a - b) for a, b in pairwise(held)))
    return found


def empty_days(frame: pd.DataFrame) -> dict[str, frozenset[date]]:
    """Return the days with a count on which nothing of the item was in stock, by item."""
    known = frame[frame["on_hand"].notna()]
    totals = known.groupby(["item", "date"])["on_hand"].sum().reset_index()
    found: dict[str, set[date]] = {}
    for item, when, total in zip(totals["item"], totals["date"], totals["on_hand"], strict=True):
        if total <= 0:
            found.setdefault(str(item), set()).add(when.date())
    return {item: frozenset(days) for item, days in found.items()}


def _shelf(item: str, rows: pd.DataFrame, counted: date, went: Mapping[str, float]) -> StockCount:
    names = [_sku_name(str(text), str(sku)) for text, sku in zip(rows["sku_text"], rows["sku"], strict=True)]
    held = [float(value) for value in rows["on_hand"]]
    known = [value for value in held if not math.isnan(value)]
    right = [value for value in known if value >= 0]
    total = math.fsum(right) if right else (0.0 if known else None)
    out = [name for name, value in zip(names, held, strict=True) if value == 0] if total else []
    return StockCount(
        item=item,
        title=str(rows["title"].iloc[0]),
        counted=counted,
        on_hand=total,
        reserved=_not_for_sale(rows, total),
        in_transit=_sum(rows["in_transit"]),
        arrives=_arrives(rows),
        price=_first(rows["price"]),
        cost=_first(rows["cost"]),
        out=tuple(out),
        negative=tuple(name for name, value in zip(names, held, strict=True) if value < 0),
        unknown=len(held) - len(known),
        skus=tuple(
            SkuCount(sku=sku, name=name, on_hand=value, went=went.get(sku, 0.0))
            for sku, name, value in zip(rows["sku"].astype(str), names, held, strict=True)
            if value >= 0
        ),
    )


def _sku_name(said: str, sku: str) -> str:
    """Return the short name of a SKU (墨绿花/M for 颜色分类:墨绿花;尺码:M), or its id without one."""
    text = said.replace("；", ";").replace("：", ":")
    parts = [part.split(":", 1)[-1].strip() for part in text.split(";") if part.strip()]
    return "/".join(part for part in parts if part) or sku


def _not_for_sale(rows: pd.DataFrame, on_hand: float | None) -> float:
    """Return the units on hand that cannot be sold.

    On hand minus available if all rows have an available figure, else the reserved units.
    """
    available = rows["available"] if "available" in rows else rows["reserved"] * math.nan
    if available.isna().any():
        return _sum(rows["reserved"])
    return (on_hand or 0.0) - _sum(available)


def _sum(values: pd.Series) -> float:
    return float(values.fillna(0.0).sum())


def _arrives(rows: pd.DataFrame) -> date | None:
    """Return the day the next goods on their way are expected."""
    told = [one for one in rows[ARRIVES] if isinstance(one, str)] if ARRIVES in rows else []
    return date.fromisoformat(min(told)) if told else None


def _first(values: pd.Series) -> float | None:
    known = values.dropna()
    return float(known.iloc[0]) if len(known) else None
