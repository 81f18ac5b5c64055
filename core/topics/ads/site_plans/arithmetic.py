"""Whether a whole-site plan pays, what a step of it brought, and the target to set.

``value`` is always what a paid order of the item leaves in yuan before ads.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple, TypeAlias

from core.statistics.distributions import gamma_sf, normal_cdf, normal_quantile

SiteVerdict: TypeAlias = Literal["stop", "more", "keep"]
"""Stop it or ask for a higher return; a candidate for more; no call."""
PRIOR_ORDERS: Final = 2.0
"""Orders at break-even that an unknown plan is believed to have brought already [judgement]."""
SURE_BAD, SURE_GOOD = 0.10, 0.90
MORE_DAYS: Final = 7
LEARNING_DAYS, LEARNING_ORDERS, LONGEST_LEARNING = 3, 10, 7
"""A plan learns until so many full days and orders are over, at most a week [judgement]."""
DISPERSION: Final = 1.6
"""Variance over mean of an item's daily orders [judgement]."""
LONGEST_TEST: Final = 28
"""Days on each side beyond which an item is too small for a step test."""
KEEP_STEP, UNDO_STEP = 0.7, 0.3
WANTED: Final = 0.2
"""Profit wanted for each yuan of ads, unless the shop says otherwise [judgement]."""
COVERS: Final = 0.85
"""Share of an item's sales credited to its plan from where the plan's own average says nothing."""
FREE_FALL: Final = -0.20
"""Change of the item's free visitors since the plan began from where it says nothing either."""


def chance_pays(orders: float, spend: float, value: float) -> float:
    """Return P(orders per yuan > 1 / value), the orders per yuan being Gamma(2 + n, 2 value + spend)."""
    return gamma_sf(1.0 / value, PRIOR_ORDERS + orders, PRIOR_ORDERS * value + spend)


def is_silent(orders: float, spend: float, value: float) -> bool:
    """Return whether nothing was sold for money that at break-even brings about three orders."""
    return not orders and spend >= spend_without_order(value)


def spend_without_order(value: float, alpha: float = 0.05) -> float:
    """Return the spend after which having no order is less likely than ``alpha`` at break-even."""
    return -math.log(alpha) * value


def is_learning(days: int, orders: float) -> bool:
    """Return whether a plan of so many full days is still in its learning phase."""
    return days < LONGEST_LEARNING and (days < LEARNING_DAYS or orders < LEARNING_ORDERS)


def verdict(
    orders: float, spend: float, value: float, days: int, *, bad: float = SURE_BAD, good: float = SURE_GOOD
) -> SiteVerdict:
    """Return the verdict on a plan whose learning phase is over.

    ``bad`` and ``good`` are the chances that still count as sure; more plans make them stricter.
    """
    if is_silent(orders, spend, value):
        return "stop"
    chance = chance_pays(orders, spend, value)
    if chance <= bad and spend >= spend_without_order(value):
        return "stop"
    return "more" if chance >= good and days >= MORE_DAYS else "keep"


class Side(NamedTuple):
    """An item's orders from all sources and its plan's spend over whole days."""

    days: int
    orders: float
    spend: float


class StepResult(NamedTuple):
    """What a step brought a day: more orders of the item, more spend, and the profit of both in yuan."""

    orders: float
    spend: float
    profit: float
    sd: float
    chance: float
    """Chance that the step earns."""


def step_result(before: Side, after: Side, value: float, dispersion: float = DISPERSION) -> StepResult:
    """Return value · Δorders - Δspend a day, sd value · sqrt(φ (n1 / d1² + n2 / d2²)).

    By the item's orders from all sources: a plan is credited with sales that would have come anyway.
    """
    orders = after.orders / after.days - before.orders / before.days
    spend = after.spend / after.days - before.spend / before.days
    profit = value * orders - spend
    scatter = before.orders / before.days**2 + after.orders / after.days**2
    sd = value * math.sqrt(dispersion * scatter)
    chance = normal_cdf(profit / sd) if sd > 0 else float(profit > 0)
    return StepResult(orders, spend, profit, sd, chance)


def days_for_step(orders_a_day: float, change: float, dispersion: float = DISPERSION) -> int:
    """Return the days on each side to see a change of orders a day: 2 (z.90 + z.80)² φ N / ΔN²."""
    z = normal_quantile(0.9) + normal_quantile(0.8)
    return math.ceil(2.0 * z * z * dispersion * orders_a_day / (change * change))


class Target(NamedTuple):
    """The return to ask of a plan: of all paid sales, and of those kept after refunds."""

    total: float
    net: float


def target_for(paid: float, value: float, kept: float, wanted: float = WANTED) -> Target | None:
    """Return the targets that leave ``wanted`` per yuan of ads; None if an order leaves nothing.

    total = paid (1 + wanted) / value, net = kept · total; ``kept`` is the share of orders not refunded.
    """
    if value <= 0:
        return None
    total = paid * (1.0 + wanted) / value
    return Target(total, kept * total)


def refunds_assumed(net: float, total: float) -> float:
    """Return the share of refunds behind a net target and the total the page says it equals."""
    return 1.0 - net / total


def average_says_nothing(plan_share: float | None, free_change: float | None) -> bool:
    """Return whether the plan's own average return cannot be judged: only a step test can.

    ``plan_share``: of the item's sales credited to the plan; ``free_change`` of its free visitors.
    """
    covers = plan_share is not None and plan_share >= COVERS
    return covers or (free_change is not None and free_change < FREE_FALL)
