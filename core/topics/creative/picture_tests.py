"""Is the picture at fault when few click, and how to test a new one (section 4.4)."""

import math
from collections.abc import Mapping
from typing import NamedTuple

from core.statistics import distributions

PRIOR_CLICKS = 10.0
"""Expected clicks the belief "this picture is like the others" weighs (a judgement)."""


class Coec(NamedTuple):
    """Clicks over expected clicks, given the slots the impressions were in."""

    expected: float
    ratio: float | None
    plain_ctr: float | None
    chance_below: float
    """P(the true ratio lies below the line)."""


def coec(
    clicks: float,
    impressions: Mapping[str, float],
    reference_ctr: Mapping[str, float],
    line: float = 0.85,
) -> Coec:
    """Clicks over expected clicks with a gamma-Poisson chance of lying below the line (Zhang and Jones 2007).

    Impressions and the shop's own mean CTR by slot; slots without a reference are left out of the
    expectation.
    """
    shown = math.fsum(impressions.values())
    expected = math.fsum(n * reference_ctr.get(slot, 0.0) for slot, n in impressions.items())
    chance = distributions.gamma_cdf(line, PRIOR_CLICKS + clicks, PRIOR_CLICKS + expected)
    ratio = clicks / expected if expected > 0 else None
    return Coec(expected, ratio, clicks / shown if shown > 0 else None, chance)


def change_image(
    found: Coec, *, conversion_is_low: bool, fewest_expected: float = 30.0, sure: float = 0.90
) -> bool | None:
    """Change the image? None while fewer than 30 clicks were to be expected.

    False if the word is at fault.
    """
    if found.expected < fewest_expected:
        return None
    return found.chance_below >= sure and not conversion_is_low


def chance_new_is_better(
    old_clicks: float, old_impressions: float, new_clicks: float, new_impressions: float
) -> float:
    """P(the new picture's CTR is above the old one's), flat priors."""
    return distributions.probability_greater(
        1.0 + old_clicks,
        1.0 + old_impressions - old_clicks,
        1.0 + new_clicks,
        1.0 + new_impressions - new_clicks,
    )


def impressions_per_arm(
    ctr_old: float, ctr_new: float, alpha: float = 0.05, power: float = 0.8
) -> int | None:
    """Impressions each picture needs to tell two CTRs apart (Fleiss, without continuity correction).

    None if equal. To be printed before a test, not after.
    """
    if ctr_old == ctr_new:
        return None
    middle = (ctr_old + ctr_new) / 2.0
    under_null = distributions.normal_quantile(1.0 - alpha / 2.0) * math.sqrt(2.0 * middle * (1.0 - middle))
    spread = ctr_old * (1.0 - ctr_old) + ctr_new * (1.0 - ctr_new)
    return math.ceil(
        ((under_null + distributions.normal_quantile(power) * math.sqrt(spread)) / (ctr_old - ctr_new)) ** 2
    )
