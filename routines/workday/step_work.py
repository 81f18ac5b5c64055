"""Work through the steps: begin, leave, finish, reopen, restore, skip, extend, drop.

Doing the same thing twice returns the first entry.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from core.errors import UsageError
from core.journal.entry import Entry, Kind
from core.language.wording import say
from routines.workday.carried_over import check_decided
from routines.workday.day_writer import DayWriter
from routines.workday.read_model import DayView

TWICE: Final = timedelta(seconds=2)
"""The time within which the same key press counts as a repetition."""


class StepWork:
    """One person's progress through the steps of the day."""

    def __init__(self, view: DayView, writer: DayWriter) -> None:
        self._view = view
        self._write = writer.write

    def begin(self, step: str) -> Entry:
        """Start working on the step, and leave the step this person was working on.

        If this person has already started it, or it is done, return the entry that says so and write nothing.
        """
        state = self._view.step_state(step)
        if self._view.who in state.visitors:
            return self._last("started", step, who=self._view.who)
        if state.state == "done":
            return self._last("done", step)
        return self._write("started", step)

    def leave(self, step: str) -> Entry | None:
        """Stop working on the step without finishing it; None if this person is not working on it."""
        visiting = self._view.who in self._view.step_state(step).visitors
        return self._write("left", step) if visiting else None

    def rest(self, last_key: datetime) -> Entry | None:
        """End this person's current visit as of their last key press, because nothing was typed since.

        None if there is no visit.
        """
        visited = [
            step for step, state in self._view.step_states().items() if self._view.who in state.visitors
        ]
        if not visited:
            return None
        return self._write("left", visited[-1], {"until": last_key.isoformat(timespec="seconds")})

    def restore(self, step: str) -> Entry:
        """Reopen a finished, skipped or dropped step without starting it."""
        if self._view.step_state(step).state not in ("done", "skipped", "dropped"):
            raise UsageError(say("“{step}” is still open.", step=say(self._view.step(step).title)))
        return self._write("restored", step)

    def finish(self, step: str, *, quick: bool = False) -> Entry:
        """Finish the step.

        Raise UsageError if it is the meeting and an overdue action must be decided on first.
        """
        if self._view.who in self._view.step_state(step).finishers:
            return self._last("done", step, who=self._view.who)
        if self._view.step(step).screen == "meeting":
            check_decided(self._view.actions(open_only=True), self._view.day)
        return self._write("done", step, {"quick": True} if quick else {})

    def reopen(self, step: str) -> Entry:
        """Start working again on a step that was finished, skipped or dropped."""
        if self._view.who in self._view.step_state(step).visitors:
            return self._last("started", step, who=self._view.who)
        return self._write("started", step, {"again": True})

    def skip(self, step: str, reason: str) -> Entry:
        """Skip the step today; raise UsageError without a reason, or if it is done."""
        reason = reason.strip()
        state = self._view.step_state(step)
        if not reason:
            raise UsageError(say("Say in a few words why the step is skipped; the report will show it."))
        if state.state == "done":
            raise UsageError(say("“{title}” is done already.", title=say(self._view.step(step).title)))
        if state.state == "skipped" and state.reason == reason:
            return self._last("skipped", step)
        return self._write("skipped", step, {"reason": reason})

    def extend(self, step: str, minutes: int) -> Entry:
        """Add minutes to the step's time box, or remove them if negative."""
        if not minutes:
            raise UsageError(say("By how many minutes is the step's time changed?"))
        self._view.step(step)
        again = [
            entry
            for entry in self._view.entries_of("extended", step)
            if entry.who == self._view.who
            and entry.data == {"minutes": minutes}
            and self._view.now() - entry.at < TWICE
        ]
        return again[-1] if again else self._write("extended", step, {"minutes": minutes})

    def accept_drop(self, step_ids: Sequence[str]) -> Entry:
        """Drop these steps, as the agenda proposes; optional steps may also be dropped without a proposal.

        Raise UsageError for a must-step that the agenda does not propose to drop.
        """
        proposal = self._view.agenda().proposal
        for step_id in step_ids:
            step = self._view.step(step_id)
            if step.must and (proposal is None or step_id not in proposal.steps):
                raise UsageError(
                    say("“{title}” is not optional. Skip it with a reason.", title=say(step.title))
                )
        droppable = ("untouched", "left", "running")
        left = [step for step in step_ids if self._view.step_state(step).state in droppable]
        dropped = self._view.entries_of("dropped")
        if not left and dropped:
            return dropped[-1]
        return self._write("dropped", "", {"steps": left})

    def _last(self, kind: Kind, step: str, *, who: str = "") -> Entry:
        return [entry for entry in self._view.entries_of(kind, step) if who in ("", entry.who)][-1]
