"""The shop scores table (店铺评分表): scores, their change, reviews and refunds by period.

It shows the experience score if the operator recorded one by the end of the span, otherwise the three scores
of the daily export.
"""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.shop_day import ShopDay
from core.language.wording import N_, say
from core.measures import baseline
from core.records.experience import ScoreSeen
from core.records.records import Records
from core.records.score_page import DIMENSIONS
from core.shop.settings import Shop
from core.tables.span import Period, PeriodFigures, Span, period_columns
from core.tables.table import Chart, Declared, ShopTable, build
from core.tables.totals import of_whole, with_totals
from core.topics.checks.experience.score_pages import Look, looks

SCORES = {
    "score_item": N_("Item as described"),
    "score_logistics": N_("Logistics"),
    "score_service": N_("Service attitude"),
}
EXPERIENCE = ("total", *DIMENSIONS)
SUMS = ("reviews_count", "negative_reviews", "refund_amount")


def scores(
    days: ShopDay | None = None, seen: Records[ScoreSeen] | None = None, *, shop: Shop, span: Span
) -> ShopTable:
    """Return the scores of the shop's platform, their changes, bad reviews and refunds, by period."""
    found = looks(seen)
    periods = [day for period in span.periods for day in period.days]
    by_experience = bool(periods) and any(one.day <= periods[-1] for one in found)
    names = (*(() if by_experience else SCORES), *SUMS, "gmv")
    daily = {name: {} if days is None else baseline.column(days.frame, name) for name in names}
    if by_experience:
        daily |= {
            name: {one.day: score for one in found if (score := _experience(one, name)) is not None}
            for name in EXPERIENCE
        }
    rows = []
    for period in span.periods:
        known = sorted({day for values in daily.values() for day in values} & set(period.days))
        if known:
            rows.append(PeriodFigures(period, daily, known))
    columns = _columns(shop, span, by_experience=by_experience)
    table = build(
        "scores",
        say("Shop scores"),
        span.words,
        columns,
        rows,
        notes=[_note(by_experience=by_experience)] if rows else [],
        chart=Chart(say("Bad reviews and the experience score"), "period", ("negative_reviews",), ("total",))
        if by_experience
        else Chart(say("Bad reviews and the item score"), "period", ("negative_reviews",), ("score_item",))
        if "score_item" in shop.profile.scores
        else None,
    )
    whole = PeriodFigures(
        Period(span.first, span.last, ""), daily, sorted(d for row in rows for d in row.days)
    )
    return with_totals(table, SUMS, of_whole(columns, whole, ("bad_share", "refund_share")))


def _experience(one: Look, name: str) -> float | None:
    return one.total if name == "total" else one.scores.get(name)


def _note(*, by_experience: bool) -> str:
    if by_experience:
        return say(
            "Each metric of the experience score covers its own 30 days; each row shows the last known score."
        )
    return say("A score is a mean over half a year and changes slowly; each row shows the last known one.")


def _moved(row: PeriodFigures, name: str) -> float | None:
    """Return the change of the score from the day before the period to the period's last known score.

    None if either score is unknown.
    """
    now, before = row.last(name), row.daily[name].get(row.period.first - timedelta(days=1))
    return now - before if now is not None and before is not None else None


def _score(name: str, title: str) -> tuple[Declared[PeriodFigures], Declared[PeriodFigures]]:
    return (
        (name, title, "ratio", lambda row: row.last(name)),
        (f"{name}_moved", say("{score}, change", score=title), "ratio", lambda row: _moved(row, name)),
    )


def _columns(shop: Shop, span: Span, *, by_experience: bool) -> list[Declared[PeriodFigures]]:
    old = tuple(column for name in shop.profile.scores for column in _score(name, say(SCORES[name])))
    new = (
        *_score("total", say("Experience score")),
        *_score("goods", say("Goods quality")),
        *_score("logistics", say("Logistics speed")),
        *_score("service", say("Service")),
    )
    return [
        *period_columns(span),
        *(new if by_experience else old),
        ("reviews_count", say("Reviews"), "count", lambda row: row.total("reviews_count")),
        ("negative_reviews", say("Bad reviews"), "count", lambda row: row.total("negative_reviews")),
        ("bad_share", say("Share of bad reviews"), "rate",
         lambda row: row.rate("negative_reviews", "reviews_count")),
        ("refund_amount", say("Refunds"), "money", lambda row: row.total("refund_amount")),
        ("refund_share", say("Refunds, share of sales"), "rate",
         lambda row: row.rate("refund_amount", "gmv")),
    ]  # fmt: skip
