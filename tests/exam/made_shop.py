"""A shop drawn by chance, day by day, with or without a trouble in it, as exports a platform would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from core.exports.kinds.items import Items
from core.exports.kinds.keywords import Keywords
from core.exports.kinds.refunds import Refunds
from core.exports.kinds.service import Service
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.sources import Sources
from core.exports.sheet import Origin, Sheet

KINDS: Final[dict[str, type[Sheet]]] = {
    "商品排行": Items,
    "退款单": Refunds,
    "自助取数": ShopDay,
    "店铺流量来源": Sources,
    "关键词报表": Keywords,
    "客服绩效": Service,
}
"""Which export each file is."""
DAYS: Final = 84
TODAY: Final = date(2026, 9, 2)
"""A Wednesday without a campaign near it."""
SOURCES: Final = (
    "手淘搜索",
    "手淘推荐",
    "购物车",
    "我的淘宝",
    "短视频",
    "直播",
    "关键词推广",
    "精准人群推广",
    "淘宝客",
    "逛逛",
)
REASONS: Final = ("七天无理由退换货", "尺码不合适", "质量问题", "未按约定时间发货", "少件漏发", "与描述不符")
AGENTS: Final = ("小禾", "小满", "小暑", "小雪", "小寒", "小满二", "谷雨", "白露")
NEW_SOURCE: Final = "微博站外"


@dataclass(eq=False)
class Made:
    """A shop's expectations by object and day; a trouble changes them before the counts are drawn."""

    seed: int
    visitors: np.ndarray
    """Items x days."""
    conversion: np.ndarray
    carts: np.ndarray
    search: np.ndarray
    """Share of an item's visitors that come by search."""
    price: np.ndarray
    refunds: np.ndarray
    """Refunds of a piece sold in the week before."""
    paid: np.ndarray
    """Paid of ordered."""
    sources: np.ndarray
    """Shares, sources x days."""
    source_rate: np.ndarray
    """What a source's visitors buy against the shop's, sources x days."""
    new_visitors: np.ndarray
    """Of a source that is new, by day."""
    clicks: np.ndarray
    inquiries: np.ndarray
    closing: np.ndarray
    seconds: np.ndarray
    reasons: np.ndarray
    scatter: float = 0.05
    """Of one piece's price."""
    cost: float = 0.4
    sources_names: tuple[str, ...] = SOURCES
    missing: dict[int, int] = field(default_factory=dict)
    """Items that have no row from a day on."""

    @property
    def items(self) -> int:
        """Return how many items there are."""
        return len(self.visitors)

    def item(self, place: int) -> str:
        """Return an item's id."""
        return str(730000000000 + 1000 * (self.seed % 1000) + place)

    def word(self, place: int) -> str:
        """Return a bought word."""
        return f"连衣裙{place:03d}"


Trouble: TypeAlias = Callable[[Made], None]


def quiet(seed: int, *, visitors: float | None = None, items: int | None = None) -> Made:
    """Draw a shop on which nothing happens but chance: levels that wander, days that scatter."""
    chance = np.random.default_rng(seed)
    n = items or int(chance.integers(8, 41))
    size = visitors or float(np.exp(chance.uniform(np.log(600), np.log(15_000))))
    weights = 1.0 / np.arange(1, n + 1) ** chance.uniform(0.8, 1.2)
    days = np.arange(DAYS)
    weekday = np.array([1.0 + chance.uniform(-0.15, 0.15) for _ in range(7)])
    start = (TODAY - timedelta(days=DAYS)).weekday()
    week = weekday[(start + days) % 7]
    trend = np.exp(chance.uniform(-0.005, 0.005) * days)
    shop = np.exp(wandering(chance, chance.uniform(0.04, 0.12), 0.3, DAYS)) * week * trend
    drift = np.cumsum(chance.normal(0, chance.uniform(0, 0.012), (n, DAYS)), axis=1)
    own = np.exp(drift + chance.normal(0, chance.uniform(0.05, 0.2), (n, DAYS)))
    rate = chance.uniform(0.015, 0.045, n)[:, None] * np.exp(
        chance.normal(0, chance.uniform(0, 0.12), (n, DAYS)) + chance.normal(0, 0.05, DAYS)
    )
    sources = chance.dirichlet(np.full(len(SOURCES), 3.0))[:, None] * np.exp(
        chance.normal(0, chance.uniform(0.03, 0.12), (len(SOURCES), DAYS))
    )
    agents = int(chance.integers(2, 7))
    words = int(chance.integers(10, 60))
    ask = size * 0.02 / agents * np.exp(chance.normal(0, 0.15, (agents, DAYS)))
    return Made(
        seed,
        size * weights[:, None] / weights.sum() * shop * own,
        rate,
        np.broadcast_to(rate.mean(axis=1, keepdims=True) * 2.5, (n, DAYS))
        * np.exp(chance.normal(0, 0.07, (n, DAYS))),
        np.broadcast_to(chance.uniform(0.25, 0.5, n)[:, None], (n, DAYS)).copy(),
        np.broadcast_to(chance.uniform(50, 320, n)[:, None], (n, DAYS)).copy(),
        np.full((n, DAYS), chance.uniform(0.04, 0.1)),
        np.full((n, DAYS), chance.uniform(0.82, 0.92)),
        sources,
        np.broadcast_to(np.exp(chance.normal(0, 0.3, (len(SOURCES), 1))), sources.shape).copy(),
        np.zeros(DAYS),
        np.exp(chance.uniform(np.log(8), np.log(150), (words, 1)) + chance.normal(0, 0.2, (words, DAYS)))
        * np.minimum(shop, 3.0),
        ask,
        np.broadcast_to(chance.uniform(0.38, 0.52, (agents, 1)), ask.shape).copy(),
        np.exp(np.log(chance.uniform(15, 40, (agents, 1))) + chance.normal(0, 0.08, ask.shape)),
        chance.dirichlet(np.full(len(REASONS), 2.0))[:, None] * np.ones(DAYS),
        scatter=float(chance.uniform(0.02, 0.2)),
    )


