"""The decision on raising tonight's ad budget, by four conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from core.facts.goods_on_the_way import OnTheWay
from core.records.records import Check, Recorded
from core.shop.settings import Shop
from core.topics.evening.ad_returns import Returns
from core.topics.evening.budget_gates import (
    PRIOR_CLICKS,
    BudgetCourse,
    EveningWorth,
    Raise,
    budget_course,
    decide_raise,
    evening_worth,
)
from core.topics.evening.capacity import Capacity
from core.topics.evening.day_so_far import SoFar, is_of
from core.topics.evening.usual_hours import UsualCourse
from core.topics.sales.traffic import marginal_roi

LATEST = 22.5
"""After this hour the budget is not raised: the money would be spent in the worst hour (a judgement)."""
MOSTLY = 0.5
"""The share of ad cost for items soon sold out from which more visitors cannot be served (a judgement)."""
SLOW = 0.6
"""The fraction of usual spend below which a plan has probably stopped (a judgement)."""

Answered = Literal[
    "raise", "not typed", "late", "no return", "unknown", "lasts", "no call", "no pay", "scarce", "busy"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdsTonight:
    """The decision on tonight's ad budget, and the figures it is based on."""

    now: SoFar | None
    hour: float
    budget: float | None
    usual: UsualCourse | None
    usually_spent: float | None
    """The ad spend of a usual day, in yuan."""
    course: BudgetCourse | None
    returns: Returns | None
    worth: EveningWorth | None
    marginal: float | None
    """The sales in yuan that the next yuan spent tonight brings."""
    credited: float
    scarce: Mapping[str, float]
    """The advertised items about to sell out, with their days of cover."""
    scarce_share: float
    raised: Raise
    answer: Answered
    duty: Capacity | None = None
    """The agents on duty; None if nobody entered them."""
    agent_buyers: int = 0
    """The buyers one agent can answer in a day."""

    @property
    def share(self) -> float | None:
        """Return the share of a day's ad spend that is usually spent by this hour."""
        return None if self.usual is None else self.usual.share(self.hour)

    @property
    def tipping(self) -> float | None:
        """Return the spend by this hour above which the budget does not last until midnight."""
        return None if self.budget is None or self.share is None else self.budget * self.share

    @property
    def roi(self) -> float | None:
        """Return today's ROI, with the sales credited so far."""
        now = self.now
        return now.ad_gmv / now.spent if now is not None and now.ad_gmv is not None and now.spent else None

    @property
    def profit(self) -> float | None:
        """Return the profit in yuan that the additional budget earns at the marginal ROI; None if unknown."""
        even = None if self.worth is None else self.worth.break_even_roi
        if self.marginal is None or even is None:
            return None
        return self.raised.amount * (self.marginal / even - 1.0)

    @property
    def slow(self) -> bool:
        """Return whether far less than usual has been spent by this hour."""
        if self.now is None or self.now.spent is None or not self.usually_spent or not self.share:
            return False
        return self.now.spent < SLOW * self.usually_spent * self.share


