"""The shop operations table (店铺运营表): sales, visitors, conversion, ads, refunds, service and scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from core.exports.kinds.ads import Ads
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.language import wording
from core.language.wording import plural, say
from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.review.correction import Correction, notices
from core.shop.settings import Shop
from core.tables.span import Period, PeriodFigures, Span, period_columns
from core.tables.table import Chart, Declared, ShopTable, build
from core.tables.totals import of_whole, ratio, with_totals
from core.topics.sales.month.plan import month_plan

if TYPE_CHECKING:
    import pandas as pd

Daily = Mapping[str, Mapping[date, float]]
"""Values by name of the figure, then by day."""

SCENES = {"ads_keyword": "keyword", "ads_crowd": "crowd", "ads_scene": "scene", "ads_whole": "whole"}
"""The columns that hold ad costs, and the kind of ads each stands for."""
SUMS = (
    "gmv", "visitors", "buyers", "units", "pageviews", "cart_buyers", "ordered_buyers", "new_buyers",
    "old_buyers", "ad_cost", *SCENES, "taoke_fee", "ad_clicks", "ad_gmv", "refund_amount", "inquiries",
    "converted", "reviews_count", "negative_reviews", "new_members",
)  # fmt: skip
SCORES = ("score_item", "score_logistics", "score_service")
ADDED = (*SUMS, "known", "target")
"""The columns whose total is the sum of the rows."""
LAST = (*SCORES, "members", "followers")
"""Levels rather than daily amounts: for a period, the last known value is shown instead of the sum."""


def operations(
    days: ShopDay | None = None,
    ads: Ads | None = None,
    service: Service | None = None,
    *,
    shop: Shop,
    span: Span,
    today: date,
    corrections: Sequence[Correction] = (),
) -> ShopTable:
    """Return the shop's figures by day, week or month.

    ``corrections`` are figures that a finished report stated and a later import changed; both values are
    shown in the row of their day.
    """
    daily = figures_by_day(days, ads, service)
    known = {day for name in ("gmv", "visitors") for day in daily[name]}
    rows = [
        PeriodFigures(period, daily, [day for day in period.days if day in known]) for period in span.periods
    ]
    columns = _columns(shop, span, corrections, _day_targets(daily["gmv"], shop, span))
    table = build(
        "operations",
        say("Shop operations"),
        span.words,
        columns,
        [row for row in rows if row.days],
        notes=[*notices(corrections), *_notes(daily, span, known, shop, today)],
        chart=Chart(say("Sales and conversion"), "period", ("gmv",), ("conversion",)),
    )
    whole = PeriodFigures(Period(span.first, span.last, ""), daily, [d for d in span.days if d in known])
    rates = {name for name, _, kind, _ in columns if kind != "text"} - {"period", *ADDED, *LAST}
    return with_totals(
        table, ADDED, of_whole(columns, whole, rates) | {"reached": ratio(table, "gmv", "target")}
    )


def figures_by_day(days: ShopDay | None, ads: Ads | None, service: Service | None) -> Daily:
    """Return daily values of each figure in :data:`SUMS` and :data:`LAST`, by name of the figure.

    Also included are the numerators and denominators of the rates. Days on which a figure is unknown are
    absent.
    """
    names = (*SUMS, *LAST, "bounce_rate")
    daily = {name: {} if days is None else baseline.column(days.frame, name) for name in names}
    daily["bounced"] = {
        day: rate * daily["visitors"][day]
        for day, rate in daily["bounce_rate"].items()
        if day in daily["visitors"]
    }
    reported = ad_rows(None if ads is None else ads.frame)
    for name, column in (("ad_clicks", "clicks"), ("ad_gmv", "gmv"), ("ad_cost_reported", "cost")):
        daily[name] = {} if reported is None else baseline.totals(reported, column)
    daily["ad_cost"] = _together([daily[name] for name in SCENES]) or dict(daily["ad_cost_reported"])
    daily |= _desk(None if service is None else service.frame)
    return daily


def _together(parts: Sequence[Mapping[date, float]]) -> dict[date, float]:
    """Return, for each day, the sum of the values that ``parts`` have for it."""
    days = {day for part in parts for day in part}
    return {day: sum(part[day] for part in parts if day in part) for day in sorted(days)}


def _desk(frame: pd.DataFrame | None) -> dict[str, dict[date, float]]:
    if frame is None or frame.empty:
        return {"inquiries": {}, "converted": {}, "waited": {}}
    own = frame[~frame["benchmark"].astype(bool)]
    waited = own.assign(waited=own["average_response_s"] * own["inquiries"])
    return {
        "inquiries": baseline.totals(own, "inquiries"),
        "converted": baseline.totals(own, "converted"),
        "waited": baseline.totals(waited, "waited"),
    }


def _day_targets(sales: Mapping[date, float], shop: Shop, span: Span) -> dict[date, float]:
    """Return each day's target, as the target step divides the month's target; empty if none is set."""
    months = dict.fromkeys(day.replace(day=1) for day in span.days)
    plans = [plan for month in months if (plan := month_plan(sales, shop, month)) is not None]
    return {day: float(target) for plan in plans for day, target in plan.by_day.items()}


def _target(shop: Shop, span: Span, row: PeriodFigures, targets: Mapping[date, float]) -> float | None:
    """Return the row's target: the month's in a table by month, else the sum over its days with figures.

    None if one of these days has no target. In a table by month, None unless the row starts on the first day
    of the month.
    """
    if span.by == "month":
        return shop.target_of(row.period.first) if row.period.first.day == 1 else None
    return sum(targets[day] for day in row.days) if all(day in targets for day in row.days) else None


def _reached(shop: Shop, span: Span, row: PeriodFigures, targets: Mapping[date, float]) -> float | None:
    """Return the share of the target reached by the days shown; None if no target is set."""
    target = _target(shop, span, row, targets)
    return sum(row.daily["gmv"].get(day, 0.0) for day in row.period.days) / target if target else None


def _special(shop: Shop, span: Span, row: PeriodFigures) -> str:
    special = shop.special(row.period.first) if span.by == "day" else None
    return special.note if special is not None else ""


def _corrected(corrections: Sequence[Correction], span: Span, period: Period) -> str:
    """Return a text on the period's figures that differ between a finished report and the current exports."""
    own = sorted((one for one in corrections if one.day in period.days), key=lambda one: one.day)
    told = [one.change if span.by == "day" else one.words for one in own]
    return wording.listing(list(dict.fromkeys(told)))


