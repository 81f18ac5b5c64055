"""Which item is worth pushing next: it grows in search, its clicks pay, it is on the shelf."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

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
"""How much more daily visits scatter than counting alone gives [judgement]."""
ALIKE = 0.14
"""Likeness of two titles from where their clicks cost alike [judgement]."""
SEASON_LEFT = 30
"""Days an item must still be in season to be worth pushing [judgement]."""
TOP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class HeroCandidate:
    """One item that is no hero yet."""

    item: str
    name: str
    searched: float
    """Search visitors of the last usable fortnight."""
    growth: float
    """Against the fortnight before, over what the whole shop did."""
    chance_growth: float
    rate: float
    low: float
    high: float
    worth: float | None
    """What a click may cost, yuan; None without a margin."""
    cpc: float | None
    """What a click usually costs here."""
    chance_pays: float | None
    empty: float | None
    """Chance that it is sold out before new goods could come; None without a count or lead time."""

    def sure(self, likely: float) -> bool:
        """Tell whether it likely grows and its clicks likely pay, with goods on the shelf."""
        pays = self.chance_pays is not None and self.chance_pays >= likely
        there = self.empty is not None and self.empty <= 1 - likely
        return self.chance_growth >= likely and self.growth >= FEWEST_GROWTH and pays and there


def candidates(
    items: pd.DataFrame, empty: Mapping[str, float], prices: Mapping[str, float], shop: Shop, today: date
) -> list[HeroCandidate]:
    """Return the items nobody pushes yet that could be the next hero, the most promising first.

    ``empty`` are chances of selling out by item; ``prices`` paid prices per click by item, "" for the
    shop's usual one.
    """
    rows = items[items["date"].dt.date < today]
    days = usable({when for when in rows["date"].dt.date if isinstance(when, date)}, shop)[-2 * SPAN :]
    if len(days) < 2 * SPAN:
        return []
    columns = ["search_visitors", "visitors", "buyers", "gmv"]
    late = rows[rows["date"].dt.date.isin(days[SPAN:])].groupby("item")[columns].sum()
    early = rows[rows["date"].dt.date.isin(days[:SPAN])].groupby("item")[columns].sum()
    whole = late.add(early, fill_value=0.0)
    fair = whole[(whole["buyers"] <= whole["visitors"]) & (whole["visitors"] > 0)]
    prior = fit_beta_prior([float(k) for k in fair["buyers"]], [float(n) for n in fair["visitors"]])
    before = float(early["search_visitors"].sum())
    if prior is None or not before:
        return []
    tide = float(late["search_visitors"].sum()) / before
    titles = dict(zip(rows["item"], rows["title"], strict=True))
    found = []
    for item in _open(set(late.index) - set(prices), whole, shop, today):
        a, b = float(late.loc[item, "search_visitors"]), float(early["search_visitors"].get(item, 0.0))
        if a < FEWEST_SEARCHED or not b or not tide:
            continue
        n, k = float(whole.loc[item, "visitors"]), float(whole.loc[item, "buyers"])
        x, y = prior.hits + k, prior.misses + max(0.0, n - k)
        aov = float(whole.loc[item, "gmv"]) / k if k else None
        margin = shop.margin_of(item)
        each = aov * margin * (1 - shop.refund_rate) if aov and margin else None
        cpc = _price(str(titles.get(item, "")), titles, prices)
        growth = a / b / tide
        found.append(
            HeroCandidate(
                item=item,
                name=item_name(shop, item, str(titles.get(item, ""))),
                searched=a,
                growth=growth,
                chance_growth=distributions.normal_cdf(
                    math.log(growth) / (UNEASY * math.sqrt(1 / a + 1 / b))
                ),
                rate=x / (x + y),
                low=distributions.beta_quantile(0.05, x, y),
                high=distributions.beta_quantile(0.95, x, y),
                worth=None if each is None else each * x / (x + y),
                cpc=cpc,
                chance_pays=None
                if each is None or not cpc
                else distributions.beta_sf(min(1.0, cpc / each), x, y),
                empty=empty.get(item),
            )
        )
    return sorted(
        found, key=lambda one: (not one.sure(shop.thresholds.likely), -one.chance_growth * _gain(one))
    )


def _price(title: str, titles: Mapping[str, str], prices: Mapping[str, float]) -> float | None:
    """What a click would cost: as on the advertised item most like it, else the shop's usual price."""
    alike = [(bigram_dice(title, str(titles.get(item, ""))), price) for item, price in prices.items() if item]
    best = max(alike, default=(0.0, 0.0))
    return best[1] if best[0] >= ALIKE else prices.get("")


def sell_out_chances(stock: pd.DataFrame, items: pd.DataFrame, shop: Shop, today: date) -> dict[str, float]:
    """Return by item the chance that it sells out before goods ordered today could arrive."""
    heroes = set(items["item"].astype(str))
    return {
        line.shelf.item: 1.0 if line.state == "gone" else line.chance
        for line in lines(stock, items, shop, today, heroes)[0]
        if line.chance is not None and line.state not in ("below_cost", "hidden")
    }


def _gain(one: HeroCandidate) -> float:
    return one.worth / one.cpc if one.worth and one.cpc else 0.0


def _open(names: Collection[object], whole: pd.DataFrame, shop: Shop, today: date) -> list[str]:
    """Items that are no heroes and still in season."""
    heroes = {item.id for item in shop.items if item.hero} or {
        str(one) for one in whole["gmv"].nlargest(TOP).index
    }
    ending = {
        item.id
        for item in shop.items
        if item.season_end is not None and item.season_end < today + timedelta(days=SEASON_LEFT)
    }
    return [str(item) for item in names if str(item) not in heroes | ending]
