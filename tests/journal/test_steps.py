"""How far each step has come, from what people did."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.journal.entry import Entry, Kind
from core.journal.steps import StepState, steps

MONDAY = date(2026, 11, 16)


def told(*rows: tuple[str, str, Kind, str, dict[str, Any]]) -> dict[str, StepState]:
    entries = []
    for number, (clock, who, kind, step, data) in enumerate(rows):
        at = datetime.fromisoformat(f"2026-11-16T{clock}:00").replace(tzinfo=ZoneInfo("Asia/Shanghai"))
        entries.append(Entry(str(number), at, who, kind, step, data, MONDAY))
    return steps(entries)


def test_begun_left_begun_again_and_done() -> None:
    stock = told(
        ("08:45", "陈", "started", "stock", {}),
        ("08:50", "陈", "left", "stock", {}),
        ("09:30", "陈", "started", "stock", {}),
        ("09:33", "陈", "done", "stock", {}),
    )["stock"]

    assert (stock.state, stock.used, stock.since) == ("done", timedelta(minutes=8), None)
    assert (f"{stock.started:%H:%M}", f"{stock.ended:%H:%M}") == ("08:45", "09:33")


def test_beginning_the_next_step_leaves_the_one_before() -> None:
    found = told(("08:45", "陈", "started", "stock", {}), ("08:55", "陈", "started", "rivals", {}))

    assert (found["stock"].state, found["stock"].used) == ("left", timedelta(minutes=10))
    assert found["rivals"].state == "running"


def test_after_a_broken_session_the_visit_ended_with_the_last_sign_of_life() -> None:
    found = told(
        ("08:45", "陈", "started", "stock", {}),
        ("08:49", "陈", "note", "stock", {"text": "补"}),
        ("13:00", "陈", "opened", "", {"plan": []}),
    )

    assert (found["stock"].state, found["stock"].used) == ("left", timedelta(minutes=4))


def test_two_people_in_one_step_count_the_time_once() -> None:
    stock = told(
        ("08:45", "陈", "started", "stock", {}),
        ("08:50", "林", "started", "stock", {}),
        ("08:55", "陈", "left", "stock", {}),
        ("09:05", "林", "done", "stock", {}),
    )["stock"]

    assert (stock.state, stock.used, stock.who) == ("done", timedelta(minutes=20), "林")


def test_what_is_done_stays_done_until_it_is_taken_up_again() -> None:
    done: tuple[str, str, Kind, str, dict[str, Any]] = ("08:45", "陈", "done", "stock", {"quick": True})

    assert told(done, ("09:00", "林", "started", "stock", {}))["stock"].state == "done"
    assert told(done, ("09:00", "林", "skipped", "stock", {"reason": "x"}))["stock"].state == "done"
    assert told(done, ("09:00", "林", "started", "stock", {"again": True}))["stock"].state == "running"


def test_skipped_with_its_reason_dropped_together_and_extended() -> None:
    found = told(
        ("09:00", "陈", "skipped", "rivals", {"reason": "平台崩了"}),
        ("09:01", "陈", "dropped", "", {"steps": ["live", "network", 3]}),
        ("09:02", "陈", "extended", "stock", {"minutes": 5}),
        ("09:03", "陈", "extended", "stock", {"minutes": "viel"}),
        ("09:04", "陈", "note", "paid", {"text": "x"}),
    )

    assert (found["rivals"].state, found["rivals"].reason) == ("skipped", "平台崩了")
    assert (found["live"].state, found["network"].state, found["stock"].extended) == ("dropped", "dropped", 5)
    assert "paid" not in found


def test_a_skipped_step_can_be_begun_after_all() -> None:
    found = told(
        ("09:00", "陈", "skipped", "rivals", {"reason": "x"}), ("10:00", "陈", "started", "rivals", {})
    )

    assert (found["rivals"].state, found["rivals"].reason) == ("running", "")


def test_a_step_left_running_on_a_past_day_does_not_go_on_counting() -> None:
    held = told(("08:30", "lan", "started", "target", {}), ("08:50", "lan", "note", "target", {"text": "x"}))[
        "target"
    ]
    shanghai = ZoneInfo("Asia/Shanghai")
    assert held.used_by(datetime(2026, 11, 16, 9, 0, tzinfo=shanghai)) == timedelta(minutes=30)
    assert held.used_by(datetime(2026, 11, 22, 9, 0, tzinfo=shanghai)) == timedelta(minutes=20)
    assert held.used_by(None) == timedelta()
