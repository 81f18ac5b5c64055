"""What buyers praise and criticize in reviews, by aspect, and which claims a page may make from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.language.message import N_
from core.statistics import distributions
from core.topics.reviews.review_statistics import FEWEST_REVIEWS

if TYPE_CHECKING:
    import pandas as pd

BAD_STARS = 3
TRUE_BELOW = 0.15
"""The share of critical reviews of an aspect below which a page may claim it (a judgement)."""
FEWEST_PRAISE = 3
"""The fewest different reviews that must praise an aspect for it to be claimed."""
FEWEST_BLAME = 3
SURE = 0.80
ASPECTS: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("fit", N_("fit and size"), re.compile(r"尺码|版型|显瘦|修身|合身|偏小|偏大|袖子|长度|小个子")),
    ("fabric", N_("the fabric"), re.compile(r"面料|舒服|柔软|厚度|比想象的薄|起球|扎人|变形")),
    ("colour", N_("the colour"), re.compile(r"颜色|色差|掉色|染|发白")),
    ("work", N_("workmanship"), re.compile(r"做工|线头|开线|扣子|走线|破洞|质量")),
    ("look", N_("how it looks worn"), re.compile(r"气质|好看|上身|同事|时髦|百搭")),
)
Verdict: TypeAlias = Literal["promise", "forbidden", "no call"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What the reviews of one item say about one aspect, and whether the page may claim it."""

    item: str
    aspect: str
    name: str
    """The message id of its name."""
    praise: int
    blame: int
    verdict: Verdict
    words: str
    """The text of one good review."""

    @property
    def mentions(self) -> int:
        """Return the number of reviews about the aspect."""
        return self.praise + self.blame


def claims(frame: pd.DataFrame, items: Sequence[str]) -> list[Claim]:
    """Return the claims for every item with ten reviews or more, the most praised aspects first."""
    found = []
    for item in items:
        rows = frame[frame["item"] == item]
        if len(rows) >= FEWEST_REVIEWS:
            found += _of(item, rows)
    return sorted(found, key=lambda one: -one.praise)


def _of(item: str, rows: pd.DataFrame) -> list[Claim]:
    told = [
        (f"{text} {later}", _is_bad(stars, str(mood), str(later)))
        for text, later, stars, mood in rows[["text", "appended", "stars", "sentiment"]].itertuples(
            index=False
        )
    ]
    found = []
    for aspect, name, pattern in ASPECTS:
        about = [(words, bad) for words, bad in told if pattern.search(words)]
        blame = sum(bad for _, bad in about)
        praise = len(about) - blame
        good = next((words.strip() for words, bad in about if not bad), "")
        found.append(Claim(item, aspect, name, praise, blame, _verdict(praise, blame), good))
    return [one for one in found if one.mentions]


_BAD_LATER = re.compile(r"开线|掉色|起球|破|变形了|退|失望|异味")


def _is_bad(stars: float, mood: str, later: str) -> bool:
    """Return whether a review is bad by its stars, mood or follow-up."""
    low = stars == stars and stars <= BAD_STARS  # noqa: PLR0124 - NaN is unknown
    negated = "没变形" in later or "没有" in later or "没起球" in later
    return low or mood in ("negative", "neutral") or bool(_BAD_LATER.search(later) and not negated)


def _verdict(praise: int, blame: int) -> Verdict:
    if blame >= FEWEST_BLAME and distributions.beta_sf(TRUE_BELOW, 1.0 + blame, 1.0 + praise) >= SURE:
        return "forbidden"
    true = distributions.beta_cdf(TRUE_BELOW, 1.0 + blame, 1.0 + praise) >= SURE
    return "promise" if praise >= FEWEST_PRAISE and true else "no call"
