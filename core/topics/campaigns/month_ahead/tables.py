"""The month to come as tables: day by day, price bands, search terms."""

from __future__ import annotations

from core.answers.answer import Table, TableColumn
from core.language import wording
from core.language.wording import say
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.budget import Budget
from core.topics.campaigns.month_ahead.demand import Demand
from core.topics.campaigns.month_ahead.lineup import LineUp
from core.topics.sales.month.plan import MonthPlan

SHOWN = 12


def by_day(plan: MonthPlan, budget: Budget | None, shop: Shop) -> Table:
    """Return every day with its target, its budget and what is special about it."""
    columns = (
        TableColumn(say("Day"), "date"),
        TableColumn(say("Weekday")),
        TableColumn(say("Day's target"), "money"),
        TableColumn(say("Ad budget"), "money"),
        TableColumn(say("Times a usual day"), "ratio"),
        TableColumn(say("Campaign")),
    )
    rows = []
    for day, goal in plan.by_day.items():
        special = shop.special(day)
        spend = None if budget is None else round(budget.by_day[day])
        times = None if special is None else special.multiplier
        name = "" if special is None else special.note or special.kind
        rows.append((day.isoformat(), wording.day(day).split()[0 if wording.language() == "en" else -1],
                     goal, spend, times, name))  # fmt: skip
    return Table(say("The month day by day"), columns, tuple(rows))


def bands(found: LineUp) -> Table:
    """Return sales by price band, four weeks of ordinary days."""
    columns = (
        TableColumn(say("Price band")),
        TableColumn(say("Items"), "count"),
        TableColumn(say("Visitors"), "count"),
        TableColumn(say("Sales"), "money"),
        TableColumn(say("Share"), "rate"),
    )
    rows = tuple(
        (
            f"¥{one.low}–{one.high}" if one.high else f"¥{one.low}+",
            one.items,
            round(one.visitors),
            round(one.gmv),
            round(one.share, 4),
        )
        for one in found.bands
    )
    return Table(say("Sales by price band (ordinary days of four weeks)"), columns, rows)


def terms(found: Demand) -> Table | None:
    """Return the terms that moved; None when none did."""
    moved = [*found.moved("up"), *found.moved("down")][:SHOWN]
    if not moved:
        return None
    columns = (
        TableColumn(say("Search term")),
        TableColumn(say("Visitors before"), "count"),
        TableColumn(say("Visitors lately"), "count"),
        TableColumn(say("Its share, times"), "ratio"),
        TableColumn(say("In a title of ours")),
    )
    rows = tuple(
        (one.text, round(one.before), round(one.after), round(one.times, 2), one.item or wording.DASH)
        for one in moved
    )
    return Table(say("Search terms that moved"), columns, rows)
