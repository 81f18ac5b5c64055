"""The analysis of yesterday's gap for shops without visitor figures: orders and order value."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import (
    NOTHING,
    About,
    Answer,
    Evidence,
    Finding,
    Part,
    Split,
    Table,
    TableColumn,
    Verdict,
    finding,
    in_order,
)
from core.answers.incidents import Incidents
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.language import message
from core.language.message import Words, say
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics.split import Trade
from core.topics.sales.variance import summary
from core.topics.sales.variance.effects import Gap, gap_of
from core.topics.sales.variance.tables import split_of

if TYPE_CHECKING:
    import pandas as pd

NAMED = 5
"""The number of items shown one by one."""


def gap(
    orders: Orders,
    items: Items | None = None,
    found: Incidents | None = None,
    *,
    shop: Shop,
    today: date,
) -> Answer[Words]:
    """Did yesterday's difference come from the number of orders or the order value, and from which items?

    Reads the paid orders, by day of payment, and, if imported, the sales of each item and the changes
    found this morning.

    Yesterday is compared with the mean of the last four usual days of the same weekday: campaign days,
    festivals and the week after a big campaign are left out. The difference is split exactly into
    orders and order value (Shapley values). Each part has a usual range: what the same calculation
    gives on earlier days when nothing happened. A part inside its range is normal variation and is
    never given as the reason.

    It does not know whether fewer people came or fewer of them bought: no file of this shop has
    visitors.
    """
    day = today - timedelta(days=1)
    known = _trades(orders.frame)
    if day not in known:
        text = say("The order list has no paid order of yesterday ({day}) yet.", day=message.short_day(day))
        return Answer(Verdict("nodata", text))
    split = gap_of(known, shop, day)
    first = None if found is None else found.verdict
    told = () if found is None else found.findings()
    if split is None:
        text = say(
            (
                "There are no usual days to compare {day} with: every earlier day is missing or a "
                "campaign day."
            ),
            day=message.short_day(day),
        )
        return Answer(Verdict("nodata", text) if first is None else first, told)
    evidence: list[Evidence[Words]] = [_split(split), _figures(split)]
    if items is not None:
        evidence.append(_items(items.frame, split, shop))
    return Answer(
        verdict=summary.verdict(split, first),
        findings=in_order((*told, *_factors(split))),
        evidence=tuple(evidence),
        limits=_limits(split),
    )


def _trades(frame: pd.DataFrame) -> dict[date, Trade]:
    """Return the paid orders and their sales by day.

    Orders stand both for visitors and for buyers, so that the split has two factors.
    """
    paid = frame[frame["paid"].notna()]
    amount = paid["amount"] if paid["amount"].notna().any() else paid["paid_amount"]
    days = amount.groupby(paid["paid"].dt.normalize()).agg(["count", "sum"])
    return {
        when.date(): Trade(float(count), float(count), float(total))
        for when, count, total in days.itertuples()
    }


def _orders_effect(gap: Gap) -> float:
    return gap.effects.visitors + gap.effects.conversion


def _split(gap: Gap) -> Split[Words]:
    parts = [Part(say("Calendar effect"), gap.calendar)] if abs(gap.calendar) >= 1 else []
    for name, effect, factor in (
        (say("Orders"), _orders_effect(gap), "visitors"),
        (say("Order value"), gap.effects.aov, "aov"),
    ):
        band = gap.bands[factor]
        low, high = (None, None) if band is None else band
        parts.append(Part(name, effect, low, high))
    return split_of(gap, parts)


def _figures(gap: Gap) -> Table[Words]:
    def value(trade: Trade) -> float | None:
        return trade.gmv / trade.buyers if trade.buyers and trade.gmv is not None else None

    columns = (
        TableColumn(say("Figure"), id="figure"),
        TableColumn(say("Yesterday"), id="yesterday"),
        TableColumn(say("Usual"), id="usual"),
        TableColumn(say("Effect on sales"), "money", "worth"),
    )
    rows = (
        (
            say("Orders"),
            message.count(gap.now.buyers),
            message.count(gap.expected.buyers),
            _orders_effect(gap),
        ),
        (
            say("Order value"),
            message.money(value(gap.now)),
            message.money(value(gap.expected)),
            gap.effects.aov,
        ),
        (say("Sales"), message.money(gap.sold), message.money(gap.usually), gap.total),
    )
    return Table(say("Yesterday compared with usual"), columns, rows)


def _items(frame: pd.DataFrame, gap: Gap, shop: Shop) -> Table[Words]:
    """Return the table of the items with the largest gaps, with all other items in one line."""
    by_day = frame.assign(day=frame["date"].dt.date)
    now = by_day[by_day["day"] == gap.day].groupby("item")["gmv"].sum(min_count=1)
    before = by_day[by_day["day"].isin(gap.usual.days)].groupby("item")["gmv"].sum(min_count=1)
    titles = dict(zip(frame["item"], frame["title"], strict=True))
    usual = before / len(gap.usual.days) * gap.multiplier
    sold = {
        str(item): (float(now.get(item, 0.0)), float(usual.get(item, 0.0)))
        for item in {*now.index, *usual.index}
    }
    known = {item: pair for item, pair in sold.items() if not any(map(math.isnan, pair))}
    ranked = sorted(known, key=lambda item: (-abs(known[item][0] - known[item][1]), item))
    rows: list[tuple[Words | float, ...]] = [
        (item_name(shop, item, titles.get(item, item)), *known[item], known[item][0] - known[item][1])
        for item in ranked[:NAMED]
    ]
    if rest := [known[item] for item in ranked[NAMED:]]:
        had, was = (math.fsum(column) for column in zip(*rest, strict=True))
        rows.append((say("All other items"), had, was, had - was))
    about = (*(About(item=item) for item in ranked[:NAMED]), *(NOTHING,) * bool(rest))
    columns = (
        TableColumn(say("Item"), id="item"),
        TableColumn(say("Sold"), "money", "sold", total="sum"),
        TableColumn(say("Usual"), "money", "usual", total="sum"),
        TableColumn(say("Effect on sales"), "money", "worth", total="sum"),
    )
    return Table(say("Items, largest difference first"), columns, tuple(rows), about=about)


def _factors(gap: Gap) -> list[Finding[Words]]:
    """Return a finding of level "info" on each factor in which the gap lies.

    These findings do not say why the factor changed.
    """
    told: list[Finding[Words]] = []
    named: Mapping[str, tuple[Words, float]] = {
        "visitors": (say("Orders"), _orders_effect(gap)),
        "aov": (say("Order value"), gap.effects.aov),
    }
    for factor, (name, effect) in named.items():
        if gap.said[factor] == "usual":
            continue
        about = message.money(abs(effect))
        if effect < 0:
            text = say(
                "{factor} below usual: this accounts for about {about} less in sales.",
                factor=name,
                about=about,
            )
        else:
            text = say(
                (
                    "{factor} above usual: this accounts for about {about} more in sales, perhaps "
                    "not by chance."
                ),
                factor=name,
                about=about,
            )
        told.append(finding("drivers", factor, "info", text))
    return told


def _limits(gap: Gap) -> tuple[Words, ...]:
    days = message.listing([message.short_day(day) for day in sorted(gap.usual.days)])
    said = [say("Days used for comparison: {days}.", days=days)]
    if gap.usual.left_out:
        out = message.listing([message.short_day(day) for day in sorted(gap.usual.left_out)])
        said.append(say("Not comparable (campaign, festival or the quiet days after one): {days}.", days=out))
    if not gap.placebo:
        said.append(
            say(
                "Too little history: the usual range is estimated from the numbers of visitors "
                "and buyers alone and is too narrow."
            )
        )
    said.append(
        say(
            "Without the number of visitors it cannot be told whether fewer people came or fewer of "
            "them bought."
        )
    )
    said.append(
        say(
            "The split shows whether the money was lost through visitors, conversion or order value, but "
            "not why."
        )
    )
    return tuple(said)
