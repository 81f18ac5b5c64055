"""The rows of the shop's calendar, with drafts, as the command line and scripts list them.

Imports pandas if daily figures are imported: drafts are compared with the shop's own days.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from core.exports.kinds.shop_day import ShopDay
from core.facts.ledger import Ledger
from core.measures.festivals.calendar_rows import calendar_rows, confidence
from core.shop.loading import load_shop
from core.shop.settings import CalendarDay


def rows(folder: Path, today: date) -> list[CalendarDay]:
    """Return the rows of shop.toml and the drafts around today, by their first day."""
    return calendar_rows(load_shop(folder), today, _sales(folder, today))


def shape(one: CalendarDay) -> dict[str, Any]:
    """Return the row as plain JSON; ``multiplier`` is the largest of a span's days, null if unknown."""
    return {
        "start": one.start.isoformat(),
        "end": one.last.isoformat(),
        "name": one.note,
        "kind": one.kind,
        "state": one.state,
        "source": one.source or "typed",
        "confidence": confidence(one),
        "multiplier": max(one.profile) if one.profile else one.on(one.start).multiplier,
        "profile": list(one.profile),
    }


def _sales(folder: Path, today: date) -> dict[date, float]:
    if not Ledger(folder).live(ShopDay.id):
        return {}
    from core.facts.window import load
    from core.measures import baseline

    frame = load(folder, ShopDay, today - timedelta(days=ShopDay.days), today).frame
    return dict(baseline.column(frame, "gmv"))
