"""Arrival dates of orders: lead days count only while the suppliers are open."""

from __future__ import annotations

import math
from datetime import date, timedelta

from core.shop.settings import CalendarDay, Shop

TOLD_BEFORE = 21
"""How many days before a closure of the suppliers its last order day is announced.

For long lead times it is announced earlier.
"""
SPARE = 7
FAR = 400


def arrival(shop: Shop, ordered: date, lead_days: float) -> date:
    """Return the day on which goods ordered on ``ordered`` arrive.

    Lead days count from the day after the order, and only on days on which the suppliers are open.
    """
    left, day = math.ceil(lead_days), ordered
    for _ in range(FAR):
        if left <= 0:
            break
        day += timedelta(days=1)
        left -= shop.supplier_closed(day) is None
    return day


def lead_from(shop: Shop, today: date, lead_days: float) -> float:
    """Return the calendar days until goods ordered today arrive.

    This is ``lead_days`` itself unless a closure of the suppliers falls in between.
    """
    whole = (arrival(shop, today, lead_days) - today).days
    return lead_days if whole == math.ceil(lead_days) else float(whole)


def last_order_day(shop: Shop, closure: CalendarDay, lead_days: float) -> date:
    """Return the latest day on which an order still arrives before the closure."""
    last_open = closure.start - timedelta(days=1)
    day = closure.start - timedelta(days=math.ceil(lead_days))
    while arrival(shop, day, lead_days) > last_open:
        day -= timedelta(days=1)
    while arrival(shop, day + timedelta(days=1), lead_days) <= last_open:
        day += timedelta(days=1)
    return day


def next_closure(shop: Shop, today: date, lead_days: float) -> CalendarDay | None:
    """Return the suppliers' next closure if it is near enough to be announced, else None."""
    reach = today + timedelta(days=max(TOLD_BEFORE, math.ceil(lead_days) + SPARE))
    closed = [one for one in shop.calendar if one.kind == "supplier_closed" and one.counts]
    ahead = [one for one in closed if today < one.start <= reach]
    return min(ahead, key=lambda one: one.start, default=None)
