"""The shop operations table (店铺运营表): sales, visitors, conversion, AOV, ads, refunds, service, scores."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from core.exports.kinds.ads import Ads
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.language import wording
from core.language.wording import say
from core.measures import baseline
from core.measures.ad_report import ad_rows
from core.review.correction import Correction, notices
from core.shop.settings import Shop
from core.tables.span import Period, Span, period_cells, period_columns, rated, summed
from core.tables.table import Chart, ShopColumn, ShopTable, build

if TYPE_CHECKING:
    import pandas as pd

Daily = Mapping[str, Mapping[date, float]]
"""Each figure by day."""

SCENES = ("ads_keyword", "ads_crowd", "ads_scene", "ads_whole")
SUMS = (
    "gmv", "visitors", "buyers", "units", "pageviews", "cart_buyers", "ordered_buyers", "new_buyers",
    "old_buyers", "ad_cost", *SCENES, "taoke_fee", "ad_clicks", "ad_gmv", "refund_amount", "inquiries",
    "converted", "reviews_count", "negative_reviews", "new_members",
)  # fmt: skip
RATES = {
    "conversion": ("buyers", "visitors"),
    "aov": ("gmv", "buyers"),
    "visitor_value": ("gmv", "visitors"),
    "depth": ("pageviews", "visitors"),
    "bounce_rate": ("bounced", "visitors"),
    "cart_rate": ("cart_buyers", "visitors"),
    "paid_share": ("buyers", "ordered_buyers"),
    "old_share": ("old_buyers", "buyers"),
    "ad_share": ("ad_cost", "gmv"),
    "cpc": ("ad_cost_reported", "ad_clicks"),
    "roi": ("ad_gmv", "ad_cost_reported"),
    "refund_share": ("refund_amount", "gmv"),
    "service_conversion": ("converted", "inquiries"),
    "response": ("waited", "inquiries"),
}
"""Each rate and what it is made of: over several days sum over sum."""
LAST = ("score_item", "score_logistics", "score_service", "members", "followers")
"""States, not flows: the last one known of the period."""


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
    """What did the shop sell, who came, what did it cost, what went back, day by day?

    A figure that a finished report stated otherwise stands with both values beside its day.
    """
    daily = figures_by_day(days, ads, service)
    known = {day for name in ("gmv", "visitors") for day in daily[name]}
    rows = [
        {
            **period_cells(span, period),
            **_of_period(daily, period, known),
            **_plan(shop, span, period, daily),
            "corrected": _corrected(corrections, span, period),
        }
        for period in span.periods
        if any(day in known for day in period.days)
    ]
    return build(
        "operations",
        say("Shop operations"),
        span.words,
        [*period_columns(span), *_columns(span)],
        rows,
        notes=[*notices(corrections), *_notes(daily, span, known, shop, today)],
        chart=Chart(say("Sales and conversion"), "period", ("gmv",), ("conversion",)),
    )


def figures_by_day(days: ShopDay | None, ads: Ads | None, service: Service | None) -> Daily:
    """Return every figure of :data:`SUMS`, and the parts of the rates, by day; unknown days are not there."""
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
    """Add up what is known of each day."""
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


def _of_period(daily: Daily, period: Period, known: set[date]) -> dict[str, object]:
    days = [day for day in period.days if day in known]
    cells: dict[str, object] = {"known": float(len(days))}
    cells |= {name: summed(daily[name], days) for name in SUMS}
    cells |= {name: rated(daily[part], daily[whole], days) for name, (part, whole) in RATES.items()}
    for name in LAST:
        seen = [daily[name][day] for day in days if day in daily[name]]
        cells[name] = seen[-1] if seen else None
    return cells


def _plan(shop: Shop, span: Span, period: Period, daily: Daily) -> dict[str, object]:
    """The month's target and how much of it the days shown have sold; of whole months so far only."""
    if span.by != "month" or period.first.day != 1:
        special = shop.special(period.first) if span.by == "day" else None
        return {"special": special.note if special is not None else ""}
    target = shop.target(period.first)
    sold = sum(daily["gmv"].get(day, 0.0) for day in period.days)
    return {"target": target, "reached": sold / target if target else None}


def _corrected(corrections: Sequence[Correction], span: Span, period: Period) -> str:
    """What finished reports stated of the period's days and the exports now tell otherwise, in words."""
    own = sorted((one for one in corrections if one.day in period.days), key=lambda one: one.day)
    told = [one.change if span.by == "day" else one.words for one in own]
    return wording.listing(list(dict.fromkeys(told)))


