"""What comes along from earlier days: one line a thing, and the choice that its third day asks for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any

from core.actions import overdue_actions
from core.errors import UsageError
from core.journal.actions import Action, ActionState
from core.journal.entry import Entry
from core.language.wording import plural
from routines.workday.people_view import DayAmongOthers


class DayCarrying(DayAmongOthers):
    """One shop's day with what was left over from the days before."""

    def carried(self) -> tuple[Action, ...]:
        """Return the open actions whose day is over, the oldest first."""
        return overdue_actions.carried(self.actions(open_only=True), self.day)

    def undecided(self) -> tuple[Action, ...]:
        """Return those in their third day or later on which nobody has decided today."""
        return overdue_actions.undecided(self.actions(open_only=True), self.day)

    def must_choose(self, step: str) -> None:
        """Raise UsageError when the step is the meeting and something old waits for its choice."""
        waiting = self.undecided() if self.step(step).screen == "meeting" else ()
        if waiting:
            raise UsageError(
                plural(
                    "“{text}” is in its day {day}: do it today, hand it over or drop it with a reason first.",
                    "{n} things are in their third day or later: today, hand over or drop, for each of them.",
                    len(waiting),
                    text=waiting[0].text,
                    day=overdue_actions.age(waiting[0], self.day),
                )
            )

    def standing(self, data: Mapping[str, Any]) -> Action | None:
        """Return the open action of an earlier day about the same: it comes along, no copy is made.

        The same words, or the same role's answer to the same finding on the same thing.
        """
        about = tuple(data.get(name) or None for name in ("finding", "role", "item"))
        return next(
            (
                one
                for one in reversed(self.actions(open_only=True))
                if one.created < self.day
                and (
                    one.text == data.get("text")
                    or (about[0] and about == (one.finding, one.role or None, one.item or None))
                )
            ),
            None,
        )

    def taken_up(self, old: Action, data: Mapping[str, Any]) -> Entry:
        """Write that the old action is on again, with what is new about it."""
        words = str(data["text"])
        reason = "" if words == old.text else words
        return self.update_action(
            old.id, "open", reason=reason, owner=str(data["owner"]), due=str(data["due"])
        )

    @abstractmethod
    def update_action(
        self, action: str, state: ActionState, *, reason: str = "", owner: str = "", due: str = ""
    ) -> Entry:
        """Set an action open, done, handed or dropped."""
