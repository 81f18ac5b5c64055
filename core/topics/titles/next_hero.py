"""Items worth promoting next: search traffic grows, clicks pay, and stock is available."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from core.measures.order_value import ShopRefunds, order_value
from core.measures.usual_days import usable
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.priors import fit_beta_prior
from core.topics.rivals.displayed_counts import bigram_dice
from core.topics.stock.cover import lines

if TYPE_CHECKING:
    import pandas as pd

SPAN = 14
FEWEST_SEARCHED = 200
FEWEST_GROWTH = 1.05
UNEASY = 1.5
"""The factor by which daily visits scatter more than Poisson (a judgement)."""
ALIKE = 0.14
"""The similarity of titles from which the clicks of two items cost about the same (a judgement)."""
SEASON_LEFT = 30
"""The fewest days left of its season for an item to be promoted (a judgement)."""
TOP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroCandidate:
    """One item that may become the next hero, with its growth in search and the economics of its clicks."""

    item: str
    name: str
    searched: float
    """The search visitors of the last two usable weeks."""
    growth: float
    """Its growth over the two weeks before, divided by the growth of the whole shop."""
    chance_growth: float
    rate: float
    low: float
    high: float
    worth: float | None
    """What a click may cost in yuan; None if no margin is known."""
    cpc: float | None
    """What a click usually costs here; None if unknown."""
    chance_pays: float | None
    empty: float | None
    """The probability that the item sells out before new goods arrive.

    None if stock count or lead time is unknown.
    """

    def sure(self, likely: float) -> bool:
        """Return whether the item very likely grows in search, earns its clicks' price and stays in stock.

        ``likely`` is the probability that counts as very likely.
        """
        pays = self.chance_pays is not None and self.chance_pays >= likely
        there = self.empty is not None and self.empty <= 1 - likely
        return self.chance_growth >= likely and self.growth >= FEWEST_GROWTH and pays and there


@dataclass(frozen=True, slots=True)
class SearchGrowth:
    """An item's search visitors of two weeks and their growth over the two weeks before.

    The growth is relative to that of the whole shop.
    """

    searched: float
    growth: float
    chance: float
    """The probability that they grew faster than the shop's."""


class _Halves(NamedTuple):
    late: pd.DataFrame
    early: pd.DataFrame
    tide: float
    """The growth of the whole shop's search visitors."""


def _halves(rows: pd.DataFrame, shop: Shop) -> _Halves | None:
    """Return the items' figures of the last two usable weeks and of the two before; None if not known."""
    days = usable({when for when in rows["date"].dt.date if isinstance(when, date)}, shop)[-2 * SPAN :]
    if len(days) < 2 * SPAN:
        return None
    columns = ["search_visitors", "visitors", "buyers", "gmv"]
    late = rows[rows["date"].dt.date.isin(days[SPAN:])].groupby("item")[columns].sum()
    early = rows[rows["date"].dt.date.isin(days[:SPAN])].groupby("item")[columns].sum()
    before = float(early["search_visitors"].sum())
    return _Halves(late, early, float(late["search_visitors"].sum()) / before) if before else None


def search_growth(items: pd.DataFrame, shop: Shop, today: date) -> dict[str, SearchGrowth]:
    """Return each item's growth in search; items with too few search visitors are left out."""
    halves = _halves(items[items["date"].dt.date < today], shop)
    if halves is None or not halves.tide:
        return {}
    found = {}
    for item in halves.late.index:
        a, b = (float(part["search_visitors"].get(item, 0.0)) for part in (halves.late, halves.early))
        if a + b >= FEWEST_SEARCHED and a and b:
            found[str(item)] = _growth(a, b, halves.tide)
    return found


def _growth(a: float, b: float, tide: float) -> SearchGrowth:
    growth = a / b / tide
    chance = distributions.normal_cdf(math.log(growth) / (UNEASY * math.sqrt(1 / a + 1 / b)))
    return SearchGrowth(a, growth, chance)


