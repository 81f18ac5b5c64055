"""Every indicator in one of three bins, and what the shop's scores did in a week."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.answers.answer import Direction
from core.language import message
from core.language.message import N_, Words
from core.measures import baseline
from core.shop.settings import Role, Shop
from core.statistics.drift import ScoreDrop, compare_drops

if TYPE_CHECKING:
    import pandas as pd

Bin: TypeAlias = Literal["achieved", "improve", "keep"]
SCORES = {
    "score_item": N_("Item as described"),
    "score_logistics": N_("Logistics"),
    "score_service": N_("Service attitude"),
}
SCORE_DAYS = 7
"""A score is held against itself a week ago: it is a rolling mean and moves slowly."""


@dataclass(frozen=True, slots=True)
class DayIndicator:
    """What is watched about a day of the shop."""

    metric: str
    name: str
    role: Role
    good: Direction
    show: Callable[[float], Words]
    half: bool = False
    """Takes half of the calendar's multiplier."""


@dataclass(frozen=True, slots=True)
class Binned:
    """One indicator of one day in its bin."""

    indicator: DayIndicator
    standing: baseline.Standing
    bin: Bin


INDICATORS = (
    DayIndicator("visitors", N_("Visitors"), "promotion", "up", message.count, half=True),
    DayIndicator(
        "conversion", N_("Conversion"), "design", "up", lambda rate: message.percent(rate, 2), half=True
    ),
    DayIndicator("aov", N_("Order value"), "operator", "up", message.money),
    DayIndicator("cart_rate", N_("Add-to-cart rate"), "design", "up", message.percent),
    DayIndicator("bounce_rate", N_("Bounce rate"), "design", "down", message.percent),
    DayIndicator("depth", N_("Pages per visitor"), "design", "up", message.ratio),
    DayIndicator("returning", N_("Returning visitors"), "content", "up", message.percent),
    DayIndicator("refund_amount", N_("Refunds"), "service", "down", message.money),
)


def binned(values: Mapping[str, Mapping[date, float]], shop: Shop, day: date) -> tuple[Binned, ...]:
    """Put every indicator that can be judged into its bin: moved the good way, moved the bad way, steady."""
    found = []
    for indicator in INDICATORS if baseline.shape_known(shop, day) else ():
        expected = float(shop.multiplier(day) ** 0.5) if indicator.half else 1.0
        standing = baseline.standing(values.get(indicator.metric, {}), day, shop, expected=expected)
        if standing is not None:
            moved = standing.moved
            which: Bin = "keep" if not moved else ("achieved" if moved == indicator.good else "improve")
            found.append(Binned(indicator, standing, which))
    return tuple(found)


def score_drop(frame: pd.DataFrame, day: date) -> tuple[ScoreDrop, dict[str, tuple[float, float]]] | None:
    """Return what the shop's scores did in a week; None where they are not in the export."""
    week_ago = day - timedelta(days=SCORE_DAYS)
    both = {}
    for column in SCORES:
        own = baseline.column(frame, column)
        if day in own and week_ago in own:
            both[column] = (own[week_ago], own[day])
    if not both:
        return None
    drop = compare_drops(
        {name: pair[0] for name, pair in both.items()}, {name: pair[1] for name, pair in both.items()}
    )
    return drop, both
