"""The planted figures of the second shop, counted from the simulated days and not from the exports."""

from __future__ import annotations

from datetime import date

from sample import fee_files, measured, season
from sample.catalogue import Item
from sample.promises import young
from sample.second_typed import SCORES, total
from sample.traffic import days_of
from sample.words import BURNING, STILL_DEAR
from sample.world import World, money, pace

LOSES_NET = "法式连衣裙"
"""A word that earns while only goods are counted, and loses once fees, parcels and returns are."""
OCTOBER = (date(2026, 10, 1), date(2026, 10, 31))
SETTLED = (date(2026, 9, 1), date(2026, 10, 20))
"""Payment days of which nearly all refunds are in."""


def refund_rate(world: World, first: date, last: date) -> float:
    """Return the money refunded so far over the money paid, of the orders paid on these days."""
    days = days_of(first, last)
    paid = sum(money(world.paid(day)) for day in days)
    return sum(world.refunded_of(day) for day in days) / paid


def before_dispatch(world: World) -> float:
    """Return the share of all refunds in the list that were asked for before the parcel was sent."""
    asked = [refund for order, refund in world.refunds if refund.kind != "换货" and not refund.cancelled]
    return sum(one.kind == "仅退款" for one in asked) / len(asked)


def buyers_a_day(world: World, item: Item, first: date, last: date) -> float:
    """Return the buyers of an item per day."""
    days = days_of(first, last)
    bought = [{o.buyer for o in world.paid(day) if any(x.item is item for x in o.lines)} for day in days]
    return sum(map(len, bought)) / len(days)


def plan_cost(world: World, item: str, first: date, last: date) -> float:
    """Return the yuan a day that the whole-site plan of an item costs."""
    days = days_of(first, last)
    ads = [ad for day in days for ad in world.traffic[day].ads if (ad.scene, ad.item) == ("site", item)]
    return sum(ad.cost for ad in ads) / 100 / len(days)


def planted(world: World) -> dict[str, float]:
    """Return all planted figures by name."""
    outline = world.outline
    over, items = outline.overspend, outline.item
    assert over is not None  # noqa: S101 - the second shop has one
    week = (date(2026, 10, 25), date(2026, 10, 31)), (date(2026, 11, 2), date(2026, 11, 8))
    orders = [buyers_a_day(world, items[over.item], *span) for span in week]
    spent = [plan_cost(world, over.item, *span) for span in week]
    late = [
        order
        for day in (date(2026, 11, 12), date(2026, 11, 13))
        for order in world.paid(day)
        if order.sent is None and order.refund is None
    ]
    points = sum(fee for _, name, fee, _ in fee_files.rows(world, *OCTOBER) if name == fee_files.POINTS)
    confirmed = sum(on for _, name, _, on in fee_files.rows(world, *OCTOBER) if name == fee_files.BASE)
    word, burning = young(world, STILL_DEAR), measured.word(world, BURNING)
    november = days_of(date(2026, 11, 1), season.LAST)
    return {
        "refund_rate": refund_rate(world, *SETTLED),
        "before_dispatch": before_dispatch(world),
        "paid": sum(money(world.paid(day)) for day in november) / 100,
        "paid_last": money(world.paid(season.LAST)) / 100,
        "orders_more": orders[1] - orders[0],
        "spent_more": spent[1] - spent[0],
        "unsent": len(late),
        "points_more": points / 100 - outline.typed.money["points"] * confirmed / 100,
        "compensation": sum(count * 5 for count in fee_files.LATE_DAYS.values()),
        "score": total(SCORES[-1][1]),
        "score_before": total(SCORES[-2][1]),
        "word_then": word.then,
        "word_in_full": word.in_full,
        "word_clicks": word.clicks,
        "burning_clicks": burning.clicks,
        "burning_orders": burning.orders,
        "jeans_on_hand": measured.on_hand(world, items["jeans"]),
        "jeans_pace": pace(world, items["jeans"]),
        "video_after": measured.source_mean(world, "video", season.DAYS[-4:]),
        "bounce_last": measured.bounce(world, measured.LAST_7),
        "sunwear_on_hand": measured.on_hand(world, items["sunwear"]),
    }