def tonight(  # noqa: PLR0913 - what the five gates need
    now: SoFar | None,
    usual: UsualCourse | None,
    usually_spent: float | None,
    found: Returns | None,
    factor: float | None,
    scarce: Mapping[str, float],
    shop: Shop,
    hour: float,
    *,
    duty: Capacity | None = None,
) -> AdsTonight:
    """Return the decision on tonight's budget.

    ``factor`` is the evening's conversion relative to the whole day's; None counts as 1.
    """
    budget, credited = shop.ads.daily_budget, shop.ads.same_day_credit
    at = hour if now is None else now.hour
    course = None
    if now is not None and now.spent is not None and usual is not None:
        shares = {n: usual.profile.shares[n] for n in range(25)}
        course = budget_course(budget, now.spent, usual.share(at), shares)
    worth = _worth(now, found, factor or 1.0, credited)
    marginal = None if worth is None or found is None else marginal_roi(worth.roi, found.elasticity)
    advertised = {} if found is None else found.by_item
    whole = sum(advertised.values())
    share = sum(cost for item, cost in advertised.items() if item in scarce) / whole if whole else 0.0
    order = None if found is None else found.order
    raised = Raise(0.0, None, "no call")
    if order is not None:
        served = share < MOSTLY and (duty is None or duty.enough is not False)
        raised = decide_raise(budget, course, worth, order, marginal_roi=marginal, can_serve=served)
    return AdsTonight(
        now=now,
        hour=at,
        budget=budget,
        usual=usual,
        usually_spent=usually_spent,
        course=course,
        returns=found,
        worth=worth,
        marginal=marginal,
        credited=credited,
        scarce={item: days for item, days in scarce.items() if item in advertised},
        scarce_share=share,
        raised=raised,
        answer=_answer(now, course, raised, budget, at, valued=order is not None, stocked=share < MOSTLY),
        duty=duty,
        agent_buyers=shop.thresholds.agent_buyers_a_day,
    )


def _answer(
    now: SoFar | None,
    course: BudgetCourse | None,
    raised: Raise,
    budget: float | None,
    hour: float,
    *,
    valued: bool,
    stocked: bool,
) -> Answered:
    if now is None or now.spent is None:
        return "not typed"
    if budget is None or course is None:
        return "unknown"
    if not course.binding:
        return "lasts"
    if not valued:
        return "no return"
    if raised.stopped_by is None:
        return "late" if hour >= LATEST else "raise"
    named: dict[str, Answered] = {"does not pay": "no pay", "cannot serve": "busy" if stocked else "scarce"}
    return named.get(raised.stopped_by, "no call")


def _worth(now: SoFar | None, found: Returns | None, factor: float, credited: float) -> EveningWorth | None:
    """Return the estimated return on this evening's clicks; None if no day is fully credited.

    Today's clicks and orders are combined with those of the fully credited days as prior.
    """
    if found is None or found.order is None:
        return None
    prior = (found.per_click * factor * PRIOR_CLICKS, PRIOR_CLICKS)
    clicks = orders = 0.0
    cpc = found.cpc
    if now is not None and now.clicks and now.spent:
        cpc = now.spent / now.clicks
        if now.ad_orders is not None:
            clicks, orders = now.clicks, now.ad_orders
    return evening_worth(clicks, orders, cpc, found.order, maturity=credited, prior=prior)


@dataclass(frozen=True, slots=True)
class EveningBalance:
    """The ad balance tonight, as far as it was recorded."""

    left: float
    seen: date


def balance(
    checks: Iterable[Recorded[Check]],
    shop: Shop,
    tonight: AdsTonight,
    today: date,
    now: datetime,
    moving: OnTheWay,
) -> EveningBalance | None:
    """Return the ad balance left after today's spend.

    None if no balance was recorded today or yesterday. None also if more was spent than the recorded balance,
    because then a top-up was not recorded.
    """
    typed = [row for row in checks if row.value.name == "ads_balance" and row.value.value is not None]
    typed = [row for row in typed if row.at <= now]
    spent = 0.0 if tonight.now is None else tonight.now.spent or 0.0
    if typed and (shop.ads.balance_on is None or typed[-1].at.date() >= shop.ads.balance_on):
        row = typed[-1]
        before = 0.0
        if is_of(row.at, today) and tonight.usual is not None and tonight.share:
            before = spent * tonight.usual.share(row.at.hour + row.at.minute / 60) / tonight.share
        held, seen = (row.value.value or 0.0) + moving.paid_in(row.at), row.at.date()
        left = held - max(0.0, spent - before)
    elif shop.ads.balance is not None and shop.ads.balance_on is not None:
        seen = shop.ads.balance_on
        held = shop.ads.balance + moving.paid_in(seen)
        left = held - spent
    else:
        return None
    if left < 0 or not 0 <= (today - seen).days <= 1:
        return None
    return EveningBalance(left, seen)
