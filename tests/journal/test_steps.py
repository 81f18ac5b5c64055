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


def test_the_box_of_a_visit_goes_on_after_a_pause_and_begins_anew_after_leaving() -> None:
    paused: list[tuple[str, str, Kind, str, dict[str, Any]]] = [
        ("08:45", "陈", "started", "stock", {}),
        ("09:10", "陈", "left", "stock", {"until": "2026-11-16T08:55:00+08:00"}),
    ]
    rest = told(*paused)["stock"]
    assert (rest.state, rest.used, rest.since) == ("left", timedelta(minutes=10), None)
    assert (f"{rest.visit:%H:%M}", f"{rest.idle_since:%H:%M}") == ("08:45", "08:55")

    back = told(*paused, ("09:20", "陈", "started", "stock", {}))["stock"]
    assert (f"{back.visit:%H:%M}", f"{back.since:%H:%M}", back.idle_since) == ("08:45", "09:20", None)
    assert [f"{one:%H:%M}" for one in back.rests] == ["08:55"]

    left = told(*paused, ("09:20", "陈", "started", "stock", {}), ("09:25", "陈", "left", "stock", {}))[
        "stock"
    ]
    assert (left.visit, left.used) == (None, timedelta(minutes=15))
    again = told(
        ("08:45", "陈", "started", "stock", {}),
        ("08:50", "陈", "left", "stock", {}),
        ("09:30", "陈", "started", "stock", {}),
    )["stock"]
    assert f"{again.visit:%H:%M}" == "09:30"


def test_a_pause_cannot_end_after_it_was_noticed() -> None:
    for until in ("2026-11-16T09:30:00+08:00", "gestern", "2026-11-16T08:55:00"):
        found = told(
            ("08:45", "陈", "started", "stock", {}), ("09:00", "陈", "left", "stock", {"until": until})
        )
        assert found["stock"].used == timedelta(minutes=15), until


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


def test_a_step_taken_up_again_is_as_it_was_before_it_was_over() -> None:
    begun: tuple[str, str, Kind, str, dict[str, Any]] = ("08:45", "陈", "started", "stock", {})
    done: tuple[str, str, Kind, str, dict[str, Any]] = ("08:50", "陈", "done", "stock", {"quick": True})
    skipped: tuple[str, str, Kind, str, dict[str, Any]] = ("08:50", "陈", "skipped", "stock", {"reason": "x"})
    back: tuple[str, str, Kind, str, dict[str, Any]] = ("09:00", "林", "restored", "stock", {})

    assert told(skipped)["stock"].state == "skipped"
    assert "stock" not in told(back)
    again = told(skipped, back)["stock"]
    assert (again.state, again.reason) == ("untouched", "")
    again = told(begun, done, back)["stock"]
    assert (again.state, again.quick, again.finishers) == ("left", False, ())
    assert told(begun, back)["stock"].state == "running"
    looking = told(begun, done, ("08:55", "林", "started", "stock", {}), back)["stock"]
    assert looking.state == "running", "she is in it"


def test_who_finished_a_step_is_known_once_each_in_order() -> None:
    stock = told(
        ("08:45", "陈", "done", "stock", {"quick": True}),
        ("08:50", "林", "done", "stock", {}),
        ("08:55", "陈", "done", "stock", {"quick": True}),
    )["stock"]
    assert (stock.finishers, stock.quick, stock.who, f"{stock.ended:%H:%M}") == (
        ("陈", "林"), False, "陈", "08:45",
    )  # fmt: skip


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
    twelve = datetime(2026, 11, 16, 20, 50, tzinfo=shanghai)
    assert held.used_by(twelve) == timedelta(hours=12, minutes=20), "a long day is a day"
    assert held.used_by(twelve + timedelta(minutes=1)) == timedelta(minutes=20)
