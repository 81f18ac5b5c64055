"""The analysis of stock: what sells out before a new order can arrive, and what not to reorder."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING, Literal

from core.answers.answer import About, Answer, Bar, Bars, Evidence, Table, TableColumn, in_order, nodata
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.stock import Stock
from core.facts.goods_on_the_way import OnTheWay
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures import usual_days
from core.measures.calendar_names import name_of
from core.measures.order_value import ShopRefunds
from core.shop.settings import Shop
from core.topics.reviews.worsening import faults
from core.topics.stock import (
    coming_back,
    findings,
    in_transit,
    odd_days,
    old_count,
    pace,
    phrases,
    sizes,
    stock_count,
    verdict,
)
from core.topics.stock import orders as orders_said
from core.topics.stock.arrival import last_order_day, next_closure
from core.topics.stock.below_cost import below_cost
from core.topics.stock.cover import State, StockLine
from core.topics.stock.cover import lines as judged_lines

if TYPE_CHECKING:
    import pandas as pd

TOP_ITEMS = 3
"""The number of top-selling items used as heroes if shop.toml names none."""
SHOWN = 30
"""The number of rows in the table besides the items to order."""
WHOLE_DAYS = 28


def cover(  # noqa: PLR0913 - the parameters are what it reads
    stock: Stock,
    items: Items,
    orders: Orders | None = None,
    on_the_way: OnTheWay | None = None,
    reviews: Reviews | None = None,
    changed: Incidents | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Which items will run out before a new order can arrive, and which should not be reordered?

    Reads the stock file and the daily sales by item; the orders only to find out what an unusual day
    was, reviews and refunds only to find items that must not be ordered again as they are.

    The sales pace of an item is a level and a trend that fades, estimated from its last 42 usable days.
    Days when it was out of stock say nothing about demand and are left out (a stock of zero, or no
    sales for longer than chance allows). Big campaign days are left out; smaller ones are scaled to an
    ordinary day with the calendar's multipliers. A day that sold far more than usual is left out and
    you are asked about it; until you answer, both order sizes are shown. Demand until the order arrives
    is a range, not one number: it includes daily variation and the uncertainty of the pace and of the
    lead time. Days when the suppliers are closed do not count towards the lead time. An order is
    advised when stock in hand and on its way has less than a 95% chance to last until a new order
    arrives (98% for best sellers). It covers two more weeks, in full packs, divided over the sizes so
    that all last equally long. Never advised: items with more than 90 days of cover, no sale in 28
    days, a price below cost, not visible in the shop, or arriving after their season. An item whose bad
    reviews or refunds increase is ordered only once the cause is settled with the supplier.

    With a refund list of four weeks, cover and orders count what becomes of the pieces sold: those
    refunded before dispatch never leave, and of the returned ones 95% (or 1 − resale_loss) can be sold
    again, as many days after payment as your own returns take (14 if unknown).

    What was ordered here counts as on its way until you confirm its arrival or a later stock file
    contains it. If the stock file has its own figure for goods in transit, that figure counts instead.

    The program does not know when goods in the stock file's transit column arrive, or what a campaign
    without a multiplier in the calendar will sell. Which sizes sell is known only after two stock
    files.
    """
    counted = stock_count.last_count(stock.frame)
    loose = _loose(stock.frame)
    if not counted:
        none = say("No stock file is imported yet, so nothing can be said about cover.")
        return nodata(message.sentences(loose) if loose else none)
    if items.frame.empty:
        return nodata(
            say(
                "The stock is known but the sales are not: without the daily item file the days of cover "
                "cannot be calculated."
            )
        )
    whole = _sales_a_day(items.frame, shop, today)
    heroes = _heroes(items.frame, shop, today)
    faulty = faults(None if reviews is None else reviews.frame, items.frame, changed, shop, today)
    lines, gone = judged_lines(stock.frame, items.frame, shop, today, heroes, faulty, refunds)
    lines.sort(key=lambda line: (line.state not in ("gone", "order", "faulty"), *_spare(line)))
    cheap = below_cost(items.frame, stock.frame, shop, today)
    asked = odd_days.questions(lines, None if orders is None else orders.frame, today)
    coming = in_transit.of_orders(() if on_the_way is None else on_the_way.orders, lines, today)
    said, found = (
        verdict.of_stock(lines, cheap, shop, whole),
        findings.findings(lines, cheap, shop, today, whole),
    )
    if old_count.is_too_old(lines, today):
        said = said if cheap else old_count.verdict(lines, today)
        found = old_count.findings(found, lines, today)
    return Answer(
        verdict=said,
        findings=in_order([*found, *asked, *coming]),
        evidence=_evidence(lines, shop, today),
        limits=(
            *loose,
            *_guessed(max(one.guessed_days for one in gone.values())),
            *_limits(lines, items.frame, shop, today),
            *coming_back.limits(refunds, shop),
        ),
    )


