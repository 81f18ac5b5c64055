"""A refund list that does not say when its orders were paid; the order list does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from core.exports.kinds.refunds import Refunds
from core.facts.imports import commit, preview
from core.facts.joined_rows import load_joined
from tests.facts.shops import drop

TODAY = date(2026, 11, 16)
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
REFUNDS = """
退款编号 | 订单编号 | 退款申请时间 | 退款总额 | 退款状态
1 | 7 | 2026-11-15 10:00:00 | 20 | 退款成功
2 | 8 | 2026-11-15 11:00:00 | 30 | 退款成功
"""
ORDERS = """
订单编号 | 总金额 | 买家实际支付金额 | 订单创建时间 | 订单付款时间
7 | 90 | 80 | 2026-09-10 10:00:00 | 2026-09-10 10:05:00
"""


def test_the_order_list_says_when_it_was_paid_and_what_is_not_in_it_stays_unknown(tmp_path: Path) -> None:
    for name, drawn in (("退款单.csv", REFUNDS), ("订单.csv", ORDERS)):
        commit(tmp_path, preview(tmp_path, drop(tmp_path, name, drawn), today=TODAY), who="lan", at=AT)
    found = load_joined(tmp_path, Refunds, date(2026, 11, 1), TODAY).frame.set_index("refund")
    assert str(found["paid"]["1"]) == "2026-09-10 10:05:00"
    assert found["paid_amount"]["1"] == 80.0
    assert found.loc["2", ["paid", "paid_amount"]].isna().all()
