"""How many orders the day ends with, seen from now, and the chance that they reach its target."""

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
"""Orders at the usual value that today's own are mixed with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """Today's orders up to now and to midnight."""

    orders: float
    hour: float
    end: DayEnd
    usual: UsualCourse
    aov: float | None
    gmv: float | None
    target: float | None
    """Yuan; None without a month's target."""

    @property
    def share(self) -> float:
        """Return the share of a day's orders that is usually in by now."""
        return self.usual.share(self.hour)

    @property
    def needed(self) -> int | None:
        """Return the orders still lacking for the target; 0 when it is reached."""
        if self.target is None or self.gmv is None or not self.aov:
            return None
        return max(0, math.ceil((self.target - self.gmv) / self.aov))

    @property
    def chance(self) -> float | None:
        """Return the chance of the target by midnight."""
        return None if self.needed is None else chance_of_more(self.end, self.needed)

    @property
    def short(self) -> int | None:
        """Return how many orders the expected end lacks; 0 when it reaches the target."""
        return None if self.needed is None else max(0, math.ceil(self.needed - self.end.rest))

    def chance_of(self, orders: float) -> float:
        """Return the chance to end the day with at least so many orders."""
        return chance_of_more(self.end, orders - self.orders)


def day_target(sales: Mapping[date, float], shop: Shop, today: date) -> float | None:
    """Return today's part of the month's target; None where no target is set."""
    plan = month_plan(sales, shop, today)
    return None if plan is None else float(plan.by_day[today])


def usual_orders(
    found: UsualCourse, by_hour: ByHour, sales: Mapping[date, float], shop: Shop, today: date
) -> float | None:
    """Return the orders expected of today by its weekday and calendar; None when nothing can be expected."""
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
    """Return where the day ends; ``values`` = usual sales and their orders."""
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
