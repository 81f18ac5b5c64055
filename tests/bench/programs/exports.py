"""Makes the large exports of the bench, quickly and the same each time: ``csv | xlsx | shop PLACE SIZE``."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HEADERS = (
    "日期", "场景名字", "计划ID", "计划名字", "单元ID", "单元名字", "宝贝ID", "宝贝名称", "词类型",
    "词ID/词包ID", "词名字/词包名字", "展现量", "点击量", "花费",
    "直接成交金额", "间接成交金额", "总成交金额", "总成交笔数", "总购物车数",
)  # fmt: skip
LAST = date(2026, 11, 15)
_WORDS = (
    "毛衣女",
    "羊毛衫",
    "开衫外套",
    "针织裙",
    "半身裙秋冬",
    "大衣女中长款",
    "羽绒服",
    "阔腿裤",
    "衬衫女",
)
_MORE = ("秋冬", "宽松", "2026新款", "小个子", "显瘦", "加厚", "通勤", "法式", "高级感", "慵懒风")


def rows(count: int, days: int = 60) -> Iterator[tuple[object, ...]]:
    """Yield so many rows over the last days up to :data:`LAST`, oldest first, no two with one key."""
    chance = random.Random(7)
    each = -(-count // days)
    for number in range(count):
        day = LAST - timedelta(days=days - 1 - number // each)
        word = number % each
        clicks = chance.randrange(0, 40)
        sold = 0 if chance.random() < 0.8 else chance.randrange(1, 4)
        yield (
            day.isoformat(), "关键词推广", 7_000_000 + word % 40, f"计划{word % 40}", 8_000_000 + word % 400,
            f"单元{word % 400}", 730_000_000_000 + word % 90, f"兰亭 {_WORDS[word % 9]} {_MORE[word % 10]}",
            "关键词", 9_000_000 + word, f"{_WORDS[word % 9]}{_MORE[word // 9 % 10]}{word // 90}",
            clicks * chance.randrange(8, 60), clicks, round(clicks * chance.uniform(0.6, 2.4), 2),
            sold * 159, 0, sold * 159, sold, sold + 1,
        )  # fmt: skip


def write_csv(place: Path, count: int) -> None:
    """Write the rows as 万相台 does: GBK, commas."""
    with place.open("w", encoding="gb18030", newline="") as file:
        file.write(",".join(HEADERS) + "\r\n")
        file.writelines(",".join(map(str, row)) + "\r\n" for row in rows(count))


def write_xlsx(place: Path, count: int) -> None:
    """Write the rows as a workbook."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("关键词报表")
    sheet.append(HEADERS)
    for row in rows(count):
        sheet.append(row)
    book.save(place)


def write_shop(place: Path, days: int) -> None:
    """Make a shop whose facts hold so many days of 2,000 keyword rows, a batch a week."""
    from core.facts.imports import commit, preview

    place.mkdir()
    (place / "shop.toml").write_text('name = "兰亭女装"\n', encoding="utf-8")
    now = datetime(2026, 11, 16, 8, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    held: list[str] = []
    week = 0
    for number, row in enumerate(rows(2_000 * days, days), 1):
        held.append(",".join(map(str, row)))
        if number % 14_000 == 0 or number == 2_000 * days:
            file = place.parent / f"关键词报表_{week}.csv"
            file.write_text("\r\n".join([",".join(HEADERS), *held]) + "\r\n", encoding="gb18030")
            commit(place, preview(place, file, today=now.date()), who="bench", at=now)
            file.unlink()
            held.clear()
            week += 1


if __name__ == "__main__":
    {"csv": write_csv, "xlsx": write_xlsx, "shop": write_shop}[sys.argv[1]](
        Path(sys.argv[2]), int(sys.argv[3])
    )
