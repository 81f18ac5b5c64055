"""The findings about what to order: one for each large order, one for all small ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta

from core.answers.answer import Finding, Impact, LevelName, Proposal, finding
from core.language import message
from core.language.message import Value, Words, plural, say
from core.measures.usual_days import sizes as day_sizes
from core.shop.settings import Shop
from core.statistics import demand
from core.topics.stock import sizes
from core.topics.stock.coming_back import resale
from core.topics.stock.cover import StockLine, quantity_range
from core.topics.stock.phrases import a_day_said, about, band, days_said, listed

SINGLE = 12
"""The most items to order that get a finding each; the rest share one (a judgement)."""
ACT_SHARE, WATCH_SHARE = 0.01, 0.003
"""Shares of the shop's daily sales that an item must have: to be urgent, and for its own finding."""
FEW_DAYS = 7
"""The fewest days of sales for an order to be urgent."""


def at_stake(line: StockLine) -> float:
    """Return the sales in yuan that are lost until an order placed today arrives.

    If none are lost, return the sales of one day.
    """
    return line.empty_days * line.yuan_a_day or line.yuan_a_day


def split(lines: Sequence[StockLine], shop: Shop, whole: float) -> tuple[list[StockLine], list[StockLine]]:
    """Return the items to order in two lists: those that get a finding of their own, and the rest.

    Both are sorted by urgency, then by money at stake.
    """
    due = sorted(
        (line for line in lines if line.state in ("gone", "order")),
        key=lambda line: (urgency(line, shop, whole) != "act", -at_stake(line)),
    )
    large = [line for line in due if line.hero or not whole or line.yuan_a_day >= WATCH_SHARE * whole]
    first = large[:SINGLE] if len(due) > SINGLE else due
    named = {line.shelf.item for line in first}
    return first, [line for line in due if line.shelf.item not in named]


def urgency(line: StockLine, shop: Shop, whole: float) -> LevelName:
    """Return "act" for urgent orders, else "watch"; ``whole`` is the shop's sales in yuan per day.

    An item is urgent if it is sold out or likely to sell out before an order arrives; a hero is urgent as
    soon as that risk exceeds what its service level allows. The level is never "act" for an item with less
    than a week of sales, nor, except for heroes, for an item with under 1 % of the shop's sales.
    """
    missed = line.state == "gone" and (line.a_day or 0.0) >= 1
    late = line.state != "gone" and (line.chance or 0.0) >= shop.thresholds.likely
    risk = 1.0 if line.state == "gone" else line.chance or 0.0
    endangered = line.hero and risk > 1.0 - shop.thresholds.hero_service_level
    urgent = missed or late or endangered
    small = not line.hero and line.yuan_a_day < ACT_SHARE * whole
    known = line.pace is not None and line.pace.demand.days >= FEW_DAYS
    return "act" if urgent and known and not small else "watch"


def ordering(line: StockLine, shop: Shop, today: date, whole: float) -> Finding[Words]:
    """Return the finding on an item to order: sell-out day, lead time, quantity and the cost of waiting."""
    arrival = today + timedelta(days=math.ceil(line.lead or 0.0))
    impact, cost = _missed(line, shop, today)
    text = message.sentences(
        [
            _sold_out(line, arrival) if line.state == "gone" else _runs_out(line, shop),
            _estimate(line, shop, today),
            _if_raised(line),
            sizes.split_words(line, shop, today),
            cost,
            say("Already sold out: {skus}.", skus=listed(line.shelf.out)) if line.shelf.out else "",
            _on_its_way(line),
            _coming_back(line, shop),
        ]
    )
    level = urgency(line, shop, whole)
    asks = _orders(line, today, arrival, level)
    return finding("stock", "order", level, text, *asks, about=about(line), impact=impact)


def _estimate(line: StockLine, shop: Shop, today: date) -> Words:
    """Return a text on the pace range of an item with under two weeks of sales, and on what it means.

    The text gives the smallest and the largest order that may be right; it is empty for other items.
    """
    if not line.young or line.pace is None or not line.quantity:
        return ""
    low, high = demand.mean_range(line.pace.demand)
    few, many = quantity_range(line, shop, today)
    values: dict[str, Value] = {
        "low": message.ratio(low, 1),
        "high": message.ratio(high, 1),
        "few": message.count(few),
        "many": message.count(many),
    }
    if line.pace.since_first_file:
        return plural(
            "Only {n} day of its sales is imported: {low} to {high} a day are possible, so the right "
            "order is anywhere from {few} to {many}.",
            "Only {n} days of its sales are imported: {low} to {high} a day are possible, so the right "
            "order is anywhere from {few} to {many}.",
            line.pace.demand.days,
            **values,
        )
    return plural(
        "The item has been on sale for only {n} day: it may sell {low} to {high} a day, so the "
        "right order is anywhere from {few} to {many} pieces.",
        "The item has been on sale for only {n} days: it may sell {low} to {high} a day, so the "
        "right order is anywhere from {few} to {many} pieces.",
        line.pace.demand.days,
        **values,
    )


