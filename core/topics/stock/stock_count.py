"""The last stock count by item, with the sizes and colours that are out or counted wrong."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount:
    """One item as last counted; units, None where the file does not say."""

    item: str
    title: str
    counted: date
    on_hand: float | None
    """SKUs with a wrong (negative) or empty figure are left out; None when no SKU has a figure."""
    reserved: float = 0.0
    in_transit: float = 0.0
    price: float | None = None
    cost: float | None = None
    out: tuple[str, ...] = ()
    """SKUs at 0 while others of the item are there."""
    negative: tuple[str, ...] = ()
    unknown: int = 0
    """SKUs without a figure."""


def last_count(frame: pd.DataFrame) -> dict[str, StockCount]:
    """Return every item of the newest count by its id; an item missing from it keeps its own newest one."""
    shelves: dict[str, StockCount] = {}
    for item, rows in frame[frame["item"] != ""].groupby("item", sort=False):
        days = rows["date"].dt.date
        shelves[str(item)] = _shelf(str(item), rows[days == days.max()], days.max())
    return shelves


def empty_days(frame: pd.DataFrame) -> dict[str, frozenset[date]]:
    """Return by item the days of a count on which nothing of it was there."""
    known = frame[frame["on_hand"].notna()]
    totals = known.groupby(["item", "date"])["on_hand"].sum().reset_index()
    found: dict[str, set[date]] = {}
    for item, when, total in zip(totals["item"], totals["date"], totals["on_hand"], strict=True):
        if total <= 0:
            found.setdefault(str(item), set()).add(when.date())
    return {item: frozenset(days) for item, days in found.items()}


def _shelf(item: str, rows: pd.DataFrame, counted: date) -> StockCount:
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
        price=_first(rows["price"]),
        cost=_first(rows["cost"]),
        out=tuple(out),
        negative=tuple(name for name, value in zip(names, held, strict=True) if value < 0),
        unknown=len(held) - len(known),
    )


def _sku_name(said: str, sku: str) -> str:
    """墨绿花/M out of 颜色分类:墨绿花;尺码:M; the id where the text says nothing."""
    text = said.replace("；", ";").replace("：", ":")
    parts = [part.split(":", 1)[-1].strip() for part in text.split(";") if part.strip()]
    return "/".join(part for part in parts if part) or sku


def _not_for_sale(rows: pd.DataFrame, on_hand: float | None) -> float:
    """Return units on hand that cannot be sold: what is not available, where the list says what is."""
    available = rows["available"] if "available" in rows else rows["reserved"] * math.nan
    if available.isna().any():
        return _sum(rows["reserved"])
    return (on_hand or 0.0) - _sum(available)


def _sum(values: pd.Series) -> float:
    return float(values.fillna(0.0).sum())


def _first(values: pd.Series) -> float | None:
    known = values.dropna()
    return float(known.iloc[0]) if len(known) else None
