"""The last stock count of each item, and which of its SKUs are sold out or have a wrong count."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pandas as pd


COUNTED_DAYS = 28
"""The number of days whose stock counts are compared to learn which sizes sell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SkuCount:
    """One SKU of an item as last counted, in units."""

    sku: str
    name: str
    on_hand: float
    went: float = 0.0
    """Units that left the stock between the counts of the last four weeks.

    Goods that arrived in between cannot be seen and hide part of them.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class StockCount:
    """One item as last counted, in units; fields are None if the file does not have the figure."""

    item: str
    title: str
    counted: date
    on_hand: float | None
    """SKUs with a negative or empty count are left out; None if no SKU has a count."""
    reserved: float = 0.0
    in_transit: float = 0.0
    arrives: date | None = None
    """When goods in transit are expected; None if unknown."""
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
        """Return the units of all SKUs that left between successive counts; 0 if there is only one count."""
        return math.fsum(one.went for one in self.skus)


class _Row(NamedTuple):
    """One line of the stock list, by column name; a column that the file does not have is None."""

    date: pd.Timestamp
    sku: str
    sku_text: str
    title: str
    on_hand: float
    available: float | None
    reserved: float | None
    in_transit: float | None
    price: float | None
    cost: float | None
    arrives: str | None
    """When goods in transit are expected; the column is added from the orders recorded in this program.

    See :data:`core.facts.goods_on_the_way.ARRIVES`.
    """


def last_count(frame: pd.DataFrame) -> dict[str, StockCount]:
    """Return the newest count of every item by item id."""
    known = frame[frame["item"] != ""]
    if known.empty:
        return {}
    newest = known[known["date"] == known.groupby("item")["date"].transform("max")]
    rows: dict[str, list[_Row]] = {str(item): [] for item in known["item"].unique()}
    figures = [newest[name] if name in newest else [None] * len(newest) for name in _Row._fields]
    for item, *row in zip(newest["item"], *figures, strict=True):
        rows[str(item)].append(_Row(*row))
    sizes = [item for item, own in rows.items() if len(own) > 1]
    went = _went(known[known["item"].isin(sizes)])
    return {item: _shelf(item, own, went) for item, own in rows.items()}


def _went(rows: pd.DataFrame) -> dict[tuple[str, str], float]:
    """Return by how many units stock counts fell within four weeks, by item and SKU."""
    last = rows.groupby("item")["date"].transform("max")
    held: dict[tuple[str, str], list[float]] = {}
    recent = rows[(rows["date"] >= last - timedelta(days=COUNTED_DAYS)) & rows["on_hand"].notna()]
    recent = recent.sort_values("date", kind="stable")
    for item, sku, units in zip(recent["item"], recent["sku"], recent["on_hand"], strict=True):
        held.setdefault((str(item), str(sku)), []).append(float(units))
    return {one: sum(max(0.0, a - b) for a, b in pairwise(counts)) for one, counts in held.items()}


def empty_days(frame: pd.DataFrame) -> dict[str, frozenset[date]]:
    """Return, by item, the days on which a stock count found nothing of it in stock."""
    known = frame[frame["on_hand"].notna()]
    totals = known.groupby(["item", "date"])["on_hand"].sum().reset_index()
    found: dict[str, set[date]] = {}
    for item, when, total in zip(totals["item"], totals["date"], totals["on_hand"], strict=True):
        if total <= 0:
            found.setdefault(str(item), set()).add(when.date())
    return {item: frozenset(days) for item, days in found.items()}


def _shelf(item: str, rows: Sequence[_Row], went: Mapping[tuple[str, str], float]) -> StockCount:
    names = [_sku_name(str(row.sku_text), str(row.sku)) for row in rows]
    held = [float(row.on_hand) for row in rows]
    known = [value for value in held if not math.isnan(value)]
    right = [value for value in known if value >= 0]
    total = math.fsum(right) if right else (0.0 if known else None)
    out = [name for name, value in zip(names, held, strict=True) if value == 0] if total else []
    return StockCount(
        item=item,
        title=str(rows[0].title),
        counted=rows[0].date.date(),
        on_hand=total,
        reserved=_not_for_sale(rows, total),
        in_transit=_sum(row.in_transit for row in rows),
        arrives=_arrives(rows),
        price=_first(row.price for row in rows),
        cost=_first(row.cost for row in rows),
        out=tuple(out),
        negative=tuple(name for name, value in zip(names, held, strict=True) if value < 0),
        unknown=len(held) - len(known),
        skus=tuple(
            SkuCount(sku=str(row.sku), name=name, on_hand=value, went=went.get((item, str(row.sku)), 0.0))
            for row, name, value in zip(rows, names, held, strict=True)
            if value >= 0
        ),
    )


def _sku_name(said: str, sku: str) -> str:
    """Return the short name of a SKU (墨绿花/M for 颜色分类:墨绿花;尺码:M); its id if it has no name."""
    text = said.replace("；", ";").replace("：", ":")
    parts = [part.split(":", 1)[-1].strip() for part in text.split(";") if part.strip()]
    return "/".join(part for part in parts if part) or sku


def _not_for_sale(rows: Sequence[_Row], on_hand: float | None) -> float:
    """Return the units on hand that cannot be sold.

    On hand minus available if all rows have an available figure, else the reserved units.
    """
    available = list(_known(row.available for row in rows))
    if len(available) < len(rows):
        return _sum(row.reserved for row in rows)
    return (on_hand or 0.0) - math.fsum(available)


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (float(value) for value in values if value is not None and not math.isnan(value))


def _sum(values: Iterable[float | None]) -> float:
    return math.fsum(_known(values))


def _arrives(rows: Sequence[_Row]) -> date | None:
    """Return the day on which the next goods in transit are expected; None if unknown."""
    told = [row.arrives for row in rows if isinstance(row.arrives, str)]
    return date.fromisoformat(min(told)) if told else None


def _first(values: Iterable[float | None]) -> float | None:
    return next(_known(values), None)
