"""The shares of paid orders refunded before and after dispatch, for the shop and for each item.

The fewer orders an item has, the more its rate is shrunk to the shop's.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from core.language import message
from core.language.message import Value, Words, say
from core.measures.net_sales import NetSales, applications, net_sales
from core.measures.order_value import DAYS_BACK, RefundShares, ShopRefunds, typed_refunds
from core.shop.settings import Shop

if TYPE_CHECKING:
    import pandas as pd

ITEM_DAYS: Final = 28
FEWEST_KINDS: Final = 20
"""Minimum number of refunds with a known kind for using the shop's own share before dispatch."""


ENOUGH_DAYS: Final = 28
"""The fewest days of a refund list whose shares go before the typed rate."""
ENOUGH: Final = 20
"""The fewest refunds of such a list [judgement]."""
SHELF_DAYS: Final = 1
"""Days from the end of a return until the piece is checked and can be sold [judgement]."""
DAYS_RANGE: Final = (5, 30)
"""The limits of the shop's own days until a piece is back."""


def measured_refunds(
    days: pd.DataFrame, refunds: pd.DataFrame | None, items: pd.DataFrame | None, shop: Shop, today: date
) -> ShopRefunds:
    """Return the refund shares used to value orders: measured if there are enough data, else as set.

    ``days`` are the shop's daily figures. A refund list of less than four weeks or 20 refunds counts only if
    shop.toml sets no refund rate.
    """
    net = net_sales(days, refunds, shop, today, ranges=False)
    if net.basis == "list" and net.since is not None and refunds is not None:
        covered, counted = (today - net.since).days, len(applications(refunds, today))
        enough = covered >= ENOUGH_DAYS and counted >= ENOUGH
        if enough or not shop.refund_rate:
            found = refund_shares(net, refunds, items, today)
            return replace(found, basis="list" if enough else "short", days=covered, counted=counted)
        return ShopRefunds(typed_refunds(shop.refund_rate), {}, "short", covered, counted)
    return refund_shares(net, None, None, today)


def refund_shares(
    net: NetSales, refunds: pd.DataFrame | None, items: pd.DataFrame | None, today: date
) -> ShopRefunds:
    """Return the refund shares of the shop and its items.

    Without a refund list, the typed rate of the shop applies to all items.
    """
    if net.basis != "list" or refunds is None:
        return ShopRefunds(typed_refunds(net.rate), {}, "rough" if net.basis == "rough" else "typed")
    rows = applications(refunds, today)
    early, back, returned = before_share(rows), days_back(rows), returned_share(rows)
    whole = RefundShares(net.rate * early, net.rate * (1.0 - early))
    stays = {day: 1.0 - net.to_come[day] / left for day in net.developed if (left := _left(net, day)) > 0}
    if items is None or net.upto is None:
        return ShopRefunds(whole, {}, "list", days_back=back, returned=returned, stays=stays)
    rates = item_rates(rows, items, net, today)
    shares = {item: RefundShares(rate * early, rate * (1.0 - early)) for item, rate in rates.items()}
    return ShopRefunds(whole, shares, "list", days_back=back, returned=returned, stays=stays)


def _left(net: NetSales, day: date) -> float:
    """Return the money of a payment day that is not refunded so far."""
    return net.paid[day] - net.known.get(day, 0.0)


def returned_share(rows: pd.DataFrame) -> float:
    """Return the share of refunds after dispatch whose goods come back, by the kind of refund in the list.

    1 if fewer than 20 refunds after dispatch have a known kind.
    """
    back = rows["kind"].str.contains("退货") | (rows["back_number"] != "")
    left = back | (rows["sent_number"] != "") | rows["goods_state"].str.contains("已收到|已签收")
    weight = rows["weight"].where(left & ((rows["kind"] != "") | back), 0.0)
    whole = float(weight.sum())
    return float(weight.where(back, 0.0).sum()) / whole if whole >= FEWEST_KINDS else 1.0


def days_back(rows: pd.DataFrame) -> int:
    """Return the days from payment until a returned piece can be sold again.

    It is the median duration of the shop's own closed returns, plus one day for checking the piece; 14 if
    fewer than 20 returns are closed.
    """
    done = rows[rows["kind"].str.contains("退货") & rows["closed"].notna() & (rows["weight"] >= 1.0)]
    if len(done) < FEWEST_KINDS:
        return DAYS_BACK
    usual = float((done["closed"].dt.normalize() - done["day"]).dt.days.median())
    least, most = DAYS_RANGE
    return round(min(most, max(least, usual + SHELF_DAYS)))


