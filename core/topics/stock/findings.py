"""What is said about the lines of the stock: one finding per exception, with what to do about it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.measures.usual_days import worth
from core.shop.settings import Shop
from core.topics.stock.cover import StockLine

NAMED = 4
"""Names listed in one sentence before "and so on"."""
FEW_SOLD = 10
"""Below so many the number sold says more than a pace."""
HEAP = 30
"""Fewer pieces than this are left to run out without a word [judgement]."""
LONG = 90.0
"""Days of cover that are too many out of season."""


def findings(lines: Sequence[StockLine], shop: Shop, today: date) -> list[Finding[Words]]:
    """Return the exceptions, the most urgent first; what needs nothing is left alone."""
    found = [ordering(line, shop, today) for line in lines if line.state in ("gone", "order")]
    found += [_negative(line, today) for line in lines if line.shelf.negative]
    found += [_sizes(line, today) for line in lines if line.state in ("enough", "no_lead") and line.shelf.out]
    found += [_slow(line, today) for line in lines if _is_heap(line)]
    found += [
        _season(line)
        for line in lines
        if line.state == "season" and not _is_heap(line) and _would_order(line)
    ]
    found += _lead_times([line for line in lines if line.lead is None and line.state in ("no_lead", "gone")])
    found += _not_on_sale([line for line in lines if line.state == "not_on_sale" and line.shelf.on_hand])
    found += _heroes([line for line in lines if line.hero])
    return found


def urgency(line: StockLine, shop: Shop) -> LevelName:
    """Act when it is out, a hero, or likely to be out before an order arrives; else watch."""
    missed = line.state == "gone" and (line.a_day or 0.0) >= 1
    urgent = missed or line.hero or (line.chance or 0.0) >= shop.thresholds.likely
    return "act" if urgent else "watch"


def ordering(line: StockLine, shop: Shop, today: date) -> Finding[Words]:
    """Say when it runs out, against how long an order takes, how much to order and what waiting costs."""
    arrival = today + timedelta(days=math.ceil(line.lead or 0.0))
    impact, cost = _missed(line, shop, today)
    text = message.sentences(
        [
            _sold_out(line, arrival) if line.state == "gone" else _runs_out(line, shop),
            cost,
            say("Out already: {skus}.", skus=_listed(line.shelf.out)) if line.shelf.out else "",
            _on_its_way(line),
        ]
    )
    level = urgency(line, shop)
    asks = _orders(line, today, arrival, level)
    return finding("stock", "order", level, text, *asks, about=_about(line), impact=impact)


def _sold_out(line: StockLine, arrival: date) -> Words:
    text = say("{name} is sold out at about {a_day} a day.", name=line.name, a_day=_a_day(line))
    if not line.quantity:
        return text
    order = say(
        "Order {n} today; they arrive about {day}.",
        n=message.count(line.quantity),
        day=message.day(arrival),
    )
    return message.sentences([text, order])


def _runs_out(line: StockLine, shop: Shop) -> Words:
    return say(
        "{name} lasts about {days} ({band}) and a new order takes {lead}: {odds}. Order {n} today.",
        name=line.name,
        days=days_said(line.days),
        band=band(line),
        lead=days_said(line.lead),
        odds=_odds(line, shop),
        n=message.count(line.quantity),
    )


def _missed(line: StockLine, shop: Shop, today: date) -> tuple[Impact | None, Words]:
    """Return what the days without goods cost once, the margin where the unit's cost is known; and say it.

    Goods on their way count as if they came in time. Nothing below one empty day or without a price.
    """
    empty = max(0.0, worth(shop, today, line.lead or 0.0) - worth(shop, today, line.days or 0.0))
    units, price = max(0.0, empty * (line.a_day or 0.0) - line.shelf.in_transit), line.price or 0.0
    sales = units * price
    if not sales or line.empty_days < 1:
        return None, ""
    money = message.money(round(sales, -2))
    if line.shelf.in_transit:
        text = say(
            "Even with what is on its way, some {money} of sales would be lost before a new order arrives.",
            money=money,
        )
    else:
        text = say(
            "About {days} without it would cost some {money} of sales.",
            days=days_said(line.empty_days),
            money=money,
        )
    if line.cost is None:
        return Impact(sales, "once"), text
    margin = units * max(0.0, price - line.cost)
    part = say("About {money} of that is margin.", money=message.money(round(margin, -2)))
    return Impact(margin, "once", of="margin"), message.sentences([text, part])


def _on_its_way(line: StockLine) -> Words:
    if not line.shelf.in_transit:
        return ""
    return say(
        "{n} on their way are counted; ask for the day they arrive.",
        n=message.count(line.shelf.in_transit),
    )


def _orders(line: StockLine, today: date, arrival: date, level: LevelName) -> tuple[Proposal[Words], ...]:
    if not line.quantity:
        return ()
    left = max(0.0, line.position - (line.lead or 0.0) * (line.a_day or 0.0))
    order = Proposal(
        "supply",
        say(
            "Order {n} × {name} today (arrives about {day}); ask what can be sent at once",
            n=message.count(line.quantity),
            name=line.name,
            day=message.short_day(arrival),
        ),
        metric="on_hand",
        direction="up",
        due=arrival.isoformat(),
        expected=float(round(left + line.quantity)),
        item=line.shelf.item,
        deed="order",
        about=_about(line),
        quantity=float(line.quantity),
    )
    if level != "act" or line.empty_days < 1:
        return (order,)
    slower = Proposal(
        "promotion",
        say(
            "Turn the ads of {name} down until the goods are in; put the traffic on what is in stock",
            name=line.name,
        ),
        metric="ad_clicks",
        direction="down",
        due=(today + timedelta(days=1)).isoformat(),
        item=line.shelf.item,
        deed="lower_spend",
        about=_about(line),
    )
    return (order, slower)


def _odds(line: StockLine, shop: Shop) -> Words:
    chance = line.chance or 0.0
    if chance >= shop.thresholds.likely:
        return say("it will very likely sell out before the new stock arrives")
    if chance >= shop.thresholds.leans:
        return say("it will probably sell out before the new stock arrives")
    return say("{chance} likely to sell out before the new stock arrives", chance=message.percent(chance, 0))


def _negative(line: StockLine, today: date) -> Finding[Words]:
    text = say(
        "{name}: the count of {skus} is below zero. An error of the books, not demand; it is left out.",
        name=line.name,
        skus=_listed(line.shelf.negative),
    )
    ask = Proposal(
        "supply",
        say(
            "Count {skus} of {name} on the shelf and correct the stock",
            skus=_listed(line.shelf.negative),
            name=line.name,
        ),
        due=today.isoformat(),
        about=_about(line),
    )
    return finding("stock", "negative", "watch", text, ask, about=_about(line))


def _sizes(line: StockLine, today: date) -> Finding[Words]:
    """Name the sizes that are out; no deed, because a few sizes do not stand for an order of the item."""
    text = say(
        "{name}: {skus} out, {n} left in the others. Who wants those leaves.",
        name=line.name,
        skus=_listed(line.shelf.out),
        n=message.count(line.shelf.on_hand),
    )
    ask = Proposal(
        "supply",
        say("Reorder the missing ones of {name}: {skus}", name=line.name, skus=_listed(line.shelf.out)),
        metric="on_hand",
        direction="up",
        item=line.shelf.item,
        due=(today + timedelta(days=math.ceil(line.lead or 7.0))).isoformat(),
        about=_about(line),
    )
    return finding("stock", "sizes", "watch", text, ask, about=_about(line))


def _slow(line: StockLine, today: date) -> Finding[Words]:
    """Say that there is too much of it, and the capital tied up in it at cost."""
    text = say(
        "Do not reorder {name}: {n} left and {pace}.",
        name=line.name,
        n=message.count(line.shelf.on_hand),
        pace=_slow_pace(line),
    )
    tied = say("{money} is tied up in it.", money=message.money(line.tied)) if line.tied else ""
    ask = Proposal(
        "operator",
        say("Clear {name}: clearance price or bundle; take it off the order list", name=line.name),
        metric="on_hand",
        direction="down",
        due=(today + timedelta(days=14)).isoformat(),
        item=line.shelf.item,
        about=_about(line),
    )
    return finding(
        "stock",
        "slow",
        "watch",
        message.sentences([text, tied]),
        ask,
        about=_about(line),
        impact=Impact(line.tied, "once", of="capital") if line.tied else None,
    )


def _slow_pace(line: StockLine) -> Words:
    demand = line.pace.demand if line.pace is not None else None
    if demand is not None and not demand.units:
        return say("not one sold in {days}", days=days_said(demand.days))
    if demand is not None and demand.units < FEW_SOLD:
        return say("{units} sold in {days}", units=message.count(demand.units), days=days_said(demand.days))
    if line.days is None:
        return say("{a_day} a day: more than a year", a_day=_a_day(line))
    return say("{a_day} a day: {days} of cover", a_day=_a_day(line), days=days_said(line.days))


def _season(line: StockLine) -> Finding[Words]:
    values: dict[str, Value] = {
        "name": line.name,
        "n": message.count(line.shelf.on_hand),
        "season": line.season,
    }
    if line.season[:1].isdigit():
        text = say(
            "{name}: {n} left, no reorder. New goods would come after its season ends on {season}.", **values
        )
    else:
        text = say(
            "{name}: {n} left; its title says {season}, and that is over when goods arrive. Reorder only "
            "if you know better.",
            **values,
        )
    return finding("stock", "season", "info", text, about=_about(line))


def _lead_times(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    if not lines:
        return []
    text = say(
        "No lead time is known for {names}: no reorder point without it.",
        names=_listed([line.name for line in lines]),
    )
    ask = Proposal("operator", say("Write lead_days into shop.toml, for the shop or by item"))
    return [finding("stock", "lead_time", "watch", text, ask)]


def _not_on_sale(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    if not lines:
        return []
    names = [say("{name} ({n})", name=line.name, n=message.count(line.shelf.on_hand)) for line in lines]
    text = say(
        "In stock but not on sale in these weeks: {names}. That is a listing decision, not slow stock.",
        names=_listed(names),
    )
    return [finding("stock", "not_on_sale", "info", text)]


def _heroes(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    fine = [
        line for line in lines if line.state == "enough" and line.lead is not None and line.days is not None
    ]
    if not fine:
        return []
    names = [say("{name} {days}", name=line.name, days=days_said(line.days)) for line in fine]
    text = say("These best sellers have enough stock to outlast a reorder: {names}.", names=_listed(names))
    return [finding("stock", "heroes", "good", text)]


def days_said(days: float | None) -> Words:
    """Say a number of days: a half shows below five."""
    if days is None:
        return say("over a year")
    if days < 5 and abs(days - round(days)) > 0.25:  # noqa: PLR2004 - half a day matters there
        return say("{n} days", n=message.ratio(days, 1))
    return message.plural("{n} day", "{n} days", round(days))


def band(line: StockLine) -> Words:
    """Say the range the cover lies in."""
    low, high = (None if days is None else round(days) for days in (line.low, line.high))
    if low is not None and low == high:
        return message.count(low)
    return say(
        "{low}–{high}", low=message.count(low), high=say("a year") if high is None else message.count(high)
    )


def _a_day(line: StockLine) -> Words:
    a_day = line.a_day or 0.0
    small = a_day < 10  # noqa: PLR2004 - small paces need a decimal
    return message.ratio(a_day, 1) if small else message.count(a_day)


def _is_heap(line: StockLine) -> bool:
    """A lot of what does not go: slow, or past its season with months of cover."""
    if (line.shelf.on_hand or 0.0) < HEAP:
        return False
    return line.state == "slow" or (line.state == "season" and (line.days is None or line.days > LONG))


def _would_order(line: StockLine) -> bool:
    """Past its season and still selling out: somebody will want to order it."""
    return line.lead is not None and line.days is not None and line.days <= line.lead * 2


def _listed(names: Sequence[Words]) -> Words:
    said = message.listing(list(names[:NAMED]))
    rest = len(names) - NAMED
    return said if rest <= 0 else say("{names} and {n} more", names=said, n=rest)


def _about(line: StockLine) -> About:
    return About(item=line.shelf.item)
