"""Net sales of a shop with a refund list, with a week of one, with refunds by the day only, and with none."""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from core.exports.kinds.refunds import Refunds
from core.exports.kinds.shop_day import ShopDay
from core.measures.net_sales import NetSales, net_sales
from core.measures.order_value import RefundShares, typed_refunds
from core.measures.refund_shares import before_share, refund_shares
from core.shop.settings import CalendarDay, Shop
from core.statistics.refund_development import default_curve
from tests.topics.tables import of_rows

TODAY = date(2026, 11, 16)
SHOP = Shop("x", refund_rate=0.3)


def morning(rate: float = 0.5, days: int = 60, a_day: int = 200, price: float = 100.0) -> tuple[Any, Any]:
    """Return the shop by day and the refund list, in which refunds come as the default curve says."""
    chance = np.random.default_rng(5)
    steps = np.diff(default_curve().together, prepend=0.0)
    shop_days: list[dict[str, Any]] = []
    back: list[dict[str, Any]] = []
    for n in range(days, 0, -1):
        day = TODAY - timedelta(days=n)
        shop_days.append({"date": day, "gmv": a_day * price, "buyers": float(a_day), "visitors": 4000.0})
        final = int(chance.binomial(a_day, rate))
        for age, count in enumerate(chance.multinomial(final, steps / steps.sum())):
            asked = day + timedelta(days=age)
            if asked < TODAY:
                back += [refund(len(back) + i, day, asked, price) for i in range(int(count))]
    return of_rows(ShopDay, shop_days).frame, of_rows(Refunds, back).frame


def refund(number: int, paid: date, asked: date, amount: float, **more: Any) -> dict[str, Any]:
    return {
        "refund": f"r{number}", "order": f"o{number}", "date": asked,
        "paid": datetime.combine(paid, time(12)),
        "applied": datetime.combine(asked, time(13)), "closed": datetime.combine(asked, time(14)),
        "paid_amount": amount, "amount": amount, "status": "退款成功", **more,
    }  # fmt: skip


def week(back: int = 1) -> tuple[date, ...]:
    return tuple(TODAY - timedelta(days=n) for n in range(back, back + 7))


def test_with_a_refund_list_what_is_to_come_is_estimated_with_its_range() -> None:
    days, back = morning()
    found = net_sales(days, back, SHOP, TODAY)
    assert found.basis == "list"
    assert found.rate == pytest.approx(0.5, abs=0.03)
    last = found.of(week())
    assert last is not None
    assert last.low < 70_000 < last.high
    assert last.known + last.to_come == pytest.approx(70_000, rel=0.08)
    old = found.of(week(40))
    assert old is not None
    assert old.settled
    assert old.to_come < 0.02 * old.paid


def test_net_is_at_most_what_was_paid_and_nothing_to_come_is_below_zero() -> None:
    days, back = morning(0.3, 40, 40)
    found = net_sales(days, back, SHOP, TODAY)
    for day in found.paid:
        one = found.day(day)
        assert one is not None
        assert 0 <= one.net <= one.paid
        assert one.low <= one.net + 1e-6
        assert one.net <= one.high + 1e-6
        assert 0 <= one.to_come <= one.paid - one.known + 1e-6


def test_an_exchange_gives_no_money_back() -> None:
    days, back = morning(days=20)
    paid = TODAY - timedelta(days=12)
    swapped = [refund(100_000 + n, paid, TODAY - timedelta(days=3), 100.0, kind="换货") for n in range(40)]
    with_them = pd.concat([back.assign(kind="退货退款"), of_rows(Refunds, swapped).frame])
    assert net_sales(days, with_them, SHOP, TODAY).known == net_sales(days, back, SHOP, TODAY).known


def test_days_together_are_less_sure_than_if_each_were_for_itself() -> None:
    days, back = morning()
    found = net_sales(days, back, SHOP, TODAY)
    singles = [found.day(day) for day in week()]
    together = found.of(week())
    assert together is not None
    apart = float(np.sqrt(sum(one.sd**2 for one in singles if one is not None)))
    assert together.sd > 1.1 * apart


def test_a_week_of_refunds_leans_on_the_usual_development_and_the_typed_rate() -> None:
    days, back = morning(0.5, 60)
    recent = back[back["applied"] >= datetime(2026, 11, 9)]
    found = net_sales(days, recent, SHOP._replace(refund_rate=0.5), TODAY)
    assert (found.basis, found.since) == ("list", date(2026, 11, 9))
    last = found.of(week())
    assert last is not None
    assert last.net == pytest.approx(70_000, rel=0.12)
    assert last.high - last.low > 6000
    before = found.day(date(2026, 11, 1))
    assert before is not None
    assert before.net == pytest.approx(20_000 * (1 - found.rate))


def test_with_refunds_by_their_last_day_only_the_rate_of_a_month_is_rough_and_calls_no_day() -> None:
    days, _ = morning()
    days["refund_amount"] = 9_000.0
    found = net_sales(days, None, SHOP, TODAY)
    assert found.basis == "rough"
    assert found.rate == pytest.approx(0.45)
    one = found.day(date(2026, 11, 15))
    assert one is not None
    assert one.net == pytest.approx(11_000)
    assert not one.callable
    assert not one.settled


def test_soon_after_a_festival_that_rate_is_not_used() -> None:
    days, _ = morning()
    days["refund_amount"] = 9_000.0
    festival = CalendarDay(date(2026, 11, 11), multiplier=3.0, note="双11")
    assert net_sales(days, None, SHOP._replace(calendar=(festival,)), TODAY).basis == "typed"


