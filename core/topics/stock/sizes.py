"""The SKUs (sizes and colours) of an item: which are sold out, days of cover, split of an order."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import About, Finding, Impact, LevelName, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Value, Words, say
from core.measures.usual_days import sizes as day_sizes
from core.shop.settings import Shop
from core.statistics import demand
from core.topics.stock.cover import FAR_DAYS, StockLine
from core.topics.stock.reorder import split_order
from core.topics.stock.stock_count import SkuCount

SPLIT_NAMED = 8
"""The most sizes named in an order's finding; the table lists all."""
ROWS = 40
A_DAY, LARGE_SHARE, ACT_SHARE = 1.0, 0.1, 0.01
"""Limits for sold-out sizes: pieces sold per day or share of the item's sales, to be reported.

The third is the share of the shop's daily sales from which they are urgent.
"""


@dataclass(frozen=True, slots=True)
class SkuLine:
    """One SKU of an item, with its share of the sales and its days of cover."""

    sku: SkuCount
    share: float
    a_day: float
    days: float | None
    """Calendar days until it is sold out; None if more than a year."""
    chance: float | None
    """The probability that it sells out before goods ordered today arrive."""
    quantity: int


def sku_lines(line: StockLine, shop: Shop, today: date) -> list[SkuLine]:
    """Return the sizes of the item; empty if it has only one size or does not sell.

    Their shares of sales come from the units that left between stock counts, shrunk towards equal shares; if
    there is only one count, the shares are equal. Sales since the count are subtracted from the sizes in
    these shares.
    """
    counted = line.shelf.skus
    if len(counted) < 2 or line.pace is None or not line.a_day:  # noqa: PLR2004 - one is no choice
        return []
    shares = demand.sku_shares({one.sku: one.went for one in counted})
    since = max(0.0, sum(one.on_hand for one in counted) - (line.position - line.shelf.in_transit))
    held = {one.sku: max(0.0, one.on_hand - since * shares[one.sku]) for one in counted}
    orders = split_order(line.quantity, held, shares)
    lead = None if line.lead is None else day_sizes(shop, today, line.lead)
    ahead = day_sizes(shop, today, FAR_DAYS)
    pace = line.pace.demand
    whole = line.shelf.went
    found = []
    for one in counted:
        share = shares[one.sku]
        own = pace.with_share(share, whole)
        chance = None
        if lead is not None:
            chance = demand.total(own, lead).chance_of(held[one.sku])
        days = demand.mean_days(own, held[one.sku], ahead)
        found.append(SkuLine(one, share, share * (pace.mean or 0.0), days, chance, orders.get(one.sku, 0)))
    return found


def split_words(line: StockLine, shop: Shop, today: date) -> Words:
    """Return the text of an order's split over sizes; empty if the counts do not show which sizes sell."""
    parts = [one for one in sku_lines(line, shop, today) if one.quantity] if line.shelf.went else []
    if not line.quantity or not parts:
        return ""
    parts.sort(key=lambda one: -one.quantity)
    names = [say("{sku} {n}", sku=one.sku.name, n=message.count(one.quantity)) for one in parts[:SPLIT_NAMED]]
    more = len(parts) - SPLIT_NAMED
    said = message.listing(names)
    return say(
        "By size: {parts}.", parts=said if more <= 0 else say("{names} and {n} more", names=said, n=more)
    )


def empty(line: StockLine, shop: Shop, today: date, whole: float) -> Finding[Words] | None:
    """Return the finding on sizes that sell and are sold out; None if there are none.

    It is urgent only if stock counts show that the sizes sell, and if at least 1 % of the shop's daily sales
    (``whole``) may be lost. The stated loss is an upper limit, because some buyers take another size.
    """
    if line.state not in ("enough", "no_lead"):
        return None
    out = [
        one
        for one in sku_lines(line, shop, today)
        if one.sku.on_hand == 0 and (one.a_day >= A_DAY or one.share >= LARGE_SHARE)
    ]
    if not out:
        return None
    a_day = sum(one.a_day for one in out)
    names = [one.sku.name for one in out]
    known = any(one.sku.went > 0 for one in out)
    level, yuan = missing_sizes(a_day, line.price or 0.0, whole, known=known)
    values: dict[str, Value] = {
        "name": line.name,
        "skus": message.listing(names),
        "n": message.count(line.shelf.on_hand),
        "a_day": message.ratio(a_day, 1),
        "money": message.money(round(yuan)),
    }
    if known:
        text = say(
            "{name}: {skus} sold out, {n} pieces left in other sizes. The sold-out sizes sold about "
            "{a_day} a day, so up to {money} of sales a day is lost; some buyers take another size.",
            **values,
        )
    else:
        text = say(
            "{name}: {skus} sold out, {n} pieces left in other sizes. Buyers who want a sold-out size leave.",
            **values,
        )
    due = today + timedelta(days=math.ceil(line.lead or 7.0))
    about = About(item=line.shelf.item)
    ask = Proposal(
        "supply",
        say("Reorder the sold-out sizes of {name}: {skus}", name=line.name, skus=message.listing(names)),
        metric="on_hand",
        direction="up",
        item=line.shelf.item,
        due=due.isoformat(),
        about=about,
    )
    stake = Impact(yuan, "day") if known and yuan else None
    return finding("stock", "sizes", level, text, ask, about=about, impact=stake)


def missing_sizes(a_day: float, price: float, whole: float, *, known: bool) -> tuple[LevelName, float]:
    """Return the level of sold-out sizes, and the most that they can cost per day in yuan.

    ``a_day`` is the number of pieces they would sell per day; ``known`` is whether stock counts show that
    they sell; ``whole`` is the shop's sales per day in yuan.
    """
    yuan = a_day * price
    return "act" if known and yuan >= ACT_SHARE * whole and yuan > 0 else "watch", yuan


def table(lines: Sequence[StockLine], shop: Shop, today: date) -> Table[Words] | None:
    """Return the table of the sizes of the items to order; None if no item has sizes."""
    rows = [
        (
            line.shelf.item,
            line.name,
            one.sku.name,
            one.sku.on_hand,
            one.share,
            one.a_day,
            one.days,
            one.chance,
            one.quantity,
        )
        for line in lines
        for one in sku_lines(line, shop, today)
    ]
    if not rows:
        return None
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Size, colour"), "text", "sku"),
        TableColumn(say("In stock"), "count", "on_hand", total="sum"),
        TableColumn(say("Share of sales"), "rate", "share"),
        TableColumn(say("Sold a day"), "ratio", "a_day"),
        TableColumn(say("Days of cover"), "days", "cover"),
        TableColumn(say("Chance to sell out"), "rate", "sold_out_first"),
        TableColumn(say("Pieces to order"), "count", "quantity", total="sum"),
    )
    shown = tuple(
        (name, sku, held, round(share, 3), round(a_day, 2), _round(days, 1), _round(chance, 3), n or None)
        for _, name, sku, held, share, a_day, days, chance, n in rows[:ROWS]
    )
    about = tuple(About(item=item) for item, *_ in rows[:ROWS])
    return Table(say("Sizes of the items to order"), columns, shown, about=about)


def _round(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)
