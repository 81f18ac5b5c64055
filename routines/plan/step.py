"""A day in data: blocks, steps and the plan they make. No step knows how it is drawn or when it is done."""

from __future__ import annotations

from datetime import date, time
from typing import Literal, NamedTuple, TypeAlias

DayKind: TypeAlias = Literal["weekday", "weekend", "rush"]
Screen: TypeAlias = Literal["", "board", "meeting", "todo", "report"]


class Block(NamedTuple):
    """A stretch of the day; the steps below it in the day file belong to it."""

    id: str
    title: str
    """A message id; shown with ``say``."""
    ends: time | None = None
    """Its boxes shrink to end by then."""
    hard: bool = False
    """A deadline: what does not fit even at its minimum is proposed for dropping."""


class Step(NamedTuple):
    """One box of the day: when, how long, what is asked, which analysis answers."""

    id: str
    at: time
    minutes: int
    title: str
    """A message id (or the operator's own words, from routine.toml); shown with ``say``."""
    ask: tuple[str, ...] = ()
    """Questions the operator answers: message ids."""
    analyse: str | None = None
    """``module.function`` in a topic's folder: a name, so that a plan loads without pandas."""
    record: tuple[str, ...] = ()
    """What can be recorded by hand here: ids of forms, so that a plan loads without them."""
    must: bool = True
    """False: may be dropped when the day is behind."""
    least: int = 0
    """The minutes it cannot go below; 0 = half of its minutes."""
    catch_up: int = 0
    """Its minutes in the short catch-up of somebody who comes late; it is kept before all others then."""
    repeat: str = ""
    """Empty = each day; ``weekly:MO``, ``monthly:1``."""
    screen: Screen = ""
    """One of the screens people work in; empty = drawn from the step alone."""
    help: str = ""
    """A message id: what F1 says besides the analysis's own question."""

    @property
    def minimum(self) -> int:
        """The minutes it cannot go below."""
        return self.least or max(1, self.minutes // 2)


class Box(NamedTuple):
    """A step with the block it stands in."""

    step: Step
    block: Block


class Plan(NamedTuple):
    """One day's steps in their order, after repeats and the shop's own changes."""

    day: date
    kind: DayKind
    boxes: tuple[Box, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in order."""
        return tuple(box.step for box in self.boxes)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks in order."""
        return tuple(dict.fromkeys(box.block for box in self.boxes))


Day: TypeAlias = tuple[Block | Step, ...]
"""A day file: blocks, each above its steps."""


def boxes_of(day: Day) -> list[Box]:
    """Return each step of a day file with the block it stands under."""
    boxes: list[Box] = []
    block = Block("day", "")
    for part in day:
        if isinstance(part, Block):
            block = part
        else:
            boxes.append(Box(part, block))
    return boxes
