"""The only door a face goes through: one shop, one day, one person, looked at and written in.

Nothing here imports pandas: answers come from the cache, from the analyst's process or, without a screen,
from :meth:`Workday.ask`. Every write goes to the journal in the caller's thread and returns the entry that is
now on disk; writing the same thing twice returns the first entry.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

from core.errors import UsageError
from core.journal.actions import ActionState
from core.journal.book import Unwritten
from core.journal.entry import Entry, Kind
from core.journal.entry_codec import plain
from core.journal.steps import StepState, steps
from core.language.wording import Language, say
from core.storage.atomic_files import write_atomically
from routines.forms.settings_forms import write_back
from routines.plan.calendar import day_of
from routines.plan.step import Plan
from routines.workday.carried_over import DayCarrying
from routines.workday.new_action import agreed, iso_day
from routines.workday.read_model import Clock
from routines.workday.text_limits import refuse_long, refuse_long_entry

if TYPE_CHECKING:
    from core.answers.answer import Answer, Proposal

ReportState: TypeAlias = Literal["draft", "finished"]

TWICE: Final = timedelta(seconds=2)
"""Within it the same key pressed again means the same thing."""


class Workday(DayCarrying):
    """One shop's day as one person works in it."""

    _laid: tuple[Plan, list[dict[str, Any]]] | None = None
    """The plan and how it is written when a day is opened."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock,
        who: str,
        day: date | None = None,
        lang: Language | None = None,
        read_only: bool = False,
    ) -> Workday:
        """Open the shop's day (the clock's own when None); BadSettings when a settings file is wrong.

        ``who`` is a Unix user of shop.toml's team or a plain name; ``read_only`` is a look by somebody who
        might write. ``lang`` None: the shop's, else the environment's. Opening writes nothing; the first
        write puts the plan as it is before itself.
        """
        return cls(folder, clock=clock, who=who, day=day, lang=lang, read_only=read_only)

    def enter(self) -> Entry | None:
        """Say that a session begins: ends this person's visit that a broken session left running.

        Writes nothing (None) when there is none, on another day than the clock's, and for a boss's look.
        """
        visiting = any(self.who in state.visitors for state in self._states().values())
        if self.read_only or not visiting or day_of(self.now()) != self.day:
            return None
        return self.book.append_all(self.day, [self._opening()])[0]

    def begin(self, step: str) -> Entry:
        """Start working on the step; what this person was in is left. Running or done already: that entry."""
        state = self._state(step)
        if self.who in state.visitors:
            return self._last(step, "started", who=self.who)
        if state.state == "done":
            return self._last(step, "done")
        return self._write("started", step)

    def leave(self, step: str) -> Entry | None:
        """Stop working on the step without finishing it; None when this person is not in it."""
        return self._write("left", step) if self.who in self._state(step).visitors else None

    def finish(self, step: str, *, quick: bool = False) -> Entry:
        """Finish the step; ``quick`` says there was nothing to do. Done by this person already: that entry.

        Of two people who finish it both entries stay; the first one counts for the clock. UsageError: the
        meeting cannot end while something old waits for its choice.
        """
        if self.who in self._state(step).finishers:
            return self._last(step, "done", who=self.who)
        self.must_choose(step)
        return self._write("done", step, {"quick": True} if quick else {})

    def reopen(self, step: str) -> Entry:
        """Take up a finished, skipped or dropped step again."""
        if self.who in self._state(step).visitors:
            return self._last(step, "started", who=self.who)
        return self._write("started", step, {"again": True})

    def skip(self, step: str, reason: str) -> Entry:
        """Leave the step out today; UsageError without a reason, or when it is done."""
        reason = reason.strip()
        state = self._state(step)
        if not reason:
            raise UsageError(say("Say in a few words why it is skipped; the report will tell."))
        if state.state == "done":
            raise UsageError(say("“{title}” is done already.", title=say(self.step(step).title)))
        if state.state == "skipped" and state.reason == reason:
            return self._last(step, "skipped")
        return self._write("skipped", step, {"reason": reason})

    def extend(self, step: str, minutes: int) -> Entry:
        """Give the step's box more (or, negative, fewer) minutes."""
        if not minutes:
            raise UsageError(say("By how many minutes?"))
        again = [
            entry for entry in self._entries("extended", step)
            if entry.who == self.who and entry.data == {"minutes": minutes} and self.now() - entry.at < TWICE
        ]  # fmt: skip
        self.step(step)
        return again[-1] if again else self._write("extended", step, {"minutes": minutes})

    def accept_drop(self, steps: Sequence[str]) -> Entry:
        """Drop the optional steps the agenda proposed; UsageError for a must-step."""
        for step in steps:
            if self.step(step).must:
                said = say(
                    "“{title}” is not optional. Skip it with a reason.", title=say(self.step(step).title)
                )
                raise UsageError(said)
        left = [step for step in steps if self._state(step).state in ("untouched", "left", "running")]
        dropped = self._entries("dropped")
        if not left and dropped:
            return dropped[-1]
        return self._write("dropped", "", {"steps": left})

    def note(self, step: str, text: str, *, replaces: str = "") -> Entry:
        """Write a note; with ``replaces`` (a note's id) it is edited, and with an empty text taken back."""
        self.step(step)
        text = text.strip()
        if replaces and replaces not in {note.id for note in self.notes()}:
            raise UsageError(say("That note has been changed or taken back in the meantime."))
        if not text and not replaces:
            raise UsageError(say("There is nothing to keep: the note is empty."))
        if text and (kept := self._note(step, text)):
            return kept
        return self._write("note", step, {"text": text} | ({"replaces": replaces} if replaces else {}))

    def reply(self, step: str, question: str, text: str, *, to: str = "") -> Entry:
        """Answer one of the step's questions (its message id); this person's last answer stands."""
        self.step(step)
        data = {"question": question, "text": text.strip()} | ({"to": to} if to else {})
        mine = [entry for entry in self._entries("reply", step) if entry.who == self.who]
        before = [one for one in mine if (one.data.get("question"), one.data.get("to", "")) == (question, to)]
        return before[-1] if before and before[-1].data == data else self._write("reply", step, data)

    def record(self, step: str, form: str, values: Mapping[str, Any], *, replaces: str = "") -> Entry:
        """Keep a filled form (typed text or typed values); UsageError names the first wrong field.

        ``replaces`` is the id of the record it corrects or brings up to date, of this day or an earlier one.
        """
        self.step(step)
        read = self.form(form).read(values, self.offers)
        refuse_long(read, self.shop.limits.text)  # before shop.toml is changed
        if not self.read_only and write_back(self.folder, form, read):
            self.reload()
        data = {"form": form, "values": read} | ({"replaces": replaces} if replaces else {})
        standing = {row.id for row in self.records(form)}
        same = [
            entry for entry in self._entries("record", step) if entry.id in standing and entry.data == data
        ]
        return same[-1] if same else self._write("record", step, data)

    def decide(self, step: str, key: str, choice: str, detail: Mapping[str, Any] | str = "") -> Entry:
        """Decide on a finding or a row (its key); deciding again changes it, ``""`` takes it back."""
        self.step(step)
        data = plain(
            {"key": key, "choice": choice, "detail": detail if isinstance(detail, str) else dict(detail)}
        )
        before = [entry for entry in self._entries("decision", step) if entry.data.get("key") == key]
        return before[-1] if before and before[-1].data == data else self._write("decision", step, data)

    def act(
        self,
        step: str,
        proposal: Proposal | None = None,
        *,
        finding: str = "",
        **fields: str | float | None,
    ) -> Entry:
        """Make an action of a proposal, of fields, or of a proposal with fields changed.

        Fields: text, role, owner, due (ISO date), metric, direction, expected, item. Without an owner the
        first of the team with that role has it; without a due date it is due on this day. What says the same
        as an open action of an earlier day takes that one up again: no copy is made.
        """
        self.step(step)
        data = agreed(self.shop, self.day, proposal, {**fields, "finding": finding})
        if (old := self.standing(data)) is not None:
            return self.taken_up(old, data)
        dropped = {action.id for action in self.actions() if action.state == "dropped"}
        same = [
            entry for entry in self._entries("action", step) if entry.data == data and entry.id not in dropped
        ]
        return same[-1] if same else self._write("action", step, data)

    def update_action(
        self, action: str, state: ActionState, *, reason: str = "", owner: str = "", due: str = ""
    ) -> Entry:
        """Set an action open, done, handed (to ``owner``) or dropped (with a reason)."""
        held = next((one for one in self.actions() if one.id == action), None)
        if held is None:
            raise UsageError(say("There is no such action: {id}.", id=action))
        if state not in get_args(ActionState):
            raise UsageError(say("An action is open, done, handed or dropped, not “{state}”.", state=state))
        if state == "dropped" and not reason.strip():
            raise UsageError(say("Say in a few words why it is dropped."))
        if state == "handed" and not owner.strip():
            raise UsageError(say("Say to whom it is handed."))
        words = {"reason": reason.strip(), "owner": owner.strip(), "due": iso_day(due)}
        data = {"action": action, "state": state} | {name: word for name, word in words.items() if word}
        before = [entry for entry in self._entries("action-update") if entry.data.get("action") == action]
        return (
            before[-1]
            if before and before[-1].data == data
            else self._write("action-update", held.step, data)
        )

    def shown(self, step: str, answer: Answer) -> Entry:
        """Keep what was shown to the operator, with its numbers and batches; once per answer."""
        self.step(step)
        from routines.analyst.snapshot import shown_data

        data = plain(shown_data(answer))
        before = self._entries("answered", step)
        return before[-1] if before and before[-1].data == data else self._write("answered", step, data)

    def write_report(
        self, text: str, state: ReportState = "draft", asked: Mapping[str, Answer] | None = None
    ) -> Entry:
        """Keep the corrected report; finished: reports/DATE.md is written too, or CannotWrite.

        ``asked`` by step: answers it stands on that nobody was shown on the day.
        """
        from routines.analyst.snapshot import report_data

        self._refuse_long_report(text, asked)
        data = plain(report_data(text, state, self.entries(), asked or {}, self.now()))
        before = self._entries("report")
        same = bool(before) and before[-1].data == data
        entry = before[-1] if same else self._write("report", "summary", data)
        if state == "finished" and not self.read_only:
            write_atomically(self.folder / "reports" / f"{self.day}.md", text.encode())
        return entry

    def _write(self, kind: Kind, step: str, data: Mapping[str, Any] | None = None) -> Entry:
        """Append the entry, before the day's first one and after a change of plan also the plan as it is."""
        why = self.refusal
        if why and not self.excused(kind, data or {}):
            raise UsageError(why)
        opening = self._opening()
        opened = [entry for entry in self.entries() if entry.kind == "opened"]
        lines = [] if why or (opened and opened[-1].data == opening.data) else [opening]
        refuse_long_entry(kind, data or {}, self.shop.limits.text)
        now = self.now()
        late = day_of(now) > self.day
        line = Unwritten(at=now, who=self.who, kind=kind, step=step, data=dict(data or {}), late=late)
        return self.book.append_all(self.day, [*lines, line])[-1]

    def _refuse_long_report(self, text: str, asked: Mapping[str, Answer] | None) -> None:
        """Refuse a report to which more was added than one text may have: what builds itself is as it is."""
        most = self.shop.limits.text
        if len(text) > most:
            built = self.render(replace(self.report(asked=asked or {}), written=""), "md")
            refuse_long(text, len(built) + most)

    def _opening(self) -> Unwritten:
        if self._laid is None or self._laid[0] is not self.plan:  # spelled once, not with every note
            rows = [
                {"id": step.id, "at": f"{step.at:%H:%M}", "minutes": step.minutes, "must": step.must}
                for step in self.plan.steps
            ]
            self._laid = (self.plan, rows)
        now, data = self.now(), {"plan": self._laid[1]}
        return Unwritten(at=now, who=self.who, kind="opened", data=data, late=day_of(now) > self.day)

    def _states(self) -> dict[str, StepState]:
        return steps(self.entries())

    def _state(self, step: str) -> StepState:
        return self._states().get(self.step(step).id, StepState())

    def _entries(self, kind: Kind, step: str = "") -> list[Entry]:
        return [entry for entry in self.entries() if entry.kind == kind and step in ("", entry.step)]

    def _last(self, step: str, kind: Kind, *, who: str = "") -> Entry:
        return [entry for entry in self._entries(kind, step) if who in ("", entry.who)][-1]

    def _note(self, step: str, text: str) -> Entry | None:
        """Return this person's standing note that says the same; what stands is looked up only if need be."""
        same = [
            entry for entry in self._entries("note", step)
            if entry.who == self.who and entry.data.get("text") == text
        ]  # fmt: skip
        stands = {note.id for note in self.notes(step)} if same else set()
        return next((entry for entry in reversed(same) if entry.id in stands), None)
