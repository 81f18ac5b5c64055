"""The figures of a finished day, for looking back on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Number
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.net_sales import net_sales
from core.shop.settings import Shop
from core.topics.sales.month.findings import share_words
from core.topics.sales.month.progress import month_of
from core.topics.sales.net_target import NetMonth, net_month

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class DayOver:
    """The figures of a finished day; fields are None if unknown."""

    gmv: float
    target: float | None
    visitors: float | None
    buyers: float | None
    orders: int | None
    """The number of orders paid on that day."""
    refunded: float | None
    """The refunds of these orders in yuan, up to when the file was exported."""
    after: NetMonth | None = None
    """The day after refunds; None unless it is judged by net sales."""

    @property
    def reached(self) -> bool | None:
        """Return whether the day reached its target, or probably did; None if that is unknown."""
        if self.after is not None:
            called = self.after.called
            return None if called in (None, "open") else called in ("met", "leans_met")
        return None if not self.target else self.gmv >= self.target


def day_over(
    days: pd.DataFrame,
    orders: pd.DataFrame | None,
    shop: Shop,
    day: date,
    refunds: pd.DataFrame | None = None,
) -> DayOver | None:
    """Return the figures of a finished day; None if its sales are not imported yet."""
    sales = baseline.column(days, "gmv")
    if day not in sales:
        return None
    month = month_of(sales, shop, day)
    paid = None if orders is None else orders[orders["paid"].dt.date == day]
    known = paid is not None and len(paid) > 0
    return DayOver(
        gmv=sales[day],
        target=None if month is None else float(month.target),
        visitors=baseline.column(days, "visitors").get(day),
        buyers=baseline.column(days, "buyers").get(day),
        orders=len(paid) if paid is not None and known else None,
        refunded=float(paid["refund_amount"].sum())
        if paid is not None and known and paid["refund_amount"].notna().any()
        else None,
        after=judged_after(days, refunds, shop, day),
    )


def judged_after(days: pd.DataFrame, refunds: pd.DataFrame | None, shop: Shop, day: date) -> NetMonth | None:
    """Return the day and its month after refunds; None unless they are judged by net sales."""
    if not shop.judged_net(day):
        return None
    net = net_sales(days, refunds, shop, day + timedelta(days=1))
    return net_month(net.paid, net, shop, day)


def sold_words(over: DayOver) -> Words:
    """Return the text on the day's sales, as the beginning of a sentence."""
    if over.after is not None and over.after.target:
        net, target = over.after.yesterday.net, over.after.target
        return say(
            "Sold {gmv}, about {net} after refunds, {share} of the day's net target of {target}",
            gmv=message.money(over.gmv),
            net=message.money(round(net)),
            share=share_words(net / target),
            target=message.money(target),
        )
    if over.target:
        return say(
            "Sold {gmv}, {share} of the day's target of {target}",
            gmv=message.money(over.gmv),
            share=message.percent(over.gmv / over.target, 0),
            target=message.money(over.target),
        )
    return say("Sold {gmv}", gmv=message.money(over.gmv))


def over_numbers(over: DayOver) -> list[Number[Words]]:
    """Return the known figures of the day."""
    numbers: list[Number[Words]] = [Number(say("Sales of the day"), "CNY", over.gmv, reference=over.target)]
    for name, unit, value in (
        (say("Visitors"), "count", over.visitors),
        (say("Buyers"), "count", over.buyers),
        (say("Orders paid"), "count", over.orders),
        (say("Refunds so far on this day's orders"), "CNY", over.refunded),
    ):
        if value is not None:
            numbers.append(Number(name, unit, value))
    return numbers
