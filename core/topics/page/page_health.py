"""The statistics of the page check: order-value ratio, bounce rate and pages per visitor."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.statistics import distributions
from core.statistics.distributions import Interval
from core.statistics.swing import ASSUMED_AOV_CV

FEWEST_BUYERS = 30


class Sample(NamedTuple):
    """Buyers, their mean spending and its sd in yuan; if sd is None, 0.75 of the mean is assumed."""

    buyers: float
    mean: float
    sd: float | None


class Ratio(NamedTuple):
    """A ratio of two means with its confidence limits."""

    value: float
    low: float
    high: float
    assumed: bool
    """Whether an sd had to be assumed."""
    few: bool
    """Whether one side has under 30 buyers, which makes the result unclear whatever the interval."""


def aov_ratio(store: Sample, hero: Sample, level: float = 0.9) -> Ratio | None:
    """Return the shop's average order value divided by the best seller's, with confidence limits.

    The limits come from the delta method on the log ratio. None if either side has no buyers or no spending.
    The best seller's buyers are also the shop's; ignoring that makes the interval slightly wide.
    """
    if min(store.buyers, hero.buyers, store.mean, hero.mean) <= 0:
        return None
    relative = [
        ((ASSUMED_AOV_CV * side.mean if side.sd is None else side.sd) / side.mean) ** 2 / side.buyers
        for side in (store, hero)
    ]
    value = store.mean / hero.mean
    widen = math.exp(distributions.normal_quantile(0.5 + level / 2.0) * math.sqrt(math.fsum(relative)))
    few = min(store.buyers, hero.buyers) < FEWEST_BUYERS
    return Ratio(value, value / widen, value * widen, store.sd is None or hero.sd is None, few)


def rate_dispersion(hits: Sequence[float], trials: Sequence[float]) -> float:
    """Return how much daily rates scatter beyond chance, at least 1: Pearson chi-square over its d.f."""
    days = [(k, n) for k, n in zip(hits, trials, strict=True) if n > 0]
    if len(days) < 2:
        return 1.0
    pooled = math.fsum(k for k, _ in days) / math.fsum(n for _, n in days)
    if not 0 < pooled < 1:
        return 1.0
    chi = math.fsum((k - n * pooled) ** 2 / (n * pooled * (1.0 - pooled)) for k, n in days)
    return max(1.0, chi / (len(days) - 1))


def bounce_rate(
    single: float, visitors: float, dispersion: float = 1.0, level: float = 0.95
) -> distributions.Rate | None:
    """Return the week's bounce rate, with Wilson limits widened by the dispersion.

    ``single`` are visitors with one page view. The limits are widened because a visitor who comes on two days
    is counted twice. None if there are no visitors.
    """
    if visitors <= 0:
        return None
    low, high = distributions.wilson(single / dispersion, visitors / dispersion, level)
    return distributions.Rate(single, visitors, single / visitors, low, high)


def mean_depth(
    pages: Sequence[float], visitors: Sequence[float], level: float = 0.9
) -> tuple[float, Interval | None] | None:
    """Return page views per visitor over all days, with a confidence interval from daily variation.

    The interval is Student's for a ratio estimate, from n / (n − 1) Σ (pages − R · visitors)², and None if
    there is only one day. The whole result is None if there are no visitors.
    """
    whole, n = math.fsum(visitors), len(pages)
    if whole <= 0:
        return None
    found = math.fsum(pages) / whole
    if n < 2:
        return found, None
    squares = math.fsum((seen - found * came) ** 2 for seen, came in zip(pages, visitors, strict=True))
    half = distributions.student_quantile(0.5 + level / 2.0, n - 1) * math.sqrt(n / (n - 1) * squares) / whole
    return found, Interval(found - half, found + half)


def hero_item(visitors: Mapping[str, float], pinned: str | None = None) -> str | None:
    """Return ``pinned``, or else the item with the most visitors; None if there is neither."""
    return pinned or max(visitors, key=visitors.__getitem__, default=None)
