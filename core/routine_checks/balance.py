"""How much ad money is left, and how long it lasts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core import baseline
from core.ordinary import usable_or_all
from core.records import Check, Recorded
from core.shop import Shop

if TYPE_CHECKING:
    import pandas as pd

    from core.sheets.ads import Ads

DAYS = 7
"""Newest days whose mean cost, big campaigns left out, is a day's cost."""


@dataclass(frozen=True, slots=True)
class Balance:
    """The ad account as far as it is known."""

    now: float
    """As typed, less the full days spent since."""
    typed: float
    since: date
    daily: float | None
    """Cost of an ordinary day; None without an ad report."""

    @property
    def days(self) -> float | None:
        """Return for how many ordinary days it lasts."""
        return max(0.0, self.now) / self.daily if self.daily else None


def balance(check: Recorded[Check] | None, ads: Ads | None, shop: Shop, today: date) -> Balance | None:
    """Return the newest balance typed, in the check or in shop.toml; None when nobody ever typed one."""
    typed, since = shop.ads.balance, shop.ads.balance_on
    if check is not None and check.value.value is not None and (since is None or check.at.date() >= since):
        typed, since = check.value.value, check.at.date()
    if typed is None:
        return None
    since = since or today
    costs = baseline.totals(_one_report(ads.frame), "cost") if ads is not None else {}
    past = sorted(day for day in costs if day < today)
    recent = usable_or_all(past[-DAYS:], shop, 3)
    daily = sum(costs[day] for day in recent) / len(recent) if recent else None
    spent = sum(cost for day, cost in costs.items() if since < day < today)
    return Balance(now=typed - spent, typed=typed, since=since, daily=daily)


def _one_report(frame: pd.DataFrame) -> pd.DataFrame:
    """The plan report has every cost; the item report where the other is missing; never both."""
    plans = frame[frame["report"] == "plan"]
    items = frame[frame["report"] == "item"]
    chosen: pd.DataFrame = (
        plans if plans["date"].nunique() >= items["date"].nunique() and len(plans) else items
    )
    return chosen
