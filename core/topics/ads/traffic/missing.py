"""How much traffic is missing to reach the month's target, and what it would cost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures import baseline
from core.measures.net_sales import net_sales
from core.measures.usual_days import usable_or_all
from core.shop.settings import Shop
from core.topics.ads.traffic.buying import Purchase, pooled_marginal
from core.topics.sales.month.progress import month_of
from core.topics.sales.net_target import net_month

if TYPE_CHECKING:
    import pandas as pd

DAYS = 28
FEWEST = 7


@dataclass(frozen=True, slots=True)
class Missing:
    """The gap between the daily sales needed and expected, and the cost of closing it."""

    needed: float
    """The sales per day in yuan needed for the rest of the month; net sales if these are judged."""
    heading: float
    """The sales per day in yuan expected for the rest of the month."""
    value: float | None
    """The sales per visitor in yuan, net if net sales are judged; None if unknown."""
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


def missing(
    days: pd.DataFrame,
    found: Sequence[Purchase],
    shop: Shop,
    today: date,
    refunds: pd.DataFrame | None = None,
) -> Missing | None:
    """Return the gap for the rest of the month, in net sales if the month is judged by these alone.

    ``refunds`` is the refund list. None if there is no target, if yesterday's sales are unknown, or if no
    days are left.
    """
    day = today - timedelta(days=1)
    value = visitor_value(days, shop, today)
    if shop.judged_net(day):
        net = net_sales(days, refunds, shop, today)
        after = net_month(net.paid, net, shop, day)
        if after is not None and after.forecast is not None:
            left = sum(one > day for one in after.by_day)
            ahead = after.total - after.so_far.net, after.forecast - after.so_far.net
            kept = 1.0 - net.rate
            bought = 1.0 if any(one.spent.in_net for one in found) else kept
            return _missing(*ahead, left, value and value * kept, found, bought)
    month = month_of(baseline.column(days, "gmv"), shop, day)
    if month is None or month.needed_a_day is None or month.pace.forecast is None:
        return None
    left = len(month.left)
    return _missing(month.needed_a_day * left, month.pace.forecast - month.pace.achieved, left, value, found)


def _missing(
    needed: float,
    heading: float,
    left: int,
    value: float | None,
    found: Sequence[Purchase],
    kept: float = 1.0,
) -> Missing | None:
    """Return the gap a day, given the sales needed and expected on the ``left`` days that remain.

    ``kept`` is the share of the purchases' sales that counts as such sales.
    """
    if not left:
        return None
    needed, heading = needed / left, heading / left
    gap = needed - heading
    pool = pooled_marginal([one for one in found if one.call == "more"] or list(found))
    known = pool is not None and gap > 0 and pool[0] > 0 and kept > 0
    cost = (gap / kept / pool[1], gap / kept / pool[0]) if pool is not None and known else None
    return Missing(needed, heading, value, cost)


def visitor_value(days: pd.DataFrame, shop: Shop, today: date) -> float | None:
    """Return the sales per visitor in yuan on the latest ordinary days; None if there are no visitors."""
    sales, visitors = baseline.column(days, "gmv"), baseline.column(days, "visitors")
    both = [day for day in sales if day in visitors and day < today]
    chosen = usable_or_all(both, shop, FEWEST)[-DAYS:]
    came = sum(visitors[day] for day in chosen)
    return sum(sales[day] for day in chosen) / came if came else None
