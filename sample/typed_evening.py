"""Evening entries before the demo's day, and what buyers told service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from sample import season
from sample.outline import Outline
from sample.shop_files import by_hour
from sample.typing_in import CONTENT, OPERATOR, PROMOTION, SERVICE, Entry, entry, record
from sample.world import World, money

SHIFT_DAYS = tuple(date(2026, 11, day) for day in range(9, 16))
EVENING_SHARE, EVENING_FACTOR = 0.34, 0.80
"""The share of an agent's inquiries after 20:00, and their conversion relative to the whole day."""
BORROWED_OPEN, BORROWED_DONE = "整点秒杀前先做两分钟面料特写", "老客群每周三晚上新抢先看"
LIVE_PATTERN, LIVE_OFFER = "flash", "满300减40"


def _buyers(outline: Outline) -> list[Entry]:
    cardigan, jeans = outline.item["cardigan"].id, outline.item["jeans"].id
    said = (
        ("11-11 15:20", "complaint", "掉色", cardigan, "雾蓝洗完水是蓝的", 1, "阿珂"),
        ("11-13 15:22", "complaint", "掉色", cardigan, "白色内搭被染了一块", 2, "小禾"),
        ("11-14 15:18", "complaint", "掉色", cardigan, "问能不能换个颜色", 2, "晚晴"),
        ("11-12 15:25", "question", "身高体重穿几码", jeans, "160/105 穿 M 还是 L", 4, "小禾"),
        ("11-13 15:26", "wish", "礼盒", "", "想要送人的礼盒包装", 1, "星野"),
        ("11-15 15:16", "praise", "发货快", "", "昨天拍今天到", 1, "阿珂"),
    )
    return [
        record(
            at,
            "service",
            "buyer_idea",
            SERVICE,
            kind=kind,
            theme=theme,
            text=text,
            buyers=buyers,
            agent=agent,
        )
        if not item
        else record(
            at,
            "service",
            "buyer_idea",
            SERVICE,
            kind=kind,
            theme=theme,
            item=item,
            text=text,
            buyers=buyers,
            agent=agent,
        )
        for at, kind, theme, item, text, buyers, agent in said
    ]


def _shifts(world: World) -> list[Entry]:
    """Return the evening figures of agents who worked late, as parts of their exported days."""
    made = []
    for day in SHIFT_DAYS:
        late = [desk for desk in world.desks[day] if desk.asked >= 30]
        for number, desk in enumerate(late):
            asked = round(desk.asked * EVENING_SHARE)
            paid = round(desk.paid * EVENING_SHARE * EVENING_FACTOR)
            made.append(
                record(
                    f"{day:%m-%d} 21:{12 + number}",
                    "evening_service",
                    "shift",
                    SERVICE,
                    agent=desk.agent,
                    inquiries=asked,
                    converted=paid,
                    shift="evening",
                    hours=2.0,
                )
            )
    return made


@dataclass(frozen=True)
class Seen:
    """What the back office showed on the evening of the 15th; 70 % of the ads' orders were credited."""

    orders: int
    gmv: float
    unpaid: int
    spent: float
    clicks: int
    ad_orders: int
    ad_gmv: float


def seen_at(world: World, until: time) -> Seen:
    """Return the figures of the last day as of this time."""
    made = [order for order in world.orders[season.LAST] if order.made.time() < until]
    paid = [order for order in world.paid(season.LAST) if order.paid and order.paid.time() < until]
    rows = [by_hour(world, season.LAST, hour, until) for hour in range(until.hour)]
    spent, clicks = (sum(float(str(row[at]).replace(",", "")) for row in rows) for at in (6, 7))
    led = [order for order in paid if order.ad is not None]
    return Seen(
        len(paid),
        float(round(money(paid) / 100)),
        len(made) - len(paid),
        float(round(spent)),
        round(clicks),
        round(0.7 * len(led)),
        float(round(0.595 * money(led) / 1000) * 10),
    )


def _tonight(world: World) -> list[Entry]:
    """Return the entries of the evening of the 15th, with figures as in the exported hours."""
    eight, nine = (seen_at(world, time(hour)) for hour in (20, 21))
    return [
        entry(
            "11-15 20:04",
            "record",
            "evening_ads",
            PROMOTION,
            form="day_now",
            values={
                "at": "20:00",
                "orders": eight.orders,
                "gmv": eight.gmv,
                "spent": eight.spent,
                "clicks": eight.clicks,
                "ad_orders": eight.ad_orders,
                "ad_gmv": eight.ad_gmv,
            },
        ),
        entry(
            "11-15 21:02",
            "record",
            "order_gap",
            OPERATOR,
            form="day_now",
            values={"at": "21:00", "orders": nine.orders, "gmv": nine.gmv, "unpaid": nine.unpaid},
        ),
        record(
            "11-15 21:05",
            "order_gap",
            "rival_now",
            rival="r01",
            orders="180-220",
            price="169-399",
            listings=26,
        ),
        record(
            "11-15 21:06",
            "order_gap",
            "rival_now",
            rival="r02",
            orders="90-130",
            price="149-289",
            listings=14,
        ),
        record(
            "11-15 21:07", "order_gap", "rival_now", rival="r03", orders="70-85", price="139-459", listings=18
        ),
        record("11-15 21:08", "order_gap", "rival_now", rival="r04", orders="30+", price="159-329"),
        entry("11-15 21:11", "note", "order_gap", OPERATOR, text="有人提补单冲一冲排名，不做。"),
    ]


