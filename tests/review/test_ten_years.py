"""A shop of ten years, thirty entries a day: past days and find stay right to the day, and open at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from core.find.query import read
from core.journal.book import Book
from core.review.digest import digest_of
from core.review.months import after
from routines.past.find import Finder
from routines.past.review import Review
from tests.find.plainly import looked_through
from tests.review.days_gone import MONDAY, on, take_in
from tests.ten_years import LAST, sales, ten_years
from tests.terminal.keyboard import at_the_desk

pytestmark = pytest.mark.slow

DAYS = 3650
FIRST = LAST - timedelta(days=DAYS - 1)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = ten_years(tmp_path_factory.mktemp("years") / "lanting")
    file = folder / "inbox" / "店铺_十年.csv"
    file.parent.mkdir()
    rows = [f"{day},{visitors(day)},{visitors(day) * 3},{buyers(day)},{sales(day)[0]}" for day in days()]
    file.write_text("\n".join(["统计日期,访客数,浏览量,支付买家数,支付金额", *rows]), encoding="utf-8")
    take_in(folder, file, MONDAY, "08:40")
    return folder


def days() -> Iterator[date]:
    return (FIRST + timedelta(days=number) for number in range(DAYS))


def visitors(day: date) -> int:
    """Return an invented number that no calendar explains."""
    return 4000 + day.toordinal() * 7919 % 1000


def buyers(day: date) -> int:
    return 60 + day.toordinal() * 104729 % 70


def test_paging_through_ten_years_shows_each_day_as_it_was_written(shop: Path) -> None:
    book = Book(shop)
    review = Review(on(shop, MONDAY, "09:00"))
    first, seen = FIRST.replace(day=1), 0
    while first <= LAST:
        for cell in review.calendar(first):
            if FIRST <= cell.day <= LAST:
                assert cell.digest == digest_of(book.day(cell.day)), cell.day
                seen += 1
        first = after(first)
    assert seen == DAYS


@pytest.mark.parametrize(
    ("words", "fits"),
    [
        ("竞价", lambda _: True),
        ("直通车 毛衣 -客服 转化率<2%", lambda day: buyers(day) / visitors(day) < 0.02),
        ("首焦 gmv>5万", lambda day: sales(day)[0] > 50_000),
        ("换 gmv>4万 访客>=4500 2019", lambda day: sales(day)[0] > 40_000 and visitors(day) >= 4500),
        ("不存在的词 gmv>1", lambda _: True),
    ],
)
def test_find_has_the_days_a_plain_look_has(shop: Path, words: str, fits: Callable[[date], bool]) -> None:
    plain = looked_through(shop, read(words))
    wanted = [day for day in sorted(plain, reverse=True) if fits(day)]
    found = Finder(shop).find(words, today=MONDAY, lang="zh")
    assert found.all_days == len(wanted)
    assert found.all_lines == sum(plain[day] for day in wanted)
    assert [one.date for one in found.days] == [day.isoformat() for day in wanted[: len(found.days)]]
    assert len(found.days) == min(60, len(wanted))


async def test_at_the_desk_one_goes_back_to_the_first_year_and_finds_a_day(shop: Path) -> None:
    plain = looked_through(shop, read("直通车 2018-05"))
    lines = {day: n for day, n in plain.items() if sales(day)[0] > 30_000}
    assert len(plain) > len(lines) > 1
    async with at_the_desk("process", shop, at=f"{MONDAY}T09:20:00+08:00", size=(100, 30)) as lan:
        await lan.sees("deadline")
        await lan.press("c")
        await lan.sees("Past days", "2026-11", "Mon 16 Nov")
        for month in ("2026-10", "2026-09", "2026-08"):
            await lan.press("pageup")
            await lan.sees(month)
        await lan.press("y")
        await lan.sees("2026-01", "2026-12")
        for year in range(2025, 2016, -1):
            await lan.press("pageup")
            await lan.sees(f"{year}-01")
        await lan.press("enter")
        await lan.no_longer_sees("2017-01")
        await lan.press("enter")
        await lan.sees("2017  Wed 16 Aug", "plan of 16 steps")
        await lan.leaves("2017  Wed")
        await lan.leaves("Past days")
        await lan.press("f")
        await lan.sees("Find")
        await lan.types("直通车 gmv>3万 2018-05")
        await lan.press("enter")
        await lan.sees(f"{len(lines)} days, {sum(lines.values())} entries", f"{max(lines):%-d %b}")
