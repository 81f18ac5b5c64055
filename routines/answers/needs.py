"""Determine which exports an analysis needs, which of them are imported, and where to get the others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta, tzinfo
from pathlib import Path
from typing import Final

from core.answers.answer import Need, NeedState
from core.exports.kinds.orders import Orders
from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.ledger import Ledger
from core.language.message import Words, say
from core.shop.settings import Shop

GROWING: Final = ("ads", "keywords")
"""Exports whose figures of a day still grow for some days, because sales are credited to clicks later."""


def need_of(folder: Path, sheet: type[Sheet], shop: Shop, *, today: date) -> Need[Words]:
    """Return the state of the export for an analysis of the day ``today``.

    missing: no data in its window. stale: its data ends before yesterday. partial: days in between are
    missing. immature: the figures of some days are final by now but were exported before that, e.g. before
    the day was over. Days before the shop's first data do not count as missing.
    """
    first = today - timedelta(days=sheet.days)
    batches = [batch for batch in Ledger(folder).live(sheet.id) if batch.last >= first]
    held = {day for batch in batches for day in batch.dates if first <= day <= today}
    settles = shop.ads.mature_days if sheet.id in GROWING else 1
    early = _early(batches, today, settles, shop.zone) if sheet.gaps and not sheet.snapshot else []
    state, missing = _state(sheet, batches, held, today, early)
    how = sheet.how_on(shop.platform)
    return Need(sheet.id, state, how, tuple(day.isoformat() for day in missing), say(sheet.title))


def counted_need(folder: Path, sheet: type[Sheet], shop: Shop, *, today: date) -> Need[Words] | None:
    """Return the need for an export that can be computed from the order list; None if there are no orders."""
    orders = need_of(folder, Orders, shop, today=today)
    if orders.state == "missing":
        return None
    return Need(sheet.id, "partial", sheet.how_on(shop.platform), orders.missing, say(sheet.title))


def _state(
    sheet: type[Sheet], batches: list[Batch], held: set[date], today: date, early: list[date]
) -> tuple[NeedState, list[date]]:
    yesterday = today - timedelta(days=1)
    if not held:
        return "missing", [yesterday]
    if not sheet.daily:
        return "complete", []
    if not sheet.gaps or sheet.snapshot:  # a day without rows is normal here
        seen = max(held)
        if not sheet.snapshot and batches:
            made = max(batch.at.date() for batch in batches)
            seen = max(seen, min(made - timedelta(days=1), yesterday))
        return ("complete", []) if seen >= yesterday else ("stale", _days(seen, yesterday))
    gaps = [day for day in _days(min(held), yesterday) if day not in held]
    if max(held) < yesterday:
        return "stale", gaps
    if gaps:
        return "partial", gaps
    return ("immature", early) if early else ("complete", [])


def _days(after: date, last: date) -> list[date]:
    """Return the days after ``after`` up to ``last``."""
    return [after + timedelta(days=n) for n in range(1, (last - after).days + 1)]


def _early(batches: Iterable[Batch], today: date, settles: int, zone: tzinfo) -> list[date]:
    """Return the days whose figures are final by now but whose newest export was made before they were final.

    ``settles``: the number of days after which a day's figures are final; 1: when the day is over.
    """
    exported: dict[date, date] = {}
    for batch in batches:
        made = (batch.told or batch.at).astimezone(zone).date()
        for day in batch.dates:
            exported[day] = max(exported.get(day, made), made)
    return sorted(day for day, on in exported.items() if on < day + timedelta(days=settles) <= today)