def wandering(chance: np.random.Generator, sd: float, hangs: float, days: int) -> np.ndarray:
    """Return values whose days hang together, with that standard deviation."""
    noise = chance.normal(0, sd * (1 - hangs**2) ** 0.5, days)
    level = np.zeros(days)
    for day in range(days):
        level[day] = (hangs * level[day - 1] if day else 0.0) + noise[day]
    return level


def frames(made: Made) -> dict[str, pd.DataFrame]:
    """Draw the counts and return the exports by the name a platform gives them, columns in its words."""
    chance = np.random.default_rng(made.seed + 1_000_000)
    days = [TODAY - timedelta(days=DAYS - day) for day in range(DAYS)]
    visits = chance.poisson(made.visitors)
    ordered = chance.binomial(visits, np.minimum(made.conversion / 0.87, 0.9))
    buyers = chance.binomial(ordered, made.paid)
    carts = chance.binomial(visits, np.minimum(made.carts, 0.9))
    units = buyers + chance.binomial(buyers, 0.08)
    paid = made.price * np.exp(chance.normal(0, made.scatter, units.shape) / np.sqrt(np.maximum(units, 1)))
    gmv = units * paid
    search = chance.binomial(visits, made.search)
    found = {"商品排行": _items(made, days, visits, search, carts, ordered, buyers, units, gmv)}
    refunds = _refunds(made, chance, days, units, paid)
    found["退款单"] = refunds
    new = chance.poisson(made.new_visitors)
    whole = visits.sum(axis=0) * 0.8 + new
    back = refunds.groupby("退款申请时间")["退款金额"].sum() if len(refunds) else pd.Series(dtype=float)
    found["自助取数"] = pd.DataFrame(
        {
            "统计日期": [str(day) for day in days],
            "访客数": whole.round(),
            "支付金额": gmv.sum(axis=0).round(2),
            "支付买家数": buyers.sum(axis=0),
            "下单买家数": ordered.sum(axis=0),
            "支付件数": units.sum(axis=0),
            "加购人数": carts.sum(axis=0),
            "老访客数": (whole * 0.22 * np.exp(chance.normal(0, 0.03, DAYS))).round(),
            "成功退款金额": [float(back.get(f"{day} 12:00:00", 0.0)) for day in days],
        }
    )
    found["店铺流量来源"] = _sources(
        made, chance, days, whole - new, new, buyers.sum(axis=0), gmv.sum(axis=0)
    )
    found["关键词报表"] = _words(made, chance, days)
    found["客服绩效"] = _service(made, chance, days)
    return found


def _items(  # noqa: PLR0917 - the counts of a day
    made: Made,
    days: list[date],
    visits: np.ndarray,
    search: np.ndarray,
    carts: np.ndarray,
    ordered: np.ndarray,
    buyers: np.ndarray,
    units: np.ndarray,
    gmv: np.ndarray,
) -> pd.DataFrame:
    rows = [
        {
            "统计日期": str(days[day]),
            "商品ID": made.item(place),
            "商品名称": f"第{place}号衣服",
            "商品访客数": int(visits[place, day]),
            "搜索引导访客数": int(search[place, day]),
            "商品加购人数": int(carts[place, day]),
            "下单买家数": int(ordered[place, day]),
            "支付买家数": int(buyers[place, day]),
            "支付件数": int(units[place, day]),
            "支付金额": round(float(gmv[place, day]), 2),
        }
        for day in range(DAYS)
        for place in range(made.items)
        if day < made.missing.get(place, DAYS) and visits[place, day]
    ]
    return pd.DataFrame(rows)


