"""Price changes of rivals' items that are compared with ours, as possible causes of lower sales."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from core.records.records import Records
from core.records.rivals import RivalHero
from core.shop.item_names import short
from core.shop.settings import Shop
from core.statistics.cause_weighing import meeting, meeting_chance

MOVED: Final = 0.05
"""The relative difference from which a rival's price counts as changed."""
RATE_DAYS: Final = 60
"""The number of past days over which rivals' price changes are counted, to know how frequent they are."""
BEFORE, AFTER = timedelta(days=1), timedelta(days=7)
"""A price cut may explain a change of ours that began 1 day before to 7 days after the cut was seen."""
WINDOW_DAYS: Final = 9
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


class RivalMove(NamedTuple):
    """A price change of a rival's item between two observations.

    ``ours`` is the item of our shop that the rival's item is compared with.
    """

    ours: str
    shop: str
    item: str
    day: date
    """The day of the look at which the new price was seen."""
    before: float
    after: float


class RivalMoves(NamedTuple):
    """The price changes of rivals' items that are compared with ours, and how frequent these changes are."""

    moves: tuple[RivalMove, ...] = ()
    a_day: Mapping[str, float] = {}
    """Rival price changes per day, over two months, by the item of ours."""

    def near(self, item: str, start: date) -> RivalMove | None:
        """Return the latest rival price cut near the start of our item's change; None if there is none."""
        met = [
            one
            for one in self.moves
            if one.ours == item and one.after < one.before and one.day - BEFORE <= start <= one.day + AFTER
        ]
        return met[-1] if met else None

    def says(self, item: str, earliest: date, latest: date) -> Literal["likely", "possible", "cannot tell"]:
        """Return how likely a rival's price cut near the start of a change is the cause of that change.

        The more often the rivals change prices, the less likely it is, because one of their changes then
        falls near any start by chance.
        """
        days = WINDOW_DAYS + (latest - earliest).days
        return meeting(meeting_chance(self.a_day.get(item, 0.0), days))


def rival_moves(seen: Records[RivalHero] | None, shop: Shop, today: date) -> RivalMoves:
    """Return the price changes, in the last two months, of rivals' items compared with ours, oldest first."""
    names = {one.id: short(one.name) for one in shop.rivals}
    looks: dict[tuple[str, str], list[tuple[date, RivalHero]]] = {}
    for row in sorted(seen or (), key=lambda one: one.at):
        day = row.at.date()
        if today - timedelta(days=RATE_DAYS) <= day <= today and row.value.price:
            looks.setdefault((row.value.rival, row.value.item.strip()), []).append((day, row.value))
    found = [
        move for (rival, item), own in looks.items() for move in _moves(names.get(rival, rival), item, own)
    ]
    counts = Counter(one.ours for one in found)
    # The price change in question is one of those counted; half of it is taken off, because a single one
    # does not show that such changes are frequent.
    rates = {item: (count - 0.5) / RATE_DAYS for item, count in counts.items()}
    return RivalMoves(tuple(sorted(found, key=lambda one: one.day)), rates)


def _moves(shop: str, item: str, looks: Sequence[tuple[date, RivalHero]]) -> Iterable[RivalMove]:
    ours = next((look.ours for _, look in reversed(looks) if look.ours), "")
    prices = [(day, price) for day, look in looks if (price := _price(look.price)) is not None]
    for (_, before), (day, after) in pairwise(prices):
        if ours and abs(after / before - 1.0) >= MOVED:
            yield RivalMove(ours, shop, item, day, before, after)


def _price(typed: str) -> float | None:
    """Return the lowest number in a price typed as text; None if it has no number or the lowest is 0."""
    found = [float(one) for one in _NUMBER.findall(typed.replace(",", ""))]
    return min(found) if found and min(found) > 0 else None
