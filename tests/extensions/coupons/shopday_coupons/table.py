"""Coupons (优惠券表) by day, week or month."""

from __future__ import annotations

from core.language.wording import N_, say
from core.measures import baseline
from core.tables.registry import TableSpec
from core.tables.span import PeriodFigures, Span, period_columns
from core.tables.table import Declared, ShopTable, build
from shopday_coupons.sheet import Coupons

TABLE = TableSpec("coupons", N_("Coupons"), N_("How many were used."), "shopday_coupons.table:used")


def used(coupons: Coupons | None = None, *, span: Span) -> ShopTable:
    """How many coupons were used?"""
    daily = {} if coupons is None else {"used": baseline.totals(coupons.frame, "used")}
    known = daily.get("used", {})
    rows = [PeriodFigures(one, daily, [day for day in one.days if day in known]) for one in span.periods]
    counted: Declared[PeriodFigures] = ("used", say("Used"), "count", lambda row: row.known_total("used"))
    return build("coupons", say("Coupons"), span.words, [*period_columns(span), counted], rows)
