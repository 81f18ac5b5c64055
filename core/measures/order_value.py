"""The value of a paid order: what it leaves after refunds, goods, fees, parcels and returns.

A share of the paid orders is refunded before dispatch and another after it; the rest is kept. Ad costs are
not deducted: the value is the most that may be spent on ads for an order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, NamedTuple

from core.shop.settings import Shop

BEFORE_DISPATCH: Final = 0.4
"""Share of the refund rate in shop.toml that falls before dispatch; the rest falls after it (a judgement)."""
DAYS_BACK: Final = 14
"""Days until a returned piece can be sold again, unless the shop's own are known (a judgement)."""


class RefundShares(NamedTuple):
    """The shares of paid orders that are refunded, 0..1."""

    before: float = 0.0
    """Refunded before dispatch: neither a parcel nor goods are sent."""
    after: float = 0.0
    """Refunded after dispatch: the goods are sent and come back."""

    @property
    def kept(self) -> float:
        """Return the share of paid orders that is not refunded."""
        return max(0.0, 1.0 - self.before - self.after)


@dataclass(frozen=True, slots=True)
class ShopRefunds:
    """The refund shares of the shop and of its items, and where they come from."""

    shop: RefundShares
    by_item: Mapping[str, RefundShares]
    basis: Literal["list", "short", "rough", "typed"]
    """The refund list; the settings or a rough figure while the list is too short; refunds by the day they
    were completed; the settings."""
    days: int = 0
    """Days that the refund list covers."""
    counted: int = 0
    """Refunds in the list whose payment day is known."""
    days_back: int = DAYS_BACK
    """Days from payment until a returned piece can be sold again."""
    returned: float = 1.0
    """Share of the refunds after dispatch whose goods come back; the others are refund only."""
    stays: Mapping[date, float] = field(default_factory=dict)
    """By payment day: the share of money not refunded so far that will not be refunded later either."""

    def of(self, item: str = "") -> RefundShares:
        """Return the item's shares, else the shop's."""
        return self.by_item.get(item, self.shop)


class OrderCosts(NamedTuple):
    """The costs of an order besides its goods, in yuan or as shares of the money left after refunds."""

    fees: float = 0.0
    """Platform fees (base, category, points) as a share of the money kept."""
    commission: float = 0.0
    """Share of the money kept that is paid to affiliates and creators."""
    ship: float = 0.0
    """Yuan for sending a parcel, with its packing."""
    insurance: float = 0.0
    """Yuan for the return insurance of a parcel."""
    insured_when_paid: bool = False
    """Whether insurance is charged for each paid order instead of each parcel sent."""
    return_cost: float = 0.0
    """Yuan for handling a return, with its freight if the shop pays it."""
    resale_loss: float = 0.0
    """Share of the goods cost lost on a returned piece."""
    gift: float = 0.0


class OrderValue(NamedTuple):
    """A paid order: its price and goods cost in yuan, its expected refunds and its other costs."""

    paid: float
    goods: float
    refunds: RefundShares = RefundShares()
    costs: OrderCosts = OrderCosts()

    @property
    def value(self) -> float:
        """Return the yuan that a paid order leaves on average; below 0 each order loses money.

        V = k (A (1 - fees - commission) - C - gift) - (1 - u) ship - insured · insurance - v (return + loss ·
        C), with the price A, the goods cost C, the shares u and v refunded before and after dispatch, and k =
        1 - u - v. ``insured`` is 1 or, if only parcels sent are insured, 1 - u; other names are costs.
        """
        lost, costs = self.refunds, self.costs
        kept = lost.kept * (self.paid * (1.0 - costs.fees - costs.commission) - self.goods - costs.gift)
        sent = 1.0 - lost.before
        insured = 1.0 if costs.insured_when_paid else sent
        back = lost.after * (costs.return_cost + costs.resale_loss * self.goods)
        return kept - sent * costs.ship - insured * costs.insurance - back

    @property
    def margin_kept(self) -> float:
        """Return the mean gross margin of a paid order after refunds, before fees, parcels and returns."""
        return self.refunds.kept * (self.paid - self.goods)

    @property
    def share(self) -> float:
        """Return the order's value per yuan paid for it."""
        return self.value / self.paid if self.paid > 0 else 0.0

    @property
    def break_even_roi(self) -> float | None:
        """Return the paid sales per yuan of ads at zero profit; None if an order earns nothing before ads."""
        return self.paid / self.value if self.value > 0 else None

    @property
    def net_break_even_roi(self) -> float | None:
        """Return the net sales per yuan of ads at zero profit; None if an order earns nothing before ads."""
        return self.refunds.kept * self.paid / self.value if self.value > 0 else None

    def at(self, paid: float) -> OrderValue:
        """Return an order worth ``paid`` yuan, with its goods cost in the same proportion."""
        return self._replace(paid=paid, goods=self.goods * paid / self.paid) if self.paid > 0 else self


