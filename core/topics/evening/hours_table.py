"""A day by hour, compared with a plan that follows how a day usually runs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.shop.settings import Shop
from core.statistics.distributions import negative_binomial_cdf, negative_binomial_sf
from core.topics.evening.usual_hours import HOURS, UsualCourse, of_hours, usual

if TYPE_CHECKING:
    import pandas as pd

UNUSUAL = 0.01
"""The p-value below which an hour is unusual, before correcting for many hours (Bonferroni) (a judgement)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourRow:
    """The figures of one complete hour of the day; None if unknown."""

    hour: int
    visitors: float | None
    buyers: float | None
    gmv: float | None
    cost: float | None
    planned_gmv: float | None
    """The day's target times the usual share of this hour, in yuan."""
    expected_buyers: float | None
    """This hour's part of the day's buyers so far, by the usual shares of the hours."""
    chance_low: float | None = None
    """The probability of this many buyers or fewer on a usual day."""
    chance_high: float | None = None
    """The probability of this many buyers or more on a usual day."""

    @property
    def conversion(self) -> float | None:
        """Return buyers per visitor (the conversion rate)."""
        return self.buyers / self.visitors if self.visitors and self.buyers is not None else None


def hour_rows(
    frame: pd.DataFrame, shop: Shop, today: date, until: int, target: float | None
) -> tuple[list[HourRow], UsualCourse | None]:
    """Return today's complete hours before ``until``, and the usual course of a day they are compared with.

    An hour is compared with the day's own pace: the buyers of all hours so far are distributed over the hours
    as on usual days. The p-values come from a negative binomial with that mean and the dispersion of usual
    days.
    """
    columns = {name: of_hours(frame, name) for name in ("visitors", "buyers", "gmv", "ad_cost")}
    course = usual({day: one for day, one in columns["buyers"].items() if day < today}, shop, today)
    mine = {name: one.get(today) for name, one in columns.items()}
    buyers = mine["buyers"]
    come = None if course is None else course.profile.shares[min(until, HOURS)]
    so_far = math.fsum(buyers[:until]) if buyers is not None else None
    rows = []
    for hour in range(until):
        share = None if course is None else course.profile.shares[hour + 1] - course.profile.shares[hour]
        bought = None if buyers is None else buyers[hour]
        expected = so_far * share / come if so_far is not None and share is not None and come else None
        low = high = None
        if course is not None and expected and bought is not None:
            low, high = _chances(bought, expected, course.dispersion(hour + 1))
        rows.append(
            HourRow(
                hour=hour,
                visitors=_of(mine["visitors"], hour),
                buyers=bought,
                gmv=_of(mine["gmv"], hour),
                cost=_of(mine["ad_cost"], hour),
                planned_gmv=None if target is None or share is None else target * share,
                expected_buyers=expected,
                chance_low=low,
                chance_high=high,
            )
        )
    return rows, course


def unusual(rows: list[HourRow]) -> tuple[list[HourRow], list[HourRow]]:
    """Return the hours significantly below and those above the day's own pace (Bonferroni over all hours)."""
    judged = [one for one in rows if one.chance_low is not None and one.chance_high is not None]
    line = UNUSUAL / max(1, 2 * len(judged))
    return (
        [one for one in judged if (one.chance_low or 0.0) <= line],
        [one for one in judged if (one.chance_high or 0.0) <= line],
    )


def _of(values: list[float] | None, hour: int) -> float | None:
    return None if values is None else values[hour]


def _chances(bought: float, expected: float, dispersion: float) -> tuple[float, float]:
    """Return the probabilities of ``bought`` or fewer, and of ``bought`` or more buyers.

    Negative binomial with mean m and variance m·d, where ``dispersion`` d is at least slightly above 1.
    """
    spread = max(dispersion, 1.0 + 1e-6)
    size = max(expected / (spread - 1.0), 1e-9)
    p = size / (size + expected)
    return negative_binomial_cdf(bought, size, p), negative_binomial_sf(bought - 1, size, p)
