"""Compute the agenda (the state of the day) as a pure function of the plan, the entries and the clock.

Open boxes are laid out one after another from now on. Those of a block shrink towards their minimum to end
with the block; if that is not enough, optional steps are proposed for dropping; if not even the must-steps
fit, the overrun is reported. Finished boxes keep their times, and a box being worked on keeps its end.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Final, Literal, NamedTuple, TypeAlias

from core.journal.entry import Entry
from core.journal.steps import StepState, steps
from core.language.wording import N_
from routines.plan.box_layout import (
    UNTOUCHED,
    BoxLayout,
    Clock,
    Spot,
    block_end,
    is_open,
    lay_out,
    planned_spots,
)
from routines.plan.calendar import day_of
from routines.plan.step import Block, Box, Plan, Step

State: TypeAlias = Literal["done", "skipped", "dropped", "running", "due", "late", "later"]
STATE_WORDS: Final[Mapping[State, str]] = {
    "done": N_("done"),
    "skipped": N_("skipped"),
    "dropped": N_("dropped"),
    "running": N_("running"),
    "due": N_("due now"),
    "late": N_("late"),
    "later": "",
}
"""The states of steps in words (message ids); a step that is not due yet needs none."""


class Visit(NamedTuple):
    """The start and end of the box of a step that somebody is working on or has paused."""

    start: datetime
    end: datetime


class AgendaLine(NamedTuple):
    """The current state of one step."""

    step: Step
    block: Block
    start: datetime
    """When the last work on it began, if it is done; otherwise when it begins if the day goes on as laid
    out."""
    end: datetime
    minutes: int
    """The current length of its box; 0 if there is no room."""
    state: State
    """due: its planned time has come; late: its planned box is already over; later: not due yet."""
    planned_start: datetime
    planned_minutes: int
    reason: str = ""
    """The reason for skipping it, in the operator's words."""
    used_minutes: int | None = None
    """Minutes worked on it so far without breaks; None if never started."""
    no_room: bool = False
    """Whether it does not fit before the deadline and is part of the proposal to drop steps."""
    missed: bool = False
    """Whether its block has ended without it and no time is left to make it up."""
    shrunk: bool = False
    """Whether its box is shorter than planned."""
    left_open: bool = False
    """Whether it was started and left unfinished."""
    visit: Visit | None = None
    """The box being worked on (or paused for inactivity): its start, and its end as laid out at that time."""
    over_minutes: int = 0
    """Minutes by which the end of :attr:`visit` has passed."""
    idle_since: datetime | None = None
    """The last key press before the visit ended for inactivity; time used counts until then."""


class Deadline(NamedTuple):
    """The next deadline: the end of a hard block that still has open steps."""

    at: datetime
    block: Block
    minutes_left: int
    """Minutes until the deadline; negative if it has passed."""
    open_steps: int


class DropProposal(NamedTuple):
    """Steps to leave out so that the rest fits; accepted with ``Workday.accept_drop(steps)``."""

    steps: tuple[str, ...]
    block: Block
    deadline: datetime
    frees: int
    """The minutes gained, with each step at its minimum."""
    enough: bool
    """Whether the must-steps fit before the deadline without these steps."""


class Overrun(NamedTuple):
    """A block whose must-steps do not fit before its end, even at their minimum."""

    block: Block
    deadline: datetime
    minutes: int
    """Minutes by which the last box extends past the end."""


class Agenda(NamedTuple):
    """The current state of the whole day."""

    lines: tuple[AgendaLine, ...]
    """The steps in the plan's order."""
    current: AgendaLine | None
    """The running step, else the first due or late one, else the next one; None if all steps are done."""
    next_deadline: Deadline | None
    behind_minutes: int
    """Minutes by which the current step ends or begins later than planned; 0 if on time or early."""
    proposal: DropProposal | None = None
    overruns: tuple[Overrun, ...] = ()
    catch_up: tuple[str, ...] = ()
    """Steps of finished blocks that get a short catch-up."""
    behind_the_clock: int = 0
    """The number of open steps nobody works on although their planned box is over."""

    def line(self, step: str) -> AgendaLine:
        """Return the agenda's line for the step; raise KeyError if the day has no such step."""
        for line in self.lines:
            if line.step.id == step:
                return line
        raise KeyError(step)


