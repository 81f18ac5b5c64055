"""Shop scores (店铺评分表): the three scores at the end of each period, how they moved, and the reviews."""

from __future__ import annotations

from datetime import timedelta

from core.exports.kinds.shop_day import ShopDay
from core.language.wording import say
from core.measures import baseline
from core.tables.span import Span, period_cells, period_columns, rated, summed
from core.tables.table import Chart, ShopColumn, ShopTable, build

SCORES = ("score_item", "score_logistics", "score_service")
SUMS = ("reviews_count", "negative_reviews", "refund_amount")


def scores(days: ShopDay | None = None, *, span: Span) -> ShopTable:
    """Where do the shop's scores stand, which way do they go, and how many reviews were bad?"""
    daily = {
        name: {} if days is None else baseline.column(days.frame, name) for name in (*SCORES, *SUMS, "gmv")
    }
    rows = []
    for period in span.periods:
        known = sorted({day for values in daily.values() for day in values} & set(period.days))
        if not known:
            continue
        cells: dict[str, object] = {name: summed(daily[name], known) for name in SUMS}
        cells["bad_share"] = rated(daily["negative_reviews"], daily["reviews_count"], known)
        cells["refund_share"] = rated(daily["refund_amount"], daily["gmv"], known)
        for name in SCORES:
            seen = [daily[name][day] for day in known if day in daily[name]]
            former = daily[name].get(period.first - timedelta(days=1))
            cells[name] = seen[-1] if seen else None
            cells[f"{name}_moved"] = seen[-1] - former if seen and former is not None else None
        rows.append({**period_cells(span, period), **cells})
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


def _columns(span: Span) -> list[ShopColumn]:
    titles = (say("Item as described"), say("Logistics"), say("Service attitude"))
    columns = [*period_columns(span)]
    for name, title in zip(SCORES, titles, strict=True):
        columns += [
            ShopColumn(name, title, "ratio"),
            ShopColumn(f"{name}_moved", say("{score}, change", score=title), "ratio"),
        ]
    return [
        *columns,
        ShopColumn("reviews_count", say("Reviews"), "count"),
        ShopColumn("negative_reviews", say("Bad reviews"), "count"),
        ShopColumn("bad_share", say("Share of bad reviews"), "rate"),
        ShopColumn("refund_amount", say("Refunds"), "money"),
        ShopColumn("refund_share", say("Refunds of sales"), "rate"),
    ]
