"""Create actions, and update those of this and earlier days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

from core.errors import UsageError
from core.journal.actions import Action, ActionState
from core.journal.entry import Entry
from core.journal.projections import answer_said
from core.language.message import Words
from core.language.wording import say, shown, text
from routines.forms.typed_values import day_meant, day_to_come, pieces_meant, yuan_meant
from routines.workday.carried_over import same_matter
from routines.workday.day_writer import DayWriter
from routines.workday.new_action import action_data, iso_day
from routines.workday.read_model import DayView

if TYPE_CHECKING:
    from core.answers.answer import Proposal


_READ: Final[Mapping[str, Callable[[str, date], str | float]]] = {
    "quantity": lambda text, _: pieces_meant(text),
    "price": lambda text, _: yuan_meant(text),
    "arrives": lambda text, day: day_to_come(text, day).isoformat(),
    "arrived": lambda text, day: day_meant(text, day).isoformat(),
}
"""The details that can be given with an update of an action, and the function that parses each."""


class ActionList:
    """Writes new actions and updates of existing ones."""

    def __init__(self, view: DayView, writer: DayWriter) -> None:
        self._view = view
        self._write = writer.write

    def add(
        self, step: str, proposal: Proposal[Words] | None, fields: Mapping[str, str | float | None]
    ) -> Entry:
        """Create an action; if an open one of an earlier day is about the same, update that one instead.

        The proposal's message is stored if the step's answer in the journal contains it.
        """
        self._view.step(step)
        if proposal is not None and isinstance(proposal.text, str):
            proposal = self._as_said(step, proposal)
        data = action_data(self._view.shop, self._view.day, proposal, fields)
        old = self._held(proposal, data)
        if old is not None:
            told = shown(data["text"])
            reason = "" if told == old.text else told
            due = max(str(data["due"]), self._view.day.isoformat())
            numbers: dict[str, str | float] = {
                name: data[name] for name in ("quantity", "price") if name in data
            }
            return self.update(old.id, "open", reason=reason, owner=str(data["owner"]), due=due, told=numbers)
        dropped = {action.id for action in self._view.actions() if action.state == "dropped"}
        same = [
            entry
            for entry in self._view.entries_of("action", step)
            if entry.data == data and entry.id not in dropped
        ]
        if same:
            return same[-1]
        taken = None if proposal is None else self._taken(proposal, str(data["finding"]))
        return taken or self._write("action", step, data)

    def _held(self, proposal: Proposal[Words] | None, data: Mapping[str, Any]) -> Action | None:
        """Return the open action of an earlier day that concerns the same matter; None if there is none.

        Such an action is updated instead of adding a second one.
        """
        day, open_ones = self._view.day, self._view.actions(open_only=True)
        old = same_matter(open_ones, day, data)
        if old is not None or proposal is None:
            return old
        state = self._view.states().of(proposal, str(data["finding"]))
        known = (one for one in open_ones if state is not None and one.id == state.action)
        return next((one for one in known if one.created < day), None)

    def _taken(self, proposal: Proposal[Words], finding: str) -> Entry | None:
        """Return today's entry of the action that somebody has already made of this proposal; else None."""
        state = self._view.states().of(proposal, finding)
        if state is None or state.stage != "agreed" or not state.stands(proposal, self._view.day):
            return None
        return next((one for one in self._view.entries_of("action") if one.id == state.action), None)

    def _as_said(self, step: str, proposal: Proposal[Words]) -> Proposal[Words]:
        """Return the proposal as in the answer last shown, with its message untranslated.

        If that answer does not contain it, return it as given.
        """
        shown_last = answer_said(self._view.entries(), step)
        asked = (
            (one for found in shown_last.findings for one in (*found.proposals, *found.settled))
            if shown_last
            else ()
        )
        return next((one for one in asked if replace(one, text=text(one.text)) == proposal), proposal)

    def update(
        self,
        action: str,
        state: ActionState,
        *,
        reason: str = "",
        owner: str = "",
        due: str = "",
        told: Mapping[str, str | float] | None = None,
    ) -> Entry:
        """Set an action open, done, handed (to ``owner``) or dropped (with a reason).

        ``told``: ``quantity``, ``arrives`` and ``arrived`` of ordered goods, or the ``price`` paid, as typed
        text or as values. Raise UsageError for an unknown action or state, if the reason or the owner is
        missing, or if a text is not understood.
        """
        known = next((one for one in self._view.actions() if one.id == action), None)
        if known is None:
            raise UsageError(say("There is no such action: {id}.", id=action))
        if state not in get_args(ActionState):
            raise UsageError(
                say("The state of an action is open, done, handed or dropped, not “{state}”.", state=state)
            )
        if state == "dropped" and not reason.strip():
            raise UsageError(say("Give a short reason for dropping the action."))
        if state == "handed" and not owner.strip():
            raise UsageError(say("Name the person who takes over the action."))
        day = self._view.day
        words = {"reason": reason.strip(), "owner": owner.strip(), "due": iso_day(due, day)}
        data: dict[str, Any] = {"action": action, "state": state}
        data |= {name: word for name, word in words.items() if word}
        data |= {name: _READ[name](str(value), day) for name, value in (told or {}).items() if value}
        before = [
            entry for entry in self._view.entries_of("action-update") if entry.data.get("action") == action
        ]
        if before and before[-1].data == data:
            return before[-1]
        return self._write("action-update", known.step, data)
