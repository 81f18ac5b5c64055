"""Twelve days of looking at five rivals, as the operator typed them."""

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
    """How one rival looks over the days. Ranks: one a day, 0 = not within three pages.

    Season: does its winter line sell, lie, or is it unknown?
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


def entries() -> list[dict[str, Any]]:
    """Return the looks as neutral entries."""
    made = []
    for number, day in enumerate(days_of(FIRST, LAST)):
        for one in (one for one in WATCHED if day <= one.until):
            at = f"{day}T09:{_HOURS[one.id]}:00+08:00"
            data = {"form": "rival", "values": _seen(one, day, number)}
            made.append({"at": at, "who": "沈岚", "kind": "record", "step": "rivals", "data": data})
    return made