def test_what_the_daily_figures_say_is_refunded_of_a_days_sales_is_known() -> None:
    days, _ = morning()
    days["refunded_of_day"] = np.where(days["date"] == days["date"].max(), 7_000.0, 1_000.0)
    found = net_sales(days, None, SHOP, TODAY)
    last, before = found.day(date(2026, 11, 15)), found.day(date(2026, 11, 14))
    assert last is not None
    assert before is not None
    assert (found.basis, before.known, before.to_come) == ("typed", 1_000.0, 5_000.0)
    assert (last.known, last.to_come) == (7_000.0, 0.0), "more than the typed rate says is refunded already"


def test_refunds_without_a_payment_day_count_for_no_day_and_are_counted() -> None:
    days, back = morning()
    some = back["paid"].where(back.index % 2 == 0)
    found = net_sales(days, back.assign(paid=some), SHOP, TODAY)
    assert (found.basis, found.unpaid) == ("list", int(some.isna().sum()))
    none = net_sales(days, back.assign(paid=some.where(some.isna())), SHOP._replace(refund_rate=0.0), TODAY)
    assert (none.basis, none.unpaid) == ("none", len(back))


def test_where_nobody_counts_buyers_the_value_of_refunded_orders_tells_how_many_bought() -> None:
    days, back = morning()
    by_buyers = net_sales(days, back, SHOP, TODAY).of(week())
    by_value = net_sales(days.assign(buyers=np.nan), back, SHOP, TODAY).of(week())
    assert by_buyers is not None
    assert by_value is not None
    assert by_value.net == pytest.approx(by_buyers.net)


def test_with_a_typed_rate_only_net_sales_are_assumed_and_without_one_unknown() -> None:
    days, _ = morning()
    found = net_sales(days, None, SHOP, TODAY)
    one = found.day(date(2026, 11, 15))
    assert one is not None
    assert one.net == pytest.approx(14_000)
    assert (found.basis, one.callable) == ("typed", False)
    none = net_sales(days, None, SHOP._replace(refund_rate=0.0), TODAY)
    assert (none.basis, none.day(date(2026, 11, 15))) == ("none", None)


def test_a_cancelled_application_counts_nothing_an_open_one_in_part_and_none_above_its_order() -> None:
    days = of_rows(ShopDay, [{"date": date(2026, 11, 10), "gmv": 1000.0, "buyers": 10.0}]).frame
    paid = date(2026, 11, 10)
    back = of_rows(
        Refunds,
        [
            refund(1, paid, paid, 100.0, status="退款关闭"),
            refund(2, paid, paid, 100.0, closed=None, status="买家已经申请退款，等待卖家同意"),
            refund(3, paid, paid, 250.0, paid_amount=100.0),
        ],
    ).frame
    found = net_sales(days, back, SHOP, TODAY)
    assert found.known[paid] == pytest.approx(92.0 + 100.0)
    assert found.too_large == 1


def test_a_later_file_does_not_change_what_was_known_before() -> None:
    """What is asked for after the morning is not seen in it."""
    days, back = morning()
    early = net_sales(days, back, SHOP, date(2026, 11, 10))
    later = back[back["applied"] < datetime(2026, 11, 10)]
    assert early.known == net_sales(days, later, SHOP, date(2026, 11, 10)).known


def test_refunds_are_before_dispatch_where_neither_parcel_nor_goods_left() -> None:
    paid = date(2026, 10, 1)
    told = [
        *[refund(n, paid, paid, 100.0, kind="仅退款", goods_state="买家未收到货") for n in range(30)],
        *[refund(n, paid, paid, 100.0, kind="退货退款") for n in range(30, 70)],
        *[refund(n, paid, paid, 100.0, kind="仅退款", sent_number="SF1") for n in range(70, 80)],
    ]
    from core.measures.net_sales import applications

    rows = applications(of_rows(Refunds, told).frame, TODAY)
    assert before_share(rows) == pytest.approx(30 / 80)
    untold = applications(of_rows(Refunds, [refund(1, paid, paid, 100.0)]).frame, TODAY)
    assert before_share(untold) == 0.4
    days, _ = morning()
    without = refund_shares(net_sales(days, None, SHOP, TODAY), None, None, TODAY)
    assert without.of("any") == typed_refunds(0.3) == RefundShares(0.12, pytest.approx(0.18))  # type: ignore[arg-type]


def test_what_all_days_share_does_not_even_out_over_a_month() -> None:
    """Thirty days of 3,200 each look like 17,527 together; with 4 % in common they are 30,043."""
    given, expected = next(
        (one["input"], one["expected"])
        for one in json.loads(
            (Path(__file__).parents[1] / "statistics" / "money_examples.json").read_text(encoding="utf-8")
        )
        if one["name"] == "interval.common_part"
    )
    chance = np.random.default_rng(1)
    month = [TODAY - timedelta(days=n) for n in range(given["days"], 0, -1)]
    each = given["refund_expected_total"] / given["days"]
    own = given["day_sd"] * chance.standard_normal((200_000, given["days"]))
    shared = 1 + given["common_relative_sd"] * chance.standard_normal((200_000, 1))
    paid = dict.fromkeys(month, 3 * each)
    found = {}
    for name, draws in (("sd_independent", each + own), ("sd", each * shared + own)):
        sales = NetSales(
            "list", paid, {}, dict.fromkeys(month, each), dict.fromkeys(month, 0.5), 0.3, 0.3, 0.0, None,
            TODAY, frozenset(), draws, {day: at for at, day in enumerate(month)},
        )  # fmt: skip
        together = sales.of(month)
        assert together is not None
        found[name] = together.sd
    assert found["sd_independent"] == pytest.approx(expected["sd_independent"], rel=0.01)
    assert found["sd"] == pytest.approx(expected["sd"], rel=0.01)
