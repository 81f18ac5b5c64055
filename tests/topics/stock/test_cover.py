"""One item judged by hand-made figures: what it holds, how fast it goes, and the rules laid over both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from core.shop.settings import CalendarDay, Item, Shop
from core.statistics.demand import mean_demand
from core.topics.stock.cover import StockLine, judge
from core.topics.stock.pace import Pace
from core.topics.stock.stock_count import StockCount
from tests.topics.tables import MONDAY, SUNDAY, shop

LONG_AGO = date(2026, 1, 1)


def days_from_now(days: int) -> date:
    return MONDAY + timedelta(days=days)


def sells(a_day: float, days: int = 28, **known: Any) -> Pace:
    """So many a day, every day the same: no noise but that of counting."""
    demand = mean_demand([a_day] * days)
    return Pace(demand=demand, **{"first_seen": LONG_AGO, "price": 100.0, **known})


def holds(on_hand: float | None, **known: Any) -> StockCount:
    return StockCount(**{"item": "coat", "title": "coat", "counted": SUNDAY, "on_hand": on_hand, **known})


def judged(
    shelf: StockCount,
    pace: Pace | None,
    *,
    sold_since: float = 0.0,
    hero: bool = False,
    calendar: tuple[CalendarDay, ...] = (),
    lead: float | None = 10,
    **own: Any,
) -> StockLine:
    """The coat's line; an order of it takes ten days unless said otherwise."""
    settings: Shop = shop(lead_days=lead, items=(Item(id="coat", **own),), calendar=calendar)
    return judge(shelf, pace, sold_since, settings, MONDAY, hero=hero)


# ---- what is there


def test_what_buyers_were_promised_and_what_was_sold_since_is_not_there() -> None:
    """100 - 20 promised - 30 sold = 50 for five days; the 40 on their way count for the order only."""
    line = judged(holds(100.0, reserved=20.0, in_transit=40.0), sells(10), sold_since=30.0)
    assert (line.days, line.position) == (5.0, 90.0)
    assert (line.a_day, line.ahead) == (10.0, 10.0)


def test_more_promised_than_there_is_nothing_left_not_less() -> None:
    line = judged(holds(20.0, reserved=50.0), sells(10))
    assert (line.days, line.low, line.high) == (0.0, 0.0, 0.0)
    assert (line.position, line.state) == (0.0, "gone")
    assert line.ahead == 10.0


def test_the_pace_ahead_has_the_calendar_in_it() -> None:
    """40 last two days of twice the usual ten a day."""
    line = judged(holds(40.0), sells(10), calendar=(CalendarDay(MONDAY, days_from_now(3), multiplier=2.0),))
    assert (line.days, line.a_day, line.ahead) == (2.0, 10.0, 20.0)


def test_the_range_of_the_cover_is_in_calendar_days_too() -> None:
    """Eight in ten times 100 pieces are gone on the 9th to the 12th ordinary day; later days count double."""
    usual = judged(holds(100.0), sells(10))
    busy = judged(
        holds(100.0), sells(10), calendar=(CalendarDay(days_from_now(5), days_from_now(30), multiplier=2.0),)
    )
    assert (usual.low, usual.high) == (9, 12)
    assert (busy.low, busy.high) == (7, 9)
    assert busy.days == 7.5


@pytest.mark.parametrize(
    ("left", "lead", "days"), [(40.0, 9, 5.0), (90.0, 9, 0.0), (120.0, 9, 0.0), (40.0, None, 0.0)]
)
def test_the_shelf_is_empty_from_the_last_piece_until_the_order_arrives(
    left: float, lead: float | None, days: float
) -> None:
    assert judged(holds(left), sells(10), lead=lead).empty_days == days


def test_what_never_ends_is_never_empty() -> None:
    line = judged(holds(5.0), sells(0, days=14))
    assert (line.days, line.empty_days, line.ahead) == (None, 0.0, 0.0)


@pytest.mark.parametrize(("paid", "price"), [(80.0, 80.0), (None, 199.0)])
def test_a_piece_brings_what_was_paid_for_it_else_what_is_listed(paid: float | None, price: float) -> None:
    assert judged(holds(5.0, price=199.0), sells(1, price=paid)).price == price


