"""Search terms that bring buyers for free and are missing from the ad plan of the matching item."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.answers.answer import About, key_of
from core.language.message import Words
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.priors import fit_beta_prior
from core.topics.ads.bids import first_cpc
from core.topics.ads.keywords.verdicts import ItemPrior

if TYPE_CHECKING:
    import pandas as pd

FITS = 0.6
"""The share of a term's character pairs that must occur in an item's title for the term to fit
(a judgement)."""
FEWEST_BUYERS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """A search term worth buying as a keyword of an item."""

    term: str
    item: str
    item_name: Words
    visitors: float
    buyers: float
    rate: float
    low: float
    high: float
    """``low`` and ``high`` are the limits of the 90 % interval of the term's free conversion."""
    chance: float
    """The probability that the term converts better than the item's keywords on average."""
    first_cpc: float | None

    @property
    def about(self) -> About:
        """Return the ids of the item and the term."""
        return About(item=self.item, word=self.term)

    @property
    def key(self) -> str:
        """Return the key of the term's table row; the key is the same every day."""
        return key_of("paid", "add", self.about)


def additions(
    terms: pd.DataFrame,
    known: Mapping[str, ItemPrior],
    words: Collection[str],
    titles: Mapping[str, str],
    shop: Shop,
) -> list[Addition]:
    """Return the search terms to add as keywords, those with the most buyers first.

    These terms likely convert better than the item's keywords on average, and they fit no other item better.
    """
    summed = terms.groupby("term")[["visitors", "buyers"]].sum()
    summed = summed[summed["visitors"] > 0]
    counts = [
        (str(term), float(n), min(float(n), float(k)))
        for term, n, k in zip(summed.index, summed["visitors"], summed["buyers"], strict=True)
    ]
    prior = fit_beta_prior([k for _, _, k in counts], [n for _, n, _ in counts])
    if prior is None:
        return []
    bought = {_plain(word) for word in words}
    found = []
    for term, visitors, buyers in counts:
        item = _item_of(term, titles, known)
        if item is None or buyers < FEWEST_BUYERS or _plain(term) in bought or _is_brand(term, shop):
            continue
        own = known[item]
        a, b = prior.hits + buyers, prior.misses + visitors - buyers
        chance = distributions.beta_sf(own.prior.mean, a, b)
        if chance >= shop.thresholds.likely:
            price = first_cpc(own.prior, own.order, shop.thresholds.keyword_kappa) if own.order else None
            found.append(
                Addition(
                    term=term,
                    item=item,
                    item_name=own.name,
                    visitors=visitors,
                    buyers=buyers,
                    rate=a / (a + b),
                    low=distributions.beta_quantile(0.05, a, b),
                    high=distributions.beta_quantile(0.95, a, b),
                    chance=chance,
                    first_cpc=price,
                )
            )
    return sorted(found, key=lambda one: -one.buyers)


def _item_of(term: str, titles: Mapping[str, str], known: Mapping[str, ItemPrior]) -> str | None:
    """Return the advertised item a term fits; None if another item's title fits better or none fits."""
    fits = {item: _fit(term, title) for item, title in titles.items()}
    best = max((fits.get(item, 0.0), item) for item in known) if known else (0.0, "")
    if best[0] < FITS or best[0] < max(fits.values(), default=0.0):
        return None
    return best[1]


def _fit(term: str, title: str) -> float:
    text, where = _plain(term), _plain(title)
    pairs = {text[n : n + 2] for n in range(len(text) - 1)}
    return sum(pair in where for pair in pairs) / len(pairs) if pairs else 0.0


def _plain(text: str) -> str:
    return "".join(text.split()).lower()


def _is_brand(term: str, shop: Shop) -> bool:
    """Return whether a term looks for a shop by name: 旗舰店, or the distinctive part of this shop's name."""
    name = shop.name
    for word in ("官方旗舰店", "旗舰店", "专卖店", "女装", "男装"):
        name = name.replace(word, "")
    return "旗舰店" in term or (len(name) > 1 and name in term)
