"""Edit routine.toml to change how often a step appears, keeping the file's other content.

Before the new text replaces the old one, it is parsed as a complete routine and must differ from the old
routine only in the requested change. If that is not possible, the edit is refused and the file stays
unchanged.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Final

import tomlkit

from core.shop.rewriting import by_hand, edited, rewrite
from routines.days.day_plan import DAYS, ROUTINE_FILE
from routines.plan.routine_overrides import Routine, StepChange, routine_in

LOCK: Final = ".routine.toml.lock"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a step appears according to routine.toml."""

    dropped: bool = False
    repeat: str | None = None
    """None: as in the day's timetable; "": every day; else a repeat such as ``weekly:MO``."""


def frequency(routine: Routine | None, step: str) -> Frequency:
    """Return the frequency of the step set in routine.toml."""
    if routine is None:
        return Frequency()
    change = routine.steps.get(step)
    return Frequency(step in routine.drop, None if change is None else change.repeat)


def set_frequency(folder: Path, step: str, wanted: Frequency) -> Frequency:
    """Set how often the step appears, and return the previous setting.

    Raise BadSettings if the file is invalid or cannot be edited without changing anything else, and
    CannotWrite if writing fails or somebody saves the file during every attempt.
    """
    found: list[Frequency] = []
    change_frequency(folder, step, lambda _: wanted, found.append)
    return found[-1]


def change_frequency(
    folder: Path,
    step: str,
    wanted: Callable[[Frequency], Frequency],
    record: Callable[[Frequency], object],
) -> None:
    """Change how often the step appears; ``wanted`` computes the new setting from the current one.

    ``record`` is called with the current setting, under the lock and right before the file changes (also if
    nothing changes), so that the setting can be restored after any interruption. If somebody saves the file
    in between, both functions are called again. Raises as :func:`set_frequency`, and whatever ``record``
    raises.
    """
    path = folder / ROUTINE_FILE
    now = Frequency()

    def change(raw: bytes | None) -> bytes | None:
        nonlocal now
        routine = None if raw is None else routine_in(path.name, raw, DAYS)
        now = frequency(routine, step)
        goal = wanted(now)
        if goal == now:
            record(now)
            return None
        made = edited(path.name, raw or b"", partial(_put, step=step, wanted=goal))
        if plain_routine(routine_in(path.name, made, DAYS)) != plain_routine(
            _goal(routine or Routine(), step, goal)
        ):
            raise by_hand(path.name)
        return made

    rewrite(path, folder / LOCK, change, last=lambda: record(now))


def _goal(routine: Routine, step: str, wanted: Frequency) -> Routine:
    drop = [one for one in routine.drop if one != step] + ([step] if wanted.dropped else [])
    change = replace(routine.steps.get(step, StepChange()), repeat=wanted.repeat)
    return replace(routine, drop=tuple(drop), steps={**routine.steps, step: change})


def plain_routine(routine: Routine) -> Routine:
    """Return the routine without empty changes, for comparison with another one."""
    steps = {name: change for name, change in routine.steps.items() if change != StepChange()}
    return replace(routine, steps=steps, drop=tuple(sorted(routine.drop)))


def _put(document: tomlkit.TOMLDocument, step: str, wanted: Frequency) -> None:
    _put_drop(document, step, dropped=wanted.dropped)
    _put_repeat(document, step, wanted.repeat)


def _put_drop(document: tomlkit.TOMLDocument, step: str, *, dropped: bool) -> None:
    listed: Any = document.get("drop")
    if dropped and listed is None:
        document.add("drop", [step])  # tomlkit inserts it above the tables
    elif dropped and step not in listed:
        listed.append(step)
    elif not dropped and listed is not None and step in listed:
        listed.remove(step)  # keep an empty list: it may have a comment


def _put_repeat(document: tomlkit.TOMLDocument, step: str, repeat: str | None) -> None:
    tables: Any = document.get("steps")
    if repeat is not None:
        if tables is None:
            document["steps"] = tables = tomlkit.table(is_super_table=True)
        if step not in tables:
            tables[step] = tomlkit.table()
            tables[step].add(tomlkit.nl())
        tables[step]["repeat"] = repeat
    elif tables is not None and step in tables:
        tables[step].pop("repeat", None)
        if not tables[step]:
            tables.pop(step)
