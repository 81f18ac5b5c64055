"""The analysis of our orders compared with followed rivals' tonight, and lawful ways to win more."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

from core.answers.answer import Answer, Finding
from core.exports.kinds.hours import Hours
from core.exports.kinds.items import Items
from core.exports.kinds.orders import Orders
from core.exports.kinds.shop_day import ShopDay
from core.journal.projections import Past
from core.language.message import Words
from core.measures import baseline
from core.measures.order_value import ShopRefunds
from core.measures.refund_shares import limit as refunds_limit
from core.records.evening import DayNow, RivalNow
from core.records.records import Records
from core.shop.settings import Shop
from core.topics.evening import fake_orders, gap_findings
from core.topics.evening.day_end import day_target, ending
from core.topics.evening.day_so_far import hour_now, so_far
from core.topics.evening.levers import findings as lever_findings
from core.topics.evening.levers import levers
from core.topics.evening.rivals_now import not_looked_at, rivals_tonight
from core.topics.evening.usual_hours import ByHour, of_hours, of_orders, usual

EVENING = 21.0


def gap(  # noqa: PLR0913 - ours, theirs and every lever's own figures
    typed: Records[DayNow],
    seen: Records[RivalNow],
    past: Past,
    orders: Orders | None = None,
    hours: Hours | None = None,
    days: ShopDay | None = None,
    items: Items | None = None,
    refunds: ShopRefunds | None = None,
    *,
    shop: Shop,
    today: date,
    now: datetime,
) -> Answer[Words]:
    """How many orders are we ahead of or behind rivals tonight, and which legal means is worth using?

    Reads today's orders and sales (form “Today so far”, or today's hourly figures), the rivals' orders
    as entered (“A rival tonight”, as ranges), earlier orders by hour, the shop's days, and what was
    decided about the ads.

    Our figure is exact, a rival's is a range: a rival is called ahead only if both ends of its range
    are. The forecast for the day is that of its weekday and calendar, updated by the orders so far and
    the usual share of a day by this hour. From it follow how likely the day's target is, and how likely
    we are to reach the low and high end of a rival if its day runs like ours. These means are shown
    with their figures: unpaid orders and how many of them are usually paid the same night, carts of
    three days, returning customers who stayed away. If the target is likely anyway, none is needed; if
    it is out of reach, no discount is proposed for it. Fake orders are never counted, planned or
    hidden.

    The program does not know how much of a rival's figure is real, what rivals will do next, or what a
    coupon will bring.
    """
    frame = None if hours is None else hours.frame
    ours = so_far(typed, frame, "orders", today=today, now=now)
    by_hour, values = _history(orders, hours, shop, today)
    sales = {} if days is None else baseline.column(days.frame, "gmv")
    if ours is None or ours.orders is None:
        at = min(hour_now(today, now), 24.0)
        at = at if at < 24 else EVENING  # noqa: PLR2004 - the day is over
        course = usual({day: one for day, one in by_hour.items() if day < today}, shop, today)
        share = None if course is None else course.share(at)
        verdict = gap_findings.ask(at, day_target(sales, shop, today), share)
        return Answer(verdict, tuple(fake_orders.article(past)))
    end = ending(ours, by_hour, values, sales, shop, today)
    rivals = rivals_tonight(seen, ours.orders, end, shop, today=today, now=now)
    waiting = not_looked_at(seen, shop, today)
    pulled: list[Finding[Words]] = []
    if end is not None:
        found = levers(
            ours,
            end,
            None if orders is None else orders.frame,
            None if days is None else days.frame,
            shop,
            today,
            refunds,
        )
        pulled = lever_findings(found, end, past, shop, today)
    return Answer(
        verdict=gap_findings.verdict(ours, end, rivals, shop),
        findings=(*gap_findings.findings(end, rivals, waiting, shop), *pulled, *fake_orders.article(past)),
        evidence=gap_findings.evidence(ours, end, rivals, _selling(items, today), shop),
        limits=(*gap_findings.limits(ours, end, rivals), *refunds_limit(refunds, shop)),
    )


def _history(
    orders: Orders | None, hours: Hours | None, shop: Shop, today: date
) -> tuple[ByHour, tuple[float, float] | None]:
    """Return orders by day and hour, and the sales and number of orders of usual days.

    They come from the order list or, without one, from the hourly figures. Without either, the orders by hour
    are empty; the second value is None if there are no usual days.
    """
    if orders is not None and orders.frame["paid"].notna().any():
        frame = orders.frame
        by_hour: ByHour = of_orders(frame)
        paid = frame[frame["paid"].notna()]
        sold = paid.groupby(paid["paid"].dt.date)["amount"].sum()
        gmv = {when: float(value) for when, value in sold.items() if isinstance(when, date)}
    elif hours is not None:
        by_hour = of_hours(hours.frame, "buyers")
        gmv = {day: math.fsum(one) for day, one in of_hours(hours.frame, "gmv").items()}
    else:
        return {}, None
    course = usual({day: one for day, one in by_hour.items() if day < today}, shop, today)
    if course is None:
        return by_hour, None
    known = [day for day in course.days if day in gmv]
    return by_hour, (
        math.fsum(gmv[day] for day in known),
        math.fsum(math.fsum(by_hour[day]) for day in known),
    )


def _selling(items: Items | None, today: date) -> float | None:
    """Return the number of items that sold yesterday; None if unknown."""
    if items is None:
        return None
    rows = items.frame[items.frame["date"].dt.date == today - timedelta(days=1)]
    sold = int((rows["units"] > 0).sum())
    return float(sold) if sold else None
