"""The strengths of items that reach their target, and which similar items could copy each strength."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.measures.usual_days import usable_or_all
from core.shop.item_names import item_name
from core.shop.settings import Shop
from core.statistics import distributions
from core.statistics.priors import BetaPrior, fit_beta_prior
from core.topics.incidents.usable_rows import peak_days
from core.topics.rivals.displayed_counts import bigram_dice
from core.topics.sales.month.plan import month_plan

if TYPE_CHECKING:
    import pandas as pd

Kind: TypeAlias = Literal["conversion", "source", "price"]
DAYS = 28
WEEK = 7
STRONGER = 1.1
"""The smallest ratio to other items' value that is worth copying (a judgement)."""
SMALLEST_SHARE = 0.015
"""The share of the shop's sales from which an item gets a target of its own (a judgement)."""
ALIKE = 0.2
"""The title similarity from which one item can learn from another (a judgement)."""
NEAR_PRICE = (0.6, 1.7)
"""The range of price ratios within which the conversions of two items may be compared (a judgement)."""
DEARER = 1.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Selling:
    """One item's figures on recent ordinary days, and its sales and target of the last seven days.

    The ordinary days are the latest 28 days without big campaigns.
    """

    item: str
    name: str
    title: str
    visitors: float
    buyers: float
    searched: float
    gmv: float
    week: float
    aim: float | None
    a: float
    b: float
    """``a`` and ``b`` are the parameters of the posterior of the item's conversion, Beta(a, b)."""

    @property
    def rate(self) -> float:
        """Return the posterior mean of the conversion."""
        return self.a / (self.a + self.b)

    @property
    def aov(self) -> float | None:
        """Return the sales per buyer; None if there were no buyers."""
        return self.gmv / self.buyers if self.buyers else None

    @property
    def reached(self) -> bool | None:
        """Return whether the item's sales of the last seven days reached its part of the shop's target.

        None if there is no target.
        """
        return None if self.aim is None else self.week >= self.aim


@dataclass(frozen=True, slots=True)
class Strength:
    """What an item that reaches its target does better than similar items."""

    selling: Selling
    kind: Kind
    value: float
    usual: float
    chance: float
    copies: tuple[Selling, ...]
    """Similar items that are weaker in this respect, the best candidates first."""


def selling(frame: pd.DataFrame, sales: Mapping[date, float], shop: Shop, today: date) -> list[Selling]:
    """Return every item with sales, the largest first; days with an unexplained sales peak are left out."""
    when = frame["date"].dt.date
    rows = frame[(when < today) & ~when.isin(peak_days(frame, shop, today))]
    days = {when for when in rows["date"].dt.date if isinstance(when, date)}
    chosen = set(usable_or_all(days, shop, WEEK)[-DAYS:])
    last = [today - timedelta(days=back) for back in range(1, WEEK + 1)]
    summed = (
        rows[rows["date"].dt.date.isin(chosen)]
        .groupby("item")[["visitors", "buyers", "search_visitors", "gmv"]]
        .sum()
    )
    week = rows[rows["date"].dt.date.isin(last)].groupby("item")["gmv"].sum()
    titles = dict(zip(rows["item"], rows["title"], strict=True))
    whole, planned = float(summed["gmv"].sum()), _planned(sales, shop, last)
    fair = summed[summed["buyers"] <= summed["visitors"]]
    prior = fit_beta_prior([float(k) for k in fair["buyers"]], [float(n) for n in fair["visitors"]])
    if prior is None or not whole:
        return []
    made = [
        _selling(str(item), row, titles, prior, float(week.get(item, 0.0)), whole, planned, shop)
        for item, row in zip(summed.index, summed.itertuples(index=False), strict=True)
    ]
    return sorted(made, key=lambda one: -one.gmv)


def _planned(sales: Mapping[date, float], shop: Shop, days: Sequence[date]) -> float | None:
    """Return the sum of the shop's daily targets over the days; None if one of them has no target."""
    total = 0.0
    for day in days:
        plan = month_plan(sales, shop, day)
        if plan is None:
            return None
        total += plan.by_day[day]
    return total


