"""The formatting of ranges of counts."""

import math

from core.language import message
from core.language.message import Words, say
from core.statistics.distributions import Interval

WIDEST = 10.0
"""A range whose upper end is more than this many times its lower end is too wide to be informative.

Set by judgement.
"""


def telling(found: Interval) -> bool:
    """Return whether a range is narrow enough to be shown; a lower end below 1 counts as 1."""
    return found.high <= WIDEST * max(found.low, 1.0)


def span(found: Interval) -> Words:
    """Return a range such as 600–699, or one number if both ends round to the same."""
    low, high = message.count(found.low), message.count(found.high)
    same = found.high < math.inf and round(found.low) == round(found.high)
    return low if same else say("{low}–{high}", low=low, high=high)
