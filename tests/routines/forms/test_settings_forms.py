"""A form whose values are settings writes shop.toml; one that cannot be meant writes nothing anywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.errors import UsageError
from core.shop.loading import load_shop
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
    assert day.shop.target(date(2026, 12, 5)) == 500_000
    assert load_shop(day.folder).targets == {"2026-11": 100.0, "2026-12": 500_000.0}
    assert "# low" in (day.folder / "shop.toml").read_text()
    assert len(day.records("month_target")) == 1


def test_a_recorded_day_is_in_the_calendar(tmp_path: Path) -> None:
    day = day_in(tmp_path)
    values = {"note": "双12", "start": "2026-12-10", "end": "2026-12-12", "multiplier": "1.8"}
    day.record(day.plan.steps[0].id, "special_day", values)
    assert day.shop.multiplier(date(2026, 12, 11)) == 1.8


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