def _if_raised(line: StockLine) -> Words:
    """Return a text on the quantity to order if sales stay as high as on the last unusual day.

    Empty if there is no such day.
    """
    if line.if_raised is None or line.pace is None or not line.pace.odd:
        return ""
    return say(
        "If sales stay as high as on {day} ({units} sold), order {n}.",
        day=message.short_day(line.pace.odd[-1].day),
        units=message.count(line.pace.odd[-1].units),
        n=message.count(line.if_raised),
    )


def folded(lines: Sequence[StockLine], whole: float) -> list[Finding[Words]]:
    """Return one finding for all small orders together; empty if there are none."""
    if not lines:
        return []
    pieces = sum(line.quantity for line in lines)
    yuan = sum(line.yuan_a_day for line in lines)
    text = plural(
        "{n} smaller order as well, {pieces} pieces in all: {names}. It brings {money} of sales a day.",
        "{n} smaller orders as well, {pieces} pieces in all: {names}. Together they bring "
        "{money} of sales a day.",
        len(lines),
        pieces=message.count(pieces),
        names=listed([line.name for line in lines]),
        money=message.money(round(yuan)),
    )
    ask = Proposal(
        "supply",
        plural("Order the {n} smaller item as listed", "Order the {n} smaller items as listed", len(lines)),
    )
    level: LevelName = "watch" if yuan >= WATCH_SHARE * whole else "info"
    return [finding("stock", "orders", level, text, ask)]


def _sold_out(line: StockLine, arrival: date) -> Words:
    text = say(
        "{name} is sold out; it used to sell about {a_day} a day.", name=line.name, a_day=a_day_said(line)
    )
    if not line.quantity:
        return text
    order = say(
        "Order {n} today; they will arrive about {day}.",
        n=message.count(line.quantity),
        day=message.day(arrival),
    )
    return message.sentences([text, order])


def _runs_out(line: StockLine, shop: Shop) -> Words:
    return say(
        "{name} has {days} of cover ({band} days) and a new order takes {lead}: {odds}. Order {n} today.",
        name=line.name,
        days=days_said(line.days),
        band=band(line),
        lead=days_said(line.lead),
        odds=_odds(line, shop),
        n=message.count(line.quantity),
    )


def _missed(line: StockLine, shop: Shop, today: date) -> tuple[Impact | None, Words]:
    """Return the one-time loss from the days without stock (margin if the cost is known), and its text.

    Goods in transit count as if they arrived in time. The loss is None if there is less than one day without
    stock, or if no price is known.
    """
    ahead = demand.total(line.pace.demand, day_sizes(shop, today, line.lead or 0.0)).net if line.pace else 0.0
    units, price = max(0.0, ahead - line.position), line.price or 0.0
    sales = units * price
    if not sales or line.empty_days < 1:
        return None, ""
    money = message.money(round(sales, -2))
    if line.shelf.in_transit:
        text = say(
            "Even counting what is on its way, about {money} of sales would be lost before a new order "
            "arrives.",
            money=money,
        )
    else:
        text = say(
            "Being out of stock for about {days} would lose about {money} of sales.",
            days=days_said(line.empty_days),
            money=money,
        )
    if line.cost is None:
        return Impact(sales, "once"), text
    margin = units * max(0.0, price - line.cost)
    part = say("About {money} of that is profit margin.", money=message.money(round(margin, -2)))
    return Impact(margin, "once", of="margin"), message.sentences([text, part])


def _on_its_way(line: StockLine) -> Words:
    if not line.shelf.in_transit:
        return ""
    return say(
        "{n} pieces already on their way are counted; ask on which day they arrive.",
        n=message.count(line.shelf.in_transit),
    )


def _coming_back(line: StockLine, shop: Shop) -> Words:
    """Return a text on the returned pieces deducted from the order; empty if they are less than one piece."""
    back = None if line.pace is None else line.pace.demand.returning
    if back is None or line.back < 1 or not line.quantity:
        return ""
    return say(
        "{n} returned pieces are expected back for sale and are counted ({share} of the orders are "
        "returned, {resale} of them fit for sale again).",
        n=message.count(line.back),
        share=message.percent(back.back / resale(shop), 0),
        resale=message.percent(resale(shop), 0),
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
        due=today.isoformat(),
        expected=float(round(left + line.quantity)),
        item=line.shelf.item,
        deed="order",
        about=about(line),
        quantity=float(line.quantity),
        arrives=arrival.isoformat(),
    )
    if level != "act" or line.empty_days < 1:
        return (order,)
    slower = Proposal(
        "promotion",
        say(
            "Lower the ads of {name} until new stock arrives, and advertise what is in stock instead",
            name=line.name,
        ),
        metric="ad_clicks",
        direction="down",
        due=(today + timedelta(days=1)).isoformat(),
        item=line.shelf.item,
        deed="lower_spend",
        about=about(line),
    )
    return (order, slower)


def _odds(line: StockLine, shop: Shop) -> Words:
    chance = line.chance or 0.0
    if chance >= shop.thresholds.likely:
        return say("the item will very likely sell out before the new stock arrives")
    if chance >= shop.thresholds.leans:
        return say("the item will probably sell out before the new stock arrives")
    return say("{chance} likely to sell out before the new stock arrives", chance=message.percent(chance, 0))
