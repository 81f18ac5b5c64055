"""Proposals to change settings, for shops where only the owner may write shop.toml and routine.toml.

A proposal stores the new values, not the text of the file: when it is accepted, the file is edited as it is
then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from core.errors import BadInput, CannotWrite, NotConfirmed, UsageError
from core.journal.entry import Entry
from core.journal.entry_codec import plain
from core.journal.proposed_settings import ProposalState, ProposedSetting, proposed_settings
from core.language.wording import plural, say
from core.shop.loading import load_shop
from core.shop.settings_wall import may_change, owner, walled
from core.storage.atomic_files import reason_of
from routines.forms.settings_forms import FREQUENCY, standing, write_back
from routines.workday.access import Access
from routines.workday.day_writer import DayWriter
from routines.workday.proposed_edits import accept_edit, edit_now, edit_words, is_edit
from routines.workday.read_model import DayView

if TYPE_CHECKING:
    from routines.days.routine_edit import Frequency

TOLD: Final = timedelta(days=3)
"""How long a person is told the outcome of their proposal (a judgement)."""
_COMES: Final = "comes"
_NEVER, _AS_PLANNED, _DAILY = "never", "as planned", "every day"


class SettingProposals:
    """Stores and describes proposals to change one shop's settings, and accepts or refuses them."""

    def __init__(self, view: DayView, access: Access, writer: DayWriter) -> None:
        self._view = view
        self._access = access
        self._write = writer.write

    @property
    def needed(self) -> bool:
        """Whether changes of the settings by this person must be stored as proposals."""
        return not self._access.read_only and not may_change(self._view.folder)

    @property
    def owner(self) -> str:
        """The person who decides on proposals: the owner of the settings files.

        The name is the one in the team or, if the owner is not in the team, that of the Unix account.
        """
        account = owner(self._view.folder)
        return next((one.name for one in self._view.shop.team if one.user == account), account)

    def all(self) -> tuple[ProposedSetting, ...]:
        """Return the proposals of about the last 13 months, whatever their state, oldest first."""
        return proposed_settings(self._view.index.lasting(self._view.day))

    def waiting(self) -> tuple[ProposedSetting, ...]:
        """Return the proposals nobody has decided on."""
        return tuple(one for one in self.all() if one.state == "open")

    def propose(self, step: str, form: str, values: Mapping[str, Any]) -> Entry:
        """Store a proposal to change the settings that a form contains; ``values`` are the form's new values.

        If the same proposal is already waiting, return that one.
        """
        shall = plain(dict(values))
        for one in self.waiting():
            if (one.step, one.form, one.values) == (step, form, shall):
                return next(it for it in self._view.index.lasting(self._view.day) if it.id == one.id)
        was = plain(dict(self._present(step, form, shall)))
        return self._write("setting", step, {"form": form, "values": shall, "was": was})

    def propose_frequency(self, step: str, wanted: Frequency) -> Entry:
        """Store a proposal to change how often the step appears, as :meth:`propose` does."""
        return self.propose(step, FREQUENCY, frequency_values(wanted))

    def accept(self, proposal: str) -> Entry:
        """Write the proposed change into the current settings, and record that it was accepted.

        Raise UsageError if no such proposal is waiting or this account does not own the settings, and
        BadSettings or CannotWrite if the change cannot be written; the proposal then keeps waiting.
        """
        one = self._one(proposal)
        self._check_owner()
        self._access.check("setting-update", {})
        if one.form == FREQUENCY:
            from routines.days.routine_edit import set_frequency

            set_frequency(self._view.folder, one.step, _frequency_of(one.values))
        elif is_edit(one.form):
            accept_edit(self._view.seen(), one.form, one.values)
        else:
            write_back(self._view.folder, one.form, one.values)
        try:
            self._view.reload()
            return self._ended(one, "accepted", "")
        except NotConfirmed:
            raise
        except (BadInput, CannotWrite) as error:
            raise CannotWrite(
                say(
                    "The settings have the new value, but the journal could not be written ({reason}). "
                    "Accept it once more.",
                    reason=reason_of(error),
                )
            ) from error

    def refuse(self, proposal: str, reason: str = "") -> Entry:
        """Record that the proposal is refused or, by its author, withdrawn.

        Raise UsageError if no such proposal is waiting or this person may not decide on it.
        """
        one = self._one(proposal)
        if one.who == self._view.who and not may_change(self._view.folder):
            return self._ended(one, "withdrawn", reason)
        self._check_owner()
        return self._ended(one, "refused", reason)

    def told(self) -> tuple[str, ...]:
        """Return what to tell this person when the shop opens, in sentences.

        To the owner of the settings: how many proposals wait for a decision; to others: the outcomes of their
        own.
        """
        view = self._view
        if not walled(view.folder):
            return ()
        if not self._access.read_only and may_change(view.folder):
            waiting = len(self.waiting())
            words = plural(
                "{n} proposed change of the settings waits for you: shopday proposals {shop}",
                "{n} proposed changes of the settings wait for you: shopday proposals {shop}",
                waiting,
                shop=view.folder,
            )
            return (words,) if waiting else ()
        since = view.now() - TOLD
        ends = [
            one
            for one in self.all()
            if one.who == view.who and one.by not in ("", view.who) and one.decided and one.decided >= since
        ]
        return tuple(f"{self.words(one)} – {self.state_words(one)}" for one in ends)

    def words(self, one: ProposedSetting) -> str:
        """Return in words the settings that were proposed, and those they replace.

        The settings they replace are the current ones while the proposal is waiting, else those at the time
        when it was made.
        """
        from core.reports.step_sections import change_words
        from routines.forms.forms import form_words

        if is_edit(one.form):
            seen = self._view.seen()
            was = edit_now(seen, one.form, one.values) if one.state == "open" else one.was
            return edit_words(seen, one.form, was, one.values)
        was = self._present(one.step, one.form, one.values) if one.state == "open" else one.was
        told = change_words(form_words(self._view.offers, self._view.every_form), one.form, was, one.values)
        title = next((say(it.title) for it in self._view.plan.steps if it.id == one.step), one.step)
        return say("{label}: {text}", label=title, text=told) if one.form == FREQUENCY else told

    def state_words(self, one: ProposedSetting) -> str:
        """Return the proposal's outcome in words, with who decided it and when."""
        from core.language.dates import clock, short_day

        if one.decided is None:
            return say("waits for {owner}", owner=self.owner)
        at = f"{short_day(one.decided.date())} {clock(one.decided)}"
        told = {
            "accepted": say("accepted by {by}, {at}", by=one.by, at=at),
            "refused": say("refused by {by}, {at}", by=one.by, at=at),
            "withdrawn": say("withdrawn by {by}, {at}", by=one.by, at=at),
        }[one.state]
        return say("{label}: {text}", label=told, text=one.reason) if one.reason else told

    def _present(self, step: str, form: str, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the current settings that the proposal would change, as form values; empty if not set."""
        if is_edit(form):
            return edit_now(self._view.seen(), form, values)
        if form != FREQUENCY:
            return standing(load_shop(self._view.folder), form, values)
        from routines.days.day_plan import routine_of
        from routines.days.routine_edit import frequency

        return frequency_values(frequency(routine_of(self._view.folder), step))

    def _one(self, proposal: str) -> ProposedSetting:
        """Return the waiting proposal whose id begins with ``proposal``; UsageError if none or several do."""
        found = [one for one in self.waiting() if proposal and one.id.startswith(proposal)]
        if len(found) != 1:
            raise UsageError(
                say(
                    "There is no waiting proposal “{proposal}”. See them with: shopday proposals {shop}",
                    proposal=proposal,
                    shop=self._view.folder,
                )
            )
        return found[0]

    def _check_owner(self) -> None:
        if not may_change(self._view.folder):
            raise UsageError(say("Only {owner} decides on changes of the settings.", owner=self.owner))

    def _ended(self, one: ProposedSetting, state: ProposalState, reason: str) -> Entry:
        said = {"reason": reason.strip()} if reason.strip() else {}
        return self._write("setting-update", one.step, {"proposal": one.id, "state": state} | said)


def frequency_values(frequency: Frequency) -> dict[str, str]:
    """Return the frequency of a step as the values of a proposal."""
    if frequency.dropped:
        return {_COMES: _NEVER}
    return {_COMES: _AS_PLANNED if frequency.repeat is None else frequency.repeat or _DAILY}


def _frequency_of(values: Mapping[str, Any]) -> Frequency:
    from routines.days.routine_edit import Frequency

    word = str(values.get(_COMES, _AS_PLANNED))
    if word in (_NEVER, _AS_PLANNED):
        return Frequency(dropped=word == _NEVER)
    return Frequency(repeat="" if word == _DAILY else word)
