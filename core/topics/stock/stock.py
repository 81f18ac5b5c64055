"""What runs out before a new order can arrive, and what should not be reordered?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pandas as pd

from core.answers.answer import Answer, Evidence, Table, TableColumn, Verdict, in_order, nodata
from core.exports.kinds.items import Items
from core.exports.kinds.stock import Stock
from core.language import message
from core.language.message import N_, Value, Words, say
from core.measures import usual_days
from core.measures.calendar_names import name_of
from core.shop.settings import Shop
from core.topics.stock import findings, pace, stock_count
from core.topics.stock.cover import State, StockLine, judge

TOP_ITEMS = 3
"""Items by sales that count as heroes where none is named in shop.toml."""
SHOWN = 30
STALE_DAYS = 7
"""A count older than this is named in the verdict's limits as old."""


def cover(stock: Stock, items: Items, *, shop: Shop, today: date) -> Answer[Words]:
    """What runs out before a new order can arrive, and what should not be reordered?

    Reads the newest stock count and the daily sales by item.

    The pace of an item is what it sold on the last 28 usable days. Days on which it was not there are no
    demand and are left out (a zero count, or a silence too long for chance); big campaign days are left
    out; smaller ones are taken to the size of an ordinary day by the calendar's multipliers. Demand over
    the lead time is a range, not a number: daily noise, doubt about the pace and doubt about the lead time
    are in it. Order when what is on hand and on its way no longer lasts until an order arrives with 95 %
    (heroes 98 %); order for two weeks more, in packs. What would last more than 90 days, did not sell in 28
    days, or would arrive after its season is never proposed.

    It cannot know when goods on their way arrive, which sizes sell (sales come by item), or what a campaign
    brings whose multiplier is not in the calendar.
    """
    counted = stock_count.last_count(stock.frame)
    if not counted:
        return nodata(say("No stock count is there yet: nothing can be said about cover."))
    if items.frame.empty:
        return nodata(
            say("The stock is known, the sales are not: without the daily item report there is no cover.")
        )
    paces = pace.paces(items.frame, stock_count.empty_days(stock.frame), shop, today)
    heroes = _heroes(items.frame, shop, today)
    gone = {
        item: pace.sold_since(items.frame, one, paces.get(item), shop, today) for item, one in counted.items()
    }
    lines = [
        judge(one, paces.get(item), gone[item].units, shop, today, hero=item in heroes)
        for item, one in counted.items()
    ]
    lines.sort(key=_spare)
    return Answer(
        verdict=_verdict(lines, shop),
        findings=in_order(findings.findings(lines, shop, today)),
        evidence=_evidence(lines),
        limits=(
            *_guessed(max(one.guessed_days for one in gone.values())),
            *_limits(lines, items.frame, shop, today),
        ),
    )


