"""A day seen from one of its hours, and a day that is over."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from core.exports.kinds.hours import Hours
from core.exports.kinds.orders import Orders
from core.language.wording import text
from core.records.evening import DayNow
from core.topics.evening.course import Course, course_of_day
from core.topics.evening.day_so_far import is_of, so_far, whole_hours
from core.topics.evening.finished_day import day_over, over_numbers, sold_words
from tests.topics.evenings import at, days_by_hour, moment
from tests.topics.tables import MONDAY, SUNDAY, of_rows, shop, usual_shop


def course(
    target: float = 0.0, days: int = 28, buyers: float = 10.0, clock: str = "21:10", peak: float = 1.0
) -> Course | None:
    """Return today's course: so many buyers of 100 yuan an hour until past nine, as usual ten."""
    today = of_rows(
        Hours,
        [
            {"date": MONDAY, "hour": float(hour), "buyers": buyers, "gmv": buyers * 100, "ad_cost": 100.0}
            for hour in range(22)
        ],
    ).frame
    earlier = days_by_hour(days=days).frame
    earlier.loc[earlier["date"].dt.date == SUNDAY - timedelta(days=4), ["buyers", "gmv"]] *= peak
    return course_of_day(
        pd.concat([earlier, today]),
        usual_shop(gmv=24_000.0, buyers=240.0).frame,
        shop(targets={"2026-06": target * 30} if target else {}),
        MONDAY,
        moment(clock),
    )


def test_a_usual_day_heads_for_what_such_days_sell() -> None:
    found = course(target=24_000.0)
    assert found is not None
    assert (found.hour, found.gmv, found.cost, found.days) == (21, 21_000.0, 2_100.0, 28)
    assert found.final == pytest.approx(24_000.0, rel=0.02)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 24_000.0 < found.high
    assert not found.behind
    assert not found.ahead


def test_a_weak_day_is_behind_and_a_strong_one_ahead() -> None:
    weak, strong = course(target=24_000.0, buyers=7.0), course(target=24_000.0, buyers=13.0)
    assert weak is not None
    assert strong is not None
    assert (weak.behind, weak.ahead) == (True, False)
    assert (strong.behind, strong.ahead) == (False, True)
    without_target = course(buyers=7.0)
    assert without_target is not None
    assert not without_target.behind


@pytest.mark.parametrize(("days", "told"), [(3, False), (4, True)])
def test_four_earlier_days_tell_where_the_day_ends(days: int, *, told: bool) -> None:
    found = course(days=days)
    assert found is not None
    assert (found.final is not None) is told


def test_hours_that_have_not_begun_do_not_count() -> None:
    found = course(clock="15:30")
    assert found is not None
    assert (found.hour, found.gmv) == (15, 15_000.0)
    nothing_of_today = course_of_day(days_by_hour().frame, None, shop(), MONDAY, moment("21:10"))
    assert nothing_of_today is None


def paid(*refunds: float | None) -> Orders:
    rows: list[dict[str, object]] = [
        {
            "order": str(n),
            "date": SUNDAY,
            "paid": moment("12:00", SUNDAY).replace(tzinfo=None),
            "refund_amount": refund,
        }
        for n, refund in enumerate(refunds)
    ]
    return of_rows(Orders, rows)


def test_a_day_that_is_over_is_held_against_its_target() -> None:
    days = usual_shop(changes={SUNDAY: {"gmv": 5_400.0, "visitors": 900.0, "buyers": 27.0}}).frame
    over = day_over(days, paid(30.0, None, 12.0).frame, shop(), SUNDAY)
    assert over is not None
    assert over.target is not None
    assert (
        text(sold_words(over))
        == f"Sold ¥5,400, {5_400 / over.target:.0%} of the day's target of ¥{over.target:,.0f}"
    )
    assert [(text(one.name), one.unit, one.value, one.reference) for one in over_numbers(over)] == [
        ("Sales of the day", "CNY", 5_400.0, over.target),
        ("Visitors", "count", 900.0, None),
        ("Buyers", "count", 27.0, None),
        ("Orders paid", "count", 3, None),
        ("Refunds so far on this day's orders", "CNY", 42.0, None),
    ]


