import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.methods import stock, textbook
from core.statistics import intermittent


def steady(units: float, days: int) -> stock.Demand:
    return stock.daily_demand([units] * days, [True] * days)


def test_never_in_stock_is_unknown() -> None:
    gone = stock.daily_demand([0, 0], [False, False])
    assert gone.mean is gone.zero_share is gone.high is None
    assert stock.reorder_point(gone, 7) is None
    assert stock.cover_days(5, gone) is None
    assert stock.stockout_chance(5, gone, 7) is None


def test_no_sale_is_a_result_with_an_upper_bound() -> None:
    quiet = steady(0, 14)
    assert quiet.mean == 0
    assert quiet.high == pytest.approx(0.214, abs=1e-3)
    cover = stock.cover_days(5, quiet)
    assert cover is not None
    assert cover.days is cover.high is None
    assert cover.low is not None
    point = stock.reorder_point(quiet, 7)
    assert point is not None
    assert point.point <= 1


def test_few_days_borrow_from_the_category() -> None:
    young = stock.daily_demand([6, None, 0], [True, True, False], category_mean=2.0)
    assert young.days == 1
    assert young.mean == pytest.approx((6 + 14) / 8)
    assert stock.reorder_point(young, 7) is not None


def test_without_a_lead_time_there_is_no_reorder_point() -> None:
    assert stock.reorder_point(steady(3, 20), None) is None
    assert stock.stockout_chance(10, steady(3, 20), None) is None


def test_doubt_about_the_lead_time_costs_stock() -> None:
    sure, unsure = stock.reorder_point(steady(3, 28), 7), stock.reorder_point(steady(3, 28), 7, lead_sd=3)
    assert sure is not None
    assert unsure is not None
    assert unsure.point > sure.point > 21


def test_textbook_lead_time_variance() -> None:
    assert textbook.textbook_reorder_point(5, 0, 3, 1.645, 2) == pytest.approx((16.45, 31.45))
    assert stock.single_order_poisson(50, 0.7 / 0.88).quantity == 56


@given(st.lists(st.integers(0, 30), min_size=7, max_size=40), st.floats(1, 30))
def test_at_the_reorder_point_the_service_is_kept(sold: list[int], lead: float) -> None:
    demand = stock.daily_demand(sold, [True] * len(sold))
    point = stock.reorder_point(demand, lead)
    assert point is not None
    chance = stock.stockout_chance(point.point, demand, lead)
    assert chance is not None
    assert chance <= 0.05 + 1e-9
    higher = stock.reorder_point(demand, lead, service=0.98)
    assert higher is not None
    assert higher.point >= point.point


def test_orders_come_in_packs_and_only_below_the_point() -> None:
    demand = steady(3, 28)
    point = stock.reorder_point(demand, 7)
    assert point is not None
    assert stock.order_quantity(point.point + 1, point, demand, 7, 14) == 0
    amount = stock.order_quantity(10, point, demand, 7, 14, pack=12)
    assert amount % 12 == 0
    assert amount >= 3 * 21 + point.safety - 10
    assert stock.position(10, 4, 6) == 12
    assert stock.stockout_chance(-1, demand, 7) == 1


def test_cover_brackets_the_days() -> None:
    cover = stock.cover_days(30, steady(3, 28))
    assert cover is not None
    assert cover.days == 10
    assert cover.low is not None
    assert cover.high is not None
    assert cover.low < 10 < cover.high


def test_what_not_to_order_again() -> None:
    assert stock.is_dead(None, steady(0, 28))
    assert not stock.is_dead(None, steady(0, 14))
    assert stock.is_dead(stock.cover_days(400, steady(3, 28)), steady(3, 28))
    assert stock.critical_ratio(5, 3, 5) is None
    assert intermittent.intermittent_demand([0, 0]) is None