def test_an_item_never_on_sale_has_its_listed_price_and_no_pace() -> None:
    line = judged(holds(5.0, price=199.0), None)
    assert (line.price, line.a_day, line.ahead, line.state) == (199.0, None, None, "not_on_sale")


@pytest.mark.parametrize(
    ("own", "listed", "tied"), [(46.0, 40.0, 230.0), (None, 40.0, 200.0), (None, None, None)]
)
def test_the_money_in_it_is_at_our_own_cost_else_at_that_of_the_file(
    own: float | None, listed: float | None, tied: float | None
) -> None:
    assert judged(holds(5.0, cost=listed), sells(1), cost=own).tied == tied


def test_without_a_figure_or_a_day_on_the_shelf_nothing_is_said() -> None:
    assert judged(holds(None), sells(10)).state == "unknown"
    never = mean_demand([])
    line = judged(holds(5.0), Pace(demand=never, first_seen=LONG_AGO))
    assert (line.state, line.days, line.chance) == ("unknown", None, None)


# ---- when to order


def test_the_chance_to_be_sold_out_first_grows_with_the_days_ahead_and_doubt_about_them() -> None:
    """150 pieces against 10 days of ten: as good as safe; against a fortnight's worth in them, not."""
    sure = judged(holds(150.0), sells(10)).chance
    unsure = judged(holds(150.0), sells(10), lead_sd=5.0).chance
    busy = judged(
        holds(150.0), sells(10), calendar=(CalendarDay(MONDAY, days_from_now(9), multiplier=1.5),)
    ).chance
    assert sure == pytest.approx(0.0, abs=0.001)
    assert unsure == pytest.approx(0.16, abs=0.03)
    assert busy == pytest.approx(0.49, abs=0.03)
    assert judged(holds(150.0), sells(10), lead=None).chance is None


@pytest.mark.parametrize(
    ("left", "hero", "state", "quantity"),
    [
        (131.0, False, "order", 140),  # the reorder point of 11 days: 110 and 21 for doubt
        (132.0, False, "enough", 0),
        (136.0, True, "order", 140),  # a hero's, with 98 %: 110 and 26
        (137.0, True, "enough", 0),
    ],
)
def test_an_order_is_due_at_the_reorder_point(left: float, state: str, quantity: int, *, hero: bool) -> None:
    """10 a day until the order after next (11 + 14 days), and the safety stock, less what is there."""
    line = judged(holds(left), sells(10), hero=hero)
    assert (line.state, line.quantity) == (state, quantity)


@pytest.mark.parametrize(("multiplier", "state"), [(1.0, "enough"), (1.4, "order")])
def test_a_campaign_before_the_order_arrives_raises_the_reorder_point(multiplier: float, state: str) -> None:
    busy = CalendarDay(MONDAY, days_from_now(9), multiplier=multiplier)
    assert judged(holds(140.0), sells(10), calendar=(busy,)).state == state


def test_a_campaign_after_it_raises_the_order() -> None:
    """From the 12th day on 14 days of 1.5 instead of 14: 70 more."""
    later = CalendarDay(days_from_now(11), days_from_now(24), multiplier=1.5)
    usual, busy = judged(holds(100.0), sells(10)), judged(holds(100.0), sells(10), calendar=(later,))
    assert busy.quantity == usual.quantity + 70


def test_what_is_on_its_way_is_taken_off_the_order() -> None:
    assert (
        judged(holds(0.0), sells(10)).quantity - judged(holds(0.0, in_transit=60.0), sells(10)).quantity == 60
    )


@pytest.mark.parametrize(("pack", "quantity"), [(1, 171), (20, 180), (0, 171)])
def test_orders_come_in_packs(pack: int, quantity: int) -> None:
    """250 wanted for 25 days, 21 for doubt, 100 there: 171 to order."""
    assert judged(holds(100.0), sells(10), pack=pack).quantity == quantity


# ---- what not to order


@pytest.mark.parametrize(("end", "state"), [(9, "season"), (10, "season"), (11, "order")])
def test_an_order_must_arrive_before_the_season_ends(end: int, state: str) -> None:
    line = judged(holds(20.0), sells(10), season_end=days_from_now(end))
    assert (line.state, line.season) == (state, "" if state == "order" else days_from_now(end).isoformat())


