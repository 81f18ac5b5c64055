"""The tables about buying traffic: gap, items and ad types, yesterday's sources, strengths of items."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.answers.answer import About, Evidence, Number, Table, TableColumn
from core.language import message
from core.language.message import N_, Words, say
from core.topics.ads.traffic.buying import Purchase
from core.topics.ads.traffic.missing import Missing
from core.topics.ads.traffic.spending import break_even_name, roi_name
from core.topics.ads.traffic.strengths import Strength
from core.topics.sales.variance.sources import SourceGap

_CALLS = {
    "more": N_("spend more"),
    "less": N_("spend less"),
    "hold": N_("cannot tell"),
    "scarce": N_("stock runs out"),
    "below_cost": N_("sells below cost"),
    "worse": N_("buyers complain"),
    "unknown": N_("too little data"),
}


def evidence(
    short: Missing | None,
    found: Sequence[Purchase],
    gap: SourceGap | None,
    price: tuple[float, float] | None,
    strong: Sequence[Strength],
) -> tuple[Evidence[Words], ...]:
    """Return the numbers and tables of the analysis in the order shown."""
    pieces: list[Evidence[Words]] = []
    if short is not None:
        pieces.append(
            Number(
                say("Daily worth of the missing visitors"), "CNY", max(0.0, round(short.gap)), reference=None
            )
        )
        if short.cost is not None:
            middle = math.sqrt(short.cost[0] * short.cost[1])
            pieces.append(
                Number(
                    say("Cost of buying all missing visitors, a day"),
                    "CNY",
                    round(middle),
                    float(round(short.cost[0])),
                    float(round(short.cost[1])),
                )
            )
    if price is not None:
        middle = math.sqrt(price[0] * price[1])
        pieces.append(
            Number(
                say("Cost of one more visitor"),
                "CNY",
                round(middle, 2),
                round(price[0], 2),
                round(price[1], 2),
            )
        )
    if found:
        pieces.append(_buying(found))
    if gap is not None:
        pieces.append(_costs(gap))
    if strong:
        pieces.append(_strong(strong))
    return tuple(pieces)


def _buying(found: Sequence[Purchase]) -> Table[Words]:
    spent = [one.spent for one in found]
    columns = (
        TableColumn(say("Item"), "text", "item"),
        TableColumn(say("Ad type"), "text", "scene"),
        TableColumn(say("Spend per day"), "money", "spent_a_day", total="sum"),
        TableColumn(roi_name(spent), "ratio", "roi"),
        TableColumn(say("ROI of extra spend"), "ratio", "next_yuan"),
        TableColumn(say("80% range"), "text", "interval"),
        TableColumn(break_even_name(spent), "ratio", "break_even"),
        TableColumn(say("Chance that more spend pays"), "rate", "pays"),
        TableColumn(
            say("Conclusion"), "word", "call", tuple((call, say(words)) for call, words in _CALLS.items())
        ),
        TableColumn(say("Change per day"), "money", "change_a_day", total="sum"),
    )
    rows = tuple(
        (
            one.spent.name,
            one.spent.scene or message.DASH,
            round(one.daily),
            _round(one.spent.roi),
            _round(one.marginal),
            (message.DASH if one.marginal_range is None else _range(*map(message.ratio, one.marginal_range))),
            _round(one.spent.break_even),
            _round(one.chance),
            one.call,
            round(one.change) or None,
        )
        for one in found
    )
    about = tuple(About(item=one.spent.item, scene=one.spent.scene) for one in found)
    return Table(say("What additional spend returns"), columns, rows, about=about)


def _costs(gap: SourceGap) -> Table[Words]:
    columns = (
        TableColumn(say("Source"), "text", "source"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Usual"), "count", "usual"),
        TableColumn(say("Spent"), "money", "spent", total="sum"),
        TableColumn(say("Cost per visitor"), "money", "per_visitor"),
        TableColumn(say("95% range"), "text", "interval"),
    )
    rows = tuple(
        (
            line.name,
            line.visitors,
            line.usual,
            line.spent,
            None if line.cost.state != "paid" else _round(line.cost.value),
            message.DASH
            if line.cost.state != "paid"
            else _range(message.ratio(line.cost.low), message.ratio(line.cost.high)),
        )
        for line in gap.lines
    )
    about = tuple(About(source=line.name) for line in gap.lines)
    return Table(say("Yesterday's traffic sources and their cost"), columns, rows, about=about)


def _strong(found: Sequence[Strength]) -> Table[Words]:
    rows = tuple(
        (
            one.selling.name,
            round(one.selling.week),
            None if one.selling.aim is None else round(one.selling.aim),
            one.kind,
            message.listing([copy.name for copy in one.copies]) if one.copies else message.DASH,
        )
        for one in found
    )
    columns = (
        TableColumn(say("Item above target"), "text", "item"),
        TableColumn(say("Last 7 days"), "money", "week", total="sum"),
        TableColumn(say("Target value"), "money", "aim", total="sum"),
        TableColumn(
            say("Strength"),
            "word",
            "strength",
            (("conversion", say("Conversion")), ("source", say("Free search")), ("price", say("Price"))),
        ),
        TableColumn(say("Can be applied to"), "text", "copied_to"),
    )
    return Table(
        say("Items above target"), columns, rows, about=tuple(About(item=one.selling.item) for one in found)
    )


def _range(low: Words, high: Words) -> Words:
    return say("{low}–{high}", low=low, high=high)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
