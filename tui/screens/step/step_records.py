"""Handlers of the keys for a step's forms, for corrections of its notes and records, and for actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from core.answers.answer import Proposal
from core.language.wording import plural, say
from core.records.records import Recorded
from routines.forms.form import Form
from routines.forms.own_fields import held
from routines.workday.workday import Workday
from tui.screens.base_screen import BaseScreen
from tui.screens.dialogs import Pick, Ticks
from tui.screens.step.shown_step import ShownStep
from tui.screens.step.step_writing import StepWriting
from tui.text.sanitize import Shown, content, line
from tui.widgets.answer import proposal_parts, proposals

_FIRST_FIELDS = 3
"""The number of a record's fields shown in a list of choices."""


class StepRecords:
    """Fills in and corrects the records of a step, corrects its notes and makes actions."""

    def __init__(
        self, screen: BaseScreen, shown: ShownStep, writing: StepWriting, fetch: Callable[[], None]
    ) -> None:
        """``fetch`` updates the analysis's answer, which may depend on the records."""
        self._screen = screen
        self._shown = shown
        self._writing = writing
        self._fetch = fetch

    def do_edit(self) -> None:
        """Ask which note or record to change, and open it; a note saved empty is withdrawn."""
        from tui.screens.form import record_form

        shown = self._shown
        notes, rows = shown.workday.notes(shown.id), shown.recorded

        def edit(number: int | None) -> None:
            if number is not None and number >= len(notes):
                form, row = rows[number - len(notes)]
                screen = record_form(shown.session, shown.id, form, replaces=row.id, record=row)
                self._screen.app.push_screen(screen, self._saved)
            elif number is not None:
                self._writing.edit(notes[number])

        options: list[Shown] = [content(note.text) for note in notes]
        options += [line((f"{say(form.title)}  ", "$quiet"), _first_words(shown.workday, form, row))
                    for form, row in rows]  # fmt: skip
        if len(options) == 1:
            edit(0)
        else:
            self._screen.app.push_screen(
                Pick(say("Which note or record do you want to change?"), options), edit
            )

    def do_form(self) -> None:
        """Open the step's form; if it has several, ask which one."""
        from tui.screens.form import record_form

        shown = self._shown
        forms = shown.workday.forms(shown.id)

        def fill(number: int | None) -> None:
            if number is not None:
                fills = _proposed(shown, forms[number])
                screen = record_form(shown.session, shown.id, forms[number], fills=fills)
                self._screen.app.push_screen(screen, self._saved)

        if len(forms) == 1:
            fill(0)
        else:
            titles = [content(say(form.title)) for form in forms]
            self._screen.app.push_screen(Pick(say("Which form?"), titles), fill)

    def do_act(self) -> None:
        """Ask which of the answer's proposals become actions, or open the form for a new one."""
        self._offer(0)

    def do_nth(self, number: int) -> None:
        """Ask the same, with the cursor on the proposal with this number; say it if there is none."""
        offered = len(proposals(self._shown.answer))
        if number <= offered:
            self._offer(number - 1)
        else:
            words = plural("There is only {n} proposal.", "There are only {n} proposals.", offered)
            self._screen.tell(words if offered else say("There are no proposals in this step."), "watch")

    def _offer(self, at: int) -> None:
        offered = proposals(self._shown.answer)
        options: list[Shown] = [line(*proposal_parts(proposal)) for _, proposal in offered]
        options.append(content(say("An action of your own ...")))

        def act(numbers: tuple[int, ...] | None) -> None:
            chosen = [offered[number] for number in numbers or () if number < len(offered)]
            if chosen:
                self._act(chosen)
            if numbers and numbers[-1] == len(offered):
                self._own_action()

        if offered:
            title = say("Create an action")
            self._screen.app.push_screen(Ticks(title, options, at=at, at_once=True), act)
        else:
            self._own_action()

    def _act(self, chosen: Sequence[tuple[str, Proposal]]) -> None:
        """Make actions of these proposals, each given after the key of its finding, and say which."""
        shown, screen = self._shown, self._screen
        made: list[str] = []
        told: list[str] = []
        failed = False
        for finding, proposal in chosen:
            state = shown.workday.states().of(proposal, finding)
            taken = state is not None and state.stage == "agreed" and state.day == shown.workday.day
            if not screen.attempt(shown.workday.act, shown.id, proposal, finding=finding):
                failed = True
                break
            if taken and state is not None:
                who = state.owner or state.who
                told.append(say("{who} already has this action: {text}", who=who, text=proposal.text))
            else:
                made.append(proposal.text)
        if made or told:
            self._fetch()
            screen.redraw()
        if failed:
            return
        if len(made) == 1:
            told.insert(0, say("Action created: {text}", text=made[0]))
        elif made:
            told.insert(0, plural("{n} action created.", "{n} actions created.", len(made)))
        screen.tell(" ".join(told), "good" if made else "info")

    def _own_action(self) -> None:
        from tui.screens.form import action_form

        self._screen.app.push_screen(action_form(self._shown.session, self._shown.id), self._saved)

    def _saved(self, saved: object) -> None:
        if saved:
            self._fetch()
        self._screen.redraw()
        if saved == "proposed":
            words = say("Saved as a proposal: {owner} decides.", owner=self._shown.workday.proposals.owner)
        else:
            words = say("Saved.") if saved else say("Saved as a draft; press f to continue.")
        self._screen.tell(words, "good" if saved else "info")


def _proposed(shown: ShownStep, form: Form) -> dict[str, str]:
    """Return what the step's first proposal for this form fills in; empty without one."""
    asks = (ask for _, ask in proposals(shown.answer) if ask.form == form.id)
    return dict(next((ask.fills for ask in asks), ()))


def _first_words(workday: Workday, form: Form, record: Recorded[Any]) -> str:
    """Return the first non-empty fields of a record as one line, to tell it apart from other records."""
    offers = workday.offers
    words = [field.shown(held(field, record), offers) for field in form.fields]
    return "  ".join([word for word in words if word][:_FIRST_FIELDS])