def _selling(
    item: str,
    row: tuple[float, float, float, float],
    titles: Mapping[str, str],
    prior: BetaPrior,
    week: float,
    whole: float,
    planned: float | None,
    shop: Shop,
) -> Selling:
    visitors, buyers, searched, gmv = (float(value) for value in row)
    title = str(titles.get(item, ""))
    share = gmv / whole
    return Selling(
        item=item,
        name=item_name(shop, item, title),
        title=title,
        visitors=visitors,
        buyers=buyers,
        searched=searched,
        gmv=gmv,
        week=week,
        aim=None if planned is None or share < SMALLEST_SHARE else planned * share,
        a=prior.hits + buyers,
        b=prior.misses + max(0.0, visitors - buyers),
    )


def strengths(found: Sequence[Selling], scarce: Collection[str], shop: Shop) -> list[Strength]:
    """Return for each item that reaches its target the most likely of its strengths, if it has any."""
    likely = shop.thresholds.likely
    made = [
        best
        for one in found
        if one.reached and (best := _best(one, found, scarce)) is not None and best.chance >= likely
    ]
    return sorted(made, key=lambda one: -one.selling.gmv)


def _best(one: Selling, found: Sequence[Selling], scarce: Collection[str]) -> Strength | None:
    peers = [two for two in found if two.item != one.item and _near(one, two)]
    options = [_conversion(one, peers), _source(one, found), _price(one, peers)]
    known = [option for option in options if option is not None]
    best = max(known, key=lambda option: (option.chance >= 0.8, option.value / option.usual), default=None)  # noqa: PLR2004
    if best is None:
        return None
    alike = sorted(
        (two for two in found if two.item != one.item and two.item not in scarce and two.visitors),
        key=lambda two: -bigram_dice(one.title, two.title),
    )
    near = [two for two in alike if bigram_dice(one.title, two.title) >= ALIKE]
    below = [two for two in near if _has(two, best.kind) < best.value and two.reached is not True]
    return Strength(one, best.kind, best.value, best.usual, best.chance, tuple(below[:2]))


def _near(one: Selling, two: Selling) -> bool:
    if not one.aov or not two.aov:
        return False
    return NEAR_PRICE[0] <= two.aov / one.aov <= NEAR_PRICE[1]


def _has(one: Selling, kind: Kind) -> float:
    if kind == "conversion":
        return one.rate
    if kind == "source":
        return one.searched / one.visitors if one.visitors else 0.0
    return one.aov or 0.0


def _conversion(one: Selling, peers: Sequence[Selling]) -> Strength | None:
    came = math.fsum(two.visitors for two in peers)
    if not came:
        return None
    usual = math.fsum(two.buyers for two in peers) / came
    if not usual or one.rate < STRONGER * usual:
        return None
    return Strength(one, "conversion", one.rate, usual, distributions.beta_sf(usual, one.a, one.b), ())


def _source(one: Selling, found: Sequence[Selling]) -> Strength | None:
    came = math.fsum(two.visitors for two in found)
    searched = math.fsum(two.searched for two in found)
    if not came or not searched or not one.visitors or math.isnan(one.searched):
        return None
    usual, value = searched / came, one.searched / one.visitors
    if value < STRONGER * usual:
        return None
    return Strength(
        one,
        "source",
        value,
        usual,
        distributions.beta_sf(usual, one.searched + 1, one.visitors - one.searched + 1),
        (),
    )


def _price(one: Selling, peers: Sequence[Selling]) -> Strength | None:
    """Return the possible strength "costs more than similar items, but does not convert less".

    None if the item does not cost more, or if there are no similar items.
    """
    alike = [two for two in peers if bigram_dice(one.title, two.title) >= ALIKE and two.aov]
    if not alike or not one.aov:
        return None
    usual = math.fsum(two.gmv for two in alike) / math.fsum(two.buyers for two in alike)
    rate = math.fsum(two.buyers for two in alike) / math.fsum(two.visitors for two in alike)
    if one.aov < DEARER * usual:
        return None
    return Strength(one, "price", one.aov, usual, distributions.beta_sf(rate, one.a, one.b), ())
