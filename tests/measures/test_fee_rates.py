"""Fee rates from a bill: the worked example, months that are closed, and bills that cannot be meant."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from core.exports.kinds.fees import Fees
from core.measures.fee_rates import Bill, bill_of, calibrated, is_last_month
from core.shop.settings import MoneySettings, Shop
from core.tables.profit import by_period
from core.tables.span import span
from tests.exports.files import reading, xlsx
from tests.measures.test_net_sales import TODAY
from tests.tables.test_profit_table import sheets
from tests.topics.tables import of_rows

GIVEN, EXPECTED = next(
    (one["input"]["bill"], one["expected"])
    for one in json.loads(
        (Path(__file__).parents[1] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
    )
    if one["name"] == "pnl.bill_calibrates_rate"
)


def test_the_last_closed_bill_gives_the_rates() -> None:
    bill = Bill(
        "2026-10", GIVEN["confirmed_amount"], GIVEN["base_fee"],
        GIVEN["category_fee"] - GIVEN["category_fee_refunded"], 0.0, GIVEN["insurance"],
    )  # fmt: skip
    found = calibrated(MoneySettings(points=0.005), bill, bill.confirmed, GIVEN["shipped_orders"])
    assert found.base_fee == pytest.approx(EXPECTED["base_rate"], abs=1e-6)
    assert found.category_fee == pytest.approx(EXPECTED["category_rate"], abs=1e-6)
    assert found.insurance == pytest.approx(EXPECTED["insurance_per_shipped"])
    assert found.points == 0.005


def bill(month: int, category: float = 500.0) -> Fees:
    rows: list[dict[str, Any]] = [
        {"date": date(2026, month, 3), "category": "基础软件服务费", "net": 60.0, "turnover": 10_000.0},
        {"date": date(2026, month, 20), "category": "天猫佣金", "net": category},
        {"date": date(2026, month, 21), "category": "消费者体验提升计划服务费", "net": 90.0},
        {"date": date(2026, 11, 2), "category": "天猫佣金", "net": 9_999.0},
    ]
    return of_rows(Fees, rows)


def notes(fees: Fees | None) -> str:
    whole = span(date(2026, 11, 1), date(2026, 11, 15), "month")
    table = by_period(**sheets(), fees=fees, shop=Shop("x", margin=0.5), span=whole, today=TODAY)
    return "\n".join(table.notes)


def test_a_month_not_closed_yet_is_no_bill() -> None:
    found = bill_of(bill(10).frame, TODAY)
    assert found == Bill("2026-10", 10_000.0, 60.0, 500.0, 0.0, 90.0)
    assert is_last_month(found, TODAY)
    assert bill_of(bill(10).frame, date(2026, 10, 5)) is None


def test_the_profit_says_from_which_bill_its_rates_are() -> None:
    assert "Platform fees are calculated with the rates of the fee bill of 2026-10." in notes(bill(10))
    assert "The newest fee bill is of 2026-08, so its rates are used." in notes(bill(8))
    assert (
        "The fee bill of 2026-10 has fees higher than its sales, so the settings are used instead."
    ) in notes(bill(10, 20_000.0))
    assert "category commission" in notes(None)
    assert "category commission" not in notes(bill(10))


def test_the_bill_is_read_as_the_platform_writes_it(tmp_path: Path) -> None:
    """Its brackets are half and full width in one header; turnover is no fee."""
    head = [
        "日期",
        "业务大类",
        "开票方向",
        "币种",
        "账单金额",
        "本月付款",
        "本月交易额",
        "扣费金额合计 (元）",
        "退款金额",
    ]
    file = xlsx(
        tmp_path / "支出账单_日汇总_20261001_20261031.xlsx",
        [
            head,
            ["2026-10-03", "基础软件服务费", "商家", "CNY", "514.12", "514.04", "31793.27", "514.12", "0.08"],
            ["2026-10-03", "天猫佣金", "商家", "CNY", "1590", "1589.66", "31793.27", "1590", "0.34"],
        ],
    )
    found = reading(file)
    assert found.sheet is Fees
    assert found.problems == ()
    assert found.frame["net"].tolist() == [514.04, 1589.66]
    assert found.frame["turnover"].tolist() == [31793.27, 31793.27]
