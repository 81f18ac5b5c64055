"""The gap of one day to its usual days, split exactly into visitors, conversion and order value.

Each effect has a range of usual variation.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from core.measures import baseline
from core.shop.settings import CalendarDay, Shop
from core.statistics import distributions
from core.statistics.distributions import Interval
from core.statistics.split import Effects, Trade, comparison_base, split_gmv
from core.statistics.swing import (
    SMALLEST_PLACEBO,
    Counts,
    Likelihood,
    judge_effect,
    placebo_swing,
    sampling_swing,
)

if TYPE_CHECKING:
    import pandas as pd

FACTORS = ("visitors", "conversion", "aov")


@dataclass(frozen=True, slots=True)
class Gap:
    """One day compared with its expected sales; money in yuan."""

    day: date
    usual: baseline.Baseline
    base: Trade
    """The mean of the usual days."""
    expected: Trade
    """``base`` scaled by the calendar's multiplier of the day."""
    now: Trade
    effects: Effects
    """The effects relative to the expected day; they add up to the gap exactly."""
    bands: Mapping[str, Interval | None]
    """The range of each effect on ordinary days; None if unknown."""
    said: Mapping[str, Likelihood]
    whole_band: Interval | None
    """The range of the whole gap on ordinary days; None if unknown."""
    placebo: int
    """The number of earlier ordinary days behind the bands; 0 if the bands come from counts alone."""
    dip: CalendarDay | None
    """The campaign whose quiet days include the day; None if there is none."""
    multiplier: float
    shape_known: bool
    """False on campaign days, for which only the size of sales is known, not visitors or conversion."""

    @property
    def sold(self) -> float:
        """Return the day's sales."""
        return self.now.gmv or 0.0

    @property
    def usually(self) -> float:
        """Return the expected sales of the day."""
        return self.expected.gmv or 0.0

    @property
    def total(self) -> float:
        """Return the gap: sales minus expected sales."""
        return self.sold - self.usually

    @property
    def calendar(self) -> float:
        """Return the effect of the calendar: the day's expected sales minus the mean of ordinary days."""
        return self.usually - (self.base.gmv or 0.0)

    @property
    def inside(self) -> bool:
        """Return whether the whole gap is within its usual range."""
        return self.whole_band is not None and self.whole_band.low <= self.total <= self.whole_band.high

    def effect(self, factor: str) -> float:
        """Return the effect of one factor in yuan."""
        return float(getattr(self.effects, factor))


def trades(frame: pd.DataFrame) -> dict[date, Trade]:
    """Return the shop's visitors, buyers and sales by day, for days on which all three are known."""
    visitors, buyers, gmv = (baseline.column(frame, name) for name in ("visitors", "buyers", "gmv"))
    return {
        day: Trade(visitors[day], buyers[day], gmv[day]) for day in gmv if day in visitors and day in buyers
    }


def sized(base: Trade, multiplier: float) -> Trade:
    """Return ``base`` scaled by the multiplier, half of it assigned to visitors and half to conversion.

    The halves are set by judgement.
    """
    visitors, buyers, gmv = base
    half = multiplier**0.5
    return Trade(
        None if visitors is None else visitors * half,
        None if buyers is None else buyers * multiplier,
        None if gmv is None else gmv * multiplier,
    )


def gap_of(days: Mapping[date, Trade], shop: Shop, day: date) -> Gap | None:
    """Return the day's gap; None if the day, its usual days or their sales are missing."""
    usual = baseline.usual_days(days, day, shop)
    if day not in days or not usual.days:
        return None
    base = comparison_base([days[when] for when in usual.days])
    multiplier = shop.multiplier(day)
    expected = sized(base, multiplier)
    effects = split_gmv(expected, days[day])
    if effects is None or not expected.gmv or expected.gmv <= 0:
        return None
    past = _placebo(days, shop, day)
    counts = Counts(
        (expected.visitors or 0.0) * len(usual.days),
        (expected.buyers or 0.0) * len(usual.days),
        days[day].visitors or 0.0,
        days[day].buyers or expected.buyers or 0.0,
    )
    chance = sampling_swing(
        counts, expected.gmv, dispersion=_dispersion(days, shop, day, expected, len(usual.days))
    )
    known = baseline.shape_known(shop, day)
    bands: dict[str, Interval | None] = {}
    said: dict[str, Likelihood] = {}
    for place, factor in enumerate(FACTORS):
        sd = getattr(chance, factor)
        placebo = placebo_swing([row[place] * expected.gmv for row in past])
        bands[factor] = placebo or (None if sd is None else _around(sd))
        said[factor] = _judged(getattr(effects, factor), sd, placebo) if known else "usual"
    whole = _whole_band([sum(row) for row in past], expected.gmv)
    if (
        whole is None
        and chance.visitors is not None
        and chance.conversion is not None
        and chance.aov is not None
    ):
        whole = _around((chance.visitors**2 + chance.conversion**2 + chance.aov**2) ** 0.5)
    return Gap(
        day,
        usual,
        base,
        expected,
        days[day],
        effects,
        bands,
        said,
        whole,
        len(past) if len(past) >= SMALLEST_PLACEBO else 0,
        baseline.dip_after(shop, day),
        multiplier,
        known,
    )


def _whole_band(past: list[float], gmv: float) -> Interval | None:
    """Return the usual range of a day's whole gap in yuan; None if unknown.

    It covers the middle 80 % of earlier days' gaps, and reaches at least to the limits beyond which a figure
    counts as unusual.
    """
    placebo = placebo_swing(past)
    if placebo is None:
        return None
    width = baseline.MOVED_SCORE * baseline.robust_scale(past)
    return Interval(min(placebo.low, -width) * gmv, max(placebo.high, width) * gmv)


def _judged(effect: float, sd: float | None, placebo: Interval | None) -> Likelihood:
    """Return how likely it is that an effect is real.

    "usual" if effects of that size occurred on earlier ordinary days.
    """
    if placebo is not None and placebo.low <= effect <= placebo.high:
        return "usual"
    return judge_effect(effect, sd, placebo)


def _dispersion(days: Mapping[date, Trade], shop: Shop, day: date, expected: Trade, base_days: int) -> float:
    """Return the variance of visitors on ordinary days, divided by that expected by chance (Poisson).

    It is at least 1.
    """
    visitors = {when: trade.visitors for when, trade in days.items() if trade.visitors}
    found = baseline.residuals(visitors, day, shop)
    if len(found) < baseline.SMALLEST_BAND or not expected.visitors:
        return 1.0
    return max(1.0, baseline.robust_scale(found) ** 2 * expected.visitors / (1 + 1 / base_days))


def _around(sd: float) -> Interval:
    half = distributions.normal_quantile(0.9) * sd
    return Interval(-half, half)


def _placebo(days: Mapping[date, Trade], shop: Shop, day: date) -> list[tuple[float, float, float]]:
    """Return the three factors' effects on earlier ordinary days, as fractions of usual sales.

    Each of these days is compared with its own usual days.
    """
    rows = []
    for when, own in baseline.placebo_days(days, day, shop):
        base = comparison_base([days[one] for one in own.days])
        effects = split_gmv(base, days[when])
        if effects is not None and base.gmv:
            rows.append((effects.visitors / base.gmv, effects.conversion / base.gmv, effects.aov / base.gmv))
    return rows
