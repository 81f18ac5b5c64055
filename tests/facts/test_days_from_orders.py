"""The shop's days counted from orders: only what an order tells, and no zero for a day that is not there."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd

from core.exports.kinds.orders import Orders
from core.facts.days_from_orders import gaps, shop_days


def orders(*rows: tuple[str, str, float, str]) -> Orders:
    """Rows of (made, paid or empty, amount, buyer), two pieces each."""
    frame = pd.DataFrame(
        {
            "order": [str(number) for number in range(len(rows))],
            "created": pd.to_datetime([made for made, _, _, _ in rows]),
            "paid": pd.to_datetime(pd.Series([paid or None for _, paid, _, _ in rows])),
            "units": 2.0,
            "amount": [amount for _, _, amount, _ in rows],
            "buyer": [buyer for _, _, _, buyer in rows],
        }
    )
    return Orders(Orders.shaped(frame))


def test_sales_are_those_paid_on_the_day_and_orders_those_made() -> None:
    days = shop_days(
        orders(
            ("2020-02-01 10:00", "2020-02-01 10:05", 100.0, "a"),
            ("2020-02-01 23:59", "2020-02-02 00:01", 50.0, "b"),
            ("2020-02-01 12:00", "", 70.0, "c"),
            ("2020-02-02 09:00", "2020-02-02 09:01", 30.0, "b"),
        )
    ).frame
    assert list(days["gmv"]) == [100.0, 80.0]
    assert list(days["ordered_amount"]) == [220.0, 30.0]
    assert list(days["units"]) == [2.0, 4.0]
    assert list(days["buyers"]) == [1.0, 1.0]
    assert list(days["ordered_buyers"]) == [3.0, 1.0]
    assert days["visitors"].isna().all()


def test_a_day_without_orders_is_missing_even_when_yesterdays_are_paid_on_it() -> None:
    days = shop_days(
        orders(
            ("2020-02-07 23:59", "2020-02-08 00:01", 50.0, "a"),
            ("2020-02-09 09:00", "2020-02-09 09:01", 30.0, "b"),
        )
    )
    assert [one.date() for one in days.frame["date"]] == [date(2020, 2, 7), date(2020, 2, 9)]
    assert gaps(days, date(2020, 2, 10)) == ("2020-02-08", "2020-02-10")


def test_a_day_on_which_nobody_paid_sold_nothing_and_is_not_missing() -> None:
    days = shop_days(
        orders(("2020-02-01 10:00", "", 70.0, "a"), ("2020-02-02 10:00", "2020-02-02 10:01", 9.0, "b"))
    ).frame
    assert list(days["gmv"]) == [0.0, 9.0]


def test_without_names_nobody_knows_how_many_buyers() -> None:
    days = shop_days(orders(("2020-02-01 10:00", "2020-02-01 10:05", 100.0, ""))).frame
    assert math.isnan(days["buyers"][0])


def test_no_orders_no_days() -> None:
    days = shop_days(Orders(Orders.empty()))
    assert len(days.frame) == 0
    assert gaps(days, date(2020, 2, 10)) == ()
