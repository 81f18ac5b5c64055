"""Statistics of the counts that the platform displays for rivals, each of which stands for a range."""

import re
from collections.abc import Sequence
from math import comb
from typing import Literal, NamedTuple

from core.statistics import distributions
from core.statistics.distributions import Interval

_COUNT = re.compile(r"(\d[\d,]*)(?:\.(\d+))?\s*(万|千|百|w|k)?\s*(\+)?", re.IGNORECASE)
_UNITS = {"万": 10_000, "w": 10_000, "千": 1_000, "k": 1_000, "百": 100}
LEAST_SEASON_ITEMS = 3
LEAST_SEASON_DAYS = 7
FELL_BACK_SURE = 0.90
FELL_BACK_HOLD = 0.30

SeasonStatus = Literal["selling", "not selling", "not listed", "unknown"]


class Hold(NamedTuple):
    """How often a rival had an ad rank when checked, in an earlier and a later period (block of checks)."""

    first: float
    last: float
    difference: float
    low: float
    high: float
    fisher_p: float
    chance_retreated: float
    fell_back: bool


class SeasonCall(NamedTuple):
    """The decision whether to list our season goods, with the number of rivals in each state."""

    decision: Literal["list now", "watch", "wait", "unknown"]
    selling: int
    not_selling: int
    not_listed: int
    unknown: int


def displayed_count(text: str) -> Interval | None:
    """Return the range of a displayed count: "100+" is 100-199, "2.0万+" 20000-20999, "87" exactly 87.

    The range reaches to one below the next step of the last digit shown. None if there is no number.
    """
    found = _COUNT.search(text.replace("，", ","))
    if found is None:
        return None
    whole, decimals, unit, plus = found.groups()
    scale = _UNITS[unit.lower()] if unit else 1
    digits = whole.replace(",", "")
    if decimals is not None:
        floor = (int(digits) * 10 ** len(decimals) + int(decimals)) * scale // 10 ** len(decimals)
        return Interval(float(floor), float(floor + max(1, scale // 10 ** len(decimals)) - 1))
    floor = int(digits) * scale
    if not (plus or unit):
        return Interval(float(floor), float(floor))
    zeros = len(digits) - len(digits.rstrip("0")) if floor else 0
    return Interval(float(floor), float(floor + scale * 10**zeros - 1))


def product_range(first: Interval, second: Interval) -> Interval:
    """Return the product of two ranges of non-negative numbers: price x sold (坑产), clicks x CPC (spend)."""
    return Interval(first.low * second.low, first.high * second.high)


def net_change(before: Interval, after: Interval) -> Interval:
    """Return the range of the rise of a rolling displayed counter, at least 0.

    It is net of old sales that dropped out of the counter, so it is not what was sold.
    """
    return Interval(max(0.0, after.low - before.high), max(0.0, after.high - before.low))


def gap_range(ours: float, rival: Interval) -> Interval:
    """Return by how many orders the rival is ahead of our exact count, as a range; negative if behind."""
    return Interval(rival.low - ours, rival.high - ours)


def intersect(ranges: Sequence[Interval]) -> Interval | None:
    """Return the intersection of several ranges of one number.

    None if the ranges do not overlap, because the counter rolled over or was reset.
    """
    low, high = max((r.low for r in ranges), default=1.0), min((r.high for r in ranges), default=0.0)
    return Interval(low, high) if low <= high else None


def bigram_dice(first: str, second: str) -> float:
    """Return the similarity of two titles, 0..1: Dice of their distinct character bigrams.

    Spaces, case and word order are ignored. From 0.6 titles may be of the same item. Titles under two
    characters give 0.
    """
    a, b = (_bigrams("".join(title.split()).lower()) for title in (first, second))
    return 2.0 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _bigrams(text: str) -> set[str]:
    return {text[place : place + 2] for place in range(len(text) - 1)}


def price_moved(before: Interval, after: Interval, least: float = 0.01) -> bool:
    """Return whether a price band moved by at least ``least`` (1 %) at either end."""
    return any(abs(b - a) >= least * abs(a) and a != b for a, b in zip(before, after, strict=True))


def hold_rate(first_hits: int, first_checks: int, last_hits: int, last_checks: int) -> Hold | None:
    """Return how often a rival had a rank in two blocks of checks, and how certain a change is.

    The result has Newcombe limits of the difference, Fisher's p-value and the probability that the rate fell.
    The rival fell back if that probability is at least 90 % and the rate in the last block is below 30 %.
    None unless both blocks have checks.
    """
    if not first_checks or not last_checks:
        return None
    first, last = first_hits / first_checks, last_hits / last_checks
    low, high = distributions.newcombe(last_hits, last_checks, first_hits, first_checks)
    chance = distributions.probability_greater(
        1.0 + last_hits, 1.0 + last_checks - last_hits, 1.0 + first_hits, 1.0 + first_checks - first_hits
    )
    p = fisher_exact(first_hits, first_checks, last_hits, last_checks)
    fell = chance >= FELL_BACK_SURE and last < FELL_BACK_HOLD
    return Hold(first, last, last - first, low, high, p, chance, fell)


def fisher_exact(hits1: int, trials1: int, hits2: int, trials2: int) -> float:
    """Return the two-sided exact p-value for the hypothesis that two rates are equal (Fisher's test).

    It is the sum of the probabilities of all tables that are no more likely than the observed one.
    """
    hits = hits1 + hits2
    ways = {
        k: comb(trials1, k) * comb(trials2, hits - k)
        for k in range(max(0, hits - trials2), min(hits, trials1) + 1)
    }
    return sum(way for way in ways.values() if way <= ways[hits1]) / sum(ways.values())


def season_status(live_items: int | None, days_live: int, *, sells: bool | None) -> SeasonStatus:
    """Return the state of a rival's season goods.

    "unknown" if the number of items, or whether they sell, was not noted; also with one or two items, or with
    fewer than seven days on sale.
    """
    if live_items is None:
        return "unknown"
    if live_items == 0:
        return "not listed"
    if live_items < LEAST_SEASON_ITEMS or days_live < LEAST_SEASON_DAYS or sells is None:
        return "unknown"
    return "selling" if sells else "not selling"


def season_call(peers: Sequence[SeasonStatus]) -> SeasonCall:
    """Return the decision: "list now" if two rivals sell season goods, "watch" if one does, else "wait".

    A rule of thumb of the trade. "unknown" if the state of all rivals is unknown.
    """
    selling, waiting, absent = (peers.count(status) for status in ("selling", "not selling", "not listed"))
    unknown = len(peers) - selling - waiting - absent
    decision: Literal["list now", "watch", "wait", "unknown"] = "wait"
    if selling:
        decision = "list now" if selling > 1 else "watch"
    elif unknown == len(peers):
        decision = "unknown"
    return SeasonCall(decision, selling, waiting, absent, unknown)
