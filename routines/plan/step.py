"""The data model of a day: blocks, steps, and plans, independent of screens and clock."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, NamedTuple, TypeAlias

DayKind: TypeAlias = Literal["weekday", "weekend", "rush"]
Screen: TypeAlias = Literal["", "board", "meeting", "todo", "report"]


class Block(NamedTuple):
    """A section of the day; in a day's timetable, the steps listed below it belong to it."""

    id: str
    title: str
    """A message id; displayed with ``say``."""
    ends: time | None = None
    """The time by which its boxes should end; they are shrunk if necessary."""
    hard: bool = False
    """Whether the end is a deadline: steps that do not fit at their minimum are proposed for dropping."""


class Step(NamedTuple):
    """One step of the day: when and how long it is, which questions it asks, and which analysis it shows."""

    id: str
    at: time
    minutes: int
    title: str
    """A message id (or the operator's own words from routine.toml); displayed with ``say``."""
    ask: tuple[str, ...] = ()
    """Questions for the operator: message ids."""
    analyse: str | None = None
    """``module.function`` in a topic's folder; a name only, so that plans load without pandas."""
    record: tuple[str, ...] = ()
    """The ids of forms that can be recorded in the step."""
    must: bool = True
    """Whether the step must be done; others may be dropped when the day is behind."""
    least: int = 0
    """The minimum number of minutes; 0: half of ``minutes``."""
    catch_up: int = 0
    """The minutes of its short catch-up after a late start, when it takes precedence; 0: none."""
    repeat: str = ""
    """The days it appears on, e.g. ``weekly:MO`` or ``monthly:1``; empty: every day."""
    screen: Screen = ""
    """The special screen for working on the step; empty: the ordinary step screen."""
    help: str = ""
    """A message id: help shown with F1 in addition to the analysis's question."""

    @property
    def minimum(self) -> int:
        """The minimum number of minutes for the step."""
        return self.least or max(1, self.minutes // 2)


class Box(NamedTuple):
    """A step with its block."""

    step: Step
    block: Block


class Plan(NamedTuple):
    """The steps of one day in order: those due on it, with the shop's own changes applied."""

    day: date
    kind: DayKind
    boxes: tuple[Box, ...]
    unfed: tuple[Step, ...] = ()
    """Steps left out because the shop's platform has no export that feeds them."""

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order."""
        return tuple(box.step for box in self.boxes)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in order."""
        return tuple(dict.fromkeys(box.block for box in self.boxes))


Day: TypeAlias = tuple[Block | Step, ...]
"""The timetable of one kind of day: blocks, each followed by its steps."""


def boxes_of(day: Day) -> list[Box]:
    """Return each step of a day's timetable with its block."""
    boxes: list[Box] = []
    block = Block("day", "")
    for part in day:
        if isinstance(part, Block):
            block = part
        else:
            boxes.append(Box(part, block))
    return boxes
