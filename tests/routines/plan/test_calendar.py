"""Which day it is: the hour a day turns at, weekends, festivals, peaks, and what repeats."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.shop.settings import CalendarDay, Shop
from routines.plan.calendar import Official, day_of, falls_on, kind_of, official
from tests.routines.days import LANTING, MONDAY, TUESDAY, at

SATURDAY = date(2026, 11, 21)


def test_the_day_turns_at_four() -> None:
    assert day_of(at("23:59")) == TUESDAY
    assert day_of(at("24:20")) == TUESDAY
    assert day_of(at("27:59")) == TUESDAY
    assert day_of(at("28:00")) == date(2026, 11, 18)


def test_weekdays_weekends_and_peaks() -> None:
    assert kind_of(TUESDAY, LANTING, Official(), {}) == "weekday"
    assert kind_of(SATURDAY, LANTING, Official(), {}) == "weekend"
    assert kind_of(date(2026, 11, 11), LANTING, Official(), {}) == "rush"


def test_official_days_off_and_the_weekends_worked_for_them(tmp_path: Path) -> None:
    year = official(2026, tmp_path)
    assert kind_of(date(2026, 10, 6), LANTING, year, {}) == "weekend"  # a Tuesday of National Day's week
    assert kind_of(date(2026, 10, 10), LANTING, year, {}) == "weekday"  # the Saturday worked for it
    assert kind_of(date(2026, 10, 10), LANTING, year, {"saturday": "weekend"}) == "weekday"


def test_the_official_year_is_worked_out_once(tmp_path: Path) -> None:
    first = official(2026, tmp_path)
    kept = tmp_path / "holidays-2026.json"
    assert kept.is_file()
    assert official(2026, tmp_path) == first
    kept.write_text("not json", encoding="utf-8")
    assert official(2026, tmp_path) == first


def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in the way", encoding="utf-8")
    assert official(2026, tmp_path / "cache").off


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
    assert kind_of(TUESDAY, Shop(name="x", calendar=(special,)), Official(), {}) == kind


def test_a_worked_saturday_of_the_shops_own() -> None:
    shop = Shop(name="x", calendar=(CalendarDay(start=SATURDAY, kind="work"),))
    assert kind_of(SATURDAY, shop, Official(), {}) == "weekday"


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