def typed_refunds(rate: float) -> RefundShares:
    """Return the refund rate entered in shop.toml, divided into refunds before and after dispatch."""
    return RefundShares(rate * BEFORE_DISPATCH, rate * (1.0 - BEFORE_DISPATCH))


def costs_of(shop: Shop) -> OrderCosts:
    """Return the costs of an order from the shop's settings; what is not set counts as 0."""
    money = shop.money
    return OrderCosts(
        fees=shop.fees,
        ship=money.ship or 0.0,
        insurance=money.insurance or 0.0,
        insured_when_paid=money.insurance_on == "paid",
        return_cost=money.return_cost or 0.0,
        resale_loss=money.resale_loss or 0.0,
    )


def order_value(
    shop: Shop, paid: float | None, item: str = "", refunds: ShopRefunds | None = None
) -> OrderValue | None:
    """Return an order of the item for which ``paid`` yuan were paid, with its costs.

    If ``item`` is empty, it is an order of the whole shop. The goods cost follows from the item's own margin,
    else from its cost per piece, else from the shop's margin. Without ``refunds`` the refund rate in
    shop.toml is used. None without a price, or if the goods cost is unknown.
    """
    goods = None if not paid or paid < 0 else _goods(shop, paid, item)
    if not paid or goods is None:
        return None
    return OrderValue(paid, goods, refunds_of(shop, item, refunds), costs_of(shop))


def refunds_of(shop: Shop, item: str = "", refunds: ShopRefunds | None = None) -> RefundShares:
    """Return the item's measured refund shares, else those of the typed refund rate."""
    return typed_refunds(shop.refund_rate) if refunds is None else refunds.of(item)


def _goods(shop: Shop, paid: float, item: str) -> float | None:
    own = shop.item(item)
    if own.margin is None and own.cost is not None:
        return own.cost
    margin = shop.margin_of(item)
    return None if margin is None else paid * (1.0 - margin)


def value_share(shop: Shop, item: str = "", refunds: ShopRefunds | None = None) -> float | None:
    """Return what one yuan of paid sales leaves, at least 0; None if no margin is known.

    It is for sales not counted in orders; the costs per order (parcels, insurance, returns) are left out.
    """
    margin = shop.margin_of(item)
    if margin is None:
        return None
    by_share = costs_of(shop)._replace(ship=0.0, insurance=0.0, return_cost=0.0)
    return max(0.0, OrderValue(1.0, 1.0 - margin, refunds_of(shop, item, refunds), by_share).share)


def mixed(orders: Iterable[tuple[float, OrderValue]], paid: float) -> OrderValue | None:
    """Return an order worth ``paid`` yuan that averages several kinds of orders by their sales.

    None if there are no sales. The other costs are the same for all kinds; they are taken from the first.
    """
    parts = [(weight, one.at(paid)) for weight, one in orders if weight > 0]
    whole = math.fsum(weight for weight, _ in parts)
    if not whole:
        return None
    goods, before, after = (
        math.fsum(weight * get for weight, get in rows) / whole
        for rows in (
            [(weight, one.goods) for weight, one in parts],
            [(weight, one.refunds.before) for weight, one in parts],
            [(weight, one.refunds.after) for weight, one in parts],
        )
    )
    return OrderValue(paid, goods, RefundShares(before, after), parts[0][1].costs)
