"""The settings are edited on the screen: checked as in the file, comments kept, nobody overwritten."""

from __future__ import annotations

from datetime import datetime, time
from pathlib import Path

import pytest

from core.shop.loading import load_shop
from core.shop.settings import Person, Rival
from routines.days.day_plan import routine_of
from routines.workday.workday import Workday
from tests.terminal.keyboard import Operator, at_the_desk
from tests.terminal.ptys import MORNING
from tests.tui.shop import SETTINGS, make_shop

CANCEL = "keep as draft"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path)


def text(shop: Path, name: str = "shop.toml") -> str:
    return (shop / name).read_text(encoding="utf-8")


def plan(shop: Path) -> dict[str, tuple[time, int, tuple[str, ...]]]:
    day = Workday.open(shop, clock=lambda: datetime.fromisoformat(MORNING), who="lan", lang="en")
    return {step.id: (step.at, step.minutes, step.ask) for step in day.plan.steps}


async def opens(lan: Operator, number: int, title: str) -> None:
    """Open the section of this number from Today."""
    await lan.press("e")
    await lan.sees("Settings  兰亭女装")
    await lan.press(str(number))
    await lan.sees(f"{title}  兰亭女装")


async def test_a_target_is_raised_and_the_file_keeps_its_comments(shop: Path) -> None:
    (shop / "shop.toml").write_text(SETTINGS.replace("900000", "900000   # agreed"), encoding="utf-8")
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 1, "Targets")
        await lan.press("enter")
        await lan.sees("Targets: 2026-11")
        await lan.press("ctrl+u")
        await lan.types("95万")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "¥950,000")
    assert text(shop) == SETTINGS.replace("900000", "950000   # agreed")


async def test_a_wrong_value_is_named_at_its_field_and_nothing_is_saved(shop: Path) -> None:
    async with at_the_desk("process", shop, size=(100, 30)) as lan:
        await opens(lan, 1, "Targets")
        await lan.press("enter")
        await lan.sees("Targets: 2026-11")
        await lan.press("tab")
        await lan.types("1000000")
        await lan.press("ctrl+s")
        await lan.sees("The target after refunds cannot be higher", "  be higher than the one before")
        row = next(line for line in (await lan.screen()).splitlines() if "1000000" in line)
        assert "The target after" in row
    assert text(shop) == SETTINGS


async def test_a_new_colleague_is_called_by_the_words_of_the_shop(shop: Path) -> None:
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 2, "People and roles")
        await lan.press("n")
        await lan.sees("People and roles: new person")
        await lan.types("林夕")
        await lan.press("tab")
        await lan.types("画画的")
        await lan.sees("There is no role")
        await lan.press("ctrl+u")
        await lan.types("美工、客服")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "design, service")
    assert load_shop(shop).team[-1] == Person("林夕", ("design", "service"), "")


async def test_what_a_colleague_saved_meanwhile_is_not_overwritten(shop: Path) -> None:
    theirs = SETTINGS.replace('roles = ["promotion"]', 'roles = ["content"]')
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 2, "People and roles")
        await lan.press("down", "enter")
        await lan.sees("People and roles: 周岩")
        (shop / "shop.toml").write_text(theirs, encoding="utf-8")
        await lan.press("tab", "ctrl+u")
        await lan.types("operator")
        await lan.press("ctrl+s")
        await lan.sees("Somebody else has changed this in shop.toml")
        await lan.leaves(CANCEL)
        await lan.sees("content")
    assert text(shop) == theirs


async def test_a_rival_is_added_and_removed_after_a_second_press(shop: Path) -> None:
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 5, "Rivals")
        await lan.press("n")
        await lan.sees("Rivals: new rival")
        await lan.types("禾田女装")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "禾田女装")
        assert load_shop(shop).rivals[-1] == Rival("r02", "禾田女装")
        await lan.press("x")
        await lan.sees("Press x again to remove 禾田女装 about equal.")
        await lan.press("x")
        await lan.sees("Removed: 禾田女装")
    assert text(shop) == SETTINGS


async def test_a_threshold_gets_its_usual_value_back_when_its_field_is_emptied(shop: Path) -> None:
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 8, "Limits of the analyses")
        await lan.press("slash")
        await lan.sees("Go to the row with these words")
        await lan.types("Bounce rate, at most")
        await lan.press("enter")
        await lan.no_longer_sees("Go to the row")
        await lan.press("enter")
        await lan.sees("Limits of the analyses: Bounce rate, at most")
        await lan.press("ctrl+u")
        await lan.types("170")
        await lan.sees("is not a share")
        await lan.press("ctrl+u")
        await lan.types("65%")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "65%")
        assert load_shop(shop).thresholds.bounce_pass == 0.65
        await lan.press("enter")
        await lan.sees("Limits of the analyses: Bounce")
        await lan.press("ctrl+u", "ctrl+s")
        await lan.sees("Saved.")
    assert load_shop(shop).thresholds.bounce_pass == 0.70
    assert "bounce_pass" not in text(shop)


async def test_the_plan_of_the_day_is_changed_without_an_editor(shop: Path) -> None:
    (shop / "routine.toml").write_text('# ours\ndrop = ["network"]   # no time\n', encoding="utf-8")
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 4, "Plan of the day")
        await lan.press(*["down"] * 4, "enter")
        await lan.sees("Plan of the day: Rivals")
        await lan.press("ctrl+u")
        await lan.types("14:00")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "14:00  Rivals")
        await lan.press("end", *["up"] * 3, "x")
        await lan.sees("Left out of the plan: 21:20 Live streams")
        await lan.press("n")
        await lan.sees("Plan of the day: new step")
        await lan.types("发货巡检")
        await lan.press("tab")
        await lan.types("17:10")
        await lan.press("tab", "ctrl+u")
        await lan.types("10")
        await lan.press("tab")
        await lan.types("有没有超时未发的单？")
        await lan.press("ctrl+s")
        await lan.sees("Saved.", "发货巡检")
    made = plan(shop)
    assert made["rivals"][:2] == (time(14), 20)
    assert "live" not in made
    assert made["own01"] == (time(17, 10), 10, ("有没有超时未发的单？",))
    assert text(shop, "routine.toml").startswith('# ours\ndrop = ["network", "live"]   # no time\n')
    routine = routine_of(shop)
    assert routine is not None
    assert routine.add[0].days == ("weekday", "rush")


async def test_a_step_left_out_is_planned_again_with_the_same_key(shop: Path) -> None:
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 4, "Plan of the day")
        await lan.press("x")
        await lan.sees("Left out of the plan: 08:30 Target")
        assert "target" not in plan(shop)
        await lan.press("x")
        await lan.sees("Planned again: 08:30 Target")
    assert "target" in plan(shop)


async def test_nobody_takes_away_their_own_right_to_write(shop: Path) -> None:
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 2, "People and roles")
        await lan.press("enter")
        await lan.sees("People and roles: 沈岚")
        await lan.press("tab", "ctrl+u")
        await lan.types("view only")
        await lan.press("ctrl+s")
        await lan.sees("After this you could not write in the shop any more.")
    assert text(shop) == SETTINGS


async def test_somebody_who_may_only_look_changes_nothing(shop: Path) -> None:
    viewer = SETTINGS.replace('roles = ["operator"]', 'roles = ["viewer"]')
    (shop / "shop.toml").write_text(viewer, encoding="utf-8")
    async with at_the_desk("process", shop) as lan:
        await opens(lan, 1, "Targets")
        await lan.press("enter")
        await lan.sees("can only view this shop")
    assert text(shop) == viewer
