"""The month's net target: its daily split, and the chances of reaching a day's part and the whole."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core.answers.answer import Table, TableColumn
from core.language.message import Words, say
from core.measures.net_sales import Net, NetSales, is_campaign
from core.shop.settings import Shop
from core.statistics.distributions import normal_cdf, normal_quantile
from core.topics.sales import daily_targets
from core.topics.sales.month.plan import month_pace, month_plan, weekday_shape
from core.topics.sales.net_days import Called, called, net_day

WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class NetMonth:
    """The net sales of one day and of its month, with their targets."""

    day: date
    total: float
    by_day: Mapping[date, int]
    """Whole-yuan targets that add up to the total."""
    sales: NetSales
    yesterday: Net
    so_far: Net
    """The net sales of the month up to the day, over the days with figures."""
    forecast: float | None
    sd: float | None
    chance: float | None
    """The probability that the month reaches its target; None if there is no history."""

    @property
    def target(self) -> int:
        """Return the day's target."""
        return self.by_day[self.day]

    @property
    def called(self) -> Called | None:
        """Return the verdict on the day; None if its net sales cannot be judged."""
        return called(self.yesterday.chance(self.target)) if self.yesterday.callable else None

    @property
    def week(self) -> tuple[Net, int] | None:
        """Return the summed net sales and the summed net target of the last seven days.

        None unless all seven days are in this month and have net sales.
        """
        days = [
            day
            for day in (self.day - timedelta(days=back) for back in range(WEEK))
            if day in self.by_day and day in self.sales.paid
        ]
        found = self.sales.of(days) if len(days) == WEEK else None
        return None if found is None else (found, sum(self.by_day[day] for day in days))


def net_month(paid: Mapping[date, float], net: NetSales, shop: Shop, day: date) -> NetMonth | None:
    """Return the day and its month in net sales.

    None if there is no net target, or if the day's net sales are unknown.
    """
    total, yesterday = shop.net_target_of(day), net.day(day)
    by_day = targets_by_day(paid, net, shop, day)
    if not total or yesterday is None:
        return None
    so_far = net.of([one for one in by_day if one <= day and one in net.paid])
    if so_far is None:
        return None
    forecast, sd, chance = _month_end(paid, net, so_far, total, shop, day)
    return NetMonth(
        day=day,
        total=total,
        by_day=by_day,
        sales=net,
        yesterday=yesterday,
        so_far=so_far,
        forecast=forecast,
        sd=sd,
        chance=chance,
    )


def targets_by_day(paid: Mapping[date, float], net: NetSales, shop: Shop, month: date) -> dict[date, int]:
    """Return the net target of each day of a month in whole yuan; empty if the month has no net target."""
    total = shop.net_target_of(month)
    if not total:
        return {}
    days = daily_targets.days_of_month(month.year, month.month)
    factors, _ = weekday_shape(paid, shop)
    sizes = {one: shop.multiplier(one) * (1.0 - _rate(net, shop, one)) for one in days}
    if not any(sizes.values()):
        sizes = {}
    return dict(zip(days, daily_targets.daily_targets(round(total), days, factors, sizes), strict=True))


def _rate(net: NetSales, shop: Shop, day: date) -> float:
    return net.campaign_rate if is_campaign(shop, day) else net.rate


def _month_end(
    paid: Mapping[date, float], net: NetSales, so_far: Net, total: float, shop: Shop, day: date
) -> tuple[float | None, float | None, float | None]:
    """Return forecast, its sd and the chance of the month's net sales; all None if it cannot be forecast.

    The standard deviation combines the scatter of the refunds to come and that of the sales to come.
    """
    gross = shop.target_of(day) or total / max(0.02, 1.0 - net.rate)
    stands = shop._replace(targets={**shop.targets, f"{day:%Y-%m}": gross})
    plan = month_plan(paid, stands, day)
    pace = None if plan is None else month_pace(paid, stands, plan, day)[0]
    if plan is None or pace is None or pace.forecast is None or pace.sd is None:
        return None, None, None
    rest = [one for one in plan.by_day if one > day]
    weight = math.fsum(plan.by_day[one] for one in rest)
    kept = (
        math.fsum(plan.by_day[one] * (1.0 - _rate(net, shop, one)) for one in rest) / weight
        if weight
        else 1.0 - net.rate
    )
    return month_chance(so_far.net, (pace.forecast - pace.achieved) * kept, so_far.sd, pace.sd * kept, total)


def month_chance(
    so_far: float, rest: float, sd_refunds: float, sd_rest: float, total: float
) -> tuple[float, float, float]:
    """Return the forecast of the month, its standard deviation and the probability of reaching ``total``."""
    forecast, sd = so_far + rest, math.hypot(sd_refunds, sd_rest)
    chance = normal_cdf((forecast - total) / sd) if sd > 0 else float(forecast >= total)
    return forecast, sd, chance


def derived(gross: float, rate: float, rate_sd: float) -> tuple[float, float, float]:
    """Return the net target that corresponds to a target for paid sales, with its 80 % range."""
    half = normal_quantile(0.9) * rate_sd * gross
    return gross * (1.0 - rate), gross * (1.0 - rate) - half, gross * (1.0 - rate) + half


def net_course(month: NetMonth) -> Table[Words]:
    """Return the table of the month's net sales by day.

    A day's result, met or missed, is final once nine tenths of its refunds have been applied for.
    """
    rows = []
    for day, target in month.by_day.items():
        one = month.sales.day(day) if day <= month.day else None
        share = one.net / target if one is not None and target else None
        rows.append(
            (
                day.isoformat(),
                target,
                None if one is None else round(one.net),
                share,
                "" if one is None or one.basis != "list" else net_day(one, target).state,
            )
        )
    columns = (
        TableColumn(say("Day"), "date", "day"),
        TableColumn(say("Net target"), "money", "net_target"),
        TableColumn(say("Net sales"), "money", "net_sales"),
        TableColumn(say("% of target"), "rate", "reached"),
        TableColumn(
            say("Result"),
            "word",
            "net_state",
            (
                ("met", say("✓ reached")),
                ("missed", say("✗ missed")),
                ("met?", say("◦ probably reached")),
                ("missed?", say("◦ probably missed")),
                ("open", say("◦ cannot tell")),
            ),
        ),
    )
    return Table(say("The month day by day, after refunds"), columns, tuple(rows))
