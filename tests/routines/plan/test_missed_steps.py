"""Weekly and monthly steps that were missed stay in the day until they are done or skipped."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from core.errors import UsageError
from routines.workday.workday import Workday
from tests.routines.days import CHINA, shop_folder

MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY = (date(2026, 11, n) for n in (16, 17, 19, 20, 21))


def workday(shop: Path, day: date, hour: int = 9) -> Workday:
    now = datetime(day.year, day.month, day.day, hour, tzinfo=CHINA)
    return Workday.open(shop, clock=lambda: now, who="Wang", lang="en")


def ids(day: Workday) -> list[str]:
    return [step.id for step in day.plan.steps]


def test_a_monday_step_that_was_missed_comes_each_day_until_it_is_done(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    monday = workday(shop, MONDAY)
    assert "page" in ids(monday)
    monday.note("target", "a busy Monday")

    tuesday = workday(shop, TUESDAY)
    assert "page" in ids(tuesday)
    assert not tuesday.step("page").must
    assert ids(tuesday).index("page") == ids(tuesday).index("drivers") + 1
    tuesday.note("target", "again no time")
    assert "page" in ids(workday(shop, FRIDAY)), "Wednesday and Thursday nobody worked"

    thursday = workday(shop, THURSDAY)
    thursday.begin("page")
    thursday.finish("page")
    assert "page" not in ids(workday(shop, FRIDAY))


def test_a_step_of_working_days_waits_over_the_weekend(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    routine = """[steps.communities]\nrepeat = "weekly:WE"\n"""
    (shop / "routine.toml").write_text(routine, encoding="utf-8")
    workday(shop, date(2026, 11, 18)).note("target", "a busy Wednesday")
    saturday = workday(shop, SATURDAY)
    assert "communities" not in ids(saturday), "the weekend has no such step"
    saturday.note("target", "all quiet")
    assert "communities" in ids(workday(shop, date(2026, 11, 23))), "Monday takes it up again"


def test_a_step_that_weekends_know_comes_on_them_too(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    tuesday = workday(shop, date(2026, 12, 1))
    tuesday.note("target", "no time for the plan of the month")
    assert "month_plan" in ids(workday(shop, date(2026, 12, 5)))


def test_one_that_was_done_or_skipped_does_not_come_again(tmp_path: Path) -> None:
    for how in ("done", "skipped"):
        shop = shop_folder(tmp_path / how)
        monday = workday(shop, MONDAY)
        if how == "done":
            monday.finish("page")
        else:
            monday.skip("page", "the page is being rebuilt")
        assert "page" not in ids(workday(shop, TUESDAY))


def test_a_dropped_one_is_still_owed(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    workday(shop, MONDAY).accept_drop(["page"])
    assert "page" in ids(workday(shop, TUESDAY))


def test_what_fell_on_days_nobody_worked_is_owed(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    workday(shop, date(2026, 11, 27)).note("target", "a Friday")
    wednesday = workday(shop, date(2026, 12, 2))
    assert {"page", "month_plan"} <= set(ids(wednesday)), "the first was a Tuesday nobody worked"
    wednesday.finish("month_plan")
    assert "month_plan" not in ids(workday(shop, date(2026, 12, 3)))


def test_a_new_shop_owes_nothing(tmp_path: Path) -> None:
    assert "page" not in ids(workday(shop_folder(tmp_path / "shop"), THURSDAY))


def test_any_step_can_be_taken_into_any_day_and_stays_once_it_is_begun(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    thursday = workday(shop, THURSDAY)
    assert {"page", "month_plan", "peak_watch"} <= {step.id for step in thursday.others()}
    assert thursday.take_in("page").id == "page"
    assert "page" not in ids(workday(shop, THURSDAY)), "it was only looked at"
    thursday.begin("page")
    thursday.note("page", "the bounce rate broke on the 12th")
    assert "page" in ids(workday(shop, THURSDAY))
    with pytest.raises(UsageError, match="Did you mean “page”"):
        thursday.take_in("pages")


def test_taking_a_step_in_ends_nobodys_visit_and_writes_no_plan_of_its_own(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    thursday = workday(shop, THURSDAY)
    thursday.begin("target")
    thursday.take_in("page")
    thursday.note("page", "looked at it")
    assert thursday.is_in("target")
    assert sum(entry.kind == "opened" for entry in thursday.entries()) == 1


def test_a_changed_plan_ends_nobodys_visit(tmp_path: Path) -> None:
    shop = shop_folder(tmp_path / "shop")
    day = workday(shop, THURSDAY)
    day.begin("target")
    (shop / "routine.toml").write_text("[steps.rivals]\nminutes = 12\n", encoding="utf-8")
    day.reload()
    day.note("target", "the plan is new")
    assert [entry.data.get("changed") for entry in day.entries() if entry.kind == "opened"] == [None, True]
    assert day.is_in("target")
