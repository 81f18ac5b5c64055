"""Every step of every day keeps the same promises."""

from __future__ import annotations

from datetime import time

import pytest

from core.shop.settings import DaySettings
from routines.days.day_plan import ALONE, DAYS, plan_for
from routines.plan import analyses
from routines.plan.calendar import falls_on
from routines.plan.schedule import agenda
from routines.plan.step import Block, Day, DayKind, Plan, Step, boxes_of
from tests.routines.days import LANTING, TUESDAY, at

ALL = [
    (kind if days is DAYS else f"alone {kind}", part)
    for days in (DAYS, ALONE)
    for kind, day in days.items()
    for part in day
    if isinstance(part, Step)
]
DOMAIN = """
target stock drivers page rivals reviews paid campaigns checks standup hands_on
breakdown promotion design content service members optimise notices month_plan wrapup
evening_ads order_gap evening_service live communities network summary
"""


def test_the_weekday_has_every_step_of_the_domain_in_its_order() -> None:
    assert [step.id for kind, step in ALL if kind == "weekday"] == DOMAIN.split()


@pytest.mark.parametrize(("kind", "step"), ALL, ids=[f"{kind}-{step.id}" for kind, step in ALL])
def test_a_step_has_questions_a_minimum_and_an_analysis_that_is_there(kind: str, step: Step) -> None:
    del kind
    assert 2 <= len(step.ask) <= 4
    assert len(set(step.ask)) == len(step.ask)
    assert 1 <= step.minimum <= step.minutes
    assert step.analyse is None or analyses.known(step.analyse)
    if step.analyse:
        first = analyses.question(step.analyse).partition("\n")[0]
        assert first.endswith("?"), "the first line of an analysis is its question"


@pytest.mark.parametrize("days", [DAYS, ALONE], ids=["team", "alone"])
@pytest.mark.parametrize("kind", DAYS)
def test_a_day_stands_in_the_order_of_the_clock_and_ids_are_its_own(
    kind: DayKind, days: dict[DayKind, Day]
) -> None:
    steps = [part for part in days[kind] if isinstance(part, Step)]
    assert len({step.id for step in steps}) == len(steps)
    assert [step.at for step in steps] == sorted(step.at for step in steps)
    blocks = [part for part in days[kind] if isinstance(part, Block)]
    assert blocks[0] is days[kind][0]
    assert [block.ends for block in blocks] == sorted(block.ends or time.max for block in blocks)


@pytest.mark.parametrize("kind", DAYS)
@pytest.mark.parametrize("days", [DAYS, ALONE], ids=["team", "alone"])
def test_a_day_as_planned_fits_without_shrinking(kind: DayKind, days: dict[DayKind, Day]) -> None:
    boxes = tuple(box for box in boxes_of(days[kind]) if falls_on(box.step.repeat, TUESDAY))
    found = agenda(Plan(TUESDAY, kind, boxes), (), at("07:00"))
    assert not any(line.shrunk or line.no_room for line in found.lines)
    assert found.proposal is None


def test_the_hard_deadlines_are_half_past_ten_and_noon() -> None:
    hard = [part for part in DAYS["weekday"] if isinstance(part, Block) and part.hard]
    assert [(block.id, block.ends) for block in hard] == [("analysis", time(10, 30)), ("doing", time(12, 0))]


@pytest.mark.parametrize("kind", DAYS)
def test_one_person_s_day_has_about_half_the_minutes_and_no_meeting_of_a_quarter_of_an_hour(
    kind: DayKind,
) -> None:
    team, alone = (
        [part for part in days[kind] if isinstance(part, Step) and not part.repeat] for days in (DAYS, ALONE)
    )
    share = sum(step.minutes for step in alone) / sum(step.minutes for step in team)
    assert 0.4 <= share <= 0.6
    assert all(step.minutes <= 6 for step in alone if step.id in ("standup", "wrapup"))
    assert {step.id for step in alone} <= {step.id for step in team}


@pytest.mark.parametrize(("people", "minutes"), [(0, 15), (1, 6), (2, 15), (10, 15)])
def test_how_many_people_there_are_chooses_the_day(people: int, minutes: int) -> None:
    shop = LANTING._replace(day=DaySettings(people=people))
    plan = plan_for(TUESDAY, shop, None)
    assert next(step.minutes for step in plan.steps if step.id == "standup") == minutes
