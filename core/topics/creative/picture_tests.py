"""Whether a picture causes a low click rate, and how to test a new one."""

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from core.statistics import distributions

PRIOR_CLICKS = 10.0
"""The weight, in expected clicks, of the prior that a picture is like the others (a judgement)."""


LOW: Final = 0.85
"""A picture is low if its true click rate is below this share of the usual one in the same slots."""


class Coec(NamedTuple):
    """Clicks divided by expected clicks (COEC); what is expected depends on the slots of the impressions."""

    expected: float
    ratio: float | None
    plain_ctr: float | None
    chance_below: float
    """The probability that the true ratio is below the limit (``line`` of :func:`coec`)."""


def coec(
    clicks: float,
    impressions: Mapping[str, float],
    reference_ctr: Mapping[str, float],
    line: float = LOW,
) -> Coec:
    """Return clicks over expected clicks, and the probability that the true ratio is below ``line``.

    The probability is that of a gamma-Poisson model. ``impressions`` and ``reference_ctr`` (the shop's own
    mean CTR) are by slot; slots without a reference are left out of the expectation. Zhang and Jones 2007.
    """
    shown = math.fsum(impressions.values())
    expected = math.fsum(n * reference_ctr.get(slot, 0.0) for slot, n in impressions.items())
    chance = distributions.gamma_cdf(line, PRIOR_CLICKS + clicks, PRIOR_CLICKS + expected)
    ratio = clicks / expected if expected > 0 else None
    return Coec(expected, ratio, clicks / shown if shown > 0 else None, chance)


def change_image(
    found: Coec, *, conversion_is_low: bool, fewest_expected: float = 30.0, sure: float = 0.90
) -> bool | None:
    """Return whether to change the picture; None if fewer than 30 clicks (``fewest_expected``) were expected.

    False if conversion is low, because then the keywords are to blame.
    """
    if found.expected < fewest_expected:
        return None
    return found.chance_below >= sure and not conversion_is_low


def chance_new_is_better(
    old_clicks: float, old_impressions: float, new_clicks: float, new_impressions: float
) -> float:
    """Return P(the new picture's CTR is above the old one's), with flat priors."""
    return distributions.probability_greater(
        1.0 + old_clicks,
        1.0 + old_impressions - old_clicks,
        1.0 + new_clicks,
        1.0 + new_impressions - new_clicks,
    )


def impressions_per_arm(
    ctr_old: float, ctr_new: float, alpha: float = 0.05, power: float = 0.8
) -> int | None:
    """Return the impressions each picture needs to distinguish two CTRs (Fleiss, no continuity correction).

    None if the CTRs are equal. The number must be fixed before a test, not after it.
    """
    if ctr_old == ctr_new:
        return None
    middle = (ctr_old + ctr_new) / 2.0
    under_null = distributions.normal_quantile(1.0 - alpha / 2.0) * math.sqrt(2.0 * middle * (1.0 - middle))
    spread = ctr_old * (1.0 - ctr_old) + ctr_new * (1.0 - ctr_new)
    return math.ceil(
        ((under_null + distributions.normal_quantile(power) * math.sqrt(spread)) / (ctr_old - ctr_new)) ** 2
    )