def _refunds(
    made: Made, chance: np.random.Generator, days: list[date], units: np.ndarray, paid: np.ndarray
) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for day in range(8, DAYS):
        week = units[:, day - 7 : day].mean(axis=1)
        counts = chance.poisson(week * made.refunds[:, day])
        shares = made.reasons[:, day] / made.reasons[:, day].sum()
        factor = made.reasons[:, day].sum()
        for place in range(made.items):
            for _ in range(round(counts[place] * factor) if factor != 1 else counts[place]):
                rows.append(
                    {
                        "退款编号": f"R{len(rows):08d}",
                        "退款申请时间": f"{days[day]} 12:00:00",
                        "商品ID": made.item(place),
                        "宝贝标题": f"第{place}号衣服",
                        "退款金额": round(float(paid[place, day]), 2),
                        "退款原因": REASONS[int(chance.choice(len(REASONS), p=shares))],
                        "退款状态": "退款成功",
                    }
                )
    columns = ["退款编号", "退款申请时间", "商品ID", "宝贝标题", "退款金额", "退款原因", "退款状态"]
    return pd.DataFrame(rows, columns=columns)


def _sources(
    made: Made,
    chance: np.random.Generator,
    days: list[date],
    whole: np.ndarray,
    new: np.ndarray,
    buyers: np.ndarray,
    gmv: np.ndarray,
) -> pd.DataFrame:
    share = made.sources / made.sources.sum(axis=0).mean()
    visits = chance.poisson(np.maximum(share * whole, 0.0))
    rate = made.source_rate * buyers / np.maximum((share * made.source_rate * whole).sum(axis=0), 1.0)
    bought = chance.binomial(visits, np.minimum(rate, 0.5))
    value = gmv / np.maximum(buyers, 1)
    rows = [
        {
            "统计日期": str(days[day]),
            "一级来源": "付费流量" if "推广" in name or name == "淘宝客" else "平台流量",
            "二级来源": name,
            "访客数": int(visits[place, day]),
            "支付买家数": int(bought[place, day]),
            "支付金额": round(float(bought[place, day] * value[day]), 2),
        }
        for place, name in enumerate(made.sources_names)
        for day in range(DAYS)
    ]
    rows += [
        {
            "统计日期": str(days[day]),
            "一级来源": "站外流量",
            "二级来源": NEW_SOURCE,
            "访客数": int(new[day]),
            "支付买家数": 0,
            "支付金额": 0.0,
        }
        for day in np.flatnonzero(new)
    ]
    return pd.DataFrame(rows)


def _words(made: Made, chance: np.random.Generator, days: list[date]) -> pd.DataFrame:
    clicks = chance.poisson(made.clicks)
    usual = chance.poisson(np.minimum(made.clicks, np.median(made.clicks, axis=1, keepdims=True) * 1.6))
    orders = chance.binomial(np.minimum(usual, clicks), 0.04)
    age = np.array([(TODAY - day).days for day in days], dtype=float)
    orders = chance.binomial(orders, np.clip(0.6 + 0.15 * (age - 1), 0, 1))
    return pd.DataFrame(
        [
            {
                "日期": str(days[day]),
                "计划ID": "9001",
                "计划名字": "主推计划",
                "场景名字": "关键词推广",
                "宝贝ID": made.item(place % made.items),
                "词类型": "关键词",
                "词名字/词包名字": made.word(place),
                "展现量": int(clicks[place, day] * 22),
                "点击量": int(clicks[place, day]),
                "花费": round(float(clicks[place, day]) * 1.6, 2),
                "总成交笔数": int(orders[place, day]),
                "总成交金额": round(float(orders[place, day]) * 160.0, 2),
            }
            for place in range(len(made.clicks))
            for day in range(DAYS - 60, DAYS)
        ]
    )


def _service(made: Made, chance: np.random.Generator, days: list[date]) -> pd.DataFrame:
    asked = np.maximum(chance.poisson(made.inquiries), 1)
    strength = 25.0
    closing = chance.beta(made.closing * strength, (1 - made.closing) * strength)
    paid = chance.binomial(asked, closing)
    return pd.DataFrame(
        [
            {
                "日期": str(days[day]),
                "旺旺昵称": AGENTS[place],
                "询单人数": int(asked[place, day]),
                "询单最终付款人数": int(paid[place, day]),
                "询单最终付款金额": round(float(paid[place, day]) * 170.0, 2),
                "首次响应时长(秒)": round(float(made.seconds[place, day]) * 0.6, 1),
                "平均响应时长(秒)": round(float(made.seconds[place, day]), 1),
            }
            for place in range(len(made.inquiries))
            for day in range(DAYS - 70, DAYS)
        ]
    )


def write(made: Made, inbox: Path) -> None:
    """Write the exports as files of a platform."""
    inbox.mkdir(parents=True, exist_ok=True)
    for name, frame in frames(made).items():
        frame.to_csv(inbox / f"{name}_{TODAY}.csv", index=False)


def sheets(made: Made) -> dict[str, Sheet]:
    """Return the exports as read, by sheet id, without the files between."""
    found: dict[str, Sheet] = {}
    for name, frame in frames(made).items():
        kind = KINDS[name]
        names = {header: column.name for column in reversed(kind.columns) for header in column.headers}
        plain = frame.rename(columns=names)
        for column in kind.columns:
            if column.name in plain and column.kind in ("date", "time"):
                plain[column.name] = pd.to_datetime(plain[column.name])
        found[kind.id] = kind(kind.shaped(kind.refine(plain, Origin(name))))
    return found
