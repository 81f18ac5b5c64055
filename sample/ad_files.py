"""万相台 reports by item, plan and keyword, and an old 直通车 report whose amounts are in fen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sample import season
from sample.catalogue import Item
from sample.dice import Dice
from sample.layouts import keyword_report, layout
from sample.orders import Order
from sample.outline import Outline
from sample.traffic import Ad, days_of
from sample.words import SCENES, WORDS
from sample.world import World
from sample.writers import Cell, gbk_zip, plain, ratio, table

PLANS = {
    ("keyword", "cardigan"): ("82520650001", "关键词_针织_日常"),
    ("keyword", "sweater"): ("82520650001", "关键词_针织_日常"),
    ("keyword", "jeans"): ("82520650002", "关键词_牛仔裤_日常"),
    ("keyword", "dress"): ("82520650003", "关键词_连衣裙_日常"),
    ("keyword", "trench"): ("82520650004", "关键词_外套大衣"),
    ("keyword", "coat"): ("82520650004", "关键词_外套大衣"),
    ("crowd", ""): ("82520650011", "人群_秋冬新品拉新"),
    ("site", ""): ("82520650021", "全站_爆款"),
}
WORD_ID = {(word.item, word.text): word.id for word in WORDS}
NET = ("净成交金额", "净成交笔数", "净实际投产比")
"""Columns at the end of newer reports: what is left after the refunds known so far."""
KEYWORD_FIRST = date(2026, 9, 17)
EARLY, EARLY_DAYS = date(2026, 11, 5), (date(2026, 10, 3), date(2026, 11, 4))
"""The keyword report as of the morning of 5 November, on which two decisions were based."""
SLEPT_OVER = ("coat", "trench")
"""Items whose buyers take days to decide, so that their orders are credited late."""
OLD_DAYS = (date(2026, 8, 18), date(2026, 8, 31))


@dataclass
class Sum:
    """The results of several ads added together. Money is in fen."""

    shown: int = 0
    clicks: int = 0
    cost: int = 0
    own: int = 0
    own_orders: int = 0
    other: int = 0
    other_orders: int = 0
    new: int = 0
    net: int = 0
    net_orders: int = 0
    rank: float = 0.0

    def add(self, ad: Ad, orders: Iterable[Order]) -> None:
        """Add one ad and the paid orders credited to it."""
        self.rank = (
            ad.rank
            if not self.shown
            else (self.rank * self.shown + ad.rank * ad.shown) / (self.shown + ad.shown or 1)
        )
        self.shown, self.clicks, self.cost = (
            self.shown + ad.shown,
            self.clicks + ad.clicks,
            self.cost + ad.cost,
        )
        for order in orders:
            self.new += not order.old
            back = order.refund.money if order.refund and order.refund.done else 0
            self.net, self.net_orders = self.net + order.money - back, self.net_orders + (back < order.money)
            if order.direct:
                self.own, self.own_orders = self.own + order.money, self.own_orders + 1
            else:
                self.other, self.other_orders = self.other + order.money, self.other_orders + 1


def plan(ad: Ad) -> tuple[str, str]:
    """Return the id and name of the plan an ad belongs to."""
    return PLANS.get((ad.scene, ad.item)) or PLANS[ad.scene, ""]


def led_to(world: World, day: date) -> dict[int, list[Order]]:
    """Return the paid orders of a day by ``id()`` of the ad they are credited to."""
    found: dict[int, list[Order]] = defaultdict(list)
    for order in world.paid(day):
        if order.ad is not None:
            found[id(order.ad)].append(order)
    return found


def metrics(outline: Outline, one: Sum, name: str) -> dict[str, Cell]:
    """Return the columns from 展现量 on; ratios are decimals, and empty if the divisor is 0."""
    total, orders = one.own + one.other, one.own_orders + one.other_orders
    dice = outline.dice(f"metrics/{name}")
    carts, likes = round(one.clicks * dice.between(0.06, 0.10)), round(one.clicks * dice.between(0.015, 0.03))
    return {
        "展现量": one.shown,
        "点击量": one.clicks,
        "花费": plain(one.cost),
        "点击率": ratio(one.clicks, one.shown, 4),
        "平均点击花费": ratio(one.cost, one.clicks * 100),
        "千次展现花费": ratio(one.cost * 10, one.shown),
        "直接成交金额": plain(one.own),
        "间接成交金额": plain(one.other),
        "总成交金额": plain(total),
        "总成交笔数": orders,
        "直接成交笔数": one.own_orders,
        "间接成交笔数": one.other_orders,
        "点击转化率": ratio(orders, one.clicks, 4),
        "投入产出比": ratio(total, one.cost),
        "含预售投产比": ratio(total, one.cost),
        "总成交成本": ratio(one.cost, orders * 100),
        "总购物车数": carts,
        "直接购物车数": round(carts * 0.8),
        "间接购物车数": carts - round(carts * 0.8),
        "加购率": ratio(carts, one.clicks, 4),
        "收藏宝贝数": likes,
        "收藏店铺数": round(likes * 0.2),
        "总收藏加购数": carts + likes,
        "宝贝收藏加购数": carts + likes,
        "总收藏数": likes,
        "宝贝收藏率": ratio(likes, one.clicks, 4),
        "拍下订单笔数": orders,
        "拍下订单金额": plain(total),
        "旺旺咨询量": round(one.clicks * 0.02),
        "引导访问量": round(one.clicks * 1.05),
        "引导访问人数": round(one.clicks / 1.12),
        "成交新客数": one.new,
        "成交新客占比": ratio(one.new, orders, 4),
        "成交人数": orders,
        "人均成交笔数": "1" if orders else "",
        "人均成交金额": ratio(total, orders * 100),
        "净成交金额": plain(one.net),
        "净成交笔数": one.net_orders,
        "净实际投产比": ratio(one.net, one.cost),
        "平均展现排名": f"{one.rank:.1f}" if one.rank else "",
    }


def _scene(ad: Ad) -> dict[str, Cell]:
    number, name = SCENES[ad.scene]
    at, called = plan(ad)
    return {
        "场景ID": number,
        "场景名字": name,
        "原二级场景ID": number,
        "原二级场景名字": name,
        "计划ID": at,
        "计划名字": called,
    }


def _filled(header: list[str], row: dict[str, Cell]) -> list[Cell]:
    known = header.index("千次展现花费")
    return [row.get(name, "0" if at > known else "") for at, name in enumerate(header)]


def _grouped(world: World, day: date, *, by_item: bool) -> list[dict[str, Cell]]:
    sums: dict[tuple[str, str, str], tuple[Ad, Sum]] = {}
    led = led_to(world, day)
    for ad in world.traffic[day].ads:
        key = (ad.scene, plan(ad)[0], ad.item if by_item else "")
        sums.setdefault(key, (ad, Sum()))[1].add(ad, led[id(ad)])
    rows = []
    for key, (ad, one) in sums.items():
        name = "/".join((str(day), *key))
        row: dict[str, Cell] = {"日期": day.isoformat(), **_scene(ad), **metrics(world.outline, one, name)}
        if by_item:
            item = world.outline.item[ad.item]
            row |= {"主体ID": item.id, "主体类型": "商品", "主体名称": item.title}
        rows.append(row)
    return rows


def report(world: World, layout_name: str, *, by_item: bool) -> bytes:
    """Return the 商品报表 (by item) or 计划报表 (by plan) of all days, in GB18030."""
    header = layout(layout_name)
    if world.outline.refunding is not None:
        header = [*header, *(name for name in NET if name not in header)]
    rows = [_filled(header, row) for day in season.DAYS for row in _grouped(world, day, by_item=by_item)]
    return table(header, rows, "gb18030")


def credited(outline: Outline, order: Order, day: date) -> date:
    """Return the day an order was credited to its click: often late for expensive coats, else rarely."""
    dice = outline.dice(f"credit/{order.number}")
    if order.ad is not None and order.ad.item in SLEPT_OVER:
        return day + timedelta(days=dice.whole(0, 14))
    return day if dice.luck(0.74) else day + timedelta(days=dice.whole(1, 14))


def words(world: World, first: date, last: date, made: date | None = None) -> bytes:
    """Return the 关键词报表: one row per day, word and item with impressions.

    ``made``: the day it was downloaded; only orders credited before that are included. None: all orders.
    """
    header, rows = keyword_report(), []
    for day in days_of(first, last):
        led = led_to(world, day)
        for ad in (ad for ad in world.traffic[day].ads if ad.word and ad.shown):
            one, item = Sum(), world.outline.item[ad.item]
            one.add(ad, (o for o in led[id(ad)] if made is None or credited(world.outline, o, day) < made))
            lead: dict[str, Cell] = {
                "日期": day.isoformat(),
                **_scene(ad),
                "单元ID": f"33{item.id[-9:]}",
                "单元名字": item.title[:12],
                "宝贝ID": item.id,
                "宝贝名称": item.title,
                "词类型": "关键词",
                "词ID/词包ID": WORD_ID[ad.item, ad.word],
                "词名字/词包名字": ad.word,
            }
            rows.append(_filled(header, lead | metrics(world.outline, one, f"{day}/{ad.item}/{ad.word}")))
    return table(header, rows, "gbk")


def fen(items: Mapping[str, Item], first: date, last: date) -> bytes:
    """Return two weeks of August in the 直通车 format of 2019, with all money in fen."""
    header, rows = layout("ztc_item_report_2019"), []
    for day in days_of(first, last):
        for key in ("cardigan", "jeans", "dress"):
            dice, item = Dice(f"old/{day}/{key}"), items[key]
            clicks, cost = dice.poisson(180), dice.whole(150, 175)
            sold = dice.hits(clicks, 0.024)
            row: dict[str, Cell] = {
                "日期": day.isoformat(),
                "推广计划名称": "夏末清仓",
                "宝贝名称": item.title,
                "宝贝类型": "宝贝",
                "商品id": item.id,
                "搜索类型": "关键词推广",
                "流量来源": "无线站内",
                "展现量": clicks * 24,
                "点击量": clicks,
                "花费(分)": clicks * cost,
                "点击率": ratio(1, 24, 4),
                "平均点击花费(分)": cost,
                "千次展现花费(分)": round(cost * 1000 / 24),
                "点击转化率": ratio(sold, clicks, 4),
                "直接成交金额(分)": sold * item.price * 100,
                "直接成交笔数": sold,
                "间接成交金额(分)": 0,
                "间接成交笔数": 0,
                "总成交金额(分)": sold * item.price * 100,
                "总成交笔数": sold,
                "投入产出比": ratio(sold * item.price * 100, clicks * cost),
            }
            rows.append([row.get(name, 0) for name in header])
    return table(header, rows, "utf-8-sig")


def files(world: World) -> dict[str, bytes]:
    """Return the files by their path below ``exports/``."""
    item, whole, word = "商品报表_20261116_091203", "计划报表_20261116_091230", "关键词报表_20261116"
    then = f"关键词报表_{EARLY:%Y%m%d}"
    made = {
        f"ads/{item}.zip": gbk_zip({f"{item}.csv": report(world, "wxt_item_report", by_item=True)}),
        f"ads/{whole}.zip": gbk_zip({f"{whole}.csv": report(world, "wxt_campaign_report", by_item=False)}),
        f"keywords/{word}.zip": gbk_zip({f"{word}.csv": words(world, KEYWORD_FIRST, season.LAST)}),
        f"keywords/{then}.zip": gbk_zip({f"{then}.csv": words(world, *EARLY_DAYS, EARLY)}),
    }
    if not world.outline.compact:
        made["ads/直通车宝贝报表_20260818_20260831.csv"] = fen(world.outline.item, *OLD_DAYS)
    return made
