"""What the morning's orders show: orders not paid yet, and hours in which visitors buy more."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from core.answers.answer import Finding, Proposal, Table, TableColumn, finding
from core.language import message
from core.language.message import Words, say
from core.shop.settings import Shop
from core.statistics.distributions import student_cdf
from core.topics.evening.usual_hours import of_hours, usual_days

if TYPE_CHECKING:
    import pandas as pd

MORNING: Final = range(8, 12)
"""The hours looked at: those in which bids can still be changed before noon."""
FEWEST: Final = 10
"""The fewest days of data for a statement about an hour (a judgement)."""
DOUBT: Final = 0.002
"""The probability of a false statement about one hour; less than 1 % for four hours of a morning.

Set by judgement.
"""
_OPEN: Final = "等待买家付款|待付款"


@dataclass(frozen=True, slots=True)
class Unpaid:
    """The orders of today that are waiting for payment in the newest order list."""

    orders: int
    amount: float
    oldest: datetime
    as_of: datetime


@dataclass(frozen=True, slots=True)
class MorningHour:
    """One hour of the morning, with its figures over usual days."""

    hour: int
    days: int
    visitors: float
    conversion: float
    usual: float
    """The conversion of the whole day on the same days."""
    better: bool
    """Whether it converts better than the whole day beyond chance."""
    cost_share: float | None
    """Its share of the day's ad spend; None if the spend is not known."""
    order_share: float


def unpaid(frame: pd.DataFrame, today: date) -> Unpaid | None:
    """Return the orders created today that wait for payment.

    None if there are none or if the list does not reach today.
    """
    of_today = frame[frame["created"].dt.date == today]
    waiting = of_today[of_today["paid"].isna() & of_today["status"].fillna("").str.contains(_OPEN)]
    if waiting.empty:
        return None
    known = [one for name in ("created", "paid") for one in of_today[name].dropna()]
    return Unpaid(
        len(waiting),
        float(waiting["amount"].sum()),
        waiting["created"].min().to_pydatetime(),
        max(known).to_pydatetime(),
    )


def morning_hours(frame: pd.DataFrame, shop: Shop, today: date) -> list[MorningHour]:
    """Return the morning's hours with their conversion on usual days; empty if there are too few such days.

    An hour converts better if its daily differences from the whole day's conversion exceed chance (paired
    Student's t over days).
    """
    visitors, buyers = of_hours(frame, "visitors"), of_hours(frame, "buyers")
    costs = of_hours(frame, "ad_cost")
    days = [day for day in usual_days(visitors, shop, today) if day in buyers and sum(visitors[day]) > 0]
    found = [_hour(hour, days, visitors, buyers, costs) for hour in MORNING]
    return [one for one in found if one is not None]


def findings(waiting: Unpaid | None, hours: Sequence[MorningHour], today: date) -> list[Finding[Words]]:
    """Return findings on orders to follow up and on hours worth bidding for."""
    found: list[Finding[Words]] = []
    if waiting is not None:
        text = message.plural(
            "{n} order of today is unpaid ({money}), placed at {clock} (as of {as_of}).",
            "{n} orders of today are unpaid ({money}), the oldest placed at {clock} (as of {as_of}).",
            waiting.orders,
            money=message.money(waiting.amount),
            clock=f"{waiting.oldest:%H:%M}",
            as_of=f"{waiting.as_of:%H:%M}",
        )
        ask = Proposal(
            "service",
            say("Remind this morning's buyers who have not paid, one message each"),
            due=today.isoformat(),
        )
        found.append(finding("hands_on", "unpaid", "watch", text, ask))
    if best := [one for one in hours if one.better]:
        first = max(best, key=lambda one: one.conversion - one.usual)
        text = say(
            "Conversion is highest at {hours}: {rate} around {hour}:00, {usual} over the whole day.",
            hours=message.listing([f"{one.hour}:00–{one.hour + 1}:00" for one in best]),
            hour=first.hour,
            rate=message.percent(first.conversion, 2),
            usual=message.percent(first.usual, 2),
        )
        if first.cost_share is not None:
            more = say(
                "That hour has {orders} of the day's orders and {cost} of its ad spend.",
                orders=message.percent(first.order_share, 0),
                cost=message.percent(first.cost_share, 0),
            )
            text = message.sentences([text, more])
        asks: tuple[Proposal[Words], ...] = ()
        if first.cost_share is not None and first.cost_share < first.order_share:
            ask = Proposal(
                "promotion",
                say(
                    "Raise the bids for {hour}:00 (bids by time of day), and check the ROI of that hour",
                    hour=first.hour,
                ),
            )
            asks = (ask,)
        found.append(finding("hands_on", "hours", "info", text, *asks))
    return found


def table(hours: Sequence[MorningHour]) -> tuple[Table[Words], ...]:
    """Return the morning's hours as a table; empty if there are no hours."""
    if not hours:
        return ()
    columns = (
        TableColumn(say("Hour"), id="hour"),
        TableColumn(say("Visitors a day"), "count", "visitors"),
        TableColumn(say("Conversion"), "rate", "conversion"),
        TableColumn(say("Whole day"), "rate", "usual"),
        TableColumn(say("Share of orders"), "rate", "order_share"),
        TableColumn(say("Share of ad spend"), "rate", "cost_share"),
    )
    rows = tuple(
        (
            f"{one.hour}:00",
            round(one.visitors, 1),
            round(one.conversion, 4),
            round(one.usual, 4),
            round(one.order_share, 3),
            None if one.cost_share is None else round(one.cost_share, 3),
        )
        for one in hours
    )
    return (Table(say("The morning by hour, on usual days"), columns, rows),)


def _hour(
    hour: int,
    days: Sequence[date],
    visitors: Mapping[date, Sequence[float]],
    buyers: Mapping[date, Sequence[float]],
    costs: Mapping[date, Sequence[float]],
) -> MorningHour | None:
    used = [day for day in days if visitors[day][hour] > 0]
    if len(used) < FEWEST:
        return None
    came, bought = sum(visitors[day][hour] for day in used), sum(buyers[day][hour] for day in used)
    everyone, orders = sum(sum(visitors[day]) for day in used), sum(sum(buyers[day]) for day in used)
    gaps = [buyers[day][hour] / visitors[day][hour] - sum(buyers[day]) / sum(visitors[day]) for day in used]
    paid = [day for day in used if day in costs]
    spent = sum(sum(costs[day]) for day in paid)
    return MorningHour(
        hour=hour,
        days=len(used),
        visitors=came / len(used),
        conversion=bought / came,
        usual=orders / everyone,
        better=_above_chance(gaps),
        cost_share=sum(costs[day][hour] for day in paid) / spent if spent > 0 else None,
        order_share=bought / orders if orders > 0 else 0.0,
    )


def _above_chance(gaps: Sequence[float]) -> bool:
    """Return whether the mean of the differences exceeds zero beyond chance."""
    n = len(gaps)
    mean = sum(gaps) / n
    scatter = math.sqrt(sum((one - mean) ** 2 for one in gaps) / (n - 1))
    if scatter == 0:
        return False
    return 1 - student_cdf(mean / (scatter / math.sqrt(n)), n - 1) < DOUBT
