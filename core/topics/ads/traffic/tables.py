"""The tables behind buying traffic: the gap, every item and scene, yesterday's sources, items on target."""

from __future__ import annotations

import math
from collections.abc import Sequence

from core.answers.answer import Evidence, Number, Table, TableColumn
from core.language import wording
from core.language.wording import N_, say
from core.topics.ads.traffic.buying import Purchase
from core.topics.ads.traffic.missing import Missing
from core.topics.ads.traffic.strengths import Strength
from core.topics.sales.variance.sources import SourceGap

_CALLS = {
    "more": N_("buy more"),
    "less": N_("buy less"),
    "hold": N_("no call"),
    "scarce": N_("stock runs out"),
    "worse": N_("buyers complain"),
    "unknown": N_("too little to judge"),
}


def evidence(
    short: Missing | None,
    found: Sequence[Purchase],
    gap: SourceGap | None,
    price: tuple[float, float] | None,
    strong: Sequence[Strength],
) -> tuple[Evidence, ...]:
    """Return the evidence in reading order."""
    pieces: list[Evidence] = []
    if short is not None:
        pieces.append(
            Number(say("Missing to the target, a day"), "CNY", max(0.0, round(short.gap)), reference=None)
        )
        if short.cost is not None:
            middle = math.sqrt(short.cost[0] * short.cost[1])
            pieces.append(
                Number(
                    say("Buying all of it, a day"),
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
                say("One further visitor"), "CNY", round(middle, 2), round(price[0], 2), round(price[1], 2)
            )
        )
    if found:
        pieces.append(_buying(found))
    if gap is not None:
        pieces.append(_costs(gap))
    if strong:
        pieces.append(_strong(strong))
    return tuple(pieces)


def _buying(found: Sequence[Purchase]) -> Table:
    columns = (
        TableColumn(say("Item")),
        TableColumn(say("Scene")),
        TableColumn(say("Spent a day"), "money"),
        TableColumn(say("ROI"), "ratio"),
        TableColumn(say("Next yuan"), "ratio"),
        TableColumn(say("8 in 10")),
        TableColumn(say("Break-even"), "ratio"),
        TableColumn(say("Pays"), "rate"),
        TableColumn(say("Call")),
        TableColumn(say("Change a day"), "money"),
    )
    rows = tuple(
        (
            one.spent.name,
            one.spent.scene or wording.DASH,
            round(one.daily),
            _round(one.spent.roi),
            _round(one.marginal),
            (
                wording.DASH
                if one.marginal_range is None
                else "–".join(wording.ratio(end) for end in one.marginal_range)
            ),
            _round(one.spent.break_even),
            _round(one.chance),
            say(_CALLS[one.call]),
            round(one.change) or None,
        )
        for one in found
    )
    return Table(say("What the next yuan brings"), columns, rows)


def _costs(gap: SourceGap) -> Table:
    columns = (
        TableColumn(say("Source")),
        TableColumn(say("Visitors"), "count"),
        TableColumn(say("Usual"), "count"),
        TableColumn(say("Spent"), "money"),
        TableColumn(say("Per visitor"), "money"),
        TableColumn(say("19 in 20")),
    )
    rows = tuple(
        (
            line.name,
            line.visitors,
            line.usual,
            line.spent,
            None if line.cost.state != "paid" else _round(line.cost.value),
            wording.DASH if line.cost.state != "paid" else f"{line.cost.low:.2f}–{line.cost.high:.2f}",
        )
        for line in gap.lines
    )
    return Table(say("Yesterday's sources and what they cost"), columns, rows)


def _strong(found: Sequence[Strength]) -> Table:
    names = {"conversion": say("Conversion"), "source": say("Free search"), "price": say("Price")}
    rows = tuple(
        (
            one.selling.name,
            round(one.selling.week),
            None if one.selling.aim is None else round(one.selling.aim),
            names[one.kind],
            wording.listing([copy.name for copy in one.copies]) or wording.DASH,
        )
        for one in found
    )
    columns = (
        TableColumn(say("Item on target")),
        TableColumn(say("Week"), "money"),
        TableColumn(say("Aim"), "money"),
        TableColumn(say("Strength")),
        TableColumn(say("Can be copied to")),
    )
    return Table(say("Items on target"), columns, rows)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
