"""Causes outside the shop's pages: the market, the campaign calendar, the traffic."""

from __future__ import annotations

from dataclasses import replace

from core.answers.answer import Proposal
from core.language import message
from core.language.message import say
from core.measures import baseline
from core.measures.calendar_names import name_of
from core.topics.sales.causes.cause import Cause, Looked, by_standing, nothing


def market(looked: Looked) -> Cause:
    """The market: no export holds it, so it is never guessed."""
    del looked
    return nothing("market", say("Market"), say("no export tells; look at 生意参谋 › 市场 › 市场大盘."))


def campaign(looked: Looked) -> Cause:
    """The calendar: a campaign on the day, or the dip behind one."""
    name = say("Campaign")
    special = looked.shop.special(looked.day)
    dip = baseline.dip_after(looked.shop, looked.day)
    if dip is not None:
        seen = say("in the dip after {campaign}; a lower day is expected.", campaign=name_of(dip))
        return Cause(key="campaign", name=name, state="usual", seen=seen)
    if special is None:
        return Cause(key="campaign", name=name, state="usual", seen=say("none in the calendar for that day."))
    what = name_of(special)
    if special.multiplier is None:
        return nothing("campaign", name, say("{campaign}; its size is not set in shop.toml.", campaign=what))
    seen = say(
        "{campaign}, planned as ×{size} of a usual day.",
        campaign=what,
        size=message.ratio(special.multiplier),
    )
    return Cause(key="campaign", name=name, state="usual", seen=seen)


def traffic(looked: Looked) -> Cause:
    """Visitors against the usual days; the source that lost most is named where it is known."""
    visitors = baseline.column(looked.days, "visitors")
    found = looked.standing(visitors, half=True)
    ask = Proposal(
        "promotion",
        say("Find the source that lost the visitors and say what it costs to bring them back"),
        "visitors",
        "up",
        looked.tomorrow,
        expected=found.usual if found else None,
    )
    cause = by_standing(looked, "traffic", say("Traffic"), found, message.count, proposals=(ask,))
    source = _most_lost(looked) if cause.state == "hurt" else ""
    if not source:
        return cause
    return replace(cause, seen=say("{seen} Most of it: {source}.", seen=cause.seen, source=source))


def _most_lost(looked: Looked) -> str:
    """The source with the largest loss of visitors against its usual days; empty without the export."""
    if looked.sources is None or looked.sources.empty:
        return ""
    rows = baseline.source_days(looked.sources, looked.shop)
    losses = {}
    for name, own in rows.groupby("source"):
        visitors = baseline.totals(own, "visitors")
        usual = baseline.mean(visitors, baseline.usual_days(visitors, looked.day, looked.shop).days)
        if usual is not None:
            losses[str(name)] = visitors.get(looked.day, 0.0) - usual * looked.half_multiplier
    worst = min(losses, key=losses.__getitem__, default="")
    return worst if worst and losses[worst] < 0 else ""
