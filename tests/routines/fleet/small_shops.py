"""Small shops with exports of a few rows, as many as wanted, and their files as operators drop them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from routines.days.weekday import DAY
from routines.plan.step import Step
from tests.exports.files import csv

TODAY = date(2026, 11, 16)
NINE = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""09:00 in Shanghai."""
TARGET = 300_000
SETTINGS = f"""name = "{{name}}"
margin = 0.4

[targets]
"2026-11" = {TARGET}
"""


FEW: Final = ("target", "stock", "checks", "summary")
"""The steps of a small shop's day."""


def small_shop(folder: Path, more: str = "") -> Path:
    """Make a shop with a short day and no exports; ``more``: further lines of its settings."""
    (folder / "inbox").mkdir(parents=True)
    (folder / "shop.toml").write_text(SETTINGS.format(name=folder.name) + more, encoding="utf-8")
    dropped = [one.id for one in DAY if isinstance(one, Step) and one.id not in FEW]
    (folder / "routine.toml").write_text(f"drop = {dropped}\n", encoding="utf-8")
    return folder


def sales(number: int, days: int = 15, until: date = TODAY) -> dict[date, int]:
    """Return the shop's sales of the days before ``until``: other ones for each number."""
    first = until - timedelta(days=days)
    return {first + timedelta(days=day): 8_000 + 100 * number + 37 * day for day in range(days)}


def drop_sales(shop: Path, sold: dict[date, int], name: str = "shop_day.csv") -> Path:
    """Put a file with the shop's daily figures into the inbox, complete in one moment."""
    rows = [f"{day} | 400 | {gmv} | {gmv // 130}" for day, gmv in sold.items()]
    return dropped(shop, name, ["统计日期 | 访客数 | 支付金额 | 支付买家数", *rows])


def drop_stock(shop: Path, pieces: int, name: str = "stock.csv", day: date = TODAY) -> Path:
    """Put a stock list with one item into the inbox."""
    rows = ["日期 | 商品ID | 商品名称 | 库存", f"{day} | 7001 | 风衣 | {pieces}"]
    return dropped(shop, name, rows)


def drop_items(shop: Path, days: int = 15) -> Path:
    """Put the item's sales of the last days into the inbox: ten pieces a day."""
    first = TODAY - timedelta(days=days)
    rows = [f"{first + timedelta(days=day)} | 7001 | 风衣 | 100 | 10 | 1990 | 10" for day in range(days)]
    return dropped(
        shop, "items.csv", ["日期 | 商品ID | 商品名称 | 访客数 | 支付买家数 | 支付金额 | 支付件数", *rows]
    )


def dropped(shop: Path, name: str, lines: Sequence[str]) -> Path:
    """Write the file beside the inbox and move it in, as a download that is complete."""
    made = csv(shop / f".{name}", "\n".join(lines))
    place = shop / "inbox" / name
    return made.replace(place)


def drop_orders(shop: Path, paid_at: datetime, *, sent: bool, name: str = "ExportOrderList1.csv") -> Path:
    """Put an order list into the inbox: one of this time, and a sent one of this morning."""
    state = "卖家已发货，等待买家确认" if sent else "买家已付款，等待卖家发货"
    rows = [
        f"{number} | 199 | 199 | {when:%Y-%m-%d %H:%M:%S} | {when:%Y-%m-%d %H:%M:%S} | {status}"
        for number, when, status in (
            (5001, paid_at, state),
            (5002, datetime(2026, 11, 16, 8, 50), "卖家已发货，等待买家确认"),
        )
    ]
    head = "订单编号 | 总金额 | 买家实际支付金额 | 订单创建时间 | 订单付款时间 | 订单状态"
    return dropped(shop, name, [head, *rows])
