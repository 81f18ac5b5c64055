"""Compute from the day's entries how far each step is: its state, the reason for it, and the minutes used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from core.journal.entry import Entry, word_of

_GONE = timedelta(hours=12)
"""A visit counts as ended at the day's last entry if nobody has written an entry for this long."""

State: TypeAlias = Literal["untouched", "running", "left", "done", "skipped", "dropped"]


@dataclass(slots=True)
class StepState:
    """The state of one step on one day."""

    state: State = "untouched"
    started: datetime | None = None
    """When somebody first started the step."""
    ended: datetime | None = None
    """When the step was done, skipped, dropped or last left."""
    used: timedelta = timedelta()
    """Time spent in finished visits; :meth:`used_by` adds the current visit."""
    since: datetime | None = None
    """When the current visit began; None if there is none."""
    extended: int = 0
    """The minutes by which the step's time box was extended."""
    reason: str = ""
    who: str = ""
    """The person who brought the step to this state."""
    quick: bool = False
    """Whether the step was done with one key because nothing was to do."""
    visitors: dict[str, datetime] = field(default_factory=dict)
    """The people in the step now, with the time each entered."""
    visit: datetime | None = None
    """When the visit began from which the step's time box runs; a pause for inactivity does not change it."""
    idle_since: datetime | None = None
    """The last key press of a visit that ended because nobody used the keyboard any more."""
    rests: tuple[datetime, ...] = ()
    """The last key presses of all visits of the day that ended for inactivity."""
    finishers: tuple[str, ...] = ()
    """The people who marked the step as done since it was last (re)started, in order."""
    sign: datetime | None = None
    """The time of the day's last entry, while the step is running."""

    def used_by(self, now: datetime | None) -> timedelta | None:
        """Return the time spent on the step until ``now``; None if it was never started.

        If ``now`` is None, only visits that have ended count.
        """
        if self.started is None:
            return None
        if self.since is None or now is None:
            return self.used
        sign = self.sign or self.since
        return self.used + max(timedelta(), (sign if now - sign > _GONE else now) - self.since)


def steps(entries: Iterable[Entry]) -> dict[str, StepState]:
    """Return the state of each step that has entries.

    A visit is the time a person works on a step. A person is in one step at a time: starting another step
    ends the visit. If a session broke off, the visit counts as ended at the person's last entry. A
    ``started`` entry with ``again`` reopens a finished step.
    """
    found: dict[str, StepState] = {}
    seen: dict[str, datetime] = {}
    for entry in entries:
        if entry.kind == "dropped":
            for name in _names(entry.data.get("steps")):
                _end(found.setdefault(name, StepState()), entry, "dropped")
        elif entry.kind == "opened" and not entry.data.get("changed"):
            _leave_all(found, entry.who, seen.get(entry.who, entry.at))
        elif entry.step:
            state = found.setdefault(entry.step, StepState())
            if entry.kind == "started":
                _leave_all(found, entry.who, entry.at)
                _begin(state, entry)
            else:
                _go_on(state, entry)
        seen[entry.who] = entry.at
    last = max(seen.values(), default=None)
    for state in found.values():
        state.sign = last if state.since is not None else None
    return {name: state for name, state in found.items() if state != StepState()}


def _go_on(state: StepState, entry: Entry) -> None:
    match entry.kind:
        case "left":
            until = _last_key(entry)
            _leave(state, entry.who, until or entry.at, idle=until is not None)
        case "restored":
            _restore(state)
        case "done":
            first = state.state != "done"
            _end(state, entry, "done")
            state.quick = bool(entry.data.get("quick")) and (first or state.quick)
            state.finishers += (entry.who,) if entry.who not in state.finishers else ()
        case "skipped":
            _end(state, entry, "skipped")
        case "extended":
            minutes = entry.data.get("minutes")
            state.extended += minutes if isinstance(minutes, int) else 0
        case _:
            pass


def _begin(state: StepState, entry: Entry) -> None:
    state.started = state.started or entry.at
    state.visitors[entry.who] = entry.at
    state.since = state.since or entry.at
    if state.idle_since is None or state.visit is None:  # else its box continues after inactivity
        state.visit = state.since
    state.idle_since = None
    if state.state != "done" or entry.data.get("again"):  # viewing a finished step does not reopen it
        state.state, state.who, state.reason, state.finishers = "running", entry.who, "", ()


def _leave(state: StepState, who: str, at: datetime, *, idle: bool = False) -> None:
    """End the person's visit; when the last visitor leaves, time stops counting for the step.

    ``idle``: the visit ended for inactivity, at the last key press.
    """
    if state.visitors.pop(who, None) is None or state.visitors:
        return
    if state.since is not None:
        state.used += max(at - state.since, timedelta())
    state.since = None
    state.visit, state.idle_since = (state.visit, at) if idle else (None, None)
    state.rests += (at,) if idle else ()
    if state.state == "running":
        state.state, state.ended = "left", at


def _leave_all(found: dict[str, StepState], who: str, at: datetime) -> None:
    for state in found.values():
        _leave(state, who, at)


def _last_key(entry: Entry) -> datetime | None:
    """Return the time of the last key press if the visit ended for inactivity, else None."""
    try:
        until = datetime.fromisoformat(word_of(entry, "until"))
    except ValueError:
        return None
    return min(until, entry.at) if until.tzinfo is not None else None


def _restore(state: StepState) -> None:
    """Reopen a finished, skipped or dropped step without starting it."""
    if state.state in ("done", "skipped", "dropped"):
        begun: State = "untouched" if state.started is None else "left"
        state.state = "running" if state.visitors else begun
        state.reason, state.finishers, state.quick = "", (), False


def _end(state: StepState, entry: Entry, how: Literal["done", "skipped", "dropped"]) -> None:
    if state.state == "done":  # it stays done, whatever is entered later
        _leave(state, entry.who, entry.at)
        return
    if state.since is not None:  # the step is over for the plan, even if others are still in it
        state.used += max(entry.at - state.since, timedelta())
    state.since = state.visit = state.idle_since = None
    state.visitors.clear()
    state.state, state.ended, state.who = how, entry.at, entry.who
    state.reason = word_of(entry, "reason")


def _names(steps: object) -> list[str]:
    return [step for step in steps if isinstance(step, str)] if isinstance(steps, list | tuple) else []
