"""Write what happens in a step: notes, replies, forms, decisions, answers shown, the report.

Writing the same thing twice returns the first entry.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from core.errors import BadInput, CannotWrite, NotConfirmed, UsageError
from core.journal.entry import Entry, Kind
from core.journal.entry_codec import plain
from core.language.wording import say
from core.shop.loading import load_shop
from core.storage.atomic_files import reason_of, write_atomically
from routines.forms.settings_forms import changes, write_back
from routines.workday.access import Access
from routines.workday.day_writer import DayWriter
from routines.workday.read_model import DayView
from routines.workday.setting_proposals import SettingProposals
from routines.workday.text_limits import refuse_long

if TYPE_CHECKING:
    from core.answers.answer import About, Answer
    from core.language.message import Words

ReportState: TypeAlias = Literal["draft", "finished"]


class StepRecord:
    """Records what one person writes, decides and is shown while working on the steps of the day."""

    def __init__(self, view: DayView, access: Access, writer: DayWriter, proposals: SettingProposals) -> None:
        self._view = view
        self._access = access
        self._write = writer.write
        self._proposals = proposals

    def note(self, step: str, text: str, *, replaces: str = "") -> Entry:
        """Write a note; ``replaces``: the id of a note to edit or, with an empty text, to withdraw."""
        self._view.step(step)
        text = text.strip()
        if replaces and replaces not in {note.id for note in self._view.notes()}:
            raise UsageError(say("That note has been changed or taken back in the meantime."))
        if not text and not replaces:
            raise UsageError(say("The note is empty, so there is nothing to save."))
        if text and (kept := self._same_note(step, text)):
            return kept
        return self._write("note", step, {"text": text} | ({"replaces": replaces} if replaces else {}))

    def reply(self, step: str, question: str, text: str, *, to: str = "") -> Entry:
        """Answer a question of the step (given by message id); this person's last answer counts."""
        self._view.step(step)
        data = {"question": question, "text": text.strip()} | ({"to": to} if to else {})
        before = [
            entry
            for entry in self._view.entries_of("reply", step)
            if entry.who == self._view.who
            and (entry.data.get("question"), entry.data.get("to", "")) == (question, to)
        ]
        return self._unless_last(before, "reply", step, data)

    def record(self, step: str, form: str, values: Mapping[str, Any], *, replaces: str = "") -> Entry:
        """Record a filled form, and write the settings it contains to shop.toml.

        UsageError names the first invalid field. If only another account may change the settings, they are
        stored as a proposal to that account.
        """
        self._view.step(step)
        read = self._view.form(form).read(values, self._view.offers)
        refuse_long(read, self._view.shop.limits.text)  # before shop.toml is changed
        if self._proposals.needed and changes(load_shop(self._view.folder), form, read):
            return self._proposals.propose(step, form, read)
        if self._access.read_only or self._proposals.needed or not write_back(self._view.folder, form, read):
            return self._recorded(step, form, read, replaces)
        try:
            self._view.reload()
            return self._recorded(step, form, read, replaces)
        except NotConfirmed:
            raise
        except (BadInput, CannotWrite) as error:
            raise CannotWrite(
                say(
                    "shop.toml has the new value, but the journal could not be written ({reason}). "
                    "Record it once more.",
                    reason=reason_of(error),
                )
            ) from error

    def _recorded(self, step: str, form: str, values: Mapping[str, Any], replaces: str) -> Entry:
        """Return the record with the same data if one is in force already, else write a new one."""
        data = {"form": form, "values": values} | ({"replaces": replaces} if replaces else {})
        in_force = {row.id for row in self._view.records(form)}
        same = [
            entry
            for entry in self._view.entries_of("record", step)
            if entry.id in in_force and entry.data == data
        ]
        return same[-1] if same else self._write("record", step, data)

    def decide(
        self,
        step: str,
        key: str,
        choice: str,
        detail: Mapping[str, Any] | str = "",
        about: About | None = None,
    ) -> Entry:
        """Decide on a finding or row, given by its key; a later decision replaces it, ``""`` withdraws it.

        ``detail`` is a reason in words, or the raw values the decision is based on, by column id.
        """
        self._view.step(step)
        fields = () if about is None else about.__slots__
        named = {name: value for name in fields if (value := getattr(about, name))}
        data = plain(
            {"key": key, "choice": choice}
            | ({"about": named} if named else {})
            | {"detail": detail if isinstance(detail, str) else dict(detail)}
        )
        before = [entry for entry in self._view.entries_of("decision", step) if entry.data.get("key") == key]
        return self._unless_last(before, "decision", step, data)

    def shown(self, step: str, answer: Answer[Words]) -> Entry:
        """Record that the answer was shown to the operator, with its numbers and batches.

        An answer that is the same as the last one recorded is not recorded again.
        """
        self._view.step(step)
        from routines.answers.snapshot import shown_data

        data = plain(shown_data(answer))
        return self._unless_last(self._view.entries_of("answered", step), "answered", step, data)

    def write_report(
        self, text: str, state: ReportState, asked: Mapping[str, Answer] | None, built: int
    ) -> Entry:
        """Record the report as corrected by a person.

        If it is finished, also write reports/DATE.md (CannotWrite if that fails).
        """
        from routines.answers.snapshot import report_data

        view = self._view
        refuse_long(text, built + view.shop.limits.text)
        data = plain(report_data(text, state, view.entries(), asked or {}, view.now()))
        entry = self._unless_last(view.entries_of("report"), "report", "summary", data)
        if state == "finished" and not self._access.read_only:
            file = view.folder / "reports" / f"{view.day}.md"
            try:
                write_atomically(file, text.encode())
            except NotConfirmed:
                raise
            except CannotWrite as error:
                raise CannotWrite(
                    say(
                        "The report is finished in the journal, but {file} could not be written ({reason}). "
                        "Finish it once more to have the file.",
                        file=file,
                        reason=reason_of(error),
                    )
                ) from error
        return entry

    def _unless_last(self, before: list[Entry], kind: Kind, step: str, data: Mapping[str, Any]) -> Entry:
        """Return the last entry of ``before`` if it has the same data, else write and return a new one."""
        return before[-1] if before and before[-1].data == data else self._write(kind, step, data)

    def _same_note(self, step: str, text: str) -> Entry | None:
        """Return this person's current note with the same text; None if there is none."""
        same = [
            entry
            for entry in self._view.entries_of("note", step)
            if entry.who == self._view.who and entry.data.get("text") == text
        ]
        in_force = {note.id for note in self._view.notes(step)} if same else set()
        return next((entry for entry in reversed(same) if entry.id in in_force), None)
