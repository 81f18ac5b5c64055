"""The profit on the sales of some payment days, line by line, with how certain each line is.

Net sales − goods − platform fees − parcels, insurance and returns − ads − commissions − fixed costs. A line
whose setting is missing is left out and reported; without the goods cost there is no profit.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.measures.net_sales import Net, NetSales
from core.measures.order_value import RefundShares
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

Certainty = Literal["exact", "estimated", "setting", "rate"]
LineId = Literal[
    "paid", "refunds_known", "refunds_to_come", "goods", "fees", "parcels", "ads", "commission", "fixed"
]
ADDED: Final = ("paid",)
"""Lines that are added to the profit; all others are subtracted."""
SCENES: Final = ("ads_keyword", "ads_crowd", "ads_scene", "ads_whole")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a profit calculation (e.g. ads): its amount in yuan, and how certain that is."""

    id: LineId
    yuan: float
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Profit:
    """The profit on the sales of some payment days, as lines."""

    net: Net
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    """Ids of the settings and exports that are missing for a line, such as "goods", "ship",
    "category_fee"."""

    def yuan(self, line: LineId) -> float:
        """Return the yuan of this line; 0 if the line is left out."""
        return math.fsum(one.yuan for one in self.lines if one.id == line)

    @property
    def net_sales(self) -> float:
        """Return the paid money left after refunds."""
        return self.net.net

    @property
    def gross(self) -> float | None:
        """Return net sales minus goods cost; None if the goods cost is unknown."""
        return None if "goods" in self.missing else self.net_sales - self.yuan("goods")

    @property
    def profit(self) -> float | None:
        """Return what is left after all lines; None if goods cost or ad spend is unknown."""
        if "goods" in self.missing or "ads" in self.missing:
            return None
        return math.fsum(one.yuan if one.id in ADDED else -one.yuan for one in self.lines)

    @property
    def ad_share(self) -> float | None:
        """Return the cost of ads and commissions as a share of net sales (费比); None if unknown."""
        if "ads" in self.missing or self.net_sales <= 0:
            return None
        return (self.yuan("ads") + self.yuan("commission")) / self.net_sales

    @property
    def not_booked(self) -> float:
        """Return the share of all lines' yuan that is estimated, or computed by a setting or a rate."""
        return share_not_booked(self.lines)


def share_not_booked(lines: Collection[Line]) -> float:
    """Return the share of the lines' yuan that is not booked, but estimated or computed by a rate or setting.

    The lines count with their absolute amounts.
    """
    whole = math.fsum(abs(one.yuan) for one in lines)
    return math.fsum(abs(one.yuan) for one in lines if one.certainty != "exact") / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class DailyCosts:
    """The costs by day in yuan, before refunds are considered, and the number of orders by day."""

    goods: Mapping[date, float]
    """Goods cost of all pieces paid for."""
    without_cost: Mapping[date, float]
    """Sales of items whose goods cost is unknown."""
    orders: Mapping[date, float]
    ads: Mapping[date, float]
    commission: Mapping[date, float]


def daily_costs(
    days: pd.DataFrame, items: pd.DataFrame | None, ads: pd.DataFrame | None, shop: Shop
) -> DailyCosts:
    """Return the costs by day from the daily figures of the shop and of its items, and from the ad report."""
    paid = baseline.column(days, "gmv")
    goods, without = _goods(paid, items, shop)
    buyers, lines = baseline.column(days, "buyers"), baseline.column(days, "suborders")
    scenes = [baseline.column(days, name) for name in SCENES]
    spent: dict[date, float] = {}
    for part in scenes:
        for day, value in part.items():
            spent[day] = spent.get(day, 0.0) + value
    rows = None if ads is None else ad_rows(ads)
    if rows is not None:
        spent = baseline.totals(rows, "cost") | spent
    return DailyCosts(
        goods=goods,
        without_cost=without,
        orders=lines | buyers,
        ads=spent,
        commission=baseline.column(days, "taoke_fee"),
    )


def cost_of(shop: Shop, item: str, gmv: float, units: float) -> float | None:
    """Return the goods cost of an item's sales, by the item's cost per piece or else by its margin.

    Without both, the shop's margin is used; None if that is unknown too.
    """
    own = shop.item(item)
    if own.cost is not None and units > 0:
        return own.cost * units
    margin = shop.margin_of(item)
    return None if margin is None else gmv * (1.0 - margin)