def _guessed(days: int) -> tuple[Words, ...]:
    """Say how many days of sales since the count nobody imported."""
    if not days:
        return ()
    return (
        message.plural(
            "{n} day of sales since the count is not imported; the usual pace stands in for it.",
            "{n} days of sales since the count are not imported; the usual pace stands in for them.",
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
    """Days left after the lead time; lines that cannot be said last."""
    known = line.state not in ("not_on_sale", "unknown")
    return (not known, (9999.0 if line.days is None else line.days) - (line.lead or 0.0))


def _verdict(lines: Sequence[StockLine], shop: Shop) -> Verdict[Words]:
    ordering = [line for line in lines if line.state in ("gone", "order")]
    urgent = [line for line in ordering if findings.urgency(line, shop) == "act"]
    if urgent:
        return Verdict("act", _urgent(urgent[0], len(ordering) - 1), asks=True)
    if ordering:
        first = ordering[0]
        text = say(
            "Order {n} × {name} now: it lasts {days}, a new order takes {lead}.",
            n=message.count(first.quantity),
            name=first.name,
            days=findings.days_said(first.days),
            lead=findings.days_said(first.lead),
        )
        return Verdict("watch", text, asks=True)
    selling = [line for line in lines if line.state == "enough" and line.days is not None]
    if not selling and any(line.state == "no_lead" for line in lines):
        return Verdict(
            "watch", say("Cover is known, lead times are not: write lead_days into shop.toml once.")
        )
    if not selling:
        return Verdict("info", say("Nothing in this count sells at present: nothing to order."))
    first = selling[0]
    heaps = sum(line.state == "slow" for line in lines)
    text = say(
        "Nothing to order: even the shortest, {name}, lasts {days} against {lead} of lead time.",
        name=first.name,
        days=findings.days_said(first.days),
        lead=findings.days_said(first.lead),
    )
    return Verdict("good" if not heaps else "info", text)


def _urgent(line: StockLine, others: int) -> Words:
    values: dict[str, Value] = {
        "name": line.name,
        "n": message.count(line.quantity),
        "days": findings.days_said(line.days),
        "lead": findings.days_said(line.lead),
    }
    if line.state == "gone" and not line.quantity:
        text = say("{name} is sold out and still asked for.", **values)
    elif line.state == "gone":
        text = say("{name} is sold out; a new order takes {lead}: order {n} today.", **values)
    else:
        text = say("{name} lasts {days}, a new order takes {lead}: order {n} today.", **values)
    if others <= 0:
        return text
    more = message.plural("{n} more item to order.", "{n} more items to order.", others)
    return message.sentences([text, more])


_STATES: dict[State, str] = {
    "gone": N_("sold out"),
    "order": N_("order"),
    "enough": N_("enough"),
    "slow": N_("do not reorder"),
    "season": N_("season over"),
    "not_on_sale": N_("not on sale"),
    "new": N_("too new to judge"),
    "no_lead": N_("lead time?"),
    "unknown": N_("not known"),
}


def _evidence(lines: Sequence[StockLine]) -> tuple[Evidence[Words], ...]:
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("On hand"), "count", "on_hand"),
        TableColumn(say("A day ahead"), "ratio", "a_day"),
        TableColumn(say("Cover"), "days", "cover"),
        TableColumn(say("8 in 10"), "text", "cover_range"),
        TableColumn(say("Lead time"), "days", "lead_time"),
        TableColumn(say("Sold out first"), "rate", "sold_out_first"),
        TableColumn(say("Order"), "count", "quantity"),
        TableColumn(say("State"), "word", "state", tuple((one, say(name)) for one, name in _STATES.items())),
    )
    rows = tuple(
        (
            line.name,
            line.shelf.on_hand,
            None if line.ahead is None else round(line.ahead, 2),
            None if line.days is None else round(line.days, 1),
            findings.band(line) if line.days is not None else message.DASH,
            line.lead,
            None if line.chance is None else round(line.chance, 3),
            line.quantity or None,
            line.state,
        )
        for line in lines[:SHOWN]
    )
    return (Table(say("Stock and how long it lasts"), columns, rows),)


def _limits(lines: Sequence[StockLine], frame: pd.DataFrame, shop: Shop, today: date) -> list[Words]:
    days = {when for when in frame["date"].dt.date if isinstance(when, date) and when < today}
    said_limits: list[Words] = []
    usable = len(usual_days.usable(days, shop))
    oldest = min(line.shelf.counted for line in lines)
    age = (today - max(line.shelf.counted for line in lines)).days
    if age > STALE_DAYS:
        said_limits.append(
            say(
                "The count is {age} days old; what was sold since is taken off, returns and restocking "
                "are not seen. Export a new one.",
                age=age,
            )
        )
    elif (today - oldest).days > 1:
        said_limits.append(
            say(
                "Counted on {day}; what was sold since is taken off, what came in is not seen.",
                day=message.day(oldest),
            )
        )
    if out := len(days) - usable:
        said_limits.append(
            message.plural(
                "{n} big campaign day is left out of the pace.",
                "{n} big campaign days are left out of the pace.",
                out,
            )
        )
    if usable < pace.FEWEST * 2:
        said_limits.append(
            message.plural(
                "Only {n} usable day of sales: the pace is rough.",
                "Only {n} usable days of sales: the pace is rough.",
                usable,
            )
        )
    if names := [line.name for line in lines if line.pace is not None and line.pace.shifted]:
        said_limits.append(
            say(
                "The pace changed lately for {names}: only the last week counts there.",
                names=message.listing(names),
            )
        )
    if names := [line.name for line in lines if line.pace is not None and line.pace.days_empty]:
        said_limits.append(
            say("Sold-out days do not count as demand: {names}.", names=message.listing(names))
        )
    said_limits += _coming(shop, today)
    if names := [line.name for line in lines if line.shelf.unknown and line.state != "not_on_sale"]:
        said_limits.append(
            say("Some sizes have no figure in the file: {names}.", names=message.listing(names))
        )
    said_limits.append(
        say("Sales come by item, not by size: split an order by the sizes that went between two counts.")
    )
    return said_limits


def _coming(shop: Shop, today: date) -> list[Words]:
    """Campaigns ahead whose size nobody wrote down."""
    ahead = [
        day
        for day in shop.calendar
        if day.multiplier is None and today <= day.start <= today + timedelta(days=30)
    ]
    if not ahead:
        return []
    names = message.listing([name_of(day) if day.note else message.short_day(day.start) for day in ahead])
    return [say("No multiplier is set for {names}: its extra demand is not in the order.", names=names)]
