"""Today's ad budget: what was spent, what the account still holds, what is to be fixed in the meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core import baseline, indicators, wording
from core.answer import Finding, LevelName, Proposal
from core.shop import Shop
from core.subjects.causes.adverts import ad_rows
from core.subjects.meeting.points import Point
from core.wording import say

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("ads_whole", "ads_keyword", "ads_crowd", "ads_scene")
NEAR_BUDGET = 0.97
"""Spent this much of the budget counts as used up."""


@dataclass(frozen=True, slots=True)
class Budget:
    """What is known of the ad money."""

    finding: Finding
    spent: float | None


def budget(frames: Mapping[str, pd.DataFrame], shop: Shop, today: date) -> Budget | None:
    """Return yesterday's spend against the budget and how long the balance lasts.

    None when nothing is known.
    """
    spend = _spend(frames)
    yesterday = today - timedelta(days=1)
    spent, daily = spend.get(yesterday), shop.ads.daily_budget
    recent = [spend[day] for day in sorted(spend) if day < today][-7:]
    usual = sum(recent) / len(recent) if recent else None
    lasts = _lasts(shop, spend, usual, today)
    if spent is None and daily is None and lasts is None:
        return None
    parts = []
    if spent is not None and daily:
        parts.append(
            say(
                "spent {spent} of {budget} yesterday", spent=wording.money(spent), budget=wording.money(daily)
            )
        )
    elif spent is not None:
        parts.append(say("spent {spent} yesterday, no daily budget is set", spent=wording.money(spent)))
    elif daily:
        parts.append(
            say("{budget} a day planned, yesterday's spend is not imported", budget=wording.money(daily))
        )
    if lasts is not None:
        parts.append(
            say(
                "the balance of {balance} lasts about {days} days",
                balance=wording.money(shop.ads.balance),
                days=f"{lasts:.1f}",
            )
        )
    text = say("Ad budget: {parts}.", parts=say("; ").join(parts))
    asks = _asks(shop, spent, daily, lasts, today)
    level: LevelName = "act" if lasts is not None and lasts < 1 else ("watch" if asks else "info")
    return Budget(Finding("standup/budget", level, text, asks), spent)


def _spend(frames: Mapping[str, pd.DataFrame]) -> dict[date, float]:
    """The spend by day from the shop's own figures, else from the ad report."""
    days = frames.get("shop_day")
    whole: dict[date, float] = {}
    for name in COLUMNS if days is not None else ():
        for day, cost in baseline.column(days, name).items() if days is not None else ():
            whole[day] = whole.get(day, 0.0) + cost
    if whole:
        return whole
    rows = ad_rows(frames.get("ads"))
    return {} if rows is None else baseline.totals(rows, "cost")


def _lasts(shop: Shop, spend: Mapping[date, float], usual: float | None, today: date) -> float | None:
    """How many days of usual spend the balance holds, what was spent since it was typed taken off."""
    if shop.ads.balance is None or not usual:
        return None
    typed = shop.ads.balance_on or today - timedelta(days=1)
    if typed > today:
        return None
    gone = sum(cost for day, cost in spend.items() if typed < day < today)
    return max(0.0, shop.ads.balance - gone) / usual


def _asks(
    shop: Shop, spent: float | None, daily: float | None, lasts: float | None, today: date
) -> tuple[Proposal, ...]:
    asks = []
    if lasts is not None and lasts < shop.thresholds.balance_days:
        asks.append(Proposal("promotion", say("Top up the ad account before noon"), due=today.isoformat()))
    if spent is not None and daily and spent >= NEAR_BUDGET * daily:
        asks.append(
            Proposal(
                "promotion",
                say("The budget was used up: say at what hour, and whether the last clicks paid"),
                due=today.isoformat(),
            )
        )
    return tuple(asks)


def points(money: Budget | None, shop: Shop) -> list[Point]:
    """Return the topic of the ad budget: it is fixed in every meeting."""
    topic = say("Ad budget") if money is None else money.finding.text
    return [
        Point(
            topic, indicators.person_for(shop, "promotion"), say("fix today's amount and where it goes"), 1.5
        )
    ]
