"""A form whose values are settings writes shop.toml; one that cannot be meant writes nothing anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import UsageError
from core.shop.loading import load_shop
from core.shop.settings import CalendarDay, OddDay, Shop
from routines.workday.workday import Workday
from tests.routines.days import at, shop_folder

TOML = 'name = "Lanting"   # 店名\nlanguage = "en"\n\n[targets]\n"2026-11" = 100   # low\n'


def day_in(tmp_path: Path, *, read_only: bool = False) -> Workday:
    folder = tmp_path / "lanting"
    if not folder.exists():
        shop_folder(folder, TOML)
    return Workday.open(folder, clock=lambda: at("17:00"), who="lan", lang="en", read_only=read_only)


def test_a_recorded_target_is_the_shops_target(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    step = day.plan.steps[0].id
    day.record(step, "month_target", {"month": "2026-12-01", "target": "50万"})
    assert day.shop.target_of(date(2026, 12, 5)) == 500_000
    assert load_shop(day.folder).targets == {"2026-11": 100.0, "2026-12": 500_000.0}
    assert "# low" in (day.folder / "shop.toml").read_text()
    assert len(day.records("month_target")) == 1


def test_a_recorded_day_is_in_the_calendar(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    values = {"note": "双12", "start": "2026-12-10", "end": "2026-12-12", "multiplier": "1.8"}
    day.record(day.plan.steps[0].id, "special_day", values)
    assert day.shop.multiplier(date(2026, 12, 11)) == 1.8


def test_what_an_odd_day_was_is_kept_once_for_its_item(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    step = day.plan.steps[0].id
    day.record(step, "odd_day", {"day": "2026-11-03", "what": "order", "item": "7365"})
    day.record(step, "odd_day", {"day": "2026-11-03", "what": "level", "item": "7365"})
    day.record(step, "odd_day", {"day": "2026-11-04", "what": "file"})
    assert load_shop(day.folder).odd_days == (
        OddDay(date(2026, 11, 3), "level", "7365"),
        OddDay(date(2026, 11, 4), "file"),
    )
    assert "# low" in (day.folder / "shop.toml").read_text()
    assert day.shop.told_days("7365") == {date(2026, 11, 3): OddDay(date(2026, 11, 3), "level", "7365")}


def test_a_campaign_of_the_whole_shop_goes_into_the_calendar_with_its_size(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    step = day.plan.steps[0].id
    day.record(step, "odd_day", {"day": "2026-11-03", "what": "campaign", "multiplier": "3"})
    assert day.shop.multiplier(date(2026, 11, 3)) == 3.0
    assert not day.shop.odd_days
    day.record(step, "odd_day", {"day": "2026-11-04", "what": "campaign", "item": "7365"})
    assert day.shop.multiplier(date(2026, 11, 4)) == 1.0
    assert list(day.shop.odd_days) == [OddDay(date(2026, 11, 4), "campaign", "7365")]


def test_a_confirmed_festival_without_a_size_is_planned_by_its_shape_not_flat(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    values = {"note": "双11", "start": "2026-10-20", "end": "2026-11-13"}
    day.record(day.plan.steps[0].id, "special_day", values)
    assert day.shop.multiplier(date(2026, 10, 20)) > day.shop.multiplier(date(2026, 10, 30)) > 1.0
    assert len(load_shop(day.folder).calendar[0].profile) == 25


def test_a_festival_that_is_not_for_us_leaves_its_days_ordinary_and_replaces_its_draft(
    tmp_path: Path,
) -> None:
    draft = (
        "\n[[calendar]]\nstart = 2026-12-08\nend = 2026-12-12\nmultiplier = 2.0\n"
        'note = "双12"\nstate = "proposed"\n'
    )
    folder = shop_folder(tmp_path / "lanting", TOML + draft)
    day = day_in(tmp_path)
    values = {"note": "双12", "start": "2026-12-10", "end": "2026-12-12", "state": "not_for_us"}
    day.record(day.plan.steps[0].id, "special_day", values)
    (row,) = load_shop(folder).calendar
    assert (row.start, row.state) == (date(2026, 12, 10), "not_for_us")
    assert day.shop.multiplier(date(2026, 12, 11)) == 1.0


@pytest.mark.parametrize(("kind", "times"), [("closed", 0.0), ("supplier_closed", 1.0), ("no_shipping", 3.0)])
def test_closed_is_nothing_and_a_closed_supplier_says_nothing_of_sales(kind: str, times: float) -> None:
    day = date(2026, 11, 3)
    found = Shop(name="x", calendar=(CalendarDay(day, multiplier=3.0, kind=kind),))  # type: ignore[arg-type]
    assert found.multiplier(day) == times
    assert (found.supplier_closed(day) is not None) == (kind == "supplier_closed")


@pytest.mark.parametrize(
    ("form", "values"),
    [
        ("month_target", {"month": "2026-12-01", "target": "0"}),
        ("special_day", {"note": "x", "start": "2026-12-10", "end": "2026-12-01"}),
        ("special_day", {"note": "x", "start": "2026-12-10", "multiplier": "1800"}),
    ],
)
def test_what_cannot_be_meant_is_written_nowhere(tmp_path: Path, form: str, values: dict[str, str]) -> None:
    day = day_in(tmp_path)
    with pytest.raises(UsageError):
        day.record(day.plan.steps[0].id, form, values)
    assert (day.folder / "shop.toml").read_text() == TOML
    assert not len(day.records(form))


def test_a_look_changes_no_setting(tmp_path: Path) -> None:
    day = day_in(tmp_path, read_only=True)
    with pytest.raises(UsageError):
        day.record(day.plan.steps[0].id, "month_target", {"month": "2026-12-01", "target": "9"})
    assert (day.folder / "shop.toml").read_text() == TOML
