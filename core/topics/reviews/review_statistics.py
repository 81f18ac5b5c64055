"""The significance of a rise of bad reviews, and the selection of title words."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from core.statistics import distributions

FEWEST_REVIEWS = 10


class TitleWord(NamedTuple):
    """A candidate word for a title with its value (demand x relevance x relative conversion)."""

    text: str
    value: float
    must: bool = False
    """Whether the word is kept whatever its value, as a category or brand word is."""


class Title(NamedTuple):
    """The most valuable words that fit the byte limit, in the order in which they were passed."""

    words: tuple[str, ...]
    value: float
    used_bytes: int


class Rise(NamedTuple):
    """How many of an item's reviews are bad, with the p-value at its usual rate and the q-value.

    p and q are None if there are too few reviews to test.
    """

    bad: int
    reviews: int
    p: float | None
    q: float | None


def bad_review_chance(bad: int, reviews: int, usual_rate: float) -> float | None:
    """Return P(at least ``bad`` bad reviews) at the usual rate, an exact binomial tail.

    None if there are fewer than ten reviews.
    """
    return distributions.binomial_sf(bad - 1, reviews, usual_rate) if reviews >= FEWEST_REVIEWS else None


def bad_review_rises(
    items: Mapping[str, tuple[int, int]], usual_rates: Mapping[str, float]
) -> Mapping[str, Rise]:
    """Return the test of each item for a rise of bad reviews, given its (bad, all) reviews.

    The q-values (Benjamini-Hochberg) take all tested items into account.
    """
    tails = {
        name: bad_review_chance(bad, reviews, usual_rates[name]) if name in usual_rates else None
        for name, (bad, reviews) in items.items()
    }
    tested = [(name, p) for name, p in tails.items() if p is not None]
    adjusted = dict(
        zip(
            (name for name, _ in tested),
            distributions.benjamini_hochberg([p for _, p in tested]),
            strict=True,
        )
    )
    return {name: Rise(*items[name], tails[name], adjusted.get(name)) for name in items}


def title_bytes(text: str) -> int:
    """Return the length as the platform counts it: GBK bytes, one for ASCII, two for Chinese."""
    return len(text.encode("gb18030"))


def word_value(demand: float, relevance: float, word_rate: float, item_rate: float) -> float:
    """Return demand x relevance (0..1) x conversion of the word relative to its item (shrunk rates).

    The last factor is 1 if the item's rate is 0.
    """
    return demand * relevance * (word_rate / item_rate if item_rate > 0 else 1.0)


def choose_words(words: Sequence[TitleWord], free_bytes: int) -> Title:
    """Return the most valuable words that fit: exact 0/1 knapsack by dynamic programming, must-haves first.

    Ties go to fewer bytes, then to earlier words. Raise ValueError if the must-haves alone do not fit.
    """
    fixed = [place for place, word in enumerate(words) if word.must]
    room = free_bytes - sum(title_bytes(words[place].text) for place in fixed)
    if room < 0:
        raise ValueError(
            f"the words that must stay need {-room} bytes more than the title has: drop or shorten one"
        )
    best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())] * (room + 1)
    for place, word in enumerate(words):
        size = title_bytes(word.text)
        if word.must or word.value <= 0 or size > room:
            continue
        for space in range(room, size - 1, -1):
            value, chosen = best[space - size]
            if value + word.value > best[space][0]:
                best[space] = (value + word.value, (*chosen, place))
    _, chosen = max(best, key=lambda option: option[0])
    kept = [words[place] for place in sorted([*fixed, *chosen])]
    texts = tuple(word.text for word in kept)
    return Title(texts, math.fsum(word.value for word in kept), title_bytes("".join(texts)))
