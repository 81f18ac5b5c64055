"""The bad reviews of the most visited items, and whether there are more of them than chance explains."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.topics.reviews.lexicon import complaints
from core.topics.reviews.review_statistics import FEWEST_REVIEWS, Rise, bad_review_rises

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7
USUAL_DAYS = 63
"""The number of days before the last week from which the usual rate of bad reviews is computed."""
BORROWED = 20.0
"""The weight, in reviews, of the shop's rate when mixed with an item's own (a judgement)."""
GOOD_STARS = 4.0
SURE = 0.10
"""The Benjamini-Hochberg q-value up to which a rise is reported."""
FEWEST_BAD = 3
"""The fewest bad reviews for a rise to be reported, whatever its q-value."""

Why: TypeAlias = Literal["grade", "text", "addition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bad:
    """One bad review."""

    review: str
    item: str
    day: date
    stars: float | None
    text: str
    appended: str
    answered: bool
    why: Why
    """Why it is bad: by grade, by text if it has no grade, or by a follow-up to a good review."""

    @property
    def words(self) -> str:
        """Return the text, including follow-ups."""
        return f"{self.text} {self.appended}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One of the most visited items, with its reviews of the last seven days."""

    item: str
    name: str
    visitors: float
    reviews: int
    """The number of reviews of the last seven days."""
    bad: tuple[Bad, ...]
    """The bad reviews of the last seven days, newest first."""
    usual: float
    rise: Rise

    @property
    def risen(self) -> bool:
        """Return whether there are significantly more bad reviews than usual."""
        return self.rise.q is not None and self.rise.q <= SURE and len(self.bad) >= FEWEST_BAD

    @property
    def few(self) -> bool:
        """Return whether the item has too few reviews for a meaningful rate."""
        return self.reviews < FEWEST_REVIEWS


def bad_reviews(frame: pd.DataFrame) -> list[Bad]:
    """Return every bad review, newest first.

    A review is bad by its rating or, without a rating, by its text, and in any case if its follow-up
    complains.
    """
    found = []
    for row in frame.sort_values("date", ascending=False).to_dict("records"):
        stars = None if row["stars"] != row["stars"] else float(row["stars"])
        why = _why(stars, str(row["sentiment"]), str(row["text"]), str(row["appended"]))
        if why is not None:
            found.append(
                Bad(
                    review=str(row["review"]),
                    item=str(row["item"]),
                    day=row["date"].date(),
                    stars=stars,
                    text=str(row["text"]),
                    appended=str(row["appended"]),
                    answered=bool(str(row["reply"]).strip()),
                    why=why,
                )
            )
    return found


def _why(stars: float | None, sentiment: str, text: str, appended: str) -> Why | None:
    graded = stars is not None or bool(sentiment)
    if (stars is not None and stars < GOOD_STARS) or sentiment in ("negative", "neutral"):
        return "grade"
    if complaints(appended):
        return "addition"
    return "text" if not graded and complaints(text) else None


def watch(
    frame: pd.DataFrame, visitors: Mapping[str, float], names: Mapping[str, str], today: date
) -> list[Watched]:
    """Return each item of ``visitors`` with its reviews of the last week and its usual rate of bad ones.

    The order is that of ``visitors``; ``names`` are the items' display names.
    """
    bad = bad_reviews(frame)
    start = today - timedelta(days=WEEK)
    days = frame["date"].dt.date
    week = frame[(days >= start) & (days < today)].groupby("item").size()
    before = frame[(days < start) & (days >= start - timedelta(days=USUAL_DAYS))].groupby("item").size()
    rates = _usual(bad, {str(item): int(n) for item, n in before.items()}, visitors, start)
    lately = {
        item: tuple(one for one in bad if one.item == item and start <= one.day < today) for item in visitors
    }
    reviews = {item: int(week.get(item, 0)) for item in visitors}
    counts = {item: (min(len(lately[item]), reviews[item]), reviews[item]) for item in visitors}
    rises = bad_review_rises(counts, rates)
    return [
        Watched(
            item=item,
            name=names.get(item, item),
            visitors=visitors[item],
            reviews=reviews[item],
            bad=lately[item],
            usual=rates[item],
            rise=rises[item],
        )
        for item in visitors
    ]


def _usual(
    bad: Collection[Bad], before: Mapping[str, int], items: Collection[str], start: date
) -> dict[str, float]:
    """Return each item's rate of bad reviews in the weeks before ``start``, never exactly 0.

    It is shrunk towards the shop's rate.
    """
    since = start - timedelta(days=USUAL_DAYS)
    earlier = [one for one in bad if since <= one.day < start]
    total = sum(before.values())
    shop = (len(earlier) + 0.5) / (total + 1.0)
    return {
        item: (sum(one.item == item for one in earlier) + BORROWED * shop) / (before.get(item, 0) + BORROWED)
        for item in items
    }
