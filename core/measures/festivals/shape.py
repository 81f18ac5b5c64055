"""The sizes of the days of a festival, as multiples of an ordinary day."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from statistics import median
from typing import Final

from core.measures.festivals.public_festivals import Occurrence, new_year

OPENING, FIRST_DAYS, MIDDLE, PEAK, REST = 2.5, 1.5, 1.1, 2.0, 1.2
"""Day sizes (multiples of an ordinary day) of a great festival: opening, the three days after it, the days
between, the peak and its eve, the days after (a judgement)."""
QUIET, QUIET_DAYS = 0.75, 7
"""The size of a quiet day after a great festival as a multiple of an ordinary day, and their number
(a judgement)."""
HOLIDAY, BEFORE_HOLIDAY = 0.5, 0.7
"""Day sizes (multiples of an ordinary day) from the Spring Festival on, and before it (a judgement)."""
RELATIVE_SD: Final = 0.30
"""The standard deviation of an unconfirmed day's multiplier, relative to the multiplier (a judgement)."""
OWN_STRENGTH: Final = 1.0
"""The public shape counts as much as this many years of the shop's own sales (a judgement)."""
LEVEL_DAYS, FEWEST = 14, 10
"""The days on either side that give the sales level around a festival, and how many must be ordinary."""
_FIRST: Final = 3
_TAIL: Final = 2


def profile(days: int, peak: int | None = None) -> tuple[float, ...]:
    """Return the day sizes of a great festival as multiples of an ordinary day, without the shop's own sales.

    ``peak`` is the index of the day the festival is named after; without it the last day but two is the peak.
    """
    top = max(0, days - _TAIL - 1) if peak is None else peak
    made = [OPENING] + [FIRST_DAYS] * _FIRST + [MIDDLE] * days
    made = made[:days]
    for place in range(top + 1, days):
        made[place] = REST
    for place in (top - 1, top):
        if 0 < place < days:
            made[place] = PEAK
    return tuple(made)


def expected_shape(one: Occurrence) -> tuple[float, ...]:
    """Return the festival's day sizes (multiples of an ordinary day) by its size class; empty if unknown."""
    days = one.days
    if one.festival.size == "great":
        peak = one.festival.peak_in(one.end.year)
        return profile(len(days), None if peak is None else (peak - one.start).days)
    if one.festival.size == "holiday":
        begins = new_year(one.end.year)
        return tuple(HOLIDAY if begins is not None and day >= begins else BEFORE_HOLIDAY for day in days)
    return ()


def shrunk_multiplier(ratios: Sequence[float], expected: float = 1.0, strength: float = 4.0) -> float:
    """Return the multiplier of a kind of day from its own ratios, shrunk to ``expected`` on the log scale.

    exp((n · mean log + strength · log expected) / (n + strength)); ``expected`` without ratios. Ratios of 0
    are left out.
    """
    logs = [math.log(one) for one in ratios if one > 0]
    if not logs or expected <= 0:
        return expected
    return math.exp((math.fsum(logs) + strength * math.log(expected)) / (len(logs) + strength))


def own_ratios(
    sales: Mapping[date, float], start: date, end: date, others: Collection[date] = frozenset()
) -> dict[date, float]:
    """Return each day's sales as a multiple of the sales of ordinary days before and after the span.

    Ordinary days are two weeks before the span and two weeks after its quiet days, without ``others``; if
    there are too few, the result is empty. Each day is compared with the usual sales of its own weekday.
    """
    before = [start - timedelta(days=n) for n in range(1, LEVEL_DAYS + 1)]
    after = [end + timedelta(days=QUIET_DAYS + n) for n in range(1, LEVEL_DAYS + 1)]
    plain = [day for day in (*before, *after) if sales.get(day, 0.0) > 0 and day not in others]
    if len(plain) < FEWEST:
        return {}
    level = median(sales[day] for day in plain)
    usual: dict[int, float] = {}
    for weekday in range(7):
        same = [sales[day] for day in plain if day.weekday() == weekday]
        usual[weekday] = shrunk_multiplier([one / level for one in same]) * level
    span = [start + timedelta(days=n) for n in range((end - start).days + 1)]
    return {day: sales[day] / usual[day.weekday()] for day in span if day in sales}
