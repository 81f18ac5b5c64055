"""The observations of each rival, the newest compared with the one before.

Displayed numbers are kept as ranges.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.records.records import Recorded, RivalSeen
from core.shop.item_names import short
from core.shop.settings import Rival, Shop
from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import (
    Hold,
    SeasonStatus,
    displayed_count,
    hold_rate,
    net_change,
    price_moved,
    product_range,
    season_status,
)
from core.topics.rivals.sales_ranges import daily_pace
from core.topics.rivals.spans import telling

BLOCK = 5
"""The number of days in each of the two blocks in which a rival's ad rank is compared."""
FEWEST_DAYS = 4
TOP = 3
SEASON_LIVE_DAYS = 7
"""For how many days season items must have been listed to be counted; the form asks only for those."""
_FAKE = re.compile(r"补单|刷单|刷销量|虚假交易")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One rival with all observations of it, one per day, oldest first."""

    rival: Rival
    looks: tuple[tuple[date, RivalSeen], ...]

    @property
    def name(self) -> str:
        """Return the shop's short name, without suffixes like 旗舰店."""
        plain = self.rival.name or self.rival.id
        for tail in ("旗舰店", "专营店", "专卖店", "女装", "男装"):
            plain = plain.removesuffix(tail)
        return short(plain or self.rival.name)

    @property
    def last(self) -> RivalSeen | None:
        """Return the newest observation; None if there is none."""
        return self.looks[-1][1] if self.looks else None

    @property
    def last_day(self) -> date | None:
        """Return the day of the newest observation; None if there is none."""
        return self.looks[-1][0] if self.looks else None

    @property
    def before(self) -> RivalSeen | None:
        """Return the observation before the newest one; None if there is none."""
        return self.looks[-2][1] if len(self.looks) > 1 else None

    @property
    def price(self) -> Interval | None:
        """Return the price band of the newest observation; None if unknown."""
        return price_band(self.last.price) if self.last is not None else None

    @property
    def sold(self) -> Interval | None:
        """Return the range of the displayed sales count; None if unknown."""
        return displayed_count(self.last.sold) if self.last is not None and self.last.sold else None

    @property
    def slot(self) -> Interval | None:
        """Return the range of price × net sales per day (坑产), in yuan.

        None if the observations do not give sales per day, or if the range is too wide to be informative.
        """
        counts = [(day, count) for day, look in self.looks if (count := _count(look)) is not None]
        pace = daily_pace(counts).a_day
        if self.price is None or pace is None or pace.low <= 0:
            return None
        found = product_range(self.price, pace)
        return found if telling(found) else None

    @property
    def gained(self) -> Interval | None:
        """Return the net rise of the displayed sales count between the last two observations.

        None if it did not change, fell or is unknown.
        """
        if self.before is None or self.last is None or self.before.sold == self.last.sold:
            return None
        old, new = displayed_count(self.before.sold), displayed_count(self.last.sold)
        return None if old is None or new is None or new.low < old.low else net_change(old, new)

    @property
    def repriced(self) -> tuple[str, str] | None:
        """Return the last two observed price bands, if either end changed by at least 1 %; else None."""
        if self.before is None or self.last is None:
            return None
        old, new = price_band(self.before.price), price_band(self.last.price)
        moved = old is not None and new is not None and price_moved(old, new)
        return (self.before.price, self.last.price) if moved else None

    def season(self, today: date, stale_days: int) -> SeasonStatus:
        """Return the state of the rival's season goods, by the newest recent observation that noted it."""
        for day, look in reversed(self.looks):
            if (today - day).days > max(stale_days, SEASON_LIVE_DAYS):
                break
            if look.season_items is not None:
                return season_status(look.season_items, SEASON_LIVE_DAYS, sells=look.season_sells)
        return "unknown"


@dataclass(frozen=True, slots=True)
class Held:
    """On how many days a rival had a top ad rank for one keyword, in two blocks of observations."""

    keyword: str
    place: int
    """The rank compared: 1, or 3 for the first three."""
    hold: Hold
    first: tuple[int, int]
    """The days held and the days looked at in the earlier block."""
    last: tuple[int, int]


def _count(look: RivalSeen) -> Interval | None:
    return displayed_count(look.sold) if look.sold else None


def price_band(text: str) -> Interval | None:
    """Return a typed price or price band (129-199, ¥129 ~ 199, 129) as a range; None if it has no number."""
    found = [float(one) for one in _NUMBER.findall(text.replace(",", ""))]
    return Interval(min(found), max(found)) if found else None


def peers(seen: Iterable[Recorded[RivalSeen]], shop: Shop, today: date) -> list[Peer]:
    """Return all observed rivals and those of shop.toml, each with its observations.

    The followed rivals come first, then the other rivals of shop.toml, then shops that are not in it.
    """
    days: dict[str, dict[date, RivalSeen]] = {}
    known = {one.id: one for one in shop.rivals} | {one.name: one for one in shop.rivals}
    for one in seen:
        day = one.at.date()
        if day <= today:
            rival = known.get(one.value.rival)
            days.setdefault(rival.id if rival else one.value.rival, {})[day] = one.value
    listed = sorted(shop.rivals, key=lambda one: not one.followed)
    strangers = [Rival(id=name, name=name) for name in days if name not in {one.id for one in shop.rivals}]
    return [
        Peer(rival=one, looks=tuple(sorted(days.get(one.id, {}).items()))) for one in (*listed, *strangers)
    ]


def held(peer: Peer, today: date) -> Held | None:
    """Return how often the rival had the first ad rank, or else one of the first three, lately and before.

    Its last five observations are compared with the five before them. None if there are fewer than four in
    either block.
    """
    keyword = next((look.keyword for _, look in reversed(peer.looks) if look.keyword), "")
    ranks = [
        look.rank for day, look in peer.looks if look.keyword == keyword and (today - day).days <= 4 * BLOCK
    ]
    first, last = ranks[-2 * BLOCK : -BLOCK], ranks[-BLOCK:]
    if not keyword or len(first) < FEWEST_DAYS or len(last) < FEWEST_DAYS:
        return None
    for place in (1, TOP):
        hits = [sum(rank is not None and rank <= place for rank in block) for block in (first, last)]
        found = hold_rate(hits[0], len(first), hits[1], len(last))
        if found is not None and any(hits):
            return Held(keyword, place, found, (hits[0], len(first)), (hits[1], len(last)))
    return None


def fake_orders_named(seen: Iterable[Recorded[RivalSeen]]) -> bool:
    """Return whether fake orders are mentioned in the records on rivals.

    Nothing is computed with them.
    """
    return any(_FAKE.search(f"{one.value.note} {one.value.changes} {one.value.sold}") for one in seen)


def complained(looks: Sequence[tuple[date, RivalSeen]], today: date, days: int = 14) -> list[str]:
    """Return what buyers complain about according to the observations of the last ``days`` days.

    Each text is returned only once.
    """
    texts = [look.bad_reviews for day, look in looks if look.bad_reviews and (today - day).days <= days]
    return list(dict.fromkeys(texts))
