"""Returned pieces that can be sold again, as part of an item's demand; only with a refund list."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.language import message
from core.language.message import Words, say
from core.measures.order_value import ShopRefunds
from core.measures.usual_days import size
from core.shop.settings import Shop
from core.statistics.returning_goods import ReturningGoods, returning
from core.topics.stock.pace import Pace

if TYPE_CHECKING:
    import pandas as pd

RESALE: Final = 0.95
"""Share of returned pieces that can be sold again, unless [money] resale_loss is set [judgement]."""


def resale(shop: Shop) -> float:
    """Return the share of returned pieces that can be sold again."""
    lost = shop.money.resale_loss
    return RESALE if lost is None else 1.0 - lost


def with_returns(
    paces: Mapping[str, Pace], items: pd.DataFrame, refunds: ShopRefunds | None, shop: Shop, today: date
) -> dict[str, Pace]:
    """Return the paces with the expected returns of pieces sold; unchanged without a usable refund list."""
    if refunds is None or refunds.basis != "list":
        return dict(paces)
    sold = _sold(items, refunds.days_back, today)
    known = {when for when in items["date"].dt.date if isinstance(when, date)}
    days = [today - timedelta(days=age) for age in range(1, refunds.days_back + 1)]
    missing = {(today - day).days: size(shop, day) for day in days if day not in known}
    found = {}
    for item, pace in paces.items():
        guessed = {
            age: (pace.demand.mean or 0.0) * sized for age, sized in missing.items() if sized < math.inf
        }
        own = _returning(item, {**guessed, **sold.get(item, {})}, refunds, shop)
        raised = None if pace.raised is None else replace(pace.raised, returning=own)
        found[item] = replace(pace, demand=replace(pace.demand, returning=own), raised=raised)
    return found


def _returning(item: str, sold: Mapping[int, float], refunds: ShopRefunds, shop: Shop) -> ReturningGoods:
    shares = refunds.of(item)
    back = shares.after * refunds.returned
    return returning(shares.before, back, resale(shop), refunds.days_back, sold)


def _sold(items: pd.DataFrame, days: int, today: date) -> dict[str, dict[int, float]]:
    """Return the units sold by item and age of the day, over the last ``days`` days."""
    when = items["date"].dt.date
    recent = items[(when >= today - timedelta(days=days)) & (when < today) & items["units"].notna()]
    found: dict[str, dict[int, float]] = {}
    for item, day, units in zip(recent["item"], recent["date"].dt.date, recent["units"], strict=True):
        found.setdefault(str(item), {})[(today - day).days] = float(units)
    return found


def limits(refunds: ShopRefunds | None, shop: Shop) -> tuple[Words, ...]:
    """Return the text on how returned pieces reduce what to order; empty if they are not counted."""
    if refunds is None or refunds.basis != "list":
        return ()
    return (
        say(
            "Returns count as stock: {before} of orders are refunded before dispatch and never leave, "
            "{after} come back, {resale} of those fit for sale again, {days} days after payment. Items with "
            "enough orders have their own shares.",
            before=message.percent(refunds.shop.before, 0),
            after=message.percent(refunds.shop.after * refunds.returned, 0),
            resale=message.percent(resale(shop), 0),
            days=refunds.days_back,
        ),
    )
