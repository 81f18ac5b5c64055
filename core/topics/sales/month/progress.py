"""Yesterday and its month compared with the daily targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from core.answers.answer import About, Evidence, Number, Table, TableColumn
from core.language.message import Words, say
from core.shop.settings import Shop
from core.statistics.distributions import normal_quantile
from core.topics.sales.month.plan import FEWEST_DAYS, MonthPlan, if_raised, month_pace, month_plan
from core.topics.sales.run_rate import RunRate, Spread


@dataclass(frozen=True, slots=True)
class DayInMonth:
    """The sales of one day and of its month, compared with their targets."""

    day: date
    sales: Mapping[date, float]
    plan: MonthPlan
    pace: RunRate
    spread: Spread | None
    shop: Shop
    odd: Mapping[date, float] = field(default_factory=dict)
    """Days with unexplained unusual sales, as multiples of their usual sales."""
    if_raised: float | None = None
    """The month-end forecast if the last unusual day was the first of a new level of sales."""

    @property
    def closed(self) -> bool:
        """Return whether the shop was closed on the day according to the calendar."""
        return self.shop.multiplier(self.day) == 0

    @property
    def sold(self) -> float:
        """Return the day's sales."""
        return self.sales[self.day]

    @property
    def target(self) -> int:
        """Return the day's target."""
        return self.plan.by_day[self.day]

    @property
    def swing(self) -> float | None:
        """Return half the width of the 80 % range of a day's result, as a fraction of its target."""
        return None if self.spread is None else normal_quantile(0.9) * self.spread.sd

    @property
    def inside_swing(self) -> bool:
        """Return whether the day's gap to its target is within the 80 % range around the target."""
        return self.swing is not None and abs(self.sold - self.target) <= self.swing * self.target

    @property
    def left(self) -> tuple[date, ...]:
        """Return the days of the month that are still to come."""
        return tuple(day for day in self.plan.by_day if day > self.day)

    @property
    def planned_a_day(self) -> float | None:
        """Return the mean target of the days still to come; None if there are none."""
        rest = [self.plan.by_day[day] for day in self.left]
        return sum(rest) / len(rest) if rest else None

    @property
    def known(self) -> int:
        """Return the number of days of the month so far that have sales figures."""
        return sum(day in self.sales for day in self.plan.by_day if day <= self.day)

    @property
    def few(self) -> bool:
        """Return whether there is too little history to estimate the chance of the month's target."""
        return self.spread is None and self.known < FEWEST_DAYS

    @property
    def needed_a_day(self) -> float | None:
        """Return the mean sales needed per day, from now on, to reach the month's target; None if unknown."""
        planned = self.planned_a_day
        return (
            None
            if planned is None or self.pace.required_ratio is None
            else self.pace.required_ratio * planned
        )


def month_of(sales: Mapping[date, float], shop: Shop, day: date) -> DayInMonth | None:
    """Return the day and its month; None if there is no target, or no sales figure for that day."""
    plan = month_plan(sales, shop, day)
    if plan is None or day not in sales:
        return None
    pace, spread = month_pace(sales, shop, plan, day)
    if pace is None:
        return None
    odd, raised = if_raised(sales, shop, plan, day)
    return DayInMonth(day, sales, plan, pace, spread, shop, odd, raised)


def numbers(month: DayInMonth) -> tuple[Evidence[Words], ...]:
    """Return the four main figures of day and month, each with its reference value."""
    pace = month.pace
    needed = None if month.needed_a_day is None else max(0.0, month.needed_a_day)
    return (
        Number(say("Yesterday's sales"), "CNY", month.sold, reference=float(month.target)),
        Number(say("Month to date"), "CNY", pace.achieved, reference=pace.target_so_far),
        Number(say("Needed per day"), "CNY", needed, reference=month.planned_a_day),
        Number(say("Month-end forecast"), "CNY", pace.forecast, pace.low, pace.high, month.plan.total),
    )


def course(month: DayInMonth) -> Table[Words]:
    """Return the table of the month by day: target, sales, and the cumulative share of the plan."""
    rows, sold, planned, broken = [], 0.0, 0, False
    for day, target in month.plan.by_day.items():
        planned += target
        got = month.sales.get(day) if day <= month.day else None
        broken = broken or (got is None and day <= month.day)
        sold += got or 0.0
        share = sold / planned if planned and day <= month.day and not broken else None
        rows.append(
            (day.isoformat(), target, got, got / target if got is not None and target else None, share)
        )
    columns = (
        TableColumn(say("Day"), "date", "day"),
        TableColumn(say("Day's target"), "money", "target", total="sum"),
        TableColumn(say("Sold"), "money", "sold", total="sum"),
        TableColumn(say("% of target"), "rate", "reached", total="ratio:sold/target"),
        TableColumn(say("Month so far"), "rate", "month_so_far"),
    )
    about = tuple(About(day=day.isoformat()) for day in month.plan.by_day)
    return Table(say("Each day's target and sales"), columns, tuple(rows), about=about)
