"""The last days of sales, with the target and the usual range of each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from core.answers.answer import Mark, Series
from core.language.message import Words, say
from core.measures import baseline
from core.shop.settings import Shop
from core.topics.sales.month.plan import month_plan

DAYS, MOST = 30, 60


def sales_trend(
    sales: Mapping[date, float], shop: Shop, day: date, swing: float | None, *, lead: bool = False
) -> Series[Words] | None:
    """Return sales, targets and usual ranges of the thirty days up to ``day``; None if no sales are known.

    If it is to ``lead`` its answer, it goes back up to sixty days, which are seen when it is enlarged.
    ``swing`` is half the width of the 80 % range of a day's result, as a fraction of its target. Each
    calendar entry is marked on its first day.
    """
    days = days_shown(sales, day, lead=lead)
    if not days:
        return None
    aims = _targets(sales, shop, days)
    ranges = _ranges(sales, shop, aims, days, swing)
    return Series(
        say("Sales by day") if lead else say("Sales of the last {n} days", n=DAYS),
        "CNY",
        tuple(one.isoformat() for one in days),
        tuple(sales.get(one) for one in days),
        calendar_marks(shop, days),
        targets=tuple(aims.get(one) for one in days),
        low=tuple(ranges[one][0] if one in ranges else None for one in days),
        high=tuple(ranges[one][1] if one in ranges else None for one in days),
        lead=lead,
    )


def days_shown(sales: Mapping[date, float], day: date, *, lead: bool) -> list[date]:
    """Return the days shown; empty if none of the thirty up to ``day`` has sales."""
    days = [day - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    if not any(one in sales for one in days):
        return []
    if not lead:
        return days
    first = max(day - timedelta(days=MOST - 1), min(sales))
    return [day - timedelta(days=back) for back in range(max(DAYS - 1, (day - first).days), -1, -1)]


def _targets(sales: Mapping[date, float], shop: Shop, days: list[date]) -> dict[date, float]:
    """Return the target of each day whose month has one."""
    found: dict[date, float] = {}
    for first in dict.fromkeys(one.replace(day=1) for one in days):
        inside = [one for one in days if one.replace(day=1) == first]
        plan = month_plan(sales, shop, inside[-1])
        if plan is not None:
            found |= {one: float(plan.by_day[one]) for one in inside}
    return found


def _ranges(
    sales: Mapping[date, float], shop: Shop, aims: Mapping[date, float], days: list[date], swing: float | None
) -> dict[date, tuple[float, float]]:
    """Return the range in which each day usually lies: around its target, else around its usual sales."""
    if swing is None:
        return {}
    found: dict[date, tuple[float, float]] = {}
    for one in days:
        middle = aims.get(one)
        if middle is None:
            usual = baseline.mean(sales, baseline.usual_days(sales, one, shop).days)
            middle = None if usual is None else usual * shop.multiplier(one)
        if middle:
            found[one] = (middle * max(0.0, 1 - swing), middle * (1 + swing))
    return found


def calendar_marks(shop: Shop, days: list[date]) -> tuple[Mark[Words], ...]:
    """Return a mark for each calendar entry, with its name, on the first shown day that belongs to it."""
    rows = [(one, shop.special(one)) for one in days]
    first = {special.note: one for one, special in reversed(rows) if special is not None and special.note}
    return tuple(Mark(one.isoformat(), note) for note, one in sorted(first.items(), key=lambda row: row[1]))
