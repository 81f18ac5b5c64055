"""Every paid keyword with its counts on fully credited days, the worth of a click, and the decision."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from core.answers.answer import About, key_of
from core.language.message import Words
from core.measures.judged_days import Window, within
from core.measures.order_value import OrderValue, ShopRefunds, order_value
from core.shop.settings import Shop
from core.statistics.priors import BetaPrior, fit_beta_prior
from core.topics.ads.bids import KeywordVerdict, Rules, judge_keyword, shrunk_order_value
from core.topics.ads.traffic_holds import Why

if TYPE_CHECKING:
    import pandas as pd

COUNTS = ("impressions", "clicks", "cost", "orders", "gmv")
TOP_RANK = 1.5
"""The mean rank up to which a keyword holds the top slot, where a higher bid buys nothing."""
MOVED = 0.12
"""The change of the cost per click, relative to all keywords, that shows a changed bid (a judgement)."""
MOVED_CLICKS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemKeyword:
    """One ad keyword of one item, with its figures over the judged (fully credited) days."""

    item: str
    item_name: Words
    text: str
    impressions: float
    clicks: float
    cost: float
    orders: float
    gmv: float
    days: int
    """The number of judged days that the counts cover."""
    judged: KeywordVerdict
    order: OrderValue | None
    rank: float | None = None
    """Mean rank, weighted by impressions; None if the report has no ranks."""
    moved: float | None = None
    """Recent change of the cost per click relative to all keywords; None if the bid was not changed."""
    held: Why = ""
    """Why the item's bids must not be raised (e.g. it is about to sell out); empty if they may."""

    @property
    def decision(self) -> str:
        """Return the decision: keep, raise, lower, delete or observe; empty if no margin is known.

        Instead of raise or lower it is keep if the bid was changed recently; instead of raise also if the
        keyword is in the top slot already or if its item must not get more buyers.
        """
        found = self.judged.decision or ""
        top = self.rank is not None and self.rank <= TOP_RANK
        if found == "raise" and (top or self.held):
            return "keep"
        return "keep" if self.moved is not None and found in ("raise", "lower") else found

    @property
    def next_cpc(self) -> float | None:
        """Return the cost per click to aim for next; None if unknown."""
        return self.judged.cpc if self.decision == "keep" else self.judged.next_cpc

    @property
    def ctr(self) -> float | None:
        """Return clicks per impression."""
        return self.clicks / self.impressions if self.impressions else None

    @property
    def roi(self) -> float | None:
        """Return sales per yuan of cost (ROI); None if there is no cost."""
        return self.gmv / self.cost if self.cost else None

    @property
    def daily_cost(self) -> float:
        """Return the cost per day in yuan."""
        return self.cost / self.days if self.days else 0.0

    @property
    def daily_profit(self) -> float | None:
        """Return the estimated profit per day in yuan; None if no margin is known."""
        if self.judged.max_cpc is None or self.judged.cpc is None or not self.days:
            return None
        return (self.judged.max_cpc - self.judged.cpc) * self.clicks / self.days

    @property
    def pays_by_margin_only(self) -> bool:
        """Return whether a click costs less than the margin it brings after refunds, but more than it leaves.

        What it leaves is that margin less fees, parcels and returns.
        """
        if self.order is None or self.judged.cpc is None or self.judged.max_cpc is None:
            return False
        return self.judged.max_cpc < self.judged.cpc <= self.judged.rate * self.order.margin_kept

    @property
    def stake(self) -> float:
        """Return by how many yuan per day the proposed bid changes the cost; used to sort keywords."""
        if self.judged.cpc is None or self.next_cpc is None or not self.days:
            return self.daily_cost
        return abs(self.next_cpc - self.judged.cpc) * self.clicks / self.days

    @property
    def daily_change(self) -> float:
        """Return the change of cost in yuan per day by the decision, at an unchanged number of clicks."""
        if self.decision == "delete":
            return -self.daily_cost
        if self.next_cpc is None or self.judged.cpc is None or not self.days:
            return 0.0
        return (self.next_cpc - self.judged.cpc) * self.clicks / self.days

    @property
    def about(self) -> About:
        """Return the ids of the item and the keyword."""
        return About(item=self.item, word=self.text)

    @property
    def key(self) -> str:
        """Return the key of the keyword's table row; the key is the same every day."""
        return key_of("paid", "word", self.about)

    @property
    def missing_yuan(self) -> float | None:
        """Return the approximate cost of the clicks still needed for a verdict.

        None if the cost per click is unknown.
        """
        return None if self.judged.cpc is None else self.judged.more_clicks * self.judged.cpc


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPrior:
    """What is known about an item as a whole before its keywords are judged one by one."""

    name: Words
    prior: BetaPrior
    order: OrderValue | None
    aov: float | None


class Seen(NamedTuple):
    """Further facts about a keyword; the fields are those of :class:`ItemKeyword`."""

    days: int
    rank: float | None
    moved: float | None
    held: Why


