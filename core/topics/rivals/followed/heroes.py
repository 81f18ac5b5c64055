"""A rival's hero item over time, from recorded observations and from a listing export."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from core.records.records import Recorded
from core.records.rivals import RivalHero
from core.shop.item_names import short
from core.shop.settings import Rival, Shop
from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import displayed_count, price_moved
from core.topics.rivals.followed.sightings import Peer, price_band
from core.topics.rivals.listings.shop_listings import ShopListings
from core.topics.rivals.sales_ranges import DisplayedPace, Exchange, daily_pace, exchanged


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroSighting:
    """What was observed of a hero on one day; None or "" stands for a value that was not observed."""

    day: date
    price: Interval | None = None
    sold: Interval | None = None
    reviews: int | None = None
    picture: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hero:
    """A rival's hero item with all observations of it, oldest first."""

    rival: Rival
    item: str
    title: str
    looks: tuple[HeroSighting, ...]
    before: str = ""
    """The item followed as the rival's hero before; empty if there was none."""

    @property
    def shop(self) -> str:
        """Return the shop's short name."""
        return Peer(rival=self.rival, looks=()).name

    @property
    def last_day(self) -> date:
        """Return the day of the newest observation."""
        return self.looks[-1].day

    @property
    def prices(self) -> list[tuple[date, Interval]]:
        """Return the observed prices by day."""
        return [(look.day, look.price) for look in self.looks if look.price is not None]

    @property
    def repriced(self) -> tuple[date, Interval, Interval] | None:
        """Return the newest price change as day, before, after; None if there was none."""
        found = None
        for (_, old), (day, new) in zip(self.prices, self.prices[1:], strict=False):
            if price_moved(old, new):
                found = (day, old, new)
        return found

    @property
    def pace(self) -> DisplayedPace:
        """Return the range of units sold per day, from all observations."""
        return daily_pace([(look.day, look.sold) for look in self.looks if look.sold is not None])

    @property
    def reviews(self) -> int | None:
        """Return the number of reviews added since the first observation that has it; None if unknown."""
        known = [look.reviews for look in self.looks if look.reviews is not None]
        return known[-1] - known[0] if len(known) > 1 else None

    @property
    def pictures(self) -> list[Exchange]:
        """Return every change of the main picture."""
        return exchanged([(look.day, look.picture) for look in self.looks])

    @property
    def descriptions(self) -> list[Exchange]:
        """Return every change of the description."""
        return exchanged([(look.day, look.description) for look in self.looks])


def heroes(
    seen: Iterable[Recorded[RivalHero]], shelves: Sequence[ShopListings], shop: Shop, today: date
) -> list[Hero]:
    """Return each rival's current hero: the item that was observed last, with all observations of that item.

    Days without a recorded observation are filled from a listing export with the same item number or title.
    """
    known = {one.id: one for one in shop.rivals} | {one.name: one for one in shop.rivals}
    by_rival: dict[str, list[Recorded[RivalHero]]] = {}
    for row in seen:
        if row.at.date() <= today and row.value.item.strip():
            rival = known.get(row.value.rival)
            by_rival.setdefault(rival.id if rival else row.value.rival, []).append(row)
    found = []
    for name, rows in by_rival.items():
        item = rows[-1].value.item.strip()
        before = next(
            (row.value.item.strip() for row in reversed(rows) if row.value.item.strip() != item), ""
        )
        shelf = next((one for one in shelves if one.rival is not None and one.rival.id == name), None)
        title, exported = _exported(shelf, item, today)
        typed = {row.at.date(): _look(row) for row in rows if row.value.item.strip() == item}
        looks = tuple(look for _, look in sorted((exported | typed).items()))
        rival = known.get(name) or Rival(id=name, name=name)
        found.append(Hero(rival=rival, item=item, title=title or item, looks=looks, before=before))
    return found


def _look(row: Recorded[RivalHero]) -> HeroSighting:
    one = row.value
    return HeroSighting(
        day=row.at.date(),
        price=price_band(one.price) if one.price else None,
        sold=displayed_count(one.sold) if one.sold else None,
        reviews=one.reviews,
        picture=one.picture,
        description=one.description,
    )


def _exported(shelf: ShopListings | None, item: str, today: date) -> tuple[str, dict[date, HeroSighting]]:
    """Return the item's title and its observations in a listing export.

    The item is matched by item number or full title.
    """
    if shelf is None:
        return "", {}
    title, looks = "", {}
    for day, listings in shelf.looks.items():
        for number, shown in listings.items():
            if day <= today and item in (number, shown.title):
                price = None if shown.price is None else Interval(shown.price, shown.price)
                looks[day] = HeroSighting(day=day, price=price, sold=shown.sold)
                title = short(shown.title)
    return title, looks
