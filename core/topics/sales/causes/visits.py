"""Possible causes outside the shop's pages: market, campaign calendar, traffic."""

from __future__ import annotations

from datetime import timedelta

from core.language import message
from core.language.message import N_, Value, say
from core.measures import baseline
from core.measures.calendar_names import name_of
from core.topics.sales.causes.cause import Cause, Looked, by_standing, nothing

VISITORS = ("shop_visitors", "source_visitors", "source_new_source", "item_visitors", "item_search_visitors")
"""The kinds of this morning's changes that concern visitors."""
STILL = 0.05
"""A change from last week smaller than this explains nothing (a judgement)."""


def market(looked: Looked) -> Cause:
    """Judge the market by the figures that were entered for it; if there are none, say where to look."""
    name, seen = say("Market demand"), looked.market
    known = () if seen is None else (seen.sales, seen.visitors)
    moved = next((one for one in known if one is not None), None)
    if seen is None or moved is None:
        text = say(
            "no file contains the market's figures; look at {market_page} and enter them (form “The "
            "market yesterday”)."
        )
        return nothing("market", name, text)
    text = message.listing(
        say(words, change=message.percent(value / 100, 0, sign=True))
        for words, value in ((N_("visitors {change}"), seen.visitors), (N_("sales {change}"), seen.sales))
        if value is not None
    )
    own = _against_last_week(looked)
    if own is None:
        seen_words = say("The whole market compared with the same day last week: {market}.", market=text)
        return Cause(key="market", name=name, state="usual", seen=seen_words)
    ours = message.percent(own, 0, sign=True)
    values: dict[str, Value] = {"market": text, "ours": ours}
    if abs(own) < STILL or own * moved <= 0 or abs(moved) < STILL * 100:
        words = say(
            "Compared with the same day last week: {market} in the whole market, {ours} in our "
            "sales. The market does not explain our change.",
            **values,
        )
        return Cause(key="market", name=name, state="usual", seen=words)
    words = say(
        "Compared with the same day last week: {market} in the whole market, {ours} in our "
        "sales. The market moved the same way as we did.",
        **values,
    )
    return Cause(key="market", name=name, state="hurt" if own < 0 else "helped", seen=words, weight=1.0)


def _against_last_week(looked: Looked) -> float | None:
    """Return the change of sales from the same day last week, as a fraction; None if a day is missing."""
    sales = baseline.column(looked.days, "gmv")
    before = sales.get(looked.day - timedelta(days=7))
    now = sales.get(looked.day)
    return None if not before or now is None else now / before - 1


def campaign(looked: Looked) -> Cause:
    """Judge the calendar as a cause: a campaign on the day, or the quiet days after one."""
    name = say("Campaign")
    special = looked.shop.special(looked.day)
    dip = baseline.dip_after(looked.shop, looked.day)
    if dip is not None:
        seen = say("in the quiet days after {campaign}; lower sales are expected.", campaign=name_of(dip))
        return Cause(key="campaign", name=name, state="usual", seen=seen)
    if special is None:
        return Cause(
            key="campaign", name=name, state="usual", seen=say("the calendar has no campaign for that day.")
        )
    what = name_of(special)
    if special.multiplier is None:
        return nothing(
            "campaign",
            name,
            say("{campaign}; how much it should sell is not set in shop.toml.", campaign=what),
        )
    seen = say(
        "{campaign}, planned at {size} times a usual day.",
        campaign=what,
        size=message.ratio(special.multiplier),
    )
    return Cause(key="campaign", name=name, state="usual", seen=seen)


def traffic(looked: Looked) -> Cause:
    """Judge the number of visitors as a cause of the day's sales, in total and by traffic source."""
    visitors = baseline.column(looked.days, "visitors")
    found = looked.standing(visitors, half=True)
    return by_standing(looked, "traffic", say("Traffic (visitors)"), found, message.count, kinds=VISITORS)
