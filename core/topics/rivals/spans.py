"""How a range of counts is written."""

from core.language import message, wording
from core.language.message import Words, say
from core.statistics.distributions import Interval


def span(found: Interval) -> Words:
    """Return a range as people write it: 600–699, one number where both ends round to the same."""
    low, high = message.count(found.low), message.count(found.high)
    same = f"{found.low:.0f}" == f"{found.high:.0f}"
    return low if same else say("{low}–{high}", low=low, high=high)


def span_text(found: Interval) -> str:
    """Return the same as text, for the order gap until it says messages."""
    return wording.text(span(found))
