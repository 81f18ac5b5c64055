"""The return on the next yuan of ads by item and ad type: where to buy more or less."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.measures.judged_days import within
from core.shop.settings import Shop
from core.statistics import distributions
from core.topics.ads.traffic.spending import Spending
from core.topics.ads.traffic_holds import Why
from core.topics.sales.traffic import (
    FEWEST_SPEND_DAYS,
    USUAL_ELASTICITY_SD,
    Elasticity,
    believed_elasticity,
    elasticity,
)

if TYPE_CHECKING:
    import pandas as pd

Call: TypeAlias = Literal["more", "less", "hold", "scarce", "below_cost", "worse", "unknown"]
_HELD: dict[Why, Call] = {"stock": "scarce", "price": "below_cost"}
LARGEST_MORE = 0.30
"""The largest proposed relative increase; past data says nothing about larger ones (a judgement)."""
STEP_LESS = 0.20
SPEND_MOVED = 0.10
"""The smallest standard deviation of the log of daily spend from which its effect is estimated
(a judgement)."""
STEEPEST = 0.95
"""The largest elasticity used; at 1 there would be no optimal spend."""
ORDER_NOISE = 1.56
"""1 + 0.75²: the relative variance of the sales of n orders, as a multiple of that of the number of
orders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """The ads of one item by one ad type: their average return, and the return of the next yuan."""

    spent: Spending
    slope: float
    """Elasticity: the percentage by which sales rise if spend rises by 1 %."""
    measured: bool
    spread: float
    """The standard deviation of the log of the marginal return."""
    chance: float | None
    """The probability that the next yuan earns its cost; None if no margin is known."""
    call: Call

    @property
    def daily(self) -> float:
        """Return the spend in yuan per day."""
        return self.spent.cost / self.spent.days

    @property
    def marginal(self) -> float | None:
        """Return the sales in yuan that the next yuan of spend brings; None if unknown."""
        return None if self.spent.roi is None else self.slope * self.spent.roi

    @property
    def marginal_range(self) -> tuple[float, float] | None:
        """Return the 80 % range of the sales that the next yuan brings; None if unknown."""
        if self.marginal is None:
            return None
        wide = math.exp(distributions.normal_quantile(0.9) * self.spread)
        return self.marginal / wide, self.marginal * wide

    @property
    def change(self) -> float:
        """Return the proposed change of spend in yuan per day; 0 if none is proposed.

        It leads in limited steps towards the spend at which the next yuan only just pays for itself.
        """
        if self.call == "less":
            return -STEP_LESS * self.daily
        if self.call != "more" or self.marginal is None or not self.spent.break_even:
            return 0.0
        best = (self.marginal / self.spent.break_even) ** (1.0 / (1.0 - self.slope))
        return float(self.daily * min(LARGEST_MORE, max(0.0, best - 1.0)))

    def brings(self, extra: float) -> tuple[float, float] | None:
        """Return the 80 % range of the change in sales per day for ``extra`` yuan of spend per day."""
        if self.marginal_range is None or not self.daily or not extra:
            return None
        factor = ((1.0 + extra / self.daily) ** self.slope - 1.0) / (self.slope * extra / self.daily)
        low, high = self.marginal_range
        ends = sorted((extra * factor * low, extra * factor * high))
        return ends[0], ends[1]


def purchases(
    frame: pd.DataFrame,
    days: Collection[date],
    spent: Sequence[Spending],
    held: Mapping[str, Why],
    shop: Shop,
) -> list[Purchase]:
    """Return the ads of every item and ad type with the return of the next yuan, the largest spend first."""
    rows = within(frame, days)
    if "report" in rows.columns:
        rows = rows[rows["report"] == "item"]
    daily = rows.groupby(["item", "scene", "date"])[["cost", "gmv"]].sum().reset_index()
    made = []
    for one in spent:
        own = daily[(daily["item"] == one.item) & (daily["scene"] == one.scene)]
        spend, gmv = [float(x) for x in own["cost"]], [float(x) for x in own["gmv"]]
        logs = [math.log(x) for x in spend if x > 0]
        moved = distributions.standard_deviation(logs) >= SPEND_MOVED
        found = elasticity(spend, gmv) if moved else None
        made.append(_purchase(one, found, held.get(one.item, ""), shop))
    return made


def _purchase(one: Spending, found: Elasticity | None, why: Why, shop: Shop) -> Purchase:
    slope = min(STEEPEST, max(0.05, believed_elasticity(found)))
    measured = found is not None and found.days >= FEWEST_SPEND_DAYS
    precision = 1.0 / USUAL_ELASTICITY_SD**2
    if measured and found is not None:
        precision += 1.0 / max(found.error, 1e-9) ** 2
    spread = math.sqrt(ORDER_NOISE / max(one.orders, 1.0) + 1.0 / precision / slope**2)
    chance = 0.0 if one.never_pays else None
    if one.break_even and one.roi and one.low is not None:
        chance = distributions.normal_cdf(math.log(slope * one.roi / one.break_even) / spread)
    return Purchase(
        spent=one,
        slope=slope,
        measured=measured,
        spread=spread,
        chance=chance,
        call=_call(chance, why, shop),
    )


def _call(chance: float | None, why: Why, shop: Shop) -> Call:
    if chance is None:
        return "unknown"
    if chance <= 1.0 - shop.thresholds.likely:
        return "less"
    if why:
        return _HELD.get(why, "worse")
    return "more" if chance >= shop.thresholds.likely else "hold"


def pooled_marginal(found: Sequence[Purchase]) -> tuple[float, float] | None:
    """Return the range of the marginal return of several purchases, weighted by spend; None if unknown."""
    known = [one for one in found if one.marginal_range is not None]
    whole = math.fsum(one.daily for one in known)
    if not whole:
        return None
    low = math.fsum(one.daily * (one.marginal_range or (0.0, 0.0))[0] for one in known) / whole
    high = math.fsum(one.daily * (one.marginal_range or (0.0, 0.0))[1] for one in known) / whole
    return low, high
