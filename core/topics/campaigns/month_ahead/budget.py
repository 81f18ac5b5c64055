"""The month's ad budget at the usual share of sales, and the days that need more than the daily budget."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.ad_report import one_report
from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.topics.sales.month.plan import MonthPlan

if TYPE_CHECKING:
    import pandas as pd

WEEKS = 28
FEWEST = 7


@dataclass(frozen=True, slots=True)
class MonthBudget:
    """The usual ad cost as a share of sales, and the budget of the month that follows from it."""

    share: float
    """Ad cost divided by the shop's sales on ordinary days."""
    a_day: float
    total: float
    by_day: Mapping[date, float]
    short: tuple[date, ...]
    """Coming days that need more than the account's daily budget."""
    scenes: tuple[tuple[str, float], ...]
    """The ad types with their shares of the cost, the largest first."""


def budget(
    frame: pd.DataFrame, sales: Mapping[date, float], plan: MonthPlan, shop: Shop, today: date
) -> MonthBudget | None:
    """Return the month's budget at the usual share of sales; None if under a week is ordinary."""
    rows = one_report(frame).dropna(subset=["cost"])
    cost = {
        day: float(value)
        for day, value in rows.groupby(rows["date"].dt.date)["cost"].sum().items()
        if isinstance(day, date)
    }
    since = today - timedelta(days=WEEKS)
    days = usable([day for day in cost if since <= day < today and sales.get(day, 0.0) > 0], shop)
    if len(days) < FEWEST:
        return None
    spent = math.fsum(cost[day] for day in days)
    share = spent / math.fsum(sales[day] for day in days)
    by_day = {day: share * target for day, target in plan.by_day.items()}
    most = shop.ads.daily_budget
    short = tuple(day for day, part in by_day.items() if most is not None and part > most and day >= today)
    mine = rows[rows["date"].dt.date.isin(set(days))]
    scenes = mine.groupby("scene")["cost"].sum().sort_values(ascending=False)
    parts = tuple((str(scene), float(value) / spent) for scene, value in scenes.items()) if spent else ()
    return MonthBudget(share, spent / len(days), math.fsum(by_day.values()), by_day, short, parts)