def test_what_is_not_known_of_a_day_is_not_shown() -> None:
    days = usual_shop(changes={SUNDAY: {"gmv": 5_400.0}}).frame
    over = day_over(days, None, shop(targets={}), SUNDAY)
    assert over is not None
    assert text(sold_words(over)) == "Sold ¥5,400"
    names = [text(one.name) for one in over_numbers(over)]
    assert names == ["Sales of the day", "Visitors", "Buyers"]
    assert day_over(days, None, shop(), MONDAY) is None
    no_refund = day_over(days, paid(None, None).frame, shop(), SUNDAY)
    assert no_refund is not None
    assert (no_refund.orders, no_refund.refunded) == (2, None)


def test_the_day_turns_at_four_in_the_morning() -> None:
    tuesday = MONDAY + timedelta(days=1)
    assert is_of(moment("03:59", tuesday), MONDAY)
    assert not is_of(moment("04:00", tuesday), MONDAY)
    assert is_of(moment("04:00", tuesday), tuesday)


@pytest.mark.parametrize(("typed_at", "typed"), [("19:00", True), ("18:59", False)])
def test_hours_count_before_what_was_typed_more_than_an_hour_earlier(typed_at: str, *, typed: bool) -> None:
    today = of_rows(Hours, [{"date": MONDAY, "hour": float(hour), "buyers": 9} for hour in range(21)]).frame
    rows = at(typed_at, DayNow(at=typed_at, orders=150))
    found = so_far(rows, today, "orders", today=MONDAY, now=moment("20:30"))
    assert found is not None
    assert (found.typed, found.orders) == (typed, 150 if typed else 180.0)


# ---- the newest hour is part of one


def filed(*, until: int, zeros: int = 0) -> pd.DataFrame:
    """Today's hours up to and with one, ten buyers each, and so many rows of nothing behind them."""
    rows = [{"date": MONDAY, "hour": float(hour), "buyers": 10.0, "gmv": 1000.0} for hour in range(until + 1)]
    rows += [
        {"date": MONDAY, "hour": float(until + n), "buyers": 0.0, "gmv": 0.0} for n in range(1, zeros + 1)
    ]
    return of_rows(Hours, rows).frame


@pytest.mark.parametrize(
    ("clock", "until", "zeros", "hour"),
    [
        ("21:05", 21, 0, 21),
        ("22:30", 21, 0, 21),  # the file is an hour and a half old
        ("22:30", 21, 2, 21),  # its later hours were still to come
        ("20:59", 20, 3, 20),
        ("23:59", 23, 0, 23),
    ],
)
def test_the_hour_a_file_was_made_in_is_never_whole(clock: str, until: int, zeros: int, hour: int) -> None:
    frame = filed(until=until, zeros=zeros)
    assert whole_hours(frame, MONDAY, moment(clock)) == hour
    course = course_of_day(frame, None, shop(), MONDAY, moment(clock))
    assert course is not None
    assert (course.hour, course.gmv) == (hour, 1000.0 * hour)


def test_a_day_is_whole_only_in_a_file_made_after_it() -> None:
    tomorrow = moment("08:30") + timedelta(days=1)
    assert whole_hours(filed(until=23), MONDAY, tomorrow) == 24
    assert whole_hours(filed(until=22, zeros=1), MONDAY, tomorrow) == 24
    assert whole_hours(filed(until=21), MONDAY, tomorrow) == 21
    assert whole_hours(filed(until=21, zeros=2), MONDAY, tomorrow) == 21
    assert whole_hours(filed(until=21).head(0), MONDAY, tomorrow) == 0


def test_a_peak_is_no_usual_day_of_the_evening() -> None:
    """Thirty times the buyers on one of 28 days change nothing of what tonight is held against."""
    usual, peak = course(target=24_000.0), course(target=24_000.0, peak=30.0)
    assert usual is not None
    assert peak is not None
    assert peak.final == pytest.approx(usual.final, rel=0.02)
