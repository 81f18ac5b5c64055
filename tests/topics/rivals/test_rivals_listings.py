"""Rivals' listings in the answer: quiet where nothing changed, exact where something did."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.answers.answer import Answer, Table
from core.exports.kinds.items import Items
from core.exports.kinds.listings import Listings
from core.exports.reading.reader import read
from core.records.records import Records, RivalSeen
from core.shop.settings import Rival
from core.topics.rivals import rivals
from sample import listing_files
from sample.world import World
from tests.topics.tables import MONDAY, SUNDAY, of_rows, sheet, shop

FILE = Path("/work/shared/data/rival_listings_double11_gb18030.csv")
HETIAN = Rival(id="r03", name="禾田女装旗舰店")
QUIET = "date shop item title price sold"


def day(back: int) -> str:
    return (SUNDAY - timedelta(days=back)).isoformat()


def moved(listings: Listings, **reads: object) -> Answer:
    seen: Records[RivalSeen] = Records()
    return rivals.moves(seen, listings=listings, **reads, shop=shop(rivals=(HETIAN,)), today=MONDAY)  # type: ignore[arg-type]


def found(answer: Answer, key: str) -> str:
    return next((f"{one.level}: {one.text}" for one in answer.findings if one.key == key), "")


def shelf(*rows: str) -> Listings:
    return sheet(Listings, "\n".join([QUIET, *rows]))


def test_the_same_shelf_twice_is_no_finding() -> None:
    answer = moved(
        shelf(f"{day(1)} 禾田旗舰店 1 针织开衫女 199 200+", f"{day(0)} 禾田旗舰店 1 针织开衫女 199 200+")
    )
    assert not found(answer, "rivals/listings/r03")
    assert not found(answer, "rivals/stale/r03"), "its shelf was seen yesterday"


def test_a_shop_nobody_follows_is_in_the_table_only() -> None:
    answer = moved(shelf(f"{day(1)} 路人店 1 针织开衫女 199 200+", f"{day(0)} 路人店 1 针织开衫女 99 200+"))
    assert not any(one.key.startswith("rivals/listings") for one in answer.findings)
    assert any(isinstance(one, Table) and one.rows[0][0] == "路人店" for one in answer.evidence[1:])


def test_one_cheaper_price_is_news_not_a_sale() -> None:
    answer = moved(
        shelf(f"{day(1)} 禾田旗舰店 1 针织开衫女 199 200+", f"{day(0)} 禾田旗舰店 1 针织开衫女 159 200+")
    )
    assert found(answer, "rivals/listings/r03").startswith("info")
    assert "¥199 → ¥159" in found(answer, "rivals/listings/r03")


def test_an_old_export_is_not_todays_news() -> None:
    answer = moved(
        shelf(f"{day(29)} 禾田旗舰店 1 针织开衫女 199 9", f"{day(28)} 禾田旗舰店 1 针织开衫女 99 9")
    )
    assert not found(answer, "rivals/listings/r03")


def test_a_cheaper_listing_like_ours_is_to_be_looked_at_by_eye() -> None:
    ours = of_rows(
        Items,
        [{"date": SUNDAY, "item": "9", "title": "法式针织开衫女秋季新款外搭", "gmv": 1.0, "units": 1.0}],
    )
    both = (
        f"{day(1)} 禾田旗舰店 1 法式针织开衫女秋季外搭 199 9",
        f"{day(0)} 禾田旗舰店 1 法式针织开衫女秋季外搭 159 9",
    )
    assert "Look by eye" in found(moved(shelf(*both), items=ours), "rivals/same/1")
    other = [row.replace("法式针织开衫女秋季外搭", "真丝围巾男士商务") for row in both]
    assert not found(moved(shelf(*other), items=ours), "rivals/same/1")


def test_the_sample_by_name(tmp_path: Path) -> None:
    content = next(iter(listing_files.files(World.__new__(World)).values()))
    path = tmp_path / listing_files.NAME
    path.write_bytes(content)
    today = date(2026, 11, 16)
    reading = read(path, today=today)
    assert reading.sheet is Listings
    assert not reading.problems
    lanting = shop(
        rivals=(
            HETIAN,
            Rival(id="r01", name="素年锦时女装旗舰店"),
            Rival(id="r02", name="慕言旗舰店"),
        )
    )
    answer = rivals.moves(Records(), listings=Listings(reading.frame), shop=lanting, today=today)
    assert found(answer, "rivals/listings/r03").startswith(
        "watch: 禾田, 15 Nov against 14 Nov: 4 of 12 cheaper"
    )
    assert "2 gone, 1 with a new title" in found(answer, "rivals/listings/r02")
    assert "3 new" in found(answer, "rivals/listings/r01")
    assert any("1 displayed counter fell" in one for one in answer.limits)
    assert any("1 listing was not shown for the first time" in one for one in answer.limits)


@pytest.mark.skipif(not FILE.is_file(), reason="the real listings are not on this machine")
def test_27512_real_listings_of_22_shops() -> None:
    reading = read(FILE, today=date(2016, 11, 15))
    assert reading.sheet is Listings
    assert reading.rows == 27_598 - 86, "86 rows of the file stand in it twice"
    assert not [problem for problem in reading.problems if problem.level == "row"]
    answer = rivals.moves(Records(), listings=Listings(reading.frame), shop=shop(), today=date(2016, 11, 15))
    table = next(one for one in answer.evidence if one.name.startswith("Rivals' listings"))
    assert isinstance(table, Table)
    assert len(table.rows) == 22
    assert not any("-" in str(row[9]) for row in table.rows), "no negative sales"
