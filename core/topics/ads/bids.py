"""The worth of a click on a paid keyword, and the bid decision that follows."""

import math
from typing import Literal, NamedTuple

from core.measures.order_value import OrderValue
from core.statistics import distributions
from core.statistics.priors import BetaPrior

Decision = Literal["raise", "keep", "lower", "observe", "delete"]
CAREFUL_SHARE = 0.7
"""The share of a click's worth to pay while it is not known how clicks respond to bids (a judgement)."""


class Rules(NamedTuple):
    """The thresholds of a bid decision; most of them can be set in shop.toml."""

    share: float = CAREFUL_SHARE
    largest_step: float = 0.2
    fewest_clicks: float = 60
    raise_from: float = 1.10
    lower_from: float = 0.90
    sure: float = 0.80
    hopeless: float = 0.05
    level: float = 0.90


class KeywordVerdict(NamedTuple):
    """The figures of a keyword and the decision on it.

    Rates are orders per click, prices yuan per click; None if unknown.
    """

    raw: float | None
    rate: float
    low: float
    high: float
    cpc: float | None
    break_even_rate: float | None
    chance_good: float | None
    max_cpc: float | None
    target_cpc: float | None
    decision: Decision | None
    next_cpc: float | None
    more_clicks: int
    """The approximate number of further clicks needed for a verdict."""


class Posterior(NamedTuple):
    """The posterior of orders per click: a beta, or a gamma if clicks can bring several orders."""

    kind: Literal["beta", "gamma"]
    a: float
    b: float

    @property
    def mean(self) -> float:
        """The posterior mean in orders per click."""
        return self.a / (self.a + self.b) if self.kind == "beta" else self.a / self.b

    def quantile(self, p: float) -> float:
        """Return the p-quantile of orders per click."""
        quantile = distributions.beta_quantile if self.kind == "beta" else distributions.gamma_quantile
        return quantile(p, self.a, self.b)

    def chance_above(self, rate: float) -> float:
        """Return the probability that the true number of orders per click is above ``rate``."""
        upper = distributions.beta_sf if self.kind == "beta" else distributions.gamma_sf
        return upper(rate, self.a, self.b)


def posterior(clicks: float, orders: float, prior: BetaPrior) -> Posterior:
    """Return the posterior of orders per click: Beta(a + orders, b + clicks - orders).

    If orders exceed clicks, it is Gamma(a + orders, a + b + clicks).
    """
    if orders > clicks:
        return Posterior("gamma", prior.hits + orders, prior.strength + clicks)
    return Posterior("beta", prior.hits + orders, prior.misses + clicks - orders)


def clicks_to_judge(rate: float, alpha: float = 0.05) -> int | None:
    """Return the fewest clicks for which the probability of no order is at most ``alpha``.

    ``rate`` is the true number of orders per click; at 3 % the result is 99. None for a rate outside 0..1.
    """
    return math.ceil(math.log(alpha) / math.log1p(-rate)) if 0 < rate < 1 else None


def shrunk_order_value(gmv: float, orders: float, item_aov: float, pseudo_orders: float = 10.0) -> float:
    """Return a keyword's mean order value in yuan, shrunk towards that of its item (``item_aov``).

    The item's value counts as much as ``pseudo_orders`` orders of the keyword.
    """
    return (gmv + pseudo_orders * item_aov) / (orders + pseudo_orders)


def judge_keyword(
    clicks: float,
    orders: float,
    cost: float | None,
    prior: BetaPrior,
    order: OrderValue | None,
    *,
    at_top: bool = False,
    mature: bool = True,
    rules: Rules | None = None,
) -> KeywordVerdict:
    """Return the posterior rate, the worthwhile price and the decision for one keyword.

    ``cost`` is in yuan for the same clicks; without clicks, cost or margin there is no decision on price.
    ``at_top`` says whether the keyword already has the first ad slot, and ``mature`` whether all orders of
    these clicks have been credited.
    """
    lines = rules or Rules()
    belief, cpc = posterior(clicks, orders, prior), cost / clicks if cost and clicks > 0 else None
    tail = (1.0 - lines.level) / 2.0
    value = None if order is None else max(0.0, order.value)
    worth = None if value is None else belief.mean * value
    target = None if worth is None else lines.share * worth
    break_even = cpc / value if cpc and value else None
    chance = None if break_even is None else belief.chance_above(break_even)
    decision: Decision | None = None
    if order is not None and clicks < lines.fewest_clicks:
        decision = "observe"
    elif cpc is not None and target is not None:
        decision = _decide(target / cpc, 0.0 if chance is None else chance, at_top=at_top, lines=lines)
        silent = clicks_to_judge(break_even) if break_even else None
        enough = mature and (clicks >= silent if silent is not None else True)
        if enough and (chance or 0.0) < lines.hopeless:
            decision = "delete"
    return KeywordVerdict(
        raw=orders / clicks if clicks > 0 else None,
        rate=belief.mean,
        low=belief.quantile(tail),
        high=belief.quantile(1.0 - tail),
        cpc=cpc,
        break_even_rate=break_even,
        chance_good=chance,
        max_cpc=worth,
        target_cpc=target,
        decision=decision,
        next_cpc=_next(decision, cpc, target, lines.largest_step),
        more_clicks=max(0, math.ceil((clicks_to_judge(prior.mean) or 0) - clicks)),
    )


def _decide(ratio: float, chance: float, *, at_top: bool, lines: Rules) -> Decision:
    if ratio >= lines.raise_from and chance >= lines.sure and not at_top:
        return "raise"
    return "lower" if ratio <= lines.lower_from else "keep"


def _next(decision: Decision | None, cpc: float | None, target: float | None, step: float) -> float | None:
    if cpc is None or target is None or decision in (None, "delete"):
        return None
    if decision == "raise":
        return min(target, (1.0 + step) * cpc)
    return max(target, (1.0 - step) * cpc) if decision == "lower" else cpc


def first_cpc(prior: BetaPrior, order: OrderValue, share: float = CAREFUL_SHARE) -> float:
    """Return the starting bid of a keyword: ``share`` of a click's worth at the item's usual conversion."""
    return share * prior.mean * max(0.0, order.value)
