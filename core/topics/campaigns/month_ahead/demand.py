"""Search terms with a growing or shrinking share of visitors, as a hint of what will sell next."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.measures.usual_days import usable
from core.shop.settings import Shop
from core.statistics.distributions import benjamini_hochberg, normal_cdf

if TYPE_CHECKING:
    import pandas as pd

FEWEST_DAYS = 14
FEWEST_VISITORS = 60
"""The minimum number of visitors, in both halves together, for a term to be judged."""
GROWN = 1.25
"""The growth of a term's share of search visitors from which it is rising (a judgement)."""
FALSE_SHARE = 0.10
"""The accepted share of false alarms among the terms reported (Benjamini and Hochberg)."""
CARRIED = 0.75
"""The share of a term's character pairs in a title from which the title contains the term (a judgement)."""


@dataclass(frozen=True, slots=True)
class TermTrend:
    """One search term, with its visitors in the older and in the newer half of the ordinary days."""

    text: str
    before: float
    after: float
    times: float
    """The term's share of all search visitors in the newer half, divided by that in the older."""
    moved: str
    """"up", "down", or empty if it did neither."""
    item: str | None
    """The item whose title contains the term; None if there is none."""


@dataclass(frozen=True, slots=True)
class SearchTrends:
    """The search terms tested, those with the most recent visitors first, and the days that were compared."""

    terms: tuple[TermTrend, ...]
    half: int
    last: date

    def moved(self, which: str) -> list[TermTrend]:
        """Return the terms that moved in the direction ``which``, "up" or "down"."""
        return [one for one in self.terms if one.moved == which]


def demand(frame: pd.DataFrame, titles: Mapping[str, str], shop: Shop, today: date) -> SearchTrends | None:
    """Return the tested search terms and how they moved; None if under two weeks of days are ordinary."""
    known = frame.dropna(subset=["visitors"])
    counts = known.groupby([known["date"].dt.date, "term"])["visitors"].sum()
    by_day: dict[date, dict[str, float]] = {}
    for key, visitors in counts.items():
        if isinstance(key, tuple) and isinstance(key[0], date):
            by_day.setdefault(key[0], {})[str(key[1])] = float(visitors)
    days = [day for day in usable(list(by_day), shop) if day < today]
    days = days[-28:]
    if len(days) < FEWEST_DAYS:
        return None
    half = len(days) // 2
    old, new = days[-2 * half : -half], days[-half:]
    tests = [one for term in _all_terms(by_day, days) if (one := _test(term, by_day, old, new))]
    sure = benjamini_hochberg([p for _, _, _, _, p in tests])
    terms = [
        TermTrend(term, a, b, times, _way(times, q), carrier(term, titles))
        for (term, a, b, times, _), q in zip(tests, sure, strict=True)
    ]
    terms.sort(key=lambda one: -one.after)
    return SearchTrends(tuple(terms), half, new[-1])


def _all_terms(by_day: Mapping[date, Mapping[str, float]], days: Sequence[date]) -> list[str]:
    return sorted({term for day in days for term in by_day[day]})


def _way(times: float, q: float) -> str:
    if q > FALSE_SHARE:
        return ""
    return "up" if times >= GROWN else ("down" if times <= 1 / GROWN else "")


def _test(
    term: str, by_day: Mapping[date, Mapping[str, float]], old: Sequence[date], new: Sequence[date]
) -> tuple[str, float, float, float, float] | None:
    """Test whether a term's share of visitors differs between the older and the newer days.

    Return the term, its visitors in both halves, the ratio of its shares, and the p-value, which allows for
    overdispersion of the daily counts. None if there are too few visitors.
    """
    a, b = (math.fsum(by_day[day].get(term, 0.0) for day in days) for days in (old, new))
    whole_a, whole_b = (math.fsum(math.fsum(by_day[day].values()) for day in days) for days in (old, new))
    if a + b < FEWEST_VISITORS or not a or not b:
        return None
    uneven = 0.0
    for days, got, whole in ((old, a, whole_a), (new, b, whole_b)):
        for day in days:
            mean = got / whole * math.fsum(by_day[day].values())
            uneven += (by_day[day].get(term, 0.0) - mean) ** 2 / mean if mean else 0.0
    dispersion = max(1.0, uneven / (len(old) + len(new) - 2))
    times = (b / whole_b) / (a / whole_a)
    z = math.log(times) / math.sqrt(dispersion * (1 / a + 1 / b))
    return term, a, b, times, 2.0 * (1.0 - normal_cdf(abs(z)))


def carrier(term: str, titles: Mapping[str, str]) -> str | None:
    """Return the item whose title contains the largest part of the term; None if no title contains enough."""
    pairs = _pairs(term)
    fits = {item: len(pairs & _pairs(title)) / len(pairs) for item, title in titles.items()} if pairs else {}
    best = max(fits, key=lambda item: fits[item], default=None)
    return best if best is not None and fits[best] >= CARRIED else None


def _pairs(text: str) -> set[str]:
    plain = "".join(text.split()).lower()
    return {plain[place : place + 2] for place in range(len(plain) - 1)} or ({plain} if plain else set())


def titles_of(frame: pd.DataFrame, today: date) -> dict[str, str]:
    """Return the newest title of each item in the last four weeks."""
    since = today - timedelta(days=28)
    newest = frame[frame["date"].dt.date >= since].sort_values("date")
    return {
        str(item): str(title) for item, title in zip(newest["item"], newest["title"], strict=True) if item
    }
