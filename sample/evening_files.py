"""Downloads of the demo's own day, 16 November: files as of 20:00 and 21:00."""

# Rows of the page's table are not wrapped.
# ruff: noqa: E501

from __future__ import annotations

from dataclasses import replace
from datetime import time

from sample import order_files, season
from sample.layouts import HOURS
from sample.orders import Order
from sample.shop_files import by_hour
from sample.world import Desk, World
from sample.writers import xlsx

MOMENTS = (time(20), time(21))
"""The times of the downloads; each has its folder below ``evening/``: 2000, 2100."""
LATE_SHARE, LATE_FACTOR = 0.34, 0.80
"""The share of an agent's inquiries after 18:00, and their relative conversion, as on earlier evenings."""


def orders_until(world: World, until: time) -> list[Order]:
    """Return today's orders as of that time; orders paid later are still unpaid."""
    made = [order for order in world.orders[season.TODAY] if order.made.time() < until]
    return [
        order if order.paid is None or order.paid.time() < until else replace(order, paid=None)
        for order in made
    ]


def late_desks(world: World) -> list[tuple[str, int, int]]:
    """Return (agent, inquiries, paying buyers since 18:00) for the agents working tonight."""
    late = [desk for desk in world.desks[season.TODAY] if desk.asked >= 30]
    return [(desk.agent, *_late(desk)) for desk in late]


def _late(desk: Desk) -> tuple[int, int]:
    return round(desk.asked * LATE_SHARE), round(desk.paid * LATE_SHARE * LATE_FACTOR)


def hours(world: World, until: time) -> bytes:
    """Return today's hourly figures; the hour that has just begun is empty, as on the platform."""
    rows = [by_hour(world, season.TODAY, hour, until) for hour in range(until.hour + 1)]
    return xlsx({"分时数据": [HOURS, *rows]})


RIVALS_TONIGHT = (
    ("素年锦时", "170-210", "169-399", "26"),
    ("慕言", "60-80", "149-289", "14"),
    ("禾田", "90-180", "139-459", "18"),
)
"""What the rivals' pages show at 21:00: orders today, prices, listing slots."""


def section(world: World) -> list[str]:
    """Return STORY.md's section on the evening: figures from files, and figures to type in."""
    lines = [
        "## The evening of 16 November",
        "",
        "`shopday demo --at 20:00` puts today's exports up to 20:00 into `inbox/` (press `i`), `--at 21:00` those up to",
        "21:00 as well: today by hour and the order list so far (`evening/2000`, `evening/2100`). Somebody topped the ad",
        "account up before noon. What no export tells stands here, to be typed into the forms:",
        "",
        "| step | figures | conclusion |",
        "|---|---|---|",
    ]
    spent = {until: spent_until(world, until) for until in MOMENTS}
    made = {until: orders_until(world, until) for until in MOMENTS}
    paid = {until: [order for order in made[until] if order.paid] for until in MOMENTS}
    desks = ", ".join(f"{agent} {won} of {asked}" for agent, asked, won in late_desks(world))
    rivals = "; ".join(
        f"{name} {orders} orders, {price} yuan, {slots} slots"
        for name, orders, price, slots in RIVALS_TONIGHT
    )
    eight, nine = MOMENTS
    rows = [
        ("evening_ads", f"file: {spent[eight]:,.0f} of 4,500 yuan spent by 20:00", "heads for less than the budget: leave it"),
        ("order_gap", f"file: {len(paid[nine])} orders by 21:00, {len(made[nine]) - len(paid[nine])} unpaid; type: {rivals}",
         "素年锦时 surely ahead, 慕言 surely behind, 禾田 cannot be said"),
        ("evening_service", f"type, since 18:00: {desks}", "nobody is called: too few to judge one evening"),
        ("live", "type: 云裳里旗舰店, 福袋, 5000+ watching", "draws at two shops now: that others do it proves nothing"),
        ("communities", "type: 半夏女装, 上新先看", "a third group shows new arrivals first"),
        ("summary", "nothing to type", "the report has the day in it"),
    ]  # fmt: skip
    return [*lines, *(f"| `{step}` | {figures} | {end} |" for step, figures, end in rows), ""]


def spent_until(world: World, until: time) -> float:
    """Return the yuan spent on ads up to that hour."""
    return sum(float(str(by_hour(world, season.TODAY, hour, until)[6])) for hour in range(until.hour))


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``evening/``."""
    made: dict[str, bytes] = {}
    for until in MOMENTS:
        stamp, day = f"{until:%H%M}", f"{season.TODAY:%Y%m%d}"
        made[f"{stamp}/分时数据_{season.TODAY}_{stamp}.xlsx"] = hours(world, until)
        made[f"{stamp}/ExportOrderList{day}{stamp}.csv"] = order_files.orders(
            world.outline, orders_until(world, until)
        )
    return made
