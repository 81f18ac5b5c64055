"""The last days of net sales, with the net target and the usual range of each day."""

from __future__ import annotations

from datetime import date
from typing import Final

from core.answers.answer import Series, State
from core.language.message import Words, say
from core.measures.net_sales import Net, NetSales
from core.shop.settings import Shop
from core.topics.sales.month.trend import DAYS, calendar_marks, days_shown
from core.topics.sales.net_days import NetState, net_day
from core.topics.sales.net_target import targets_by_day

LIKELY: Final[dict[NetState, State | None]] = {
    "met": None,
    "missed": None,
    "met?": "met",
    "missed?": "missed",
    "open": "plain",
}
"""What a day that is not final is drawn as, by its result; None if it is final."""


def net_trend(
    net: NetSales, shop: Shop, day: date, swing: float | None, *, lead: bool = False
) -> Series[Words] | None:
    """Return net sales, net targets and usual ranges of the thirty days up to ``day``; None if unknown.

    ``lead`` and ``swing`` are as in :func:`core.topics.sales.month.trend.sales_trend`. A day whose refunds
    are not in yet has what its result will probably be.
    """
    days = days_shown(net.paid, day, lead=lead)
    found = {one: known for one in days if (known := net.day(one)) is not None}
    if not found:
        return None
    aims = {
        one: float(target)
        for first in dict.fromkeys(one.replace(day=1) for one in days)
        for one, target in targets_by_day(net.paid, net, shop, first).items()
        if one in days
    }
    ranges = {one: (aim * max(0.0, 1 - swing), aim * (1 + swing)) for one, aim in aims.items() if swing}
    return Series(
        say("Net sales by day")
        if lead
        else say("Net sales of the last {n} days (pale: refunds are still to come)", n=DAYS),
        "CNY",
        tuple(one.isoformat() for one in days),
        tuple(round(found[one].net, 2) if one in found else None for one in days),
        calendar_marks(shop, days),
        targets=tuple(aims.get(one) for one in days),
        low=tuple(ranges[one][0] if one in ranges else None for one in days),
        high=tuple(ranges[one][1] if one in ranges else None for one in days),
        lead=lead,
        likely=tuple(_likely(found.get(one), aims.get(one)) for one in days),
    )


def _likely(found: Net | None, aim: float | None) -> State | None:
    """Return what a day's result will probably be; None if it is final, is unknown or has no target."""
    return None if found is None or aim is None else LIKELY[net_day(found, aim).state]
