"""Ranges of daily sales, and changes of pictures or texts, from several observations of a listing."""

import itertools
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from core.statistics.distributions import Interval
from core.topics.rivals.displayed_counts import bigram_dice, intersect, net_change

ALIKE = 0.6
"""The similarity from which descriptions typed at two looks count as the same, as for titles."""
_SAME = re.compile(
    r"^\s*(?:同上|一样|没变|没换|未变|不变|无变化|same|unchanged|no change)\W*$", re.IGNORECASE
)
_SAID = re.compile(r"^\s*(?:换了?|已换|改了?|变了?|换图|changed|new)\W*$", re.IGNORECASE)
_CHECKSUM = re.compile(r"^[0-9a-f]{6,64}$")


class DisplayedPace(NamedTuple):
    """The net number of units sold per day, as a range that is computed from a displayed counter."""

    a_day: Interval | None
    """None if there are too few looks or if the counter contradicts itself."""
    fell: bool
    """Whether the counter fell between two looks (rolled over, reset or cleaned)."""
    days: int
    """The days from the first look used to the last."""


class Exchange(NamedTuple):
    """A change of a picture or text between two observations."""

    day: date
    """The day of the look that showed the new one."""
    since: date
    """The day of the last look that showed the old one."""
    before: str
    after: str


def daily_pace(counts: Sequence[tuple[date, Interval]]) -> DisplayedPace:
    """Return the range of daily sales that agrees with all observations since the counter last fell.

    Displayed counts are ranges and drop old sales after some weeks, so this is a net figure that assumes an
    even pace. If no pace agrees with all observations, the result is unknown, never an average.
    """
    ordered = sorted(counts)
    start = 0
    for place, ((_, old), (_, new)) in enumerate(itertools.pairwise(ordered), 1):
        if new.high < old.low:
            start = place
    used = ordered[start:]
    days = (used[-1][0] - used[0][0]).days if used else 0
    if days < 1:
        return DisplayedPace(None, start > 0, days)
    ranges = []
    for (one, old), (two, new) in itertools.combinations(used, 2):
        if gap := (two - one).days:
            net = net_change(old, new)
            ranges.append(Interval(net.low / gap, net.high / gap))
    return DisplayedPace(intersect(ranges), start > 0, days)


def exchanged(seen: Sequence[tuple[date, str]]) -> list[Exchange]:
    """Return every change of a picture or text, oldest first; empty texts (not observed) are skipped.

    Two checksums are compared exactly, two texts by similarity; a checksum and a text cannot be compared.
    "Same" (没变) stands for the text of the observation before, and "changed" (换了) without details counts
    as a change. The first observation is no change.
    """
    found: list[Exchange] = []
    last: tuple[date, str] | None = None
    for day, raw in sorted(seen):
        text = raw.strip()
        if not text:
            continue
        if _SAME.match(text):
            last = (day, last[1] if last else "")
            continue
        said = bool(_SAID.match(text))
        if last is not None and (said or (last[1] and _another(last[1], text))):
            found.append(Exchange(day, last[0], shown(last[1]), "" if said else shown(text)))
        last = (day, "" if said else text)
    return found


def shown(text: str) -> str:
    """Return the text as it may be shown; empty for a checksum."""
    return "" if _CHECKSUM.match(text.strip().lower()) else text.strip()


def _another(before: str, after: str) -> bool:
    """Return whether a picture or text differs between two observations, as far as their notes show it."""
    if bool(shown(before)) != bool(shown(after)):
        return False
    old, new = _plain(before), _plain(after)
    return old != new and (not shown(before) or bigram_dice(old, new) < ALIKE)


def _plain(text: str) -> str:
    return "".join(re.findall(r"\w+", text)).lower()
