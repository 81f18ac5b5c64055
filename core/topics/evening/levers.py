"""Lawful ways to win more orders in an evening, each with what is known about its effect."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, Proposal, finding
from core.journal.projections import Past
from core.language import message
from core.language.message import Value, Words, say
from core.measures import baseline
from core.measures.order_value import ShopRefunds, order_value
from core.shop.settings import Shop
from core.statistics.distributions import Rate, rate
from core.topics.evening.day_end import Ending
from core.topics.evening.day_so_far import SoFar

if TYPE_CHECKING:
    import pandas as pd

CART_DAYS = 3
AWAY = (14, 60)
"""The days since their last order (from, to) in which former buyers are contacted (a judgement)."""
FEWEST_UNPAID = 20
"""The minimum number of unpaid orders on earlier days for a recovery rate."""
LATEST_HOUR = 22.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Levers:
    """What can still bring orders tonight, and what is known about each way."""

    unpaid: float | None
    recovery: Rate | None
    """The share of orders unpaid at this hour that were still paid before midnight, on usual days."""
    carts: float | None
    """The number of people who put something into the cart in the last three days."""
    asleep: int | None
    """The number of buyers whose last order was 14 to 60 days ago."""
    per_order: float | None
    """The yuan an order leaves after refunds and costs; None if unknown or if nothing is left."""
    aov: float | None


def levers(
    now: SoFar,
    ending: Ending,
    orders: pd.DataFrame | None,
    days: pd.DataFrame | None,
    shop: Shop,
    today: date,
    refunds: ShopRefunds | None = None,
) -> Levers:
    """Return the ways to win orders tonight, with what is known about each."""
    order = order_value(shop, ending.aov, refunds=refunds)
    return Levers(
        unpaid=now.unpaid,
        recovery=None if orders is None else recovery(orders, ending, today),
        carts=None if days is None else _carts(days, today),
        asleep=None if orders is None else _asleep(orders, today),
        per_order=None if order is None or order.value <= 0 else order.value,
        aov=ending.aov,
    )


def recovery(orders: pd.DataFrame, ending: Ending, today: date) -> Rate | None:
    """Return the share of orders unpaid at this hour that were paid the same day, on usual days.

    None if there are too few such orders.
    """
    import pandas as pd

    rows = orders[orders["created"].notna() & (orders["created"].dt.date < today)]
    rows = rows[rows["created"].dt.date.isin(set(ending.usual.days))]
    midnight = rows["created"].dt.normalize()
    at = midnight + pd.Timedelta(minutes=round(ending.hour * 60))
    waiting = rows[(rows["created"] < at) & (rows["paid"].isna() | (rows["paid"] >= at))]
    paid = waiting["paid"] < waiting["created"].dt.normalize() + pd.Timedelta(days=1)
    return rate(int(paid.sum()), len(waiting)) if len(waiting) >= FEWEST_UNPAID else None


def _carts(days: pd.DataFrame, today: date) -> float | None:
    known = baseline.column(days, "cart_buyers")
    recent = [known[day] for n in range(1, CART_DAYS + 1) if (day := today - timedelta(days=n)) in known]
    return math.fsum(recent) if recent else None


def _asleep(orders: pd.DataFrame, today: date) -> int | None:
    paid = orders[orders["paid"].notna() & (orders["buyer"] != "")]
    last = paid.groupby("buyer")["paid"].max().dt.date
    if last.empty:
        return None
    gone = [(today - day).days for day in last if isinstance(day, date)]
    return sum(AWAY[0] <= days <= AWAY[1] for days in gone)


def findings(found: Levers, ending: Ending, past: Past, shop: Shop, today: date) -> list[Finding[Words]]:
    """Return findings on the ways worth using to win the missing orders.

    If the target is likely, or if it is too late in the evening, only the reminder about unpaid orders is
    returned. If the target is out of reach, a finding says so. Empty once the day is over.
    """
    if ending.hour >= 24:  # noqa: PLR2004 - the day is over
        return []
    said = _unpaid(found, today)
    chance, short = ending.chance, ending.short
    on_its_way = chance is None or chance >= shop.thresholds.likely or not short
    if on_its_way or ending.hour >= LATEST_HOUR:
        return said
    if (chance or 0.0) < 0.05:  # noqa: PLR2004 - one evening in twenty
        text = say(
            "The target needs {n} more orders than the evening brings by itself, and no legal "
            "means can bring that in one night. Do not discount for it; plan for tomorrow.",
            n=message.count(short),
        )
        return [*said, finding("order_gap", "out_of_reach", "info", text)]
    return [
        *said,
        *_carts_said(found, short or 0, today),
        *_asleep_said(found, short or 0, today),
        *_ads(past),
    ]


def _unpaid(found: Levers, today: date) -> list[Finding[Words]]:
    if not found.unpaid:
        return []
    values: dict[str, Value] = {"n": message.count(found.unpaid)}
    ask = Proposal(
        "service",
        say("Remind the {n} unpaid buyers by 22:00, one message each", **values),
        metric="paid_share",
        direction="up",
        due=today.isoformat(),
    )
    if found.recovery is None:
        text = message.plural(
            "{n} order is not paid yet: remind the buyer.",
            "{n} orders are not paid yet: remind the buyers.",
            round(found.unpaid),
        )
        return [finding("order_gap", "unpaid", "watch", text, ask)]
    usual = found.unpaid * found.recovery.value
    text = message.plural(
        "{n} order is not paid yet. Of such orders, {rate} are paid the same night anyway: about "
        "{usual}, already in the forecast. A reminder can win some of the other {rest}.",
        "{n} orders are not paid yet. Of such orders, {rate} are paid the same night anyway: about "
        "{usual}, already in the forecast. A reminder can win some of the other {rest}.",
        round(found.unpaid),
        rate=message.rate_of(
            found.recovery.hits, found.recovery.trials, found.recovery.low, found.recovery.high
        ),
        usual=message.count(usual),
        rest=message.count(found.unpaid - usual),
    )
    return [finding("order_gap", "unpaid", "watch", text, ask)]


def _carts_said(found: Levers, short: int, today: date) -> list[Finding[Words]]:
    if not found.carts:
        return []
    text: Words = message.plural(
        "{people} people added something to the cart in three days; the target needs {n} more order.",
        "{people} people added something to the cart in three days; the target needs {n} more orders.",
        short,
        people=message.count(found.carts),
    )
    if found.per_order is not None:
        more = say(
            "An order earns {left}: a coupon of {half} gives half of that away, also to buyers who "
            "would have bought anyway.",
            left=message.money(round(found.per_order)),
            half=message.money(round(found.per_order / 2)),
        )
        text = message.sentences([text, more])
    ask = Proposal(
        "operator",
        say(
            "Offer a coupon for items in carts and favourites from 21:30 to midnight; claim no "
            "price below the lowest of the last seven days"
        ),
        metric="buyers",
        direction="up",
        due=today.isoformat(),
    )
    return [finding("order_gap", "carts", "watch", text, ask)]


def _asleep_said(found: Levers, short: int, today: date) -> list[Finding[Words]]:
    if not found.asleep:
        return []
    text = message.plural(
        "{buyers} buyers ordered between two weeks and two months ago and not since; the target "
        "needs {n} more order.",
        "{buyers} buyers ordered between two weeks and two months ago and not since; the target "
        "needs {n} more orders.",
        short,
        buyers=message.count(found.asleep),
    )
    ask = Proposal(
        "content",
        say("Write to the groups of returning customers tonight: one item, one reason, no discount at first"),
        metric="returning",
        direction="up",
        due=today.isoformat(),
    )
    return [finding("order_gap", "groups", "info", text, ask)]


def _ads(past: Past) -> list[Finding[Words]]:
    """Return the finding that repeats the evening's verdict on ads; empty if there is none."""
    shown = past.said("evening_ads")
    if shown is None or shown.verdict.level == "nodata":
        return []
    text = say("What was decided about ads earlier this evening: {verdict}", verdict=shown.verdict.text)
    return [finding("order_gap", "ads", "info", text)]
