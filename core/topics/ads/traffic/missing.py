"""How much traffic is missing to reach the month's target, and what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures.usual_days import usable_or_all
from core.shop.settings import Shop
from core.topics.ads.traffic.buying import Purchase, pooled_marginal
from core.topics.sales.month.progress import month_of

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28
FEWEST = 7


@dataclass(frozen=True, slots=True)
class Missing:
    """The gap between the daily sales needed and expected, and the cost of closing it."""

    needed: float
    """The sales per day in yuan needed for the rest of the month."""
    heading: float
    """The sales per day in yuan expected for the rest of the month."""
    value: float | None
    """The sales per visitor in yuan; None if unknown."""
    cost: tuple[float, float] | None
    """The range of ad spend in yuan per day that would close the gap; None if unknown."""

    @property
    def gap(self) -> float:
        """Return the missing sales per day in yuan; negative if the target will be exceeded."""
        return self.needed - self.heading

    @property
    def visitors(self) -> float | None:
        """Return the missing visitors per day at the current sales per visitor; None if that is unknown."""
        return self.gap / self.value if self.value else None


def missing(days: pd.DataFrame, found: Sequence[Purchase], shop: Shop, today: date) -> Missing | None:
    """Return the gap for the rest of the month.

    None if there is no target, if yesterday's sales are unknown, or if no days are left.
    """
    sales = baseline.column(days, "gmv")
    month = month_of(sales, shop, today - timedelta(days=1))
    if month is None or month.needed_a_day is None or month.pace.forecast is None or not month.left:
        return None
    heading = (month.pace.forecast - month.pace.achieved) / len(month.left)
    gap = month.needed_a_day - heading
    pool = pooled_marginal([one for one in found if one.call == "more"] or list(found))
    cost = None if pool is None or gap <= 0 or pool[0] <= 0 else (gap / pool[1], gap / pool[0])
    return Missing(month.needed_a_day, heading, visitor_value(days, shop, today), cost)


def visitor_value(days: pd.DataFrame, shop: Shop, today: date) -> float | None:
    """Return the sales per visitor in yuan on the latest ordinary days; None if there are no visitors."""
    sales, visitors = baseline.column(days, "gmv"), baseline.column(days, "visitors")
    both = [day for day in sales if day in visitors and day < today]
    chosen = usable_or_all(both, shop, FEWEST)[-DAYS:]
    came = sum(visitors[day] for day in chosen)
    return sum(sales[day] for day in chosen) / came if came else None
