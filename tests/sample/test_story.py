"""The sample's bytes never change by themselves, and its files agree with each other."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from core.records.records import RECORDS
from core.shop.loading import load_shop
from routines.forms.forms import FORMS
from sample import catalogue, layouts, measured, season
from sample.world import build
from tests.sample import plain_files
from tests.sample.plain_files import number, workbook

ROOT = Path(__file__).parents[2]
SOME = (
    "from sample import people_files, item_files, order_files, writers, world as w\n"
    "import hashlib\nworld = w.build(); day = w.season.LAST\n"
    "made = people_files.files(world) | order_files.files(world) | {'rank': item_files.rank(world, day)}\n"
    "print(hashlib.sha256(b''.join(made[name] for name in sorted(made))).hexdigest())"
)


def names(rows: Iterable[dict[str, str]], column: str) -> set[str]:
    return {row[column] for row in rows}


def digest_in_a_new_process(hash_seed: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", SOME],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        check=True,
    )
    return ran.stdout.strip()


def paid_by_day(lanting: Path) -> dict[str, list[dict[str, str]]]:
    by_day: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in plain_files.orders(lanting):
        if row["订单付款时间 "]:
            by_day[row["订单付款时间 "][:10]].append(row)
    return by_day


def test_the_same_bytes_come_out_of_another_process_with_another_hash_seed() -> None:
    assert digest_in_a_new_process("1") == digest_in_a_new_process("2")


def test_the_checked_in_text_is_what_the_generator_writes(lanting: Path) -> None:
    for name in ("shop.toml", "entries.json", "STORY.md", "broken/README.md"):
        assert (ROOT / "sample" / name).read_bytes() == (lanting / name).read_bytes(), name


def test_the_whole_folder_stays_modest(lanting: Path) -> None:
    assert sum(path.stat().st_size for path in lanting.rglob("*") if path.is_file()) < 6_000_000


def test_no_container_carries_the_time_it_was_written(lanting: Path) -> None:
    for path in [*lanting.rglob("*.xlsx"), *lanting.rglob("*.zip")]:
        if path.parent.name in {"password", "picture"}:
            continue
        with zipfile.ZipFile(path) as archive:
            assert {info.date_time for info in archive.infolist()} == {(2026, 11, 16, 9, 0, 0)}, path.name


def test_two_layouts_of_the_shop_day_meet_and_agree(lanting: Path) -> None:
    folder = lanting / "exports/shop_day"
    old = {row["统计日期"]: row for row in workbook(next(folder.glob("*.xls")), 4)}
    new = {row["统计日期"]: row for row in workbook(next(folder.glob("*.xlsx")), 1)}
    shared = old.keys() & new.keys()
    assert len(shared) == 7
    assert len(old.keys() | new.keys()) == 76
    for day in shared:
        for column in ("访客数", "支付金额", "支付买家数", "跳失率"):
            assert old[day][column] == new[day][column]


def test_orders_add_up_to_the_shop_day_by_day(lanting: Path) -> None:
    days, paid = plain_files.shop_days(lanting), paid_by_day(lanting)
    assert days.keys() == paid.keys()
    for day, rows in paid.items():
        assert sum(number(row["总金额"]) for row in rows) == pytest.approx(
            number(days[day]["支付金额"]), abs=0.01
        )
        assert len(names(rows, "买家会员名")) == number(days[day]["支付买家数"])


def test_some_orders_are_unpaid_or_closed_and_all_ids_are_distinct_text(lanting: Path) -> None:
    rows = plain_files.orders(lanting)
    assert all(re.fullmatch(r'="\d{19}"', row["订单编号"]) for row in rows)
    assert len(names(rows, "订单编号")) == len(rows)
    states = names(rows, "订单状态")
    assert {
        "等待买家付款",
        "交易关闭",
        "交易成功",
        "卖家已发货，等待买家确认",
        "买家已付款，等待卖家发货",
    } == states


def test_refunds_belong_to_paid_orders_and_never_exceed_them(lanting: Path) -> None:
    paid = {
        row["订单编号"][2:-1]: number(row["总金额"])
        for row in plain_files.orders(lanting)
        if row["订单付款时间 "]
    }
    refunds = [row for path in (lanting / "exports/refunds").iterdir() for row in workbook(path, 1)]
    assert len(refunds) > 1500
    assert all(number(row["退款总额"]) <= paid[row["订单编号"]] for row in refunds)


def test_people_in_the_orders_are_plainly_invented(lanting: Path) -> None:
    for row in plain_files.orders(lanting):
        assert row["收货人姓名"].startswith("虚构")
        assert row["联系手机"].startswith("'100")
        assert row["买家支付宝账号"].endswith("@example.com")


def test_items_add_up_to_the_shop(lanting: Path) -> None:
    days = plain_files.shop_days(lanting)
    for path in (lanting / "exports/items").iterdir():
        rows = workbook(path, 5)
        day = rows[0]["统计日期"]
        assert sum(number(row["支付金额"]) for row in rows) == pytest.approx(
            number(days[day]["支付金额"]), abs=0.05
        )
        assert sum(number(row["支付件数"]) for row in rows) == number(days[day]["支付件数"])
        assert sum(number(row["商品访客数"]) for row in rows) > number(days[day]["访客数"]) * 0.8


def test_sources_overlap_so_their_visitors_exceed_the_shops(lanting: Path) -> None:
    days = plain_files.shop_days(lanting)
    for path in (lanting / "exports/sources").glob("*】店铺流量来源*"):
        rows = [row for row in workbook(path, 6) if row["三级来源"] == "汇总" and row["二级来源"] != "汇总"]
        day = path.stem[-10:]
        assert len(rows) == 14
        assert sum(number(row["访客数"]) for row in rows) > number(days[day]["访客数"]) * 1.05


def test_words_add_up_to_the_items_ad_cost(lanting: Path) -> None:
    item_rows = plain_files.csv_rows(
        plain_files.zipped(next((lanting / "exports/ads").glob("商品报表*"))), "gb18030"
    )
    word_rows = plain_files.csv_rows(
        plain_files.zipped(next((lanting / "exports/keywords").glob("*_20261116*"))), "gbk"
    )
    by_item: dict[tuple[str, str], float] = defaultdict(float)
    for row in word_rows:
        by_item[row["日期"], row["宝贝ID"]] += number(row["花费"])
    for row in item_rows:
        if row["场景名字"] == "关键词推广" and row["日期"] >= "2026-09-17":
            assert by_item[row["日期"], row["主体ID"]] == pytest.approx(number(row["花费"]), abs=0.01)
    assert {row["日期"] for row in item_rows} == {day.isoformat() for day in season.DAYS}


def test_plans_cost_what_their_items_cost(lanting: Path) -> None:
    totals = []
    for name in ("商品报表*", "计划报表*"):
        rows = plain_files.csv_rows(plain_files.zipped(next((lanting / "exports/ads").glob(name))), "gb18030")
        totals.append(sum(number(row["花费"]) for row in rows))
    assert totals[0] == pytest.approx(totals[1], abs=0.01)


def test_zip_members_carry_raw_gbk_names_without_the_flag(lanting: Path) -> None:
    with zipfile.ZipFile(next((lanting / "exports/ads").glob("计划报表*"))) as archive:
        (info,) = archive.infolist()
    assert not info.flag_bits & 0x800
    assert info.filename.encode("cp437").decode("gbk").startswith("计划报表_")


def test_headers_are_the_platforms_own(lanting: Path) -> None:
    path = next((lanting / "exports/items").iterdir())
    assert list(workbook(path, 5)[0]) == layouts.layout("sycm_item_rank")
    path = next((lanting / "exports/sources").glob("*】店铺流量来源*"))
    assert list(workbook(path, 6)[0]) == layouts.layout("sycm_shop_source_2026")
    head = (lanting / "exports/orders/ExportOrderList202611160908.csv").read_bytes().split(b"\r\n")[0]
    assert head.decode("gbk").split(",") == layouts.layout("qn_order_list")


def test_the_settings_are_valid_and_know_every_item(lanting: Path) -> None:
    shop = load_shop(lanting)
    assert {item.id for item in shop.items} == {item.id for item in catalogue.ITEMS}
    assert sum(rival.followed for rival in shop.rivals) == 5
    assert shop.ads.balance is not None
    assert shop.ads.balance < measured.spent(build(), season.LAST)
    assert shop.multiplier(date(2026, 11, 11)) > 5
    assert 0 < (shop.subscriptions[0].expires - season.TODAY).days <= shop.thresholds.expiry_days


def test_what_was_typed_fits_the_forms_and_the_records(lanting: Path) -> None:
    kinds = {record.form: record for record in RECORDS}
    entries = json.loads((lanting / "entries.json").read_text(encoding="utf-8"))
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    assert all(entry["at"] < "2026-11-16" for entry in entries)
    seen: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry["kind"] == "record":
            form, values = entry["data"]["form"], entry["data"]["values"]
            kinds[form](**values)
            FORMS[form].read(values)
            seen[values.get("rival", "")].add(entry["at"][:10])
    assert len(seen["r01"]) >= 10
    assert max(seen["r05"]) == "2026-11-10"


def test_titles_fit_the_platforms_limit() -> None:
    assert all(len(item.title.encode("gbk")) <= catalogue.TITLE_LIMIT_BYTES for item in catalogue.ITEMS)


def test_every_broken_file_is_named_with_its_sentence(lanting: Path) -> None:
    text = (lanting / "broken/README.md").read_text(encoding="utf-8")
    found = [path for path in (lanting / "broken").rglob("*") if path.is_file() and path.name != "README.md"]
    assert len(found) >= 25
    assert all(f"| `{path.parent.name}/` | `{path.name}` |" in text for path in found)


def test_the_wrong_encoding_is_wrong_in_both(lanting: Path) -> None:
    content = next((lanting / "broken/wrong-encoding").iterdir()).read_bytes()
    for encoding in ("utf-8", "gb18030"):
        with pytest.raises(UnicodeDecodeError):
            content.decode(encoding)


def test_the_duplicate_is_byte_for_byte_the_good_file(lanting: Path) -> None:
    again = next((lanting / "broken/same-again").iterdir()).read_bytes()
    good = lanting / "exports/service/自制报表-报表查看-客服绩效_20261115_20261115_全部.xlsx"
    assert hashlib.sha256(again).digest() == hashlib.sha256(good.read_bytes()).digest()
