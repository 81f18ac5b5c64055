"""Price moves of rivals' items that stand beside one of ours: may they be why ours sells less?"""

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
"""The relative move from which a rival's price counts as changed."""
RATE_DAYS: Final = 60
"""Days over which it is counted how often the linked rivals move prices."""
BEFORE, AFTER = timedelta(days=1), timedelta(days=7)
"""Our change may have begun up to a day before the move was seen, and up to a week after it."""
WINDOW_DAYS: Final = 9
_NUMBER: Final = re.compile(r"\d+(?:\.\d+)?")


class RivalMove(NamedTuple):
    """A rival's item beside ours that costs another price since a look at it."""

    ours: str
    shop: str
    item: str
    day: date
    """The day of the look that saw the new price."""
    before: float
    after: float


class RivalMoves(NamedTuple):
    """The moves beside our items, and how often their rivals move prices at all."""

    moves: tuple[RivalMove, ...] = ()
    a_day: Mapping[str, float] = {}
    """Moves a day by our item, over two months."""

    def near(self, item: str, start: date) -> RivalMove | None:
        """Return the rival's last price cut near the start of our item's change, or None."""
        met = [
            one
            for one in self.moves
            if one.ours == item and one.after < one.before and one.day - BEFORE <= start <= one.day + AFTER
        ]
        return met[-1] if met else None

    def says(self, item: str, earliest: date, latest: date) -> Literal["likely", "possible", "cannot tell"]:
        """Return how far a meeting speaks for a cause: often moving rivals meet any change by chance."""
        days = WINDOW_DAYS + (latest - earliest).days
        return meeting(meeting_chance(self.a_day.get(item, 0.0), days))


def rival_moves(seen: Records[RivalHero] | None, shop: Shop, today: date) -> RivalMoves:
    """Return the price moves of two months beside our items, oldest first."""
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
    # the move in question is one of them: by itself it does not say that such moves are frequent
    rates = {item: (count - 0.5) / RATE_DAYS for item, count in counts.items()}
    return RivalMoves(tuple(sorted(found, key=lambda one: one.day)), rates)


def _moves(shop: str, item: str, looks: Sequence[tuple[date, RivalHero]]) -> Iterable[RivalMove]:
    ours = next((look.ours for _, look in reversed(looks) if look.ours), "")
    prices = [(day, price) for day, look in looks if (price := _price(look.price)) is not None]
    for (_, before), (day, after) in pairwise(prices):
        if ours and abs(after / before - 1.0) >= MOVED:
            yield RivalMove(ours, shop, item, day, before, after)


def _price(typed: str) -> float | None:
    """Return the lower end of a typed price; None without one."""
    found = [float(one) for one in _NUMBER.findall(typed.replace(",", ""))]
    return min(found) if found and min(found) > 0 else None
