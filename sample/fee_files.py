"""千牛's fee bills by day (收支账单 › 支出账单 › 日汇总): what the platform charged for confirmed orders."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta

from sample import season
from sample.layouts import FEE_BILL
from sample.order_files import confirmed_at
from sample.world import World
from sample.writers import Cell, plain, xlsx

BASE, CATEGORY, POINTS = "基础软件服务费", "天猫佣金", "返点积分"
INSURANCE, LATE = "消费者体验提升计划服务费", "延迟发货赔付红包"
MONTHS = (
    (date(2026, 9, 1), date(2026, 9, 30)),
    (date(2026, 10, 1), date(2026, 10, 31)),
    (date(2026, 11, 1), season.LAST),
)
POINTS_CHARGED = 0.011
"""The share charged for points in October; shop.toml says 0.5 %, because nobody looked since the campaign."""
LATE_DAYS = {date(2026, 10, 26): 3, date(2026, 10, 27): 5}
"""Red packets of 5 yuan paid to buyers whose parcels left late after the festival's first days."""


def confirmed(world: World) -> dict[date, int]:
    """Return the fen confirmed by buyers (确认收货) on each day."""
    found: dict[date, int] = defaultdict(int)
    for day in world.orders:
        for order in world.paid(day):
            moment = confirmed_at(order)
            if moment is not None:
                back = order.refund.money if order.refund and order.refund.done else 0
                found[moment.date()] += order.money - back
    return found


def sent(world: World) -> dict[date, int]:
    """Return the parcels sent on each day."""
    found: dict[date, int] = defaultdict(int)
    for day in world.orders:
        for order in world.paid(day):
            if order.sent is not None:
                found[order.sent.date()] += 1
    return found


def rows(world: World, first: date, last: date) -> list[tuple[date, str, int, int]]:
    """Return (day, kind of fee, fen charged, fen it was charged on) of a span."""
    money, taken, parcels, made = world.outline.typed.money, confirmed(world), sent(world), []
    day = first
    while day <= last:
        base, points = taken[day], POINTS_CHARGED if day.month == 10 else money["points"]
        lines = (
            (BASE, round(base * money["base_fee"]), base),
            (CATEGORY, round(base * money["category_fee"]), base),
            (POINTS, round(base * points), base),
            (INSURANCE, round(parcels[day] * money["insurance"] * 100), 0),
            (LATE, LATE_DAYS.get(day, 0) * 500, 0),
        )
        made += [(day, name, fee, on) for name, fee, on in lines if fee]
        day += timedelta(days=1)
    return made


def files(world: World) -> dict[str, bytes]:
    """Return the bills by their path below ``exports/``, one a month; none for a shop without fee rates."""
    if "category_fee" not in world.outline.typed.money:
        return {}
    made = {}
    for first, last in MONTHS:
        lines: list[list[Cell]] = [
            [day.isoformat(), name, "平台开给商家", "CNY", plain(fee), plain(fee), plain(on), plain(fee),
             "0.00", plain(fee), "0.00"]
            for day, name, fee, on in rows(world, first, last)
        ]  # fmt: skip
        name = f"支出账单_日汇总_{first:%Y%m%d}_{last:%Y%m%d}"
        made[f"fees/{name}.xlsx"] = xlsx({"日汇总": [FEE_BILL, *lines]})
    return made