def _loose(frame: pd.DataFrame) -> tuple[Words, ...]:
    """Return the texts on SKU codes in the stock file that are matched to no item; empty if none."""
    left = frame[(frame["item"] == "") & (frame["date"] == frame["date"].max())]
    if left.empty:
        return ()
    pieces = message.count(float(left["on_hand"].fillna(0.0).sum()))
    return (
        message.plural(
            "{n} code in the stock file ({pieces} pieces) is not matched to an item yet and is left out.",
            "{n} codes in the stock file ({pieces} pieces) are not matched to items yet and are left out.",
            len(left),
            pieces=pieces,
        ),
        say("Import {item_template}, or a catalogue.csv with the columns code,item."),
    )


def _sales_a_day(frame: pd.DataFrame, shop: Shop, today: date) -> float:
    """Return the shop's sales on an ordinary day in yuan."""
    days = {when for when in frame["date"].dt.date if isinstance(when, date) and when < today}
    chosen = usual_days.usable_or_all(days, shop, pace.FEWEST)[-WHOLE_DAYS:]
    rows = frame[frame["date"].dt.date.isin(chosen)]
    return float(median(rows.groupby("date")["gmv"].sum())) if len(rows) else 0.0


def _guessed(days: int) -> tuple[Words, ...]:
    """Return the text on days since the count whose sales are not imported; empty if there are none."""
    if not days:
        return ()
    return (
        message.plural(
            "{n} day of sales since the stock file is not imported; usual sales are assumed for it.",
            "{n} days of sales since the stock file are not imported; usual sales are assumed for them.",
            days,
        ),
    )


def _heroes(frame: pd.DataFrame, shop: Shop, today: date) -> set[str]:
    named = {item.id for item in shop.items if item.hero}
    if named:
        return named
    recent = frame[frame["date"].dt.date >= today - timedelta(days=28)]
    best = recent.groupby("item")["gmv"].sum().nlargest(TOP_ITEMS)
    return {str(item) for item in best.index}


def _spare(line: StockLine) -> tuple[bool, float]:
    """Return the sort key of a line: days of cover left after the lead time.

    Lines of items whose cover is unknown come last.
    """
    known = line.state not in ("not_on_sale", "unknown")
    return (not known, (9999.0 if line.days is None else line.days) - (line.lead or 0.0))


_STATES: dict[State, str] = {
    "gone": N_("sold out"),
    "order": N_("reorder"),
    "faulty": N_("check quality first"),
    "enough": N_("enough in stock"),
    "slow": N_("do not reorder"),
    "season": N_("season over"),
    "below_cost": N_("sold below cost"),
    "hidden": N_("not seen in the shop"),
    "not_on_sale": N_("not on sale"),
    "new": N_("too new to judge"),
    "no_lead": N_("lead time missing"),
    "unknown": N_("unknown"),
}


_BARS: dict[State, Literal["met", "missed"]] = {"gone": "missed", "order": "missed", "enough": "met"}
"""The states in which cover is judged against the lead time."""


def _evidence(lines: Sequence[StockLine], shop: Shop, today: date) -> tuple[Evidence[Words], ...]:
    ordering = [line for line in lines if line.state in ("gone", "order")]
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("In stock"), "count", "on_hand", total="sum"),
        TableColumn(say("Expected sales a day"), "ratio", "a_day"),
        TableColumn(say("Days of cover"), "days", "cover"),
        TableColumn(say("80% range"), "text", "cover_range"),
        TableColumn(say("Lead time"), "days", "lead_time"),
        TableColumn(say("Chance to sell out"), "rate", "sold_out_first"),
        TableColumn(say("Pieces to order"), "count", "quantity", total="sum"),
        TableColumn(say("State"), "word", "state", tuple((one, say(name)) for one, name in _STATES.items())),
    )
    rows = tuple(
        (
            line.name,
            line.shelf.on_hand,
            None if line.ahead is None else round(line.ahead, 2),
            None if line.days is None else round(line.days, 1),
            phrases.band(line) if line.days is not None else message.DASH,
            line.lead,
            None if line.chance is None else round(line.chance, 3),
            line.quantity or None,
            line.state,
        )
        for line in lines[: max(SHOWN, len(ordering))]
    )
    about = tuple(About(item=line.shelf.item) for line in lines[: len(rows)])
    found = Table(say("Stock and days of cover"), columns, rows, about=about)
    by_size = sizes.table(ordering[: orders_said.SINGLE], shop, today)
    return (found, *(() if by_size is None else (by_size,)), *_cover(lines))


def _cover(lines: Sequence[StockLine]) -> tuple[Bars[Words], ...]:
    """Return each item's days of cover against its lead time; nothing if both are unknown for all items."""
    bars = tuple(
        Bar(line.name, round(line.days, 1), line.lead, line.low, line.high, _BARS.get(line.state, "plain"))
        for line in lines[:SHOWN]
        if line.days is not None
    )
    if all(bar.limit is None for bar in bars):
        return ()
    return (Bars(say("Days of cover"), "days", bars, say("lead time"), lead=True),)


