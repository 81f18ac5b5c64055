"""The ad balance and how long it lasts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.facts.goods_on_the_way import OnTheWay
from core.measures import baseline
from core.measures.usual_days import usable_or_all
from core.records.records import Check, Recorded
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

TOP_UP_DAYS = 3
DAYS = 7
"""The number of newest days whose mean is a day's ad cost; big campaigns are left out."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of the ad account, as far as it is known."""

    now: float
    """The balance entered, plus top-ups and minus the spend since."""
    typed: float
    since: date
    daily: float | None
    """The ad cost of an ordinary day; None if there is no ad report."""
    guessed_days: int = 0
    """The number of days since the entry whose cost is not imported; an ordinary day's cost is assumed."""
    topped_up: date | None = None
    """The day of the newest top-up that was ticked off after the balance was entered and is included in
    it."""

    def top_up(self, shop: Shop) -> int | None:
        """Return the top-up in yuan that makes the balance last three days, rounded up to a multiple of 100.

        A day is assumed to cost the usual ad spend or, if that is more, the daily budget. None if the ad
        costs are unknown.
        """
        if self.daily is None:
            return None
        wanted = TOP_UP_DAYS * max(self.daily, shop.ads.daily_budget or 0.0) - max(0.0, self.now)
        return math.ceil(wanted / 100) * 100

    @property
    def days(self) -> float | None:
        """Return the number of ordinary days the balance lasts; None if the ad costs are unknown."""
        return max(0.0, self.now) / self.daily if self.daily else None


def balance(
    check: Recorded[Check] | None,
    costs: Mapping[date, float],
    shop: Shop,
    today: date,
    moving: OnTheWay | None = None,
) -> Balance | None:
    """Return the current ad balance, from the newest one entered in a check or in shop.toml.

    None if no balance was entered up to ``today``. ``costs`` are yuan by day and are deducted; top-ups made
    after the entry are added. A balance entered in a check is the one at the time of the entry, so the cost
    of the rest of that day is deducted too; one in shop.toml is the one in the evening of its day.
    """
    typed, since, rest = shop.ads.balance, shop.ads.balance_on, 0.0
    if since is not None and since > today:
        typed, since = None, None
    newer = check is not None and (since is None or check.at.date() > since or check.at.date() == today)
    if check is not None and check.value.value is not None and newer:
        typed, since = check.value.value, check.at.date()
        rest = 1.0 - (check.at.hour + check.at.minute / 60) / 24
    if typed is None:
        return None
    since = since or today
    seen: datetime | date = since if check is None or not rest else check.at
    past = sorted(day for day in costs if day < today)
    recent = usable_or_all(past[-DAYS:], shop, 3)
    daily = sum(costs[day] for day in recent) / len(recent) if recent else None
    parts = {since + timedelta(days=n): 1.0 for n in range(1, (today - since).days)}
    if rest and since < today:
        parts[since] = rest
    missing = [day for day in parts if day not in costs]
    spent = sum(part * costs.get(day, daily or 0.0) for day, part in parts.items())
    paid = 0.0 if moving is None else moving.paid_in(seen)
    return Balance(
        now=typed + paid - spent,
        typed=typed,
        since=since,
        daily=daily,
        guessed_days=len(missing),
        topped_up=None if moving is None else moving.last_paid_in(seen),
    )


def costs_of(ads: pd.DataFrame | None) -> dict[date, float]:
    """Return the ad cost by day, from the most complete report; empty if there is none."""
    return {} if ads is None else baseline.totals(_one_report(ads), "cost")


def _one_report(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows by plan or those by item, whichever cover more days; all rows if there are neither.

    Rows of both are never mixed, because they contain the same money.
    """
    if not frame["report"].isin(("plan", "item")).any():
        return frame
    plans = frame[frame["report"] == "plan"]
    items = frame[frame["report"] == "item"]
    chosen: pd.DataFrame = (
        plans if plans["date"].nunique() >= items["date"].nunique() and len(plans) else items
    )
    return chosen