def agenda(plan: Plan, entries: Sequence[Entry], now: datetime) -> Agenda:
    """Return the state of the day at ``now`` (with the shop's time zone)."""
    clock = Clock(datetime.combine(plan.day, time(), now.tzinfo), now)
    so_far = steps(entries)
    planned = planned_spots(plan)
    today = day_of(now)
    visits = _visits(plan, entries, so_far, planned, clock)
    if today == plan.day:
        until = {step: clock.minute(visit.end) for step, visit in visits.items()}
        layout = lay_out(plan, so_far, planned, clock, until)
    else:  # future days are laid out as planned; undone steps of past days have no box
        layout = BoxLayout(planned if today < plan.day else {}, [], {}, [])
    stretches = _stretches(so_far)
    lines = tuple(
        _line(
            box,
            so_far.get(box.step.id, UNTOUCHED),
            stretches.get(box.step.id),
            planned[box.step.id],
            layout.spots.get(box.step.id),
            visits.get(box.step.id),
            clock,
        )
        for box in plan.boxes
    )
    current = _current(lines, _worked_last(so_far))
    return Agenda(
        lines=lines,
        current=current,
        next_deadline=_next_deadline(lines, layout, clock),
        behind_minutes=_behind(current, planned, clock) if today == plan.day else 0,
        proposal=_proposal(layout, clock),
        overruns=tuple(
            Overrun(block, clock.at(block_end(block)), minutes) for block, minutes in layout.overruns.items()
        ),
        catch_up=tuple(step.id for step in layout.catch_up),
        behind_the_clock=sum(line.state == "late" for line in lines) if today == plan.day else 0,
    )


def _visits(
    plan: Plan,
    entries: Sequence[Entry],
    so_far: Mapping[str, StepState],
    planned: Mapping[str, Spot],
    clock: Clock,
) -> dict[str, Visit]:
    """Return the box of each step being worked on or paused, as laid out when it was started.

    Minutes added or removed since then change its end.
    """
    found = {}
    for step in plan.steps:
        held = so_far.get(step.id, UNTOUCHED)
        if held.visit is None or held.state not in ("running", "left"):
            continue
        then = steps(entry for entry in entries if entry.at <= held.visit)
        clock_then = Clock(clock.midnight, held.visit)
        spot = lay_out(plan, then, planned, clock_then).spots.get(step.id)
        begun = clock_then.minute(held.visit)
        end = begun + step.minimum if spot is None else spot.end
        end += held.extended - then.get(step.id, UNTOUCHED).extended
        found[step.id] = Visit(clock.at(begun), clock.at(max(begun + 1, end)))
    return found


def _stretches(so_far: Mapping[str, StepState]) -> dict[str, tuple[datetime, datetime | None]]:
    """Return when each finished or running step was worked on, adjusted so that the times do not overlap."""
    worked = {step: held for step, held in so_far.items() if held.state in ("done", "running")}
    over: datetime | None = None
    stretches: dict[str, tuple[datetime, datetime | None]] = {}
    for step, held in sorted(worked.items(), key=lambda one: _moment(one[1])):
        until = held.ended if held.state == "done" else None
        start = held.since if until is None else until - held.used
        if start is None:
            continue
        begun = start if over is None else max(start, over)
        stretches[step] = (begun, until)
        over = begun if until is None else max(begun, until)
    return stretches


def _moment(held: StepState) -> tuple[bool, datetime]:
    """Return a sort key: finished steps by their end, then running steps by their start."""
    at = held.ended if held.state == "done" else held.since
    return held.state == "running", at or datetime.max.replace(tzinfo=UTC)


