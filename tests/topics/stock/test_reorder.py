import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.topics.stock import reorder


def steady(units: float, days: int) -> reorder.Demand:
    return reorder.daily_demand([units] * days, [True] * days)


def test_never_in_stock_is_unknown() -> None:
    gone = reorder.daily_demand([0, 0], [False, False])
    assert gone.mean is gone.high is None
    assert reorder.reorder_point(gone, 7) is None
    assert reorder.cover_days(5, gone) is None
    assert reorder.stockout_chance(5, gone, 7) is None


def test_no_sale_is_a_result_with_an_upper_bound() -> None:
    quiet = steady(0, 14)
    assert quiet.mean == 0
    assert quiet.high == pytest.approx(0.214, abs=1e-3)
    cover = reorder.cover_days(5, quiet)
    assert cover is not None
    assert cover.days is cover.high is None
    assert cover.low is not None
    point = reorder.reorder_point(quiet, 7)
    assert point is not None
    assert point.point <= 1


def test_few_days_leave_as_much_doubt_as_they_are() -> None:
    """Three a day: over a week 21 are expected, and the doubt about the mean is 3 × 7² / days."""
    assert reorder.lead_demand(steady(3, 3), 7) == pytest.approx((21, 21 + 49))
    assert reorder.lead_demand(steady(3, 7), 7) == pytest.approx((21, 21 + 21))
    wide, narrow = reorder.cover_days(30, steady(3, 3)), reorder.cover_days(30, steady(3, 7))
    assert wide is not None
    assert narrow is not None
    assert wide.low is not None
    assert narrow.low is not None
    assert wide.low < narrow.low < 10
    assert reorder.daily_demand([6, None, 0], [True, True, False]).days == 1


def test_without_a_lead_time_there_is_no_reorder_point() -> None:
    assert reorder.reorder_point(steady(3, 20), None) is None
    assert reorder.stockout_chance(10, steady(3, 20), None) is None


def test_doubt_about_the_lead_time_costs_stock() -> None:
    sure, unsure = reorder.reorder_point(steady(3, 28), 7), reorder.reorder_point(steady(3, 28), 7, lead_sd=3)
    assert sure is not None
    assert unsure is not None
    assert unsure.point > sure.point > 21


@given(st.lists(st.integers(0, 30), min_size=7, max_size=40), st.floats(1, 30))
def test_at_the_reorder_point_the_service_is_kept(sold: list[int], lead: float) -> None:
    demand = reorder.daily_demand(sold, [True] * len(sold))
    point = reorder.reorder_point(demand, lead)
    assert point is not None
    chance = reorder.stockout_chance(point.point, demand, lead)
    assert chance is not None
    assert chance <= 0.05 + 1e-9
    higher = reorder.reorder_point(demand, lead, service=0.98)
    assert higher is not None
    assert higher.point >= point.point


def test_orders_come_in_packs_and_only_below_the_point() -> None:
    demand = steady(3, 28)
    point = reorder.reorder_point(demand, 7)
    assert point is not None
    assert reorder.order_quantity(point.point + 1, point, demand, 7, 14) == 0
    amount = reorder.order_quantity(10, point, demand, 7, 14, pack=12)
    assert amount % 12 == 0
    assert amount >= 3 * 21 + point.safety - 10
    assert reorder.stockout_chance(-1, demand, 7) == 1


def test_cover_brackets_the_days() -> None:
    cover = reorder.cover_days(30, steady(3, 28))
    assert cover is not None
    assert cover.days == 10
    assert cover.low is not None
    assert cover.high is not None
    assert cover.low < 10 < cover.high


def test_what_not_to_order_again() -> None:
    assert reorder.is_dead(None, steady(0, 28))
    assert not reorder.is_dead(None, steady(0, 14))
    assert reorder.is_dead(reorder.cover_days(400, steady(3, 28)), steady(3, 28))
    assert reorder.critical_ratio(5, 3, 5) is None


def test_few_pieces_are_counted_exactly() -> None:
    """10 sold in 19 days, 10 days to come: 10.5 × 10 / 19 = 5.53 expected, sd √(10.5 × 10/29) / (19/29)."""
    demand = reorder.daily_demand([1, 0] * 9 + [1], [True] * 19)
    point = reorder.reorder_point(demand, 10)
    assert point == pytest.approx((11, 5.526, 2.904, 11, 5.474), abs=0.001)


def test_nothing_sold_on_few_days_needs_no_stock() -> None:
    assert reorder.reorder_point(steady(0, 3), 7) == (0, 0.0, 0.0, 0.0, 0.0)


def test_a_piece_every_other_day_on_few_days_needs_two_for_a_day() -> None:
    """0.5 expected, variance 0.5 + 0.5 / 6."""
    assert reorder.reorder_point(steady(0.5, 6), 1) == pytest.approx((3, 0.5, 0.764, 2.0, 1.5), abs=0.5)


def test_days_that_scatter_widen_the_cover() -> None:
    """10 a day, variance 25 × 28 / 27: dispersion 2.59, Gamma(108) over 10.8 days from 8.8 to 11.3."""
    cover = reorder.cover_days(100, reorder.daily_demand([5, 15] * 14, [True] * 28))
    assert cover == pytest.approx((10.0, 100 / 11.25, 100 / 8.79), abs=0.05)


def test_returns_as_large_as_sales_leave_no_range() -> None:
    cover = reorder.cover_days(10, reorder.daily_demand([300, -299] * 14, [True] * 28))
    assert cover == (20.0, None, None)


def test_nothing_is_ordered_where_more_is_there_than_will_be_asked_for() -> None:
    point = reorder.ReorderPoint(10, 5.0, 1.0, 10.0, 5.0)
    assert reorder.order_quantity(10, point, steady(0, 28), 7, 14) == 0
    unknown = reorder.daily_demand([], [])
    assert reorder.order_quantity(0, point, unknown, 7, 14) == 5


@pytest.mark.parametrize(
    ("price", "cost", "salvage", "ratio"), [(100, 40, 20, 0.75), (100, 40, 100, None), (100, 40, 0, 0.6)]
)
def test_the_last_order_weighs_a_lost_buyer_against_a_piece_left_over(
    price: float, cost: float, salvage: float, ratio: float | None
) -> None:
    assert reorder.critical_ratio(price, cost, salvage) == ratio


@pytest.mark.parametrize(("days", "whole"), [(7, True), (6, False)])
def test_slow_items_are_counted_exactly_from_a_week_on(days: int, *, whole: bool) -> None:
    point = reorder.reorder_point(steady(2, days), 7)
    assert point is not None
    assert (point.quantile == point.point) == whole


def test_what_did_not_sell_lasts_at_least_so_long() -> None:
    """Half a piece in 14 days: nine in ten lie below 2.7055 / 28 a day (chi-square, one degree)."""
    cover = reorder.cover_days(5, steady(0, 14))
    assert cover is not None
    assert cover.low == pytest.approx(5 * 28 / 2.7055, rel=1e-4)