def limit(refunds: ShopRefunds | None, shop: Shop) -> tuple[Words, ...]:
    """Return the text on the source of the refund rate used to value orders; empty without a margin."""
    if refunds is None or shop.margin is None:
        return ()
    values: dict[str, Value] = {
        "rate": message.percent(1.0 - refunds.shop.kept, 0),
        "before": message.percent(refunds.shop.before, 0),
        "after": message.percent(refunds.shop.after, 0),
        "days": refunds.days,
    }
    if refunds.basis == "list":
        return (
            say(
                "What an order leaves after costs is calculated from your own refunds of {days} days: "
                "{before} of orders are refunded before dispatch, {after} after dispatch; items with "
                "enough orders have their own shares.",
                **values,
            ),
        )
    if refunds.basis == "rough":
        return (
            say(
                "There is no refund list: what an order leaves after costs is calculated with the refund "
                "rate of the last four weeks ({rate}, by the day refunds are completed).",
                **values,
            ),
        )
    if refunds.basis == "short":
        return (_short(refunds, shop, values),)
    if shop.refund_rate:
        return (
            say(
                "There is no refund list: what an order leaves after costs is calculated with the refund "
                "rate in the settings ({rate}).",
                **values,
            ),
        )
    return (
        say(
            "There is neither a refund list nor a refund rate in shop.toml: what an order leaves after "
            "costs is calculated without refunds, so it is too high."
        ),
    )


def _short(refunds: ShopRefunds, shop: Shop, values: dict[str, Value]) -> Words:
    if shop.refund_rate:
        return message.plural(
            "The refund list covers only {days} days with {n} refund: what an order leaves after costs "
            "is calculated with the refund rate in the settings ({rate}).",
            "The refund list covers only {days} days with {n} refunds: what an order leaves after costs "
            "is calculated with the refund rate in the settings ({rate}).",
            refunds.counted,
            **values,
        )
    return message.plural(
        "The refund list covers only {days} days with {n} refund: what an order leaves after costs is "
        "calculated with a refund rate of {rate}, which is only rough.",
        "The refund list covers only {days} days with {n} refunds: what an order leaves after costs is "
        "calculated with a refund rate of {rate}, which is only rough.",
        refunds.counted,
        **values,
    )


def before_share(rows: pd.DataFrame) -> float:
    """Return the share of refunds that came before dispatch, by parcel number, goods state and refund kind.

    Refunds without any of these are left out; if too few are left, 40 % is assumed.
    """
    sent = rows["sent_number"] != ""
    returned = rows["kind"].str.contains("退货") | (rows["back_number"] != "")
    received = rows["goods_state"].str.contains("已收到|已签收")
    told = sent | returned | (rows["kind"] != "") | (rows["goods_state"] != "")
    weight = rows["weight"].where(told, 0.0)
    whole = float(weight.sum())
    if whole < FEWEST_KINDS:
        return typed_refunds(1.0).before
    return float(weight.where(~(sent | returned | received), 0.0).sum()) / whole


def item_rates(rows: pd.DataFrame, items: pd.DataFrame, net: NetSales, today: date) -> dict[str, float]:
    """Return each item's final refund rate from orders of the last four weeks, shrunk to the shop's rate."""
    import numpy as np

    from core.statistics import refund_development as development

    first = today - timedelta(days=ITEM_DAYS)
    when = items["date"].dt.date
    sold = items[(when >= first) & (when < today)]
    share = sold["date"].dt.date.map(lambda day: net.developed.get(day, 0.0)).astype(float)
    exposure = (sold["buyers"].fillna(0.0) * share).groupby(sold["item"]).sum()
    paid = rows[(rows["date_paid"] >= first) & (rows["item"] != "")]
    seen = paid.groupby("item")["weight"].sum()
    names = [str(item) for item in exposure.index]
    n = np.array([float(seen.get(item, 0.0)) for item in names])
    e = np.array([float(exposure[item]) for item in names])
    pool = float(n.sum() / e.sum()) if e.sum() > 0 else net.rate
    strength = development.item_strength(n, e, pool)
    scale = net.rate / pool if pool > 0 else 1.0
    return {
        item: min(0.98, scale * development.shrunk_rate(float(k), float(m), pool, strength))
        for item, k, m in zip(names, n, e, strict=True)
    }
