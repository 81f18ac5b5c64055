"""The wording of stock figures: days, ranges, paces and lists of names."""

from __future__ import annotations

from collections.abc import Sequence

from core.answers.answer import About
from core.language import message
from core.language.message import Words, say
from core.topics.stock.cover import StockLine

NAMED = 4
"""The most names listed in a sentence."""


def days_said(days: float | None) -> Words:
    """Return the text of a number of days; with one decimal below five."""
    if days is None:
        return say("over a year")
    if days < 5 and abs(days - round(days)) > 0.25:  # noqa: PLR2004 - half a day matters there
        return say("{n} days", n=message.ratio(days, 1))
    return message.plural("{n} day", "{n} days", round(days))


def band(line: StockLine) -> Words:
    """Return the text of the range of the days of cover, with one decimal if both ends round to 1."""
    low, high = (None if days is None else round(days) for days in (line.low, line.high))
    if line.low is not None and line.high is not None and low == high == 1:
        return say("{low}–{high}", low=message.ratio(line.low, 1), high=message.ratio(line.high, 1))
    if low is not None and low == high:
        return message.count(low)
    return say(
        "{low}–{high}", low=message.count(low), high=say("a year") if high is None else message.count(high)
    )


def a_day_said(line: StockLine) -> Words:
    """Return the text of the units sold per day; with one decimal below ten."""
    a_day = line.a_day or 0.0
    small = a_day < 10  # noqa: PLR2004 - small paces need a decimal
    return message.ratio(a_day, 1) if small else message.count(a_day)


def listed(names: Sequence[Words]) -> Words:
    """Return the first few of the names, and the number of the others."""
    said = message.listing(list(names[:NAMED]))
    rest = len(names) - NAMED
    return said if rest <= 0 else say("{names} and {n} more", names=said, n=rest)


def about(line: StockLine) -> About:
    """Return the id of the item that a line is about."""
    return About(item=line.shelf.item)
