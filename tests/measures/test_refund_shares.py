"""The refund shares an order is valued by: the list's where it is enough, else the settings, and said so."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

import pytest

from core.answers.answer import Answer, Verdict
from core.exports.kinds.items import Items
from core.exports.kinds.refunds import Refunds
from core.measures.net_sales import applications
from core.measures.order_value import ShopRefunds, order_value
from core.measures.refund_shares import days_back, limit, measured_refunds, returned_share
from core.shop.settings import Shop
from tests.measures.test_net_sales import SHOP, TODAY, morning, refund
from tests.topics.tables import of_rows, told

TYPED = SHOP._replace(margin=0.5)
UNTYPED = TYPED._replace(refund_rate=0.0)


def since(back: Any, days: int) -> Any:
    """Return the refunds of a list that covers only so many days."""
    first = datetime.combine(TODAY - timedelta(days=days), time())
    return back[back["applied"] >= first]


def said(found: ShopRefunds | None, shop: Shop) -> str:
    return " ".join(str(one) for one in told(Answer(Verdict("info", ""), limits=limit(found, shop))).limits)


@pytest.mark.parametrize(("days", "basis", "rate"), [(28, "list", 0.5), (27, "short", 0.3)])
def test_a_list_of_four_weeks_goes_before_the_settings(days: int, basis: str, rate: float) -> None:
    shop_days, back = morning()
    found = measured_refunds(shop_days, since(back, days), None, TYPED, TODAY)
    assert (found.basis, found.days) == (basis, days)
    assert 1 - found.of().kept == pytest.approx(rate, abs=0.04)
    assert ("your own refunds" in said(found, TYPED)) == (basis == "list")
    assert ("in the settings (30%)" in said(found, TYPED)) == (basis == "short")


@pytest.mark.parametrize(("count", "basis"), [(20, "list"), (19, "short")])
def test_a_handful_of_refunds_tells_no_rate(count: int, basis: str) -> None:
    shop_days, back = morning()
    few = back.iloc[:: len(back) // count][:count]
    assert measured_refunds(shop_days, few, None, TYPED, TODAY).basis == basis


def test_a_short_list_is_better_than_nothing() -> None:
    shop_days, back = morning()
    found = measured_refunds(shop_days, since(back, 10), None, UNTYPED, TODAY)
    assert found.basis == "short"
    assert 0.3 < 1 - found.of().kept < 0.7
    assert "which is only rough" in said(found, UNTYPED)


def test_without_a_list_the_shop_s_days_or_the_settings_speak() -> None:
    shop_days, _ = morning()
    typed = measured_refunds(shop_days, None, None, TYPED, TODAY)
    assert typed.basis == "typed"
    assert 1 - typed.of().kept == pytest.approx(0.3)
    assert said(typed, TYPED).endswith("calculated with the refund rate in the settings (30%).")
    nothing = measured_refunds(shop_days, None, None, UNTYPED, TODAY)
    assert "calculated without refunds, so it is too high" in said(nothing, UNTYPED)
    shop_days["refund_amount"] = 9000.0
    rough = measured_refunds(shop_days, None, None, TYPED, TODAY)
    assert rough.basis == "rough"
    assert 1 - rough.of().kept == pytest.approx(0.45)
    assert "refund rate of the last four weeks (45%" in said(rough, TYPED)


def test_without_a_margin_nothing_is_valued_and_nothing_said() -> None:
    shop_days, _ = morning()
    assert limit(measured_refunds(shop_days, None, None, SHOP, TODAY), SHOP) == ()
    assert limit(None, TYPED) == ()


def test_an_item_that_comes_back_more_often_leaves_less() -> None:
    """Two items sell alike; all refunds are of the coat."""
    shop_days, back = morning(0.3)
    back["item"] = "coat"
    rows: list[dict[str, object]] = [
        {"date": TODAY - timedelta(days=n), "item": item, "buyers": 100.0, "gmv": 10_000.0}
        for n in range(1, 40)
        for item in ("coat", "scarf")
    ]
    found = measured_refunds(shop_days, back, of_rows(Items, rows).frame, TYPED, TODAY)
    coat, scarf = (order_value(TYPED, 100.0, item, found) for item in ("coat", "scarf"))
    assert coat is not None
    assert scarf is not None
    assert coat.value < 25.0
    assert scarf.value > 45.0
    assert found.of("hat") == found.of()


def test_what_is_refunded_without_a_return_does_not_come_back() -> None:
    """Of forty parcels refunded after dispatch thirty came back; before dispatch nothing had left."""
    paid = TODAY - timedelta(days=30)
    rows = [
        *[refund(n, paid, paid, 100.0, kind="退货退款", sent_number="SF1") for n in range(30)],
        *[refund(n, paid, paid, 100.0, kind="仅退款", sent_number="SF1") for n in range(30, 40)],
        *[refund(n, paid, paid, 100.0, kind="仅退款") for n in range(40, 90)],
    ]
    assert returned_share(applications(of_rows(Refunds, rows).frame, TODAY)) == pytest.approx(0.75)
    few = applications(of_rows(Refunds, rows[20:39]).frame, TODAY)
    assert returned_share(few) == 1.0


@pytest.mark.parametrize(("count", "days"), [(20, 9), (19, 14)])
def test_how_long_a_return_takes_is_the_shop_s_own_with_enough_of_them(count: int, days: int) -> None:
    """Closed eight days after payment, a day later it is back on the shelf."""
    paid = TODAY - timedelta(days=30)
    rows = [
        refund(n, paid, paid + timedelta(days=3), 100.0, kind="退货退款",
               closed=datetime.combine(paid + timedelta(days=8), time(10)))
        for n in range(count)
    ]  # fmt: skip
    assert days_back(applications(of_rows(Refunds, rows).frame, TODAY)) == days
