"""What the morning's orders show before noon: who has not paid, and which hours are worth bidding for."""

from __future__ import annotations

import random
from datetime import datetime, time, timedelta

import pandas as pd
import pytest

from core.exports.kinds.hours import Hours
from core.exports.kinds.orders import Orders
from core.language.wording import text
from core.topics.team import morning_orders
from tests.topics.tables import MONDAY, of_rows, shop

AT = datetime.combine(MONDAY, time(9, 5))


def hours(factor: float, *, seed: int = 1, days: int = 28) -> pd.DataFrame:
    """Hours of four weeks; at ten visitors buy so many times as often as at other hours."""
    dice = random.Random(seed)
    rows = []
    for back in range(1, days + 1):
        for hour in range(24):
            rate = 0.03 * (factor if hour == 10 else 1.0)
            bought = sum(dice.random() < rate for _ in range(200))
            row = {"date": MONDAY - timedelta(days=back), "hour": hour, "visitors": 200.0}
            rows.append({**row, "buyers": float(bought), "ad_cost": 100.0, "gmv": bought * 100.0})
    return of_rows(Hours, rows).frame


def order(number: int, created: datetime, status: str, paid: datetime | None = None) -> dict[str, object]:
    day = pd.Timestamp(created.date())
    row = {"order": str(number), "date": day, "created": created, "paid": paid, "status": status}
    return {**row, "amount": 100.0, "close_reason": ""}


def test_who_has_not_paid_this_morning_is_counted_with_the_money() -> None:
    rows = [
        order(1, AT, "等待买家付款"),
        order(2, AT + timedelta(minutes=50), "等待买家付款"),
        order(3, AT, "等待卖家发货", AT),
        order(4, AT, "交易关闭"),
        order(5, AT - timedelta(days=1), "等待买家付款"),
    ]
    waiting = morning_orders.unpaid(of_rows(Orders, rows).frame, MONDAY)
    assert waiting is not None
    assert (waiting.orders, waiting.amount, waiting.oldest) == (2, 200.0, AT)
    said = morning_orders.findings(waiting, [], MONDAY)
    assert text(said[0].text).startswith("2 orders of today are unpaid (¥200), the oldest placed at 09:05")
    assert [one.role for one in said[0].proposals] == ["service"]


def test_without_orders_of_today_nothing_is_said() -> None:
    rows = [order(5, AT - timedelta(days=1), "等待买家付款")]
    assert morning_orders.unpaid(of_rows(Orders, rows).frame, MONDAY) is None
    assert morning_orders.findings(None, [], MONDAY) == []


def test_an_hour_that_converts_twice_as_well_is_named_and_bid_for() -> None:
    found = morning_orders.morning_hours(hours(2.0), shop(), MONDAY)
    assert [one.hour for one in found if one.better] == [10]
    said = morning_orders.findings(None, found, MONDAY)
    assert "Conversion is highest at 10:00–11:00" in text(said[0].text)
    assert [one.role for one in said[0].proposals] == ["promotion"]
    assert len(morning_orders.table(found)[0].rows) == 4


def test_hours_that_differ_by_chance_are_not_named() -> None:
    false = 0
    for seed in range(25):
        found = morning_orders.morning_hours(hours(1.0, seed=seed), shop(), MONDAY)
        false += any(one.better for one in found)
    assert false <= 1


@pytest.mark.parametrize("days", [3, 9])
def test_a_few_days_say_nothing_about_an_hour(days: int) -> None:
    assert morning_orders.morning_hours(hours(3.0, days=days), shop(), MONDAY) == []
