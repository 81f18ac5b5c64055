"""How an export stands: complete, missing, stale, with gaps, or told too early."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from core.answers.answer import Need
from core.exports.kinds.ads import Ads
from core.exports.kinds.reviews import Reviews
from core.exports.kinds.shop_day import ShopDay
from core.exports.kinds.stock import Stock
from core.exports.sheet import Sheet
from core.facts.batch import Batch
from core.facts.ledger import Ledger
from core.language.message import Words
from core.shop.settings import Shop
from routines.answers.needs import need_of
from tests.routines.days import CHINA

TODAY = date(2026, 11, 17)
SHOP = Shop(name="兰亭女装")


def told(
    folder: Path, sheet: type[Sheet], first: int, last: int, *, on: int = 17, without: tuple[int, ...] = ()
) -> None:
    """Put an export of November's days first to last, made on a day of November, into the ledger."""
    dates = tuple(date(2026, 11, day) for day in range(first, last + 1) if day not in without)
    ledger = Ledger(folder)
    at = datetime(2026, 11, on, 9, tzinfo=CHINA)
    batch = Batch(
        f"{sheet.id}-{first}-{on}", sheet.id, "x", "x", dates[0], dates[-1], dates, 1, (), "lan", at
    )
    (folder / "facts").mkdir(exist_ok=True)
    with ledger.writing():
        ledger.add(batch)


def need(folder: Path, sheet: type[Sheet]) -> Need[Words]:
    return need_of(folder, sheet, SHOP, today=TODAY)


def standing(folder: Path, sheet: type[Sheet]) -> tuple[str, list[int]]:
    found = need(folder, sheet)
    return found.state, [date.fromisoformat(day).day for day in found.missing]


def test_nothing_there(tmp_path: Path) -> None:
    assert standing(tmp_path, ShopDay) == ("missing", [16])
    assert need(tmp_path, ShopDay).how == ShopDay.how_on("tmall") != ""


def test_a_shops_beginning_is_no_gap(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 10, 16)
    assert standing(tmp_path, ShopDay) == ("complete", [])


def test_days_in_between(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 1, 16, without=(5, 6))
    assert standing(tmp_path, ShopDay) == ("partial", [5, 6])


def test_yesterday_is_not_there_yet(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 1, 14)
    assert standing(tmp_path, ShopDay) == ("stale", [15, 16])


def test_what_is_older_than_the_window_counts_as_not_there(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 1, 16)
    far = TODAY + timedelta(days=ShopDay.days + 60)
    assert need_of(tmp_path, ShopDay, SHOP, today=far).state == "missing"


def test_an_import_taken_back_does_not_count(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 1, 16)
    ledger = Ledger(tmp_path)
    with ledger.writing():
        ledger.mark(ledger.batches()[0].id, who="lan", at=datetime(2026, 11, 17, tzinfo=CHINA))
    assert standing(tmp_path, ShopDay)[0] == "missing"


def test_stock_is_looked_at_as_of_yesterday_or_today(tmp_path: Path) -> None:
    told(tmp_path, Stock, 13, 13)
    assert standing(tmp_path, Stock) == ("stale", [14, 15, 16])
    told(tmp_path, Stock, 16, 16)
    assert standing(tmp_path, Stock) == ("complete", [])


def test_days_without_reviews_are_quiet_days(tmp_path: Path) -> None:
    told(tmp_path, Reviews, 1, 12, without=(3, 4), on=17)
    assert standing(tmp_path, Reviews) == ("complete", [])


def test_reviews_exported_days_ago_are_stale(tmp_path: Path) -> None:
    told(tmp_path, Reviews, 1, 12, on=13)
    assert standing(tmp_path, Reviews)[0] == "stale"


def test_ads_exported_before_their_days_were_settled_are_asked_for_again(tmp_path: Path) -> None:
    told(tmp_path, Ads, 1, 10, on=11)
    told(tmp_path, Ads, 11, 16, on=17)
    assert standing(tmp_path, Ads) == ("immature", [9, 10])
    told(tmp_path, Ads, 8, 10, on=17)
    assert standing(tmp_path, Ads) == ("complete", [])


def test_a_day_exported_before_it_was_over_is_not_final(tmp_path: Path) -> None:
    told(tmp_path, ShopDay, 1, 16, on=16)
    assert standing(tmp_path, ShopDay) == ("immature", [16])
    told(tmp_path, ShopDay, 16, 16, on=17)
    assert standing(tmp_path, ShopDay) == ("complete", [])
