"""Whether a whole-site plan pays, what a change of it (a step) brought, and the target ROI to set.

``value`` is always what a paid order of the item leaves in yuan before ads.
"""

from __future__ import annotations

import math
from typing import Final, Literal, NamedTuple, TypeAlias

from core.statistics.distributions import gamma_sf, normal_cdf, normal_quantile

SiteVerdict: TypeAlias = Literal["stop", "more", "keep"]
"""Stop the plan or ask for a higher return; it is a candidate for more; keep it, since it cannot be told."""
PRIOR_ORDERS: Final = 2.0
"""The prior: as if the plan had already brought this many orders at break-even cost (a judgement)."""
SURE_BAD, SURE_GOOD = 0.10, 0.90
MORE_DAYS: Final = 7
LEARNING_DAYS, LEARNING_ORDERS, LONGEST_LEARNING = 3, 10, 7
"""A plan is learning until this many full days and orders are reached, at most a week (a judgement)."""
DISPERSION: Final = 1.6
"""Variance over mean of an item's daily orders (a judgement)."""
LONGEST_TEST: Final = 28
"""If a step test would take more days than this on each side, the item is too small for one."""
KEEP_STEP, UNDO_STEP = 0.7, 0.3
WANTED: Final = 0.2
"""The profit wanted for each yuan of ads (a judgement)."""
COVERS: Final = 0.85
"""The share of an item's sales credited to its plan from which the plan's average return tells nothing."""
FREE_FALL: Final = -0.20
"""A change of the item's free visitors since the plan began, below which its average return tells nothing."""


def chance_pays(orders: float, spend: float, value: float) -> float:
    """Return the probability that the plan brings more orders per yuan than 1 / value (break-even).

    Orders per yuan follow Gamma(2 + n, 2 value + spend), with n orders so far.
    """
    return gamma_sf(1.0 / value, PRIOR_ORDERS + orders, PRIOR_ORDERS * value + spend)


def is_silent(orders: float, spend: float, value: float) -> bool:
    """Return whether a plan has no order yet although it spent enough for three orders at break-even."""
    return not orders and spend >= spend_without_order(value)


def spend_without_order(value: float, alpha: float = 0.05) -> float:
    """Return the spend in yuan at which a plan that breaks even has no order with probability ``alpha``."""
    return -math.log(alpha) * value


def is_learning(days: int, orders: float) -> bool:
    """Return whether a plan that has run for ``days`` full days is still in its learning phase."""
    return days < LONGEST_LEARNING and (days < LEARNING_DAYS or orders < LEARNING_ORDERS)


def verdict(
    orders: float, spend: float, value: float, days: int, *, bad: float = SURE_BAD, good: float = SURE_GOOD
) -> SiteVerdict:
    """Return the verdict on a plan whose learning phase is over.

    The plan is stopped if its probability of paying is ``bad`` or less, and may spend more if it is ``good``
    or more; stricter values are passed if several plans are judged at once.
    """
    if is_silent(orders, spend, value):
        return "stop"
    chance = chance_pays(orders, spend, value)
    if chance <= bad and spend >= spend_without_order(value):
        return "stop"
    return "more" if chance >= good and days >= MORE_DAYS else "keep"


class Side(NamedTuple):
    """The days before or the days after the change in a step test: the item's orders and the plan's spend.

    The orders are those from all sources; only whole days are counted.
    """

    days: int
    orders: float
    spend: float


class StepResult(NamedTuple):
    """The effect of a step (a change of target or budget) on orders, spend and profit (yuan), per day."""

    orders: float
    spend: float
    profit: float
    sd: float
    chance: float
    """The probability that the step increased the profit."""


def step_result(before: Side, after: Side, value: float, dispersion: float = DISPERSION) -> StepResult:
    """Return what a step (a change of target or budget) did per day, from the days before and after it.

    Profit is value · Δorders - Δspend, its sd value · sqrt(φ (n1 / d1² + n2 / d2²)), with n orders in d days
    before (1) and after (2) the step, and φ = ``dispersion``. The item's orders from all sources are
    compared, because a plan is credited with sales that would have come anyway.
    """
    orders = after.orders / after.days - before.orders / before.days
    spend = after.spend / after.days - before.spend / before.days
    profit = value * orders - spend
    scatter = before.orders / before.days**2 + after.orders / after.days**2
    sd = value * math.sqrt(dispersion * scatter)
    chance = normal_cdf(profit / sd) if sd > 0 else float(profit > 0)
    return StepResult(orders, spend, profit, sd, chance)


def days_for_step(orders_a_day: float, change: float, dispersion: float = DISPERSION) -> int:
    """Return the days needed before and after a step to detect ``change`` more or fewer orders a day.

    The number is 2 (z.90 + z.80)² φ N / ΔN², with N = ``orders_a_day``, ΔN = ``change`` and φ =
    ``dispersion``.
    """
    z = normal_quantile(0.9) + normal_quantile(0.8)
    return math.ceil(2.0 * z * z * dispersion * orders_a_day / (change * change))


class Target(NamedTuple):
    """The target ROI of a plan, in two forms: for all paid sales, and for the sales left after refunds."""

    total: float
    net: float


def target_for(paid: float, value: float, kept: float, wanted: float = WANTED) -> Target | None:
    """Return the target ROI that leaves ``wanted`` yuan of profit per yuan of ads.

    total = paid (1 + wanted) / value, net = kept · total; ``paid`` is the price of an order, ``value`` the
    yuan it leaves before ads, and ``kept`` the share of orders not refunded. None if ``value`` is 0 or less.
    """
    if value <= 0:
        return None
    total = paid * (1.0 + wanted) / value
    return Target(total, kept * total)


def refunds_assumed(net: float, total: float) -> float:
    """Return the refund rate implied if a page treats a net ROI and a total ROI as equal: 1 - net / total."""
    return 1.0 - net / total


def average_says_nothing(plan_share: float | None, free_change: float | None) -> bool:
    """Return whether the plan's own average return cannot be judged, so that only a step test can tell.

    ``plan_share`` is the share of the item's sales credited to the plan; ``free_change`` the relative change
    of the item's free visitors.
    """
    covers = plan_share is not None and plan_share >= COVERS
    return covers or (free_change is not None and free_change < FREE_FALL)
