"""The followed rivals tonight: their orders as ranges, and which of them are ahead of us."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.records.evening import RivalNow
from core.records.records import Records
from core.shop.item_names import short
from core.shop.settings import Shop
from core.statistics.distributions import Interval
from core.topics.evening.day_end import Ending
from core.topics.evening.day_so_far import hour_now, is_of
from core.topics.rivals.displayed_counts import displayed_count, gap_range, product_range
from core.topics.rivals.followed.sightings import price_band

_BETWEEN = re.compile(r"(?<=[\d万千百wk+])\s*(?:-|–|—|~|～|到|至)\s*(?=\d)", re.IGNORECASE)


def shown_range(text: str) -> Interval | None:
    """Return a count written as 150-180, 100+, 1万+ or 87 as a range.

    None if the text contains no count, or if the lower end exceeds the upper.
    """
    parts = [displayed_count(part) for part in _BETWEEN.split(text.strip(), 1)]
    first, last = parts[0], parts[-1]
    if first is None or last is None or first.low > last.high:
        return None
    return Interval(first.low, last.high)


@dataclass(frozen=True, slots=True, kw_only=True)
class RivalTonight:
    """One rival's orders as last recorded tonight, compared with ours."""

    rival: str
    name: str
    hour: float
    orders: Interval
    gap: Interval
    """How many orders the rival is ahead of us now; negative if it is behind."""
    midnight: Interval | None
    """The rival's orders by midnight if its day runs like a usual day of ours; None if unknown."""
    chance_low: float | None
    """The probability that we reach the lower end of that range by midnight."""
    chance_high: float | None
    sales: Interval | None
    """The rival's sales: orders times price (坑产), in yuan; None if unknown."""
    slot: Interval | None
    """The rival's sales per listing, in yuan; None if unknown."""

    @property
    def stands(self) -> Literal["ahead", "behind", "open"]:
        """Return "ahead" if the whole range of the rival's orders is above ours, "behind" if it is below.

        Otherwise "open".
        """
        if self.gap.low > 0:
            return "ahead"
        return "behind" if self.gap.high < 0 else "open"


def rivals_tonight(
    seen: Records[RivalNow], ours: float, ending: Ending | None, shop: Shop, *, today: date, now: datetime
) -> list[RivalTonight]:
    """Return every rival whose orders were recorded tonight, the one furthest ahead first.

    ``ours`` are our exact orders.
    """
    newest = {row.value.rival: row for row in seen if is_of(row.at, today) and row.at <= now}
    names = {one.id: short(one.name) for one in shop.rivals}
    found = []
    for row in newest.values():
        one = row.value
        orders, price = shown_range(one.orders), price_band(one.price)
        if orders is None:
            continue
        sales = None if price is None else product_range(orders, price)
        hour = hour_now(today, row.at)
        share = None if ending is None else ending.usual.share(hour)
        midnight = Interval(orders.low / share, orders.high / share) if share else None
        known = ending is not None and midnight is not None
        found.append(
            RivalTonight(
                rival=one.rival,
                name=names.get(one.rival, one.rival),
                hour=hour,
                orders=orders,
                gap=gap_range(ours, orders),
                midnight=midnight,
                chance_low=ending.chance_of(midnight.low) if known and ending and midnight else None,
                chance_high=ending.chance_of(midnight.high) if known and ending and midnight else None,
                sales=sales,
                slot=_per_slot(sales, one.listings),
            )
        )
    return sorted(found, key=lambda one: -one.gap.low)


def _per_slot(sales: Interval | None, listings: int | None) -> Interval | None:
    return Interval(sales.low / listings, sales.high / listings) if sales is not None and listings else None


def not_looked_at(seen: Records[RivalNow], shop: Shop, today: date) -> list[str]:
    """Return the names of the followed rivals that nobody has looked at tonight."""
    looked = {row.value.rival for row in seen if is_of(row.at, today)}
    return [short(one.name) for one in shop.rivals if one.followed and not looked & {one.id, one.name}]
