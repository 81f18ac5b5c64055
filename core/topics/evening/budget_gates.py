"""The conditions for raising the ad budget in the evening, checked in turn, and the amount."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from core.measures.order_value import OrderValue
from core.statistics import distributions

PRIOR_ORDERS = 3.0
PRIOR_CLICKS = 100.0
FEWEST_CLICKS = 30
SURE = 0.8
LARGEST_RAISE = 0.2

Stop = Literal["budget unknown", "budget lasts", "no call", "does not pay", "cannot serve"]


class BudgetCourse(NamedTuple):
    """How today's ad spend is expected to go on; hours are decimal (21.4 is 21:24)."""

    projected: float
    binding: bool
    unserved: float
    runs_out_share: float | None
    runs_out_hour: float | None


class EveningWorth(NamedTuple):
    """The estimated return on this evening's clicks (a posterior)."""

    orders_per_click: float
    roi: float
    break_even_roi: float | None
    chance_pays: float
    enough: bool
    """Whether there are at least 30 clicks; otherwise no decision is made."""


class Raise(NamedTuple):
    """The decision: yuan to add (0 leaves the budget as it is), and the condition that was not met."""

    amount: float
    expected_profit: float | None
    stopped_by: Stop | None


def budget_course(
    budget: float | None, spent: float, share_now: float, shares: Mapping[int, float] | None = None
) -> BudgetCourse | None:
    """Return the projected spend, and whether and when the budget runs out.

    None if ``budget`` is None or ``share_now`` is 0. The projected spend is ``spent`` divided by
    ``share_now``, the share of a day's spend usually spent by now. ``shares`` are these shares by full hour;
    no hour is given without them, or if they do not cover the time at which the budget runs out.
    """
    if budget is None or share_now <= 0:
        return None
    projected = spent / share_now
    if projected <= budget or projected <= 0:
        return BudgetCourse(projected, binding=False, unserved=0.0, runs_out_share=None, runs_out_hour=None)
    share = budget / projected
    hour = _hour_at(share, shares or {})
    return BudgetCourse(
        projected, binding=True, unserved=projected - budget, runs_out_share=share, runs_out_hour=hour
    )


def _hour_at(share: float, shares: Mapping[int, float]) -> float | None:
    hours = sorted(shares)
    for start, end in pairwise(hours):
        if shares[start] <= share <= shares[end] and shares[end] > shares[start]:
            return start + (end - start) * (share - shares[start]) / (shares[end] - shares[start])
    return None


def matured(value: float, maturity: float | None) -> float | None:
    """Return a figure (sales, ROI) scaled up to its final size; None if ``maturity`` is unknown.

    ``maturity`` is the share credited so far.
    """
    return value / maturity if maturity else None


def evening_worth(
    clicks: float,
    orders: float,
    cpc: float,
    order: OrderValue,
    *,
    maturity: float = 1.0,
    prior: tuple[float, float] = (PRIOR_ORDERS, PRIOR_CLICKS),
) -> EveningWorth | None:
    """Return the return on this evening's clicks compared with break-even.

    Orders per click are Gamma(a + orders / maturity, b + clicks). ``prior`` (orders a, clicks b) comes from
    the evenings of 28 days; ``maturity`` 0..1 is the share of today's orders credited so far. None without a
    cost per click or a maturity, or if an order earns nothing before ads.
    """
    if cpc <= 0 or order.value <= 0 or maturity <= 0:
        return None
    shape, rate = prior[0] + orders / maturity, prior[1] + clicks
    mean = shape / rate
    return EveningWorth(
        orders_per_click=mean,
        roi=mean * order.paid / cpc,
        break_even_roi=order.break_even_roi,
        chance_pays=distributions.gamma_sf(cpc / order.value, shape, rate),
        enough=clicks >= FEWEST_CLICKS,
    )


def expected_profit(amount: float, worth: EveningWorth, order: OrderValue) -> float:
    """Return the yuan earned by spending ``amount`` more at the evening's mean return."""
    return amount * (worth.roi * order.share - 1.0)


def decide_raise(
    budget: float | None,
    course: BudgetCourse | None,
    worth: EveningWorth | None,
    order: OrderValue,
    *,
    marginal_roi: float | None = None,
    can_serve: bool = True,
    largest: float = LARGEST_RAISE,
) -> Raise:
    """Return the decision on the budget; it is not raised if any of three conditions is not met.

    The conditions, checked in this order: the budget runs out; the evening pays with 80 % probability, also
    for the additional spend; more orders can be served. If ``marginal_roi`` is None, the average is used;
    ``can_serve`` is whether the stock lasts until it is refilled and agents are on duty.
    """
    stop: Stop | None = None
    if budget is None or course is None:
        stop = "budget unknown"
    elif not course.binding:
        stop = "budget lasts"
    elif worth is None or not worth.enough:
        stop = "no call"
    elif worth.chance_pays < SURE or _below(marginal_roi, worth.break_even_roi):
        stop = "does not pay"
    elif not can_serve:
        stop = "cannot serve"
    if stop is not None or budget is None or course is None or worth is None:
        return Raise(0.0, None, stop)
    amount = min(course.unserved, largest * budget)
    return Raise(amount, expected_profit(amount, worth, order), None)


def _below(marginal: float | None, break_even: float | None) -> bool:
    return marginal is not None and break_even is not None and marginal < break_even