def test_a_part_of_a_day_is_a_day_of_waiting() -> None:
    assert judged(holds(20.0), sells(10), lead=9.5, season_end=days_from_now(10)).state == "season"


@pytest.mark.parametrize(
    ("cost", "salvage", "pack", "quantity"),
    [
        (None, None, 1, 150),  # ten a day for 20 days, less the 50 there
        (40.0, None, 1, 153),  # 60 of 100 yuan are lost with a buyer: 200 + 0.2533 × √200 = 203.6
        (40.0, 25.0, 1, 161),  # a piece left over loses 15 of 75: 200 + 0.8416 × √200 = 211.9
        (40.0, None, 20, 140),  # whole packs of 20 below 153
        (100.0, None, 1, 150),  # nothing is earned: no more than will be asked for
        (40.0, 40.0, 1, 150),  # nothing is lost either way
        (40.0, 120.0, 1, 150),  # a salvage above the price is a slip of the pen
    ],
)
def test_the_last_order_of_a_season_is_no_more_than_it_still_takes(
    cost: float | None, salvage: float | None, pack: int, quantity: int
) -> None:
    line = judged(holds(50.0), sells(10), season_end=days_from_now(20), cost=cost, salvage=salvage, pack=pack)
    assert (line.state, line.quantity) == ("order", quantity)


def test_without_a_price_the_last_order_is_what_will_be_asked_for() -> None:
    line = judged(holds(50.0), sells(10, price=None), season_end=days_from_now(20), cost=40.0)
    assert line.quantity == 150


def test_a_season_with_enough_in_stock_takes_no_order() -> None:
    """12 days of ten: 120, and 125 are there, below the reorder point of 131."""
    line = judged(holds(125.0), sells(10), season_end=days_from_now(12))
    assert (line.state, line.quantity) == ("enough", 0)


@pytest.mark.parametrize(
    ("title", "hero", "left", "state"),
    [
        ("春季风衣", False, 50.0, "season"),
        ("春季风衣", True, 50.0, "order"),
        ("春季风衣", False, 500.0, "enough"),
        ("夏季风衣", False, 50.0, "order"),
    ],
)
def test_a_title_past_its_season_is_not_ordered_unless_a_hero(
    title: str, left: float, state: str, *, hero: bool
) -> None:
    """Goods ordered on 15 June arrive on 16 July: spring is over, summer is not."""
    line = judged(holds(left, title=title), sells(10), hero=hero, lead=31)
    assert (line.state, line.season) == (state, "春" if state == "season" else "")


def test_a_season_written_down_counts_more_than_the_title() -> None:
    line = judged(holds(50.0, title="春季风衣"), sells(10), lead=31, season_end=days_from_now(60))
    assert line.state == "order"


@pytest.mark.parametrize(
    ("left", "coming", "state"), [(900, 0, "enough"), (901, 0, "slow"), (800, 101, "slow")]
)
def test_more_than_ninety_days_of_cover_is_slow(left: float, coming: float, state: str) -> None:
    assert judged(holds(left, in_transit=coming), sells(10)).state == state


@pytest.mark.parametrize(("days", "state"), [(27, "enough"), (28, "slow")])
def test_no_sale_in_28_days_is_slow(days: int, state: str) -> None:
    assert judged(holds(6.0), sells(0, days=days)).state == state


@pytest.mark.parametrize(("ago", "state"), [(13, "new"), (14, "slow")])
def test_nothing_is_slow_in_its_first_two_weeks(ago: int, state: str) -> None:
    assert judged(holds(6.0), sells(0, first_seen=days_from_now(-ago))).state == state


def test_what_is_sold_out_is_not_slow() -> None:
    assert judged(holds(0.0, in_transit=901.0), sells(10)).state == "gone"


@pytest.mark.parametrize(("left", "state"), [(0.0, "gone"), (1.0, "no_lead")])
def test_without_a_lead_time_only_an_empty_shelf_is_told(left: float, state: str) -> None:
    line = judged(holds(left), sells(10), lead=None)
    assert (line.state, line.quantity, line.lead) == (state, 0, None)
