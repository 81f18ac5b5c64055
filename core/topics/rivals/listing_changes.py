"""The changes of a shop's listings between two observations: new, taken down, repriced, renamed."""

import itertools
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import bigram_dice, net_change, price_moved

MISSES = 2
"""The number of looks without a listing after which it counts as gone."""
SAME_TITLE = 0.95
"""The similarity below which a title counts as changed."""


class ListingSnapshot(NamedTuple):
    """One listing as the shop showed it; None for a value that was not shown or not readable."""

    title: str
    price: float | None
    sold: Interval | None


class Change(NamedTuple):
    """The price or title of one listing before and after."""

    item: str
    before: ListingSnapshot
    after: ListingSnapshot

    @property
    def price_step(self) -> float:
        """Return the relative change of the price; 0 if a price is unknown."""
        old, new = self.before.price, self.after.price
        return new / old - 1.0 if old and new is not None else 0.0


class Moves(NamedTuple):
    """The changes of a shop's listings from one observation to the next."""

    day: date
    since: date
    shown: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    """Listings missing for the second look in a row."""
    missing: int
    """The number of listings missing for the first time, from which nothing is concluded yet."""
    back: tuple[str, ...]
    repriced: tuple[Change, ...]
    renamed: tuple[Change, ...]
    sold: Interval | None
    """The net rise of the comparable displayed counts; None if there are none."""
    compared: int
    fell: int
    """The number of counters that fell (rolled over, reset or cleaned), so that sales are unknown."""
    unread: int
    """The number of listings shown both times without a count on one side."""


def moves(looks: Mapping[date, Mapping[str, ListingSnapshot]]) -> list[Moves]:
    """Return the changes of one shop's listings between successive observations, oldest first.

    Empty if there is only one observation. Days without an observation are skipped. A listing is new if no
    earlier observation has it, gone if two observations in a row lack it, and back if it returns after that.
    """
    days = sorted(looks)
    last: dict[str, ListingSnapshot] = dict(looks[days[0]]) if days else {}
    missed: dict[str, int] = {}
    found = []
    for since, day in itertools.pairwise(days):
        shelf = looks[day]
        gone = []
        for item in last:
            missed[item] = 0 if item in shelf else missed.get(item, 0) + 1
            if missed[item] == MISSES:
                gone.append(item)
        found.append(_moves(since, day, shelf, looks[since], last, gone, missed, _away(looks, since, missed)))
        last |= shelf
    return found


def _away(
    looks: Mapping[date, Mapping[str, ListingSnapshot]], since: date, missed: Mapping[str, int]
) -> set[str]:
    """Return the present listings that were missing at the two previous observations."""
    before = [day for day in sorted(looks) if day <= since][-MISSES:]
    return {
        item
        for item, misses in missed.items()
        if not misses and len(before) == MISSES and all(item not in looks[day] for day in before)
    }


def _moves(
    since: date,
    day: date,
    shelf: Mapping[str, ListingSnapshot],
    before: Mapping[str, ListingSnapshot],
    last: Mapping[str, ListingSnapshot],
    gone: list[str],
    missed: Mapping[str, int],
    away: set[str],
) -> Moves:
    both = [Change(item, last[item], shown) for item, shown in shelf.items() if item in last]
    gains, fell, unread = [], 0, 0
    for item, shown in shelf.items():
        if item not in before:
            continue
        gain = _gain(before[item].sold, shown.sold)
        if gain is None:
            unread += before[item].sold is None or shown.sold is None
            fell += before[item].sold is not None and shown.sold is not None
        else:
            gains.append(gain)
    return Moves(
        day=day,
        since=since,
        shown=len(shelf),
        new=tuple(item for item in shelf if item not in last),
        gone=tuple(gone),
        missing=sum(n == 1 for n in missed.values()),
        back=tuple(sorted(away)),
        repriced=tuple(change for change in both if _repriced(change)),
        renamed=tuple(
            change for change in both if bigram_dice(change.before.title, change.after.title) < SAME_TITLE
        ),
        sold=Interval(sum(one.low for one in gains), sum(one.high for one in gains)) if gains else None,
        compared=len(gains),
        fell=fell,
        unread=unread,
    )


def _gain(before: Interval | None, after: Interval | None) -> Interval | None:
    """Return the net rise of a counter; None if either value is unknown or the counter fell."""
    if before is None or after is None or after.low < before.low:
        return None
    return Interval(0.0, 0.0) if before == after and before.low == before.high else net_change(before, after)


def _repriced(change: Change) -> bool:
    old, new = change.before.price, change.after.price
    return old is not None and new is not None and price_moved(Interval(old, old), Interval(new, new))
