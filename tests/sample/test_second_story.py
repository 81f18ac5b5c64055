"""The second shop's files agree with each other, and have the proportions that its story tells."""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest

from core.records.records import RECORDS
from core.shop.loading import load_shop
from routines.forms.forms import FORMS
from sample import catalogue, season
from sample.second_measured import SETTLED, planted
from sample.shops import LANTING, TANGLI
from sample.world import build
from tests.conftest import ROOT
from tests.sample.plain_files import number, workbook, zipped

Rows = list[dict[str, str]]


def rows_of(folder: Path, encoding: str) -> Rows:
    """Return the rows of all zipped csv files of a folder."""
    found: Rows = []
    for path in sorted(folder.glob("*.zip")):
        found += csv.DictReader(io.StringIO(zipped(path).decode(encoding)))
    return found


@pytest.fixture(scope="module")
def orders(tangli: Path) -> Rows:
    return rows_of(tangli / "exports/orders", "gbk")


@pytest.fixture(scope="module")
def refunds(tangli: Path) -> Rows:
    return rows_of(tangli / "exports/refunds", "gb18030")


@pytest.fixture(scope="module")
def days(tangli: Path) -> dict[str, dict[str, str]]:
    (path,) = (tangli / "exports/shop_day").iterdir()
    return {row["统计日期"]: row for row in workbook(path, 1)}


def test_what_lies_in_the_repository_is_what_the_generator_writes(tangli: Path) -> None:
    kept = ROOT / "sample" / TANGLI.folder
    made = {path.relative_to(tangli): path.read_bytes() for path in tangli.rglob("*") if path.is_file()}
    assert made == {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()}


def test_its_files_are_small(tangli: Path) -> None:
    assert sum(path.stat().st_size for path in tangli.rglob("*") if path.is_file()) < 3_000_000


def test_orders_add_up_to_the_shop_day_by_day(orders: Rows, days: dict[str, dict[str, str]]) -> None:
    paid: dict[str, float] = defaultdict(float)
    for row in orders:
        if row["订单付款时间 "]:
            paid[row["订单付款时间 "][:10]] += number(row["总金额"])
    assert paid.keys() == days.keys() == {day.isoformat() for day in season.DAYS}
    for day, sold in paid.items():
        assert sold == pytest.approx(number(days[day]["支付金额"]), abs=0.01)


def test_half_of_what_is_paid_goes_back_and_most_of_it_before_dispatch(
    refunds: Rows, days: dict[str, dict[str, str]]
) -> None:
    first, last = (day.isoformat() for day in SETTLED)
    done = [
        row for row in refunds if row["退款状态"] == "退款成功" and first <= row["订单付款时间"][:10] <= last
    ]
    paid = sum(number(row["支付金额"]) for day, row in days.items() if first <= day <= last)
    share = sum(number(row["退款总额"]) for row in done) / paid
    assert 0.45 < share < 0.55
    assert share == pytest.approx(planted(build(TANGLI))["refund_rate"], abs=0.001)
    assert sum(row["货物状态"] == "卖家未发货" for row in done) / len(done) > 0.55


def test_refunds_are_of_every_kind_and_never_exceed_their_order(orders: Rows, refunds: Rows) -> None:
    paid = {row["订单编号"][2:-1]: row for row in orders if row["订单付款时间 "]}
    assert {row["售后类型"] for row in refunds} == {"仅退款", "退货退款", "换货"}
    assert all(number(row["退款总额"]) <= number(paid[row["订单编号"]]["总金额"]) for row in refunds)
    assert all(row["退款总额"] == "0.00" for row in refunds if row["售后类型"] == "换货")
    returned = [row for row in refunds if row["售后类型"] == "退货退款"]
    assert all(paid[row["订单编号"]]["发货时间"] for row in returned), "nothing comes back that was not sent"


def test_a_refund_is_asked_for_after_it_was_paid(refunds: Rows) -> None:
    assert all(row["订单付款时间"] < row["退款申请时间"] for row in refunds)
    assert all(row["退款申请时间"] <= row["退款完结时间"] for row in refunds if row["退款完结时间"])


def test_seven_orders_wait_for_dispatch_whose_buyers_want_them(orders: Rows, refunds: Rows) -> None:
    asked = {row["订单编号"] for row in refunds}
    waiting = [
        row
        for row in orders
        if "等待卖家发货" in row["订单状态"]
        and row["订单编号"][2:-1] not in asked
        and row["订单付款时间 "] < "2026-11-15"
    ]
    assert len(waiting) == 7
    assert {row["宝贝标题 "].split("，")[0] for row in waiting} == {TANGLI.item["trench"].title}


def test_returning_visitors_vary_by_day(days: dict[str, dict[str, str]]) -> None:
    shares = [number(row["老访客数"]) / number(row["访客数"]) for row in days.values()]
    assert min(shares) < 0.25
    assert max(shares) > 0.33


def test_rivals_prices_end_in_nine_and_counters_are_rounded(tangli: Path) -> None:
    (path,) = (tangli / "exports/listings").iterdir()
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("gb18030"))))
    usual = [row for row in rows if row["采集日期"] < "2026-11-15"]
    assert sum(row["价格"].endswith("9") for row in usual) / len(usual) > 0.3
    assert any(row["销量"].endswith("万+") for row in rows)
    assert sum(row["销量"].endswith("+") for row in rows) / len(rows) > 0.9


def test_the_bill_charges_confirmed_money_at_the_typed_rates_but_for_one(tangli: Path) -> None:
    (path,) = (tangli / "exports/fees").glob("*_20261001_*")
    rows = workbook(path, 1)
    on = sum(number(row["本月交易额"]) for row in rows if row["业务大类"] == "基础软件服务费")
    fees: dict[str, float] = defaultdict(float)
    for row in rows:
        fees[row["业务大类"]] += number(row["本月付款"])
    money = load_shop(tangli).money
    assert fees["基础软件服务费"] / on == pytest.approx(money.base_fee, abs=1e-5)
    assert fees["天猫佣金"] / on == pytest.approx(money.category_fee, abs=1e-5)
    assert fees["返点积分"] / on > 2 * (money.points or 0.0)


def test_the_settings_know_every_item_and_the_festival_as_one_row(tangli: Path) -> None:
    shop = load_shop(tangli)
    assert {item.id for item in shop.items} == {item.id for item in TANGLI.items}
    assert not {item.id for item in shop.items} & {item.id for item in LANTING.items}
    (festival,) = [row for row in shop.calendar if row.note == "双11"]
    assert (festival.last - festival.start).days == 30
    assert len(festival.profile) == 31
    assert max(festival.profile) == festival.on(date(2026, 11, 11)).multiplier
    assert shop.net_target_of(season.LAST)


def test_what_was_typed_fits_the_forms(tangli: Path) -> None:
    kinds = {record.form: record for record in RECORDS}
    entries = json.loads((tangli / "entries.json").read_text(encoding="utf-8"))
    assert [entry["at"] for entry in entries] == sorted(entry["at"] for entry in entries)
    for entry in entries:
        if entry["kind"] == "record":
            form, values = entry["data"]["form"], entry["data"]["values"]
            kinds[form](**values)
            FORMS[form].read(values)
    assert {"score", "site_plan", "offer_stack"} <= {
        entry["data"]["form"] for entry in entries if entry["kind"] == "record"
    }


def test_titles_fit_the_platforms_limit() -> None:
    assert all(len(item.title.encode("gbk")) <= catalogue.TITLE_LIMIT_BYTES for item in TANGLI.items)
