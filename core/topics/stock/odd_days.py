"""Days on which an item sold far more than usual, which the operator is asked to explain.

Such a day is left out of the item's pace until it is explained.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import About, Finding, Proposal, finding
from core.language import message
from core.language.message import Value, Words, say
from core.topics.stock.cover import StockLine
from core.topics.stock.pace import OddSale

if TYPE_CHECKING:
    import pandas as pd

ASKED_DAYS = 7
"""For how many days the operator is asked about such a day; later it is only named (a judgement)."""
FEW_ORDERS, MOST_OF_IT = 2, 0.6
"""A day's sales count as one large order if this many orders made up this share of the units."""


def questions(lines: Sequence[StockLine], orders: pd.DataFrame | None, today: date) -> list[Finding[Words]]:
    """Return one question for each unusual day of the last week, suggesting an answer from the orders."""
    since = today - timedelta(days=ASKED_DAYS)
    return [
        _question(line, one, largest(orders, line.shelf.title, one))
        for line in lines
        if line.pace is not None
        for one in line.pace.odd
        if one.day >= since
    ]


def older(lines: Sequence[StockLine], today: date) -> list[Words]:
    """Return texts on the unusual days that are too old to ask about."""
    since = today - timedelta(days=ASKED_DAYS)
    return [
        say(
            "{name} {day} ({units} sold, usually about {usual})",
            name=line.name,
            day=message.short_day(one.day),
            units=message.count(one.units),
            usual=message.count(round(one.usual)),
        )
        for line in lines
        if line.pace is not None
        for one in line.pace.odd
        if one.day < since
    ]


def largest(orders: pd.DataFrame | None, title: str, odd: OddSale) -> float | None:
    """Return what share of the day's units the item's two largest orders make up; None if unknown.

    Orders name items by title; orders of several items are left out because their units are not split by
    item.
    """
    if orders is None or not title:
        return None
    rows = orders[(orders["date"].dt.date == odd.day) & (orders["titles"] == title) & orders["units"].notna()]
    if rows.empty or odd.units <= 0:
        return None
    return min(1.0, float(rows["units"].nlargest(FEW_ORDERS).sum()) / odd.units)


def _question(line: StockLine, odd: OddSale, share: float | None) -> Finding[Words]:
    values: dict[str, Value] = {
        "name": line.name,
        "day": message.short_day(odd.day),
        "units": message.count(odd.units),
        "usual": message.count(max(1, round(odd.usual))),
    }
    asked = say("{name} sold {units} on {day}, usually about {usual}.", **values)
    if share is not None and share >= MOST_OF_IT:
        guess = say(
            "Two orders made up {share} of these pieces: were they large one-off orders? The day "
            "is left out of the sales pace until you note what it was.",
            share=message.percent(share, 0),
        )
    else:
        guess = say(
            "Was it a campaign or presale day, one large order, a lasting new level, or a wrong file? "
            "The day is left out of the sales pace until you note what it was."
        )
    about = About(item=line.shelf.item, day=odd.day.isoformat())
    ask = Proposal(
        "operator",
        say("Note what happened to {name} on {day} (form “What an unusual day was”)", **values),
        item=line.shelf.item,
        about=about,
    )
    return finding("stock", "odd_day", "info", message.sentences([asked, guess]), ask, about=about)
