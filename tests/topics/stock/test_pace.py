"""How fast an item sells while it is there, from made-up weeks whose answer is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pandas as pd
import pytest

from core.exports.kinds.items import Items
from core.shop.settings import CalendarDay
from core.statistics.demand import mean_demand
from core.topics.stock.pace import Gone, Pace, paces, sold_since
from core.topics.stock.stock_count import StockCount
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop

NOTHING: Mapping[str, frozenset[date]] = {}


def back(days: int) -> date:
    return SUNDAY - timedelta(days=days)


def weeks(*sold: float | None, price: float = 100.0) -> Items:
    """The coat's units day by day, the last of them Sunday's."""
    return of_rows(
        Items,
        [
            {"date": back(len(sold) - 1 - n), "item": "coat", "units": one, "gmv": price * (one or 0.0)}
            for n, one in enumerate(sold)
        ],
    )


def pace(
    items: Items, empty: Sequence[date] = (), calendar: tuple[CalendarDay, ...] = (), today: date = MONDAY
) -> Pace:
    return paces(items.frame, {"coat": frozenset(empty)}, shop(calendar=calendar), today)["coat"]


def test_the_pace_is_that_of_the_last_42_days_before_today() -> None:
    found = pace(weeks(*[40.0] * 7, *[10.0] * 42))
    assert found.demand.mean == pytest.approx(10.0)
    assert (found.demand.days, found.first_seen, found.odd) == (42, back(48), ())
    tomorrow = pace(weeks(*[10.0] * 27, 500.0), today=SUNDAY).demand
    assert tomorrow.mean == pytest.approx(10.0)


def test_a_run_of_high_days_that_is_over_is_one_event_and_no_pace() -> None:
    found = pace(weeks(*[10.0] * 14, *[40.0] * 7, *[10.0] * 21))
    assert found.demand.mean == pytest.approx(10.0, rel=0.01)
    assert [one.day for one in found.odd] == [back(27 - n) for n in range(7)]
    assert found.raised is None


def test_a_day_without_a_row_is_no_sale_and_one_without_a_figure_is_not_known() -> None:
    rows = weeks(*[10.0] * 10)
    other = of_rows(Items, [{"date": back(n), "item": "scarf", "units": 1.0} for n in range(12)])
    frame = rows.frame[rows.frame["date"].dt.date != back(4)]
    both = paces(_joined(Items(frame), other), NOTHING, shop(), MONDAY)
    assert both["coat"].demand.mean == pytest.approx(90 / 10)
    assert both["coat"].demand.days == 10
    unknown = pace(weeks(*[10.0] * 9, None)).demand
    assert (unknown.mean, unknown.days, unknown.high) == (10.0, 9, None)


def _joined(*items: Items) -> pd.DataFrame:
    return pd.concat([one.frame for one in items], ignore_index=True)


def test_a_small_campaign_is_taken_to_the_size_of_an_ordinary_day_and_a_big_one_left_out() -> None:
    days = [10.0] * 12 + [15.0, 60.0]
    small = CalendarDay(back(1), multiplier=1.5)
    big = CalendarDay(SUNDAY, multiplier=6.0)
    found = pace(weeks(*days), calendar=(small, big))
    assert (found.demand.mean, found.demand.days) == (10.0, 13)


@pytest.mark.parametrize(
    ("a_day", "quiet", "taken_out"),
    [
        (10.0, 1, 1),  # 270 in 28 days: a day without a sale comes once in e^9.6, less than 1 in 10,000
        (9.0, 1, 0),  # 243 in 28 days: once in e^8.7, 1 in 5,900
        (1.0, 7, 0),  # 21 in 28 days: seven of them once in e^5.3
        (1.0, 14, 0),
        (5.0, 3, 3),  # 125 in 28 days: three of them once in e^13
    ],
)
def test_a_silence_too_long_for_chance_means_it_was_not_there(
    a_day: float, quiet: int, taken_out: int
) -> None:
    """In the middle of the weeks and at their end."""
    for after in (3, 0):
        found = pace(weeks(*[a_day] * (28 - quiet - after), *[0.0] * quiet, *[a_day] * after))
        assert found.days_empty == taken_out
        assert found.demand.days == 28 - taken_out


def test_two_silences_are_judged_each_by_itself() -> None:
    found = pace(weeks(*[10.0] * 14, 0.0, 10.0, 0.0, 0.0, *[10.0] * 10))
    assert found.days_empty == 2
    assert found.demand.mean == pytest.approx(250 / 26, rel=0.02)


@pytest.mark.parametrize(
    ("empty", "taken_out"), [(back(3), 2), (back(2), 2), (back(4), 2), (back(1), 0), (back(5), 0)]
)
def test_a_silence_beside_an_empty_count_is_no_demand(empty: date, taken_out: int) -> None:
    """Two days without a sale, 3 and 2 days before the last; counts are of an evening."""
    days = [1.0] * 14
    days[-4] = days[-3] = 0.0
    assert pace(weeks(*days), [empty]).days_empty == taken_out


def test_an_item_that_never_sold_was_there_all_the_time() -> None:
    found = pace(weeks(*[0.0] * 28))
    assert (found.days_empty, found.demand.mean, found.demand.days) == (0, 0.0, 28)
    assert found.price is None


def test_a_unit_brought_what_was_paid_on_days_that_say_both() -> None:
    rows = weeks(10.0, 30.0, None, 0.0, 5.0)
    rows.frame["gmv"] = [1000.0, 2700.0, 900.0, 800.0, None]
    assert pace(rows).price == pytest.approx((1000 + 2700) / (10 + 30))


# ---- sold since the count

TEN = Pace(demand=mean_demand([10.0] * 28), first_seen=None)


def gone(
    items: Items,
    on_hand: float | None,
    *,
    counted: int,
    reserved: float = 0.0,
    usual: Pace | None = TEN,
    calendar: tuple[CalendarDay, ...] = (),
) -> Gone:
    shelf = StockCount(item="coat", title="coat", counted=back(counted), on_hand=on_hand, reserved=reserved)
    paces_ = {} if usual is None else {"coat": usual}
    return sold_since(items.frame, [shelf], paces_, shop(calendar=calendar), MONDAY)["coat"]


def test_the_days_after_the_count_up_to_yesterday_are_taken_off() -> None:
    assert gone(weeks(1.0, 2.0, 4.0, 8.0), 100.0, counted=2) == Gone(12.0)
    today = of_rows(Items, [{"date": MONDAY, "item": "coat", "units": 99.0}])
    assert gone(Items(_joined(weeks(1.0, 2.0), today)), 100.0, counted=1) == Gone(2.0)
    scarf = of_rows(Items, [{"date": SUNDAY, "item": "scarf", "units": 5.0}])
    assert gone(scarf, 100.0, counted=1) == Gone(0.0)


def test_days_not_imported_are_taken_at_the_usual_pace_and_the_calendar_s_size() -> None:
    """Three days since the count; Saturday is there, Friday and Sunday are not, Sunday counts double."""
    saturday = of_rows(Items, [{"date": back(1), "item": "coat", "units": 7.0}])
    busy = CalendarDay(SUNDAY, multiplier=2.0)
    assert gone(saturday, 100.0, counted=3, calendar=(busy,)) == Gone(7.0 + 10 + 20, 2)
    assert gone(saturday, 100.0, counted=3, usual=None) == Gone(7.0, 2)


@pytest.mark.parametrize(
    ("on_hand", "reserved", "units"),
    [(40.0, 0.0, 27.0), (20.0, 0.0, 19.0), (20.0, 5.0, 14.0), (7.0, 0.0, 7.0), (None, 0.0, 7.0)],
)
def test_a_guess_leaves_one_piece_on_the_shelf(on_hand: float | None, reserved: float, units: float) -> None:
    """Seven were sold on Saturday, and twice ten may have been since."""
    saturday = of_rows(Items, [{"date": back(1), "item": "coat", "units": 7.0}])
    assert gone(saturday, on_hand, counted=3, reserved=reserved) == Gone(units, 2)
