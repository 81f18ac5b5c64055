"""The shop scores table (店铺评分表): the three scores, their change, reviews and refunds by period."""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.shop_day import ShopDay
from core.language.wording import say
from core.measures import baseline
from core.tables.span import PeriodFigures, Span, period_columns
from core.tables.table import Chart, Declared, ShopTable, build

SCORES = ("score_item", "score_logistics", "score_service")
SUMS = ("reviews_count", "negative_reviews", "refund_amount")


def scores(days: ShopDay | None = None, *, span: Span) -> ShopTable:
    """Return the table of the shop's scores, their changes, bad reviews and refunds, by period."""
    daily = {
        name: {} if days is None else baseline.column(days.frame, name) for name in (*SCORES, *SUMS, "gmv")
    }
    rows = []
    for period in span.periods:
        known = sorted({day for values in daily.values() for day in values} & set(period.days))
        if known:
            rows.append(PeriodFigures(period, daily, known))
    return build(
        "scores",
        say("Shop scores"),
        span.words,
        _columns(span),
        rows,
        notes=[say("A score is a mean over half a year: it moves slowly; each row shows the last one known.")]
        if rows
        else [],
        chart=Chart(say("Bad reviews and the item score"), "period", ("negative_reviews",), ("score_item",)),
    )


def _moved(row: PeriodFigures, name: str) -> float | None:
    """Return the score's change since the day before the period; None if either is unknown."""
    now, before = row.last(name), row.daily[name].get(row.period.first - timedelta(days=1))
    return now - before if now is not None and before is not None else None


def _score(name: str, title: str) -> tuple[Declared[PeriodFigures], Declared[PeriodFigures]]:
    return (
        (name, title, "ratio", lambda row: row.last(name)),
        (f"{name}_moved", say("{score}, change", score=title), "ratio", lambda row: _moved(row, name)),
    )


def _columns(span: Span) -> list[Declared[PeriodFigures]]:
    return [
        *period_columns(span),
        *_score("score_item", say("Item as described")),
        *_score("score_logistics", say("Logistics")),
        *_score("score_service", say("Service attitude")),
        ("reviews_count", say("Reviews"), "count", lambda row: row.total("reviews_count")),
        ("negative_reviews", say("Bad reviews"), "count", lambda row: row.total("negative_reviews")),
        ("bad_share", say("Share of bad reviews"), "rate",
         lambda row: row.rate("negative_reviews", "reviews_count")),
        ("refund_amount", say("Refunds"), "money", lambda row: row.total("refund_amount")),
        ("refund_share", say("Refunds of sales"), "rate", lambda row: row.rate("refund_amount", "gmv")),
    ]  # fmt: skip
