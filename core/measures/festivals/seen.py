"""Festivals that show in the sales although no row of the calendar mentions them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from core.measures import baseline
from core.measures.festivals.public_festivals import Festival, occurrences
from core.shop.settings import Shop

TIMES: Final = 1.5
"""Sales above this multiple of the usual are a sign of a festival."""
NEAR: Final = 10
"""Large sales are such a sign only within this many days of a festival's public dates."""
LOOKED_BACK: Final = 42
"""Number of days back that are examined."""
_RUN, _OF_RUN = 3, 2
"""Two of three consecutive days must be that large, because one alone may be a single large order."""


class SeenFestival(NamedTuple):
    """A festival that shows in the sales, with the days that sold like one."""

    festival: Festival
    days: tuple[date, ...]
    times: float
    """Sales of the largest of these days, as a multiple of usual sales."""


def seen(shop: Shop, sales: Mapping[date, float], upto: date) -> tuple[SeenFestival, ...]:
    """Return the festivals that show in the last six weeks' sales without a confirmed row, oldest first.

    A festival shows if, within ten days of its public dates, at least two of three consecutive days sold over
    1.5 times what comparable days before them did. Days are left out if a confirmed row covers them, or a row
    that the shop marked as not concerning it.
    """
    first = upto - timedelta(days=LOOKED_BACK - 1)
    found: list[SeenFestival] = []
    taken: set[date] = set()
    for one in occurrences(first - timedelta(days=NEAR), upto + timedelta(days=NEAR)):
        begin = max(first, one.start - timedelta(days=NEAR))
        end = min(upto, one.end + timedelta(days=NEAR))
        days = [begin + timedelta(days=n) for n in range((end - begin).days + 1)]
        open_days = [day for day in days if day in sales and day not in taken and _open(shop, day)]
        times = times_usual(sales, shop, open_days)
        large = [day for day in open_days if times.get(day, 0.0) > TIMES]
        runs = [day for day in large if _in_a_run(day, large)]
        if runs:
            taken.update(runs)
            found.append(SeenFestival(one.festival, tuple(runs), max(times[day] for day in runs)))
    return tuple(found)


def _open(shop: Shop, day: date) -> bool:
    return not any(
        one.covers(day) for one in shop.calendar if one.kind != "supplier_closed" and one.state != "proposed"
    )


def times_usual(sales: Mapping[date, float], shop: Shop, days: Sequence[date]) -> dict[date, float]:
    """Return each day's sales as a multiple of the mean of comparable days before the first of ``days``."""
    if not days:
        return {}
    since = days[0] - timedelta(days=baseline.REACH_DAYS)
    before = {day: value for day, value in sales.items() if since <= day < days[0]}
    found: dict[date, float] = {}
    for day in days:
        usual = baseline.mean(before, baseline.usual_days(before, day, shop).days)
        if usual:
            found[day] = sales[day] / usual
    return found


def _in_a_run(day: date, large: list[date]) -> bool:
    """Return whether two or more days are large in some three consecutive days that include this one."""
    near = [other for other in large if other != day and abs((other - day).days) < _RUN]
    return len(near) + 1 >= _OF_RUN
