"""Days that fit words and figures together, and what the figures were the day after."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from core.find.figures import Figures
from core.find.hits import Matches, Moved, search
from core.find.query import read
from core.find.text_index import TextIndex
from core.journal.book import Book
from core.journal.entry import Kind

MONDAY = date(2026, 11, 16)
ZONE = ZoneInfo("Asia/Shanghai")
FIGURES: Figures = {
    MONDAY - timedelta(days=back): {"conversion": rate, "gmv": gmv, "visitors": 1000.0}
    for back, rate, gmv in [(0, 0.025, 900.0), (1, 0.018, 700.0), (2, 0.019, 60_000.0), (4, 0.03, 500.0)]
}


class Shop:
    """A shop somebody writes in."""

    def __init__(self, folder: Path) -> None:
        self.book = Book(folder)

    def write(self, back: int, text: str, kind: Kind = "note") -> None:
        day = MONDAY - timedelta(days=back)
        at = datetime(day.year, day.month, day.day, 9, 0, tzinfo=ZONE)
        self.book.append(day, at=at, who="沈岚", kind=kind, step="paid", data={"text": text})

    def find(self, words: str, most: int = 60) -> Matches:
        text = TextIndex(self.book)
        text.renew()
        return search(text, FIGURES, read(words), most=most)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    shop = Shop(tmp_path)
    shop.write(1, "直通车花费超了")
    shop.write(1, "老客短信发了")
    shop.write(2, "直通车加价")
    shop.write(3, "直通车没动")
    shop.write(4, "直通车停了半天")
    return shop


def days(found: Matches) -> list[int]:
    return [(MONDAY - one.day).days for one in found.days]


def test_words_alone_give_their_days_the_newest_first(shop: Shop) -> None:
    found = shop.find("直通车")
    assert days(found) == [1, 2, 3, 4]
    assert found.days[0].said[0].text == "直通车花费超了"
    assert (found.all_days, found.all_lines, found.unknown) == (4, 4, 0)


def test_words_and_a_figure_give_the_days_on_which_both_are_so(shop: Shop) -> None:
    found = shop.find("转化率<2% 直通车")
    assert days(found) == [1, 2]
    assert found.unknown == 1  # of three days ago no figures are known


def test_beside_the_figure_stands_the_day_after(shop: Shop) -> None:
    first, second = shop.find("转化率<2% 直通车").days
    assert first.figures == (Moved("conversion", 0.018, 0.025),)
    assert second.figures == (Moved("conversion", 0.019, 0.018),)


def test_an_unknown_day_after_is_unknown(shop: Shop) -> None:
    (only,) = shop.find("直通车 gmv<600").days
    assert only.figures == (Moved("gmv", 500.0, None),)


def test_figures_alone_give_their_days_with_everything_written_on_them(shop: Shop) -> None:
    found = shop.find("转化率<2%")
    assert days(found) == [1, 2]
    assert [said.text for said in found.days[0].said] == ["直通车花费超了", "老客短信发了"]


def test_two_figures_must_both_be_so(shop: Shop) -> None:
    assert days(shop.find("转化率<2% gmv>5万")) == [2]
    assert days(shop.find("转化率<1%")) == []


def test_a_day_alone_gives_that_day(shop: Shop) -> None:
    assert days(shop.find("2026-11-15")) == [1]
    assert days(shop.find("2026-11-14..2026-11-15")) == [1, 2]


def test_only_the_newest_are_told_and_all_are_counted(shop: Shop) -> None:
    found = shop.find("直通车", most=2)
    assert days(found) == [1, 2]
    assert (found.all_days, found.all_lines) == (4, 4)
