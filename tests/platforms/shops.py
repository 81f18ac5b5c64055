"""A 抖店 shop and a 拼多多 shop: five weeks of exports in their platforms' own headers, taken in."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from csv import writer
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from zoneinfo import ZoneInfo

from routines.io.importing import commit_files
from tests.exports.layout_files import KNOWN

MONDAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
DAYS = [MONDAY - timedelta(days=n) for n in range(35, 0, -1)]
GOODS = (
    ("3600000000000000001", "针织开衫", 129.0),
    ("3600000000000000002", "半身裙", 89.0),
    ("3600000000000000003", "卫衣", 59.0),
)
Row = dict[str, object]
SETTINGS = """name = "兰亭女装"
platform = "{platform}"
timezone = "Asia/Shanghai"
margin = 0.5
lead_days = 7

[targets]
"2026-11" = 60000
"""


def douyin(folder: Path) -> None:
    """Make a 抖店 shop, each export in the headers of its layout."""
    orders = list(_orders("6900000000000{n:06}"))
    _shop(
        folder,
        "douyin",
        {
            "抖店订单.csv": ("douyin-orders", [_douyin_order(one) for one in orders]),
            "售后单.csv": ("douyin-after-sales", [_after_sales(one) for one in orders[::25]]),
            "成交概览.csv": ("douyin-compass-day", list(_compass(orders))),
            "全域素材.csv": ("qianchuan-material", list(_materials())),
        },
    )


def pdd(folder: Path) -> None:
    """Make a 拼多多 shop, each export in the headers of its layout."""
    orders = list(_orders("261128-{n:015}"))
    _shop(
        folder,
        "pdd",
        {
            "orders_export.csv": ("pdd-orders", [_pdd_order(one) for one in orders]),
            "分商品.csv": ("pdd-ads-item", list(_pdd_ads())),
            "交易概况.csv": ("pdd-shop-day", list(_pdd_days(orders))),
        }
        | {f"商品明细_{day:%Y-%m-%d}.csv": ("pdd-items-day", list(_pdd_items(orders, day))) for day in DAYS},
    )


def _shop(folder: Path, platform: str, files: dict[str, tuple[str, list[Row]]]) -> None:
    folder.mkdir(parents=True)
    (folder / "shop.toml").write_text(SETTINGS.format(platform=platform), encoding="utf-8")
    inbox = folder / "inbox"
    inbox.mkdir()
    paths = [_file(inbox / name, KNOWN[layout], rows) for name, (layout, rows) in files.items()]
    paths += [
        _file(inbox / f"库存_{MONDAY}.csv", ["商品ID", "商品名称", "可用库存", "成本价"], list(_stock())),
        _file(inbox / "评价.csv", ["评价时间", "商品ID", "评分", "评价内容"], list(_reviews())),
    ]
    for told in commit_files(folder, paths, today=MONDAY, who="何萍", at=NOW):
        if told["state"] != "imported":
            raise AssertionError([one["sentence"] for one in told["problems"]])


def _file(path: Path, headers: list[str], rows: list[Row]) -> Path:
    if strangers := {name for row in rows for name in row} - set(headers):
        raise AssertionError(strangers)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        out = writer(file)
        out.writerow(headers)
        out.writerows([row.get(header, "") for header in headers] for row in rows)
    return path


def _orders(number: str) -> Iterator[Row]:
    """Yield one order a row: number, moment, item, title, pieces, amount."""
    dice, n = Random(1), 0
    for day in DAYS:
        busy = 20 + 6 * (day.weekday() >= 5) + dice.randint(-4, 4)
        for _ in range(busy):
            item, title, price = dice.choices(GOODS, (5, 3, 2))[0]
            n += 1
            pieces = dice.choices((1, 2), (9, 1))[0]
            at = datetime(day.year, day.month, day.day, dice.randint(8, 22), dice.randint(0, 59))
            yield {
                "order": number.format(n=n), "at": at, "item": item, "title": title, "units": pieces,
                "amount": round(price * pieces, 2), "day": day,
            }  # fmt: skip


def _douyin_order(one: Row) -> Row:
    return {
        "主订单编号": f"\t{one['order']}", "子订单编号": f"\t{one['order']}", "选购商品": one["title"],
        "商品ID": f"\t{one['item']}", "商品数量": one["units"], "订单提交时间": one["at"],
        "支付完成时间": one["at"], "订单应付金额": one["amount"], "订单状态": "已完成", "省": "浙江省",
    }  # fmt: skip


def _after_sales(one: Row) -> Row:
    return {
        "售后单号": f"7{one['order']}", "商品单号": one["order"], "订单号": one["order"],
        "商品ID": one["item"], "商品名称": one["title"], "售后类型": "仅退款",
        "退商品金额（元）": one["amount"], "售后申请时间": one["at"], "售后完结时间": one["at"],
        "售后状态": "同意退款，退款成功", "售后原因": "尺码不合适",
    }  # fmt: skip


def _compass(orders: list[Row]) -> Iterator[Row]:
    for day in DAYS:
        sold = _sum(orders, day, "amount")
        for carrier, share in (("直播", 0.6), ("商品卡", 0.4)):
            for slot in ("不限", "08:00-12:00"):
                yield {
                    "日期": f"{day:%Y%m%d}", "载体类型": carrier, "投放时段": slot,
                    "用户支付金额": round(sold * share, 2), "成交订单数": round(_count(orders, day) * share),
                    "成交人数": 9, "商品点击人数": 300,
                    "退款金额(支付时间)": round(sold * share * 0.1, 2),
                }  # fmt: skip


def _materials() -> Iterator[Row]:
    dice = Random(2)
    for day in DAYS:
        for number, share in enumerate((300.0, 120.0)):
            cost = round(share * dice.uniform(0.8, 1.2), 2)
            yield {
                "日期": day, "素材ID": f"7400000000000{number}", "素材视频名称": f"开衫口播{number}",
                "整体消耗": cost, "整体成交金额": round(cost * 3, 2), "整体成交订单数": 4,
                "整体展现次数": 9000, "整体点击次数": 400,
            }  # fmt: skip


def _pdd_order(one: Row) -> Row:
    return {
        "商品": one["title"], "订单号": one["order"], "订单状态": "已收货", "用户实付金额(元)": one["amount"],
        "商家实收金额(元)": one["amount"], "商品数量(件)": one["units"], "支付时间": one["at"],
        "订单成交时间": one["at"], "商品id": one["item"], "省": "浙江省",
    }  # fmt: skip


def _pdd_ads() -> Iterator[Row]:
    dice = Random(3)
    for day in DAYS:
        for item, title, price in GOODS[:2]:
            cost = round(60 * dice.uniform(0.8, 1.2), 2)
            sold = dice.randint(2, 5)
            yield {
                "日期": day, "商品ID": item, "商品名称": title, "分组": "默认", "推广名称": f"{title}推广",
                "总花费(元)": cost, "成交花费(元)": cost, "交易额(元)": round(sold * price, 2),
                "成交笔数": sold, "净交易额(元)": round(sold * price * 0.9, 2), "曝光量": 4000, "点击量": 150,
            }  # fmt: skip


def _pdd_days(orders: list[Row]) -> Iterator[Row]:
    for day in DAYS:
        buyers = _count(orders, day)
        yield {
            "统计日期": day, "店铺访客数": buyers * 30, "店铺浏览量": buyers * 80, "商品访客数": buyers * 28,
            "成交买家数": buyers, "成交订单数": buyers, "成交金额": _sum(orders, day, "amount"),
            "商品收藏用户数": buyers * 2,
        }  # fmt: skip


def _pdd_items(orders: list[Row], day: date) -> Iterator[Row]:
    for item, title, _ in GOODS:
        mine = [one for one in orders if one["item"] == item]
        buyers = _count(mine, day)
        yield {
            "商品ID": item, "商品名称": title, "商品访客数": buyers * 28, "商品浏览量": buyers * 70,
            "商品收藏用户数": buyers * 2, "成交金额": _sum(mine, day, "amount"),
            "成交件数": _sum(mine, day, "units"), "成交买家数": buyers, "下单用户数": buyers,
        }  # fmt: skip


def _stock() -> Iterator[Row]:
    for (item, title, price), held in zip(GOODS, (400, 35, 900), strict=True):
        yield {"商品ID": item, "商品名称": title, "可用库存": held, "成本价": price / 2}


def _reviews() -> Iterator[Row]:
    texts = ("质量很好", "很喜欢，版型不错", "面料起球，失望")
    for n, day in enumerate(DAYS):
        for k in range(3):
            stars = 5 - 3 * (k == n % 3 == 0)
            yield {
                "评价时间": f"{day} 12:0{k}:00", "商品ID": GOODS[k][0], "评分": stars,
                "评价内容": f"{texts[2 if stars < 3 else k % 2]}{n}{k}",
            }  # fmt: skip


def _sum(orders: list[Row], day: date, name: str) -> float:
    return round(math.fsum(float(str(one[name])) for one in orders if one["day"] == day), 2)


def _count(orders: list[Row], day: date) -> int:
    return sum(one["day"] == day for one in orders)


MAKERS: dict[str, Callable[[Path], None]] = {"douyin": douyin, "pdd": pdd}
