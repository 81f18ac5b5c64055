"""What the keys of a step do."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

from core.journal.actions import Action
from core.language.wording import N_, clock, say
from core.records.records import Recorded
from routines.forms.form import Form
from routines.workday.workday import Workday
from tui.screens.dialogs import Pick
from tui.screens.step.step_normal import OVER, StepNormal
from tui.screens.step_dialogs import ask_skip, extend
from tui.text.sanitize import Shown, content, line
from tui.widgets.answer import proposal_parts, proposals
from tui.widgets.composer import Composer, Task
from tui.widgets.table import Table

if TYPE_CHECKING:
    from tui.app import DayApp

_TOLD = 3
"""Fields of a record shown in a list to choose from."""


class StepKeys(StepNormal):
    """The keys of the step screen; drawing is in :mod:`tui.screens.step.step`."""

    def stop_writing(self) -> None:
        """The keys of the step are back."""
        raise NotImplementedError

    def fetch(self, *, again: bool = False) -> None:
        """Get the answer."""
        raise NotImplementedError

    @property
    def made(self) -> list[Action]:
        """The actions made in this step today."""
        day = self.workday.day
        return [a for a in self.workday.actions() if a.step == self.step_id and a.created == day]

    def why_not(self, does: str) -> str | None:
        """Return why the key cannot work in this step now."""
        step = self.workday.step(self.step_id)
        if does in ("finish", "quick", "skip", "extend") and self.box.state in OVER:
            return say("“{step}” is over already; b takes it up again.", step=say(step.title))
        if does == "quick":
            return self.not_quiet()
        reasons: dict[str, tuple[Callable[[], object], str]] = {
            "reply": (
                lambda: self.questions or self.asked,
                N_("This step asks nothing; w writes a note."),
            ),
            "form": (lambda: step.record, N_("This step has no form; w writes a note.")),
            "screen": (lambda: step.screen, N_("This step has no table of its own to work in.")),
            "again": (lambda: step.analyse, N_("This step has no analysis.")),
            "table": (lambda: self.query(Table), N_("No table is on this screen.")),
            "edit": (
                lambda: self.workday.notes(self.step_id) or self._recorded_here(),
                N_("No note is written yet; w writes one."),
            ),
            "more": (lambda: self.collapsed, N_("Everything is shown already.")),
            "save": (
                lambda: self.query_one(Composer).is_open,
                N_("Nothing is being written; w writes a note."),
            ),
        }
        can, reason = reasons.get(does, (lambda: True, ""))
        return None if can() else say(reason)

    def _recorded_here(self) -> list[tuple[Form, Recorded[Any]]]:
        """Return what was recorded today with this step's forms."""
        return [
            (form, row) for form in self.workday.forms(self.step_id) for row in self.workday.records(form.id)
        ]

    # -- going on --------------------------------------------------------------------------------

    def do_back(self) -> None:
        """Close the field, leave the table, or leave the screen, in this order."""
        composer = self.query_one(Composer)
        if composer.is_open:
            kept = composer.close()
            self.stop_writing()
            self.tell(say("Kept as a draft.") if kept else "")
        elif self.focused is not None:
            self.set_focus(None)
        else:
            self.dismiss(None)

    def do_close(self) -> None:
        """The same by the key bar."""
        self.do_back()

    def do_begin(self) -> None:
        """Begin this step, or take it up again."""
        if self.box.state in OVER:
            self.workday.reopen(self.step_id)
        else:
            self.workday.begin(self.step_id)
        self.renew()
        self.tell(say("Begun at {time}.", time=clock(self.workday.now())), "good")

    def do_finish(self) -> None:
        """Finish and open the step that is on now; asks once while the answer is still coming."""
        if self.answer is None and self.step_id in self.session.asking:
            words = say("The answer is still coming: d again finishes anyway.")
            if not self.sure("finish", "loading", words):
                return
        self.workday.finish(self.step_id)
        self._go_on()

    def do_quick(self) -> None:
        """Finish with nothing to do."""
        self.workday.finish(self.step_id, quick=True)
        self._go_on()

    def _go_on(self) -> None:
        current = self.workday.agenda().current
        if current is None:
            self.dismiss(None)
        else:
            cast("DayApp", self.app).open_step(current.step.id)

    def do_next(self) -> None:
        """Open the next step that is not over."""
        self._open_from(1)

    def do_previous(self) -> None:
        """Open the step before."""
        self._open_from(-1)

    def _open_from(self, way: int) -> None:
        lines = self.workday.agenda().lines
        at = next(number for number, one in enumerate(lines) if one.step.id == self.step_id)
        rest = lines[at + 1 :] if way > 0 else lines[:at][::-1]
        found = next((one for one in rest if way < 0 or one.state not in OVER), None)
        if found is None:
            self.tell(say("There is no step after this one.") if way > 0 else say("This is the first step."))
        else:
            cast("DayApp", self.app).open_step(found.step.id)

    def do_skip(self) -> None:
        """Ask why, leave the step out, go on."""
        ask_skip(self, self.step_id, self._go_on)

    def do_extend(self) -> None:
        """Five more minutes."""
        extend(self, self.step_id)
        self.renew()

    def do_again(self) -> None:
        """Ask the analysis again."""
        self.fetch(again=True)

    def do_table(self) -> None:
        """Move into the next table."""
        tables = list(self.query(Table))
        at = tables.index(self.focused) + 1 if isinstance(self.focused, Table) else 0
        table = tables[at % len(tables)]
        table.focus()
        table.scroll_visible(animate=False)

    def do_imports(self) -> None:
        """Open the import screen."""
        from tui.screens.imports import Imports

        self.app.push_screen(Imports())

    def do_screen(self) -> None:
        """Open the table or the meeting people work in."""
        from tui.screens.work.hands_on_list import Todo
        from tui.screens.work.keyword_board import Board
        from tui.screens.work.meeting import Meeting
        from tui.screens.work.report import ReportScreen

        kind = self.workday.step(self.step_id).screen
        made = {"board": Board, "meeting": Meeting, "todo": Todo}
        screen = made[kind](self.step_id) if kind in made else ReportScreen()
        self.app.push_screen(screen, self._worked)

    def _worked(self, finished: object) -> None:
        """Go on when the step was finished there; else show what it says now."""
        if finished:
            self._go_on()
        else:
            self.fetch()

    # -- writing ---------------------------------------------------------------------------------

    def do_save(self) -> None:
        """Save what is being written."""
        self.query_one(Composer).save()

    def do_note(self) -> None:
        """Write a note."""
        self.write(Task("note", say("Note"), self.draft("note")))

    def do_edit(self) -> None:
        """Choose a note or a record and change it; an empty note is taken back."""
        from tui.screens.form import record_form

        notes, rows = self.workday.notes(self.step_id), self._recorded_here()

        def edit(number: int | None) -> None:
            if number is not None and number >= len(notes):
                form, row = rows[number - len(notes)]
                screen = record_form(self.session, self.step_id, form, replaces=row.id, record=row.value)
                self.app.push_screen(screen, self._recorded)
            elif number is not None:
                note = notes[number]
                title = say("Change the note; saved empty, it is taken back.")
                text = note.text
                self.write(Task("edit", title, self.draft("edit", note.id), note.id, text))

        options: list[Shown] = [content(note.text) for note in notes]
        options += [line((f"{say(form.title)}  ", "$quiet"), _first_words(self.workday, form, row.value))
                    for form, row in rows]  # fmt: skip
        if len(options) == 1:
            edit(0)
        else:
            self.app.push_screen(Pick(say("Which note or record?"), options), edit)

    def do_form(self) -> None:
        """Fill in the form, or choose one."""
        from tui.screens.form import record_form

        forms = self.workday.forms(self.step_id)

        def fill(number: int | None) -> None:
            if number is not None:
                self.app.push_screen(record_form(self.session, self.step_id, forms[number]), self._recorded)

        if len(forms) == 1:
            fill(0)
        else:
            self.app.push_screen(Pick(say("Which form?"), [content(say(form.title)) for form in forms]), fill)

    def _recorded(self, saved: object) -> None:
        if saved and saved != "action":
            self.fetch()
        self.renew()
        self.tell(say("Saved.") if saved else say("Kept as a draft; f goes on."), "good" if saved else "info")

    def do_act(self) -> None:
        """Make an action of a proposal, or write one."""
        offered = proposals(self.answer)
        options: list[Shown] = [line(*proposal_parts(proposal)) for _, proposal in offered]
        options.append(content(say("An action of your own ...")))

        def act(number: int | None) -> None:
            if number is None:
                return
            if number == len(offered):
                self._own_action()
                return
            finding, proposal = offered[number]
            if self.attempt(self.workday.act, self.step_id, proposal, finding=finding):
                self.renew()
                self.tell(say("Made an action: {text}", text=proposal.text), "good")

        if offered:
            self.app.push_screen(Pick(say("Make an action"), options), act)
        else:
            self._own_action()

    def _own_action(self) -> None:
        from tui.screens.form import action_form

        self.app.push_screen(action_form(self.session, self.step_id), self._recorded)


def _first_words(workday: Workday, form: Form, record: object) -> str:
    """Return what a record is told from others by: its first filled fields."""
    offers = workday.offers
    words = [field.shown(getattr(record, field.name, None), offers) for field in form.fields]
    return "  ".join([word for word in words if word][:_TOLD])
