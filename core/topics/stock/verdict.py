"""The verdict on the stock: the most pressing matter, or the item that runs out next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.answers.answer import Verdict
from core.language import message
from core.language.message import Value, Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.stock import findings, orders, phrases
from core.topics.stock.below_cost import BelowCost
from core.topics.stock.cover import StockLine


def of_stock(
    lines: Sequence[StockLine], cheap: Mapping[str, BelowCost], shop: Shop, whole: float
) -> Verdict[Words]:
    """Return the verdict on the most pressing matter.

    The first of these that applies: an item sold below cost (with the most urgent order), an urgent order,
    any order, an item to be ordered once its fault is settled; otherwise that there is nothing to order.
    """
    single, rest = orders.split(lines, shop, whole)
    ordering = [*single, *rest]
    urgent = [line for line in single if orders.urgency(line, shop, whole) == "act"]
    if cheap:
        worst = max(cheap, key=lambda item: cheap[item].lost)
        named = {line.shelf.item: line.name for line in lines}
        text = say(
            "{name} sells below its cost: buyers pay {paid}, it costs {cost}.",
            name=named.get(worst) or item_name(shop, worst, ""),
            paid=message.price(cheap[worst].paid),
            cost=message.price(cheap[worst].cost),
        )
        return Verdict(
            "act", message.sentences([text, _urgent(urgent[0], len(ordering) - 1) if urgent else ""])
        )
    if urgent:
        return Verdict("act", _urgent(urgent[0], len(ordering) - 1), asks=True)
    if ordering:
        first = ordering[0]
        text = say(
            "Order {n} × {name} now: it has {days} of cover, a new order takes {lead}.",
            n=message.count(first.quantity),
            name=first.name,
            days=phrases.days_said(first.days),
            lead=phrases.days_said(first.lead),
        )
        return Verdict("watch", text, asks=True)
    if held_back := [line for line in lines if line.state == "faulty"]:
        return Verdict("watch", findings.fault_first(held_back[0]))
    return _nothing_to_order(lines)


def _nothing_to_order(lines: Sequence[StockLine]) -> Verdict[Words]:
    selling = [line for line in lines if line.state == "enough" and line.days is not None]
    if not selling and any(line.state == "no_lead" for line in lines):
        return Verdict(
            "watch",
            say("The days of cover are known but not the lead times: set lead_days in shop.toml once."),
        )
    if not selling:
        return Verdict(
            "info", say("No item in this stock file sells at present, so there is nothing to order.")
        )
    first = selling[0]
    heaps = sum(line.state == "slow" for line in lines)
    text = say(
        "Nothing to order: even {name}, the shortest, has {days} of cover; a new order takes {lead}.",
        name=first.name,
        days=phrases.days_said(first.days),
        lead=phrases.days_said(first.lead),
    )
    return Verdict("good" if not heaps else "info", text)


def _urgent(line: StockLine, others: int) -> Words:
    values: dict[str, Value] = {
        "name": line.name,
        "n": message.count(line.quantity),
        "days": phrases.days_said(line.days),
        "lead": phrases.days_said(line.lead),
    }
    if line.state == "gone" and not line.quantity:
        text = say("{name} is sold out, but buyers still want it.", **values)
    elif line.state == "gone":
        text = say("{name} is sold out; a new order takes {lead}: order {n} today.", **values)
    else:
        text = say("{name} has {days} of cover, but a new order takes {lead}: order {n} today.", **values)
    if others <= 0:
        return text
    more = message.plural("{n} more item to reorder.", "{n} more items to reorder.", others)
    return message.sentences([text, more])
