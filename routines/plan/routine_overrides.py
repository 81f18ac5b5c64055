"""routine.toml: the shop's own changes to the steps of its days; every error names the file and the line.

::

    drop = ["communities", "network"]

    [days]                       # the kind of day for a weekday or for one date
    saturday = "weekday"
    "2026-11-20" = "rush"

    [blocks.analysis]
    ends = "10:45"

    [steps.rivals]               # change a step: at minutes least must title ask analyse record repeat help
    at = "09:20"
    minutes = 30

    [[add]]                      # add a step; days: the kinds of day it appears on
    id = "parcels"
    at = "17:00"
    minutes = 10
    title = "发货巡检"
    ask = ["有没有超时未发的单？"]
    days = ["weekday", "rush"]

    [[fields]]                   # add a field to a form: text long choice yesno count number money date
    form = "rival"
    name = "面料"
    kind = "choice"
    choices = ["羊毛", "棉", "化纤"]
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from core.errors import BadSettings
from core.language.wording import say
from core.shop.loading import read
from core.shop.toml_lines import line_of
from core.storage.decoding import settings_bytes
from routines.forms.own_fields import OwnField, complaint
from routines.plan import analyses
from routines.plan.calendar import WEEKDAYS, falls_on
from routines.plan.step import Block, Box, Day, DayKind, Step, boxes_of

LONGEST: Final = 480
"""The maximum number of minutes of a box."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChange:
    """A shop's changes to a step; a field that is None stays unchanged."""

    at: str | None = None
    minutes: int | None = None
    least: int | None = None
    must: bool | None = None
    title: str | None = None
    ask: tuple[str, ...] | None = None
    analyse: str | None = None
    record: tuple[str, ...] | None = None
    repeat: str | None = None
    help: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedStep:
    """A step added by the shop."""

    id: str
    at: str
    minutes: int
    title: str
    least: int | None = None
    must: bool = False
    ask: tuple[str, ...] | None = None
    analyse: str | None = None
    record: tuple[str, ...] | None = None
    repeat: str | None = None
    help: str | None = None
    days: tuple[DayKind, ...] = ("weekday",)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockChange:
    """A shop's changes to a block; a field that is None stays unchanged."""

    ends: str | None = None
    hard: bool | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routine:
    """The contents of routine.toml as typed values."""

    days: dict[str, DayKind] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    blocks: dict[str, BlockChange] = field(default_factory=dict)
    steps: dict[str, StepChange] = field(default_factory=dict)
    add: tuple[AddedStep, ...] = ()
    fields: tuple[OwnField, ...] = ()


def load_routine(path: Path, days: Mapping[DayKind, Day]) -> Routine:
    """Return the validated routine; raise BadSettings with file and line if it is invalid."""
    return routine_in(path.name, settings_bytes(path), days)


def routine_in(name: str, raw: bytes, days: Mapping[DayKind, Day]) -> Routine:
    """Parse and validate a routine from bytes; raise BadSettings with the file's name and line if invalid."""
    routine = read(name, raw, Routine)
    _Check(name, raw.decode("utf-8-sig").splitlines()).all(routine, days)
    return routine


def lay_over(day: Day, kind: DayKind, routine: Routine) -> tuple[Box, ...]:
    """Return the day's boxes with the validated routine's changes applied, in order."""
    boxes = [_changed_box(box, routine) for box in boxes_of(day) if box.step.id not in routine.drop]
    blocks = list(dict.fromkeys(_changed_block(box.block, routine) for box in boxes_of(day)))
    starts = [min(box.step.at for box in boxes_of(day) if box.block.id == block.id) for block in blocks]
    moved = {name for name, change in routine.steps.items() if change.at is not None}
    boxes = [box._replace(block=_block_at(blocks, starts, box.step.at)) if box.step.id in moved else box
             for box in boxes]  # fmt: skip
    boxes += [
        Box(step, _block_at(blocks, starts, step.at))
        for added in routine.add
        if kind in added.days and added.id not in routine.drop
        for step in [_added_step(added)]
    ]
    return tuple(sorted(boxes, key=lambda box: (blocks.index(box.block), box.step.at)))


def _block_at(blocks: Sequence[Block], starts: Sequence[time], at: time) -> Block:
    return [block for block, start in zip(blocks, starts, strict=True) if start <= at or block is blocks[0]][
        -1
    ]


def _changed_block(block: Block, routine: Routine) -> Block:
    change = routine.blocks.get(block.id, BlockChange())
    return Block(
        block.id,
        block.title if change.title is None else change.title,
        block.ends if change.ends is None else read_time(change.ends),
        block.hard if change.hard is None else change.hard,
    )


def _changed_box(box: Box, routine: Routine) -> Box:
    block, change = _changed_block(box.block, routine), routine.steps.get(box.step.id)
    return Box(box.step if change is None else box.step._replace(**_written(change)), block)


def _added_step(added: AddedStep) -> Step:
    written = _written(added)
    written.pop("days")
    return Step(**written)


def _written(change: StepChange | AddedStep) -> dict[str, Any]:
    """Return the fields that are set, converted to the types that a step needs."""
    given = {name: getattr(change, name) for name in change.__dataclass_fields__}
    written = {name: value for name, value in given.items() if value is not None}
    if "at" in written:
        written["at"] = read_time(written["at"])
    return written


