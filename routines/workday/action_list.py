"""Create actions, and update those of this and earlier days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from core.errors import UsageError
from core.journal.actions import ActionState
from core.journal.entry import Entry
from core.journal.projections import answer_said
from core.language.message import Words
from core.language.wording import say, shown, text
from routines.workday.carried_over import same_matter
from routines.workday.day_writer import DayWriter
from routines.workday.new_action import action_data, iso_day
from routines.workday.read_model import DayView

if TYPE_CHECKING:
    from core.answers.answer import Proposal


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
        old = same_matter(self._view.actions(open_only=True), self._view.day, data)
        if old is not None:
            told = shown(data["text"])
            reason = "" if told == old.text else told
            return self.update(old.id, "open", reason=reason, owner=str(data["owner"]), due=str(data["due"]))
        dropped = {action.id for action in self._view.actions() if action.state == "dropped"}
        same = [
            entry
            for entry in self._view.entries_of("action", step)
            if entry.data == data and entry.id not in dropped
        ]
        return same[-1] if same else self._write("action", step, data)

    def _as_said(self, step: str, proposal: Proposal[Words]) -> Proposal[Words]:
        """Return the proposal as in the last shown answer, with its untranslated message."""
        said = answer_said(self._view.entries(), step)
        asked = (one for finding in said.findings for one in finding.proposals) if said else ()
        return next((one for one in asked if replace(one, text=text(one.text)) == proposal), proposal)

    def update(self, action: str, state: ActionState, *, reason: str, owner: str, due: str) -> Entry:
        """Set an action to open, done, handed (to ``owner``) or dropped (with a reason)."""
        known = next((one for one in self._view.actions() if one.id == action), None)
        if known is None:
            raise UsageError(say("There is no such action: {id}.", id=action))
        if state not in get_args(ActionState):
            raise UsageError(say("An action is open, done, handed or dropped, not “{state}”.", state=state))
        if state == "dropped" and not reason.strip():
            raise UsageError(say("Say in a few words why it is dropped."))
        if state == "handed" and not owner.strip():
            raise UsageError(say("Say to whom it is handed."))
        words = {"reason": reason.strip(), "owner": owner.strip(), "due": iso_day(due)}
        data = {"action": action, "state": state} | {name: word for name, word in words.items() if word}
        before = [
            entry for entry in self._view.entries_of("action-update") if entry.data.get("action") == action
        ]
        if before and before[-1].data == data:
            return before[-1]
        return self._write("action-update", known.step, data)
