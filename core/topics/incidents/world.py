"""The test results of all families of a morning, queried when one change is explained by another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics.panel import window_z
from core.topics.incidents.agent_changes import AgentFamily
from core.topics.incidents.item_changes import POOL, ItemFamily
from core.topics.incidents.logged_changes import Logged, Part
from core.topics.incidents.refund_changes import RefundFamily
from core.topics.incidents.rival_moves import RivalMoves
from core.topics.incidents.shop_changes import ShopFamily
from core.topics.incidents.source_changes import SourceFamily
from core.topics.incidents.watched_counts import CountedFamily
from core.topics.incidents.word_changes import WordFamily

WEEK = 7
NEAR = 3
"""The most days between the starts of a price change and a conversion change that may be related."""


class Beside(NamedTuple):
    """Another figure of a changed object, over the same days as the change, with its usual value."""

    seen: float
    usual: float
    z: float
    """The z-score; negative if lower than usual."""

    @property
    def ratio(self) -> float:
        """Return ``seen`` / ``usual``; 1 if ``usual`` is 0."""
        return self.seen / self.usual if self.usual else 1.0


@dataclass(frozen=True, eq=False)
class World:
    """The test results of a morning by family; a family is None if its export is missing or old."""

    shop: Shop
    store: ShopFamily | None = None
    items: ItemFamily | None = None
    sources: SourceFamily | None = None
    words: WordFamily | None = None
    agents: AgentFamily | None = None
    refunds: RefundFamily | None = None
    empty_sizes: Mapping[str, float] = field(default_factory=dict)
    """The share of sold-out SKUs by item."""
    listed: Mapping[str, float] = field(default_factory=dict)
    """The lowest listed price of an item's SKUs in yuan."""
    rivals: RivalMoves = field(default_factory=RivalMoves)
    """Price changes of the rival items that ours are compared with."""
    logged: tuple[Logged, ...] = ()
    """The changes of listings in the last two weeks that a person logged or that the files show."""
    stocked: bool = False
    """Whether there is a stock list, so that an item missing in ``empty_sizes`` is known to be in stock."""

    def item_name(self, item: str) -> str:
        """Return the item's display name."""
        title = "" if self.items is None else self.items.titles.get(item, "")
        return item_name(self.shop, item, title)

    def refunded_item(self, reason: str) -> str:
        """Return the item that alone explains the growth of a refund reason; empty if no single item does."""
        return "" if self.refunds is None else self.refunds.only_items.get(reason, "")

    def changed(self, item: str, start: date, *parts: Part) -> Logged | None:
        """Return the logged change nearest to ``start`` of one of the given parts of the item's listing.

        None if there is none within three days.
        """
        near = [one for one in self.logged if one.item == item and one.part in parts]
        near = [one for one in near if abs((one.day - start).days) <= NEAR]
        return min(near, key=lambda one: abs((one.day - start).days), default=None)

    def beside(self, metric: str, item: str, days: int) -> Beside | None:
        """Return a figure of the item over the newest ``days`` days and its usual value; None if unknown."""
        test = None if self.items is None else self.items.tests.get(metric)
        return None if test is None else beside(test, item, days)

    def paid_of_ordered(self, days: int) -> float | None:
        """Return the share of orders paid in the latest ``days`` days, divided by its earlier value.

        It covers all items. The earlier value is the median of up to 28 days before. None if unknown.
        """
        test = None if self.items is None else self.items.tests.get("paid_share")
        if test is None or test.data.days <= days + 14:
            return None
        factors = test.data.factors
        before = float(np.median(factors[: len(factors) - days][-28:]))
        return float(np.mean(factors[-days:])) / before if before > 0 else None

    def paid(self, item: str) -> float | None:
        """Return what buyers paid per piece of the item in the last week, in yuan; None if unknown."""
        if self.items is None or item not in self.items.grid.names:
            return None
        place = self.items.grid.names.index(item)
        gmv, units = (
            float(np.nansum(self.items.grid.values[name][place, -WEEK:])) for name in ("gmv", "units")
        )
        return gmv / units if units else None

    def bounce(self, item: str, days: int) -> Beside | None:
        """Return the item's bounce rate over the newest ``days`` days, and its usual value.

        None if either is unknown.
        """
        if self.items is None or item not in self.items.grid.names or item == POOL:
            return None
        row = self.items.grid.values["bounce_rate"][self.items.grid.names.index(item)]
        now, before = row[-days:], row[: len(row) - days][-28:]
        now, before = now[np.isfinite(now)], before[np.isfinite(before)]
        if not len(now) or len(before) < 14:  # noqa: PLR2004 - two weeks
            return None
        scatter = max(0.01, 1.4826 * float(np.median(np.abs(before - np.median(before)))))
        middle = float(np.median(before))
        seen = float(now.mean())
        return Beside(
            seen, middle, (seen - middle) / (scatter * (1.0 / len(now) + 1.57 / len(before)) ** 0.5)
        )

    def price_change(self, item: str, start: date) -> float | None:
        """Return the relative change of the price paid for the item around ``start``.

        It is 0 if the price did not change, None if unknown.
        """
        if self.items is None or item not in self.items.grid.names:
            return None
        place, day = self.items.grid.names.index(item), self.items.grid.days.index(start)
        if not np.nansum(self.items.grid.values["units"][place, day:]) > 0:
            return None
        near = [
            one.seen / one.usual - 1.0
            for one in self.items.changes
            if one.name == item and one.metric == "price" and abs((one.start - start).days) <= NEAR
        ]
        return max(near, default=0.0, key=abs)


def beside(test: CountedFamily, name: str, days: int) -> Beside | None:
    """Return an object's tested figure over the newest ``days`` days and its usual value; None if unknown."""
    if name not in test.names:
        return None
    place, last = test.names.index(name), test.data.days - 1
    if days > last:
        return None
    x1, e1, _, _ = test.data.sums.of_window(last, days)[:, place]
    x0, e0, _, _, _ = test.data.sums.of_base(last + 1 - days)[:, place]
    z = float(window_z(test.data, last, days, fewest=10)[place])
    if e0 <= 0 or e1 <= 0 or not np.isfinite(z):
        return None
    return Beside(float(x1), float(x0 / e0 * e1), z)
