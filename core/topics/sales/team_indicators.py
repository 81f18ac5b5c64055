"""The indicators of ads, service and reviews, listed with those of the shop's daily figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from core.language.message import say
from core.measures.ad_report import ad_rows
from core.measures.indicators import Indicator
from core.measures.metrics import NAMES, RATES, RATIOS
from core.measures.order_value import ShopRefunds, order_value, refunds_of, value_share
from core.records.experience import ScoreSeen
from core.records.records import Records
from core.records.team import ContentPost
from core.shop.settings import Shop
from core.statistics.distributions import wilson
from core.topics.checks.experience.score import LINE
from core.topics.sales.causes.shop_side import BAD_STARS

if TYPE_CHECKING:
    import pandas as pd

WEEK = 7
SCORE_DAYS = 14
"""Days for which a look at the experience score counts."""
FEWEST = 20
"""The fewest inquiries or reviews from which a rate is given (a judgement)."""


def of_ads(
    frame: pd.DataFrame | None, shop: Shop, day: date, refunds: ShopRefunds | None = None
) -> list[Indicator]:
    """Return a day's ad spend against the budget, and the ROI of the last seven fully credited days."""
    rows = ad_rows(frame)
    if rows is None:
        return []
    when = rows["date"].dt.date
    cost = float(rows.loc[when == day, "cost"].sum())
    found = []
    if cost:
        spend = say("Ad spend")
        budget = shop.ads.daily_budget
        found.append(
            Indicator(name=spend, role="promotion", aim=budget, seen=cost, show="money", lower_is_better=True)
        )
    last = day - timedelta(days=shop.ads.mature_days)
    settled = rows[(when > last - timedelta(days=WEEK)) & (when <= last) & rows["gmv"].notna()]
    if spent := float(settled["cost"].sum()):
        in_net = "net_gmv" in settled and settled["net_gmv"].notna().all()
        name = say("ROI, last seven days with all orders credited")
        if in_net:
            name = say("Net ROI, last seven days that are fully credited")
        aim = _break_even(settled, shop, refunds, in_net=in_net)
        roi = float(settled["net_gmv" if in_net else "gmv"].sum()) / spent
        found.append(Indicator(name=name, role="promotion", aim=aim, seen=roi, show="ratio"))
    return found


def _break_even(rows: pd.DataFrame, shop: Shop, refunds: ShopRefunds | None, *, in_net: bool) -> float | None:
    """Return the ROI at zero profit; None if no cost is known or if nothing remains of an order after costs.

    If the report does not count orders, the costs of parcels and returns are left out.
    """
    counted = rows[rows["orders"].notna()]
    orders = float(counted["orders"].sum())
    order = order_value(shop, float(counted["gmv"].sum()) / orders, refunds=refunds) if orders else None
    if order is not None:
        return order.net_break_even_roi if in_net else order.break_even_roi
    share = value_share(shop, refunds=refunds)
    kept = refunds_of(shop, refunds=refunds).kept if in_net else 1.0
    return kept / share if share else None


def of_service(frame: pd.DataFrame | None, shop: Shop, day: date) -> list[Indicator]:
    """Return the inquiry conversion of the last seven days compared with the industry's."""
    if frame is None:
        return []
    when = frame["date"].dt.date
    own = frame[
        ~frame["benchmark"].astype(bool)
        & (when > day - timedelta(days=WEEK))
        & (when <= day)
        & frame["converted"].notna()
    ]
    asked, bought = float(own["inquiries"].sum()), float(own["converted"].sum())
    if asked < FEWEST:
        return []
    high = wilson(bought, asked).high
    aim = shop.thresholds.industry_conversion
    seen = bought / asked
    return [
        Indicator(
            name=say("Inquiry conversion, seven days"),
            role="service",
            aim=aim,
            seen=seen,
            show="rate",
            low=None if aim is None else min(aim, aim - (high - seen)),
        )
    ]


def of_reviews(frame: pd.DataFrame | None, day: date) -> list[Indicator]:
    """Return the share of bad reviews of the last seven days compared with that of the four weeks before."""
    if frame is None:
        return []
    when = frame["date"].dt.date
    bad = (frame["stars"] <= BAD_STARS) | frame["sentiment"].isin(["差评", "中评", "negative", "neutral"])
    recent = (when > day - timedelta(days=WEEK)) & (when <= day)
    before = (when <= day - timedelta(days=WEEK)) & (when > day - timedelta(days=5 * WEEK))
    n, k, usual_n, usual_k = (int(one.sum()) for one in (recent, recent & bad, before, before & bad))
    if n < FEWEST or usual_n < FEWEST:
        return []
    usual = usual_k / usual_n
    return [
        Indicator(
            name=say("Bad reviews, seven days"),
            role="operator",
            aim=usual,
            seen=k / n,
            show="rate",
            low=usual + (k / n - wilson(k, n).low),
            lower_is_better=True,
        )
    ]


def of_posts(posts: Records[ContentPost] | None, shop: Shop, day: date) -> list[Indicator]:
    """Return the number of posts published on the day, compared with the daily plan; empty without posts."""
    newest = {(one.value.channel, one.value.title): one for one in posts or ()}
    out = [
        one
        for one in newest.values()
        if one.value.state == "posted" and (one.value.on or one.at.astimezone(shop.zone).date()) == day
    ]
    if not newest:
        return []
    aim = float(shop.content.posts_a_day)
    return [
        Indicator(name=say("Posts published"), role="content", aim=aim, seen=float(len(out)), show="count")
    ]


def of_score(scores: Records[ScoreSeen] | None, shop: Shop, day: date) -> list[Indicator]:
    """Return the experience score as last recorded in the last two weeks; empty if it was not recorded."""
    first = day - timedelta(days=SCORE_DAYS)
    seen = [
        one.value
        for one in scores or ()
        if one.value.total is not None and one.at.astimezone(shop.zone).date() > first
    ]
    if not seen:
        return []
    aim = seen[-1].line or LINE
    return [
        Indicator(name=say("Experience score"), role="service", aim=aim, seen=seen[-1].total, show="ratio")
    ]


def own(values: Mapping[str, Mapping[date, float]], shop: Shop, day: date) -> list[Indicator]:
    """Return the indicators that the shop added in its settings."""
    return [
        Indicator(
            name=say(NAMES[row.metric]),
            role=row.role,
            aim=row.aim,
            seen=values[row.metric].get(day),
            show="rate" if row.metric in RATES else "ratio" if row.metric in RATIOS else "count",
            lower_is_better=row.metric == "bounce_rate",
        )
        for row in shop.indicators
    ]
