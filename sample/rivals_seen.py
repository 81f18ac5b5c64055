"""Twelve days of observations of five rivals, as typed by the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sample.traffic import days_of

FIRST, LAST = date(2026, 11, 4), date(2026, 11, 15)
KEYWORD = "针织开衫女"
FELL_BACK = date(2026, 11, 11)


@dataclass(frozen=True)
class Watched:
    """The observations of one rival over the days.

    ``ranks``: one per day, 0 = not within three pages. ``season``: whether its winter items sell, lie, or it
    is unknown.
    """

    id: str
    price: str
    sold: tuple[str, ...]
    reviews: int
    pace: int
    ranks: tuple[int, ...]
    season_items: int
    season: str
    bad: str
    until: date = LAST


WATCHED = (
    Watched(
        "r01",
        "169-899",
        ("2000+", "2000+", "3000+"),
        18_420,
        120,
        (2, 2, 3, 2, 2, 3, 2, 2, 1, 2, 1, 2),
        9,
        "sells",
        "起球，毛衣掉毛严重",
    ),
    Watched(
        "r02",
        "149-459",
        ("1000+", "2000+", "2000+"),
        9_310,
        70,
        (4, 3, 1, 1, 1, 1, 1, 6, 0, 5, 0, 0),
        2,
        "unknown",
        "发货慢，预售要等半个月",
    ),
    Watched(
        "r03",
        "139-599",
        ("800+", "900+", "1000+"),
        6_240,
        44,
        (7, 6, 8, 7, 9, 6, 7, 4, 5, 4, 5, 4),
        6,
        "sells",
        "尺码偏小，大衣有异味",
    ),
    Watched(
        "r04",
        "159-529",
        ("600+", "600+", "600+"),
        5_120,
        28,
        (0, 9, 0, 0, 9, 0, 0, 8, 0, 9, 0, 0),
        5,
        "lies",
        "色差大，客服不回复",
    ),
    Watched(
        "r05",
        "129-399",
        ("500+", "500+", "500+"),
        3_870,
        22,
        (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        0,
        "unknown",
        "线头多",
        date(2026, 11, 10),
    ),
)
_EVENTS: dict[tuple[str, int], dict[str, Any]] = {
    ("r01", 6): {"new_listings": 4, "changes": "首页换冬季主题，羽绒服放首屏"},
    ("r01", 12): {"new_listings": 3, "off_site": "小红书两位达人发羊羔毛外套，点赞 1200+"},
    ("r01", 14): {"changes": "短款羽绒服从 599 降到 529"},
    ("r02", 6): {"note": "针织开衫女开始抢第一位，全天都在"},
    ("r02", 11): {"note": "第一位没有了，下午掉到第 6，预算可能用完"},
    ("r02", 13): {"note": "只在晚高峰出现过一次"},
    ("r02", 15): {"note": "三页内没看到，看来撑不住"},
    ("r03", 5): {"new_listings": 6, "changes": "羊羔毛、羽绒服共 6 款上架"},
    ("r03", 13): {"off_site": "抖音直播一场，主推羽绒服", "search_conversion": "1% ~ 2.5%"},
    ("r04", 7): {"new_listings": 5, "changes": "上了 5 款冬装，主图白底"},
    ("r04", 14): {"note": "冬装 5 款付款人数都是个位数，不动"},
    ("r05", 8): {"changes": "详情页换模特图"},
}
_HOURS = {"r01": 12, "r02": 15, "r03": 18, "r04": 21, "r05": 24}


def _seen(one: Watched, day: date, number: int) -> dict[str, Any]:
    values: dict[str, Any] = {
        "rival": one.id,
        "new_listings": 0,
        "price": one.price,
        "sold": one.sold[number * len(one.sold) // 12],
        "reviews": one.reviews + one.pace * number,
        "keyword": KEYWORD,
    }
    if one.season_items and day >= date(2026, 11, 12):
        values |= {
            "season_items": one.season_items,
            "season_sells": {"sells": True, "lies": False}.get(one.season),
        }
    if one.ranks[number]:
        values["rank"] = one.ranks[number]
    if number % 4 == 1:
        values["bad_reviews"] = one.bad
    values |= _EVENTS.get((one.id, day.day), {})
    return {name: value for name, value in values.items() if value is not None}


@dataclass(frozen=True)
class Pushed:
    """The item a rival promotes, as seen on some days: day, price, sold, reviews, picture, text."""

    id: str
    item: str
    looks: tuple[tuple[int, str, str, int, str, str], ...]


PUSHED = (
    Pushed("r01", "短款羽绒服", (
        (8, "599", "600+", 812, "模特雪景全身", "充绒量对比表"), (10, "599", "700+", 840, "同上", "没变"),
        (12, "599", "800+", 871, "没变", ""), (14, "529", "900+", 902, "没变", "没变"),
        (15, "529", "1000+", 921, "没变", "没变"))),
    Pushed("r02", "慕言针织连衣裙女修身", (
        (9, "", "", 2210, "模特半身米色", "面料特写"), (12, "", "", 2236, "没变", "没变"),
        (15, "", "", 2251, "三色平铺加到手价", "没变"))),
    Pushed("r03", "羊羔毛外套", (
        (5, "339", "900+", 402, "白底正面", ""), (7, "339", "1000+", 415, "白底正面图", ""),
        (9, "339", "600+", 431, "没变", ""))),
    Pushed("r04", "双面呢大衣", (
        (9, "459", "300+", 655, "a41f09c2", "尺码表"), (12, "459", "300+", 661, "a41f09c2", "没变"),
        (15, "459", "300+", 668, "a41f09c2", "没变"))),
)  # fmt: skip


def _heroes() -> list[dict[str, Any]]:
    made = []
    for one in PUSHED:
        for day, *seen in one.looks:
            names = ("price", "sold", "reviews", "picture", "description")
            known = {name: value for name, value in zip(names, seen, strict=True) if value != ""}
            data = {"form": "rival_hero", "values": {"rival": one.id, "item": one.item, **known}}
            at = f"2026-11-{day:02d}T09:{_HOURS[one.id] + 1}:00+08:00"
            made.append({"at": at, "who": "沈岚", "kind": "record", "step": "rivals", "data": data})
    return made


def finds() -> tuple[tuple[str, str, str, str], ...]:
    """Return the planted changes of the rivals' best sellers: step, what, figures, conclusion."""
    return (
        ("rivals", "素年锦时 cuts its hero 短款羽绒服", "599 → 529 on 11-14; 43 to 66 sold a day, net",
         "compare, do not follow"),
        ("rivals", "慕言 exchanged its hero's main picture", "三色平铺加到手价 since 11-15",
         "look at it with design"),
    )  # fmt: skip


def leave() -> tuple[tuple[str, str], ...]:
    """Return what needs no action at the rivals' best sellers, and why."""
    return (
        ("浅茉's hero: same price, same picture, same counter", "three looks, nothing moved"),
        ("禾田's hero: “白底正面” and “白底正面图”", "two people's words for one picture"),
        ("禾田's hero: its counter fell from 1000+ to 600+", "rolled or cleaned; what it sells is unknown"),
    )


def entries() -> list[dict[str, Any]]:
    """Return the observations as journal entries (plain dicts)."""
    made = []
    for number, day in enumerate(days_of(FIRST, LAST)):
        for one in (one for one in WATCHED if day <= one.until):
            at = f"{day}T09:{_HOURS[one.id]}:00+08:00"
            data = {"form": "rival", "values": _seen(one, day, number)}
            made.append({"at": at, "who": "沈岚", "kind": "record", "step": "rivals", "data": data})
    return made + _heroes()
