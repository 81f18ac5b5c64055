"""The shop's calendar: weekdays, festivals, 双11 and the quiet days after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

FIRST = date(2026, 9, 1)
LAST = date(2026, 11, 15)
TODAY = date(2026, 11, 16)
DAYS = tuple(FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1))

WEEKDAY = (1.04, 1.03, 1.01, 1.00, 0.97, 1.00, 0.95)
"""Visitors by weekday, Monday first. Sunday is the weakest day of an ordinary week."""


@dataclass(frozen=True)
class Span:
    """A range of unusual days: factors for visitors and conversion compared with an ordinary day."""

    start: date
    end: date
    kind: str
    note: str
    visitors: float
    rate: float

    @property
    def sales(self) -> float:
        """Return the factor for sales."""
        return round(self.visitors * self.rate, 2)


def _span(start: str, end: str, kind: str, note: str, visitors: float, rate: float) -> Span:
    year = "2026-"
    return Span(date.fromisoformat(year + start), date.fromisoformat(year + end), kind, note, visitors, rate)


SPANS: tuple[Span, ...] = (
    _span("09-09", "09-11", "campaign", "99 大促", 1.25, 1.12),
    _span("10-01", "10-07", "festival", "国庆", 0.90, 0.92),
    _span("10-20", "10-31", "presale", "双11 预售（买家观望）", 1.14, 0.74),
    _span("11-01", "11-01", "campaign", "双11 第一波 首日", 1.75, 1.45),
    _span("11-02", "11-03", "campaign", "双11 第一波", 1.45, 1.22),
    _span("11-04", "11-09", "campaign", "双11 蓄水", 1.18, 1.00),
    _span("11-10", "11-10", "campaign", "双11 第二波 首日", 1.80, 1.20),
    _span("11-11", "11-11", "campaign", "双11", 2.90, 2.07),
    _span("11-12", "11-12", "after", "双11 返场", 1.00, 0.86),
    _span("11-13", "11-20", "after", "双11 后", 0.86, 0.88),
    _span("11-21", "11-26", "after", "双11 后回升", 0.95, 0.96),
    _span("12-10", "12-12", "campaign", "双12", 1.50, 1.20),
)


@dataclass(frozen=True)
class Season:
    """A shop's calendar: its spans of unusual days."""

    spans: tuple[Span, ...]

    def span(self, day: date) -> Span | None:
        """Return the special range that contains the day; None if there is none."""
        return next((s for s in self.spans if s.start <= day <= s.end), None)

    def visitors_factor(self, day: date) -> float:
        """Return the factor for the day's visitors compared with an ordinary day, including the weekday."""
        special = self.span(day)
        return WEEKDAY[day.weekday()] * (special.visitors if special else 1.0)

    def rate_factor(self, day: date) -> float:
        """Return the factor for the day's conversion compared with an ordinary day."""
        special = self.span(day)
        return special.rate if special else 1.0

    def is_campaign(self, day: date) -> bool:
        """Return whether prices are reduced on the day."""
        special = self.span(day)
        return special is not None and special.kind == "campaign"

    def price_factor(self, day: date) -> float:
        """Return the price paid divided by the everyday price (campaign discounts)."""
        return 0.90 if self.is_campaign(day) else 1.0

    def basket_extra(self, day: date) -> float:
        """Return the probability of one more line in the order."""
        return 0.31 if self.is_campaign(day) else 0.165


HOURS = (
    0.013,
    0.007,
    0.004,
    0.003,
    0.003,
    0.005,
    0.012,
    0.022,
    0.035,
    0.048,
    0.057,
    0.053,
    0.051,
    0.052,
    0.053,
    0.052,
    0.050,
    0.047,
    0.046,
    0.056,
    0.078,
    0.094,
    0.092,
    0.067,
)
"""The share of a day's orders in each hour."""


def _long_festival(start: str, note: str, sales: str) -> tuple[Span, ...]:
    """Return one span a day for a festival of many days, from its sales as multiples of ordinary days."""
    first, spans = date.fromisoformat(f"2026-{start}"), []
    for number, word in enumerate(sales.split()):
        day, factor = first + timedelta(days=number), float(word)
        kind = "campaign" if factor > 1.0 else "presale" if number < PRESALE_DAYS else "plain"
        spans.append(Span(day, day, kind, note, round(factor**0.62, 4), round(factor**0.38, 4)))
    return tuple(spans)


PRESALE_DAYS = 5
LONG_SPANS: tuple[Span, ...] = (
    _span("09-09", "09-11", "campaign", "99 大促", 1.25, 1.12),
    _span("10-01", "10-07", "festival", "国庆", 0.90, 0.92),
    *_long_festival(
        "10-15",
        "双11",
        ".86 .86 .84 .84 .86 1.5 2.3 1.5 1.4 1.2 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1.3 1.9 3.2 1.35 .95 .85",
    ),
    _span("11-15", "11-22", "after", "双11 后", 0.86, 0.88),
    _span("11-23", "11-27", "after", "双11 后回升", 0.95, 0.96),
    _span("12-10", "12-12", "campaign", "双12", 1.50, 1.20),
)
"""The same year with 双11 as one long festival: presale from 10-15, sales from 10-20 to 11-14."""
