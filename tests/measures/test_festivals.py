"""The platform's festivals: where they lie, how a shop's rows are drafted, and days that sold like one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.measures.festivals.drafts import drafted, proposals, shape_named, unconfirmed
from core.measures.festivals.public_festivals import (
    festivals,
    moved_by_weekday,
    new_year,
    occurrence,
    occurrences,
)
from core.measures.festivals.seen import seen
from core.measures.festivals.shape import own_ratios, profile, shrunk_multiplier
from core.shop.settings import CalendarDay, Shop

EMPTY = Shop(name="x")
DOUBLE_11 = next(one for one in festivals() if one.id == "1111")


def sales(first: date, last: date, usual: float = 1000.0, **times: float) -> dict[date, float]:
    """A steady shop; `d1111=2.6` makes 11 November 2.6 times as large, in every year."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return {day: usual * times.get(f"d{day:%m%d}", 1.0) for day in days}


# ---- the public table


def test_every_festival_says_where_its_dates_come_from() -> None:
    for one in festivals():
        for dates in one.dates:
            assert dates.source
            assert dates.start <= dates.end
        assert list(one.dates) == sorted(one.dates)


def test_a_year_nobody_has_read_about_keeps_weekday_and_named_day() -> None:
    found = occurrence(DOUBLE_11, 2027)
    assert found is not None
    assert found.confidence == "moved"
    assert found.start.weekday() == date(2026, 10, 20).weekday()
    assert found.start <= date(2027, 11, 11) <= found.end


def test_the_new_years_are_those_of_the_official_calendar() -> None:
    from chinese_calendar import holidays

    for year in range(2023, 2027):
        begins = new_year(year)
        assert begins is not None
        assert holidays[begins] == "Spring Festival"
        assert holidays.get(begins - timedelta(days=4)) is None


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(1, 5))
def test_a_moved_day_keeps_its_weekday_within_three_days(day: date, years: int) -> None:
    found = moved_by_weekday(day, years)
    assert found.weekday() == day.weekday()
    same = date(day.year + years, day.month, min(day.day, 28) if day.month == 2 else day.day)
    assert abs((found - same).days) <= (4 if (day.month, day.day) == (2, 29) else 3)


@given(st.dates(date(2024, 1, 1), date(2034, 12, 31)))
def test_festivals_of_a_stretch_touch_it_and_come_in_order(first: date) -> None:
    last = first + timedelta(days=60)
    found = list(occurrences(first, last))
    assert found == sorted(found, key=lambda one: one.start)
    assert all(one.start <= last and one.end >= first for one in found)


# ---- the shape of a festival


@given(st.integers(1, 60), st.integers(0, 59))
def test_a_shape_has_a_number_for_each_day(days: int, peak: int) -> None:
    found = profile(days, min(peak, days - 1))
    assert len(found) == days
    assert all(one > 0 for one in found)
    assert found[0] == 2.5


@given(st.lists(st.floats(0.2, 8.0), max_size=6), st.floats(0.3, 4.0))
def test_a_multiplier_lies_between_what_is_expected_and_what_was(ratios: list[float], drawn: float) -> None:
    found = shrunk_multiplier(ratios, drawn)
    ends = [drawn, *ratios]
    assert min(ends) - 1e-9 <= found <= max(ends) + 1e-9


def test_last_years_days_are_held_against_the_ordinary_days_around_them() -> None:
    own = sales(date(2025, 9, 1), date(2025, 12, 31), d1111=2.6, d1110=2.1)
    ratios = own_ratios(own, date(2025, 10, 20), date(2025, 11, 14))
    assert ratios[date(2025, 11, 11)] == pytest.approx(2.6)
    assert ratios[date(2025, 11, 5)] == pytest.approx(1.0)
    assert own_ratios({}, date(2025, 10, 20), date(2025, 11, 14)) == {}


# ---- what is drafted


def test_an_empty_calendar_gets_the_coming_festival_as_a_draft() -> None:
    made = drafted(EMPTY, date(2026, 10, 10), {})
    opening = made.special(date(2026, 10, 20))
    assert opening is not None
    assert (opening.state, opening.source, opening.multiplier) == ("proposed", "habit", 2.5)
    assert made.multiplier(date(2026, 10, 28)) == 1.1
    assert made.multiplier(date(2026, 11, 16)) == 0.75
    assert unconfirmed(made, date(2026, 10, 20)) is not None
    assert unconfirmed(made, date(2026, 10, 10)) is None