def _live() -> list[Entry]:
    seen = (
        ("11-05 21:24", "素年锦时女装旗舰店", "flash", LIVE_OFFER, "2000+", ""),
        ("11-06 21:31", "禾田女装旗舰店", "trial", "", "800+", ""),
        ("11-08 21:26", "半夏女装专营店", "flash", "整点半价一款", "300", ""),
        ("11-09 21:25", "云裳里旗舰店", "coupon", LIVE_OFFER, "1万+", ""),
        ("11-12 21:28", "素年锦时女装旗舰店", "flash", "", "3000+", ""),
        ("11-13 21:27", "禾田女装旗舰店", "flash", "羽绒服首发价", "900+", BORROWED_OPEN),
        ("11-14 21:30", "浅茉旗舰店", "draw", "福袋送围巾", "200+", ""),
    )
    return [
        record(
            at, "live", "live", shop=shop, mechanism=how, viewers=many, **_given(offer=offer, borrow=borrow)
        )
        for at, shop, how, offer, many, borrow in seen
    ]


def _groups() -> list[Entry]:
    seen = (
        ("11-07 21:37", "素年锦时女装旗舰店", "preview", "周三晚八点上新先看", BORROWED_DONE),
        ("11-10 21:38", "知夏旗舰店", "checkin", "签到 7 天换 10 元", ""),
        ("11-13 21:36", "禾田女装旗舰店", "preview", "新品群内先拍", ""),
        ("11-14 21:40", "木槿家女装", "feedback", "晒图返 5 元", ""),
    )
    made = [
        record(
            at,
            "communities",
            "community",
            CONTENT,
            shop=shop,
            mechanism=how,
            offer=offer,
            **_given(borrow=borrow),
        )
        for at, shop, how, offer, borrow in seen
    ]
    task = {
        "id": "e1",
        "text": BORROWED_DONE,
        "role": "content",
        "owner": CONTENT,
        "due": "2026-11-11",
        "finding": "",
    }
    made += [
        entry("11-08 10:24", "action", "standup", OPERATOR, **task),
        entry(
            "11-11 20:40",
            "action-update",
            "communities",
            CONTENT,
            action="e1",
            state="done",
            reason="周三发了第一期",
        ),
    ]
    return made


def _peers() -> list[Entry]:
    return [
        record(
            "11-11 21:47",
            "network",
            "contact",
            name="童装 老秦",
            category="童装",
            learnt="退货里四成是尺码，页面放了身高表就降了",
        ),
        record(
            "11-14 21:48",
            "network",
            "contact",
            name="家纺 阿May",
            category="家纺",
            learnt="老客短信只发给 30–60 天没来的，回本",
            borrow="牛仔裤页面放身高体重尺码表",
        ),
    ]


def _given(**values: str) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def entries(world: World) -> list[Entry]:
    """Return all entries of the evenings."""
    return [*_buyers(world.outline), *_shifts(world), *_tonight(world), *_live(), *_groups(), *_peers()]


def finds() -> list[tuple[str, str, str, str]]:
    """Return the planted findings: step, what, figures, conclusion."""
    return [
        ("service", "阿珂 converts more than chance gives", "244/464 in 7 days", "share the trick"),
        (
            "service",
            "five buyers about 掉色, four about sizes of the jeans",
            "typed 11-11 … 11-14",
            "cause; page",
        ),
        (
            "evening_ads",
            "860 yuan do not last the evening of the 16th",
            "rest of an evening about 1,600",
            "top up",
        ),
        (
            "evening_service",
            "evenings convert less within the same agents",
            "typed 11-09 … 11-15",
            "strongest agent late",
        ),
        (
            "order_gap",
            "11-15: 素年锦时 surely ahead, 慕言 cannot be said",
            "180–220 and 90–130 against 106",
            "ranges",
        ),
        (
            "live",
            "flash prices on the hour at three shops",
            f"borrowed on 11-13, nobody took on: {BORROWED_OPEN}",
            "decide",
        ),
        ("communities", "new arrivals first in two groups", f"borrowed and done: {BORROWED_DONE}", "keep up"),
    ]


def leave() -> list[tuple[str, str]]:
    """Return what needs no action, and why."""
    return [
        ("11-15, 20:00: 2,598 of 4,500 yuan spent", "heads for 3,900: a higher budget changes nothing"),
        ("11-15, 21:00: same-day ROI 2.1", "about 70 % credited by the evening: heads for 3.0"),
        ("One buyer wants a gift box", "one voice in two weeks"),
        ("Somebody typed of 补单 on 11-15", "the article once, and no figure with it"),
    ]
