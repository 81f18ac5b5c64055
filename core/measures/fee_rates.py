"""Fee rates computed from the last closed month of the platform's fee bill.

They replace the fee rates in shop.toml.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.measures.net_sales import NetSales
from core.measures.order_value import ShopRefunds
from core.shop.settings import MoneySettings, Shop

if TYPE_CHECKING:
    import pandas as pd

BASE: Final = "基础软件服务费"
CATEGORY: Final = "天猫佣金|类目佣金|类目服务费"
POINTS: Final = "返点积分"
INSURANCE: Final = "消费者体验提升计划|运费险|退货宝"


class Bill(NamedTuple):
    """The fees of a closed month on the platform's bill, in yuan."""

    month: str
    confirmed: float
    """The confirmed sales (确认收货) that the base fee was charged on; 0 if the bill does not state them."""
    base: float
    category: float
    points: float
    insurance: float


def bill_of(frame: pd.DataFrame, today: date) -> Bill | None:
    """Return the newest month of the bill that is before the month of ``today``; None if there is none."""
    first = today.replace(day=1)
    closed = frame[frame["date"].dt.date < first]
    if closed.empty:
        return None
    newest = closed["date"].max()
    rows = closed[(closed["date"].dt.year == newest.year) & (closed["date"].dt.month == newest.month)]

    def sums(pattern: str, column: str = "net") -> float:
        return float(rows.loc[rows["category"].str.contains(pattern), column].fillna(0.0).sum())

    return Bill(
        f"{newest:%Y-%m}",
        sums(BASE, "turnover"),
        sums(BASE),
        sums(CATEGORY),
        sums(POINTS),
        sums(INSURANCE),
    )


def calibrated(money: MoneySettings, bill: Bill, confirmed: float, shipped: float) -> MoneySettings:
    """Return the money settings with the fee rates computed from the bill.

    ``confirmed`` is the confirmed sales and ``shipped`` the number of parcels of the bill's month. A fee
    keeps the rate set in ``money`` if it is not on the bill, or if it would be as large as the sales.
    """

    def rate(fee: float, typed: float | None) -> float | None:
        return fee / confirmed if confirmed > 0 and 0 < fee < confirmed else typed

    return money._replace(
        base_fee=rate(bill.base, money.base_fee),
        category_fee=rate(bill.category, money.category_fee),
        points=rate(bill.points, money.points),
        insurance=bill.insurance / shipped if shipped > 0 and bill.insurance > 0 else money.insurance,
    )


class Billed(NamedTuple):
    """The shop with the fee rates to calculate with, and the bill they were taken from."""

    shop: Shop
    bill: Bill | None
    """The newest closed bill; None if there is none."""
    used: bool
    """Whether the shop's rates are those of the bill; a bill with fees above its sales is not used."""


def billed(
    frame: pd.DataFrame | None,
    net: NetSales,
    orders: Mapping[date, float],
    shares: ShopRefunds,
    shop: Shop,
    today: date,
) -> Billed:
    """Return the shop with the rates of its newest closed bill; ``orders`` are the paid orders by day."""
    bill = None if frame is None else bill_of(frame, today)
    if bill is None:
        return Billed(shop, None, used=False)
    days = [day for day in net.paid if f"{day:%Y-%m}" == bill.month]
    month = net.of(days) if days else None
    shipped = sum(orders.get(day, 0.0) for day in days) * (1.0 - shares.of().before)
    confirmed = 0.0 if month is None else month.net
    taken = bill.base + bill.category + bill.points
    if taken >= (bill.confirmed or confirmed) > 0:
        return Billed(shop, bill, used=False)
    return Billed(with_bill(shop, bill, confirmed, shipped), bill, used=True)


def is_last_month(bill: Bill, today: date) -> bool:
    """Return whether the bill is for the month before that of ``today``."""
    return bill.month == f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def with_bill(shop: Shop, bill: Bill, confirmed: float, shipped: float) -> Shop:
    """Return the shop with the fee rates computed from the bill.

    They are shares of the sales stated on the bill or, if it states none, of ``confirmed``.
    """
    return shop._replace(money=calibrated(shop.money, bill, bill.confirmed or confirmed, shipped))