def _columns(
    shop: Shop, span: Span, corrections: Sequence[Correction], targets: Mapping[date, float]
) -> list[Declared[PeriodFigures]]:
    counted: list[Declared[PeriodFigures]] = [
        ("known", say("Days with figures"), "count", lambda row: float(len(row.days))),
    ]
    columns = [
        *period_columns(span),
        *(counted if span.by != "day" else ()),
        ("gmv", say("Sales"), "money", lambda row: row.total("gmv")),
        ("target", say("Month's target") if span.by == "month" else say("Target of these days"), "money",
         lambda row: _target(shop, span, row, targets)),
        ("reached", say("% of target"), "rate", lambda row: _reached(shop, span, row, targets)),
        ("visitors", say("Visitors"), "count", lambda row: row.total("visitors")),
        ("buyers", say("Buyers"), "count", lambda row: row.total("buyers")),
        ("conversion", say("Conversion"), "rate", lambda row: row.rate("buyers", "visitors")),
        ("aov", say("Order value"), "money", lambda row: row.rate("gmv", "buyers")),
        ("visitor_value", say("Sales per visitor"), "money", lambda row: row.rate("gmv", "visitors")),
        ("units", say("Pieces sold"), "count", lambda row: row.total("units")),
        ("depth", say("Pages per visitor"), "ratio", lambda row: row.rate("pageviews", "visitors")),
        ("bounce_rate", say("Bounce rate"), "rate", lambda row: row.rate("bounced", "visitors")),
        ("cart_rate", say("Add-to-cart rate"), "rate", lambda row: row.rate("cart_buyers", "visitors")),
        ("paid_share", say("Paid-order rate"), "rate", lambda row: row.rate("buyers", "ordered_buyers")),
        ("new_buyers", say("New buyers"), "count", lambda row: row.total("new_buyers")),
        ("old_buyers", say("Returning buyers"), "count", lambda row: row.total("old_buyers")),
        ("old_share", say("Share of returning buyers"), "rate", lambda row: row.rate("old_buyers", "buyers")),
        ("ad_cost", say("Ad spend"), "money", lambda row: row.total("ad_cost")),
        ("ads_keyword", say("{keyword_ads}"), "money", lambda row: row.total("ads_keyword")),
        ("ads_crowd", say("{crowd_ads}"), "money", lambda row: row.total("ads_crowd")),
        ("ads_scene", say("Scene ads"), "money", lambda row: row.total("ads_scene")),
        ("ads_whole", say("Whole-site ads"), "money", lambda row: row.total("ads_whole")),
        ("ad_share", say("Ad spend, share of sales"), "rate", lambda row: row.rate("ad_cost", "gmv")),
        ("ad_clicks", say("Ad clicks"), "count", lambda row: row.total("ad_clicks")),
        ("cpc", say("Cost per click"), "money", lambda row: row.rate("ad_cost_reported", "ad_clicks")),
        ("ad_gmv", say("Ad sales"), "money", lambda row: row.total("ad_gmv")),
        ("roi", say("Ad ROI"), "ratio", lambda row: row.rate("ad_gmv", "ad_cost_reported")),
        ("taoke_fee", say("{affiliates} commission"), "money", lambda row: row.total("taoke_fee")),
        ("refund_amount", say("Refunds"), "money", lambda row: row.total("refund_amount")),
        ("refund_share", say("Refunds, share of sales"), "rate",
         lambda row: row.rate("refund_amount", "gmv")),
        ("inquiries", say("Inquiries"), "count", lambda row: row.total("inquiries")),
        ("service_conversion", say("Inquiry conversion"), "rate",
         lambda row: row.rate("converted", "inquiries")),
        ("response", say("Answer time (s)"), "seconds", lambda row: row.rate("waited", "inquiries")),
        ("reviews_count", say("Reviews"), "count", lambda row: row.total("reviews_count")),
        ("negative_reviews", say("Bad reviews"), "count", lambda row: row.total("negative_reviews")),
        ("score_item", say("Item as described"), "ratio", lambda row: row.last("score_item")),
        ("score_logistics", say("Logistics"), "ratio", lambda row: row.last("score_logistics")),
        ("score_service", say("Service attitude"), "ratio", lambda row: row.last("score_service")),
        ("new_members", say("New members"), "count", lambda row: row.total("new_members")),
        ("members", say("Members"), "count", lambda row: row.last("members")),
        ("followers", say("Followers"), "count", lambda row: row.last("followers")),
        ("special", say("Remark"), "text", lambda row: _special(shop, span, row)),
        ("corrected", say("Corrected after the report"), "text",
         lambda row: _corrected(corrections, span, row.period)),
    ]  # fmt: skip
    absent = {name for name, kind in SCENES.items() if kind not in shop.profile.ad_scenes}
    absent |= set(SCORES).difference(shop.profile.scores)
    return [column for column in columns if column[0] not in absent]


def _notes(daily: Daily, span: Span, known: set[date], shop: Shop, today: date) -> list[str]:
    notes = []
    missing = [day for day in span.days if day not in known and day < today]
    if missing:
        notes.append(
            plural(
                "{n} day has no figures and is left out ({first} to {last}).",
                "{n} days have no figures and are left out ({first} to {last}).",
                len(missing),
                first=missing[0],
                last=missing[-1],
            )
        )
    if span.by != "day":
        notes.append(say("Rates are calculated from the totals of the days, not as the mean of daily rates."))
        gaps = [
            title
            for name, title, *_ in _columns(shop, span, (), {})
            if name in SUMS and 0 < len(known & set(daily[name])) < len(known & set(span.days))
        ]
        if gaps:
            notes.append(
                say(
                    "Left empty if any day of the period has no figure: {names}.", names=wording.listing(gaps)
                )
            )
    if daily["ad_gmv"] and any((today - day).days <= shop.ads.attribution_days for day in known):
        notes.append(
            say(
                "Ad sales of the last {n} days will still grow, because orders are still being credited.",
                n=shop.ads.attribution_days,
            )
        )
    if daily["refund_amount"]:
        notes.append(say("Refunds are counted on the day they were completed, for orders of any day."))
    return notes
