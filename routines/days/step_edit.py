"""Edit a step's place in the day in routine.toml: its time, minutes, questions, and steps of the shop's own.

As in :mod:`routines.days.routine_edit`, the new text must differ from the old routine only in the requested
change, and everything else in the file is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomlkit

from core.shop.rewriting import by_hand, edited, rewrite
from core.shop.row_editing import append_entry, changed_meanwhile
from routines.days.day_plan import DAYS, ROUTINE_FILE
from routines.days.routine_edit import LOCK, Frequency, change_frequency, plain_routine
from routines.plan.routine_overrides import AddedStep, Routine, StepChange, routine_in


def change_step(folder: Path, step: str, was: StepChange, shall: StepChange) -> bool:
    """Replace a step's changes ``was`` by ``shall``; return False if nothing changes.

    Raise CannotWrite if somebody else has changed the step meanwhile or writing fails, and BadSettings if the
    file is invalid, would become so, or cannot be edited.
    """

    def wanted(routine: Routine) -> Routine:
        if routine.steps.get(step, StepChange()) != was:
            raise changed_meanwhile(ROUTINE_FILE)
        return replace(routine, steps={**routine.steps, step: shall})

    def put(document: tomlkit.TOMLDocument) -> None:
        tables: Any = document.get("steps")
        if tables is None:
            document["steps"] = tables = tomlkit.table(is_super_table=True)
        new = step not in tables
        if new:
            tables[step] = tomlkit.table()
        _update(tables[step], was, shall)
        if new:
            tables[step].add(tomlkit.nl())
        if not tables[step]:
            tables.pop(step)

    return _edit_routine(folder, wanted, put)


def change_own_step(folder: Path, was: AddedStep, shall: AddedStep) -> bool:
    """Replace a step that the shop has added; raises as :func:`change_step`."""
    place = -1

    def wanted(routine: Routine) -> Routine:
        nonlocal place
        if was not in routine.add:
            raise changed_meanwhile(ROUTINE_FILE)
        place = routine.add.index(was)
        return replace(routine, add=tuple(shall if one == was else one for one in routine.add))

    def put(document: tomlkit.TOMLDocument) -> None:
        added: Any = document["add"]
        _update(added[place], was, shall)

    return _edit_routine(folder, wanted, put)


def add_step(folder: Path, step: AddedStep) -> bool:
    """Add a step of the shop's own; raises as :func:`change_step`."""

    def put(document: tomlkit.TOMLDocument) -> None:
        append_entry(document, "add", lambda made: _update(made, None, step))

    return _edit_routine(folder, lambda routine: replace(routine, add=(*routine.add, step)), put)


def plan_step(folder: Path, step: str, *, planned: bool) -> None:
    """Leave the step out of every day, or plan it again as often as before; raises as :func:`change_step`."""
    change_frequency(
        folder, step, lambda now: Frequency(dropped=not planned, repeat=now.repeat), lambda _: None
    )


def _edit_routine(
    folder: Path, wanted: Callable[[Routine], Routine], put: Callable[[tomlkit.TOMLDocument], None]
) -> bool:
    path = folder / ROUTINE_FILE

    def change(raw: bytes | None) -> bytes | None:
        before = Routine() if raw is None else routine_in(path.name, raw, DAYS)
        goal = wanted(before)
        if plain_routine(goal) == plain_routine(before):
            return None
        made = edited(path.name, raw or b"", put)
        if plain_routine(routine_in(path.name, made, DAYS)) != plain_routine(goal):
            raise by_hand(path.name)
        return made

    return rewrite(path, folder / LOCK, change)


def _update(entry: Any, was: StepChange | AddedStep | None, shall: StepChange | AddedStep) -> None:  # noqa: ANN401 - tomlkit's own table
    """Write the fields of ``shall`` that differ from ``was`` into the entry; None removes a field."""
    for name in shall.__dataclass_fields__:
        value = getattr(shall, name)
        if was is not None and getattr(was, name) == value:
            continue
        if value is None:
            entry.pop(name, None)
        else:
            entry[name] = list(value) if isinstance(value, tuple) else value
