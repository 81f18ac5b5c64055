"""The findings about ordered goods: on their way, late, arrived, or coming too late."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Proposal, finding
from core.facts.goods_on_the_way import Ordered
from core.language import message
from core.language.message import Value, Words, say
from core.topics.stock.cover import StockLine


def of_orders(orders: Sequence[Ordered], lines: Sequence[StockLine], today: date) -> list[Finding[Words]]:
    """Return a finding for each order: first those not arrived, by expected day, then those that have."""
    by_item = {line.shelf.item: line for line in lines}
    ranked = sorted(orders, key=lambda one: (one.arrived is not None, one.expected or date.max))
    return [_said(one, by_item, today) for one in ranked]


def _said(one: Ordered, by_item: Mapping[str, StockLine], today: date) -> Finding[Words]:
    line = by_item.get(one.item)
    values: dict[str, Value] = {
        "name": one.item if line is None else line.name,
        "n": message.count(one.quantity),
        "placed": message.short_day(one.placed),
        "expected": message.short_day(one.expected),
        "arrived": message.short_day(one.arrived),
    }
    about = About(item=one.item)
    if one.arrived is not None:
        text = say("{name}: the {n} pieces ordered on {placed} arrived on {arrived}.", **values)
        return finding("stock", "arrived", "good", text, about=about)
    text = say("{name}: {n} pieces were ordered on {placed} and are expected on {expected}.", **values)
    late = 0 if one.expected is None else (today - one.expected).days
    if late > 0:
        told = message.plural(
            "The goods are {n} day late: ask when they will arrive, or confirm that they have arrived.",
            "The goods are {n} days late: ask when they will arrive, or confirm that they have arrived.",
            late,
        )
        ask = Proposal(
            "supply",
            say("Ask the supplier when the {n} pieces of {name} will arrive (agreed: {expected})", **values),
            due=today.isoformat(),
            item=one.item,
            deed="ask_supplier",
            about=about,
        )
        return finding("stock", "late", "act", message.sentences([text, told]), ask, about=about)
    empty = 0 if line is None else _empty_days(one, line, today)
    if empty >= 1:
        told = message.plural(
            "The item will be out of stock for about {n} day before the goods arrive: ask what "
            "can be sent at once.",
            "The item will be out of stock for about {n} days before the goods arrive: ask what "
            "can be sent at once.",
            empty,
        )
        return finding("stock", "on_its_way", "watch", message.sentences([text, told]), about=about)
    return finding("stock", "on_its_way", "info", text, about=about)


def _empty_days(one: Ordered, line: StockLine, today: date) -> int:
    """Return the days from selling out until the ordered goods arrive; 0 if either day is unknown."""
    if one.expected is None or line.days is None:
        return 0
    out = today + timedelta(days=math.floor(line.days))
    return max(0, (one.expected - out).days)
