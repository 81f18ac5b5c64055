"""The reorder point as textbooks print it: the reference ours is compared with (section 7)."""

import math

from core.statistics.distributions import Interval


def textbook_reorder_point(
    daily_mean: float, daily_sd: float, lead_days: float, z: float, lead_sd: float = 0.0
) -> Interval:
    """Return safety stock (low) and reorder point (high) by the normal formula, in units."""
    safety = z * math.sqrt(lead_days * daily_sd**2 + daily_mean**2 * lead_sd**2)
    return Interval(safety, daily_mean * lead_days + safety)