def read_time(text: str) -> time:
    """Parse a time of day such as ``9:05`` or ``09:05``; raise ValueError if it is invalid."""
    if not re.fullmatch(r"\d{1,2}:\d\d", text):
        raise ValueError(text)
    hour, _, minute = text.partition(":")
    return time(int(hour), int(minute))


@dataclass(frozen=True, slots=True)
class _Check:
    """Raises BadSettings for the first invalid value in the file."""

    file: str
    lines: Sequence[str]

    def all(self, routine: Routine, days: Mapping[DayKind, Day]) -> None:
        known = {box.step.id: box.step for day in days.values() for box in boxes_of(day)}
        blocks = [box.block.id for day in days.values() for box in boxes_of(day)]
        for number, added in enumerate(routine.add, 1):
            self.added(f"add[{number}]", added, known)
            known[added.id] = _added_step(added)
        for name in routine.drop:
            self.known(f"drop[{name}]", name, list(known), say("step"))
        for name, change in routine.steps.items():
            self.known(f"steps.{name}", name, list(known), say("step"))
            self.change(f"steps.{name}", change, known[name])
        for name, block in routine.blocks.items():
            self.known(f"blocks.{name}", name, blocks, say("block"))
            if block.ends is not None:
                self.time(f"blocks.{name}.ends", block.ends)
        for name in routine.days:
            self.day(name)
        for number, one in enumerate(routine.fields):
            self.own_field(f"fields[{number + 1}]", one, routine.fields[:number])

    def own_field(self, path: str, one: OwnField, before: Sequence[OwnField]) -> None:
        from routines.forms.forms import FORMS

        self.known(f"{path}.form", one.form, list(FORMS), say("form"))
        wrong = complaint(one, FORMS[one.form], [other for other in before if other.form == one.form])
        if wrong is not None:
            raise self.error(f"{path}.{wrong[0]}", wrong[1])

    def added(self, path: str, added: AddedStep, known: Mapping[str, Step]) -> None:
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", added.id):
            raise self.error(
                f"{path}.id",
                say("“{id}” is not a valid id: use only small letters, digits and _.", id=added.id),
            )
        if added.id in known:
            said = say("the day already has a step “{id}”. Change it under [steps.{id}].", id=added.id)
            raise self.error(f"{path}.id", said)
        if not added.title.strip():
            raise self.error(f"{path}.title", say("a step needs a title."))
        self.change(path, added, None)

    def change(self, path: str, change: StepChange | AddedStep, step: Step | None) -> None:
        if change.at is not None:
            self.time(f"{path}.at", change.at)
        minutes = change.minutes if change.minutes is not None else (step.minutes if step else 1)
        if not 1 <= minutes <= LONGEST:
            said = say(
                "{minutes} minutes is not possible. Write 1 to {longest}.", minutes=minutes, longest=LONGEST
            )
            raise self.error(f"{path}.minutes", said)
        if change.least is not None and not 1 <= change.least <= minutes:
            said = say("{least} minutes is not possible: at least 1 and no more than the step's {minutes}.",
                       least=change.least, minutes=minutes)  # fmt: skip
            raise self.error(f"{path}.least", said)
        if change.analyse and not analyses.known(change.analyse):
            self.known(f"{path}.analyse", change.analyse, analyses.names(), say("analysis"))
        for form in change.record or ():
            from routines.forms.forms import FORMS

            self.known(f"{path}.record", form, list(FORMS), say("form"))
        self.repeat(f"{path}.repeat", change.repeat or "")

    def repeat(self, path: str, repeat: str) -> None:
        try:
            falls_on(repeat, date(2026, 1, 1))
        except ValueError as error:
            said = say("“{repeat}” is not a valid repeat. Write weekly:MO, weekly:MO,TH, monthly:1 or "
            "monthly:-1.",
                       repeat=repeat)  # fmt: skip
            raise self.error(path, said) from error

    def time(self, path: str, text: str) -> None:
        try:
            read_time(text)
        except ValueError as error:
            raise self.error(path, say('“{text}” is not a time. Write "09:20".', text=text)) from error

    def day(self, name: str) -> None:
        if name in WEEKDAYS:
            return
        try:
            date.fromisoformat(name)
        except ValueError:
            self.known(f"days.{name}", name, list(WEEKDAYS), say("weekday or date"))

    def known(self, path: str, name: str, names: Sequence[str], what: str) -> None:
        if name in names:
            return
        close = get_close_matches(name, names, 1, 0.5)
        if close:
            said = say(
                "there is no {what} “{name}”. Did you mean “{close}”?", what=what, name=name, close=close[0]
            )
        else:
            all_names = ", ".join(dict.fromkeys(names))
            said = say("there is no {what} “{name}”. Known: {names}.", what=what, name=name, names=all_names)
        raise self.error(path, said)

    def error(self, path: str, said: str) -> BadSettings:
        quoted = re.fullmatch(r"drop\[(.*)\]", path)
        line = line_of(self.lines, "drop" if quoted else path) or 1
        if quoted:  # a long list may span several lines
            rest = range(line, len(self.lines) + 1)
            line = next((n for n in rest if f'"{quoted[1]}"' in self.lines[n - 1]), line)
        return BadSettings(f"{self.file}:{line}: {path.partition('[')[0] if quoted else path}: {said}")
