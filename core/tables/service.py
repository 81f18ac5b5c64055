"""Service (客服绩效表): each agent's inquiries, conversion and speed, and the team's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from core.exports.kinds.service import Service
from core.language.wording import say
from core.measures import baseline
from core.tables.span import Span, period_cells, period_columns, rated
from core.tables.table import ShopColumn, ShopTable, build

if TYPE_CHECKING:
    import pandas as pd

SUMS = ("inquiries", "converted", "amount", "refund_amount")


def agents(service: Service | None = None, *, span: Span) -> ShopTable:
    """How many asked each agent, how many of them bought, and how long did they wait?"""
    frame = None if service is None else service.frame[~service.frame["benchmark"].astype(bool)]
    rows: list[dict[str, object]] = []
    if frame is not None and not frame.empty:
        team = _daily(frame)
        own = {str(name): _daily(rows_of) for name, rows_of in frame.groupby("agent", sort=True)}
        for period in span.periods:
            for name, daily in [(say("Team"), team), *own.items()]:
                known = sorted({day for values in daily.values() for day in values} & set(period.days))
                if known:
                    rows.append({**period_cells(span, period), "agent": name, **_cells(daily, known)})
    notes = [say("Rates and seconds are weighted by inquiries, never means of the days.")] if rows else []
    return build("service", say("Service"), span.words, _columns(span), rows, notes=notes)


def _daily(frame: pd.DataFrame) -> dict[str, dict[date, float]]:
    daily = {name: baseline.totals(frame, name) for name in SUMS}
    for name in ("first_response_s", "average_response_s"):
        weighted = frame.assign(waited=frame[name] * frame["inquiries"])
        daily[name] = baseline.totals(weighted, "waited")
    return daily


def _cells(daily: dict[str, dict[date, float]], days: list[date]) -> dict[str, object]:
    """An agent works some days: the sum is over those the export has, and their number stands beside it."""
    cells: dict[str, object] = {"days": float(len(days))}
    for name in SUMS:
        known = [daily[name][day] for day in days if day in daily[name]]
        cells[name] = sum(known) if known else None
    cells["conversion"] = rated(daily["converted"], daily["inquiries"], days)
    cells["spent"] = rated(daily["amount"], daily["converted"], days)
    for name in ("first_response_s", "average_response_s"):
        cells[name] = rated(daily[name], daily["inquiries"], days)
    return cells


def _columns(span: Span) -> list[ShopColumn]:
    return [
        *period_columns(span),
        ShopColumn("agent", say("Agent")),
        *([] if span.by == "day" else [ShopColumn("days", say("Days with figures"), "count")]),
        ShopColumn("inquiries", say("Inquiries"), "count"),
        ShopColumn("converted", say("Bought"), "count"),
        ShopColumn("conversion", say("Service conversion"), "rate"),
        ShopColumn("amount", say("Sales"), "money"),
        ShopColumn("spent", say("Sales per buyer"), "money"),
        ShopColumn("first_response_s", say("Seconds to the first answer"), "seconds"),
        ShopColumn("average_response_s", say("Seconds to answer"), "seconds"),
        ShopColumn("refund_amount", say("Refunds"), "money"),
    ]
