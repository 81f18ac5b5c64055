"""Select the rows that are searched for changes.

Days with unexplained sales peaks are removed, and items that were listed again get the id of their newest
listing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.measures import baseline
from core.measures.shop_level import odd_days
from core.shop.settings import Shop
from core.statistics.demand import ODD_TIMES

if TYPE_CHECKING:
    import pandas as pd

COUNTED: Final = (ShopDay.id, Items.id, Sources.id)
"""The exports from which days with a sales peak are removed."""
RELISTED_WITHIN = 14
"""The most days between an item's last day under one id and its first under the next."""


def usable(frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> dict[str, pd.DataFrame]:
    """Return the frames without days of peak sales, and with relisted items under their newest id.

    A peak that nobody has explained, or that was not real demand, says nothing about what an item usually
    sells; another analysis asks the operator about it. Days with unusually few sales stay, because those are
    the changes to be found.
    """
    found = {name: frame for name, frame in frames.items() if not frame.empty}
    sold = found.get(ShopDay.id, found.get(Items.id))
    peaks = set() if sold is None else peak_days(sold, shop, today)
    for name in COUNTED:
        if peaks and name in found:
            found[name] = found[name][~found[name]["date"].dt.date.isin(peaks)]
    ids = newest_ids(found[Items.id]) if Items.id in found else {}
    for name in (Items.id, Refunds.id):
        if ids and name in found:
            found[name] = found[name].assign(item=found[name]["item"].replace(ids))
    return {name: found.get(name, frame) for name, frame in frames.items()}


def peak_days(frame: pd.DataFrame, shop: Shop, today: date) -> set[date]:
    """Return the days before today with sales far above those of all other days.

    Days that the operator explained as exceptional are included.
    """
    sales = {day: value for day, value in baseline.totals(frame, "gmv").items() if day < today}
    odd = odd_days(sales, shop, today - timedelta(days=1))
    return {day for day, times in odd.items() if times == 0.0 or times >= ODD_TIMES}


def newest_ids(items: pd.DataFrame) -> dict[str, str]:
    """Return, by older id, the newest id of each item that was listed again under the same title.

    Two ids belong to the same item if the newer one first appears at most two weeks after the older one was
    last in the export.
    """
    rows = items[(items["title"] != "") & (items["item"] != "")]
    spans = rows.groupby(["title", "item"])["date"].agg(["min", "max"]).reset_index()
    shared = spans[spans.duplicated("title", keep=False)].sort_values(["title", "min"])
    found: dict[str, str] = {}
    for _, own in shared.groupby("title"):
        runs = list(zip(own["item"], own["min"], own["max"], strict=True))
        for (old, _, last), (new, first, _) in pairwise(runs):
            if 0 < (first - last).days <= RELISTED_WITHIN:
                found[str(old)] = str(new)
    return {old: _last_of(old, found) for old in found}


def _last_of(item: str, newer: Mapping[str, str]) -> str:
    while item in newer:
        item = newer[item]
    return item
