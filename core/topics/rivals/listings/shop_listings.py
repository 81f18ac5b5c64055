"""A listing export by shop and day of observation, matched to the rivals in shop.toml."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.shop.item_names import short
from core.shop.settings import Rival, Shop
from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import bigram_dice, displayed_count
from core.topics.rivals.listing_changes import ListingSnapshot, Moves, moves

if TYPE_CHECKING:
    import pandas as pd

_TAIL = re.compile(r"(官方)?(旗舰店|专营店|专卖店)$")
NEWEST = 14
"""For how many days after the newest look a shop is reported."""


@dataclass(frozen=True, slots=True)
class ShopListings:
    """All observations of one shop's listings, and the changes from one observation to the next."""

    shop: str
    """The shop's name as in the file."""
    rival: Rival | None
    looks: Mapping[date, Mapping[str, ListingSnapshot]]
    moves: tuple[Moves, ...]

    @property
    def name(self) -> str:
        """Return the shop's short name."""
        return short(_TAIL.sub("", self.shop).removesuffix("女装").removesuffix("男装") or self.shop)

    @property
    def last(self) -> Moves | None:
        """Return the changes at the newest observation; None if it is the first observation."""
        return self.moves[-1] if self.moves else None

    @property
    def last_day(self) -> date:
        """Return the day of the newest observation."""
        return max(self.looks)


def shelves(frame: pd.DataFrame, shop: Shop, today: date) -> list[ShopListings]:
    """Return the listings by shop, followed rivals first; shops not observed for two weeks are omitted."""
    looks: dict[str, dict[date, dict[str, ListingSnapshot]]] = {}
    columns = [frame[name] for name in ("shop", "item", "title", "price", "sold")]
    for day, name, item, title, price, sold in zip(frame["date"].dt.date, *columns, strict=True):
        if name and item and day <= today:
            shown = ListingSnapshot(
                str(title), None if math.isnan(price) else float(price), _count(str(sold))
            )
            looks.setdefault(str(name), {}).setdefault(day, {})[str(item)] = shown
    found = [
        ShopListings(name, rival_of(name, shop), days, tuple(moves(days)))
        for name, days in looks.items()
        if (today - max(days)).days <= NEWEST
    ]
    return sorted(found, key=lambda one: (one.rival is None or not one.rival.followed, one.shop))


def _count(text: str) -> Interval | None:
    return displayed_count(text) if text else None


def rival_of(name: str, shop: Shop) -> Rival | None:
    """Return the rival in shop.toml that is meant by a shop name in a file; None if there is none."""
    mine = _TAIL.sub("", name).removesuffix("女装")
    for one in shop.rivals:
        theirs = _TAIL.sub("", one.name).removesuffix("女装")
        if mine and theirs and (mine == theirs or name in (one.name, one.id)):
            return one
    return None


@dataclass(frozen=True, slots=True)
class Alike:
    """A rival's new or cheaper listing with a title similar to one of ours; it may be the same item."""

    shelf: ShopListings
    item: str
    shown: ListingSnapshot
    ours: str
    likeness: float


def alike(found: Sequence[ShopListings], titles: Mapping[str, str], shop: Shop) -> list[Alike]:
    """Return rivals' new and cheaper listings with titles similar to ours, the most similar first."""
    candidates = []
    for shelf in found:
        last = shelf.last
        if last is None:
            continue
        cheaper = [change.item for change in last.repriced if change.price_step < 0]
        for item in (*last.new, *cheaper):
            shown = shelf.looks[last.day][item]
            scored = [(bigram_dice(shown.title, title), ours) for ours, title in titles.items()]
            score, ours = max(scored, default=(0.0, ""))
            if score >= shop.thresholds.same_item_dice:
                candidates.append(Alike(shelf, item, shown, ours, score))
    return sorted(candidates, key=lambda one: -one.likeness)
