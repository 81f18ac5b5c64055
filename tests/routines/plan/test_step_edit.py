"""routine.toml changed from the form of a step: the rest stays to the letter, nobody is overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.errors import BadSettings, CannotWrite
from routines.days.day_plan import routine_of
from routines.days.step_edit import add_step, change_own_step, change_step, plan_step
from routines.plan.routine_overrides import AddedStep, Routine, StepChange
from tests.routines.days import shop_folder

SHOP = 'name = "Lanting"\n'
ROUTINE = '# ours\n\n[steps.live]\nminutes = 20  # longer here\n\n[days]\nsaturday = "weekday"\n'
PARCELS = AddedStep(id="own01", at="17:00", minutes=10, title="发货巡检", ask=("有没有超时未发？",))


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return shop_folder(tmp_path / "lanting", SHOP, ROUTINE)


def routine(shop: Path) -> Routine:
    found = routine_of(shop)
    assert found is not None
    return found


def text(shop: Path) -> str:
    return (shop / "routine.toml").read_text(encoding="utf-8")


def test_a_step_is_moved_and_moved_back(shop: Path) -> None:
    moved = StepChange(at="14:00")
    assert change_step(shop, "rivals", StepChange(), moved) is True
    assert routine(shop).steps["rivals"] == moved
    assert "minutes = 20  # longer here" in text(shop)
    assert change_step(shop, "rivals", moved, StepChange()) is True
    assert "rivals" not in routine(shop).steps


def test_a_change_of_the_same_step_by_somebody_else_is_kept(shop: Path) -> None:
    (shop / "routine.toml").write_text(ROUTINE.replace("20", "25"), encoding="utf-8")
    with pytest.raises(CannotWrite, match=r"changed this in routine\.toml"):
        change_step(shop, "live", StepChange(minutes=20), StepChange(minutes=30))
    assert routine(shop).steps["live"].minutes == 25


def test_steps_of_the_shops_own_are_added_changed_and_left_out(shop: Path) -> None:
    assert add_step(shop, PARCELS) is True
    assert add_step(shop, AddedStep(id="own02", at="18:00", minutes=5, title="打包")) is True
    later = AddedStep(id="own01", at="17:30", minutes=10, title="发货巡检", ask=None)
    assert change_own_step(shop, PARCELS, later) is True
    assert [(one.id, one.at, one.ask) for one in routine(shop).add] == [
        ("own01", "17:30", None),
        ("own02", "18:00", None),
    ]
    plan_step(shop, "own01", planned=False)
    assert routine(shop).drop == ("own01",)
    plan_step(shop, "own01", planned=True)
    assert routine(shop).drop == ()


def test_the_first_change_makes_the_file(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "lanting", SHOP)
    assert change_step(shop, "standup", StepChange(), StepChange(minutes=20)) is True
    assert text(shop).strip() == "[steps.standup]\nminutes = 20"


def test_what_the_plan_does_not_allow_is_not_written(shop: Path) -> None:
    with pytest.raises(BadSettings, match="481 minutes is not possible"):
        change_step(shop, "live", StepChange(minutes=20), StepChange(minutes=481))
    assert text(shop) == ROUTINE
