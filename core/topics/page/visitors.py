"""The mix of visitors: if it changed, part of a change in page figures is due to who came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.answers.answer import About, Finding, finding
from core.language import message
from core.language.message import Words, say
from core.measures import baseline
from core.measures.source_names import is_paid
from core.shop.settings import Shop
from core.topics.page.marks import MONTH, WEEK

if TYPE_CHECKING:
    import pandas as pd

MIX_MOVED = 0.05
"""The smallest change of a share of visitors that is reported (a judgement)."""
Mix = tuple[Words, float, float]
"""A group of visitors: its name, share last week, share in the three weeks before."""


def mix(frame: pd.DataFrame, sources: pd.DataFrame | None, shop: Shop, last: date) -> list[Mix]:
    """Return the shares of new and of paid visitors, in the last week and in the three weeks before."""
    new, old = baseline.column(frame, "new_visitors"), baseline.column(frame, "old_visitors")
    found: list[Mix] = []
    both = {day: new[day] + old[day] for day in new if day in old}
    shares = _two_shares({day: new[day] for day in both}, both, last)
    if shares is not None:
        found.append((say("new visitors"), *shares))
    if sources is not None and not sources.empty:
        rows = baseline.source_days(sources, shop)
        paid = [is_paid(name, first) for name, first in zip(rows["source"], rows["level1"], strict=True)]
        bought, everyone = baseline.totals(rows[paid], "visitors"), baseline.totals(rows, "visitors")
        shares = _two_shares(bought, everyone, last)
        if shares is not None:
            found.append((say("paid visitors"), *shares))
    return found


def _two_shares(
    part: Mapping[date, float], whole: Mapping[date, float], last: date
) -> tuple[float, float] | None:
    week = [day for day in whole if last - timedelta(days=WEEK) < day <= last]
    before = [day for day in whole if last - timedelta(days=MONTH) < day <= last - timedelta(days=WEEK)]
    sums = [
        (sum(part.get(day, 0.0) for day in days), sum(whole[day] for day in days)) for days in (week, before)
    ]
    if not all(total for _, total in sums):
        return None
    return sums[0][0] / sums[0][1], sums[1][0] / sums[1][1]


def findings(mix: Sequence[Mix]) -> tuple[Finding[Words], ...]:
    """Return findings on the shares that changed enough to matter."""
    return tuple(
        finding(
            "page",
            "mix",
            "info",
            say(
                "The share of {who} changed from {before} to {now}, which may explain part of "
                "the change in the page figures.",
                who=who,
                before=message.percent(before, 0),
                now=message.percent(now, 0),
            ),
            about=About(other=str(place)),
        )
        for place, (who, now, before) in enumerate(mix)
        if abs(now - before) >= MIX_MOVED
    )
