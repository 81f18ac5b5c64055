"""The tables of the coming month: by day, price bands, search terms."""

from __future__ import annotations

from core.answers.answer import Cell, Table, TableColumn
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Shop
from core.topics.campaigns.month_ahead.budget import MonthBudget
from core.topics.campaigns.month_ahead.demand import SearchTrends
from core.topics.campaigns.month_ahead.lineup import LineUp
from core.topics.sales.month.plan import MonthPlan

SHOWN = 12


def by_day(plan: MonthPlan, budget: MonthBudget | None, shop: Shop) -> Table[Words]:
    """Return the table of days with target, budget and calendar note."""
    columns = (
        TableColumn(say("Day"), "date", "day"),
        TableColumn(say("Weekday"), id="weekday"),
        TableColumn(say("Day's target"), "money", "target", total="sum"),
        TableColumn(say("Ad budget"), "money", "budget", total="sum"),
        TableColumn(say("× usual sales"), "ratio", "multiplier"),
        TableColumn(say("Campaign"), id="campaign"),
    )
    rows: list[tuple[Cell | Words, ...]] = []
    for day, goal in plan.by_day.items():
        special = shop.special(day)
        spend = None if budget is None else round(budget.by_day[day])
        times = None if special is None else special.multiplier
        name = "" if special is None else special.note or special.kind
        rows.append((day.isoformat(), message.weekday(day), goal, spend, times, name))
    return Table(say("The month, day by day"), columns, tuple(rows))


def bands(found: LineUp) -> Table[Words]:
    """Return the table of sales by price band on the ordinary days of the last four weeks."""
    columns = (
        TableColumn(say("Price band"), id="band"),
        TableColumn(say("Items"), "count", "items"),
        TableColumn(say("Visitors"), "count", "visitors"),
        TableColumn(say("Sales"), "money", "gmv"),
        TableColumn(say("% of sales"), "rate", "share"),
    )
    rows = tuple(
        (
            band_words(one.low, one.high),
            one.items,
            round(one.visitors),
            round(one.gmv),
            round(one.share, 4),
        )
        for one in found.bands
    )
    return Table(say("Sales by price band (ordinary days of the last four weeks)"), columns, rows)


def band_words(low: int, high: int | None) -> Words:
    """Return a price band as words; without ``high`` it has no upper limit."""
    if high is None:
        return say("{low}+", low=message.money(low))
    return say("{low}–{high}", low=message.money(low), high=message.count(high))


def terms(found: SearchTrends) -> Table[Words] | None:
    """Return the table of terms that rose or fell; None if there are none."""
    moved = [*found.moved("up"), *found.moved("down")][:SHOWN]
    if not moved:
        return None
    columns = (
        TableColumn(say("Search term"), id="search_term"),
        TableColumn(say("Visitors earlier"), "count", "before"),
        TableColumn(say("Visitors lately"), "count", "after"),
        TableColumn(say("Change in share (times)"), "ratio", "times"),
        TableColumn(say("Is it in our titles?"), id="item"),
    )
    rows = tuple(
        (one.text, round(one.before), round(one.after), round(one.times, 2), one.item or message.DASH)
        for one in moved
    )
    return Table(say("Search terms that changed"), columns, rows)
