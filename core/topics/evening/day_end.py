"""The orders expected by midnight, and the probability that they reach the day's target."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.shop.settings import Shop
from core.topics.evening.course import PLAN_CV
from core.topics.evening.day_so_far import SoFar
from core.topics.evening.intraday import DayEnd, chance_of_more, day_end
from core.topics.evening.usual_hours import ByHour, UsualCourse, usual
from core.topics.sales.month.plan import daily_spread, month_plan, weekday_shape

PSEUDO_ORDERS = 30.0
"""The weight, in orders, of the usual order value when it is mixed with today's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Today's orders so far, and those expected by midnight."""

    orders: float
    hour: float
    end: DayEnd
    usual: UsualCourse
    aov: float | None
    gmv: float | None
    target: float | None
    """The day's target in yuan; None if no monthly target is set."""

    @property
    def share(self) -> float:
        """Return the share of a day's orders usually placed by this hour."""
        return self.usual.share(self.hour)

    @property
    def needed(self) -> int | None:
        """Return how many more orders are needed to reach the target; 0 if it is reached, None if unknown."""
        if self.target is None or self.gmv is None or not self.aov:
            return None
        return max(0, math.ceil((self.target - self.gmv) / self.aov))

    @property
    def chance(self) -> float | None:
        """Return the probability of reaching the target by midnight; None if unknown."""
        return None if self.needed is None else chance_of_more(self.end, self.needed)

    @property
    def short(self) -> int | None:
        """Return by how many orders the forecast misses the target; 0 if it does not, None if unknown."""
        return None if self.needed is None else max(0, math.ceil(self.needed - self.end.rest))

    def chance_of(self, orders: float) -> float:
        """Return the probability of at least ``orders`` orders by the end of the day."""
        return chance_of_more(self.end, orders - self.orders)


def day_target(sales: Mapping[date, float], shop: Shop, today: date) -> float | None:
    """Return today's part of the month's target, in yuan; None if no target is set."""
    plan = month_plan(sales, shop, today)
    return None if plan is None else float(plan.by_day[today])


def usual_orders(
    found: UsualCourse, by_hour: ByHour, sales: Mapping[date, float], shop: Shop, today: date
) -> float | None:
    """Return the orders usual for today's weekday and calendar, from days with hourly counts.

    None if unknown.
    """
    factors, _ = weekday_shape(sales, shop)
    sizes = math.fsum(factors[day.weekday()] * shop.multiplier(day) for day in found.days)
    own = factors[today.weekday()] * shop.multiplier(today)
    ordered = math.fsum(math.fsum(by_hour[day]) for day in found.days)
    return ordered / sizes * own if sizes > 0 and ordered > 0 and own > 0 else None


def ending(
    now: SoFar,
    by_hour: ByHour,
    values: tuple[float, float] | None,
    sales: Mapping[date, float],
    shop: Shop,
    today: date,
) -> Ending | None:
    """Return today's orders so far and the forecast; ``values`` are usual sales and their number of orders.

    None if the usual course of a day or today's orders are unknown.
    """
    earlier = {day: hours for day, hours in by_hour.items() if day < today}
    found = usual(earlier, shop, today)
    if found is None or now.orders is None:
        return None
    mean = usual_orders(found, earlier, sales, shop, today)
    if mean is None:
        return None
    factors, _ = weekday_shape(sales, shop)
    spread = daily_spread(sales, shop, factors, today)
    cv = spread.sd if spread is not None and spread.sd > 0 else PLAN_CV
    end = day_end(now.orders, min(1.0, found.share(now.hour)), mean, cv, found.dispersion(now.hour))
    return Ending(
        orders=now.orders,
        hour=now.hour,
        end=end,
        usual=found,
        aov=_aov(now, values),
        gmv=now.gmv,
        target=day_target(sales, shop, today),
    )


def _aov(now: SoFar, values: tuple[float, float] | None) -> float | None:
    gmv, orders = values if values is not None and values[1] > 0 else (0.0, 0.0)
    usually = gmv / orders if orders else None
    if now.gmv is None or not now.orders:
        return usually
    if usually is None:
        return now.gmv / now.orders
    return (now.gmv + PSEUDO_ORDERS * usually) / (now.orders + PSEUDO_ORDERS)
