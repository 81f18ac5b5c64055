"""Which items get no more buyers sent to them because they will be out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.facts.goods_on_the_way import Ordered, with_orders
from core.shop.settings import Item
from core.topics.stock.running_out import running_out
from tests.topics.stock.test_stock import counted, sold
from tests.topics.tables import MONDAY, SUNDAY, shop


@pytest.mark.parametrize(("left", "days"), [(93.0, 9.3), (99.0, None), (0.0, 0.0)])
def test_an_item_runs_out_that_leans_to_be_gone_before_an_order_arrives(
    left: float, days: float | None
) -> None:
    """Ten a day for ten days: 93 are gone by then with a chance of 66 %, 99 with 51 %; 60 % leans."""
    items = sold(coat=10)
    items.frame["units"] = 10.0
    found = running_out(counted(coat=left).frame, items.frame, shop(lead_days=10), MONDAY)
    assert found == ({} if days is None else {"coat": pytest.approx(days)})


def test_what_was_sold_since_the_count_is_gone_and_unknown_items_are_left_out() -> None:
    items = sold(coat=10)
    items.frame["units"] = 10.0
    count = counted(SUNDAY.replace(day=7), coat=150, scarf=0)
    found = running_out(count.frame, items.frame, shop(items=(Item(id="coat", lead_days=10),)), MONDAY)
    assert found == {"coat": pytest.approx(8.0)}


def test_without_a_lead_time_only_what_is_out_runs_out() -> None:
    items = sold(coat=10, scarf=10)
    items.frame["units"] = 10.0
    found = running_out(counted(coat=1, scarf=0).frame, items.frame, shop(), MONDAY)
    assert found == {"scarf": 0.0}


@pytest.mark.parametrize(
    ("comes_in", "pieces", "held"),
    [(3, 500.0, False), (8, 500.0, True), (3, 5.0, True), (-1, 500.0, True), (None, 500.0, True)],
)
def test_goods_that_come_in_time_are_sold_too(comes_in: int | None, pieces: float, *, held: bool) -> None:
    """Fifty pieces, ten a day: what comes in three days saves it; what is late, few or undated does not."""
    items = sold(coat=10)
    items.frame["units"] = 10.0
    expected = None if comes_in is None else MONDAY + timedelta(days=comes_in)
    order = Ordered("a1", "coat", pieces, MONDAY - timedelta(days=2), expected)
    stock = with_orders(counted(coat=50), [order])
    found = running_out(stock.frame, items.frame, shop(lead_days=10), MONDAY)
    assert ("coat" in found) is held
