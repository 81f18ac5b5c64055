"""The change of one figure of one object: its size, start, certainty and cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from core.answers.answer import LevelName
from core.measures.order_value import value_share
from core.shop.settings import Shop
from core.statistics import distributions

Family: TypeAlias = Literal["shop", "item", "source", "word", "agent", "reason"]
Metric: TypeAlias = Literal[
    "visitors",
    "search_visitors",
    "cart_rate",
    "conversion",
    "paid_share",
    "refunds",
    "price",
    "returning",
    "clicks",
    "answer_time",
    "first_answer",
    "new_source",
    "missing_row",
    "silent_hours",
]

BUDGET: Final[dict[Family, float]] = {
    "shop": 0.012,
    "item": 0.015,
    "source": 0.006,
    "word": 0.005,
    "agent": 0.005,
    "reason": 0.004,
}
"""The share of mornings without a real change on which a family may raise a false alarm.

4.7 % in total (a judgement).
"""
POSSIBLE = 0.002
"""The p-value up to which an unreported change is listed as possible, without an action."""
WATCH_OF_SHOP = 0.003
WATCH_OF_OWN = 0.05
ACT_OF_SHOP = 0.01
"""Limits for the level of a change.

A loss per day of at least :data:`WATCH_OF_SHOP` or :data:`ACT_OF_SHOP` times the shop's usual daily sales is
rated watch or act; a change of at least :data:`WATCH_OF_OWN` of the object's usual value is rated watch.
"""
HORIZON = 7
"""The number of days over which a continuing loss is counted."""


@dataclass(frozen=True, slots=True)
class Loss:
    """A loss in yuan per day with its 80 % interval."""

    yuan: float
    low: float
    high: float
    of: Literal["sales", "margin"] = "sales"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """The change of one figure of one object, compared with the value predicted from earlier usual days."""

    family: Family
    metric: Metric
    name: str
    """The item's id or the name of the source, word, agent or reason; empty for the shop."""
    start: date
    earliest: date
    latest: date
    last: date
    """The newest day that was tested."""
    open_start: bool = False
    """Whether the change may have begun three weeks ago or earlier."""
    days: int = 1
    seen: float
    """The observed value: per day for counts, else the rate, price or seconds."""
    usual: float
    """The expected value in the same unit as ``seen``."""
    counted: float = 0.0
    """The observed count over all days behind ``seen``: buyers, visitors or clicks."""
    expected: float = 0.0
    """The count expected over all days, had nothing changed."""
    exposure: float = 0.0
    """Visitors, inquiries or clicks over the days; 0 if the metric has no exposure."""
    z: float = 0.0
    """The z-score, positive if the change is for the worse."""
    p: float = 1.0
    sure: float = 1.0
    """The probability that the change is real, given how many were reported; 1 for facts."""
    called: bool = False
    first: date | None = None
    """The morning the change was first reported; None if it is not reported."""
    fact: bool = False
    loss: Loss | None = None
    of_own: float = 0.0
    """The size of the change as a share of the object's usual value."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return the family, metric and name, which identify the change within a morning."""
        return self.family, self.metric, self.name

    @property
    def ratio(self) -> float:
        """Return ``seen`` / ``usual``; 1 if ``usual`` is 0."""
        return self.seen / self.usual if self.usual else 1.0

    @property
    def identity(self) -> str:
        """Return an id that stays the same every morning: the key and the morning of the first report."""
        since = self.first or self.last
        return f"{self.family}/{self.metric}/{self.name}/{since.isoformat()}"

    @property
    def priority(self) -> float:
        """Return the expected loss in yuan over :data:`HORIZON` days."""
        return expected_yuan(self.sure, 0.0 if self.loss is None else self.loss.yuan)


def level_of(change: ObjectChange, shop_sales: float) -> LevelName:
    """Return the level of a change: for reported changes and facts by size, for all others "info".

    ``shop_sales`` are the shop's usual sales per day in yuan.
    """
    if not (change.called or change.fact):
        return "info"
    yuan = 0.0 if change.loss is None else change.loss.yuan
    if shop_sales > 0 and yuan >= ACT_OF_SHOP * shop_sales:
        return "act"
    if change.metric == "missing_row":
        return "info"
    if (shop_sales > 0 and yuan >= WATCH_OF_SHOP * shop_sales) or change.of_own >= WATCH_OF_OWN:
        return "watch"
    return "info"


def expected_yuan(sure: float, a_day: float, days_left: float = HORIZON, once: float = 0.0) -> float:
    """Return the expected loss in yuan: the probability of the change times its cost until the horizon.

    ``days_left`` is the number of days until the change ends by itself; ``once`` is a one-time cost in yuan.
    """
    return sure * (a_day * min(days_left, HORIZON) + once)


def lost_sales(buyers_a_day: float, aov: float, share: float | None) -> tuple[float, float | None]:
    """Return the sales per day that the missing buyers would have brought, and the margin on those sales.

    ``share`` is the margin per yuan of sales. If it is None, because the shop has set no margin, the second
    value is None.
    """
    sales = buyers_a_day * aov
    return sales, None if share is None else sales * share


def interval(
    seen: float, expected: float, days: float, worth: float, wide: float = 1.0
) -> tuple[float, float]:
    """Return the 80 % interval of the loss in yuan per day, from gamma quantiles of the observed count.

    ``seen`` and ``expected`` are counts over ``days`` days; ``worth`` is yuan per count; ``wide`` is the
    variance relative to Poisson. Neither end of the interval is below 0.
    """
    shape = seen + 0.5
    least, most = (distributions.gamma_quantile(p, shape, 1.0) for p in (0.1, 0.9))
    scale = worth / max(days, 1e-9)
    middle = (expected - seen) * scale
    low = middle - ((expected - seen) * scale - (expected - most) * scale) * wide**0.5
    high = middle + ((expected - least) * scale - middle) * wide**0.5
    return max(0.0, low), max(0.0, high)


def loss_of(
    seen: float, expected: float, days: float, worth: float, shop: Shop, *, item: str = "", wide: float = 1.0
) -> Loss:
    """Return the loss per day from missing buyers at ``worth`` yuan of sales each.

    It is a loss of margin if the shop knows its margin, else of sales.
    """
    share = value_share(shop, item)
    sales, earned = lost_sales((expected - seen) / max(days, 1e-9), worth, share)
    low, high = interval(seen, expected, days, worth, wide)
    if earned is None or sales <= 0:
        return Loss(max(0.0, sales), low, high)
    part = earned / sales
    return Loss(max(0.0, earned), low * part, high * part, "margin")
