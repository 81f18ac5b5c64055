"""Where the open boxes of a day come to lie from now on, block after block."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from core.journal.steps import StepState
from routines.plan.box_shrinking import Room, fit
from routines.plan.step import Block, Box, Plan, Step

UNTOUCHED: Final = StepState()
_FOR_EVER: Final = 10**6
"""A minute no day reaches."""
_OPEN: Final = ("untouched", "left", "running")


class Clock(NamedTuple):
    """Minutes of the working day to moments and back; minutes after midnight go on counting."""

    midnight: datetime
    now: datetime

    def minute(self, at: datetime) -> int:
        """Return the minute of the day the moment lies in: at 08:30:59 nobody is behind yet."""
        return int((at - self.midnight) // timedelta(minutes=1))

    def at(self, minute: int) -> datetime:
        """Return the moment of the minute."""
        return self.midnight + timedelta(minutes=minute)


class Spot(NamedTuple):
    """Where a box lies, in minutes of the day; no minutes when it found no room."""

    start: int
    minutes: int

    @property
    def end(self) -> int:
        """The minute it ends at."""
        return self.start + self.minutes


class Squeeze(NamedTuple):
    """Optional steps of a block that find no room."""

    block: Block
    steps: tuple[Step, ...]
    enough: bool
    """The rest fits without them."""


class BoxLayout(NamedTuple):
    """What laying the day gave."""

    spots: dict[str, Spot]
    squeezes: list[Squeeze]
    overruns: dict[Block, int]
    """Hard blocks whose must-steps reach past their end, and by how many minutes."""


def minute_of(at: time) -> int:
    """Return the minute of the day."""
    return at.hour * 60 + at.minute


def block_end(block: Block) -> int:
    """Return the minute the block ends at; one no day reaches when it has no end."""
    return _FOR_EVER if block.ends is None else minute_of(block.ends)


def planned_spots(plan: Plan) -> dict[str, Spot]:
    """Return where each box lies on a day on which nothing goes wrong."""
    spots: dict[str, Spot] = {}
    cursor = 0
    for block in plan.blocks:
        steps = [box.step for box in plan.boxes if box.block == block]
        laid = fit([_room(step, UNTOUCHED) for step in steps], cursor, block_end(block))
        spots |= {step.id: Spot(s, n) for step, s, n in zip(steps, laid.starts, laid.lengths, strict=True)}
        cursor = laid.end
    return spots


def lay_out(
    plan: Plan, so_far: Mapping[str, StepState], planned: Mapping[str, Spot], clock: Clock
) -> BoxLayout:
    """Lay what is still open from the clock's moment on."""
    return _Laying(plan, so_far, planned, clock).all()


class _Laying:
    def __init__(
        self, plan: Plan, so_far: Mapping[str, StepState], planned: Mapping[str, Spot], clock: Clock
    ) -> None:
        self.plan, self.so_far, self.planned, self.clock = plan, so_far, planned, clock
        self.layout = BoxLayout({}, [], {})
        self.begun: Box | None = None
        """The running box."""

    def all(self) -> BoxLayout:
        cursor = now = self.clock.minute(self.clock.now)
        boxes = [box for box in self.plan.boxes if is_open(self.held(box.step))]
        running = self.begun = self.running()
        shares = running is not None and boxes[0].block == running.block and block_end(running.block) > now
        if running is not None:
            boxes.remove(running)
            if not shares:  # it was taken out of its turn, so it lies before everything that waits
                own = block_end(running.block)
                cursor = self.put([running], cursor, own if own > now else _FOR_EVER)
        for block in self.plan.blocks:
            mine = [box for box in boxes if box.block == block]
            if shares and running is not None and running.block == block:
                mine.insert(0, running)
            if mine and block_end(block) > now:
                cursor = self.put(mine, cursor, block_end(block))
            elif mine:
                cursor = self.put_over(block, mine, cursor)
        return self.layout

    def held(self, step: Step) -> StepState:
        return self.so_far.get(step.id, UNTOUCHED)

    def running(self) -> Box | None:
        """Return the box begun last: with two people at work, the other's lies behind it."""
        begun = [
            (held.since, place)
            for place, box in enumerate(self.plan.boxes)
            if (held := self.held(box.step)).state == "running" and held.since is not None
        ]
        return self.plan.boxes[max(begun)[1]] if begun else None

    def room(self, box: Box) -> Room:
        return _room(box.step, self.held(box.step), self.clock if box is self.begun else None)

    def put(self, boxes: Sequence[Box], cursor: int, limit: int) -> int:
        """Lay the boxes of a block that is not over; a running one stands first and has begun already."""
        rooms = [self.room(box) for box in boxes]
        if boxes[0] is self.begun:
            cursor = min(cursor, rooms[0].earliest)
        laid = fit(rooms, cursor, limit)
        for box, start, length in zip(boxes, laid.starts, laid.lengths, strict=True):
            self.layout.spots[box.step.id] = Spot(start, length)
        if laid.left_out:
            steps = tuple(boxes[i].step for i in laid.left_out)
            self.layout.squeezes.append(Squeeze(boxes[0].block, steps, laid.end <= limit))
        self.note_overrun(boxes[0].block, laid.end)
        return laid.end

    def put_over(self, block: Block, boxes: Sequence[Box], cursor: int) -> int:
        """Lay what a block left open when it ended: must-steps at their minimum while there is time."""
        until = self.time_after(block)
        for box in boxes:
            least = self.room(box).least
            fits = box.step.must and cursor + least <= until
            self.layout.spots[box.step.id] = Spot(cursor, least if fits else 0)
            cursor += least if fits else 0
            if fits:
                self.note_overrun(block, cursor)
        optional = tuple(box.step for box in boxes if not box.step.must)
        if optional:
            self.layout.squeezes.append(Squeeze(block, optional, enough=True))
        return cursor

    def time_after(self, block: Block) -> int:
        """Return until when must-steps may be made up: until the next block begins.

        Of two hard blocks in a row (the morning) the first takes from the second.
        """
        blocks = self.plan.blocks
        following = blocks[blocks.index(block) + 1 :]
        if not following:
            return _FOR_EVER
        if block.hard and following[0].hard:
            return block_end(following[0])
        return min(self.planned[box.step.id].start for box in self.plan.boxes if box.block == following[0])

    def note_overrun(self, block: Block, end: int) -> None:
        if block.hard and end > block_end(block):
            self.layout.overruns[block] = end - block_end(block)


def is_open(held: StepState) -> bool:
    """Tell whether the step is still to be done."""
    return held.state in _OPEN


def _room(step: Step, held: StepState, clock: Clock | None = None) -> Room:
    """Return what the step still asks for; with a clock it is running and keeps what it has used."""
    worked = int(held.used.total_seconds() // 60)
    full = max(1, step.minutes + held.extended - worked)
    least = max(1, step.minimum + max(0, held.extended) - worked)
    if clock is None or held.since is None:
        return Room(minute_of(step.at), full, min(least, full), step.must)
    begun = clock.minute(held.since)
    elapsed = max(1, clock.minute(clock.now) - begun)
    full = max(full, elapsed)
    return Room(begun, full, min(max(least, elapsed), full))
