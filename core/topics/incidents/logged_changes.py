"""Test whether an item's figures fell after a change that a person logged or that the files show.

For a change that is known beforehand, a single test replaces the scan over many days and figures. A fall is
therefore reported if its p-value is at most 1 %, and does not count towards the morning's false-alarm budget.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from core.records.records import Records
from core.records.team import ListingChange, PictureChange
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.panel import WINDOWS, window_z
from core.topics.incidents.change import Metric, ObjectChange, loss_of
from core.topics.incidents.item_changes import ItemFamily
from core.topics.incidents.watched_counts import CountedFamily

if TYPE_CHECKING:
    import pandas as pd

Part: TypeAlias = Literal["title", "price", "picture", "page"]
CALLED: Final = 0.01
"""The p-value of the single test up to which a fall is reported."""
STAYS: Final = 0.1
"""The p-value up to which a fall that was reported stays reported."""
FEWEST_DAYS: Final = 2
MOST_DAYS: Final = 14
"""The most days since a change over which its effect is tested."""
LOOKED_AT: Final[Mapping[Part, tuple[Metric, ...]]] = {
    "title": ("search_visitors",),
    "price": ("conversion",),
    "picture": ("conversion", "cart_rate"),
    "page": ("conversion", "cart_rate"),
}


class Logged(NamedTuple):
    """One change of a part of an item's listing, such as its title, price or picture."""

    item: str
    part: Part
    day: date
    """The first day on which the new title, price, picture or page was shown."""


def logged(
    items: ItemFamily,
    stock: pd.DataFrame | None,
    pictures: Records[PictureChange] | None,
    listings: Records[ListingChange] | None,
) -> tuple[Logged, ...]:
    """Return the listing changes of the last two weeks, logged by a person or seen in titles and prices."""
    found = [Logged(item, "title", day) for item, day in items.title_days.items()]
    found += [] if stock is None else _listed(stock)
    for picture in pictures or ():
        found.append(Logged(picture.value.item, "picture", picture.value.on or picture.at.date()))
    for one in listings or ():
        found.append(Logged(one.value.item, _part(one.value.part), one.value.on or one.at.date()))
    since = items.grid.last - timedelta(days=MOST_DAYS)
    known = {(one.item, one.part): one for one in sorted(found, key=lambda one: one.day)}
    return tuple(one for one in known.values() if since < one.day <= items.grid.last)


def _part(typed: str) -> Part:
    parts: dict[str, Part] = {one: one for one in LOOKED_AT}
    return parts.get(typed, "page")


def _listed(stock: pd.DataFrame) -> list[Logged]:
    """Return the latest day on which each item's lowest listed price changed."""
    if stock.empty or not {"item", "price", "date"} <= set(stock):
        return []
    lowest = stock[stock["price"] > 0].groupby(["item", "date"])["price"].min()
    found = []
    for item, own in lowest.groupby(level=0):
        prices = own.droplevel(0).sort_index()
        moved = prices[prices.ne(prices.shift()) & prices.shift().notna()]
        if len(moved):
            found.append(Logged(str(item), "price", moved.index[-1].date()))
    return found


def logged_falls(items: ItemFamily, log: Iterable[Logged], shop: Shop) -> list[ObjectChange]:
    """Return, for each logged change, the first of its item's figures that fell after it, if one did.

    Each figure is tested once, in a fixed order.
    """
    found = []
    for one in log:
        for metric in LOOKED_AT[one.part]:
            test = items.tests.get(metric)
            change = None if test is None else _fall(test, one, shop)
            if change is not None:
                found.append(change)
                break
    return found


def with_logged(found: Sequence[ObjectChange], more: Iterable[ObjectChange]) -> list[ObjectChange]:
    """Return ``found`` with the changes of ``more`` added.

    An unreported change in ``found`` is replaced by the added change of the same figure; a reported one is
    kept.
    """
    called = {one.key for one in found if one.called}
    new = {one.key: one for one in more if one.key not in called}
    return [*(one for one in found if one.key not in new), *new.values()]


def _chance(test: CountedFamily, place: int, end: int, length: int) -> float:
    """Return the p-value of a fall over the ``length`` days up to the day at position ``end``.

    It takes into account how much the family and this object usually vary.
    """
    z = float(window_z(test.data, end, length)[place])
    if z != z:  # noqa: PLR0124 - NaN: no base
        return 1.0
    window = min((n for n, days in enumerate(WINDOWS) if days >= length), default=len(WINDOWS) - 1)
    scale = float(test.scale.windows[window] * test.scale.own[place])
    return distributions.normal_cdf(z / scale)


def _fall(test: CountedFamily, one: Logged, shop: Shop) -> ObjectChange | None:
    if one.item not in test.names or one.day not in test.days:
        return None
    place, last = test.names.index(one.item), len(test.days) - 1
    start = test.days.index(one.day)
    first: int | None = None
    chance = 1.0
    for end in range(start + FEWEST_DAYS - 1, last + 1):
        chance = _chance(test, place, end, end - start + 1)
        if chance <= CALLED and first is None:
            first = end
        elif chance > STAYS:
            first = None
    if first is None:
        return None
    length = last - start + 1
    x1, e1, k1, exposure = test.data.sums.of_window(last, length)[:, place]
    x0, e0, k0, _, _ = test.data.sums.of_base(start)[:, place]
    expected = float(x0 / e0 * e1)
    wide = 1.0 + float(k1 / e1**2 + k0 / e0**2) / (1.0 / max(expected, 1e-9) + 1.0 / max(float(x0), 0.5))
    rate = test.test.metric not in ("visitors", "search_visitors")
    over = float(exposure) if rate else float(length)
    worth = float(test.worth[place])
    return ObjectChange(
        family=test.test.family,
        metric=test.test.metric,
        name=one.item,
        start=one.day,
        earliest=one.day,
        latest=one.day,
        last=test.days[-1],
        days=length,
        seen=float(x1) / over if over else 0.0,
        usual=expected / over if over else 0.0,
        counted=float(x1),
        expected=expected,
        exposure=float(exposure) if rate else 0.0,
        z=-float(window_z(test.data, last, length)[place]),
        p=chance,
        sure=1.0 - chance,
        called=True,
        first=test.days[first] + timedelta(days=1),
        loss=loss_of(float(x1), expected, length, worth, shop, item=one.item, wide=wide)
        if worth > 0
        else None,
        of_own=abs(float(x1) - expected) / max(expected, 1e-9),
    )