def candidates(
    items: pd.DataFrame,
    empty: Mapping[str, float],
    prices: Mapping[str, float],
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None = None,
) -> list[HeroCandidate]:
    """Return the candidates for the next hero item, the most promising first.

    ``empty`` are probabilities of selling out by item; ``prices`` are the prices paid per click by item, with
    the shop's usual price under "". Items in ``prices`` are advertised already and are no candidates.
    """
    rows = items[items["date"].dt.date < today]
    halves = _halves(rows, shop)
    if halves is None:
        return []
    late, early, tide = halves
    whole = late.add(early, fill_value=0.0)
    fair = whole[(whole["buyers"] <= whole["visitors"]) & (whole["visitors"] > 0)]
    prior = fit_beta_prior([float(k) for k in fair["buyers"]], [float(n) for n in fair["visitors"]])
    if prior is None:
        return []
    titles = dict(zip(rows["item"], rows["title"], strict=True))
    found = []
    for item in _open(set(late.index) - set(prices), whole, shop, today):
        a, b = (float(part["search_visitors"].get(item, 0.0)) for part in (late, early))
        if a < FEWEST_SEARCHED or not b or not tide:
            continue
        n, k = (float(whole[name].get(item, 0.0)) for name in ("visitors", "buyers"))
        x, y = prior.hits + k, prior.misses + max(0.0, n - k)
        aov = float(whole["gmv"].get(item, 0.0)) / k if k else None
        order = order_value(shop, aov, item, refunds)
        each = None if order is None else max(0.0, order.value)
        cpc = _price(str(titles.get(item, "")), titles, prices)
        grown = _growth(a, b, tide)
        found.append(
            HeroCandidate(
                item=item,
                name=item_name(shop, item, str(titles.get(item, ""))),
                searched=a,
                growth=grown.growth,
                chance_growth=grown.chance,
                rate=x / (x + y),
                low=distributions.beta_quantile(0.05, x, y),
                high=distributions.beta_quantile(0.95, x, y),
                worth=None if each is None else each * x / (x + y),
                cpc=cpc,
                chance_pays=None
                if each is None or not cpc
                else distributions.beta_sf(min(1.0, cpc / each) if each else 1.0, x, y),
                empty=empty.get(item),
            )
        )
    return sorted(
        found, key=lambda one: (not one.sure(shop.thresholds.likely), -one.chance_growth * _gain(one))
    )


def _price(title: str, titles: Mapping[str, str], prices: Mapping[str, float]) -> float | None:
    """Return the expected price of a click on the item with this title.

    It is the price of the advertised item with the most similar title or, if none is similar, the shop's
    usual price.
    """
    alike = [(bigram_dice(title, str(titles.get(item, ""))), price) for item, price in prices.items() if item]
    best = max(alike, default=(0.0, 0.0))
    return best[1] if best[0] >= ALIKE else prices.get("")


def sell_out_chances(
    stock: pd.DataFrame, items: pd.DataFrame, shop: Shop, today: date, refunds: ShopRefunds | None = None
) -> dict[str, float]:
    """Return the probability of selling out before goods ordered today arrive, by item."""
    heroes = set(items["item"].astype(str))
    return {
        line.shelf.item: 1.0 if line.state == "gone" else line.chance
        for line in lines(stock, items, shop, today, heroes, refunds=refunds)[0]
        if line.chance is not None and line.state not in ("below_cost", "hidden")
    }


def _gain(one: HeroCandidate) -> float:
    return one.worth / one.cpc if one.worth and one.cpc else 0.0


def _open(names: Collection[object], whole: pd.DataFrame, shop: Shop, today: date) -> list[str]:
    """Return the items that are neither heroes nor near the end of their season."""
    heroes = {item.id for item in shop.items if item.hero} or {
        str(one) for one in whole["gmv"].nlargest(TOP).index
    }
    ending = {
        item.id
        for item in shop.items
        if item.season_end is not None and item.season_end < today + timedelta(days=SEASON_LEFT)
    }
    return [str(item) for item in names if str(item) not in heroes | ending]
