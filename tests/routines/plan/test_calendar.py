"""Which day it is: the hour a day turns at, weekends, festivals, peaks, and what repeats."""

from __future__ import annotations

from datetime import date

import pytest

from core.shop.settings import CalendarDay, Shop
from routines.plan.calendar import day_of, falls_on, kind_of, official, unknown_year
from tests.routines.days import LANTING, MONDAY, TUESDAY, at

SATURDAY = date(2026, 11, 21)


def test_the_day_turns_at_four() -> None:
    assert day_of(at("23:59")) == TUESDAY
    assert day_of(at("24:20")) == TUESDAY
    assert day_of(at("27:59")) == TUESDAY
    assert day_of(at("28:00")) == date(2026, 11, 18)


def test_weekdays_weekends_and_peaks() -> None:
    assert kind_of(TUESDAY, LANTING, None, {}) == "weekday"
    assert kind_of(SATURDAY, LANTING, None, {}) == "weekend"
    assert kind_of(date(2026, 11, 11), LANTING, None, {}) == "rush"


def test_official_days_off_and_the_weekends_worked_for_them() -> None:
    year = official(2026)
    assert kind_of(date(2026, 10, 6), LANTING, year, {}) == "weekend"  # a Tuesday of National Day's week
    assert kind_of(date(2026, 10, 10), LANTING, year, {}) == "weekday"  # the Saturday worked for it
    assert kind_of(date(2026, 10, 10), LANTING, year, {"saturday": "weekend"}) == "weekday"


def test_a_year_is_whole_and_only_that_year() -> None:
    year = official(2025)
    assert year is not None
    assert {day.year for day in year.off | year.worked} == {2025}
    assert date(2025, 1, 1) in year.off
    assert date(2025, 2, 8) in year.worked  # the Saturday after Spring Festival
    assert unknown_year(2025) == ""


@pytest.mark.parametrize("year", [2003, 2099])
def test_a_year_that_is_not_known_is_said_and_not_guessed(year: int) -> None:
    assert official(year) is None
    assert str(year) in unknown_year(year)
    labour_day = next(date(year, 5, day) for day in (1, 2, 3) if date(year, 5, day).weekday() < 5)
    assert kind_of(labour_day, LANTING, official(year), {}) == "weekday"
    named = Shop(name="x", calendar=(CalendarDay(start=labour_day, kind="festival"),))
    assert kind_of(labour_day, named, official(year), {}) == "weekend"


@pytest.mark.parametrize(
    ("special", "kind"),
    [
        (CalendarDay(start=TUESDAY, kind="platform"), "rush"),
        (CalendarDay(start=TUESDAY, kind="platform", multiplier=1.2), "weekday"),
        (CalendarDay(start=TUESDAY, kind="own", multiplier=2.0), "rush"),
        (CalendarDay(start=TUESDAY, kind="own"), "weekday"),
        (CalendarDay(start=TUESDAY, kind="festival"), "weekend"),
        (CalendarDay(start=TUESDAY, kind="closed"), "weekend"),
        (
            CalendarDay(start=date(2026, 11, 15), end=date(2026, 11, 18), kind="launch", multiplier=1.5),
            "rush",
        ),
    ],
)
def test_the_shops_own_calendar_decides(special: CalendarDay, kind: str) -> None:
    assert kind_of(TUESDAY, Shop(name="x", calendar=(special,)), None, {}) == kind


def test_a_worked_saturday_of_the_shops_own() -> None:
    shop = Shop(name="x", calendar=(CalendarDay(start=SATURDAY, kind="work"),))
    assert kind_of(SATURDAY, shop, None, {}) == "weekday"


def test_what_repeats() -> None:
    assert falls_on("", TUESDAY)
    assert falls_on("weekly:MO", MONDAY)
    assert not falls_on("weekly:MO", TUESDAY)
    assert falls_on("weekly:MO,TU", TUESDAY)
    assert falls_on("monthly:1", date(2026, 12, 1))
    assert not falls_on("monthly:1", date(2026, 12, 2))
    assert falls_on("monthly:-1", date(2028, 2, 29))
    assert not falls_on("monthly:31", date(2026, 11, 30))


@pytest.mark.parametrize(
    "wrong", ["daily", "weekly:", "weekly:XX", "monthly:0", "monthly:x", "monthly:", "yearly:1"]
)
def test_what_is_no_repeat(wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        falls_on(wrong, TUESDAY)