def _columns(span: Span) -> list[ShopColumn]:
    counted = [] if span.by == "day" else [ShopColumn("known", say("Days with figures"), "count")]
    return [
        *counted,
        ShopColumn("gmv", say("Sales"), "money"),
        ShopColumn("target", say("Target of the month"), "money"),
        ShopColumn("reached", say("Of the target"), "rate"),
        ShopColumn("visitors", say("Visitors"), "count"),
        ShopColumn("buyers", say("Buyers"), "count"),
        ShopColumn("conversion", say("Conversion"), "rate"),
        ShopColumn("aov", say("AOV"), "money"),
        ShopColumn("visitor_value", say("Sales per visitor"), "money"),
        ShopColumn("units", say("Pieces"), "count"),
        ShopColumn("depth", say("Pages per visitor"), "ratio"),
        ShopColumn("bounce_rate", say("Bounce rate"), "rate"),
        ShopColumn("cart_rate", say("Add-to-cart rate"), "rate"),
        ShopColumn("paid_share", say("Paid of ordered"), "rate"),
        ShopColumn("new_buyers", say("New buyers"), "count"),
        ShopColumn("old_buyers", say("Returning buyers"), "count"),
        ShopColumn("old_share", say("Share of returning buyers"), "rate"),
        ShopColumn("ad_cost", say("Ad cost"), "money"),
        ShopColumn("ads_keyword", say("Keyword ads"), "money"),
        ShopColumn("ads_crowd", say("Crowd ads"), "money"),
        ShopColumn("ads_scene", say("Scene ads"), "money"),
        ShopColumn("ads_whole", say("Whole-site ads"), "money"),
        ShopColumn("ad_share", say("Ad cost of sales"), "rate"),
        ShopColumn("ad_clicks", say("Ad clicks"), "count"),
        ShopColumn("cpc", say("Cost per click"), "money"),
        ShopColumn("ad_gmv", say("Ad sales"), "money"),
        ShopColumn("roi", say("Ad ROI"), "ratio"),
        ShopColumn("taoke_fee", say("Taoke commission"), "money"),
        ShopColumn("refund_amount", say("Refunds"), "money"),
        ShopColumn("refund_share", say("Refunds of sales"), "rate"),
        ShopColumn("inquiries", say("Inquiries"), "count"),
        ShopColumn("service_conversion", say("Service conversion"), "rate"),
        ShopColumn("response", say("Seconds to answer"), "seconds"),
        ShopColumn("reviews_count", say("Reviews"), "count"),
        ShopColumn("negative_reviews", say("Bad reviews"), "count"),
        ShopColumn("score_item", say("Item as described"), "ratio"),
        ShopColumn("score_logistics", say("Logistics"), "ratio"),
        ShopColumn("score_service", say("Service attitude"), "ratio"),
        ShopColumn("new_members", say("New members"), "count"),
        ShopColumn("members", say("Members"), "count"),
        ShopColumn("followers", say("Followers"), "count"),
        ShopColumn("special", say("Remark")),
        ShopColumn("corrected", say("Corrected since reported")),
    ]


def _notes(daily: Daily, span: Span, known: set[date], shop: Shop, today: date) -> list[str]:
    notes = []
    missing = [day for day in span.days if day not in known and day < today]
    if missing:
        notes.append(
            say(
                "{n} days have no figures and are left out ({first} to {last}).",
                n=len(missing),
                first=missing[0],
                last=missing[-1],
            )
        )
    if span.by != "day":
        notes.append(say("Rates are sums over sums of the days, never means of the days' rates."))
        gaps = [
            column.title
            for column in _columns(span)
            if column.id in SUMS and 0 < len(known & set(daily[column.id])) < len(known & set(span.days))
        ]
        if gaps:
            notes.append(
                say("Left empty where a day of the period lacks it: {names}.", names="、".join(gaps))
            )
    if daily["ad_gmv"] and any((today - day).days <= shop.ads.attribution_days for day in known):
        notes.append(
            say(
                "Ad sales of the last {n} days still grow: clicks are credited later.",
                n=shop.ads.attribution_days,
            )
        )
    if daily["refund_amount"]:
        notes.append(say("Refunds are those finished in the period, of whatever day's orders."))
    return notes
