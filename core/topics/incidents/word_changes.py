"""Detect changes of ad keywords: clicks that rose, and whether orders rose with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from core.shop.settings import Shop
from core.statistics.count_shift import signed_root
from core.statistics.distributions import normal_cdf
from core.topics.incidents.change import BUDGET, Loss, ObjectChange
from core.topics.incidents.grids import DayGrid, grid
from core.topics.incidents.watched_counts import CountedFamily, CountTest, changes, counted

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd

TESTS: Final = {
    "clicks": CountTest("word", "clicks", 0.05, 1),
    "conversion": CountTest("word", "conversion", 0.03, common=False),
}
CLICKS_SHARE = 0.6
"""The share of the keywords' budget given to the test of clicks."""
MOST = 200
FEWEST_CLICKS = 3.0
"""The fewest clicks per day of a keyword that is tested."""
WITHOUT = 0.05
"""A keyword's clicks are taken to bring no orders if the chance of so few orders is at most this."""
TELLING = 3.0
"""The fewest expected orders for missing orders to be informative."""
SAME_DAY = 0.5
"""The share of a click's orders credited on the first day, before the shop has measured it."""


@dataclass(frozen=True, eq=False)
class WordFamily:
    """The results of testing all ad keywords for changes."""

    grid: DayGrid
    tests: dict[str, CountedFamily]
    changes: tuple[ObjectChange, ...]
    items: dict[str, str]
    """The item that a keyword is bought for, by keyword, if it is only one."""


def word_family(frame: pd.DataFrame, shop: Shop, today: date, scale: float) -> WordFamily | None:
    """Test the keywords with the most clicks for changes; None if there is no recent day."""
    columns = [name for name in ("date", "word", "item", "clicks", "cost", "orders") if name in frame]
    if not {"word", "clicks"} <= set(columns):
        return None
    rows = frame[columns]
    whole = grid(rows, "word", ("clicks", "cost", "orders"), shop, today)
    if whole is None:
        return None
    mean = whole.mean("clicks")
    large = sorted(int(place) for place in np.argsort(-mean) if mean[place] >= FEWEST_CLICKS)[:MOST]
    if not large:
        return None
    chosen = whole.chosen(large)
    clicks = chosen.values["clicks"]
    spent = chosen.mean("cost")
    price = np.where(chosen.mean("clicks") > 0, spent / np.maximum(chosen.mean("clicks"), 1e-9), 0.0)
    ones = np.where(np.isfinite(clicks), 1.0, np.nan)
    alpha = BUDGET["word"] * scale
    tests = {
        "clicks": counted(
            TESTS["clicks"], chosen, clicks, ones,
            sizes=mean[large], worth=price, alpha=alpha * CLICKS_SHARE, shop=shop,
        )
    }  # fmt: skip
    credited = _credited(chosen, shop, today)
    told = [_with_orders(one, chosen, credited) for one in changes(tests["clicks"], shop, rate=False)]
    orders = chosen.values["orders"]
    if np.isfinite(orders).any():
        tests["conversion"] = counted(
            TESTS["conversion"], chosen, orders, clicks * credited[None, :],
            sizes=mean[large], worth=np.zeros(len(large)), alpha=alpha * (1.0 - CLICKS_SHARE), shop=shop,
        )  # fmt: skip
        lost = changes(tests["conversion"], shop, rate=True)
        told += [_wasted(one, chosen) for one in lost]
    items = {}
    if "item" in rows:
        own = rows[["word", "item"]].astype("str").drop_duplicates()
        single = own.groupby("word")["item"].agg(["nunique", "first"])
        items = {str(word): str(row["first"]) for word, row in single.iterrows() if row["nunique"] == 1}
    return WordFamily(chosen, tests, tuple(told), items)


def _credited(chosen: DayGrid, shop: Shop, today: date) -> np.ndarray:
    """Return, for each day, the share of its orders that the ad report has credited by now.

    It rises with the age of the day, from :data:`SAME_DAY` for yesterday to 1.
    """
    ages = np.array([(today - day).days for day in chosen.days], dtype=float)
    mature = max(1.0, float(shop.ads.mature_days))
    return np.clip(SAME_DAY + (1.0 - SAME_DAY) * (ages - 1.0) / mature, SAME_DAY, 1.0)


def _with_orders(change: ObjectChange, chosen: DayGrid, credited: np.ndarray) -> ObjectChange:
    """Compare the orders since the start of a rise with the orders that its clicks usually bring.

    Orders that are not credited yet are allowed for. ``counted`` and ``expected`` become numbers of orders. A
    rise of clicks that brings its orders is not reported.
    """
    place, start = chosen.names.index(change.name), chosen.days.index(change.start)
    clicks, orders = (np.nan_to_num(chosen.values[name][place]) for name in ("clicks", "orders"))
    before = float(clicks[:start].sum()), float(orders[:start].sum())
    now = float((clicks * credited)[start:].sum()), float(orders[start:].sum())
    expected = now[0] * before[1] / before[0] if before[0] else 0.0
    spent = float(np.nan_to_num(chosen.values["cost"][place, start:]).sum())
    usual = change.usual / max(change.seen, 1e-9)
    yuan = spent / change.days * (1.0 - usual)
    z = float(signed_root(now[1], now[0], before[1], before[0], 0.03, 0.0))
    comes = expected >= TELLING and not normal_cdf(z) <= WITHOUT
    return replace(
        change,
        counted=now[1],
        expected=expected,
        called=change.called and not comes,
        loss=Loss(max(0.0, yuan), max(0.0, yuan) * 0.8, max(0.0, yuan) * 1.2, "margin"),
    )


def _wasted(change: ObjectChange, chosen: DayGrid) -> ObjectChange:
    """Return the change with the daily ad spend wasted on a keyword that brings fewer orders than before."""
    place, start = chosen.names.index(change.name), chosen.days.index(change.start)
    spent = float(np.nan_to_num(chosen.values["cost"][place, start:]).sum()) / change.days
    yuan = max(0.0, spent * (1.0 - change.ratio))
    return replace(change, loss=Loss(yuan, yuan * 0.5, spent, "margin"))
