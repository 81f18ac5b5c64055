"""Paid orders that wait for their parcel, as of the newest order in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import Finding, Proposal, finding
from core.language import message
from core.language.message import Words, say

if TYPE_CHECKING:
    import pandas as pd

LATE = timedelta(hours=24)
"""Paid longer ago than this and not sent: the buyer waits [judgement]."""
OWED = timedelta(hours=48)
"""The platform's usual promise of dispatch (unverified: an item may promise otherwise)."""
FORGOTTEN = timedelta(days=30)
"""Older ones are left-overs of the export, such as goods sold in advance."""
_WAITS = re.compile(r"等待(?:卖家|商家)发货|待发货")


@dataclass(frozen=True, slots=True)
class Unsent:
    """Paid orders not sent, of those paid more than a day before the newest order of the file."""

    late: int
    owed: int
    """Of these paid two days before it and longer."""
    oldest: date | None
    as_of: datetime | None
    """The newest moment the file knows; None when it knows none."""


def unsent(frame: pd.DataFrame, today: date) -> Unsent:
    """Return the paid orders that wait for their parcel."""
    known = [moment for name in ("created", "paid") for moment in frame[name].dropna()]
    moments = [one.to_pydatetime() for one in known if one.date() <= today]
    if not moments:
        return Unsent(0, 0, None, None)
    as_of = max(moments)
    waiting = frame[frame["status"].str.contains(_WAITS) & frame["paid"].notna()]
    ages = [as_of - one.to_pydatetime() for one in waiting["paid"]]
    late = [age for age in ages if LATE < age <= FORGOTTEN]
    oldest = (as_of - max(late)).date() if late else None
    return Unsent(len(late), sum(age > OWED for age in late), oldest, as_of)


def of_unsent(found: Unsent | None, today: date) -> list[Finding[Words]]:
    """Say how many paid orders were not sent for a day; nothing when none is known to wait."""
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
            "{n} of them is older than 48 hours: send it first.",
            "{n} of them are older than 48 hours: send them first.",
            found.owed,
        )
        text = message.sentences([text, more])
    ask = Proposal("supply", say("Send the orders that were paid more than a day ago"), due=today.isoformat())
    return [finding("checks", "dispatch", "act" if found.owed else "watch", text, ask)]


def limit(found: Unsent | None) -> list[Words]:
    """Say as of when the parcels were looked at."""
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
