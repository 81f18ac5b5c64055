"""When goods arrive while suppliers are closed, and by when to order before they close."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.shop.settings import CalendarDay, Item
from core.topics.stock import arrival
from tests.topics.stock.test_cover import holds, judged, sells
from tests.topics.stock.test_stock import counted, cover, found, lead, row, sold
from tests.topics.tables import MONDAY, shop

FESTIVAL = CalendarDay(date(2027, 1, 30), date(2027, 2, 18), kind="supplier_closed")
SHOP = shop(calendar=(FESTIVAL,))


@pytest.mark.parametrize(
    ("ordered", "arrives"),
    [
        (date(2027, 1, 20), date(2027, 1, 29)),
        (date(2027, 1, 21), date(2027, 2, 19)),
        (date(2027, 1, 25), date(2027, 2, 23)),
        (date(2027, 2, 18), date(2027, 2, 27)),
    ],
)
def test_nine_days_of_lead_time_stand_still_over_the_festival(ordered: date, arrives: date) -> None:
    assert arrival.arrival(SHOP, ordered, 9) == arrives
    assert arrival.last_order_day(SHOP, FESTIVAL, 9) == date(2027, 1, 20)


def test_without_a_closure_the_lead_time_is_as_typed() -> None:
    assert arrival.lead_from(shop(), MONDAY, 9.5) == 9.5
    assert arrival.arrival(shop(), MONDAY, 0) == MONDAY


@pytest.mark.parametrize(
    ("ahead", "days", "told"), [(21, 9, True), (22, 9, False), (27, 20, True), (28, 20, False), (0, 9, False)]
)
def test_a_closure_is_told_three_weeks_ahead_or_a_week_before_the_last_order_day(
    ahead: int, days: int, *, told: bool
) -> None:
    start = MONDAY + timedelta(days=ahead)
    closed = shop(calendar=(CalendarDay(start, start + timedelta(days=5), kind="supplier_closed"),))
    assert (arrival.next_closure(closed, MONDAY, days) is not None) == told


def test_an_order_before_a_closure_covers_the_days_until_it_can_arrive() -> None:
    """Ten a day, nine days of lead time: closed from Thursday for ten days, goods take 19."""
    closed = CalendarDay(MONDAY + timedelta(days=3), MONDAY + timedelta(days=12), kind="supplier_closed")
    usual, waits = (
        judged(holds(60.0), sells(10), lead=9),
        judged(holds(60.0), sells(10), lead=9, calendar=(closed,)),
    )
    assert (usual.lead, waits.lead) == (9, 19)
    assert 90 < waits.quantity - usual.quantity < 150
    assert waits.a_day == 10, "a closed supplier sells nothing less"


def test_the_stock_step_says_by_when_to_order() -> None:
    closed = CalendarDay(MONDAY + timedelta(days=14), MONDAY + timedelta(days=20), kind="supplier_closed")
    own = (Item(id="coat", lead_days=10), Item(id="tie", lead_days=5), Item(id="other", hero=True))
    answer = cover(
        counted(coat=900, tie=900),
        sold(coat=10, tie=10),
        shop=lead(9, *own, calendar=(closed,)),
        today=MONDAY,
    )
    (said,) = [one for one in answer.limits if "suppliers are closed" in one]
    assert said == (
        "The suppliers are closed from 29 Jun to 5 Jul. Order items with the longest "
        "lead time by 18 Jun and the rest by 23 Jun; later orders arrive only after that."
    )
    same = cover(counted(coat=900), sold(coat=10), shop=lead(10, calendar=(closed,)), today=MONDAY)
    assert [one for one in same.limits if "suppliers" in one] == [
        ("The suppliers are closed from 29 Jun to 5 Jul: orders placed after 18 Jun arrive only after that.")
    ]
    none = cover(counted(coat=900), sold(coat=10), shop=lead(10), today=MONDAY)
    assert not [one for one in none.limits if "suppliers" in one]


def test_nothing_is_sold_on_a_day_the_shop_is_closed_whatever_its_multiplier() -> None:
    """100 pieces, ten a day: closed on the first five days, they last fifteen."""
    closed = CalendarDay(MONDAY, MONDAY + timedelta(days=4), multiplier=3.0, kind="closed")
    assert judged(holds(100.0), sells(10), calendar=(closed,)).days == pytest.approx(15.0)
    halted = CalendarDay(MONDAY, MONDAY + timedelta(days=9), multiplier=0.4, kind="no_shipping")
    assert judged(holds(100.0), sells(10), calendar=(halted,)).days == pytest.approx(10 + 6)


def test_days_without_shipping_are_taken_to_size_in_the_pace() -> None:
    """Ten a day; in the last week 4 were sold, as the calendar says."""
    items = sold(coat=10)
    late = items.frame["date"].dt.date > MONDAY - timedelta(days=8)
    items.frame["units"] = 10.0
    items.frame.loc[late, "units"] = 4.0
    week = CalendarDay(
        MONDAY - timedelta(days=7), MONDAY - timedelta(days=1), multiplier=0.4, kind="no_shipping"
    )
    answer = cover(counted(coat=400), items, shop=lead(10, calendar=(week,)), today=MONDAY)
    assert row(answer, "coat")["a_day"] == pytest.approx(10.0, abs=0.1)
    assert not found(answer, "odd_day")