def _limits(lines: Sequence[StockLine], frame: pd.DataFrame, shop: Shop, today: date) -> list[Words]:
    days = {when for when in frame["date"].dt.date if isinstance(when, date) and when < today}
    said_limits: list[Words] = []
    usable = len(usual_days.usable(days, shop))
    oldest = min(line.shelf.counted for line in lines)
    if (today - oldest).days > 1 and not old_count.is_too_old(lines, today):
        said_limits.append(
            say(
                "The stock is that of {day}. Sales since then are subtracted; new arrivals are not known.",
                day=message.day(oldest),
            )
        )
    if out := len(days) - usable:
        said_limits.append(
            message.plural(
                "{n} big campaign day is left out of the sales pace.",
                "{n} big campaign days are left out of the sales pace.",
                out,
            )
        )
    if usable < pace.FEWEST * 2:
        said_limits.append(
            message.plural(
                "Only {n} usable day of sales: the sales pace is rough.",
                "Only {n} usable days of sales: the sales pace is rough.",
                usable,
            )
        )
    said_limits += _moving(lines)
    if older := odd_days.older(lines, today):
        said_limits.append(
            say("Unusual days left out of the sales pace: {days}.", days=phrases.listed(older))
        )
    if names := [line.name for line in lines if line.pace is not None and line.pace.days_empty]:
        said_limits.append(
            say(
                "Days when an item was sold out say nothing about its demand and are left out: {names}.",
                names=message.listing(names),
            )
        )
    said_limits += _coming(shop, today)
    said_limits += _closures(lines, shop, today)
    if names := [line.name for line in lines if line.shelf.unknown and line.state != "not_on_sale"]:
        said_limits.append(
            say("Some sizes have no stock figure in the file: {names}.", names=message.listing(names))
        )
    ordering = [line for line in lines if line.quantity and len(line.shelf.skus) > 1]
    if names := [line.name for line in ordering if not line.shelf.went]:
        said_limits.append(
            say(
                "One stock file does not show which sizes sell, so orders are divided evenly: {names}. "
                "Import the stock file every day.",
                names=phrases.listed(names),
            )
        )
    return said_limits


def _moving(lines: Sequence[StockLine]) -> list[Words]:
    """Return a text naming the items whose demand clearly rises or falls; empty if there are none."""
    clear = [
        line
        for line in lines
        if line.state in ("gone", "order", "enough") and line.pace is not None and line.pace.demand.moves
    ]
    if not clear:
        return []
    names = [
        say(
            "{name} ({change} a week)",
            name=line.name,
            change=message.percent(math.expm1(7 * line.pace.demand.slope), 0, sign=True),
        )
        for line in clear
        if line.pace is not None
    ]
    return [
        say(
            "Sales are rising or falling, and the order follows part of the trend: {names}.",
            names=phrases.listed(names),
        )
    ]


def _closures(lines: Sequence[StockLine], shop: Shop, today: date) -> list[Words]:
    """Return a text on the last order day before the suppliers close; empty if no closure is near."""
    leads = [
        lead for line in lines if line.a_day and (lead := shop.lead_days_of(line.shelf.item)) is not None
    ]
    closure = next_closure(shop, today, max(leads, default=0.0))
    if closure is None or not leads:
        return []
    shortest, longest = (last_order_day(shop, closure, lead) for lead in (min(leads), max(leads)))
    values: dict[str, Value] = {
        "start": message.short_day(closure.start),
        "end": message.short_day(closure.end or closure.start),
        "first": message.short_day(longest),
        "last": message.short_day(shortest),
    }
    if longest == shortest:
        return [
            say(
                "The suppliers are closed from {start} to {end}: orders placed after {last} arrive only "
                "after that.",
                **values,
            )
        ]
    return [
        say(
            "The suppliers are closed from {start} to {end}. Order items with the longest lead time by "
            "{first} and the rest by {last}; later orders arrive only after that.",
            **values,
        )
    ]


def _coming(shop: Shop, today: date) -> list[Words]:
    """Return a text on coming campaigns without a multiplier in the calendar; empty if there are none."""
    ahead = [
        day
        for day in shop.calendar
        if day.multiplier is None
        and not day.profile
        and day.counts
        and day.kind not in ("closed", "supplier_closed")
        and today <= day.start <= today + timedelta(days=30)
    ]
    if not ahead:
        return []
    names = message.listing([name_of(day) if day.note else message.short_day(day.start) for day in ahead])
    return [
        say(
            "In the calendar, no sales multiplier is set for {names}, so the extra demand is not "
            "included in the order.",
            names=names,
        )
    ]
