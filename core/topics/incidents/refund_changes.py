"""Detect refund reasons that became more frequent, and the items that caused the rise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np

from core.shop.settings import Shop
from core.statistics.cause_weighing import WHOLE
from core.topics.incidents.change import BUDGET, ObjectChange
from core.topics.incidents.grids import DayGrid, kinds_of_days
from core.topics.incidents.watched_counts import CountedFamily, CountTest, changes, counted

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

TEST: Final = CountTest("reason", "refunds", 0.02, 1, power=0.0)
WEEK = 7
CELL_Z = 3.0
CELL_COUNT = 4
"""The z-score and number of refunds above which an item stands out within a reason."""


@dataclass(frozen=True, eq=False)
class RefundFamily:
    """The results of testing all refund reasons for changes."""

    test: CountedFamily
    changes: tuple[ObjectChange, ...]
    cells: Mapping[tuple[str, str], float]
    """Refunds above the expected number since a reason grew, by reason and item, for items that stand out."""
    only_items: Mapping[str, str]
    """By reason that grew: the item that explains most of the growth, if one item does."""
    reasons_of: Mapping[str, Mapping[str, float]]
    """The number of refunds in the last two weeks, by item and then by reason."""


def refund_family(
    frame: pd.DataFrame, units: np.ndarray, days: tuple[date, ...], shop: Shop, today: date, scale: float
) -> RefundFamily | None:
    """Test every refund reason for a change; ``units`` are the shop's units sold by day.

    None if the refund list ends too early.
    """
    if frame.empty or "reason" not in frame or frame["date"].max().date() < days[-1]:
        return None
    rows = frame[(frame["reason"] != "") & (frame["date"].dt.date < today)]
    names = sorted({str(name) for name in rows["reason"]})
    if not names:
        return None
    counts = np.zeros((len(names), len(days)))
    for (reason, when), n in rows.groupby(["reason", "date"]).size().items():
        column = (when.date() - days[0]).days
        if 0 <= column < len(days):
            counts[names.index(str(reason)), column] += n
    first = frame["date"].min().date()
    counts[:, [day < first for day in days]] = np.nan
    exposure = np.array(
        [
            np.nan
            if day < WEEK
            else np.nanmean(units[day - WEEK : day])
            if np.isfinite(units[day - WEEK : day]).any()
            else np.nan
            for day in range(len(days))
        ]
    )
    plain, rough = kinds_of_days(days, shop)
    told = np.isfinite(units)
    own = DayGrid(tuple(names), days, {"refunds": counts}, told, np.isfinite(counts), plain & told, rough)
    worth = np.array([float(rows.loc[rows["reason"] == name, "amount"].mean()) for name in names])
    sizes = np.nan_to_num(own.mean("refunds"))
    test = counted(
        TEST, own, counts, np.broadcast_to(exposure, counts.shape).copy(),
        sizes=sizes, worth=np.nan_to_num(worth), alpha=BUDGET["reason"] * scale, shop=shop,
    )  # fmt: skip
    told_changes = changes(test, shop, rate=False)
    cells: dict[tuple[str, str], float] = {}
    for one in told_changes:
        cells |= _cells(rows, one, days[0])
    return RefundFamily(
        test, tuple(told_changes), cells, _only(cells, told_changes), _by_item(rows, days[-1])
    )


def _only(cells: Mapping[tuple[str, str], float], found: Sequence[ObjectChange]) -> dict[str, str]:
    """Return the item that explains most of the extra refunds of each reason, if there is one."""
    only = {}
    for one in found:
        more = {item: extra for (reason, item), extra in cells.items() if reason == one.name}
        largest = max(more, key=lambda item: more[item], default="")
        if largest and more[largest] >= WHOLE * (one.counted - one.expected):
            only[one.name] = largest
    return only


def _cells(rows: pd.DataFrame, change: ObjectChange, first: date) -> dict[tuple[str, str], float]:
    """Return, by reason and item, the extra refunds since the reason grew.

    Only items with clearly more refunds than expected are included.
    """
    if "item" not in rows:
        return {}
    own = rows[rows["reason"] == change.name]
    dates = own["date"].dt.date
    since = (dates >= change.start) & (dates <= change.last)
    before = (dates < change.start) & (dates >= first)
    known = max(1, (change.start - first).days)
    found = {}
    usual = own[before].groupby("item").size()
    for item, n in own[since].groupby("item").size().items():
        expected = float(usual.get(item, 0.0)) * change.days / known
        if n >= CELL_COUNT and (n - expected) / max((expected + 0.02 * expected**2) ** 0.5, 0.5) > CELL_Z:
            found[(change.name, str(item))] = float(n) - expected
    return found


def _by_item(rows: pd.DataFrame, last: date) -> dict[str, dict[str, float]]:
    if "item" not in rows:
        return {}
    recent = rows[rows["date"].dt.date > last - timedelta(days=14)]
    found: dict[str, dict[str, float]] = {}
    for (item, reason), n in recent.groupby(["item", "reason"]).size().items():
        found.setdefault(str(item), {})[str(reason)] = float(n)
    return found
