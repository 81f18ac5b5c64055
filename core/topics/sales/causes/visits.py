"""Possible causes outside the shop's pages: market, campaign calendar, traffic."""

from __future__ import annotations

from core.language import message
from core.language.message import say
from core.measures import baseline
from core.measures.calendar_names import name_of
from core.topics.sales.causes.cause import Cause, Looked, by_standing, nothing

VISITORS = ("shop_visitors", "source_visitors", "source_new_source", "item_visitors", "item_search_visitors")
"""The incident kinds about visitors."""


def market(looked: Looked) -> Cause:
    """Return the market as a cause without data, because no export contains it."""
    del looked
    return nothing(
        "market", say("Market demand"), say("no file contains it; look at 生意参谋 › 市场 › 市场大盘.")
    )


def campaign(looked: Looked) -> Cause:
    """Judge the calendar: a campaign on the day, or the quiet days after one."""
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
    """Judge the visitors of the shop and of its sources."""
    visitors = baseline.column(looked.days, "visitors")
    found = looked.standing(visitors, half=True)
    return by_standing(looked, "traffic", say("Traffic (visitors)"), found, message.count, kinds=VISITORS)
