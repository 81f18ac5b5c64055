"""Every daily figure against its own weekday, campaigns allowed for: how far out it lies, and since when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING

from core.answers.answer import Direction
from core.language.message import N_
from core.measures import baseline
from core.measures.shop_metrics import shop_metrics
from core.measures.usual_days import BIG, size
from core.shop.settings import Role, Shop
from core.statistics.anomaly import Anomaly, Scale, judge_day

if TYPE_CHECKING:
    import pandas as pd

RUN_DAYS = 3
"""So many days in a row on the wrong side make it the day's topic (seed 003: the reason is looked for)."""
LOW = 1.2816
"""Scatters from the middle beyond which one day in ten lies on one side."""
LOOK_BACK = 14
WEEK = 7
HALF = 0.5
SMALLEST = 0.05
"""A change smaller than this is no alarm, however steady the figure was."""


@dataclass(frozen=True, slots=True)
class WatchedFigure:
    """What is watched, which way is good, and how far the calendar's multiplier reaches it."""

    metric: str
    name: str
    role: Role
    good: Direction
    scale: Scale
    power: float = 0.0
    """Share of the calendar's multiplier it takes, as an exponent: 1 all, 0.5 half."""


FIGURES = (
    WatchedFigure("visitors", N_("Visitors"), "promotion", "up", "log", 0.5),
    WatchedFigure("conversion", N_("Conversion"), "design", "up", "logit", 0.5),
    WatchedFigure("aov", N_("Order value"), "operator", "up", "log"),
    WatchedFigure("gmv", N_("Sales"), "operator", "up", "log", 1.0),
    WatchedFigure("cart_rate", N_("Add-to-cart rate"), "design", "up", "logit"),
    WatchedFigure("bounce_rate", N_("Bounce rate"), "design", "down", "logit"),
    WatchedFigure("depth", N_("Pages per visitor"), "design", "up", "log"),
    WatchedFigure("returning", N_("Returning visitors"), "content", "up", "logit"),
    WatchedFigure("refund_share", N_("Refunds, of the week's sales"), "service", "down", "log"),
)
_PARTS = {"gmv": ("visitors", "conversion", "aov"), "depth": ("bounce_rate",)}
"""What a figure follows from: with one of those out, it is the same event."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One figure of one day."""

    figure: WatchedFigure
    day: date
    found: Anomaly
    run: int
    """Days in a row, this one the last, on the bad side of nine days in ten; great days are passed over."""
    since: date

    @property
    def bad(self) -> bool:
        """Tell whether it lies on the wrong side."""
        return (self.found.change < 0) == (self.figure.good == "up")


def judged(frame: pd.DataFrame, shop: Shop, day: date) -> list[Judged]:
    """Return every figure that can be judged; none on a great campaign day or one of unknown size."""
    if not _sized(shop, day):
        return []
    values = shop_metrics(frame)
    values["refund_share"] = _refund_share(values)
    found = []
    for figure in FIGURES:
        by_day = _plain(values.get(figure.metric, {}), figure, shop)
        odd = frozenset(when for when in by_day if not _fair(figure, shop, when))
        if day in odd:
            continue
        trials = values["visitors"] if figure.metric in ("conversion", "cart_rate") else {}
        looked = [
            _judge(by_day, when, figure, odd, trials)
            for back in range(LOOK_BACK)
            if (when := day - timedelta(days=back)) not in odd
        ]
        if looked[0] is not None:
            run = list(takewhile(lambda one: one is not None and _low(one[1], figure), looked))  # noqa: B023
            since = run[-1][0] if run and run[-1] is not None else day
            found.append(Judged(figure, day, looked[0][1], len(run), since))
    return [one for one in found if not _same_event(one, found)]


def _sized(shop: Shop, day: date) -> bool:
    """The calendar knows its size, and it is no great day; nothing is told of those."""
    return 0 < size(shop, day) <= BIG


def _fair(figure: WatchedFigure, shop: Shop, day: date) -> bool:
    """How a sized day splits into visitors and conversion is not in the calendar: such days are out."""
    return _sized(shop, day) and (figure.power != HALF or shop.multiplier(day) == 1)


def _plain(values: Mapping[date, float], figure: WatchedFigure, shop: Shop) -> dict[date, float]:
    """The figure with the calendar's part taken out."""
    return {
        day: value / shop.multiplier(day) ** figure.power if shop.multiplier(day) > 0 else value
        for day, value in values.items()
    }


def _judge(
    values: Mapping[date, float],
    day: date,
    figure: WatchedFigure,
    odd: frozenset[date],
    trials: baseline.Values,
) -> tuple[date, Anomaly] | None:
    p, n = values.get(day, 0.0), trials.get(day, 0.0)
    sampling = 1.0 / math.sqrt(n * p * (1.0 - p)) if n and 0 < p < 1 else 0.0
    found = judge_day(
        values, day, scale=figure.scale, special_days=odd, smallest_change=SMALLEST, sampling_sd=sampling
    )
    return None if found is None else (day, found)


def _refund_share(values: Mapping[str, Mapping[date, float]]) -> dict[date, float]:
    """Refunds over the mean of the seven days before: what comes back was sold some days earlier."""
    sales, shares = values["gmv"], {}
    for day, back in values["refund_amount"].items():
        week = [sales[when] for n in range(1, 8) if (when := day - timedelta(days=n)) in sales]
        if len(week) == WEEK and sum(week) > 0:
            shares[day] = back * WEEK / sum(week)
    return shares


def _low(found: Anomaly, figure: WatchedFigure) -> bool:
    if found.z is None:
        return False
    return found.z <= -LOW if figure.good == "up" else found.z >= LOW


def _same_event(one: Judged, among: list[Judged]) -> bool:
    """Sales out beside one of their parts, and depth beside bounce, are told once, as the part."""
    parts = _PARTS.get(one.figure.metric, ())
    return any(
        other.figure.metric in parts and (other.found.level in ("alarm", "note") or other.run >= RUN_DAYS)
        for other in among
    )
