"""Paid orders whose parcel has not been sent, as of the newest order in the file."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say
from core.measures.net_sales import CANCELLED

if TYPE_CHECKING:
    import pandas as pd

LATE = timedelta(hours=24)
"""The time after payment from which an order not sent keeps its buyer waiting (a judgement)."""
OWED = timedelta(hours=48)
"""The platform's usual limit for dispatch after payment (unverified: an item may promise another)."""
FORGOTTEN = timedelta(days=30)
"""Unsent orders older than this are remnants in the export, such as goods sold in advance."""
_WAITS = re.compile(r"等待(?:卖家|商家)发货|待发货")


@dataclass(frozen=True, slots=True)
class Unsent:
    """Figures on the paid orders that are not sent yet, as of the newest order of the file.

    Only orders paid more than a day before that time count.
    """

    late: int
    owed: int
    """How many of them were paid over two days before it."""
    oldest: date | None
    as_of: datetime | None
    """The newest time in the file; None if it has none."""


def given_back(refunds: pd.DataFrame | None) -> frozenset[str]:
    """Return the orders whose whole amount was asked back, and not withdrawn: nothing is to be sent."""
    if refunds is None or refunds.empty or "paid_amount" not in refunds:
        return frozenset()
    rows = refunds[~refunds["status"].str.contains(CANCELLED) & (refunds["paid_amount"] > 0)]
    whole = rows.groupby("order").agg(back=("amount", "sum"), paid=("paid_amount", "max"))
    return frozenset(str(order) for order in whole.index[whole["back"] >= whole["paid"] - 0.005])


def unsent(frame: pd.DataFrame, today: date, back: Collection[str] = ()) -> Unsent:
    """Return the paid orders whose parcel has not been sent.

    Orders in ``back`` need not be sent and do not count; see :func:`given_back`.
    """
    known = [moment for name in ("created", "paid") for moment in frame[name].dropna()]
    moments = [one.to_pydatetime() for one in known if one.date() <= today]
    if not moments:
        return Unsent(0, 0, None, None)
    as_of = max(moments)
    waiting = frame[frame["status"].str.contains(_WAITS) & frame["paid"].notna()]
    waiting = waiting[~waiting["order"].isin(back)]
    ages = [as_of - one.to_pydatetime() for one in waiting["paid"]]
    late = [age for age in ages if LATE < age <= FORGOTTEN]
    oldest = (as_of - max(late)).date() if late else None
    return Unsent(len(late), sum(age > OWED for age in late), oldest, as_of)


def of_unsent(found: Unsent | None, today: date) -> list[Finding[Words]]:
    """Return the finding on paid orders not sent for more than a day; empty if there are none."""
    if found is None or not found.late:
        return []
    text: Words = message.plural(
        "{n} paid order has not been sent for more than 24 hours, since {day}.",
        "{n} paid orders have not been sent for more than 24 hours, the oldest since {day}.",
        found.late,
        day=message.short_day(found.oldest),
    )
    if found.owed:
        more = message.plural(
            "{n} of these orders is older than 48 hours: send it first.",
            "{n} of these orders are older than 48 hours: send them first.",
            found.owed,
        )
        text = message.sentences([text, more])
    ask = Proposal("supply", say("Send the orders that were paid more than a day ago"), due=today.isoformat())
    return [finding("checks", "dispatch", "act" if found.owed else "watch", text, ask)]


def limit(found: Unsent | None) -> list[Words]:
    """Return the text saying as of when unsent orders are counted; empty if that is unknown."""
    if found is None or found.as_of is None:
        return []
    return [
        say(
            "Unsent orders are as of the newest order in the file, {day} {clock}; what was sent since "
            "is not known.",
            day=message.day(found.as_of.date()),
            clock=f"{found.as_of:%H:%M}",
        )
    ]
