"""Build the plan of a day: the timetable of its kind of day, the shop's changes, and the steps due on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from core.errors import UsageError
from core.language.wording import say
from core.shop.settings import Shop
from core.storage.decoding import unreadable_settings
from routines.days import alone, rush, weekday, weekend
from routines.days.platform_steps import boxes_on_platform
from routines.plan.calendar import falls_on, kind_of, official
from routines.plan.step import Box, Day, DayKind, Plan, Step, boxes_of
from routines.plan.step_extensions import ExtensibleDays, steps_with_extensions

if TYPE_CHECKING:
    from routines.plan.routine_overrides import Routine

_DAYS: Final[dict[DayKind, Day]] = {"weekday": weekday.DAY, "weekend": weekend.DAY, "rush": rush.DAY}
"""The timetable of each kind of day; a new kind is one file in ``days`` and a line here."""
_ALONE: Final[dict[DayKind, Day]] = {"weekday": alone.WEEKDAY, "weekend": alone.WEEKEND, "rush": alone.RUSH}
"""The timetable of each kind of day for a shop run by one person (``[day] people = 1``)."""
STEPS: Final = steps_with_extensions(_DAYS, _ALONE)
"""Every step by id, including those of other packages."""
DAYS: Final[Mapping[DayKind, Day]] = ExtensibleDays(_DAYS, STEPS)
ALONE: Final[Mapping[DayKind, Day]] = ExtensibleDays(_ALONE, STEPS)
ROUTINE_FILE: Final = "routine.toml"


def routine_of(folder: Path) -> Routine | None:
    """Return the contents of the shop's routine.toml; None if it has none.

    Raise BadSettings with file and line if it is invalid.
    """
    path = folder / ROUTINE_FILE
    try:
        path.lstat()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable_settings(path, error) from error
    from routines.plan.routine_overrides import load_routine

    try:
        return load_routine(path, DAYS)
    except FileNotFoundError:  # deleted in between
        return None


def days_of(shop: Shop) -> Mapping[DayKind, Day]:
    """Return the timetables that the shop uses: special ones if only one person works in the shop."""
    return ALONE if shop.day.people == 1 else DAYS


def boxes_for(kind: DayKind, routine: Routine | None, days: Mapping[DayKind, Day] = DAYS) -> tuple[Box, ...]:
    """Return the boxes of that kind of day with the shop's changes, including steps that are not daily."""
    if routine is None:
        return tuple(boxes_of(days[kind]))
    from routines.plan.routine_overrides import lay_over

    return lay_over(days[kind], kind, routine)


def plan_for(day: date, shop: Shop, routine: Routine | None) -> Plan:
    """Return the plan of the day: the steps due on it, with the changes made by the shop and its platform."""
    chosen = {} if routine is None else routine.days
    kind = kind_of(day, shop, official(day.year), chosen)
    boxes = boxes_for(kind, routine, days_of(shop))
    due = [box for box in boxes if falls_on(box.step.repeat, day)]
    return Plan(day, kind, *boxes_on_platform(due, shop, routine))


def known_boxes(routine: Routine | None, days: Mapping[DayKind, Day] = DAYS) -> tuple[Box, ...]:
    """Return all steps of all kinds of day.

    If a step appears on several kinds of day, its version for ordinary weekdays is returned.
    """
    boxes: dict[str, Box] = {}
    for kind in reversed(list(days)):
        boxes |= {box.step.id: box for box in boxes_for(kind, routine, days)}
    return tuple(boxes.values())


def find_step(step_id: str, routine: Routine | None) -> Step:
    """Return the step from any kind of day; raise UsageError with the closest name if there is no such step.

    Any step can be opened on any day, e.g. Monday's page check on a Thursday.
    """
    steps = {box.step.id: box.step for box in known_boxes(routine)}
    if step_id in steps:
        return steps[step_id]
    close = get_close_matches(step_id, list(steps), 1)
    if close:
        raise UsageError(
            say("There is no step “{step}”. Did you mean “{close}”?", step=step_id, close=close[0])
        )
    raise UsageError(say("There is no step “{step}”. Known: {names}.", step=step_id, names=", ".join(steps)))
