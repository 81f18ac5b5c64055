"""The analysis of tonight's ad budget: by how much to raise it, or whether to leave it."""

from __future__ import annotations

import math
from datetime import date, datetime

from core.answers.answer import Answer
from core.exports.kinds.ads import Ads
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.service import Service
from core.exports.kinds.stock import Stock
from core.facts.goods_on_the_way import OnTheWay
from core.language.message import Words
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.records.evening import DayNow, OnDuty
from core.records.records import Check, Records
from core.shop.settings import Shop
from core.topics.evening import ads_findings, gate_tables
from core.topics.evening.ad_returns import returns
from core.topics.evening.capacity import on_duty
from core.topics.evening.day_so_far import hour_now, so_far
from core.topics.evening.raising import balance
from core.topics.evening.raising import tonight as decided
from core.topics.evening.usual_hours import evening_factor, of_hours, usual
from core.topics.stock.running_out import running_out

EVENING = 20.0
"""The hour at which the question is usually asked."""


def tonight(  # noqa: PLR0913, PLR0917 - five gates, each with its own export
    typed: Records[DayNow],
    checks: Records[Check],
    hours: Hours | None = None,
    ads: Ads | None = None,
    items: Items | None = None,
    stock: Stock | None = None,
    on_the_way: OnTheWay | None = None,
    refunds: ShopRefunds | None = None,
    duty: Records[OnDuty] | None = None,
    service: Service | None = None,
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """Is it worth adding to the ad budget tonight, and how much, or is it better to leave it?

    Reads what was entered about today (form “Today so far”) or today's hourly figures, earlier hourly
    figures, the ad file, the stock, who is on duty (form “Who is on duty tonight”), and the ad balance
    entered in the morning plus what was topped up since.

    Five questions in turn; the first "no" ends it. 1: Will the budget run out? Spend so far divided by
    its usual share by this hour is compared with the daily budget. 2: Does the evening pay? Orders per
    click are estimated from today's clicks and the evenings of four weeks: at least 80% likely to earn,
    and additional spend (which returns less than the average) above break-even. Today's orders are not
    complete, so they are divided by the share usually credited by now. 3: Is there stock, or are most
    ads for items about to run out? 4: Can the agents on duty answer the busiest hour still to come?
    5: How much: what the budget lacks, at most a fifth of it. Leaving
    the budget is a good answer; after 22:30 it is the only one.

    The program does not know what rivals bid tonight, or who is on duty and how much money is in the
    account if nobody entered it.
    """
    hour = min(hour_now(today, now), 24.0)
    frame = None if hours is None else hours.frame
    seen = so_far(typed, frame, "spent", today=today, now=now)
    at = seen.hour if seen is not None else hour if hour < 24 else EVENING  # noqa: PLR2004 - the day is over
    spend = {} if frame is None else of_hours(frame, "ad_cost")
    course = usual({day: by for day, by in spend.items() if day < today}, shop, today)
    usually = None
    if course is not None:
        usually = math.fsum(math.fsum(spend[day]) for day in course.days) / len(course.days)
    scarce = (
        running_out(stock.frame, items.frame, shop, today, refunds)
        if stock is not None and items is not None
        else {}
    )
    found = decided(
        seen,
        course,
        usually,
        None if ads is None else returns(ads.frame, shop, today, refunds),
        None if frame is None else evening_factor(frame, at, shop, today),
        scarce,
        shop,
        at,
        duty=on_duty(duty, None if service is None else service.frame, frame, shop, today, at),
    )
    held = balance(checks, shop, found, today, now, on_the_way or OnTheWay())
    return Answer(
        verdict=ads_findings.verdict(found),
        findings=tuple(ads_findings.findings(found, held, shop, today)),
        evidence=gate_tables.evidence(found),
        limits=(*gate_tables.limits(found), *refunds_limit(refunds, shop)),
    )
