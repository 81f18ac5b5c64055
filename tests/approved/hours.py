"""How the day is laid out, hour by hour: begun late, on time, interrupted, with more time and with less."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, TypeAlias

from routines.days.day_plan import ALONE, DAYS, boxes_for
from routines.plan.calendar import falls_on
from routines.plan.schedule import Agenda, AgendaLine, agenda
from routines.plan.step import Plan
from tests.routines.days import TUESDAY, at, happened

Line: TypeAlias = tuple[Any, ...]
OPENED = (
    "08:30",
    "09:05",
    "09:50",
    "10:20",
    "11:10",
    "11:50",
    "13:00",
    "17:20",
    "18:10",
    "20:40",
    "21:59",
    "23:30",
)
STARTED = ("09:00", "10:00", "10:25", "11:30", "14:00", "20:05")


def hours() -> Iterator[str]:
    """Yield, for each kind of day, what the day looks like at some moments."""
    for people, days in (("the team", DAYS), ("one person", ALONE)):
        for kind in days:
            boxes = boxes_for(kind, None, days)
            plan = Plan(TUESDAY, kind, tuple(box for box in boxes if falls_on(box.step.repeat, TUESDAY)))
            yield f"== {kind} of {people}"
            for time, told, lines in _moments(plan):
                yield f"{time} {told}"
                yield from _agenda(agenda(plan, happened(*lines), at(time)))


def _moments(plan: Plan) -> Iterator[tuple[str, str, list[Line]]]:
    for time in OPENED:
        yield time, "and nothing is done", []
    for time in STARTED:
        done = [line for box in plan.boxes if f"{box.step.at:%H:%M}" < time for line in _in_time(box.step)]
        yield time, "and all is done up to now", done
        yield time, "and the last step goes on", done[:-1]
        yield time, "and the last step was left and taken up again", [*done[:-1], *_left(time, done)]
    first, second, third = (step.id for step in plan.steps[:3])
    for time in ("10:40", "12:05", "18:00", "20:00", "21:50"):
        yield time, "and the first step is begun", [(time, "started", first)]
    begun: list[Line] = [("08:30", "started", first)]
    for time in ("08:40", "08:52", "09:30", "10:29"):
        yield time, "and the first step goes on", begun
        yield time, "and it has ten minutes more", [*begun, ("08:35", "extended", first, {"minutes": 10})]
        yield time, "and the second was begun instead", [*begun, ("08:36", "started", second)]
        yield time, "and it was left out", [*begun, ("08:36", "skipped", first, {"reason": "没数据"})]
        yield time, "and two are dropped", [*begun, ("08:36", "dropped", "", {"steps": [second, third]})]


def _in_time(step: Any) -> list[Line]:
    begins = at(f"{step.at:%H:%M}")
    ends = begins + timedelta(minutes=step.minutes)
    return [(f"{begins:%H:%M}", "started", step.id), (f"{ends:%H:%M}", "done", step.id)]


def _left(time: str, done: list[Line]) -> list[Line]:
    if not done:
        return []
    step, moment = done[-1][2], at(time)
    until = (moment - timedelta(minutes=4)).isoformat()
    return [
        (f"{moment - timedelta(minutes=2):%H:%M}", "left", step, {"until": until}),
        (f"{moment - timedelta(minutes=1):%H:%M}", "started", step),
    ]


def _agenda(found: Agenda) -> Iterator[str]:
    told = map(_line, found.lines)
    yield "  " + ", ".join(line for line in told if line)
    marks = [f"now {found.current.step.id}"] if found.current else []
    if (end := found.next_deadline) is not None:
        marks.append(f"{end.open_steps} open until {end.at:%H:%M} ({end.minutes_left}), {end.block.id}")
    if found.behind_minutes or found.behind_the_clock:
        marks.append(f"behind {found.behind_minutes}, {found.behind_the_clock} steps")
    if (drop := found.proposal) is not None:
        enough = "" if drop.enough else ", not enough"
        marks.append(f"drop {' '.join(drop.steps)} by {drop.deadline:%H:%M}, frees {drop.frees}{enough}")
    marks += [f"{one.block.id} over {one.deadline:%H:%M} by {one.minutes}" for one in found.overruns]
    if found.catch_up:
        marks.append(f"catch up {' '.join(found.catch_up)}")
    yield f"  {'; '.join(marks)}"


def _line(line: AgendaLine) -> str:
    """Return how the step stands; empty where it waits for its planned time."""
    names = ("no_room", "missed", "shrunk", "left_open")
    marks = [name for name in names if getattr(line, name)]
    if line.used_minutes is not None:
        marks.append(f"used {line.used_minutes}")
    if line.visit is not None:
        marks.append(f"until {line.visit.end:%H:%M}")
    if line.over_minutes:
        marks.append(f"over {line.over_minutes}")
    if line.idle_since is not None:
        marks.append(f"idle since {line.idle_since:%H:%M}")
    if not marks and not _moved(line) and line.state == "later":
        return ""
    planned = f" of {line.planned_start:%H:%M}+{line.planned_minutes}" if _moved(line) else ""
    told = f" ({'; '.join(marks)})" if marks else ""
    return f"{line.step.id} {line.state} {line.start:%H:%M}+{line.minutes}{planned}{told}"


def _moved(line: AgendaLine) -> bool:
    return (line.start, line.minutes) != (line.planned_start, line.planned_minutes)