@pytest.mark.parametrize("state", ["confirmed", "not_for_us"])
def test_a_row_of_ones_own_stands_above_the_draft_whatever_its_state(
    state: Literal["confirmed", "not_for_us"],
) -> None:
    row = CalendarDay(date(2026, 10, 21), date(2026, 11, 11), 1.3, state=state)
    own = Shop(name="x", calendar=(row,))
    made = drafted(own, date(2026, 10, 10), {}).calendar
    assert [one for one in made if one.note in ("", "双11")] == [row]
    assert own.multiplier(date(2026, 11, 11)) == (1.3 if state == "confirmed" else 1.0)


def test_the_shops_own_dates_and_sizes_of_last_year_come_first() -> None:
    row = CalendarDay(date(2026, 12, 10), date(2026, 12, 12), 1.8, note="双12")
    past = sales(date(2026, 11, 10), date(2027, 1, 10), d1212=3.0)
    found = next(
        one
        for one in proposals(Shop(name="x", calendar=(row,)), date(2027, 12, 1), date(2027, 12, 20), past)
        if one.note == "双12"
    )
    assert (found.start, found.last, found.source) == (date(2027, 12, 9), date(2027, 12, 12), "own")
    assert 2.0 < found.profile[-1] < 3.0


def test_days_of_a_draft_that_sold_like_any_other_are_ordinary_ones() -> None:
    today = date(2026, 11, 3)
    flat = sales(date(2026, 8, 1), date(2026, 11, 15))
    made = drafted(EMPTY, today, {day: value for day, value in flat.items() if day < today})
    assert {made.multiplier(date(2026, 10, 20) + timedelta(days=n)) for n in range(14)} == {1.0}
    assert made.multiplier(date(2026, 11, 11)) == 2.0
    over = drafted(EMPTY, date(2026, 11, 16), flat)
    assert {over.multiplier(date(2026, 10, 20) + timedelta(days=n)) for n in range(35)} == {1.0}
    lifted = {day: value for day, value in flat.items() if day < today} | {
        date(2026, 10, 20): 2600.0,
        date(2026, 10, 21): 1500.0,
        date(2026, 10, 22): 1400.0,
    }
    assert drafted(EMPTY, today, lifted).multiplier(date(2026, 11, 11)) == 2.0


def test_a_festival_of_no_known_size_changes_no_day() -> None:
    made = drafted(EMPTY, date(2026, 8, 20), {})
    special = made.special(date(2026, 8, 26))
    assert special is not None
    assert (special.note, special.multiplier, special.state) == ("新势力周", 1.0, "proposed")
    assert unconfirmed(made, date(2026, 8, 26)) is None


def test_a_named_festival_without_a_size_gets_its_shape() -> None:
    assert shape_named("双11", date(2026, 10, 20), date(2026, 11, 13))[0] == 2.5
    assert shape_named("Our own sale", date(2026, 10, 20), date(2026, 11, 13)) == ()


# ---- days that sold like a festival


def test_days_that_sold_like_a_festival_are_found_and_left_out_of_what_is_usual() -> None:
    today = date(2026, 9, 2)
    own = sales(date(2026, 6, 1), date(2026, 9, 1), d0826=1.9, d0827=1.8)
    (found,) = seen(EMPTY, own, date(2026, 9, 1))
    assert found.festival.name == "新势力周"
    assert found.days == (date(2026, 8, 26), date(2026, 8, 27))
    special = drafted(EMPTY, today, own).special(date(2026, 8, 26))
    assert special is not None
    assert (special.multiplier, special.state) == (None, "proposed")


def test_a_single_large_day_is_no_festival() -> None:
    own = sales(date(2026, 6, 1), date(2026, 9, 1), d0826=4.0)
    assert seen(EMPTY, own, date(2026, 9, 1)) == ()


def test_large_days_far_from_any_festival_are_not_called_one() -> None:
    own = sales(date(2026, 4, 1), date(2026, 8, 1), d0722=2.0, d0723=2.0)
    assert seen(EMPTY, own, date(2026, 8, 1)) == ()


def test_what_somebody_called_not_for_us_is_not_asked_again() -> None:
    row = CalendarDay(date(2026, 8, 25), date(2026, 8, 31), note="新势力周", state="not_for_us")
    own = sales(date(2026, 6, 1), date(2026, 9, 1), d0826=1.9, d0827=1.8)
    assert seen(Shop(name="x", calendar=(row,)), own, date(2026, 9, 1)) == ()