def judge_words(
    frame: pd.DataFrame,
    days: Window,
    shop: Shop,
    names: Mapping[str, Words],
    values: Mapping[str, float],
    held: Mapping[str, Why] | None = None,
    refunds: ShopRefunds | None = None,
) -> tuple[list[ItemKeyword], dict[str, ItemPrior]]:
    """Return every keyword with its verdict on the judged days, and what is known about each item.

    ``values`` are order values in yuan, used for items whose keywords have no orders. ``held`` are items that
    must not get more buyers; their bids are not raised.
    """
    whys = held or {}
    rows = within(frame, days.judged)
    counted = rows.groupby(["item", "word"], sort=True)[list(COUNTS)].sum().reset_index()
    ranks = _ranks(rows)
    moves = price_moves(frame, days)
    known = {
        str(item): _known(
            str(item), own, shop, names.get(str(item), str(item)), values.get(str(item)), refunds
        )
        for item, own in counted.groupby("item", sort=True)
    }
    shown = counted[(counted["impressions"] > 0) | (counted["clicks"] > 0)]
    rules = _rules(shop)
    words = []
    for item, text, *counts in shown[["item", "word", *COUNTS]].itertuples(index=False, name=None):
        spot = (str(item), str(text))
        seen = Seen(len(days.judged), ranks.get(spot), moves.get(spot), whys.get(spot[0], ""))
        words.append(_word(spot, counts, known[spot[0]], seen, rules, mature=days.enough))
    return words, known


def _known(
    item: str,
    rows: pd.DataFrame,
    shop: Shop,
    name: Words,
    fallback: float | None,
    refunds: ShopRefunds | None,
) -> ItemPrior:
    clicks, orders = [float(n) for n in rows["clicks"]], [float(n) for n in rows["orders"]]
    fair = [(k, n) for k, n in zip(orders, clicks, strict=True) if k <= n]
    prior = fit_beta_prior([k for k, _ in fair], [n for _, n in fair]) or BetaPrior(0.02, 100.0)
    bought, gmv = math.fsum(orders), float(rows["gmv"].sum())
    aov = gmv / bought if bought else fallback
    return ItemPrior(name=name, prior=prior, order=order_value(shop, aov, item, refunds), aov=aov)


def _rules(shop: Shop) -> Rules:
    lines = shop.thresholds
    return Rules(
        share=lines.keyword_kappa,
        largest_step=lines.keyword_step,
        fewest_clicks=lines.keyword_min_clicks,
        sure=lines.keyword_raise_p,
        hopeless=lines.keyword_delete_p,
    )


def _word(
    spot: tuple[str, str],
    counts: Sequence[float],
    known: ItemPrior,
    seen: Seen,
    rules: Rules,
    *,
    mature: bool,
) -> ItemKeyword:
    impressions, clicks, cost, orders, gmv = (float(count) for count in counts)
    order = known.order
    if order is not None and known.aov:
        order = order.at(shrunk_order_value(gmv, orders, known.aov))
    return ItemKeyword(
        item=spot[0],
        item_name=known.name,
        text=spot[1],
        impressions=impressions,
        clicks=clicks,
        cost=cost,
        orders=orders,
        gmv=gmv,
        days=seen.days,
        judged=judge_keyword(clicks, orders, cost, known.prior, order, mature=mature, rules=rules),
        order=order,
        rank=seen.rank,
        moved=seen.moved,
        held=seen.held,
    )


def _ranks(rows: pd.DataFrame) -> dict[tuple[str, str], float]:
    known = rows[rows["rank"].notna() & (rows["impressions"] > 0)]
    weighted = known.assign(weighted=known["rank"] * known["impressions"])
    summed = weighted.groupby(["item", "word"])[["weighted", "impressions"]].sum()
    return {
        (str(item), str(word)): float(weight / shown)
        for (item, word), weight, shown in zip(
            summed.index, summed["weighted"], summed["impressions"], strict=True
        )
    }


def price_moves(frame: pd.DataFrame, days: Window) -> dict[tuple[str, str], float]:
    """Return the keywords whose cost per click changed recently, with the change relative to all keywords.

    Such a change shows that the bid was changed.
    """
    before, after = _prices(within(frame, days.judged[-14:])), _prices(within(frame, days.young))
    changes = {
        where: after[where][0] / price - 1 for where, (price, _) in before.items() if where in after and price
    }
    if not changes:
        return {}
    usual = median(changes.values())
    beyond = {where: (1 + change) / (1 + usual) - 1 for where, change in changes.items()}
    return {
        where: change
        for where, change in beyond.items()
        if abs(change) >= MOVED and min(before[where][1], after[where][1]) >= MOVED_CLICKS
    }


def _prices(rows: pd.DataFrame) -> dict[tuple[str, str], tuple[float, float]]:
    summed = rows.groupby(["item", "word"])[["cost", "clicks"]].sum()
    return {
        (str(item), str(word)): (float(cost / clicks), float(clicks))
        for (item, word), cost, clicks in zip(summed.index, summed["cost"], summed["clicks"], strict=True)
        if clicks > 0
    }


def by_decision(words: Iterable[ItemKeyword], decision: str) -> list[ItemKeyword]:
    """Return the keywords with this decision, the one with the largest change in yuan per day first."""
    return sorted((word for word in words if word.decision == decision), key=lambda word: -word.stake)