def _goods(
    paid: Mapping[date, float], items: pd.DataFrame | None, shop: Shop
) -> tuple[dict[date, float], dict[date, float]]:
    """Return by day the goods cost, and the sales whose goods cost is unknown.

    For sales that no item accounts for, the shop's margin is used.
    """
    goods: dict[date, float] = {}
    without: dict[date, float] = {}
    told: dict[date, float] = {}
    if items is not None:
        known = items[["date", "item", "gmv", "units"]].fillna({"gmv": 0.0, "units": 0.0})
        for when, item, gmv, units in known.itertuples(index=False, name=None):
            day = when.date()
            told[day] = told.get(day, 0.0) + gmv
            cost = cost_of(shop, str(item), gmv, units)
            if cost is None:
                without[day] = without.get(day, 0.0) + gmv
            else:
                goods[day] = goods.get(day, 0.0) + cost
    for day, value in paid.items():
        rest = max(0.0, value - told.get(day, 0.0))
        if shop.margin is not None:
            goods[day] = goods.get(day, 0.0) + rest * (1.0 - shop.margin)
        elif rest > 0.01 * value:
            without[day] = without.get(day, 0.0) + rest
    return goods, without


def profit_of(
    days: Collection[date], net: NetSales, costs: DailyCosts, refunds: RefundShares, shop: Shop
) -> Profit | None:
    """Return the profit of these days together; None if their net sales are unknown.

    Ad spend must be known for each of the days; ``refunds`` gives the proportion of refunds before and after
    dispatch.
    """
    found = net.of(days)
    if found is None:
        return None
    whole = refunds.before + refunds.after
    rate = found.refund_rate
    before = rate * (refunds.before / whole if whole else 0.0)
    after = max(0.0, rate - before)
    money, missing = shop.money, missing_settings(shop)
    estimated: Certainty = "estimated" if found.basis == "list" else "rate"
    lines = [
        Line("paid", found.paid, "exact"),
        Line("refunds_known", found.known, "exact"),
        Line("refunds_to_come", found.to_come, estimated),
    ]
    if any(costs.without_cost.get(day, 0.0) > 0 for day in found.days) or not costs.goods:
        missing = ("goods", *missing)
    else:
        cost = math.fsum(costs.goods.get(day, 0.0) for day in found.days)
        lines.append(Line("goods", goods_kept(cost, before, after, money.resale_loss or 0.0), "setting"))
    if "base_fee" not in missing or shop.fees:
        lines.append(Line("fees", found.net * shop.fees, "rate"))
    orders = math.fsum(costs.orders.get(day, 0.0) for day in found.days)
    sent, insured = (
        orders * (1.0 - before),
        orders if money.insurance_on == "paid" else orders * (1.0 - before),
    )
    parcels = sent * (money.ship or 0.0) + insured * (money.insurance or 0.0)
    if (money.ship, money.insurance, money.return_cost) != (None, None, None):
        lines.append(Line("parcels", parcels + orders * after * (money.return_cost or 0.0), "setting"))
    if all(day in costs.ads for day in found.days):
        lines.append(Line("ads", math.fsum(costs.ads[day] for day in found.days), "exact"))
    else:
        missing = ("ads", *missing)
    if any(day in costs.commission for day in found.days):
        paid_out = math.fsum(costs.commission.get(day, 0.0) for day in found.days)
        lines.append(Line("commission", paid_out, "exact"))
    else:
        missing = (*missing, "commission")
    if money.fixed_month is not None:
        fixed = math.fsum(money.fixed_month / _days_in(day) for day in found.days)
        lines.append(Line("fixed", fixed, "setting"))
    return Profit(found, tuple(lines), missing)


def goods_kept(cost: float, before: float, after: float, loss: float) -> float:
    """Return the goods cost without the cost of refunded pieces that return to stock.

    ``before`` and ``after`` are the shares refunded before and after dispatch; a piece refunded after
    dispatch loses the share ``loss`` of its cost.
    """
    return cost - cost * before - cost * after * (1.0 - loss)


def missing_settings(shop: Shop) -> tuple[str, ...]:
    """Return the names of the settings in the table [money] that are needed and not set."""
    needed = ("ship", "insurance", "return_cost", "resale_loss", "fixed_month")
    tmall = ("category_fee", "points") if shop.platform == "tmall" else ()
    base = ("base_fee",) if shop.base_fee is None else ()
    return (*base, *(name for name in (*tmall, *needed) if getattr(shop.money, name) is None))


def allocated(direct: Mapping[str, float], by: Mapping[str, float], rest: float) -> dict[str, float]:
    """Return each item's direct costs plus its part of ``rest``, which is divided in proportion to ``by``."""
    whole = math.fsum(value for value in by.values() if value > 0)
    return {
        item: direct.get(item, 0.0) + (rest * max(0.0, weight) / whole if whole else 0.0)
        for item, weight in by.items()
    }


def _days_in(day: date) -> int:
    from calendar import monthrange

    return monthrange(day.year, day.month)[1]
