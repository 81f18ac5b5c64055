"""The four conditions for raising the ad budget in the evening, and the amount."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from core.statistics import distributions
from core.topics.ads.bids import Money, break_even_roi

PRIOR_ORDERS = 3.0
PRIOR_CLICKS = 100.0
FEWEST_CLICKS = 30
SURE = 0.8
LARGEST_RAISE = 0.2

Stop = Literal["budget unknown", "budget lasts", "no call", "does not pay", "cannot serve"]


class BudgetCourse(NamedTuple):
    """The expected course of today's ad spend; hours are decimal (21.4 is 21:24)."""

    projected: float
    binding: bool
    unserved: float
    runs_out_share: float | None
    runs_out_hour: float | None


class EveningWorth(NamedTuple):
    """The posterior of the return on the evening's clicks."""

    orders_per_click: float
    roi: float
    break_even_roi: float | None
    chance_pays: float
    enough: bool
    """Whether there are at least 30 clicks; if False there is no call."""


class Raise(NamedTuple):
    """The decision: yuan to add (0 to leave the budget), and the condition that was not met."""

    amount: float
    expected_profit: float | None
    stopped_by: Stop | None


def budget_course(
    budget: float | None, spent: float, share_now: float, shares: Mapping[int, float] | None = None
) -> BudgetCourse | None:
    """Return projected spend (spent / usual share by now), and when and whether the budget runs out.

    ``shares`` are the usual shares spent by each full hour; without them, or beyond them, no hour is given.
    None without budget or share.
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
    """Return a figure (sales, ROI) scaled to its final size; None if its maturity is unknown."""
    return value / maturity if maturity else None


def evening_worth(
    clicks: float,
    orders: float,
    cpc: float,
    money: Money,
    *,
    maturity: float = 1.0,
    prior: tuple[float, float] = (PRIOR_ORDERS, PRIOR_CLICKS),
) -> EveningWorth | None:
    """Return orders per click this evening, Gamma(a + orders / maturity, b + clicks), against break-even.

    ``prior`` (orders, clicks) comes from the evenings of 28 days; ``maturity`` 0..1 is that of today's
    clicks. None without a price per click, a margin or a maturity.
    """
    if cpc <= 0 or money.per_order <= 0 or maturity <= 0:
        return None
    shape, rate = prior[0] + orders / maturity, prior[1] + clicks
    mean = shape / rate
    return EveningWorth(
        orders_per_click=mean,
        roi=mean * money.aov / cpc,
        break_even_roi=break_even_roi(money.margin, money.refund_rate),
        chance_pays=distributions.gamma_sf(cpc / money.per_order, shape, rate),
        enough=clicks >= FEWEST_CLICKS,
    )


def expected_profit(amount: float, worth: EveningWorth, money: Money) -> float:
    """Return the yuan earned by spending ``amount`` more at the evening's mean return."""
    return amount * (worth.roi * money.margin * (1.0 - money.refund_rate) - 1.0)


def decide_raise(
    budget: float | None,
    course: BudgetCourse | None,
    worth: EveningWorth | None,
    money: Money,
    *,
    marginal_roi: float | None = None,
    can_serve: bool = True,
    largest: float = LARGEST_RAISE,
) -> Raise:
    """Return the decision; the first condition not met stops: budget binds, evening pays, can serve.

    The evening must pay with 80 % probability, also at the margin. If ``marginal_roi`` is None, the average
    is used; ``can_serve`` is whether the stock lasts until restock and agents are on duty.
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
    return Raise(amount, expected_profit(amount, worth, money), None)


def _below(marginal: float | None, break_even: float | None) -> bool:
    return marginal is not None and break_even is not None and marginal < break_even
