"""Where the open boxes of a day come to lie from now on, block after block.

A box that is worked on keeps the end it had when it was begun. Of a hard block that somebody begins too late
for all of it, a few steps are done properly and the rest is proposed for dropping; when it is long over, its
most important steps get a short catch-up.
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
    catch_up: list[Step]
    """Steps of blocks that are over which are made up for in a few minutes."""


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
    plan: Plan,
    so_far: Mapping[str, StepState],
    planned: Mapping[str, Spot],
    clock: Clock,
    until: Mapping[str, int] | None = None,
) -> BoxLayout:
    """Lay what is still open from the clock's moment on.

    ``until`` by step: the minute at which the box ends that is worked on, as it was laid when it was begun.
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
        """Return the box begun last: with two people at work, the other's lies behind it."""
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
        """Return the room of a step begun when its block was over: no longer than its catch-up."""
        step, block = box.step, box.block
        over = block.hard and step.catch_up and max(block_end(block), self.time_after(block)) <= begun
        if not over or begun >= self.last_block_begins():
            return room
        return room._replace(full=min(room.full, step.catch_up), least=min(room.least, step.catch_up))

    def put(self, boxes: Sequence[Box], cursor: int, limit: int) -> int:
        """Lay the boxes of a block that is not over; a running one stands first and has begun already."""
        block, late = boxes[0].block, self.late(boxes[0].block)
        if late is None:
            return self.lay(boxes, (), cursor, limit)
        chosen = [box for box in boxes if box is self.begun or box.step.id in late]
        rest = [box for box in boxes if box not in chosen]
        if late:
            return self.lay(chosen, rest, cursor, limit, late) if chosen else self.leave(rest, cursor)
        # nothing can be done before it ends
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
        """Lay boxes before the limit, the others of their block left out; ``least``: minutes that suit."""
        rooms = [self.room(box) for box in boxes]
        if least:
            raised = [
                _at_least(least.get(box.step.id, 0), room) for box, room in zip(boxes, rooms, strict=True)
            ]
            rooms = raised if fit(raised, cursor, limit).end <= limit else rooms
        if boxes[0] is self.begun:
            cursor = min(cursor, rooms[0].earliest)
        laid = fit(rooms, cursor, limit)
        for box, start, length in zip(boxes, laid.starts, laid.lengths, strict=True):
            self.layout.spots[box.step.id] = Spot(start, length)
        out = [boxes[i] for i in laid.left_out]
        self.leave([*others, *out], laid.end, enough=laid.end <= limit)
        self.note_overrun(boxes[0].block, laid.end)
        return laid.end

    def leave(self, boxes: Sequence[Box], cursor: int, *, enough: bool = True) -> int:
        """Propose to leave these boxes of a block out."""
        self.layout.spots.update({box.step.id: Spot(cursor, 0) for box in boxes})
        if boxes:
            steps = tuple(box.step for box in sorted(boxes, key=self.plan.boxes.index))
            self.layout.squeezes.append(Squeeze(boxes[0].block, steps, enough))
        return cursor

    def put_over(self, block: Block, boxes: Sequence[Box], cursor: int) -> int:
        """Lay what a block left open when it ended: must-steps while there is time, then a short catch-up."""
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
        """Return the minutes of the must-steps of a block that is over; of a late beginning the first."""
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
        """Return what is worth doing of a hard block that was begun too late, and its minutes at least.

        None: it was begun in time, or what is still open fits, or no step of it comes before the others.
        Empty: it was over by then.
        """
        mine = [box for box in self.plan.boxes if box.block == block]
        if not block.hard or not any(box.step.catch_up for box in mine):
            return None
        held = [self.held(box.step) for box in mine]
        touched = [at for one in held for at in (one.started, one.ended) if at is not None]
        begun = self.clock.minute(min([*touched, self.clock.now]))
        rooms = [_room(box.step, UNTOUCHED) for box in mine]
        left = [self.room(box) for box in mine if is_open(self.held(box.step))]
        ends = block_end(block)
        if halves_fit(rooms, begun, ends) or halves_fit(left, self.clock.minute(self.clock.now), ends):
            return None
        return {mine[i].step.id: m for i, m in worth_doing(rooms, begun, block_end(block)).items()}

    def time_left_after(self, block: Block) -> int:
        """Return until when a block may take from the hard one that follows, whose minimum stays."""
        after = self.plan.blocks[self.plan.blocks.index(block) + 1 :]
        if not after or not after[0].hard:
            return self.time_after(block)
        kept = [self.room(box).least for box in self.plan.boxes if box.block == after[0] and box.step.must]
        return block_end(after[0]) - sum(kept)

    def last_block_begins(self) -> int:
        """Return when the day's last block begins: there the day is looked at again anyway."""
        last = self.plan.blocks[-1]
        return min(self.planned[box.step.id].start for box in self.plan.boxes if box.block == last)

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


def _room(step: Step, held: StepState) -> Room:
    """Return what the step still asks for."""
    worked = int(held.used.total_seconds() // 60)
    full = max(1, step.minutes + held.extended - worked)
    least = max(1, step.minimum + max(0, held.extended) - worked)
    return Room(minute_of(step.at), full, min(least, full), step.must, bool(step.catch_up))


def _at_least(minutes: int, room: Room) -> Room:
    return room._replace(least=min(max(room.least, minutes), room.full))
