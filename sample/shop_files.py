"""生意参谋 files about the whole shop: daily figures in two formats, and hourly figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache

from sample import season
from sample.layouts import HOURS, layout
from sample.orders import Order
from sample.traffic import Traffic, days_of
from sample.words import SCENES
from sample.world import World, buyers, money
from sample.writers import Cell, count, percent, plain, xls, xlsx, yuan

NOTE = "数据说明：以下数据为您所选时间周期的相关指标，如需查看其他时间周期的数据，请重新选择后下载"
LIMIT = "下载数据最多5000条，超出部分会被截断！"
BOOKMARK = "收藏网址：d.alibaba.com，让数据帮您生意参谋！点此进入>>"
OLD_RANGE = (date(2026, 9, 1), date(2026, 9, 30))
NEW_RANGE = (date(2026, 9, 24), season.LAST)
"""The two formats overlap in the last week of September, with equal figures."""
DSR = ("描述相符评分", "物流服务评分", "服务态度评分")
"""Columns of the old score, which newer exports no longer have."""
BY_PAYMENT = "退款金额（支付时间）"


def spend(traffic: Traffic, scene: str) -> int:
    """Return the ad spend in fen of one scene on a day."""
    return sum(ad.cost for ad in traffic.ads if ad.scene == scene)


@lru_cache(maxsize=200)
def figures(world: World, day: date) -> dict[str, Cell]:
    """Return the shop's figures of one day by the platform's column names, with money and rates as text."""
    flow, made, paid = world.traffic[day], world.orders[day], world.paid(day)
    dice, visitors = world.outline.dice(f"shop/{day}"), world.traffic[day].visitors
    old = [order for order in paid if order.old]
    carts = round(visitors * dice.between(0.078, 0.092))
    returning = _returning(world, day)
    values = _sales(visitors, made, paid, old)
    values |= {
        "统计日期": day.isoformat(),
        "访客数": count(visitors),
        "无线端访客数": count(visitors * 0.968),
        "PC端访客数": count(visitors - round(visitors * 0.968)),
        "浏览量": count(visitors * flow.depth),
        "人均浏览量": f"{flow.depth:.2f}",
        "跳失率": f"{flow.bounce * 100:.2f}%",
        "商品访客数": count(visitors * 0.93),
        "商品浏览量": count(visitors * flow.depth * 0.82),
        "平均停留时长": f"{dice.between(13, 17):.2f}",
        "加购人数": count(carts),
        "加购件数": count(carts * 1.31),
        "商品收藏买家数": count(visitors * dice.between(0.028, 0.034)),
        "老访客数": count(visitors * returning),
        "新访客数": count(visitors - round(visitors * returning)),
        BY_PAYMENT: yuan(world.refunded_of(day)),
        "全站推广花费": yuan(spend(flow, "site")),
        "关键词推广花费": yuan(spend(flow, "keyword")),
        "精准人群推广花费": yuan(spend(flow, "crowd")),
        "智能场景花费": "0.00",
        "直通车消耗": yuan(spend(flow, "keyword")),
        "钻石展位消耗": yuan(spend(flow, "crowd")),
        "淘宝客佣金": yuan(money(o for o in paid if o.source == "taoke") * 0.08),
        "成功退款金额": yuan(world.refunded(day)),
        "评价数": count(dice.between(45, 70)),
        "会员总数": count(18400 + (day - season.FIRST).days * 41),
        "新增会员数": count(dice.between(30, 52)),
        "活跃会员数": count(dice.between(900, 1200)),
        "会员成交金额": yuan(money(old) * 0.7),
        "会员成交人数": count(buyers(old) * 0.7),
        "关注店铺人数": count(dice.between(60, 95)),
        "描述相符评分": "4.81",
        "物流服务评分": "4.83",
        "服务态度评分": "4.82",
    }
    return values


def _returning(world: World, day: date) -> float:
    """Return the share of the day's visitors who had been there before; larger on campaign days."""
    outline = world.outline
    if outline.refunding is None:
        return 0.27
    usual = 0.325 if outline.season.is_campaign(day) else 0.262
    return usual + outline.dice(f"returning/{day}").bell(0.0, 0.016)


