"""Two downloads of the same days: which one counts, what it replaces, and what is said of it."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from core.exports.kinds.ads import Ads
from core.exports.kinds.items import Items
from core.exports.kinds.shop_day import ShopDay
from core.facts.batch import Batch
from core.facts.download_order import copy_number, oldest_first, stamp
from core.facts.imports import Preview, commit, preview, undo
from core.facts.ledger import Ledger
from core.facts.window import load
from core.shop.loading import load_shop
from routines.io.importing import commit_files
from tests.facts.shops import days, drop

FILES = Path(__file__).parents[1] / "exports" / "operator_files"
TODAY = date(2026, 11, 29)
AT = datetime(2026, 11, 29, 9, 0, tzinfo=UTC)
NINE, NOON = datetime(2026, 11, 29, 1, 0, tzinfo=UTC), datetime(2026, 11, 29, 4, 0, tzinfo=UTC)


def saved(file: Path, when: datetime) -> Path:
    os.utime(file, (when.timestamp(), when.timestamp()))
    return file


def look(folder: Path, file: Path, *, replace: bool = False) -> Preview:
    return preview(folder, file, today=TODAY, replace=replace)


def take(folder: Path, file: Path, *, replace: bool = False) -> Batch:
    return commit(folder, look(folder, file, replace=replace), who="lan", at=AT, replace=replace)


def said(looked: Preview) -> str:
    return "\n".join(problem.sentence() for problem in looked.problems)


def gmv(folder: Path) -> float:
    return float(load(folder, Items, date(2026, 11, 28), date(2026, 11, 28)).frame["gmv"].sum())


def items(rows: dict[str, float], day: str = "2026-11-28") -> str:
    drawn = [f"{day} | {item} | a | 1 | {value}" for item, value in rows.items()]
    return "\n".join(["统计日期 | 商品ID | 商品名称 | 商品访客数 | 支付金额", *drawn])


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def test_a_newer_file_that_lacks_much_is_merged_and_says_so(tmp_path: Path, inbox: Path) -> None:
    first = shutil.copy(FILES / "n16a_items_2026-11-28.csv", inbox)
    second = shutil.copy(FILES / "n16b_items_2026-11-28 (1).csv", inbox)
    take(tmp_path, Path(first))
    looked = look(tmp_path, Path(second))
    assert (
        "The newer file lacks 6 of 10 rows of 28 Nov (38% of 支付金额). The rows it has are "
        "used; the missing ones are kept from n16a_items_2026-11-28.csv. To replace the "
        "whole day: press r on the Import screen, or run shopday import --replace."
    ) in said(looked)
    batch = take(tmp_path, Path(second))
    assert gmv(tmp_path) == pytest.approx(26_060)
    assert any("lacks 6 of 10" in problem.what for problem in batch.problems)


def test_with_replace_the_day_is_what_the_newer_file_says(tmp_path: Path, inbox: Path) -> None:
    take(tmp_path, Path(shutil.copy(FILES / "n16a_items_2026-11-28.csv", inbox)))
    batch = take(tmp_path, Path(shutil.copy(FILES / "n16b_items_2026-11-28 (1).csv", inbox)), replace=True)
    assert gmv(tmp_path) == pytest.approx(15_980)
    assert Ledger(tmp_path).batches()[-1].whole == (("2026-11-28",),)
    undo(tmp_path, batch.id, who="lan", at=AT)
    assert gmv(tmp_path) == pytest.approx(26_400), "what it had replaced counts again"


def test_an_item_that_left_the_list_with_little_is_gone(tmp_path: Path) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", items({"736500100101": 3_000, "736500100102": 30})))
    looked = look(tmp_path, drop(tmp_path, "b.csv", items({"736500100101": 3_100})))
    assert "1 row of the older file is missing in the newer one and no longer counts for 28 Nov." in said(
        looked
    )
    commit(tmp_path, looked, who="lan", at=AT)
    assert gmv(tmp_path) == 3_100
    again = drop(tmp_path, "c.csv", items({"736500100102": 31}))
    assert "lacks 1 of 1 rows of 28 Nov (100% of 支付金额)" in said(look(tmp_path, again))


@pytest.mark.parametrize(("sold", "gone"), [(2.0, True), (2.1, False)])
def test_up_to_a_fiftieth_of_the_days_sales_may_leave_the_list(
    tmp_path: Path, sold: float, *, gone: bool
) -> None:
    take(tmp_path, drop(tmp_path, "a.csv", items({"736500100101": 100 - sold, "736500100102": sold})))
    looked = look(tmp_path, drop(tmp_path, "b.csv", items({"736500100101": 98})))
    assert ("missing in the newer one and no longer counts" in said(looked)) is gone
    assert ("lacks 1 of 2 rows" in said(looked)) is not gone
    commit(tmp_path, looked, who="lan", at=AT)
    assert gmv(tmp_path) == (98 if gone else 98 + sold)


def test_of_several_days_the_one_that_lacks_most_is_told_and_small_ones_are_counted_together(
    tmp_path: Path,
) -> None:
    def drawn(*rows: str) -> str:
        return "\n".join(["统计日期 | 商品ID | 商品名称 | 商品访客数 | 支付金额", *rows])

    old = {
        "2026-11-25": (1000, 2), "2026-11-26": (1000, 3), "2026-11-27": (60, 40), "2026-11-28": (10, 90),
    }  # fmt: skip
    first = [f"{day} | 73650010010{n} | a | 1 | {sold[n]}" for day, sold in old.items() for n in range(2)]
    take(tmp_path, drop(tmp_path, "a.csv", drawn(*first)))
    looked = look(tmp_path, drop(tmp_path, "b.csv", drawn(*first[::2])))
    assert "The newer file lacks 1 of 2 rows of 28 Nov (90% of 支付金额)" in said(looked)
    assert (
        "2 rows of the older file are missing in the newer one and no longer count for 25 Nov, 26 Nov."
    ) in said(looked)


def test_of_a_day_without_sales_the_rows_are_counted(tmp_path: Path) -> None:
    some = {f"7365001001{n:02}": 0.0 for n in range(40)}
    take(tmp_path, drop(tmp_path, "a.csv", items(some)))
    looked = look(tmp_path, drop(tmp_path, "b.csv", items(dict(list(some.items())[:30]))))
    assert "The newer file lacks 10 of 40 rows of 28 Nov (25% of 支付金额)" in said(looked)


def test_a_plan_report_says_nothing_of_the_item_report_of_its_day(tmp_path: Path) -> None:
    head = "日期 | 场景名字 | 计划ID | 计划名字 | 点击量 | 花费"
    by_item = "日期 | 场景名字 | 计划ID | 计划名字 | 主体ID | 点击量 | 花费"
    take(
        tmp_path,
        drop(tmp_path, "商品报表.csv", f"{by_item}\n2026-11-28 | 甲 | 1 | a | 736500100101 | 1 | 5\n"),
    )
    take(
        tmp_path,
        drop(
            tmp_path,
            "计划报表.csv",
            f"{head}\n2026-11-28 | 甲 | 1 | a | 1 | 5\n2026-11-28 | 乙 | 2 | b | 1 | 100\n",
        ),
    )
    looked = look(tmp_path, drop(tmp_path, "计划.csv", f"{head}\n2026-11-28 | 乙 | 2 | b | 1 | 90\n"))
    assert said(looked).count("lacks") == 0, "a report of one scene lacks nothing of another"
    commit(tmp_path, looked, who="lan", at=AT)
    frame = load(tmp_path, Ads, date(2026, 11, 28), date(2026, 11, 28)).frame
    assert sorted(frame["cost"]) == [5.0, 5.0, 90.0]


@pytest.mark.parametrize("same_second", [False, True])
@pytest.mark.parametrize("key", ["screen", "command", "wrong way round"])
def test_the_newer_of_two_copies_counts_on_every_way_in(
    tmp_path: Path, inbox: Path, key: str, *, same_second: bool
) -> None:
    (tmp_path / "shop.toml").write_text('name = "兰亭女装旗舰店"\n', encoding="utf-8")
    old = saved(Path(shutil.copy(FILES / "d10_店铺日报.csv", inbox)), NINE)
    new = saved(Path(shutil.copy(FILES / "d10_店铺日报(1).csv", inbox)), NINE if same_second else NOON)
    if key == "screen":
        commit_files(tmp_path, [], today=TODAY, who="lan", at=AT)
    else:
        for file in oldest_first([new, old]) if key == "command" else [new, old]:
            take(tmp_path, file)
    frame = load(tmp_path, ShopDay, date(2026, 11, 1), date(2026, 11, 28)).frame
    assert frame["gmv"].sum() == 392_000


def test_an_older_file_fills_gaps_only_and_says_so(tmp_path: Path) -> None:
    take(tmp_path, saved(drop(tmp_path, "b.csv", days({"2026-11-27": 20})), NOON))
    late = saved(drop(tmp_path, "a.csv", days({"2026-11-26": 1, "2026-11-27": 2})), NINE)
    looked = look(tmp_path, late)
    assert looked.replaces == ()
    assert (
        "This file is older (2026-11-29 09:00) than the figures already imported for 27 Nov; it only"
        in said(looked)
    )
    commit(tmp_path, looked, who="lan", at=AT)
    frame = load(tmp_path, ShopDay, date(2026, 11, 1), date(2026, 11, 28)).frame
    assert frame["gmv"].tolist() == [1.0, 20.0]


def test_copies_whose_number_and_time_disagree_are_told(tmp_path: Path) -> None:
    take(tmp_path, saved(drop(tmp_path, "日报(1).csv", days({"2026-11-27": 20})), NINE))
    looked = look(tmp_path, saved(drop(tmp_path, "日报.csv", days({"2026-11-27": 30})), NOON))
    assert (
        "日报.csv and 日报(1).csv are copies of one download. The times of the files say "
        "that 日报.csv is newer, the numbers in their names say 日报(1).csv. 日报.csv is used."
    ) in said(looked)


@pytest.mark.parametrize(("seconds", "told"), [(60, False), (61, True), (-61, False)])
def test_copies_are_told_to_disagree_from_a_minute_on(tmp_path: Path, seconds: int, *, told: bool) -> None:
    take(tmp_path, saved(drop(tmp_path, "日报(1).csv", days({"2026-11-27": 20})), NINE))
    later = NINE + timedelta(seconds=seconds)
    looked = look(tmp_path, saved(drop(tmp_path, "日报.csv", days({"2026-11-27": 30})), later))
    assert ("are copies of one download" in said(looked)) is told


def test_the_file_in_hand_is_told_as_the_other_one_when_the_one_that_is_in_is_newer(tmp_path: Path) -> None:
    take(tmp_path, saved(drop(tmp_path, "日报.csv", days({"2026-11-27": 20})), NOON))
    looked = look(tmp_path, saved(drop(tmp_path, "日报(1).csv", days({"2026-11-27": 30})), NINE))
    assert (
        "The times of the files say that 日报.csv is newer, the numbers in their names say "
        "日报(1).csv. 日报.csv is used."
    ) in said(looked)


def test_of_two_files_of_one_name_and_time_the_one_imported_last_counts(tmp_path: Path) -> None:
    for value in (1, 2):
        take(tmp_path, saved(drop(tmp_path, "日报(1).csv", days({"2026-11-27": value})), NOON))
    frame = load(tmp_path, ShopDay, date(2026, 11, 1), date(2026, 11, 28)).frame
    assert frame["gmv"].tolist() == [2.0]


def test_a_time_that_cannot_be_leaves_the_order_of_imports(tmp_path: Path) -> None:
    take(tmp_path, saved(drop(tmp_path, "a.csv", days({"2026-11-27": 1})), AT + timedelta(days=9)))
    take(tmp_path, saved(drop(tmp_path, "b.csv", days({"2026-11-27": 2})), AT - timedelta(days=90)))
    assert [batch.told for batch in Ledger(tmp_path).batches()] == [None, None]
    frame = load(tmp_path, ShopDay, date(2026, 11, 1), date(2026, 11, 28)).frame
    assert frame["gmv"].tolist() == [2.0]


def test_what_a_name_says_of_its_download() -> None:
    assert stamp("商品报表_20261119_110309") == datetime(2026, 11, 19, 3, 3, 9, tzinfo=UTC)
    assert stamp("ExportOrderList202611191103") == datetime(2026, 11, 19, 3, 3, tzinfo=UTC)
    assert stamp("商品_全部_2026-11-15_2026-11-15") is None
    assert stamp("日报_20261319_110309") is stamp("日报_20261119_250309") is None
    assert stamp("日报_2026-11-19 11:03:09", UTC) == datetime(2026, 11, 19, 11, 3, 9, tzinfo=UTC)
    assert copy_number("日报-副本(3)") == copy_number("日报 copy 3") == ("日报", 3)
    assert copy_number("日报(1234)") == ("日报(1234)", 0)
    assert copy_number("日报 (2)") == ("日报", 2)
    assert copy_number("日报(1)") == ("日报", 1)
    assert copy_number("日报 - 副本") == ("日报", 1)
    assert copy_number("Copy of 日报") == ("日报", 1)
    assert copy_number("日报_2026") == ("日报_2026", 0)


def test_the_id_of_the_only_shop_in_a_file_is_remembered_with_the_shop(tmp_path: Path) -> None:
    settings = tmp_path / "shop.toml"
    settings.write_text('name = "兰亭"  # ours\n[targets]\n"2026-11" = 9\n', encoding="utf-8")
    drawn = "统计日期 | 店铺ID | 访客数 | 支付金额 | 支付买家数\n2026-11-27 | {} | 1 | 2 | 3\n"
    take(tmp_path, drop(tmp_path, "a.csv", drawn.format("10020")))
    assert load_shop(tmp_path).shop_ids == ("10020",)
    assert "# ours" in settings.read_text(encoding="utf-8")
    other = look(tmp_path, drop(tmp_path, "b.csv", drawn.format("77")))
    assert other.state == "refused", "a file of another id is another shop's from now on"


def test_a_stock_list_that_lacks_much_of_the_one_before_is_in_doubt(tmp_path: Path) -> None:
    head = "商品ID | 商品名称 | skuId | 数量"
    rows = [f"73650010010{n} | a | {n} | {pieces}" for n, pieces in enumerate((60, 25, 15))]
    take(tmp_path, drop(tmp_path, "库存_20261127.csv", "\n".join([head, *rows])))
    whole = look(tmp_path, drop(tmp_path, "库存_20261128.csv", "\n".join([head, *rows[:2]])))
    assert "lacks" not in said(whole), "15 of 100 pieces are sold in a day"
    part = look(tmp_path, drop(tmp_path, "库存_2026-11-28.csv", "\n".join([head, *rows[1:]])))
    assert (
        "The new stock list lacks 1 of the 3 lines of the list of 27 Nov (60% of the pieces). The goods "
        "in these lines are no longer counted as stock." in said(part)
    )
    assert [one.level for one in part.problems if "lacks" in one.what] == ["doubt"]
