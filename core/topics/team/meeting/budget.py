"""Today's ad budget in the meeting: yesterday's spend, balance, and what to decide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, LevelName, Proposal, finding
from core.facts.goods_on_the_way import on_the_way
from core.journal.projections import Past
from core.language import message
from core.language.message import Words, say
from core.measures import baseline, indicators
from core.measures.ad_report import ad_rows
from core.records.records import Check
from core.shop.settings import Shop
from core.topics.checks.balance import Balance, balance, costs_of
from core.topics.team.meeting.agenda import AgendaItem

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("ads_whole", "ads_keyword", "ads_crowd", "ads_scene")
RAISED = 1.2
"""The ratio of spend to budget above which the budget must have been raised (a judgement)."""
NEAR_BUDGET = 0.97
"""The share of the daily budget from which it counts as used up."""


@dataclass(frozen=True, slots=True)
class Budget:
    """The finding on the ad budget, and yesterday's ad spend in yuan (None if unknown)."""

    finding: Finding[Words]
    spent: float | None


def budget(past: Past, frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> Budget | None:
    """Return yesterday's spend compared with the budget, and how long the balance lasts.

    None if nothing is known.
    """
    spend = _spend(frames)
    yesterday = today - timedelta(days=1)
    spent, daily = spend.get(yesterday), shop.ads.daily_budget
    typed = [one for one in past.records(Check) if one.value.name == "ads_balance"]
    costs, moving = costs_of(frames.get("ads")) or spend, on_the_way(past.known(), today)
    held = balance(typed[-1] if typed else None, costs, shop, today, moving)
    lasts = None if held is None else held.days
    if spent is None and daily is None and lasts is None:
        return None
    parts = []
    if spent is not None and daily:
        parts.append(
            say(
                "spent {spent} yesterday, budget {budget}",
                spent=message.money(spent),
                budget=message.money(daily),
            )
        )
    elif spent is not None:
        parts.append(say("spent {spent} yesterday; no daily budget is set", spent=message.money(spent)))
    elif daily:
        parts.append(
            say(
                "daily budget {budget}; yesterday's ad spend is not imported yet", budget=message.money(daily)
            )
        )
    if lasts is not None:
        parts.append(
            say(
                "the balance of {balance} is enough for about {days} days",
                balance=message.money(None if held is None else round(max(0.0, held.now))),
                days=message.ratio(lasts, 1),
            )
        )
    text = say("Ad budget: {parts}.", parts=message.clauses(parts))
    asks = _asks(shop, spent, daily, held, today)
    level: LevelName = "act" if lasts is not None and lasts < 1 else ("watch" if asks else "info")
    return Budget(finding("standup", "budget", level, text, *asks), spent)


def _spend(frames: Mapping[str, pd.DataFrame]) -> dict[date, float]:
    """Return the ad spend by day, from the shop's daily figures or else from the ad report."""
    days = frames.get("shop_day")
    whole: dict[date, float] = {}
    for name in COLUMNS if days is not None else ():
        for day, cost in baseline.column(days, name).items() if days is not None else ():
            whole[day] = whole.get(day, 0.0) + cost
    if whole:
        return whole
    rows = ad_rows(frames.get("ads"))
    return {} if rows is None else baseline.totals(rows, "cost")


def _asks(
    shop: Shop, spent: float | None, daily: float | None, held: Balance | None, today: date
) -> tuple[Proposal[Words], ...]:
    asks = []
    if held is not None and held.days is not None and held.days < shop.thresholds.balance_days:
        wanted = held.top_up(shop)
        todo = say("Top up the ad account with {money} before noon", money=message.money(wanted))
        asks.append(Proposal("promotion", todo, due=today.isoformat(), deed="top_up", price=wanted))
    if spent is not None and daily and spent > RAISED * daily:
        todo = say(
            "Ad spend was far above the budget in shop.toml. If the budget was raised for that day, "
            "note the new amount; if not, find out why"
        )
        asks.append(Proposal("promotion", todo, due=today.isoformat()))
    elif spent is not None and daily and spent >= NEAR_BUDGET * daily:
        asks.append(
            Proposal(
                "promotion",
                say(
                    "The ad budget ran out: note at what hour, and whether the last clicks were "
                    "worth their cost"
                ),
                due=today.isoformat(),
            )
        )
    return tuple(asks)


def points(money: Budget | None, shop: Shop) -> list[AgendaItem]:
    """Return the topic of the ad budget, which is decided on in every meeting."""
    topic = say("Ad budget") if money is None else money.finding.text
    return [
        AgendaItem(
            topic,
            indicators.person_for(shop, "promotion"),
            say("decide today's ad budget and how it is split"),
            1.5,
        )
    ]
