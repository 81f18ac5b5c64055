"""When to order again, how much, and in which sizes."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.statistics.demand import Demand, mean_demand, total, widened
from core.statistics.demand_total import Total
from core.topics.stock import reorder


def week(demand: Demand) -> Total:
    return total(demand, [1.0] * 7)


def test_no_sale_needs_no_stock() -> None:
    quiet = mean_demand([0.0] * 14)
    assert quiet.mean == 0
    assert quiet.high == pytest.approx(3 / 14)
    assert reorder.reorder_point(week(quiet)) == (0, 0.0, 0.0, 0.0)


def test_few_days_leave_as_much_doubt_as_they_are() -> None:
    """Three a day: over a week 21 are expected, and the doubt about the mean is 3 × 7² / days."""
    assert week(mean_demand([3.0] * 3)) == pytest.approx((21, 21 + 49, 0))
    assert week(mean_demand([3.0] * 7)) == pytest.approx((21, 21 + 21, 0))


def test_doubt_about_the_lead_time_costs_stock() -> None:
    sure = week(mean_demand([3.0] * 28))
    unsure = widened(sure, 3.0, 3.0)
    assert unsure.variance == sure.variance + 81
    assert reorder.reorder_point(unsure).point > reorder.reorder_point(sure).point > 21


@given(st.lists(st.integers(0, 30), min_size=7, max_size=40), st.integers(1, 30))
def test_at_the_reorder_point_the_service_is_kept(sold: list[int], lead: int) -> None:
    whole = total(mean_demand([float(n) for n in sold]), [1.0] * lead)
    point = reorder.reorder_point(whole)
    assert whole.chance_of(point.point + 1) <= 0.05 + 1e-9
    assert reorder.reorder_point(whole, 0.98).point >= point.point


def test_orders_come_in_packs_and_only_below_the_point() -> None:
    point = reorder.reorder_point(week(mean_demand([3.0] * 28)))
    assert reorder.order_quantity(point.point + 1, point, 63.0) == 0
    amount = reorder.order_quantity(10, point, 63.0, pack=12)
    assert amount % 12 == 0
    assert 0 <= amount - (63 + point.safety - 10) < 12


def test_nothing_is_ordered_where_more_is_there_than_will_be_asked_for() -> None:
    point = reorder.ReorderPoint(10, 5.0, 1.0, 5.0)
    assert reorder.order_quantity(10, point, 0.0) == 0
    assert reorder.order_quantity(0, point, 0.0) == 5


def test_what_not_to_order_again() -> None:
    assert reorder.is_dead(None, mean_demand([0.0] * 28))
    assert not reorder.is_dead(None, mean_demand([0.0] * 27))
    assert reorder.is_dead(90.1, mean_demand([3.0] * 28))
    assert not reorder.is_dead(90.0, mean_demand([3.0] * 28))


@pytest.mark.parametrize(
    ("price", "cost", "salvage", "ratio"), [(100, 40, 20, 0.75), (100, 40, 100, None), (100, 40, 0, 0.6)]
)
def test_the_last_order_weighs_a_lost_buyer_against_a_piece_left_over(
    price: float, cost: float, salvage: float, ratio: float | None
) -> None:
    assert reorder.critical_ratio(price, cost, salvage) == ratio


# ---- sizes


def test_an_order_fills_the_sizes_up_to_the_same_cover() -> None:
    """Half of the buyers take M: with 60 more, S has 25, M 50, L 25."""
    held, shares = {"S": 5.0, "M": 30.0, "L": 5.0}, {"S": 0.25, "M": 0.5, "L": 0.25}
    assert reorder.split_order(60, held, shares) == {"S": 20, "M": 20, "L": 20}


def test_a_size_that_lasts_longest_gets_none_of_the_order() -> None:
    held, shares = {"S": 0.0, "M": 500.0, "L": 10.0}, {"S": 0.4, "M": 0.2, "L": 0.4}
    assert reorder.split_order(90, held, shares) == {"S": 50, "L": 40}


def test_nothing_ordered_is_nothing_split() -> None:
    assert reorder.split_order(0, {"S": 1.0}, {"S": 1.0}) == {}
    assert reorder.split_order(9, {}, {}) == {}


@given(
    st.integers(1, 500),
    st.lists(st.tuples(st.floats(0, 300), st.floats(0.01, 1)), min_size=1, max_size=9),
)
def test_the_sizes_add_up_to_the_order_and_last_equally_long(
    quantity: int, sizes: list[tuple[float, float]]
) -> None:
    whole = math.fsum(share for _, share in sizes)
    held = {str(n): float(round(on_hand)) for n, (on_hand, _) in enumerate(sizes)}
    shares = {str(n): share / whole for n, (_, share) in enumerate(sizes)}
    found = reorder.split_order(quantity, held, shares)
    assert sum(found.values()) == quantity
    assert all(units > 0 for units in found.values())
    days = {sku: (held[sku] + found.get(sku, 0)) / shares[sku] for sku in held}
    shortest = min(days.values())
    for sku, units in found.items():  # nothing goes to a size that lasts longer than the shortest
        assert units == 1 or (held[sku] + units - 1) / shares[sku] <= shortest + 1 / min(shares.values())
