"""routine.toml changed by the program: one step thinned out or put back, the file's own words kept.

The new text is read as a whole routine before it takes the old one's place, and must differ from it only in
what was asked for; what cannot be written that way is refused and the file stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import tomlkit
from tomlkit.exceptions import TOMLKitError

from core.durable import locked, write_atomically
from core.problem import BadSettings
from core.wording import say
from routines.overlay import Routine, StepChange, load_routine
from routines.planning import DAYS, ROUTINE_FILE, routine_of

LOCK: Final = ".routine.toml.lock"


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often a step comes, as far as routine.toml says."""

    dropped: bool = False
    repeat: str | None = None
    """None: as the day file has it; "": every day; ``weekly:MO``."""


def frequency(routine: Routine | None, step: str) -> Frequency:
    """Return what routine.toml says of the step."""
    if routine is None:
        return Frequency()
    change = routine.steps.get(step)
    return Frequency(step in routine.drop, None if change is None else change.repeat)


def set_frequency(folder: Path, step: str, wanted: Frequency) -> Frequency:
    """Write how often the step comes and return what was there before.

    BadSettings: the file is wrong, or cannot be changed without touching more. CannotWrite: disk or rights.
    """
    path = (folder / ROUTINE_FILE).resolve()
    with locked(folder / LOCK):
        routine = routine_of(folder)
        before = frequency(routine, step)
        if wanted == before:
            return before
        text = path.read_bytes().decode("utf-8-sig") if path.is_file() else ""
        made = _changed(path, text, step, wanted)
        if _plain(_read(made)) != _plain(_goal(routine or Routine(), step, wanted)):
            raise _by_hand(path)
        write_atomically(path, made.encode("utf-8"))
    return before


def _goal(routine: Routine, step: str, wanted: Frequency) -> Routine:
    drop = [one for one in routine.drop if one != step] + ([step] if wanted.dropped else [])
    change = replace(routine.steps.get(step, StepChange()), repeat=wanted.repeat)
    return replace(routine, drop=tuple(drop), steps={**routine.steps, step: change})


def _plain(routine: Routine) -> Routine:
    """Return the routine so that an empty change and none are the same."""
    steps = {name: change for name, change in routine.steps.items() if change != StepChange()}
    return replace(routine, steps=steps, drop=tuple(sorted(routine.drop)))


def _changed(path: Path, text: str, step: str, wanted: Frequency) -> str:
    try:
        document = tomlkit.parse(text)
        _put_drop(document, step, dropped=wanted.dropped)
        _put_repeat(document, step, wanted.repeat)
        made = tomlkit.dumps(document)
    except (TOMLKitError, TypeError, AttributeError, KeyError, ValueError) as error:
        raise _by_hand(path) from error
    return made.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else made


def _put_drop(document: tomlkit.TOMLDocument, step: str, *, dropped: bool) -> None:
    listed: Any = document.get("drop")
    if dropped and listed is None:
        document.add("drop", [step])  # above the tables: tomlkit sees to it
    elif dropped and step not in listed:
        listed.append(step)
    elif not dropped and listed is not None and step in listed:
        listed.remove(step)  # an empty list stays: somebody's words may stand behind it


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


def _read(text: str) -> Routine:
    """Read the new text as the whole routine it would be; BadSettings when it would be none."""
    with TemporaryDirectory(prefix="shopday-") as folder:
        candidate = Path(folder) / ROUTINE_FILE
        candidate.write_bytes(text.encode("utf-8"))
        return load_routine(candidate, DAYS)


def _by_hand(path: Path) -> BadSettings:
    return BadSettings(
        say("{file} cannot be changed from here without touching more. Write it in by hand.", file=path.name)
    )
