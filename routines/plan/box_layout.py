"""Lay out the open boxes of a day from the current time on, block after block.

A box being worked on keeps the end it had when it was started. If somebody starts a hard block (one whose end
is a deadline) too late to do all of it, a few steps get enough time and it is proposed to drop the others; if
the block has long been over, only its most important steps get a little time, as a short catch-up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Final, NamedTuple

from core.journal.steps import StepState
from routines.plan.box_shrinking import Room, fit, halves_fit, worth_doing
from routines.plan.step import Block, Box, Plan, Step

UNTOUCHED: Final = StepState()
_FOR_EVER: Final = 10**6
"""A minute later than any day."""
_OPEN: Final = ("untouched", "left", "running")


class Clock(NamedTuple):
    """Converts between minutes of the working day and datetimes; minutes go on counting after midnight."""

    midnight: datetime
    now: datetime

    def minute(self, at: datetime) -> int:
        """Return the minute of the working day that contains the time."""
        return int((at - self.midnight) // timedelta(minutes=1))

    def at(self, minute: int) -> datetime:
        """Return the time at which the minute of the working day begins."""
        return self.midnight + timedelta(minutes=minute)


class Spot(NamedTuple):
    """The position of a box in the day, in minutes; a box for which there is no room has 0 minutes."""

    start: int
    minutes: int

    @property
    def end(self) -> int:
        """The minute at which the box ends."""
        return self.start + self.minutes


class Squeeze(NamedTuple):
    """Optional steps of a block for which there is no room."""

    block: Block
    steps: tuple[Step, ...]
    enough: bool
    """Whether the other steps fit without them."""


class BoxLayout(NamedTuple):
    """The result of laying out the day."""

    spots: dict[str, Spot]
    squeezes: list[Squeeze]
    overruns: dict[Block, int]
    """For each hard block whose must-steps extend past its end, by how many minutes they do."""
    catch_up: list[Step]
    """Steps of finished blocks that get a short catch-up."""


def minute_of(at: time) -> int:
    """Return the time of day in minutes since midnight."""
    return at.hour * 60 + at.minute


def block_end(block: Block) -> int:
    """Return the minute at which the block ends; a minute later than any day if it has no end."""
    return _FOR_EVER if block.ends is None else minute_of(block.ends)


def planned_spots(plan: Plan) -> dict[str, Spot]:
    """Return the planned position of each box (before anything is late), by step id."""
    spots: dict[str, Spot] = {}
    cursor = 0
    for block in plan.blocks:
        steps = [box.step for box in plan.boxes if box.block == block]
        laid = fit([_room(step, UNTOUCHED) for step in steps], cursor, block_end(block))
        spots |= {step.id: Spot(s, n) for step, s, n in zip(steps, laid.starts, laid.lengths, strict=True)}
        cursor = laid.end
    return spots


def lay_out(
    plan: Plan,
    so_far: Mapping[str, StepState],
    planned: Mapping[str, Spot],
    clock: Clock,
    until: Mapping[str, int] | None = None,
) -> BoxLayout:
    """Lay out the open steps from the clock's time on.

    ``until``: for each step being worked on, the minute at which its box ends, as laid out when that step was
    started.
    """
    return _Laying(plan, so_far, planned, clock, until or {}).all()


class _Laying:
    def __init__(
        self,
        plan: Plan,
        so_far: Mapping[str, StepState],
        planned: Mapping[str, Spot],
        clock: Clock,
        until: Mapping[str, int],
    ) -> None:
        self.plan, self.so_far, self.planned, self.clock = plan, so_far, planned, clock
        self.until = until
        self.layout = BoxLayout({}, [], {}, [])
        self.begun: Box | None = None
        """The box being worked on."""

    def all(self) -> BoxLayout:
        cursor = now = self.clock.minute(self.clock.now)
        boxes = [box for box in self.plan.boxes if is_open(self.held(box.step))]
        running = self.begun = self.running()
        shares = running is not None and boxes[0].block == running.block and block_end(running.block) > now
        if running is not None:
            boxes.remove(running)
            if not shares:  # it was started out of turn, so it comes before all waiting boxes
                own = block_end(running.block)
                cursor = self.lay([running], (), cursor, own if own > now else _FOR_EVER)
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
        """Return the box of the running step that was started last; None if nobody is working.

        If other people are working on other steps, the boxes of those steps are laid out after this one.
        """
        begun = [
            (held.since, place)
            for place, box in enumerate(self.plan.boxes)
            if (held := self.held(box.step)).state == "running" and held.since is not None
        ]
        return self.plan.boxes[max(begun)[1]] if begun else None

    def room(self, box: Box) -> Room:
        step, held = box.step, self.held(box.step)
        if box is not self.begun or held.since is None:
            return _room(step, held)
        begun, now = self.clock.minute(held.since), self.clock.minute(self.clock.now)
        length = max(1, now - begun, self.until.get(step.id, 0) - begun)
        if step.id in self.until:
            return Room(begun, length, length, step.must)
        room = self.caught_up(box, _room(step, held), begun)
        return Room(begun, max(room.full, length), min(max(room.least, length), room.full), step.must)

    def caught_up(self, box: Box, room: Room, begun: int) -> Room:
        """Return the time to give to a running step that was started at the minute ``begun``.

        If the deadline of its block was over by then, this is at most the step's catch-up minutes, if it has
        any; else it is ``room``.
        """
        step, block = box.step, box.block
        over = block.hard and step.catch_up and max(block_end(block), self.time_after(block)) <= begun
        if not over or begun >= self.last_block_begins():
            return room
        return room._replace(full=min(room.full, step.catch_up), least=min(room.least, step.catch_up))

    def put(self, boxes: Sequence[Box], cursor: int, limit: int) -> int:
        """Lay out the boxes of a block that is not over; return the minute at which the last one ends.

        A box being worked on comes first; its start lies in the past.
        """
        block, late = boxes[0].block, self.late(boxes[0].block)
        if late is None:
            return self.lay(boxes, (), cursor, limit)
        chosen = [box for box in boxes if box is self.begun or box.step.id in late]
        rest = [box for box in boxes if box not in chosen]
        if late:
            return self.lay(chosen, rest, cursor, limit, late) if chosen else self.leave(rest, cursor)
        # nothing can be done before the block ends
        cursor = self.lay(chosen, (), cursor, _FOR_EVER) if chosen else cursor
        return self.put_over(block, rest, cursor) if rest else cursor

    def lay(
        self,
        boxes: Sequence[Box],
        others: Sequence[Box],
        cursor: int,
        limit: int,
        least: Mapping[str, int] | None = None,
    ) -> int:
        """Lay out ``boxes`` to end by ``limit`` if possible; return the minute at which the last one ends.

        Propose dropping ``others``, and those of ``boxes`` for which there is no room. ``least``: preferred
        minimum minutes, by step id.
        """
        rooms = [self.room(box) for box in boxes]
        if least:
            raised = [
                _at_least(least.get(box.step.id, 0), room) for box, room in zip(boxes, rooms, strict=True)
            ]
            rooms = raised if fit(raised, cursor, limit).end <= limit else rooms
        if boxes[0] is self.begun:  # it keeps its end, so it is not proposed for dropping
            rooms[0] = rooms[0]._replace(must=True)
            cursor = min(cursor, rooms[0].earliest)
        laid = fit(rooms, cursor, limit)
        for box, start, length in zip(boxes, laid.starts, laid.lengths, strict=True):
            self.layout.spots[box.step.id] = Spot(start, length)
        out = [boxes[i] for i in laid.left_out]
        self.leave([*others, *out], laid.end, enough=laid.end <= limit)
        self.note_overrun(boxes[0].block, laid.end)
        return laid.end

    def leave(self, boxes: Sequence[Box], cursor: int, *, enough: bool = True) -> int:
        """Propose dropping these boxes of a block; return ``cursor`` unchanged."""
        self.layout.spots.update({box.step.id: Spot(cursor, 0) for box in boxes})
        if boxes:
            steps = tuple(box.step for box in sorted(boxes, key=self.plan.boxes.index))
            self.layout.squeezes.append(Squeeze(boxes[0].block, steps, enough))
        return cursor

    def put_over(self, block: Block, boxes: Sequence[Box], cursor: int) -> int:
        """Lay out the open steps of a block that is over; return the minute at which the last one ends.

        Must-steps get their minutes as long as there is time; after that, steps get only their short
        catch-ups.
        """
        late, until = self.late(block), self.time_after(block)
        lengths = self.lengths_over(block, boxes, late, cursor)
        left: list[Step] = []
        for box in boxes:
            step, length = box.step, lengths.get(box.step.id, 0)
            if length and cursor + length <= until:
                self.note_overrun(block, cursor + length)
            elif step.catch_up and cursor + step.catch_up <= self.last_block_begins():
                length = step.catch_up
                self.layout.catch_up.append(step)
            else:
                length = 0
                left += [step] if late is not None or not step.must else []
            self.layout.spots[step.id] = Spot(cursor, length)
            cursor += length
        if left:
            self.layout.squeezes.append(Squeeze(block, tuple(left), enough=True))
        return cursor

    def lengths_over(
        self, block: Block, boxes: Sequence[Box], late: Mapping[str, int] | None, cursor: int
    ) -> dict[str, int]:
        """Return the minutes for the must-steps of a block that is over, by step id.

        If the block was started too late, only the steps worth doing are included.
        """
        least = {box.step.id: self.room(box).least for box in boxes if box.step.must}
        if late is None:
            return least
        if late:
            return {step: minutes for step, minutes in least.items() if step in late}
        first = [box for box in boxes if box.step.catch_up]
        proper = worth_doing([self.room(box) for box in first], cursor, self.time_left_after(block))
        return (
            {first[i].step.id: minutes for i, minutes in proper.items()} if len(proper) == len(first) else {}
        )

    def late(self, block: Block) -> dict[str, int] | None:
        """Return the steps worth doing in a hard block that was started too late, with their minimum minutes.

        None if it was started in time or has no priority steps; empty if its end had passed when it was
        started.
        """
        mine = [box for box in self.plan.boxes if box.block == block]
        if not block.hard or not any(box.step.catch_up for box in mine):
            return None
        held = [self.held(box.step) for box in mine]
        touched = [at for one in held for at in (one.started, one.ended) if at is not None]
        begun = self.clock.minute(min([*touched, self.clock.now]))
        rooms = [_room(box.step, UNTOUCHED) for box in mine]
        # steps dropped to make room still count: the others keep the minutes they were proposed with
        left = [self.room(box) for box in mine if self.held(box.step).state in (*_OPEN, "dropped")]
        ends = block_end(block)
        if halves_fit(rooms, begun, ends) or halves_fit(left, self.clock.minute(self.clock.now), ends):
            return None
        return {mine[i].step.id: m for i, m in worth_doing(rooms, begun, block_end(block)).items()}

    def time_left_after(self, block: Block) -> int:
        """Return the minute until which a block that is over may use the time of a hard block right after it.

        The must-steps of that next block keep at least their minimum.
        """
        after = self.plan.blocks[self.plan.blocks.index(block) + 1 :]
        if not after or not after[0].hard:
            return self.time_after(block)
        kept = [self.room(box).least for box in self.plan.boxes if box.block == after[0] and box.step.must]
        return block_end(after[0]) - sum(kept)

    def last_block_begins(self) -> int:
        """Return the minute at which the day's last block begins; catch-ups must end before it."""
        last = self.plan.blocks[-1]
        return min(self.planned[box.step.id].start for box in self.plan.boxes if box.block == last)

    def time_after(self, block: Block) -> int:
        """Return the minute until which missed must-steps of the block may be done: the next block's start.

        If both blocks are hard (as in the morning), the first may use the time of the second until its end.
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
    """Return whether the step is still to be done."""
    return held.state in _OPEN


def _room(step: Step, held: StepState) -> Room:
    """Return the time that the step's box still needs, besides the minutes already worked on it."""
    worked = int(held.used.total_seconds() // 60)
    full = max(1, step.minutes + held.extended - worked)
    least = max(1, step.minimum + max(0, held.extended) - worked)
    return Room(minute_of(step.at), full, min(least, full), step.must, bool(step.catch_up))


def _at_least(minutes: int, room: Room) -> Room:
    return room._replace(least=min(max(room.least, minutes), room.full))
