"""All steps say the same days of cover, whether or not festivals were drafted for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.shop.settings import CalendarDay
from core.topics.stock.running_out import running_out
from tests.topics.stock.test_stock import counted, lead, sold
from tests.topics.tables import MONDAY, SUNDAY

QUIET = CalendarDay(SUNDAY - timedelta(days=3), SUNDAY, 0.75, kind="after", state="proposed", source="public")


def test_a_drafted_festival_changes_no_days_of_cover() -> None:
    shop = lead(9)
    count, items = counted(coat=60).frame, sold(coat=10).frame
    plain = running_out(count, items, shop, MONDAY)
    assert set(plain) == {"coat"}
    assert running_out(count, items, shop._replace(calendar=(QUIET,)), MONDAY) == plain


@pytest.mark.parametrize(
    ("row", "kept"),
    [
        (QUIET, False),
        (QUIET._replace(state="confirmed"), True),
        (QUIET._replace(source=""), True),
        (QUIET._replace(state="not_for_us"), True),
    ],
)
def test_only_what_was_drafted_and_never_confirmed_is_left_out(row: CalendarDay, *, kept: bool) -> None:
    found = lead(9)._replace(calendar=(row,)).without_drafts()
    assert found.calendar == ((row,) if kept else ())


def test_a_confirmed_festival_does_change_them() -> None:
    shop = lead(9)
    count, items = counted(coat=60).frame, sold(coat=10).frame
    confirmed = shop._replace(calendar=(QUIET._replace(state="confirmed"),))
    assert running_out(count, items, confirmed, MONDAY) != running_out(count, items, shop, MONDAY)
