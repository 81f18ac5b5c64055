"""The service table (客服绩效表): inquiries, conversion and response times of each agent and the team."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from core.exports.kinds.service import Service
from core.language.wording import say
from core.measures import baseline
from core.shop.settings import Shop
from core.tables.span import Period, PeriodFigures, Span, period_columns
from core.tables.table import Declared, ShopTable, build
from core.tables.totals import of_whole, with_totals
from core.topics.service.agents import industry_rate

if TYPE_CHECKING:
    import pandas as pd

SUMS = ("inquiries", "converted", "amount", "refund_amount")


class _Row(NamedTuple):
    """One agent, or the team, in one period; sums cover only the days that the export contains."""

    period: Period
    agent: str
    figures: PeriodFigures


def agents(service: Service | None = None, *, shop: Shop, span: Span) -> ShopTable:
    """Return the table of inquiries, conversion and response times, by agent and period.

    The inquiry conversion is compared with the industry's mean, as on the first page of the daily report. The
    totals row is that of the team.
    """
    frame = None if service is None else service.frame[~service.frame["benchmark"].astype(bool)]
    rows: list[_Row] = []
    team: dict[str, dict[date, float]] = {}
    if frame is not None and not frame.empty:
        team = _daily(frame)
        own = {str(name): _daily(rows_of) for name, rows_of in frame.groupby("agent", sort=True)}
        for period in span.periods:
            for name, daily in [(say("Team"), team), *own.items()]:
                known = sorted({day for values in daily.values() for day in values} & set(period.days))
                if known:
                    rows.append(_Row(period, name, PeriodFigures(period, daily, known)))
    notes = (
        [say("Rates and answer times are weighted by inquiries, not the mean of the days.")] if rows else []
    )
    industry = None if service is None else industry_rate(service.frame, shop, span.first)[0]
    columns = _columns(span, industry)
    table = build("service", say("Service"), span.words, columns, rows, notes=notes)
    known = sorted({day for values in team.values() for day in values} & set(span.days))
    period = Period(span.first, span.last, "")
    whole = _Row(period, say("Team"), PeriodFigures(period, team, known))
    figures = {name for name, _, kind, _ in columns if kind != "text"} - {"period"}
    return with_totals(table, (), of_whole(columns, whole, figures))


def _conversion(row: _Row) -> float | None:
    return row.figures.rate("converted", "inquiries")


def _daily(frame: pd.DataFrame) -> dict[str, dict[date, float]]:
    daily = {name: baseline.totals(frame, name) for name in SUMS}
    for name in ("first_response_s", "average_response_s"):
        weighted = frame.assign(waited=frame[name] * frame["inquiries"])
        daily[name] = baseline.totals(weighted, "waited")
    return daily


def _columns(span: Span, industry: float | None) -> list[Declared[_Row]]:
    counted: list[Declared[_Row]] = [
        ("days", say("Days with figures"), "count", lambda row: len(row.figures.days)),
    ]
    return [
        *period_columns(span),
        ("agent", say("Agent"), "text", lambda row: row.agent),
        *(counted if span.by != "day" else ()),
        ("inquiries", say("Inquiries"), "count", lambda row: row.figures.known_total("inquiries")),
        ("converted", say("Paying buyers"), "count", lambda row: row.figures.known_total("converted")),
        ("conversion", say("Inquiry conversion"), "rate", _conversion),
        ("target", say("Inquiry conversion, industry mean"), "rate",
         lambda row: None if _conversion(row) is None else industry),
        ("reached", say("% of industry mean"), "rate",
         lambda row: (_conversion(row) or 0.0) / industry if industry and _conversion(row) is not None
         else None),
        ("amount", say("Sales"), "money", lambda row: row.figures.known_total("amount")),
        ("spent", say("Sales per buyer"), "money", lambda row: row.figures.rate("amount", "converted")),
        ("first_response_s", say("Time to first answer (s)"), "seconds",
         lambda row: row.figures.rate("first_response_s", "inquiries")),
        ("average_response_s", say("Answer time (s)"), "seconds",
         lambda row: row.figures.rate("average_response_s", "inquiries")),
        ("refund_amount", say("Refunds"), "money", lambda row: row.figures.known_total("refund_amount")),
    ]  # fmt: skip
