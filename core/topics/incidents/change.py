"""One change of one figure of one object: how large, since when, how sure, and what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from core.answers.answer import LevelName
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
    "below_cost",
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
"""Share of quiet mornings on which a family may say watch or act wrongly; 4.7 % together [judgement]."""
POSSIBLE = 0.002
"""A scan this unlikely that is not called is told as possible, never as a task."""
WATCH_OF_SHOP = 0.003
WATCH_OF_OWN = 0.05
ACT_OF_SHOP = 0.01
"""Share of usual sales a day (the shop's, the object's) from where a change is worth watching, acting."""
HORIZON = 7
"""Days for which a loss that goes on is counted."""


@dataclass(frozen=True, slots=True)
class Loss:
    """Yuan a day, with an interval of 80 %."""

    yuan: float
    low: float
    high: float
    of: Literal["sales", "margin"] = "sales"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectChange:
    """A figure of an object since a day, against what its base lets expect."""

    family: Family
    metric: Metric
    name: str
    """The item's id, the source, word, agent or reason; empty for the shop."""
    start: date
    earliest: date
    latest: date
    last: date
    """The newest day that was looked at."""
    open_start: bool = False
    """It may have begun three weeks ago or earlier."""
    days: int = 1
    seen: float
    """A day; a rate, a price or seconds where the metric is one."""
    usual: float
    """The same, as it was expected."""
    counted: float = 0.0
    """Behind ``seen``, over all days: buyers, visitors, clicks."""
    expected: float = 0.0
    """The same, had nothing changed."""
    exposure: float = 0.0
    """Visitors, inquiries or clicks over the days; 0 where the count has none."""
    z: float = 0.0
    """Scatters on the bad side; negative for a good change."""
    p: float = 1.0
    sure: float = 1.0
    """Chance that it is real, given how many were called; 1 for facts."""
    called: bool = False
    first: date | None = None
    """The morning it was first called."""
    fact: bool = False
    loss: Loss | None = None
    of_own: float = 0.0
    """Its size as a share of the object's usual."""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what tells it from the others of a morning."""
        return self.family, self.metric, self.name

    @property
    def ratio(self) -> float:
        """Return seen over usual; 1 where nothing was usual."""
        return self.seen / self.usual if self.usual else 1.0

    @property
    def identity(self) -> str:
        """Return the id it keeps from morning to morning, made on its first one."""
        since = self.first or self.last
        return f"{self.family}/{self.metric}/{self.name}/{since.isoformat()}"

    @property
    def priority(self) -> float:
        """Return the yuan to expect from looking into it within a week."""
        return expected_yuan(self.sure, 0.0 if self.loss is None else self.loss.yuan)


def level_of(change: ObjectChange, shop_sales: float) -> LevelName:
    """Return how urgent it is: called ones by size, facts by size, the rest for information."""
    if not (change.called or change.fact):
        return "info"
    if change.metric == "below_cost":
        return "act"
    yuan = 0.0 if change.loss is None else change.loss.yuan
    if shop_sales > 0 and yuan >= ACT_OF_SHOP * shop_sales:
        return "act"
    if change.metric == "missing_row":
        return "info"
    if (shop_sales > 0 and yuan >= WATCH_OF_SHOP * shop_sales) or change.of_own >= WATCH_OF_OWN:
        return "watch"
    return "info"


def expected_yuan(sure: float, a_day: float, days_left: float = HORIZON, once: float = 0.0) -> float:
    """Return what looking into a change is worth: its chance of being real times what it costs in a week.

    ``days_left``: until it ends by itself; ``once``: yuan that come once, whenever it ends.
    """
    return sure * (a_day * min(days_left, HORIZON) + once)


def lost_sales(
    buyers_a_day: float, aov: float, margin: float | None, refund: float
) -> tuple[float, float | None]:
    """Return the sales a day that so many missing buyers take along, and the margin in it after refunds.

    Margin is None where the shop has not said its own.
    """
    sales = buyers_a_day * aov
    return sales, None if margin is None else sales * margin * (1.0 - refund)


def interval(
    seen: float, expected: float, days: float, worth: float, wide: float = 1.0
) -> tuple[float, float]:
    """Return the yuan a day of a missing count with its 80 % limits: gamma quantiles of the seen count.

    ``wide``: how much the variance exceeds counting's. Never below 0.
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
    """Return what missing buyers cost a day, ``worth`` yuan of sales each; margin where the shop knows it."""
    margin = shop.margin_of(item)
    sales, earned = lost_sales((expected - seen) / max(days, 1e-9), worth, margin, shop.refund_rate)
    low, high = interval(seen, expected, days, worth, wide)
    if earned is None or sales <= 0:
        return Loss(max(0.0, sales), low, high)
    share = earned / sales
    return Loss(max(0.0, earned), low * share, high * share, "margin")
