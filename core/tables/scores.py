"""The shop scores table (店铺评分表): the three scores, their change, reviews and refunds by period."""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.shop_day import ShopDay
from core.language.wording import N_, say
from core.measures import baseline
from core.shop.settings import Shop
from core.tables.span import PeriodFigures, Span, period_columns
from core.tables.table import Chart, Declared, ShopTable, build

SCORES = {
    "score_item": N_("Item as described"),
    "score_logistics": N_("Logistics"),
    "score_service": N_("Service attitude"),
}
SUMS = ("reviews_count", "negative_reviews", "refund_amount")


def scores(days: ShopDay | None = None, *, shop: Shop, span: Span) -> ShopTable:
    """Return the table of the shop's scores (those of its platform), bad reviews and refunds, by period."""
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
        _columns(shop, span),
        rows,
        notes=[say("A score is a mean over half a year: it moves slowly; each row shows the last one known.")]
        if rows
        else [],
        chart=Chart(say("Bad reviews and the item score"), "period", ("negative_reviews",), ("score_item",))
        if "score_item" in shop.profile.scores
        else None,
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


def _columns(shop: Shop, span: Span) -> list[Declared[PeriodFigures]]:
    return [
        *period_columns(span),
        *(column for name in shop.profile.scores for column in _score(name, say(SCORES[name]))),
        ("reviews_count", say("Reviews"), "count", lambda row: row.total("reviews_count")),
        ("negative_reviews", say("Bad reviews"), "count", lambda row: row.total("negative_reviews")),
        ("bad_share", say("Share of bad reviews"), "rate",
         lambda row: row.rate("negative_reviews", "reviews_count")),
        ("refund_amount", say("Refunds"), "money", lambda row: row.total("refund_amount")),
        ("refund_share", say("Refunds of sales"), "rate", lambda row: row.rate("refund_amount", "gmv")),
    ]  # fmt: skip
