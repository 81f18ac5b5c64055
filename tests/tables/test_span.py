"""Days, weeks and months: which days they are, and what is no week."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import UsageError
from core.tables.registry import TABLES, table_named
from core.tables.span import before, month, rated, span, summed, week
from routines.io.table_export import FORMATS


def test_a_week_is_monday_to_sunday_and_belongs_to_its_own_year() -> None:
    assert (week("2026-W46").first, week("2026-W46").last) == (date(2026, 11, 9), date(2026, 11, 15))
    assert week("2026-W53").last == date(2027, 1, 3)
    assert [one.name for one in span(date(2026, 12, 28), date(2027, 1, 4), "week").periods] == [
        "2026-W53", "2027-W01",
    ]  # fmt: skip


def test_a_span_cuts_its_first_and_last_month() -> None:
    found = span(date(2026, 1, 30), date(2026, 3, 2), "month").periods
    assert [(one.name, len(one.days)) for one in found] == [("2026-01", 2), ("2026-02", 28), ("2026-03", 2)]


def test_before_a_month_comes_a_month_and_before_a_week_a_week() -> None:
    assert (before(month("2026-03")).first, before(month("2026-03")).last) == (
        date(2026, 2, 1), date(2026, 2, 28),
    )  # fmt: skip
    assert before(week("2026-W46")).first == date(2026, 11, 2)


@pytest.mark.parametrize("word", ["2026-46", "2026-W00", "2026-W54", "W46", "", "2026-W4x"])
def test_what_is_no_week_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="2026-W46"):
        week(word)


@pytest.mark.parametrize("word", ["2026-13", "2026-00", "2026", "0000-01", "2026-1"])
def test_what_is_no_month_is_refused(word: str) -> None:
    with pytest.raises(UsageError, match="2026-11"):
        month(word)


def test_a_span_that_ends_before_it_begins_or_never_is_refused() -> None:
    with pytest.raises(UsageError):
        span(date(2026, 2, 1), date(2026, 1, 1))
    with pytest.raises(UsageError):
        span(date(1990, 1, 1), date(2026, 1, 1))


def test_half_a_week_is_no_sum_and_a_rate_needs_both() -> None:
    first, second = date(2026, 1, 1), date(2026, 1, 2)
    assert summed({first: 1.0}, [first, second]) is None
    assert summed({}, []) is None
    assert rated({first: 1.0, second: 3.0}, {second: 4.0}, [first, second]) == 0.75
    assert rated({first: 1.0}, {first: 0.0}, [first]) is None


def test_a_table_is_found_by_its_name_and_a_near_miss_is_told() -> None:
    assert table_named("operations").id == "operations"
    with pytest.raises(UsageError, match="operations"):
        table_named("operation")
    with pytest.raises(UsageError, match="rivals"):
        table_named("qqqq")


def test_every_table_is_declared_once_with_what_it_is_for() -> None:
    assert len({one.make for one in TABLES.values()}) == len(TABLES)
    assert all(one.about.endswith(".") for one in TABLES.values())
    assert FORMATS == ("xlsx", "csv", "md")
