"""routine.toml: every shop's day is its own, and a mistake in it names its line."""

# ruff: noqa: E501 - one case a line

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from core.errors import BadSettings
from routines.days.day_plan import boxes_for, plan_for, routine_of
from routines.plan.step import Plan
from tests.routines.days import LANTING, TUESDAY, shop_folder


def plan(folder: Path, text: str, day: date = TUESDAY) -> Plan:
    return plan_for(day, LANTING, routine_of(shop_folder(folder, routine=text)))


def ids(found: Plan) -> list[str]:
    return [step.id for step in found.steps]


def complaint(folder: Path, text: str) -> str:
    with pytest.raises(BadSettings) as caught:
        plan(folder, text)
    return str(caught.value)


def test_without_a_file_the_day_is_as_written(tmp_path: Path) -> None:
    found = plan_for(TUESDAY, LANTING, routine_of(tmp_path))
    assert ids(found)[:3] == ["target", "stock", "drivers"]
    assert "page" not in ids(found)


def test_drop_move_resize_and_new_questions(tmp_path: Path) -> None:
    found = plan(
        tmp_path,
        """
        drop = ["communities", "network"]

        [blocks.analysis]
        ends = "10:45"

        [steps.rivals]
        at = "08:40"
        minutes = 30
        must = false
        ask = ["谁在打价格战？"]

        [steps.optimise]
        at = "10:50"
        """,
    )
    assert not {"communities", "network"} & set(ids(found))
    assert ids(found)[:3] == ["target", "rivals", "stock"]
    rivals = found.steps[1]
    assert (rivals.at, rivals.minutes, rivals.must, rivals.ask) == (
        time(8, 40),
        30,
        False,
        ("谁在打价格战？",),
    )
    assert rivals.analyse == "rivals.moves"
    assert found.blocks[0].ends == time(10, 45)
    assert next(box.block.id for box in found.boxes if box.step.id == "optimise") == "doing"


def test_a_step_of_the_shops_own_stands_where_its_time_is(tmp_path: Path) -> None:
    text = """
    [[add]]
    id = "parcels"
    at = "17:00"
    minutes = 10
    title = "发货巡检"
    ask = ["有没有超时未发的单？"]
    analyse = "stock.cover"
    record = ["check"]
    repeat = "weekly:TU,TH"
    days = ["weekday", "rush"]
    """
    found = plan(tmp_path, text)
    box = next(box for box in found.boxes if box.step.id == "parcels")
    assert (box.block.id, box.step.title, box.step.analyse) == ("team", "发货巡检", "stock.cover")
    assert box.step.record == ("check",)
    assert ids(found).index("parcels") == ids(found).index("wrapup") - 1
    assert "parcels" not in ids(plan(tmp_path, text, date(2026, 11, 18)))
    assert "parcels" not in [box.step.id for box in boxes_for("weekend", routine_of(tmp_path))]


def test_which_day_on_which_weekday(tmp_path: Path) -> None:
    text = '[days]\nsaturday = "weekday"\ntuesday = "weekend"\n"2026-11-24" = "rush"\n'
    assert plan(tmp_path, text, date(2026, 11, 21)).kind == "weekday"
    assert plan(tmp_path, text).kind == "weekend"
    assert plan(tmp_path, text, date(2026, 11, 24)).kind == "rush"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('\ndrop = ["netwrok"]\n', "routine.toml:2: drop: there is no step “netwrok”. Did you mean “network”?"),
        ('drop = [\n  "live",\n  "lvie",\n]\n', "routine.toml:3: drop: there is no step “lvie”. Did you mean “live”?"),
        ("[steps.stock]\nminutes = 5\n[steps.rivls]\nminutes = 5\n",
         "routine.toml:3: steps.rivls: there is no step “rivls”. Did you mean “rivals”?"),
        ("[steps.stock]\nminutes = 5\n[steps.rivals]\nminuts = 5\n",
         "routine.toml:4: steps.rivals.minuts: there is no “minuts”. Did you mean “minutes”?"),
        ('[steps.stock]\nminutes = 5\n[steps.rivals]\nminutes = "long"\n',
         ("routine.toml:4: steps.rivals.minutes: 'long' was written, but a whole number is "
"needed here.")),
        ('[steps.stock]\nat = "25:00"\n', 'routine.toml:2: steps.stock.at: “25:00” is not a time. Write "09:20".'),
        ("[steps.stock]\nminutes = 0\n",
         "routine.toml:2: steps.stock.minutes: 0 minutes is not possible. Write 1 to 480."),
        ("[steps.stock]\nleast = 30\n",
         ("routine.toml:2: steps.stock.least: 30 minutes is not possible: at least 1 and "
"no more than the step's 10.")),
        ('[steps.stock]\nrepeat = "weekly:XX"\n',
         ("routine.toml:2: steps.stock.repeat: “weekly:XX” is not a valid repeat. Write "
"weekly:MO, weekly:MO,TH, monthly:1 or monthly:-1.")),
        ('[steps.stock]\nanalyse = "stock.covr"\n',
         "routine.toml:2: steps.stock.analyse: there is no analysis “stock.covr”. Did you mean “stock.cover”?"),
        ('[steps.stock]\nrecord = ["rivel"]\n',
         "routine.toml:2: steps.stock.record: there is no form “rivel”. Did you mean “rival”?"),
        ('[days]\nsaterday = "weekday"\n',
         "routine.toml:2: days.saterday: there is no weekday or date “saterday”. Did you mean “saturday”?"),
        ('[days]\nsaturday = "holiday"\n',
         "routine.toml:2: days.saturday: “holiday” is not one of: weekday, weekend, rush."),
        ('[blocks.evning]\nends = "22:00"\n',
         "routine.toml:1: blocks.evning: there is no block “evning”. Did you mean “evening”?"),
        ('[[add]]\nid = "one"\nat = "9:00"\nminutes = 5\ntitle = "One"\n[[add]]\nid = "two"\nat = "9:00"\ntitle = "Two"\n',
         "routine.toml:6: add[2]: “minutes” is missing. Add it."),
        ('[[add]]\nid = "stock"\nat = "9:00"\nminutes = 5\ntitle = "Stock"\n',
         ("routine.toml:2: add[1].id: the day already has a step “stock”. Change it under "
"[steps.stock].")),
        ('[[add]]\nid = "Two words"\nat = "9:00"\nminutes = 5\ntitle = "X"\n',
         ("routine.toml:2: add[1].id: “Two words” is not a valid id: use only small "
"letters, digits and _.")),
    ],
)  # fmt: skip
# pairs
def test_a_mistake_names_file_line_and_the_closest_name(tmp_path: Path, text: str, said: str) -> None:
    assert complaint(tmp_path, text) == said


def test_what_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    assert "routine.toml" in complaint(tmp_path, "drop = [\n")
    assert "line 2" in complaint(tmp_path, 'drop = ["live"]\n= 3\n')
