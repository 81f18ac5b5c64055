"""Fee rates from the last closed month of the fee bill; they take the place of typed rates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, NamedTuple

from core.shop.settings import MoneySettings, Shop

if TYPE_CHECKING:
    import pandas as pd

BASE: Final = "基础软件服务费"
CATEGORY: Final = "天猫佣金|类目佣金|类目服务费"
POINTS: Final = "返点积分"
INSURANCE: Final = "消费者体验提升计划|运费险|退货宝"


class Bill(NamedTuple):
    """A closed month of the fee bill, in yuan."""

    month: str
    confirmed: float
    """The confirmed money that the base fee was taken of; 0 if the bill does not say."""
    base: float
    category: float
    points: float
    insurance: float


def bill_of(frame: pd.DataFrame, today: date) -> Bill | None:
    """Return the newest month of the bill before the one of ``today``; None if there is none."""
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
    """Return the settings with the rates of the bill.

    ``confirmed`` is the confirmed money and ``shipped`` the parcels of the bill's month; a fee the bill does
    not have, or one of all the money or more, stays as it is set.
    """

    def rate(fee: float, typed: float | None) -> float | None:
        return fee / confirmed if confirmed > 0 and 0 < fee < confirmed else typed

    return money._replace(
        base_fee=rate(bill.base, money.base_fee),
        category_fee=rate(bill.category, money.category_fee),
        points=rate(bill.points, money.points),
        insurance=bill.insurance / shipped if shipped > 0 and bill.insurance > 0 else money.insurance,
    )


def is_last_month(bill: Bill, today: date) -> bool:
    """Return whether the bill is of the month before the one of ``today``."""
    return bill.month == f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"


def with_bill(shop: Shop, bill: Bill, confirmed: float, shipped: float) -> Shop:
    """Return the shop with the bill's rates; without turnover on the bill they are of ``confirmed``."""
    return shop._replace(money=calibrated(shop.money, bill, bill.confirmed or confirmed, shipped))