def _line(
    box: Box,
    held: StepState,
    stretch: tuple[datetime, datetime | None] | None,
    planned: Spot,
    spot: Spot | None,
    visit: Visit | None,
    clock: Clock,
) -> AgendaLine:
    start, end, state = _times(held, stretch, planned, spot, clock)
    if state == "running" and visit is not None and visit.start <= start < visit.end <= end:
        end = visit.end  # an overdue box keeps its end; the following ones start at that time
    minutes = round((end - start).total_seconds() / 60)
    step, used = box.step, held.used_by(clock.now)
    no_room = is_open(held) and start == end
    return AgendaLine(
        step=step,
        block=box.block,
        start=start,
        end=end,
        minutes=minutes,
        state=state,
        planned_start=clock.at(planned.start),
        planned_minutes=planned.minutes,
        reason=held.reason,
        used_minutes=None if used is None else int(used.total_seconds() // 60),
        no_room=no_room,
        missed=no_room and clock.at(block_end(box.block)) <= clock.now,
        shrunk=is_open(held) and 0 < minutes < step.minutes + held.extended,
        left_open=held.state == "left",
        visit=visit,
        over_minutes=0 if visit is None else _over(clock.now - visit.end),
        idle_since=held.idle_since,
    )


def _over(late: timedelta) -> int:
    """Return the minutes over; 0 on a day that ended long ago, which nobody works on any more."""
    return max(0, int(late.total_seconds() // 60)) if late < timedelta(days=1) else 0


def _times(
    held: StepState,
    stretch: tuple[datetime, datetime | None] | None,
    planned: Spot,
    spot: Spot | None,
    clock: Clock,
) -> tuple[datetime, datetime, State]:
    """Return the start, end and state of a box."""
    usual = clock.at(planned.start)
    if held.state in ("skipped", "dropped"):
        return usual, usual, "skipped" if held.state == "skipped" else "dropped"
    if held.state == "done" and stretch is not None and stretch[1] is not None:
        return stretch[0], stretch[1], "done"
    room = spot is not None and spot.minutes > 0
    start, end = (clock.at(spot.start), clock.at(spot.end)) if spot is not None and room else (usual, usual)
    if held.state == "running":
        return start if stretch is None or not room else min(max(start, stretch[0]), end), end, "running"
    if clock.at(planned.end) <= clock.now:
        return start, end, "late"
    return start, end, "due" if usual <= clock.now else "later"


def _worked_last(so_far: Mapping[str, StepState]) -> str:
    """Return the step that was started or finished most recently; empty if there is none."""
    touched = {step: held.ended or held.started for step, held in so_far.items()}
    begun = {step: at for step, at in touched.items() if at is not None}
    return max(begun, key=lambda step: begun[step], default="")


def _current(lines: Sequence[AgendaLine], last: str) -> AgendaLine | None:
    """Return the running step, else the first that is due and has room, else the next open one.

    If somebody left a step without finishing it and went on to another, the step they left waits until
    nothing else is due. ``last``: the step that was started or finished most recently.
    """
    still_open = [line for line in lines if line.state in ("running", "due", "late", "later")]
    running = [line for line in still_open if line.state == "running"]
    roomy = [line for line in still_open if not line.no_room]
    due = [line for line in roomy if line.state != "later"]
    waiting = [
        line for line in due if not line.left_open or line.idle_since is not None or line.step.id == last
    ]
    return next(iter([*reversed(running), *waiting, *due, *roomy, *still_open]), None)


def _behind(current: AgendaLine | None, planned: dict[str, Spot], clock: Clock) -> int:
    if current is None or current.no_room:
        return 0
    spot = planned[current.step.id]
    running = current.state == "running"
    ends = max(current.end, clock.at(clock.minute(clock.now)))
    late = ends - clock.at(spot.end) if running else current.start - clock.at(spot.start)
    return max(0, round(late.total_seconds() / 60))


def _next_deadline(lines: Sequence[AgendaLine], layout: BoxLayout, clock: Clock) -> Deadline | None:
    """Return the next deadline; also one that has passed, while its must-steps are still being made up."""
    waiting = [line for line in lines if line.state in ("running", "due", "late", "later")]
    for block in dict.fromkeys(line.block for line in waiting if line.block.hard):
        at = clock.at(block_end(block))
        if at > clock.now or block in layout.overruns:
            left = int((at - clock.now).total_seconds() // 60)
            return Deadline(at, block, left, sum(line.block == block for line in waiting))
    return None


def _proposal(layout: BoxLayout, clock: Clock) -> DropProposal | None:
    """Return a proposal to drop the steps for which there is no time; None if there is time for all.

    The proposal concerns the first block that lacks time. If that block is over, it also includes the steps
    of all other blocks that are over and lack time.
    """
    if not layout.squeezes:
        return None
    first = layout.squeezes[0]
    over = [one for one in layout.squeezes if clock.at(block_end(one.block)) <= clock.now]
    left = [step for one in (over if first in over else [first]) for step in one.steps]
    return DropProposal(
        steps=tuple(step.id for step in left),
        block=first.block,
        deadline=clock.at(block_end(first.block)),
        frees=sum(step.minimum for step in left),
        enough=first.enough,
    )