def _sales(
    visitors: int, made: Sequence[Order], paid: Sequence[Order], old: Sequence[Order]
) -> dict[str, Cell]:
    people, placed, sales = buyers(paid), buyers(made), money(paid)
    return {
        "下单金额": yuan(money(made)),
        "下单买家数": count(placed),
        "下单件数": count(sum(o.units for o in made)),
        "下单转化率": percent(placed, visitors),
        "支付金额": yuan(sales),
        "支付买家数": count(people),
        "支付件数": count(sum(o.units for o in paid)),
        "支付子订单数": count(sum(len(o.lines) for o in paid)),
        "支付父订单数": count(len(paid)),
        "支付转化率": percent(people, visitors),
        "客单价": yuan(sales / people),
        "UV价值": yuan(sales / visitors),
        "支付老买家数": count(buyers(old)),
        "支付新买家数": count(people - buyers(old)),
        "老买家支付金额": yuan(money(old)),
        "下单-支付转化率": percent(people, placed),
    }


def newer(world: World, first: date, last: date) -> bytes:
    """Return the 2026 format: all days in one file, header in the first row (as re-saved by an RPA robot)."""
    header = layout("sycm_shop_day_2026")
    if world.outline.refunding is not None:
        header = [*(name for name in header if name not in DSR), BY_PAYMENT]
    rows = [[figures(world, day)[name] for name in header] for day in days_of(first, last)]
    return xlsx({"Sheet1": [header, *rows]})


def older(world: World) -> bytes:
    """Return September in the 自助取数 format of 2018: three lines before the header, ``-`` if no figure."""
    header = layout("sycm_shop_day_105")
    rows = [[figures(world, day).get(name, "-") for name in header] for day in days_of(*OLD_RANGE)]
    return xls({"自助取数": [[NOTE], [BOOKMARK], [None], header, *rows]})


def by_hour(world: World, day: date, hour: int, until: time = time.max) -> list[Cell]:
    """Return the row of one hour for the headers HOURS; empty figures for hours from ``until`` on."""
    flow = world.traffic[day]
    share = season.HOURS[hour] if time(hour) < until else 0.0
    made = [order for order in world.orders[day] if order.made.hour == hour and order.made.time() < until]
    paid = [o for o in world.paid(day) if o.paid and o.paid.hour == hour and o.paid.time() < until]
    spent = sum(spend(flow, scene) for scene in SCENES)
    clicks = sum(ad.clicks for ad in flow.ads)
    seen = flow.visitors * (share * 1.06 + 0.002) if share else 0
    return [
        day.isoformat(),
        f"{hour:02d}:00-{hour:02d}:59",
        count(seen),
        count(buyers(paid)),
        plain(money(paid)),
        count(buyers(made)),
        plain(spent * share),
        count(clicks * share),
    ]


def hours(world: World) -> bytes:
    """Return 28 days by hour (an invented format, as no such export was available)."""
    rows = [by_hour(world, day, hour) for day in season.DAYS[-28:] for hour in range(24)]
    return xlsx({"分时数据": [HOURS, *rows]})


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    compact = world.outline.compact
    span = (season.FIRST, season.LAST) if compact else NEW_RANGE
    start, end = (day.isoformat() for day in span)
    first, last = season.DAYS[-28].isoformat(), season.LAST.isoformat()
    made = {
        f"shop_day/参谋店铺整体日报_{start}_{end}.xlsx": newer(world, *span),
        f"hours/分时数据_{first}_{last}.xlsx": hours(world),
    }
    if not compact:
        made["shop_day/自助取数_店铺_2026-09-01_2026-09-30.xls"] = older(world)
    return made
