"""The findings about stock: one for each exception, with what to do about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.topics.stock import orders, sizes
from core.topics.stock.below_cost import BelowCost
from core.topics.stock.cover import StockLine
from core.topics.stock.phrases import a_day_said, about, days_said, listed

FEW_SOLD = 10
"""The units sold below which the number sold is given instead of a pace."""
HEAP = 30
"""Slow stock of fewer units than this gets no finding; it is left to sell out (a judgement)."""
LONG = 90.0
"""Days of cover that are too many for an item out of season."""


def findings(
    lines: Sequence[StockLine], cheap: Mapping[str, BelowCost], shop: Shop, today: date, whole: float
) -> list[Finding[Words]]:
    """Return findings on the exceptions, the most urgent first; items that need nothing are omitted.

    ``cheap`` are the items that sell below cost, whether or not the stock list has them; ``whole`` is the
    shop's sales in yuan per day.
    """
    counted = {line.shelf.item: line for line in lines}
    found = [_below_cost(item, one, counted.get(item), shop) for item, one in cheap.items()]
    first, rest = orders.split(lines, shop, whole)
    found += [orders.ordering(line, shop, today, whole) for line in first]
    found += orders.folded(rest, whole)
    found += [_faulty(line, today) for line in lines if line.state == "faulty"]
    found += [_negative(line, today) for line in lines if line.shelf.negative]
    found += [one for line in lines if (one := sizes.empty(line, shop, today, whole)) is not None]
    found += [_hidden(line) for line in lines if line.state == "hidden" and line.a_day]
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


def _below_cost(item: str, one: BelowCost, line: StockLine | None, shop: Shop) -> Finding[Words]:
    """Return the finding on an item that sells below cost.

    The finding advises against reordering the item, raising its bids or putting it in a campaign.
    """
    name = item_name(shop, item, "") if line is None else line.name
    text = say(
        "{name} sells below its cost: {paid} a piece on {day}, while it costs {cost}; {units} sold "
        "lost {money}. Do not reorder it, raise its bids or put it in a campaign until the price is "
        "corrected.",
        name=name,
        paid=message.price(one.paid),
        cost=message.price(one.cost),
        day=message.short_day(one.day),
        units=message.count(one.units),
        money=message.money(round(one.lost)),
    )
    ask = Proposal(
        "operator",
        say("Check the list price, coupons and item discounts of {name} now", name=name),
        about=About(item=item),
        item=item,
    )
    return finding(
        "stock",
        "below_cost",
        "act",
        text,
        ask,
        about=About(item=item),
        impact=Impact(one.lost, "day", of="margin"),
    )


def fault_first(line: StockLine) -> Words:
    """Return the text on an item that is due to be ordered while its reviews or refunds get worse."""
    values: dict[str, Value] = {
        "name": line.name,
        "days": days_said(line.days),
        "lead": days_said(line.lead),
        "n": message.count(line.quantity),
    }
    if line.fault == "reviews":
        return say(
            "{name} has {days} of cover and a new order takes {lead}, but its bad reviews are increasing: "
            "settle the cause with the supplier before ordering {n} more of the same.",
            **values,
        )
    return say(
        "{name} has {days} of cover and a new order takes {lead}, but its refunds are increasing: "
        "settle the cause with the supplier before ordering {n} more of the same.",
        **values,
    )


def _faulty(line: StockLine, today: date) -> Finding[Words]:
    ask = Proposal(
        "supply",
        say(
            "Settle with the supplier what is wrong with {name}; only then order {n}",
            name=line.name,
            n=message.count(line.quantity),
        ),
        due=today.isoformat(),
        item=line.shelf.item,
        about=about(line),
    )
    return finding("stock", "faulty", "watch", fault_first(line), ask, about=about(line))


def _hidden(line: StockLine) -> Finding[Words]:
    """Return the finding on an item in stock that nobody sees, asking whether it was taken down."""
    since = line.pace.hidden_since if line.pace is not None else None
    text = say(
        "{name} has been missing from the item files since {day}, or has had no visitors: was it "
        "taken down, or left out of the file? {n} in stock; nothing is ordered until it is back.",
        name=line.name,
        day=message.short_day(since) if since is not None else message.DASH,
        n=message.count(line.shelf.on_hand),
    )
    return finding("stock", "hidden", "info", text, about=about(line))


def _negative(line: StockLine, today: date) -> Finding[Words]:
    text = say(
        "{name}: the stock of {skus} is below zero. That is a bookkeeping error, not demand; it is left out.",
        name=line.name,
        skus=listed(line.shelf.negative),
    )
    ask = Proposal(
        "supply",
        say(
            "Count {skus} of {name} in the warehouse and correct the stock figure",
            skus=listed(line.shelf.negative),
            name=line.name,
        ),
        due=today.isoformat(),
        about=about(line),
    )
    return finding("stock", "negative", "watch", text, ask, about=about(line))


def _slow(line: StockLine, today: date) -> Finding[Words]:
    """Return the finding on overstock, with the money tied up in it at cost."""
    text = say(
        "Do not reorder {name}: {n} pieces left, {pace}.",
        name=line.name,
        n=message.count(line.shelf.on_hand),
        pace=_slow_pace(line),
    )
    tied = say("{money} is tied up in this stock.", money=message.money(line.tied)) if line.tied else ""
    ask = Proposal(
        "operator",
        say("Clear {name}: lower the price or bundle it, and take it off the reorder list", name=line.name),
        metric="on_hand",
        direction="down",
        due=(today + timedelta(days=14)).isoformat(),
        item=line.shelf.item,
        about=about(line),
    )
    return finding(
        "stock",
        "slow",
        "watch",
        message.sentences([text, tied]),
        ask,
        about=about(line),
        impact=Impact(line.tied, "once", of="capital") if line.tied else None,
    )


def _slow_pace(line: StockLine) -> Words:
    known = line.pace.demand if line.pace is not None else None
    if known is not None and not known.units:
        return say("none sold in {days}", days=days_said(known.days))
    if known is not None and known.units < FEW_SOLD:
        return say("{units} sold in {days}", units=message.count(known.units), days=days_said(known.days))
    if line.days is None:
        return say("{a_day} sold a day: more than a year of cover", a_day=a_day_said(line))
    return say("{a_day} sold a day: {days} of cover", a_day=a_day_said(line), days=days_said(line.days))


def _season(line: StockLine) -> Finding[Words]:
    values: dict[str, Value] = {
        "name": line.name,
        "n": message.count(line.shelf.on_hand),
        "season": line.season,
    }
    if line.season[:1].isdigit():
        text = say(
            "{name}: {n} pieces left. Do not reorder: new stock would arrive after its season ends on "
            "{season}.",
            **values,
        )
    else:
        text = say(
            "{name}: {n} pieces left. Its title says {season}, and that season is over when new stock "
            "arrives. Reorder only if you are sure it will sell.",
            **values,
        )
    return finding("stock", "season", "info", text, about=about(line))


def _lead_times(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    if not lines:
        return []
    text = say(
        "No lead time is set for {names}, so it cannot be said when to reorder.",
        names=listed([line.name for line in lines]),
    )
    ask = Proposal("operator", say("Set lead_days in shop.toml, for the whole shop or by item"))
    return [finding("stock", "lead_time", "watch", text, ask)]


def _not_on_sale(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    if not lines:
        return []
    names = [say("{name} ({n})", name=line.name, n=message.count(line.shelf.on_hand)) for line in lines]
    text = say(
        "In stock but not listed in recent weeks: {names}. Whether to list them is your decision; "
        "they are not counted as slow stock.",
        names=listed(names),
    )
    return [finding("stock", "not_on_sale", "info", text)]


def _heroes(lines: Sequence[StockLine]) -> list[Finding[Words]]:
    fine = [
        line
        for line in lines
        if line.state == "enough"
        and line.lead is not None
        and line.days is not None
        and line.days >= line.lead  # "enough" may count goods that come after the shelf is empty
    ]
    if not fine:
        return []
    names = [say("{name} {days}", name=line.name, days=days_said(line.days)) for line in fine]
    text = say("These best sellers have enough stock to outlast a reorder: {names}.", names=listed(names))
    return [finding("stock", "heroes", "good", text)]


def _is_heap(line: StockLine) -> bool:
    """Return whether a large stock sells too slowly, or is past its season and would last for months."""
    if (line.shelf.on_hand or 0.0) < HEAP:
        return False
    return line.state == "slow" or (line.state == "season" and (line.days is None or line.days > LONG))


def _would_order(line: StockLine) -> bool:
    """Return whether an item past its season will sell out soon, so that somebody may want to reorder it."""
    return line.lead is not None and line.days is not None and line.days <= line.lead * 2
